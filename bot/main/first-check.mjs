// The first thing every command runs, in plain JavaScript so that it works before anything is built.
// Names what is missing in one sentence with the remedy, and builds the two native modules when they are not built yet.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')
const LEAST_NODE = [20, 19]
/** What is compiled here on first use, and its compiled file. */
const NATIVE = [
  { name: 'hnswlib-node', file: 'build/Release/addon.node', seconds: 10 },
  { name: 'better-sqlite3', file: 'build/Release/better_sqlite3.node', seconds: 80 },
]

/** @returns the sentence for what is missing, or undefined when all is there. */
export function missing({ version, hasModules, has }) {
  const [major, minor] = version.split('.').map(Number)
  if (major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1]))
    return `Cần Node.js ${LEAST_NODE.join('.')} trở lên, máy đang có ${version}: cài bản 22 hoặc 24 từ nodejs.org rồi chạy lại.`
  if (!hasModules) return 'Chưa có thư viện: chạy "npm ci" trước.'
  for (const tool of ['python3', 'make', 'g++'])
    if (!has(tool))
      return `Thiếu ${tool} để dựng ${NATIVE.map((part) => part.name).join(' và ')}: cài bằng "apt-get install -y python3 make g++" (hoặc bộ công cụ C++ của hệ máy này) rồi chạy lại.`
  return undefined
}

const has = (tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0

function works({ name, file }) {
  const require = createRequire(join(ROOT, 'package.json'))
  if (!existsSync(join(ROOT, 'node_modules', name, file))) return false
  try {
    require(name)
    return true
  } catch {
    return false
  }
}

function build({ name, seconds }) {
  process.stderr.write(`Đang dựng ${name} (chỉ lần đầu, khoảng ${seconds} giây)…\n`)
  const npm = process.env.npm_execpath
  const args = ['rebuild', name, '--ignore-scripts=false']
  const options = { cwd: ROOT, encoding: 'utf8' }
  const run = npm ? spawnSync(process.execPath, [npm, ...args], options) : spawnSync('npm', args, options)
  return run.status === 0 ? undefined : `${run.stdout}\n${run.stderr}`
}

function stop(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

function buildOrStop(part) {
  const trouble = build(part)
  if (!trouble && works(part)) return
  const headers = /node\.h|headers|nodejs\.org|ENOTFOUND|EAI_AGAIN|getaddrinfo/.test(trouble ?? '')
  stop(
    headers
      ? `Không có tệp tiêu đề (headers) của Node.js để dựng ${part.name}: cài gói libnode-dev, hoặc đặt npm_config_nodedir trỏ tới thư mục cài Node.js rồi chạy lại.`
      : `Không dựng được ${part.name}: ${(trouble ?? '').trim().split('\n').at(-1)}`,
  )
}

function main() {
  const hasModules = ['tsx', ...NATIVE.map((part) => part.name)].every((name) => existsSync(join(ROOT, 'node_modules', name)))
  const unbuilt = hasModules ? NATIVE.filter((part) => !works(part)) : NATIVE
  const sentence = missing({ version: process.versions.node, hasModules, has: unbuilt.length === 0 ? () => true : has })
  if (sentence) stop(sentence)
  for (const part of unbuilt) buildOrStop(part)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()
