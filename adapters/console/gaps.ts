/** What the library lacks: questions without an answer, by week. */
import { type GapWeek, gapsByWeek } from '../../bot/report/gaps.ts'
import type { Store } from '../storage/database.ts'
import { readUnanswered } from '../storage/gap-store.ts'
import type { GapsView } from './contract.ts'
import { type ConsoleRoute, route } from './route.ts'

const WEEKS_MS = 12 * 7 * 86_400_000
const MOST = 2_000
const SHOWN = 50

/** @param masked a text as it may be shown */
export function gapRoutes(store: Store, masked: (text: string) => string): readonly ConsoleRoute[] {
  return [
    route({
      ...{ method: 'GET', url: '/gaps', may: 'knowledge.read' },
      handle: async ({ now }): Promise<GapsView> => {
        const weeks = gapsByWeek(await readUnanswered(store, now - WEEKS_MS, MOST))
        return { weeks: weeks.map((week) => shown(week, masked)) }
      },
    }),
  ]
}

function shown({ from, to, gaps }: GapWeek, masked: (text: string) => string): GapsView['weeks'][number] {
  return {
    from,
    to,
    total: gaps.reduce((sum, { asked }) => sum + asked.length, 0),
    gaps: gaps.slice(0, SHOWN).map(({ text, asked }) => ({ text: masked(text), asked })),
  }
}
