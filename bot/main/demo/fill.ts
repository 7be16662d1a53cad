/** Plays a month of an office: who writes when and about what is drawn from the seed; everything else is what the service makes of it. */

import { WEB } from '../../../adapters/web-chat/channel.ts'
import { loadDirectory } from '../../../knowledge/agencies.ts'
import { addDays } from '../../../knowledge/language/calendar-days.ts'
import { dayInVietnam } from '../../../knowledge/validity.ts'
import { Random } from '../../../retrieval/model/random.ts'
import type { HolidayCalendar } from '../../calendar/holidays.ts'
import type { Filing } from '../../case/filing.ts'
import type { Officer } from '../../conversation/owner.ts'
import { DEMO_PLATFORMS } from './channels.ts'
import { beingServed, chatting, waitingFor } from './chatting.ts'
import { complaining } from './complaining.ts'
import type { Script, Seen, Step } from './deeds.ts'
import { FATES, FATES_AT_THE_OFFICE, type Fate } from './fates.ts'
import type { Scene } from './scene.ts'
import { readTexts, type Texts } from './texts.ts'
import { arrivals, inOfficeHours, MINUTE } from './times.ts'
import type { World } from './world.ts'

export interface Filling {
  readonly seed: number
  readonly days: number
  /** Conversations that are no complaint. */
  readonly chats: number
  /** Complaints told in a chat. */
  readonly complaints: number
  /** Cases that an officer files for somebody. */
  readonly filed: number
  /** When the month ends (milliseconds UTC). */
  readonly until: number
}

export const MONTH: Omit<Filling, 'until'> = { seed: 2026, days: 30, chats: 110, complaints: 40, filed: 3 }

/** Minutes before the end at which the last ones write: two are with an officer when the visitor comes, the others wait. */
const LAST_WAITING = [190, 47, 21, 8]
const LAST_SERVED = [16, 13]
/** Whoever comes before them has time to be heard out. */
const EARLIER_MINUTES = 200

/** Fills `world`, in which `officers` serve. `onStep` is told the moment of each deed. @returns how many deeds there were. */
export async function fill(
  world: World,
  officers: readonly Officer[],
  filling: Filling,
  onStep: (at: number) => void = () => undefined,
): Promise<number> {
  const deeds = await play(world, scriptsOf(new Cast(world, officers, filling.seed), filling), filling.until, onStep)
  await world.pass(filling.until)
  return deeds
}

// ── who writes ──────────────────────────────────────────────────────────────────────────────────

function scriptsOf(cast: Cast, { seed, days, chats, complaints, filed, until }: Filling): Script[] {
  const random = new Random(seed)
  const { texts, calendar } = cast
  const minutesAgo = (ago: number) => until - ago * MINUTE
  const moments = (count: number) => shuffled(random, arrivals(random, calendar, { until: minutesAgo(EARLIER_MINUTES), days, count }))
  const asking = texts.chats.filter(({ officer }) => officer)
  return [
    ...moments(complaints).map((start, i) => complaining(cast.scene(start), at(texts.complaints, i), at(FATES, i))),
    ...moments(chats).map((start, i) => chatting(cast.scene(start), at(texts.chats, i))),
    ...moments(filed).map((start, i) => filing(cast.scene(start), at(texts.office.filed, i), at(FATES_AT_THE_OFFICE, i))),
    ...LAST_WAITING.map((ago, i) => waitingFor(cast.scene(minutesAgo(ago)), at(asking, i))),
    ...LAST_SERVED.map((ago, i) => beingServed(cast.scene(minutesAgo(ago), i), at(asking, LAST_WAITING.length + i))),
  ]
}

/** Makes the people, one after another. */
class Cast {
  readonly texts: Texts = readTexts()
  readonly calendar: HolidayCalendar
  readonly #matters: Scene['matters']
  readonly #officers: readonly Officer[]
  readonly #seed: number
  readonly #directory = loadDirectory()
  #count = 0

  constructor({ parts }: World, officers: readonly Officer[], seed: number) {
    this.calendar = parts.calendar
    this.#matters = parts.complaints.matters
    this.#officers = officers
    this.#seed = seed
  }

  scene(start: number, officer?: number): Scene {
    const number = ++this.#count
    const random = new Random(this.#seed * 10_007 + number)
    const { family, given, communes } = this.texts.people
    return {
      ...{ person: { number, channel: channelOf(random) }, plain: random.next() < 0.25, name: `${random.pick(family)} ${random.pick(given)}` },
      ...{ phone: `09${String(number).padStart(8, '0')}`, commune: random.pick(communes), random, start, texts: this.texts },
      ...{ officer: officer === undefined ? random.pick(this.#officers) : at(this.#officers, officer) },
      ...{ calendar: this.calendar, directory: this.#directory, matters: this.#matters },
    }
  }
}

function channelOf(random: Random): string {
  return random.next() < 0.5 ? WEB : random.pick(DEMO_PLATFORMS)
}

const BOUGHT_DAYS_BEFORE = 6

/** An officer files what somebody told on the telephone or at the counter. */
function* filing(scene: Scene, { story, facts, how }: Texts['office']['filed'][number], fate: Fate): Script {
  const { name, phone, commune, officer, calendar, start } = scene
  const consents: Filing['consents'] = (['handle', 'authority'] as const).map((purpose) => ({ purpose, how }))
  const boughtOn = addDays(dayInVietnam(new Date(start)), -BOUGHT_DAYS_BEFORE)
  const filed = { story, facts: { ...facts, boughtOn, name, phone, commune }, consents }
  yield* fate(scene, yield { at: inOfficeHours(calendar, start), deed: { kind: 'file', officer, filing: filed } })
}

function at<T>(list: readonly T[], position: number): T {
  return list[position % list.length] as T
}

function shuffled(random: Random, list: readonly number[]): number[] {
  return list
    .map((one) => ({ one, place: random.next() }))
    .sort((a, b) => a.place - b.place)
    .map(({ one }) => one)
}

// ── playing ─────────────────────────────────────────────────────────────────────────────────────

/** A script with the step that it takes next. */
interface Actor {
  readonly script: Script
  readonly step: Step
  readonly seen: Omit<Seen, 'now'>
}

/** Always the earliest step of all, until `until`: what would come later has not happened yet. @returns how many deeds there were. */
async function play(world: World, scripts: readonly Script[], until: number, onStep: (at: number) => void): Promise<number> {
  let actors = scripts.flatMap((script) => next(script, {}, script.next()))
  let deeds = 0
  for (let actor = earliest(actors); actor && actor.step.at <= until; actor = earliest(actors)) {
    const { script, step, seen: before } = actor
    await world.pass(step.at)
    const seen = { ...before, ...(await world.do(step.deed)) }
    deeds++
    onStep(world.now)
    const following = next(script, seen, script.next({ ...seen, now: world.now }))
    actors = actors.flatMap((one) => (one === actor ? following : one))
  }
  return deeds
}

function next(script: Script, seen: Actor['seen'], { done, value }: IteratorResult<Step, void>): Actor[] {
  return done || !value ? [] : [{ script, seen, step: value }]
}

function earliest(actors: readonly Actor[]): Actor | undefined {
  return actors.reduce<Actor | undefined>((first, one) => (first && first.step.at <= one.step.at ? first : one), undefined)
}
