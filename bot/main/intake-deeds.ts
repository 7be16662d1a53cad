/** What an officer does to a case at the command line: words read, body found in the directory, notice made, all committed at once. */
import { changeCase } from '../../adapters/storage/case-changes.ts'
import { type Agency, agencyOn, type Directory, loadDirectory } from '../../knowledge/agencies.ts'
import { parsePointer } from '../../knowledge/citation.ts'
import { cite } from '../../knowledge/cite.ts'
import { maskPersonal } from '../../knowledge/language/mask.ts'
import { loadLibrary } from '../../knowledge/library.ts'
import { dayInVietnam } from '../../knowledge/validity.ts'
import type { ChosenAgency, OfficerEvent } from '../case/life.ts'
import type { CaseNumber } from '../case/number.ts'
import { type CiteText, toldOf, wordsFor } from '../case/told.ts'
import { CASE_RESULTS } from '../complaint/status.ts'
import { CASE_OFFICE, CASE_REFUSED, EVENT_WORDS } from '../wording/cases.ts'
import { type Office, operator, Refused } from './office.ts'

interface Given {
  readonly text?: string | undefined
  readonly why?: string | undefined
  readonly agency?: string | undefined
  readonly result?: string | undefined
  readonly by?: string | undefined
}

/** @returns what the command does; undefined for an unknown command. Throws {@link Refused} with a sentence where something is missing. */
export function deedOf(command: string, given: Given, now: number): OfficerEvent | undefined {
  // Numbers that must not be kept are not kept in an officer's words either.
  const [text, why] = [maskPersonal(given.text ?? '').text, maskPersonal(given.why ?? '').text]
  switch (command) {
    case 'receive':
    case 'handle':
    case 'reopen':
    case 'release':
      return { kind: command }
    case 'ask-info':
      return { kind: 'ask_info', text }
    case 'answer':
      return { kind: 'answer', text }
    case 'hold':
      return { kind: 'hold', why }
    case 'choose':
      return { kind: 'choose', agency: agencyOf(given.agency, now), why }
    case 'transfer':
      return { kind: 'transfer', agency: agencyOf(given.agency, now) }
    case 'close':
      return { kind: 'close', result: resultOf(given.result), text }
    default:
      return undefined
  }
}

function resultOf(result: string | undefined) {
  const found = CASE_RESULTS.find((one) => one === result)
  if (!found) throw new Refused(CASE_OFFICE.result)
  return found
}

/** The body as it is called today; one that ended stands for its successor, which the officer is told. */
function agencyOf(id: string | undefined, now: number): ChosenAgency {
  if (!id) throw new Refused(CASE_OFFICE.agency)
  const directory = loadDirectory()
  const agency = takerOf(directory, id, now)
  if (agency.id !== id) console.log(CASE_OFFICE.successor(id, agency.name))
  return { id: agency.id, name: agency.name }
}

function takerOf(directory: Directory, id: string, now: number): Agency {
  const known = directory.records.some((record) => record.id === id)
  const agency = known ? agencyOn(directory, id, dayInVietnam(new Date(now))) : undefined
  if (!known) throw new Refused(CASE_REFUSED.agency_unknown)
  if (!agency) throw new Refused(CASE_REFUSED.agency_past)
  if (agency.role === 'never') throw new Refused(CASE_REFUSED.agency_never)
  return agency
}

/** Does it, and says what came of it. */
export async function does({ store }: Office, number: CaseNumber, event: OfficerEvent, { by }: Given): Promise<void> {
  const now = Date.now()
  const notice = toldOf(event, { number, day: dayInVietnam(new Date(now)), cite: citing(event) })
  const note = 'why' in event ? event.why.trim() : ''
  const done = await changeCase(store, number, { event, by: operator(by), notice, words: wordsFor(event), note }, now)
  if ('refused' in done) throw new Refused(CASE_REFUSED[done.refused])
  console.log([CASE_OFFICE.done(number, EVENT_WORDS[event.kind]), CASE_OFFICE.told[done.told]].filter(Boolean).join(' '))
}

/** The library is read only where law is said. */
function citing({ kind }: OfficerEvent): CiteText {
  if (kind !== 'close') return () => undefined
  const library = loadLibrary()
  return (pointer) => cite(library, parsePointer(pointer))
}
