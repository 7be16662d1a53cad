/**
 * `npm run test:channels [-- --full]`: every test of the platforms, every documented example among them, and then conversations on all channels at once: some, or with
 * `--full` a thousand. Ends with one line of figures; exit code 1 when anything was not as it should be.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { load } from './load.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const FOLDERS = ['platform', 'telegram', 'zalo-bot', 'zalo-oa'].map((name) => `test/adapters/${name}`)
const FIXTURES = resolve(ROOT, '../shared/channel-fixtures/index.json')
const SOME = 160
const MANY = 1_000

interface Told {
  readonly numTotalTests: number
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
  readonly testResults: readonly unknown[]
}

/** @returns what vitest told, or undefined when it told nothing */
function runTests(): Told | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'an-tam-channels-'))
  try {
    const file = join(folder, 'told.json')
    const reporters = ['--reporter=dot', '--reporter=json', `--outputFile.json=${file}`]
    spawnSync(join(ROOT, 'node_modules/.bin/vitest'), ['run', ...FOLDERS, 'test/channels', ...reporters], { cwd: ROOT, stdio: 'inherit' })
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Told) : undefined
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function fixtures(): string {
  if (!existsSync(FIXTURES)) return 'documented examples not here, skipped'
  const { fixtures: list } = JSON.parse(readFileSync(FIXTURES, 'utf8')) as { fixtures: readonly unknown[] }
  return `${list.length} documented examples`
}

function toldOf(told: Told | undefined): string {
  if (!told) return 'tests: did not run'
  const { numPassedTests: passed, numFailedTests: failed, numPendingTests: skipped, testResults } = told
  return `tests: ${passed} of ${told.numTotalTests} passed in ${testResults.length} files, ${failed} failed, ${skipped} skipped, ${fixtures()}`
}

const { values } = parseArgs({ options: { full: { type: 'boolean', default: false }, seed: { type: 'string', default: '20261126' } } })
const told = runTests()
const { violations, figures } = await load({
  conversations: values.full ? MANY : SOME,
  turns: 4,
  senders: 32,
  seed: Number(values.seed),
  say: console.log,
})
for (const { code, detail } of violations.slice(0, 40)) console.log(`BROKEN ${code}: ${detail}`)
console.log(`channels: ${toldOf(told)} · ${figures}`)
process.exitCode = violations.length > 0 || !told || told.numFailedTests > 0 || told.numPassedTests === 0 ? 1 : 0
