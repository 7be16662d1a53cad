/**
 * What a person says about a case that they have confirmed: how far it is, something to add, withdrawing, consents, files that come later, how it was.
 * Whoever wrote the case may do all of it; anybody else is told how far it is, against its number and the telephone in it.
 */
import { fold } from '../../knowledge/language/normalise.ts'
import { type Day, dayInVietnam, formatDay } from '../../knowledge/validity.ts'
import { type Outcome, plain, type Section } from '../answer/outcome.ts'
import { CONSENT_TEXT, type Purpose } from '../complaint/consent.ts'
import { FACT_NAMES, type Facts } from '../complaint/facts.ts'
import { factLine } from '../complaint/shown.ts'
import { CASE_CHOICE, CASES, DISSATISFIED_WHY, SATISFIED_WHY } from '../wording/cases.ts'
import { CASE_STATUS_WORDS, COMPLAINT_CHOICE, INTAKE } from '../wording/complaint.ts'
import { CHOICE } from '../wording/vi.ts'
import { type CaseRequest, caseRequestIn, fourDigitsIn, verdictIn } from './case-requests.ts'
import { type Ask, type Input, type OwnCase, service, spoken } from './deciding.ts'
import type { About } from './dialogue.ts'
import type { Change } from './effects.ts'

/** What a message is in the life of a case. */
export interface CaseTalk {
  readonly outcome: Outcome
  readonly changes: readonly Change[]
  readonly about: About | null
}

interface Heard extends Input {
  readonly text: string
  readonly asOf: Day
}

interface Talking extends Heard {
  readonly cases: readonly OwnCase[]
  readonly answer: Ask
}

type FilesAbout = Extract<About, { kind: 'files' }>

/** @param answer asks the answering steps: danger comes before a case. @returns undefined where the message has nothing to do with a case. */
export async function caseTalk(heard: Heard, answer: Ask): Promise<CaseTalk | undefined> {
  const { dialogue } = heard.conversation
  const talking: Talking = { ...heard, cases: heard.situation.cases ?? [], answer }
  const request = caseRequestIn(heard.text)
  // While a complaint is told, only what names another case is about another case.
  if (dialogue.complaint && !dialogue.complaint.paused) return request?.number === undefined ? undefined : answerRequest(talking, request)
  if (heard.message.content.kind === 'attachment') return fileCame(talking, heard.message.content.attachment)
  const followed = dialogue.about && (await follow(talking, dialogue.about))
  if (followed) return followed
  return request ? answerRequest(talking, request) : rated(talking)
}

async function answerRequest(t: Talking, request: CaseRequest): Promise<CaseTalk> {
  if (request.number === 'wrong') return say('case_number_wrong', [CASES.wrongNumber])
  if (request.kind === 'status') return status(t, request)
  return meant(t, request.kind, request.number, request.text)
}

// ── how far it is ───────────────────────────────────────────────────────────────────────────────

function status({ cases, situation }: Talking, { number, digits }: CaseRequest): CaseTalk {
  const named = cases.filter((one) => number === undefined || one.number === number)
  if (named.length > 0)
    return { outcome: { ...service('case_status', []), sections: ownCasesSaid(named, situation.intake?.letterLink) }, changes: [], about: null }
  if (number === undefined || number === 'wrong') return say('case_status', [CASES.none], { choices: [CHOICE.officer] })
  if (digits === undefined) return say('case_digits', [CASES.digits(number)], { about: { kind: 'digits', number } })
  return lookedUp(situation.lookedUp)
}

function lookedUp(found: Talking['situation']['lookedUp'] = 'unknown'): CaseTalk {
  const choices = [CHOICE.officer]
  if (found === 'too_many') return say('case_locked', [CASES.tooMany], { choices })
  if (found === 'unknown') return say('case_unknown', [CASES.noMatch], { choices })
  return say('case_status', [CASES.lookedUp(found.number, dayOf(found.confirmedAt), CASE_STATUS_WORDS[found.status])])
}

/** @returns how far the person's own cases are, each with what the office wrote last; and where the papers of the first are: links end, and here they are had anew. */
export function ownCasesSaid(cases: readonly OwnCase[], letterLink?: (caseNumber: string) => string | undefined): readonly Section[] {
  const link = cases[0] && letterLink?.(cases[0].number)
  return spoken([...CASES.own(cases.flatMap(linesOf)), ...(link ? [INTAKE.papers(link)] : [])].map(plain))
}

function linesOf({ number, confirmedAt, issue, status: stands, last }: OwnCase): readonly string[] {
  const line = CASES.line(number, dayOf(confirmedAt), issue, CASE_STATUS_WORDS[stands])
  return last ? [line, CASES.last(dayOf(last.at), last.words)] : [line]
}

function dayOf(at: number): string {
  return formatDay(dayInVietnam(new Date(at)))
}

// ── which case is meant ─────────────────────────────────────────────────────────────────────────

type Want = Extract<About, { kind: 'which' }>['want']

/** For which cases each wish means something. */
const FITS: Readonly<Record<Want, (one: OwnCase) => boolean>> = {
  add: ({ status: stands }) => stands !== 'closed',
  withdraw: ({ status: stands }) => stands !== 'closed',
  consents: () => true,
  again: ({ status: stands }) => stands === 'closed' || stands === 'answered',
}

async function meant(t: Talking, want: Want, number: string | undefined, text: string): Promise<CaseTalk> {
  const own = number === undefined ? t.cases : t.cases.filter((one) => one.number === number)
  if (own.length === 0) return say('case_elsewhere', [number === undefined ? CASES.none : CASES.elsewhere], { choices: [CHOICE.officer] })
  const fitting = own.filter(FITS[want])
  const [only, another] = fitting
  if (!only) return say('case_none_such', [want === 'again' ? CASES.notAgain : CASES.noOpen])
  if (another) return say('case_which', [CASES.which], { choices: fitting.map(titleOf), about: { kind: 'which', want, text } })
  return does(t, want, only, text)
}

function titleOf({ number, about }: OwnCase): string {
  return CASES.title(number, about)
}

async function does(t: Talking, want: Want, one: OwnCase, text: string): Promise<CaseTalk> {
  const { number } = one
  switch (want) {
    case 'add':
      return text === ''
        ? say('case_add', [CASES.askAdd(number)], { about: { kind: 'add', number }, choices: [CASE_CHOICE.never] })
        : added(t, number, text)
    case 'withdraw':
      return askWithdraw(number, CASES.askWithdraw(number))
    case 'consents':
      return askConsents(one)
    case 'again':
      return say('case_again', [CASES.askedAgain(number)], { changes: [{ kind: 'case_changed', number, event: { kind: 'asked_again' } }] })
  }
}

// ── what was asked, and its answer ──────────────────────────────────────────────────────────────

/** @returns undefined where the message is no answer to what was asked: then it is a message like any other. */
async function follow(t: Talking, about: About): Promise<CaseTalk | undefined> {
  const { text } = t
  switch (about.kind) {
    case 'digits':
      return fourDigitsIn(text) === undefined ? undefined : lookedUp(t.situation.lookedUp)
    case 'which': {
      const one = t.cases.find((own) => titleOf(own) === text || text.trim() === own.number)
      return one && does(t, about.want, one, about.text)
    }
    case 'add':
      return followAdd(t, about.number)
    case 'withdraw':
      return followWithdraw(text, about.number)
    case 'consents':
      return followConsents(t, about.number)
    case 'why':
      return followWhy(text, about.number)
    case 'seller':
      return undefined
    case 'files':
      return followFiles(t, about)
  }
}

async function followAdd(t: Talking, number: string): Promise<CaseTalk | undefined> {
  const { text, situation } = t
  if (text === CASE_CHOICE.never || /^(thoi|khong|huy)$/.test(fold(text).trim())) return say('case_kept', [CASES.nothingAdded])
  if (text === '' || caseRequestIn(text) || situation.intake?.guide.isQuestion(text)) return undefined
  return added(t, number, text)
}

/** Somebody who adds that money is going out right now is helped first; what they told is kept all the same. Words of despair are no facts of a case. */
async function added(t: Talking, number: string, text: string): Promise<CaseTalk> {
  const outcome = await t.answer(text, true)
  const urgent = outcome.kind === 'first_aid' ? outcome : undefined
  if (urgent?.reason === 'distress') return { outcome: urgent, changes: [], about: null }
  const facts = readFrom(t, text)
  const change: Change = { kind: 'case_added', number, story: text, facts, evidence: [] }
  const kept: readonly Section[] = [...spoken([plain(CASES.added(number))]), ...factsRead(facts)]
  if (urgent) return { outcome: { ...urgent, sections: [...urgent.sections, ...kept] }, changes: [change], about: null }
  return { outcome: { ...service('case_added', []), sections: kept }, changes: [change], about: null }
}

function readFrom({ situation, message, asOf }: Talking, text: string): Facts {
  return situation.intake?.guide.readFacts(text, { messageId: message.id, asOf, known: {} }) ?? {}
}

function factsRead(facts: Facts): readonly Section[] {
  const lines = FACT_NAMES.filter((name) => facts[name]).map((name) => plain(factLine(name, facts)))
  return lines.length > 0 ? [{ kind: 'conditions', heading: CASES.read, lines }] : []
}

function askWithdraw(number: string, words: string): CaseTalk {
  return say('case_withdraw', [words], { choices: [CASE_CHOICE.keep, CASE_CHOICE.withdraw], about: { kind: 'withdraw', number } })
}

function followWithdraw(text: string, number: string): CaseTalk | undefined {
  if (text === CASE_CHOICE.withdraw)
    return say('case_withdrawn', [CASES.withdrawn(number)], { changes: [{ kind: 'case_changed', number, event: { kind: 'withdrawn' } }] })
  return text === CASE_CHOICE.keep ? say('case_kept', [CASES.kept]) : undefined
}

function askConsents({ number, purposes }: OwnCase): CaseTalk {
  if (purposes.length === 0) return say('case_consents', [CASES.noConsents])
  const lines = purposes.map((purpose) => plain(CONSENT_TEXT[purpose]))
  const sections: Section[] = [...spoken([plain(CASES.askConsents(number))]), { kind: 'steps', heading: '', lines }]
  // Numbers mean the purposes above: a list of choices beside it would make them mean something else.
  return { outcome: { ...service('case_consents', []), sections }, changes: [], about: { kind: 'consents', number } }
}

/** Without the first purpose the case ends: that is asked once more, in words. */
function followConsents({ text, cases }: Talking, number: string): CaseTalk | undefined {
  const one = cases.find((own) => own.number === number)
  if (/^(thoi|khong|huy|khong rut( nua)?)$/.test(fold(text).trim())) return say('case_kept', [CASES.kept])
  const withdrawn = one && numbersIn(text)?.map((position) => one.purposes[position - 1])
  if (!one || !withdrawn) return undefined
  const purposes = withdrawn.filter((purpose) => purpose !== undefined)
  if (purposes.length < withdrawn.length) return say('case_consents', [CASES.consentsUnclear])
  if (purposes.includes('handle') && one.status !== 'closed') return askWithdraw(number, CASES.lastConsent(number))
  return say('case_consents', CASES.consentsWithdrawn(purposes.map((purpose) => CONSENT_TEXT[purpose])), {
    changes: [{ kind: 'case_changed', number, event: { kind: 'consents_withdrawn', purposes: unique(purposes) } }],
  })
}

function unique(purposes: readonly Purpose[]): readonly Purpose[] {
  return [...new Set(purposes)]
}

/** "2", "rút 2 và 3": numbers and nothing else. */
function numbersIn(text: string): readonly number[] | undefined {
  const said = fold(text)
    .trim()
    .replace(/^(toi |em |minh )?(rut|bo|huy|chon)?( viec| so| dong y)*\s*/, '')
  const numbers = said.split(/[\s,.;]+|va/).filter(Boolean)
  return numbers.length > 0 && numbers.every((number) => /^[1-9]$/.test(number)) ? numbers.map(Number) : undefined
}

// ── files that come later ───────────────────────────────────────────────────────────────────────

/** A file in a conversation with an open case may be evidence for it. Words under it that ask or tell something else come first. */
async function fileCame(t: Talking, attachment: string): Promise<CaseTalk | undefined> {
  const open = t.cases.filter(FITS.add)
  if (open.length === 0 || t.situation.intake?.guide.isQuestion(t.text)) return undefined
  if (t.text !== '' && ['first_aid', 'handoff'].includes((await t.answer(t.text, true)).kind)) return undefined
  const { about } = t.conversation.dialogue
  const before = about?.kind === 'files' ? about : { number: about?.kind === 'add' ? about.number : null, files: [] }
  const files = [...before.files, { attachment, caption: t.text }]
  return before.number === null ? askFile(open, files) : askClear(before.number, files)
}

function askFile(open: readonly OwnCase[], files: FilesAbout['files']): CaseTalk {
  const choices = [...open.map(({ number }) => CASE_CHOICE.addTo(number)), CASE_CHOICE.notForCase]
  return say('case_file', [CASES.askFile(files.length)], { choices, about: { kind: 'files', number: null, files } })
}

function askClear(number: string, files: FilesAbout['files']): CaseTalk {
  const choices = [COMPLAINT_CHOICE.clear, COMPLAINT_CHOICE.papers]
  return say('case_file', [INTAKE.files], { choices, about: { kind: 'files', number, files } })
}

const YES = /^(da )?(co|dung|phai|vang|ok|dung roi)( a| roi)?$/
const NO = /^(da )?(khong|ko|khong co|khong phai)( a| dau)?$/

function followFiles({ text, cases }: Talking, { number, files }: FilesAbout): CaseTalk | undefined {
  const said = fold(text).trim()
  if (number === null) {
    const open = cases.filter(FITS.add)
    const one = open.find((own) => CASE_CHOICE.addTo(own.number) === text) ?? (YES.test(said) && open.length === 1 ? open[0] : undefined)
    if (one) return askClear(one.number, files)
    return text === CASE_CHOICE.notForCase || NO.test(said) ? say('case_kept', [CASES.notForCase]) : undefined
  }
  if (text === COMPLAINT_CHOICE.clear || NO.test(said)) return filed(number, files)
  if (text !== COMPLAINT_CHOICE.papers && !YES.test(said)) return undefined
  const changes = files.map(({ attachment }): Change => ({ kind: 'evidence_discarded', attachment }))
  return say('case_file', [INTAKE.filesDropped(files.length)], { changes })
}

function filed(number: string, files: FilesAbout['files']): CaseTalk {
  const evidence = files.map((file) => ({ ...file, clear: true }))
  return say('case_file', [CASES.filed(number, files.length)], { changes: [{ kind: 'case_added', number, story: '', facts: {}, evidence }] })
}

// ── how it was ──────────────────────────────────────────────────────────────────────────────────

/** Two taps: the verdict, and a reason that may be left out. Whenever they come, they are about what ended last. */
function rated({ text, cases }: Talking): CaseTalk | undefined {
  const satisfied = verdictIn(text)
  const closed = satisfied === undefined ? undefined : cases.find(({ status: stands }) => stands === 'closed')
  if (satisfied === undefined || !closed) return undefined
  const { number } = closed
  const choices = satisfied ? SATISFIED_WHY : DISSATISFIED_WHY
  return say('case_rated', [CASES.thanksWhy], { choices, about: { kind: 'why', number }, changes: [ratedAs(number, satisfied, '')] })
}

function followWhy(text: string, number: string): CaseTalk | undefined {
  const satisfied = SATISFIED_WHY.includes(text)
  if (!satisfied && !DISSATISFIED_WHY.includes(text)) return undefined
  return say('case_rated', [CASES.thanks], { changes: [ratedAs(number, satisfied, text)] })
}

function ratedAs(number: string, satisfied: boolean, why: string): Change {
  return { kind: 'case_changed', number, event: { kind: 'rated', satisfied, why } }
}

interface More {
  readonly choices?: readonly string[]
  readonly changes?: readonly Change[]
  readonly about?: About
}

function say(reason: string, lines: readonly string[], { choices = [], changes = [], about }: More = {}): CaseTalk {
  return { outcome: { ...service(reason, lines.map(plain)), choices }, changes, about: about ?? null }
}
