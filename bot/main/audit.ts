/** `npm run -s audit -- verify [--expect N:HASH]` proves that no entry of the audit was changed; `list [--last 20]` shows the latest. Exit code 1 when the chain is broken. */
import { readAudit, readLastAudit } from '../../adapters/storage/audit-store.ts'
import type { Store } from '../../adapters/storage/database.ts'
import { type Anchor, anchorText, parseAnchor, type Verdict, verify } from '../audit/chain.ts'
import { everyEntry } from '../audit/ports.ts'
import { CHAIN_FAULTS } from '../wording/audit.ts'
import { momentText } from '../wording/operations.ts'
import { Refused, readArguments, runOffice } from './office.ts'

const USAGE = 'Cách dùng: npm run -s audit -- verify [--expect SỐ:MÃ] | list [--last 20]'
const OPTIONS = { expect: { type: 'string' }, last: { type: 'string', default: '20' } } as const
const MOST_LISTED = 1_000

function expected(text: string | undefined): Anchor | undefined {
  const anchor = text === undefined ? undefined : parseAnchor(text)
  if (text !== undefined && !anchor) throw new Refused('--expect phải có dạng SỐ:MÃ, đúng như dòng mà lần kiểm trước đã in.')
  return anchor
}

function countOf(text: string): number {
  const count = /^\d{1,4}$/.test(text) ? Number(text) : 0
  if (count < 1 || count > MOST_LISTED) throw new Refused(`--last phải là số từ 1 đến ${MOST_LISTED}.`)
  return count
}

async function prove(store: Store, anchor: Anchor | undefined): Promise<void> {
  const verdict = await verify(
    everyEntry((after, limit) => readAudit(store, after, limit)),
    anchor,
  )
  if (verdict.ok) return console.log(soundText(verdict))
  console.error(`Nhật ký KHÔNG còn nguyên vẹn, ở mục ${verdict.number}: ${CHAIN_FAULTS[verdict.why]}. Giữ nguyên tệp dữ liệu, báo người phụ trách.`)
  process.exitCode = 1
}

function soundText({ count, last }: Extract<Verdict, { ok: true }>): string {
  if (!last) return 'Nhật ký chưa có mục nào.'
  const anchor = anchorText(last)
  return `Nhật ký nguyên vẹn: ${count} mục. Mục cuối: ${anchor}\nChép dòng này ra nơi khác để lần sau kiểm cả việc cắt bớt đuôi: npm run -s audit -- verify --expect ${anchor}`
}

async function list(store: Store, count: number): Promise<void> {
  const entries = await readLastAudit(store, count)
  if (entries.length === 0) console.log('Nhật ký chưa có mục nào.')
  for (const { number, at, actor, action, subject, detail } of entries)
    console.log(`${number}  ${momentText(at)}  ${actor}  ${action}  ${subject}  ${detail}`)
}

await runOffice(
  async ({ store }) => {
    const { values, positionals } = readArguments(OPTIONS, USAGE)
    if (positionals.join() === 'verify') return prove(store, expected(values.expect))
    if (positionals.join() === 'list') return list(store, countOf(values.last))
    throw new Refused(USAGE)
  },
  { mayCreate: false },
)
