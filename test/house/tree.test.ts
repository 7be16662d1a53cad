import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'

const ROOT = resolve(import.meta.dirname, '../..')
const git = (...args: string[]) => spawnSync('git', args, { cwd: ROOT, encoding: 'utf8' }).stdout.split('\n').filter(Boolean)
const ALLOWED =
  /^(bot|knowledge|retrieval|adapters|test|package\.json|package-lock\.json|tsconfig\.json|README\.md|CHANGELOG\.md|SECURITY\.md|LICENSE|\..+|biome\.json|[a-z.-]+\.config\.ts|Dockerfile|compose\.yaml)$/

describe('the tree', () => {
  it('has only the agreed rooms at the top', () => {
    const top = new Set(git('ls-files').map((path) => path.split('/')[0] as string))
    expect([...top].filter((name) => !ALLOWED.test(name))).toEqual([])
  })

  it('names no folder of this machine', () => {
    const found = git('grep', '-nIF', '-e', `${dirname(ROOT)}/`, '-e', `${homedir()}/`, '--', ':!package-lock.json')
    expect(found).toEqual([])
  })

  it('pins nothing to a registry host', () => {
    expect(readFileSync(resolve(ROOT, 'package-lock.json'), 'utf8')).not.toMatch(/"resolved": "https?:\/\/(?!registry\.npmjs\.org)/)
  })
})
