/** What an officer reads of cases: the list, one of them with all that happened to it, sellers of whom several people complain. */
import { recordReading } from '../../adapters/storage/case-changes.ts'
import { type CaseEventRow, type CaseFileRow, type CaseRow, readCase, readCases, type WholeCase } from '../../adapters/storage/complaint-store.ts'
import { type HandoverRow, listHandovers } from '../../adapters/storage/handover-store.ts'
import { loadKinds } from '../../knowledge/complaint-kinds.ts'
import { dayInVietnam, formatDay } from '../../knowledge/validity.ts'
import { type Accused, clustersOf, plainPhone } from '../case/clusters.ts'
import { byHarmThenClock, isDangerous } from '../case/harm.ts'
import type { CaseEventKind } from '../case/life.ts'
import type { CaseNumber } from '../case/number.ts'
import type { ComplaintRecord } from '../complaint/confirmed.ts'
import { FACT_NAMES } from '../complaint/facts.ts'
import { saidValue } from '../complaint/shown.ts'
import { CASE_OFFICE, CONSENT_WAY_WORDS, EVENT_WORDS, RESULT_WORDS, STATUS_WORDS } from '../wording/cases.ts'
import { INTAKE } from '../wording/complaint.ts'
import { INTAKE_WAY, OFFICE_LABEL, PURPOSE_LABEL } from '../wording/handover.ts'
import { momentText } from '../wording/operations.ts'
import { type Office, Refused } from './office.ts'

const MOST = 10_000

interface Listed extends CaseRow {
  readonly dangerous: boolean
  readonly overdue: boolean
  readonly stopped: boolean
}

/** Prints cases: danger first, then what is due first. */
export async function list({ store }: Office, { all, overdue }: { readonly all: boolean; readonly overdue: boolean }): Promise<void> {
  const now = Date.now()
  const kinds = loadKinds()
  const stopped = new Set((await listHandovers(store, { limit: MOST })).filter(isStopped).map(({ number }) => number))
  const cases = (await readCases(store, MOST))
    .map(
      (one): Listed => ({
        ...one,
        dangerous: one.record !== undefined && isDangerous(kinds, one.record),
        overdue: isOverdue(one, now),
        stopped: stopped.has(one.number),
      }),
    )
    .filter((one) => (overdue ? one.overdue : all || one.status !== 'closed'))
    .sort(byHarmThenClock)
  if (cases.length === 0) console.log(CASE_OFFICE.none)
  for (const one of cases) console.log(listLine(one))
}

function isStopped({ state }: HandoverRow): boolean {
  return state === 'gone' || state === 'given_up'
}

/** The promise is that an officer has looked: it is kept by anything that an officer does. */
function isOverdue({ status, dueAt }: CaseRow, now: number): boolean {
  return status === 'confirmed' && dueAt !== null && dueAt <= now
}

function listLine({ number, status, result, confirmedAt, channel, dueAt, hold, record, dangerous, overdue, stopped }: Listed): string {
  const due = status === 'confirmed' && dueAt !== null && !overdue ? [CASE_OFFICE.due(lastDay(dueAt))] : []
  const marks = [
    ...(dangerous ? [CASE_OFFICE.danger] : []),
    ...(overdue ? [CASE_OFFICE.overdue] : due),
    ...(stopped ? [CASE_OFFICE.stopped] : []),
    ...(hold ? [CASE_OFFICE.held] : []),
  ]
  const stands = result === null ? STATUS_WORDS[status] : `${STATUS_WORDS[status]}, ${RESULT_WORDS[result]}`
  return [number, momentText(confirmedAt), channel, record?.issueTitle ?? CASE_OFFICE.unreadable, stands, ...marks].join('  ')
}

/** The moment is the end of that day. */
function lastDay(dueAt: number): string {
  return formatDay(dayInVietnam(new Date(dueAt - 1)))
}

/** Prints one case; that it was read is audited. */
export async function show({ store }: Office, number: CaseNumber, by: string): Promise<void> {
  const found = await readCase(store, number)
  if (!found) throw new Refused(CASE_OFFICE.noCase(number))
  const handed = await listHandovers(store, { number })
  await recordReading(store, number, by, Date.now())
  for (const line of [...headOf(found), ...bodyOf(found), ...found.events.map(eventLine), ...handed.map(handoverLine)]) console.log(line)
}

function headOf({ number, status, result, confirmedAt, channel, conversation, filedBy, dueAt, chosen, hold }: WholeCase): readonly string[] {
  const where = filedBy === null ? `cuộc trò chuyện ${conversation.slice(0, 8)}` : `do ${filedBy} lập`
  const stands = result === null ? STATUS_WORDS[status] : `${STATUS_WORDS[status]}, ${RESULT_WORDS[result]}`
  return [
    `${number} · ${stands} · nộp ${momentText(confirmedAt)} · kênh ${channel} · ${where}${dueAt === null ? '' : ` · ${CASE_OFFICE.due(lastDay(dueAt))}`}`,
    ...(chosen ? [`Nơi đã chọn: ${chosen.name} (${chosen.by}, ${momentText(chosen.at)})${chosen.why === '' ? '' : `: ${chosen.why}`}`] : []),
    ...(hold ? [`${CASE_OFFICE.held}: ${hold.why} (${hold.by})`] : []),
  ]
}

function bodyOf({ record, files, purposes }: WholeCase): readonly string[] {
  if (!record) return [CASE_OFFICE.unreadable]
  const { issueTitle, story, missing, route, account } = record
  return [
    ...[`Việc: ${issueTitle}`, ...factLines(record), ...(account ? [`Tài khoản đã nhận tiền: ${account.shown}`] : []), `Chuyện: ${story}`],
    ...[`Còn thiếu: ${missing.join(', ') || 'không'}`, `Ảnh, tệp: ${files.length}`, ...files.map(fileLine)],
    ...record.consents.map((given) => consentLine(given, purposes.includes(given.purpose))),
    ...route.map((suggestion, i) => `Gợi ý ${i + 1}: ${INTAKE.suggested(suggestion)}`),
  ]
}

function factLines({ facts }: ComplaintRecord): readonly string[] {
  return FACT_NAMES.filter((name) => facts[name]).map((name) => `${OFFICE_LABEL[name]}: ${saidValue(name, facts)}`)
}

function consentLine({ purpose, version, message }: ComplaintRecord['consents'][number], stands: boolean): string {
  const how = CONSENT_WAY_WORDS[message]
  return `${stands ? 'Đồng ý' : 'Đã rút đồng ý'} (bản ${version}${how ? `, ${how}` : ''}): ${PURPOSE_LABEL[purpose]}`
}

const CLEAR_WORDS = { true: 'dùng được', false: 'có giấy tờ', null: 'chưa rõ có giấy tờ không, chưa mở' } as const

function fileLine({ attachment, kind, size, caption, clear }: CaseFileRow): string {
  return `  ${attachment}  ${kind}, ${size} byte, ${CLEAR_WORDS[`${clear}`]}${caption === '' ? '' : `: ${caption}`}`
}

function eventLine({ at, actor, kind, status, words, note }: CaseEventRow): string {
  const what = EVENT_WORDS[kind as CaseEventKind] ?? kind
  const said = [words, note === '' ? '' : `(${note})`].filter(Boolean).join(' ')
  return `${momentText(at)}  ${actor === 'person' ? 'người dân' : actor}: ${what} → ${STATUS_WORDS[status]}${said === '' ? '' : `: ${said}`}`
}

function handoverLine({ way, state, attempts, trouble, deliveredAt }: HandoverRow): string {
  if (deliveredAt !== null) return `Bàn giao qua ${INTAKE_WAY[way]}: đã tới lúc ${momentText(deliveredAt)}`
  const stands = state === 'pending' ? 'đang chờ' : CASE_OFFICE.stopped
  return `Bàn giao qua ${INTAKE_WAY[way]}: ${stands}, đã thử ${attempts} lần${trouble === null ? '' : ` (${trouble})`}`
}

/** One person on several channels is one, where they gave the same telephone. */
function accusedOf({ number, person, confirmedAt, record }: CaseRow): readonly Accused[] {
  if (!record) return []
  return [{ number, person: plainPhone(record.facts.phone?.value ?? '') || person, confirmedAt, facts: record.facts }]
}

/** Prints sellers of whom several people complain. */
export async function clusters({ store }: Office): Promise<void> {
  const cases = await readCases(store, MOST)
  const accused = cases.flatMap(accusedOf)
  const found = clustersOf(accused, Date.now())
  if (found.length === 0) return console.log(CASE_OFFICE.noClusters)
  for (const { respondent, people, cases: numbers } of found) console.log(CASE_OFFICE.cluster(respondent, people, numbers.join(', ')))
  console.log(CASE_OFFICE.clusterNote)
}
