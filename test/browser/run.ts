/** `npm run test:browser`: everything that runs in a real browser, web chat and console. Ends with one line of figures; exit code 1 when anything was not as it should be. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { CHROMIUM } from './web-chat-kit.ts'

const ROOT = resolve(import.meta.dirname, '../..')

interface Told {
  readonly numTotalTests: number
  readonly numPassedTests: number
  readonly numFailedTests: number
  readonly numPendingTests: number
}

/** @returns what vitest told, or undefined when it told nothing. */
function runTests(): Told | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'an-tam-browser-'))
  try {
    const file = join(folder, 'told.json')
    spawnSync(join(ROOT, 'node_modules/.bin/vitest'), ['run', 'test/browser', '--reporter=dot', '--reporter=json', `--outputFile.json=${file}`], {
      cwd: ROOT,
      stdio: 'inherit',
    })
    return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Told) : undefined
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const told = runTests()
const { numTotalTests: total = 0, numPassedTests: passed = 0, numFailedTests: failed = 0, numPendingTests: skipped = 0 } = told ?? {}
console.log(`browser: ${CHROMIUM ?? 'none found'} · ${passed} of ${total} tests passed, ${failed} failed, ${skipped} skipped`)
process.exitCode = total > 0 && failed === 0 && CHROMIUM !== undefined ? 0 : 1
