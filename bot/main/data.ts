/**
 * `npm run -s data -- …`: what the law asks of whoever holds personal data.
 *
 *   find --visitor CODE                                   which conversation is meant: times and channel, nothing that was said
 *   export --conversation ID [--text] [--out FILE]        everything held on the person of that conversation, or of a case: --case NUMBER
 *   erase --conversation ID --why "…" [--yes]             removes it for good; without --yes it says what would go
 *   retention [--run]                                     what is past its time; removed only with --run
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStore as openFiles } from '../../adapters/attachments/store.ts'
import { readHeld, recordExport } from '../../adapters/storage/held-store.ts'
import {
  erasePerson,
  findByAddress,
  knownHashes,
  personOf,
  personOfCase,
  planRetention,
  previewErasure,
  runRetention,
} from '../../adapters/storage/privacy-store.ts'
import { keepTombstones, removeFiles } from '../../adapters/storage/tombstone-file.ts'
import { parseCaseNumber } from '../case/number.ts'
import { countsText } from '../privacy/erasure.ts'
import { exportDocument, transcript } from '../privacy/export.ts'
import type { Held } from '../privacy/ports.ts'
import { type ClassPlan, keptDays, RETENTION_CLASSES, type RetentionClass, type RetentionName, retentionRules } from '../privacy/retention.ts'
import { momentText } from '../wording/operations.ts'
import { type Office, operator, Refused, readArguments, runOffice } from './office.ts'

const USAGE = `Cách dùng: npm run -s data --
  find --visitor MÃ
  export --conversation ID | --case SỐ-HỒ-SƠ [--text] [--out TỆP] [--by "…"]
  erase --conversation ID | --case SỐ-HỒ-SƠ --why "…" [--yes] [--by "…"]
  retention [--run] [--by "…"]`
const OPTIONS = {
  visitor: { type: 'string' },
  conversation: { type: 'string' },
  case: { type: 'string' },
  out: { type: 'string' },
  text: { type: 'boolean', default: false },
  why: { type: 'string' },
  yes: { type: 'boolean', default: false },
  run: { type: 'boolean', default: false },
  by: { type: 'string' },
} as const
type Given = ReturnType<typeof readArguments<typeof OPTIONS>>['values']

const COMMANDS = new Map<string, (office: Office, given: Given) => Promise<void>>([
  ['find', find],
  ['export', exportAll],
  ['erase', erase],
  ['retention', retention],
])

const VISITOR = /^[a-z0-9]{4,64}$/i

async function find({ store }: Office, { visitor = '' }: Given): Promise<void> {
  if (!VISITOR.test(visitor)) throw new Refused('--visitor: cần ít nhất bốn chữ hoặc số mà người dân đọc trên trang.')
  const found = await findByAddress(store, visitor)
  if (found.length === 0) throw new Refused(`Không có cuộc trò chuyện nào bắt đầu bằng mã ${visitor}.`)
  for (const { id, channel, createdAt, updatedAt } of found)
    console.log(`${id}  kênh ${channel}  từ ${momentText(createdAt)}  đến ${momentText(updatedAt)}`)
  if (found.length > 1) console.log('Nhiều người có thể trùng bốn ký tự đầu: hỏi thêm ngày giờ nhắn để chọn đúng trước khi xuất hay xóa.')
}

async function person({ store }: Office, { conversation, case: number }: Given): Promise<string> {
  if (number) return personOfNumber(store, number)
  if (!conversation) throw new Refused(USAGE)
  const found = await personOf(store, conversation)
  if (found === undefined)
    throw new Refused(`Không có cuộc trò chuyện ${conversation}; có thể đã xóa. Nếu lần xóa trước bị ngắt, "retention --run" dọn nốt phần còn lại.`)
  return found
}

/** A case may have no conversation any more, or never had one. */
async function personOfNumber(store: Office['store'], text: string): Promise<string> {
  const number = parseCaseNumber(text)
  const found = typeof number === 'string' ? await personOfCase(store, number) : undefined
  if (found === undefined) throw new Refused(`Không có hồ sơ ${text}.`)
  return found
}

async function exportAll(office: Office, given: Given): Promise<void> {
  const { store } = office
  const held = await readHeld(store, await person(office, given))
  if (!held) throw new Refused('Không giữ dữ liệu nào về người này.')
  const now = Date.now()
  await recordExport(store, held, operator(given.by), now)
  handOut(documentText(held, given, now), given.out)
}

function documentText(held: Held, { text }: Given, now: number): string {
  return text ? `${transcript(held).join('\n')}\n` : `${JSON.stringify(exportDocument(held, now), null, 2)}\n`
}

function handOut(text: string, file: string | undefined): void {
  if (file === undefined) return void process.stdout.write(text)
  try {
    // Never over another file, and readable by nobody else.
    writeFileSync(file, text, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    throw new Refused(`Không ghi được ${file}: ${(error as NodeJS.ErrnoException).code === 'EEXIST' ? 'tệp đã có' : (error as Error).message}.`)
  }
  console.log(`Đã ghi ${file}, chỉ người chạy lệnh này đọc được. Giao xong thì xóa tệp.`)
}

async function erase(office: Office, given: Given): Promise<void> {
  const { store } = office
  const whom = await person(office, given)
  if (!given.why) throw new Refused('Cần ghi lý do: --why "…" (không ghi tên hay số điện thoại của người dân).')
  if (!given.yes) {
    const would = countsText(await previewErasure(store, whom))
    return console.log(`Sẽ xóa hẳn mọi dữ liệu của người này: ${would}. Chưa xóa gì; thêm --yes để xóa.`)
  }
  const erased = await erasePerson(store, { person: whom, why: given.why, by: operator(given.by) }, Date.now())
  await keepTombstones(store, office.config.dataFolder)
  console.log(`Đã xóa ${countsText(erased)}. Bản sao lưu cũ vẫn còn cho tới khi hết hạn; khôi phục bản nào, dịch vụ cũng xóa lại.`)
  await tidy(office, erased.unusedHashes)
}

const RETENTION_NAMES = Object.keys(RETENTION_CLASSES) as RetentionName[]

async function retention(office: Office, given: Given): Promise<void> {
  const rules = retentionRules(office.config)
  const now = Date.now()
  const { classes, held } = await planRetention(office.store, rules, now)
  for (const name of RETENTION_NAMES) printClass(RETENTION_CLASSES[name], classes[name], keptDays(name, rules))
  console.log(`Quá hạn nhưng còn giữ vì có người đang chờ hoặc tin chưa gửi xong: ${spanText(held)}`)
  if (!given.run) return console.log('Chưa xóa gì; thêm --run để làm.')
  const done = await runRetention(office.store, rules, now, operator(given.by))
  console.log(`Đã thôi gửi ${done.givenUp} tin; đã xóa ${countsText(done)}; ${done.others} mục khác đã hết hạn.`)
  await tidy(office, done.unusedHashes)
}

const DOES: Readonly<Record<RetentionClass['does'], string>> = {
  remove: 'xóa',
  blank: 'xóa nội dung',
  give_up: 'thôi gửi',
  report: 'chỉ báo',
  keep: 'giữ',
}

function printClass({ name, does, why }: RetentionClass, plan: ClassPlan, days: number | null): void {
  console.log(
    `${name} (${days === null ? 'không hạn' : `${days} ngày`}, ${DOES[does]}): ${days === null ? 'không tính hạn' : spanText(plan)}\n    ${why}`,
  )
}

function spanText({ due, oldest, newest }: ClassPlan): string {
  return oldest === null || newest === null ? '0' : `${due}, từ ${momentText(oldest)} đến ${momentText(newest)}`
}

const DAY_MS = 86_400_000

/** Everything that an erasure leaves on the disk: files that nobody names, left-overs of a run that was cut off, freed pages. */
async function tidy({ store, config }: Office, hashes: readonly string[]): Promise<void> {
  const files = openFiles(join(config.dataFolder, 'attachments'))
  const removed = await removeFiles(store, files, hashes)
  // What is younger may belong to a message that is just arriving.
  const swept = await files.sweep(await knownHashes(store), Date.now() - DAY_MS)
  await store.compact().catch((cause) => {
    throw new Refused(
      'Đã xóa, nhưng dấu vết còn trên đĩa vì cơ sở dữ liệu đang bận: chạy "npm run -s data -- retention --run" lúc vắng hoặc khi dịch vụ đã dừng.',
      { cause },
    )
  })
  console.log(`Đã gỡ ${removed + swept} tệp khỏi đĩa và dọn cơ sở dữ liệu.`)
}

await runOffice(
  async (office) => {
    const { values, positionals } = readArguments(OPTIONS, USAGE)
    const command = COMMANDS.get(positionals.join())
    if (!command) throw new Refused(USAGE)
    await command(office, values)
  },
  { mayCreate: false },
)
