/**
 * Cases and what the intake got of them, against what people were shown. Reads the tables as they are and the receiver's own memory, and no code of the service.
 *
 *   I4  case_lost, case_twice, case_invented   whoever was shown a number has that case, and every confirmation is one case
 *   I5  not_handed, handed_twice, handed_changed, handed_unknown   at the receiver: one id a case, always with the same bytes, and nothing that nobody confirmed
 */
import type { FakeIntake } from '../fakes/intake.ts'
import { numbersIn } from './complainers.ts'
import type { History } from './history.ts'

export interface CaseRow {
  readonly number: string
  readonly told_in: string
  readonly record: string
}
export interface HandoverRow {
  readonly id: string
  readonly number: string
  readonly way: string
  readonly body: string
  readonly state: string
}

/** What of the disk is looked at here. */
export interface OfCases {
  readonly cases: readonly CaseRow[]
  readonly handovers: readonly HandoverRow[]
  readonly inbox: readonly { readonly id: string; readonly external_id: string; readonly conversation_id: string }[]
  readonly decisions: readonly { readonly inbox_id: string; readonly kind: string; readonly reason: string | null }[]
}

type Say = (code: string, detail: string) => void

/** @param shown all that people were shown since the last restored backup */
export function checkCases(found: OfCases, shown: Iterable<string>, intake: FakeIntake, history: History, say: Say): void {
  checkShownNumbers(found, shown, say)
  checkConfirmations(found, say)
  checkHandovers(found, say)
  checkReceived(found, intake, history, say)
  for (const { number } of found.cases) history.counts.cases.add(number)
  history.counts.handed = intake.received().length
}

function checkShownNumbers({ cases }: OfCases, shown: Iterable<string>, say: Say): void {
  const there = new Set(cases.map(({ number }) => number))
  for (const text of shown) for (const number of numbersIn(text)) if (!there.has(number)) say('case_lost', `${number} was shown and is no case`)
}

/** A message that confirmed has made one case, and every case was made by one. */
function checkConfirmations({ cases, inbox, decisions }: OfCases, say: Say): void {
  const confirming = new Set(decisions.filter(({ kind, reason }) => kind === 'complaint' && reason === 'confirmed').map((row) => row.inbox_id))
  const due = inbox.filter(({ id }) => confirming.has(id)).map((row) => `${row.conversation_id} ${row.external_id}`)
  const made = cases.map((row) => `${row.told_in} ${(JSON.parse(row.record) as { confirmedBy: string }).confirmedBy}`)
  for (const key of due) if (!made.includes(key)) say('case_lost', `${key} confirmed and made no case`)
  for (const [i, key] of made.entries()) {
    if (made.indexOf(key) !== i) say('case_twice', `${key} made two cases`)
    if (!due.includes(key)) say('case_invented', `${key} confirmed nothing`)
  }
}

function checkHandovers({ cases, handovers }: OfCases, say: Say): void {
  for (const { number } of cases) {
    const own = handovers.filter((row) => row.number === number)
    if (own.length !== 1 || own[0]?.state !== 'delivered') say('not_handed', `${number}: ${own.map(({ state }) => state).join(', ') || 'no row'}`)
  }
}

function checkReceived({ cases, handovers }: OfCases, intake: FakeIntake, history: History, say: Say): void {
  const rows = new Map(handovers.map((row) => [row.id, row]))
  const numbers = new Set(cases.map(({ number }) => number))
  const idOf = new Map<string, string>()
  for (const { id, body } of intake.received().filter((one) => !history.forgivenHandovers.has(one.id))) {
    const number = numberOf(body)
    const known = idOf.get(number) ?? id
    idOf.set(number, known)
    if (known !== id) say('handed_twice', `${number} came as ${known} and as ${id}`)
    if (!numbers.has(number)) say('handed_unknown', `${number} came and is no case`)
    if (rows.has(id) && rows.get(id)?.body !== body) say('handed_changed', `${id} came with other bytes`)
    if (numbers.has(number) && !rows.has(id)) say('handed_unknown', `${id} of ${number} is no row`)
  }
  for (const { id, number } of handovers) if (!intake.taken().has(id)) say('not_handed', `${number} never arrived as ${id}`)
}

function numberOf(body: string): string {
  return (JSON.parse(body) as { data: { case: string } }).data.case
}
