/**
 * `npm run -s intake -- …`: the cases that people have confirmed, for the office.
 *
 *   list [--all|--overdue]                       what is open, danger first, then what is due first
 *   show N                                       a case with all that happened to it
 *   receive|handle|reopen|release N              where it stands; each change tells the person
 *   ask-info|answer N --text "…"                 with words for the person
 *   choose N --agency ID --why "…"               the body that is competent, as an officer sees it
 *   transfer N --agency ID                       hands it on, where the person agreed to that
 *   close N --result resolved|partly|not|withdrawn --text "…"
 *   hold N --why "…"                             may not be erased
 *   file [--json FILE | --story … --fact … --consent … --how …]   told on the telephone or at the counter
 *   file-ok|file-drop N FILE                     an officer has looked at a photo
 *   clusters                                     sellers of whom several people complain
 *   retry N · account N --why "…" · letter N --out FILE
 */
import { readSecretKey } from '../../adapters/operations/secret-key.ts'
import { judgeFile } from '../../adapters/storage/case-changes.ts'
import { readCase } from '../../adapters/storage/complaint-store.ts'
import { retryHandover } from '../../adapters/storage/handover-store.ts'
import { type CaseNumber, parseCaseNumber } from '../case/number.ts'
import { CASE_OFFICE } from '../wording/cases.ts'
import { INTAKE_WAY } from '../wording/handover.ts'
import { openAccount } from './account.ts'
import { deedOf, does } from './intake-deeds.ts'
import { fileByOfficer } from './intake-file.ts'
import { writeLetter } from './intake-letter.ts'
import { clusters, list, show } from './intake-show.ts'
import { type Office, operator, Refused, readArguments, runOffice } from './office.ts'

const USAGE = `Cách dùng: npm run -s intake --
  list [--all | --overdue] | show SỐ | clusters
  receive | handle | reopen | release SỐ
  ask-info | answer SỐ --text "…"
  choose SỐ --agency MÃ --why "…" | transfer SỐ --agency MÃ
  close SỐ --result resolved|partly|not|withdrawn --text "…"
  hold SỐ --why "…"
  file --json TỆP | file --story "…" --fact tên=giá-trị … --consent handle,authority … --how telephone|paper|counter
  file-ok SỐ MÃ-TỆP | file-drop SỐ MÃ-TỆP
  retry SỐ | account SỐ --why "…" | letter SỐ --out TỆP.docx [--what don|biennhan] [--agency MÃ]
  [--by "tên cán bộ"]`

const text = { type: 'string' } as const
const many = { type: 'string', multiple: true } as const
const flag = { type: 'boolean', default: false } as const
const OPTIONS = {
  ...{ all: flag, overdue: flag, text, why: text, agency: text, result: text, by: text, out: text, what: text },
  ...{ json: text, story: text, fact: many, consent: text, how: text },
}
export type Given = ReturnType<typeof readArguments<typeof OPTIONS>>['values']

type Work = (office: Office, given: Given) => Promise<void>
type WorkOnCase = (office: Office, number: CaseNumber, given: Given, more: string) => Promise<void>

const WITHOUT_CASE = new Map<string, Work>([
  ['list', (office, given) => list(office, given)],
  ['clusters', (office) => clusters(office)],
  ['file', (office, given) => fileByOfficer(office, given)],
])

const WITH_CASE = new Map<string, WorkOnCase>([
  ['show', (office, number, given) => show(office, number, operator(given.by))],
  ['retry', (office, number) => retry(office, number)],
  ['account', account],
  ['letter', letter],
])

/** A file of a case is named after it. */
const WITH_FILE = new Map<string, boolean>([
  ['file-ok', true],
  ['file-drop', false],
])

async function retry({ store }: Office, number: CaseNumber): Promise<void> {
  const { ways, linksEnded } = await retryHandover(store, number, Date.now())
  if (ways.length === 0) throw new Refused(CASE_OFFICE.nothingToRetry)
  console.log(CASE_OFFICE.retried(ways.map((way) => INTAKE_WAY[way])))
  if (linksEnded) console.log(CASE_OFFICE.linksEnded)
}

async function account({ store, config }: Office, number: CaseNumber, { why = '', by }: Given): Promise<void> {
  console.log(await openAccount(store, readSecretKey(config.dataFolder), { number, by: operator(by), why }, Date.now()))
}

async function letter({ store, config }: Office, number: CaseNumber, { out, what, agency }: Given): Promise<void> {
  const found = await readCase(store, number)
  if (!found) throw new Refused(CASE_OFFICE.noCase(number))
  for (const line of await writeLetter(config, found, { out, what, agency }, Date.now())) console.log(line)
}

async function judge({ store }: Office, number: CaseNumber, attachment: string, clear: boolean, { by }: Given): Promise<void> {
  if (!(await judgeFile(store, { number, attachment }, clear, operator(by), Date.now()))) throw new Refused(CASE_OFFICE.fileUnknown)
  console.log(clear ? CASE_OFFICE.fileReleased : CASE_OFFICE.fileDropped)
}

function numberOf(text: string): CaseNumber {
  const number = parseCaseNumber(text)
  if (typeof number !== 'string') throw new Refused(CASE_OFFICE.wrongNumber)
  return number
}

async function run(office: Office): Promise<void> {
  const { values, positionals } = readArguments(OPTIONS, USAGE)
  const [command = '', named, attachment] = positionals
  const alone = WITHOUT_CASE.get(command)
  if (alone && positionals.length === 1) return alone(office, values)
  if (named === undefined) throw new Refused(USAGE)
  const clear = WITH_FILE.get(command)
  if (clear !== undefined && attachment !== undefined) return judge(office, numberOf(named), attachment, clear, values)
  if (positionals.length !== 2) throw new Refused(USAGE)
  const work = WITH_CASE.get(command)
  if (work) return work(office, numberOf(named), values, '')
  const deed = deedOf(command, values, Date.now())
  if (!deed) throw new Refused(USAGE)
  return does(office, numberOf(named), deed, values)
}

await runOffice(run, { mayCreate: false })
