/** Which cases an officer looks at first: somebody hurt, threatened or losing money right now, then whoever waits longest. */

import type { ComplaintKinds, Situation } from '../../knowledge/complaint-kinds.ts'
import { fold } from '../../knowledge/language/normalise.ts'
import type { ComplaintRecord } from '../complaint/confirmed.ts'

const DANGERS: readonly Situation[] = ['money_now', 'threat', 'harm']
/** Groups of issues in which harm goes on while nobody looks. */
const GROUPS: ReadonlySet<string> = new Set(['lua-dao'])

/** @returns whether the case is one of danger: by the kind of matter, or by what its story shows. */
export function isDangerous(
  kinds: Pick<ComplaintKinds, 'issues' | 'situations'>,
  { issue, story }: Pick<ComplaintRecord, 'issue' | 'story'>,
): boolean {
  if (GROUPS.has(kinds.issues.get(issue ?? '')?.group ?? '')) return true
  const said = fold(story)
  return kinds.situations.some(
    ({ id, signals, unless }) => DANGERS.includes(id) && signals.some((sign) => sign.test(said)) && !unless.some((sign) => sign.test(said)),
  )
}

/** What the order of the list goes by. */
export interface Waiting {
  readonly dangerous: boolean
  /** When the office's promise ends; null: it made none. */
  readonly dueAt: number | null
  readonly confirmedAt: number
}

/** Danger first, then what is due first, then what is oldest: for sorting. */
export function byHarmThenClock(a: Waiting, b: Waiting): number {
  const due = (one: Waiting) => one.dueAt ?? Number.MAX_SAFE_INTEGER
  return Number(b.dangerous) - Number(a.dangerous) || due(a) - due(b) || a.confirmedAt - b.confirmedAt
}
