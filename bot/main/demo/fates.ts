/** What becomes of a case: what officers do with it, when, and what the person says to it. */
import { agencyOn } from '../../../knowledge/agencies.ts'
import { dayInVietnam } from '../../../knowledge/validity.ts'
import type { ChosenAgency, OfficerEvent } from '../../case/life.ts'
import type { CaseResult } from '../../complaint/status.ts'
import { CASE_CHOICE, DISSATISFIED_WHY, SATISFIED_WHY } from '../../wording/cases.ts'
import type { Seen, Stretch } from './deeds.ts'
import { atTheOffice, handles, minutes, type Scene, says, taps } from './scene.ts'
import type { Texts } from './texts.ts'

/** From the confirmed case on. */
export type Fate = (scene: Scene, seen: Seen) => Stretch

const DAY_HOURS = 24

/** Nobody has looked yet: after some days it is late. */
const untouched = undefined

function* received(scene: Scene, seen: Seen): Stretch {
  return yield* officerDoes(scene, seen, { kind: 'receive' }, 10)
}

function* handling(scene: Scene, seen: Seen): Stretch {
  return yield* officerDoes(scene, yield* received(scene, seen), { kind: 'handle' }, DAY_HOURS)
}

/** Something is missing: the person adds it a day later. */
function* asked(scene: Scene, seen: Seen): Stretch {
  const asking = yield* officerDoes(scene, yield* received(scene, seen), { kind: 'ask_info', text: words(scene, 'ask_info') }, 5)
  const added = yield* says(scene, words(scene, 'added'), asking.now + minutes(scene, 5 * 60, 26 * 60))
  return yield* officerDoes(scene, added, { kind: 'handle' }, DAY_HOURS)
}

/** Something is missing, and the person has not answered. */
function* unanswered(scene: Scene, seen: Seen): Stretch {
  return yield* officerDoes(scene, yield* received(scene, seen), { kind: 'ask_info', text: words(scene, 'ask_info') }, 5)
}

/** To the competent body, where the person agreed to that; else the office goes on itself. */
function* transferred(scene: Scene, seen: Seen): Stretch {
  if (!seen.complaint?.consents.some(({ purpose }) => purpose === 'authority')) return yield* handling(scene, seen)
  const agency = agencyOf(scene, seen)
  const chosen = yield* officerDoes(scene, yield* received(scene, seen), { kind: 'choose', agency, why: words(scene, 'choose') }, 3)
  return yield* officerDoes(scene, chosen, { kind: 'transfer', agency }, 2)
}

function* answered(scene: Scene, seen: Seen): Stretch {
  return yield* officerDoes(scene, yield* transferred(scene, seen), { kind: 'answer', text: words(scene, 'answer_case') }, 4 * DAY_HOURS)
}

function* resolved(scene: Scene, seen: Seen): Stretch {
  const told = yield* officerDoes(scene, yield* handling(scene, seen), { kind: 'answer', text: words(scene, 'answer_case') }, 2 * DAY_HOURS)
  return yield* rates(scene, yield* closes(scene, told, 'resolved'), true)
}

function* partly(scene: Scene, seen: Seen): Stretch {
  return yield* rates(scene, yield* closes(scene, yield* asked(scene, seen), 'partly'), scene.random.next() < 0.5)
}

/** Nothing came of it, and the person wants it looked at again. */
function* reopened(scene: Scene, seen: Seen): Stretch {
  const rated = yield* rates(scene, yield* closes(scene, yield* handling(scene, seen), 'not'), false)
  return yield* says(scene, 'xem lại hồ sơ', rated.now + minutes(scene, 30, 300))
}

function* lost(scene: Scene, seen: Seen): Stretch {
  return yield* closes(scene, yield* handling(scene, seen), 'not')
}

/** The person thinks better of it. */
function* withdrawn(scene: Scene, seen: Seen): Stretch {
  const wishes = yield* says(scene, 'rút hồ sơ', (yield* received(scene, seen)).now + minutes(scene, 60, 20 * 60))
  return yield* taps(scene, CASE_CHOICE.withdraw, wishes.now + minutes(scene, 0, 2))
}

/** The person asks how far it is, before anybody has looked and after. */
function* impatient(scene: Scene, seen: Seen): Stretch {
  const wondering = yield* says(scene, 'hồ sơ của tôi tới đâu rồi', seen.now + minutes(scene, 5 * 60, 20 * 60))
  const known = yield* received(scene, wondering)
  return yield* says(scene, 'Hồ sơ tới đâu rồi?', known.now + minutes(scene, 60, 600))
}

/** It may not be erased while it is compared with others. */
function* held(scene: Scene, seen: Seen): Stretch {
  return yield* officerDoes(scene, yield* handling(scene, seen), { kind: 'hold', why: words(scene, 'hold') }, 3)
}

/** In the order in which they are handed out, again and again: every kind of case in any few of them. */
export const FATES: readonly (Fate | undefined)[] = [
  ...[resolved, untouched, transferred, handling, unanswered, partly, impatient, answered, resolved, held],
  ...[received, reopened, transferred, asked, withdrawn, resolved, lost, untouched, answered, handling],
]

/** What becomes of a case that nobody wrote about in a chat: its person says nothing here. */
export const FATES_AT_THE_OFFICE: readonly Fate[] = [handling, transferred, received]

// ── steps ───────────────────────────────────────────────────────────────────────────────────────

function officerDoes(scene: Scene, seen: Seen, event: OfficerEvent, hours: number): Stretch {
  return handles(scene, seen, event, atTheOffice(scene, seen.now, hours))
}

function closes(scene: Scene, seen: Seen, result: Exclude<CaseResult, 'withdrawn'>): Stretch {
  return officerDoes(scene, seen, { kind: 'close', result, text: words(scene, result) }, 3 * DAY_HOURS)
}

function* rates(scene: Scene, seen: Seen, satisfied: boolean): Stretch {
  const verdict = satisfied ? CASE_CHOICE.satisfied : CASE_CHOICE.dissatisfied
  const rated = yield* taps(scene, verdict, seen.now + minutes(scene, 20, 15 * 60))
  return yield* taps(scene, scene.random.pick(satisfied ? SATISFIED_WHY : DISSATISFIED_WHY), rated.now + minutes(scene, 0, 1))
}

type Spoken = Exclude<keyof Texts['office'], 'filed'>

function words({ random, texts }: Scene, what: Spoken): string {
  return random.pick(texts.office[what])
}

const USUAL_AGENCY = 'quan-ly-thi-truong'

/** The body that was suggested first, where one of others was; else the one that most cases go to. */
function agencyOf({ directory }: Scene, { complaint, now }: Seen): ChosenAgency {
  const day = dayInVietnam(new Date(now))
  const suggested = complaint?.route.map(({ agency }) =>
    directory.records.find(({ name, role }) => name === agency && role !== 'us' && role !== 'never'),
  )
  const id = suggested?.find((record) => record !== undefined)?.id ?? USUAL_AGENCY
  const agency = agencyOn(directory, id, day)
  if (!agency) throw new Error(`The directory knows no ${id} on ${day}.`)
  return { id: agency.id, name: agency.name }
}
