/** `npm run -s doctor`: looks at everything the service needs and says in sentences what is wrong. Exit code 1 when something is. */
import { accessSync, constants, existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { readAudit } from '../../adapters/storage/audit-store.ts'
import { openStore, type Store } from '../../adapters/storage/database.ts'
import { readQueueState } from '../../adapters/storage/queue-state.ts'
import { readSwitches } from '../../adapters/storage/switch-store.ts'
import { ToneRestorer } from '../../knowledge/language/tones.ts'
import { loadLibrary } from '../../knowledge/library.ts'
import { checkLibrary } from '../../knowledge/proofs.ts'
import { loadEmbedder } from '../../retrieval/embedder.ts'
import { VectorIndex } from '../../retrieval/vector-index.ts'
import { verify } from '../audit/chain.ts'
import { everyEntry } from '../audit/ports.ts'
import type { Config } from '../config.ts'
import { targetText } from '../operations/switches.ts'
import { INTAKE_WAY } from '../wording/handover.ts'
import { modelChoice, runCommand } from './assistant.ts'
import { waysOf } from './handing-over.ts'

/** One thing to look at: returns what is well, throws what is not. */
type Look = readonly [name: string, look: () => string | Promise<string>]

const LONG_WAIT_MS = 5 * 60_000

await runCommand(async (config) => {
  const looks: Look[] = [
    ['thư mục dữ liệu', () => writable(config.dataFolder)],
    ['thư viện', () => libraryState()],
    ['khôi phục dấu', () => toneState()],
    ['mô hình', async () => (await loadEmbedder(config.embedding ? modelChoice(config.embedding) : undefined)).identity.revision],
    ['chỉ mục', () => indexState(config.dataFolder)],
    ['cơ sở dữ liệu', () => storeState(config)],
    ['hàng chờ', () => queueState(config)],
    ['nhật ký', () => auditState(config)],
    ['tiếp nhận', () => intakeState(config)],
    ['công tắc', () => switchState(config)],
    ['kênh', () => channelState(config)],
    ['thông tin Hội', () => associationState(config)],
  ]
  for (const [name, look] of looks) {
    try {
      console.log(`tốt   ${name}: ${await look()}`)
    } catch (error) {
      console.log(`HỎNG  ${name}: ${(error as Error).message}`)
      process.exitCode = 1
    }
  }
})

/** Opens the database for one look; a folder without one is well: the first start makes it. */
async function inStore(config: Config, look: (store: Store) => Promise<string>): Promise<string> {
  if (!existsSync(join(config.dataFolder, 'an-tam.sqlite'))) return 'chưa có, sẽ tạo ở lần khởi động tới'
  const store = await openStore(config.dataFolder)
  try {
    return await look(store)
  } finally {
    await store.close()
  }
}

function storeState(config: Config): Promise<string> {
  return inStore(config, async (store) => {
    const faults = await store.integrity()
    if (faults.length > 0) throw new Error(`SQLite báo lỗi: ${faults[0]}. Dừng dịch vụ và khôi phục bản sao lưu.`)
    return 'mở được, SQLite kiểm tra không thấy lỗi'
  })
}

function queueState(config: Config): Promise<string> {
  return inStore(config, async (store) => {
    const state = await readQueueState(store, Date.now())
    const late = Math.max(state.oldestUndecidedMs, state.oldestUnsentMs)
    const said = `${state.undecided} tin chưa xử lý, ${state.unsent} trả lời chưa gửi, ${state.undeliverable} không gửi được, ${state.waitingForOfficer} người chờ cán bộ`
    if (late > LONG_WAIT_MS) throw new Error(`${said}; tin cũ nhất đã chờ ${Math.round(late / 60_000)} phút: dịch vụ có đang chạy không?`)
    return said
  })
}

function auditState(config: Config): Promise<string> {
  return inStore(config, async (store) => {
    const verdict = await verify(everyEntry((after, limit) => readAudit(store, after, limit)))
    if (!verdict.ok) throw new Error(`chuỗi đứt ở mục ${verdict.number} (${verdict.why}): có người sửa cơ sở dữ liệu ngoài chương trình.`)
    return `${verdict.count} mục, chuỗi nguyên vẹn`
  })
}

function switchState(config: Config): Promise<string> {
  return inStore(config, async (store) => {
    const off = await readSwitches(store)
    return off.length === 0 ? 'mọi thứ đang bật' : `đang TẮT: ${off.map(({ target, reason }) => `${targetText(target)} (${reason})`).join('; ')}`
  })
}

/** Where confirmed cases go, and what waits. */
function intakeState(config: Config): Promise<string> {
  const ways = waysOf(config).map((way) => INTAKE_WAY[way])
  const where =
    ways.length === 0
      ? 'chưa đặt INTAKE_URL hay SMTP_URL: hồ sơ nằm ở máy này, xem bằng npm run -s intake -- list'
      : `chuyển qua ${ways.join(' và ')}`
  return inStore(config, async (store) => {
    const { handingOver, oldestHandingOverMs, notHandedOver } = await readQueueState(store, Date.now())
    const said = `${where}; ${handingOver} lượt chuyển đang chờ`
    if (notHandedOver > 0)
      throw new Error(
        `${said}, ${notHandedOver} lượt KHÔNG chuyển được: xem npm run -s intake -- list, sửa nơi nhận rồi npm run -s intake -- retry SỐ-HỒ-SƠ.`,
      )
    return handingOver === 0 ? said : `${said}, lâu nhất ${Math.round(oldestHandingOverMs / 60_000)} phút`
  })
}

/** By the settings alone; what the platforms say is asked by `channels -- status`. */
function channelState({ telegram, zaloBot, zaloOa, publicUrl }: Config): string {
  const on = [telegram && 'telegram', zaloBot && 'zalo-bot', zaloOa && 'zalo-oa'].filter((name) => name !== undefined)
  if (on.length === 0) return 'chỉ có web'
  if (publicUrl === undefined && zaloOa) throw new Error('Zalo OA chỉ nhận tin qua webhook: cần PUBLIC_URL.')
  return `web, ${on.join(', ')}${publicUrl === undefined ? ' (tự hỏi tin vì chưa có PUBLIC_URL: chỉ nên dùng khi thử)' : ''}; xem thêm: npm run -s channels -- status`
}

/** Empty is allowed, and said to citizens as "chưa cung cấp"; the operator should know. */
function associationState({ association }: Config): string {
  const empty = Object.entries(association).flatMap(([name, value]) => (value === '' ? [`ASSOCIATION_${name.toUpperCase()}`] : []))
  return empty.length === 0 ? 'đủ' : `chưa cung cấp ${empty.join(', ')}`
}

function writable(folder: string): string {
  mkdirSync(folder, { recursive: true })
  accessSync(folder, constants.W_OK)
  return `${folder} ghi được`
}

function toneState(): string {
  ToneRestorer.load()
  return 'đọc được, đúng mã kiểm'
}

function libraryState(): string {
  const library = loadLibrary()
  const faults = checkLibrary(library)
  if (faults.length > 0) throw new Error(`${faults.length} lỗi nội dung, lỗi đầu: ${faults[0]}`)
  return `${library.provisions.size} điều khoản, ${library.guides.size} hướng dẫn`
}

async function indexState(folder: string): Promise<string> {
  const state = await VectorIndex.inspect(join(folder, 'index', 'library'))
  if (state === 'damaged') throw new Error('tệp chỉ mục bị hỏng; lần khởi động tới sẽ lập lại')
  return state === 'missing' ? 'chưa có, sẽ lập ở lần khởi động tới' : 'đúng mã kiểm'
}
