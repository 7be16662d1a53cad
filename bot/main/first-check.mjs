// The first thing every command runs, in plain JavaScript so that it works before anything is built.
// Names what is missing in one sentence with the remedy, and builds the one native module when it is not built yet.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../..')
const LEAST_NODE = [20, 19]

/** @returns the sentence for what is missing, or undefined when all is there. */
export function missing({ version, hasModules, has }) {
  const [major, minor] = version.split('.').map(Number)
  if (major < LEAST_NODE[0] || (major === LEAST_NODE[0] && minor < LEAST_NODE[1]))
    return `Cần Node.js ${LEAST_NODE.join('.')} trở lên, máy đang có ${version}: cài bản 22 hoặc 24 từ nodejs.org rồi chạy lại.`
  if (!hasModules) return 'Chưa có thư viện: chạy "npm ci" trước.'
  for (const tool of ['python3', 'make', 'g++'])
    if (!has(tool))
      return `Thiếu ${tool} để dựng hnswlib-node: cài bằng "apt-get install -y python3 make g++" (hoặc bộ công cụ C++ của hệ máy này) rồi chạy lại.`
  return undefined
}

const has = (tool) => spawnSync('sh', ['-c', `command -v ${tool}`]).status === 0

function nativeWorks() {
  const require = createRequire(join(ROOT, 'package.json'))
  if (!existsSync(join(ROOT, 'node_modules/hnswlib-node/build/Release/addon.node'))) return false
  try {
    require('hnswlib-node')
    return true
  } catch {
    return false
  }
}

function build() {
  process.stderr.write('Đang dựng hnswlib-node (chỉ lần đầu, khoảng 10 giây)…\n')
  const npm = process.env.npm_execpath
  const args = ['rebuild', 'hnswlib-node', '--ignore-scripts=false']
  const run = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: ROOT, encoding: 'utf8' })
    : spawnSync('npm', args, { cwd: ROOT, encoding: 'utf8' })
  return run.status === 0 ? undefined : `${run.stdout}\n${run.stderr}`
}

function stop(sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}

function main() {
  const hasModules = existsSync(join(ROOT, 'node_modules/tsx')) && existsSync(join(ROOT, 'node_modules/hnswlib-node'))
  const built = hasModules && nativeWorks()
  const sentence = missing({ version: process.versions.node, hasModules, has: built ? () => true : has })
  if (sentence) stop(sentence)
  if (built) return
  const trouble = build()
  if (!trouble && nativeWorks()) return
  const headers = /node\.h|headers|nodejs\.org|ENOTFOUND|EAI_AGAIN|getaddrinfo/.test(trouble ?? '')
  stop(
    headers
      ? 'Không có tệp tiêu đề (headers) của Node.js để dựng hnswlib-node: cài gói libnode-dev, hoặc đặt npm_config_nodedir trỏ tới thư mục cài Node.js rồi chạy lại.'
      : `Không dựng được hnswlib-node: ${(trouble ?? '').trim().split('\n').at(-1)}`,
  )
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main()
