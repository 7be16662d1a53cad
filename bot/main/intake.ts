/** `npm run -s intake -- list | show NUMBER`: the cases that people have confirmed, for the office. */
import { type CaseRow, readCase, readCases } from '../../adapters/storage/complaint-store.ts'
import type { Store } from '../../adapters/storage/database.ts'
import { parseCaseNumber } from '../case/number.ts'
import { CONSENT_TEXT } from '../complaint/consent.ts'
import type { FactName } from '../complaint/facts.ts'
import { factLine } from '../complaint/shown.ts'
import { CASE_STATUS_WORDS, INTAKE } from '../wording/complaint.ts'
import { momentText } from '../wording/operations.ts'
import { Refused, readArguments, runOffice } from './office.ts'

const USAGE = 'Cách dùng: npm run -s intake -- list | show SỐ-HỒ-SƠ'

async function list(store: Store): Promise<void> {
  const cases = await readCases(store)
  if (cases.length === 0) console.log('Chưa có hồ sơ nào.')
  for (const one of cases)
    console.log(
      `${one.number}  ${momentText(one.confirmedAt)}  ${one.channel}  ${one.record?.issueTitle ?? '(bản ghi của phiên bản khác)'}  ${CASE_STATUS_WORDS[one.status]}`,
    )
}

async function show(store: Store, text: string): Promise<void> {
  const number = parseCaseNumber(text)
  if (typeof number !== 'string') throw new Refused('Số hồ sơ không đúng: đọc lại từng nhóm, ký tự cuối là ký tự kiểm.')
  const found = await readCase(store, number)
  if (!found) throw new Refused(`Không có hồ sơ ${number}.`)
  for (const line of linesOf(found)) console.log(line)
}

function linesOf({ number, status, confirmedAt, channel, conversation, record }: CaseRow): readonly string[] {
  const head = `${number} · ${CASE_STATUS_WORDS[status]} · nộp ${momentText(confirmedAt)} · kênh ${channel} · cuộc trò chuyện ${conversation.slice(0, 8)}`
  if (!record) return [head, 'Bản ghi do phiên bản khác viết, không đọc được.']
  const { issueTitle, facts, story, missing, consents, route, evidence } = record
  return [
    ...[head, `Việc: ${issueTitle}`, ...(Object.keys(facts) as FactName[]).filter((name) => facts[name]).map((name) => factLine(name, facts))],
    ...[`Chuyện: ${story}`, `Ảnh, tệp: ${evidence.length}`, `Còn thiếu: ${missing.join(', ') || 'không'}`],
    ...consents.map(({ purpose, version }) => `Đồng ý (bản ${version}): ${CONSENT_TEXT[purpose]}`),
    ...route.map((suggestion, i) => `Gợi ý ${i + 1}: ${INTAKE.suggested(suggestion)}`),
  ]
}

await runOffice(
  async ({ store }) => {
    const { positionals } = readArguments({}, USAGE)
    const [command, number = ''] = positionals
    if (command === 'list' && positionals.length === 1) return list(store)
    if (command === 'show' && positionals.length === 2) return show(store, number)
    throw new Refused(USAGE)
  },
  { mayCreate: false },
)
