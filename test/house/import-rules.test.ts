import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
let house: string

/** Runs Biome over a small house with this project's rules; `files` by path. */
function lint(files: Record<string, string>): { output: string; status: number | null; checked: number } {
  rmSync(join(house, 'src'), { recursive: true, force: true })
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(house, path)), { recursive: true })
    writeFileSync(join(house, path), text)
  }
  const run = spawnSync(join(ROOT, 'node_modules/.bin/biome'), ['lint', '--colors=off', ...Object.keys(files)], { cwd: house, encoding: 'utf8' })
  const output = `${run.stdout}${run.stderr}`
  for (const path of Object.keys(files)) rmSync(join(house, path))
  return { output, status: run.status, checked: Number(output.match(/Checked (\d+) file/)?.[1] ?? 0) }
}

beforeAll(() => {
  house = mkdtempSync(join(tmpdir(), 'antam-house-'))
  cpSync(join(ROOT, 'biome.json'), join(house, 'biome.json'))
  symlinkSync(join(ROOT, 'node_modules'), join(house, 'node_modules'))
  spawnSync('git', ['init', '-q'], { cwd: house })
})
afterAll(() => rmSync(house, { recursive: true, force: true }))

const PLANTED: readonly (readonly [rule: string, path: string, line: string, message: RegExp])[] = [
  ['bot knows no adapter', 'bot/answer/x.ts', "import { a } from '../../adapters/http/server.ts'", /only bot\/main joins them/],
  ['knowledge does not know bot', 'knowledge/x.ts', "import { a } from '../bot/config.ts'", /knowledge\/ imports neither/],
  ['knowledge does not know retrieval', 'knowledge/x.ts', "import { a } from '../retrieval/engine.ts'", /knowledge\/ imports neither/],
  ['knowledge does not know adapters', 'knowledge/ingest/x.ts', "import { a } from '../../adapters/http/server.ts'", /knowledge\/ imports neither/],
  ['language is the lowest room', 'knowledge/language/x.ts', "import { a } from '../library.ts'", /lowest room/],
  ['retrieval does not know bot', 'retrieval/x.ts', "import { a } from '../bot/config.ts'", /imports knowledge\/ only/],
  ['retrieval does not know adapters', 'retrieval/lexical/x.ts', "import { a } from '../../adapters/http/server.ts'", /imports knowledge\/ only/],
  ['nothing imports an entry point', 'adapters/x.ts', "import { a } from '../bot/main/serve.ts'", /entry point/],
]

describe('import rules', () => {
  it.each(PLANTED)('%s: a planted violation fails with its line', (_rule, path, line, message) => {
    const { output, status } = lint({ [path]: `${line}\nexport const b = a\n` })
    expect(status).not.toBe(0)
    expect(output).toMatch(message)
    expect(output).toContain(`${path}:1`)
  })

  it('a circle of imports fails', () => {
    const { output, status } = lint({
      'bot/a.ts': "import { b } from './b.ts'\nexport const a = () => b\n",
      'bot/b.ts': "import { a } from './a.ts'\nexport const b = () => a\n",
    })
    expect(status).not.toBe(0)
    expect(output).toMatch(/noImportCycles/)
  })

  it('what is allowed passes, and something was scanned', () => {
    const { status, checked } = lint({ 'bot/main/x.ts': "import { a } from '../../adapters/http/server.ts'\nexport const b = a\n" })
    expect({ status, checked }).toEqual({ status: 0, checked: 1 })
  })

  it('the whole project is scanned and clean', () => {
    const run = spawnSync(join(ROOT, 'node_modules/.bin/biome'), ['lint', '--colors=off', 'bot', 'knowledge', 'retrieval', 'adapters'], {
      cwd: ROOT,
      encoding: 'utf8',
    })
    const output = `${run.stdout}${run.stderr}`
    expect(Number(output.match(/Checked (\d+) file/)?.[1] ?? 0)).toBeGreaterThan(40)
    expect(run.status, output).toBe(0)
  })
})
