/** `npm run -s doctor`: looks at everything the service needs and says in sentences what is wrong. Exit code 1 when something is. */
import { accessSync, constants, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { ToneRestorer } from '../../knowledge/language/tones.ts'
import { loadLibrary } from '../../knowledge/library.ts'
import { checkLibrary } from '../../knowledge/proofs.ts'
import { loadEmbedder } from '../../retrieval/embedder.ts'
import { VectorIndex } from '../../retrieval/vector-index.ts'
import { modelChoice, runCommand } from './assistant.ts'

/** One thing to look at: returns what is well, throws what is not. */
type Look = readonly [name: string, look: () => string | Promise<string>]

await runCommand(async (config) => {
  const looks: Look[] = [
    ['thư mục dữ liệu', () => writable(config.dataFolder)],
    ['thư viện', () => libraryState()],
    ['khôi phục dấu', () => toneState()],
    ['mô hình', async () => (await loadEmbedder(config.embedding ? modelChoice(config.embedding) : undefined)).identity.revision],
    ['chỉ mục', () => indexState(config.dataFolder)],
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

function indexState(folder: string): string {
  const state = VectorIndex.inspect(join(folder, 'index', 'library'))
  if (state === 'damaged') throw new Error('tệp chỉ mục bị hỏng; lần khởi động tới sẽ lập lại')
  return state === 'missing' ? 'chưa có, sẽ lập ở lần khởi động tới' : 'đúng mã kiểm'
}
