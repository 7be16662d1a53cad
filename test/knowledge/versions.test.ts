import { appendFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { parse, type TakenIn } from '../../knowledge/ingest/take-in.ts'
import { slugOfNumber, Versions, VersionsDamaged } from '../../knowledge/ingest/versions.ts'
import { HEAD, plainLines } from './ingest-files.ts'

let root: string
let versions: Versions
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'antam-versions-'))
  versions = new Versions(root)
})
afterEach(() => rmSync(root, { recursive: true, force: true }))

const SLUG = '901-2026-ND-CP'
const deed = (at: number, by = 'Lan') => ({ at, by })

async function decree(change: (text: string) => string = (text) => text): Promise<TakenIn> {
  const bytes = Buffer.from(change(plainLines().join('\n')))
  const sha256 = Buffer.from(String(bytes.length * 7919 + bytes.reduce((a, b) => a + b, 0)))
    .toString('hex')
    .padEnd(64, '0')
  return parse(
    { name: 'nghi-dinh.txt', format: 'text', bytes: new Uint8Array(bytes), sha256 },
    { today: '2026-11-28', known: () => undefined, bodies: () => [] },
  )
}
const longer = () => decree((text) => text.replace('10 ngày', '15 ngày làm việc'))

describe('versions of a document', () => {
  it('are kept whole, with file, digest, who and when; nothing is published by keeping', async () => {
    const taken = await decree()
    const kept = versions.keep(taken, deed(1000))
    expect(versions.slugs()).toEqual([SLUG])
    expect(versions.read(SLUG, kept.name)).toEqual(kept)
    expect(kept.law).toEqual(taken.law)
    expect(readFileSync(join(root, 'documents', SLUG, kept.name, 'source.txt'))).toEqual(Buffer.from(taken.source.bytes))
    expect(versions.published(SLUG)).toBeUndefined()
    expect(versions.allPublished()).toEqual([])
    expect(versions.digests().get(taken.source.sha256.slice(0, 12))).toEqual({ slug: SLUG, name: kept.name })
  })

  it('are published, superseded and gone back to; every deed is in the journal', async () => {
    const first = versions.keep(await decree(), deed(1))
    versions.publish(first, deed(2))
    const second = versions.keep(await longer(), deed(3))
    expect(versions.published(SLUG)).toBe(first.name)
    versions.publish(second, deed(4, 'Minh'))
    expect(versions.allPublished().map(({ name }) => name)).toEqual([second.name])
    versions.publish(first, deed(5), 'rolled_back')
    versions.withdraw(SLUG, deed(6))
    expect(versions.published(SLUG)).toBeUndefined()
    expect(versions.journal().map(({ deed: what, by, at }) => [what, by, at])).toEqual([
      ['taken_in', 'Lan', 1],
      ['published', 'Lan', 2],
      ['taken_in', 'Lan', 3],
      ['published', 'Minh', 4],
      ['rolled_back', 'Lan', 5],
      ['withdrawn', 'Lan', 6],
    ])
    expect(versions.names(SLUG)).toHaveLength(2)
  })

  it('a kill in the middle of keeping leaves no half version, and the next run is not disturbed by what is left', async () => {
    mkdirSync(join(root, 'documents', SLUG, '.001-abc.1.tmp'), { recursive: true })
    writeFileSync(join(root, 'documents', SLUG, '.001-abc.1.tmp', 'source.txt'), 'nửa')
    expect(versions.names(SLUG)).toEqual([])
    const kept = versions.keep(await decree(), deed(1))
    expect(versions.names(SLUG)).toEqual([kept.name])
  })

  it('a journal whose last line was cut off loses that line only, and goes on', async () => {
    versions.keep(await decree(), deed(1))
    appendFileSync(join(root, 'journal.jsonl'), '{"at":2,"by":"Lan","de')
    versions.keep(await longer(), deed(3))
    expect(versions.journal().map(({ at }) => at)).toEqual([1, 3])
  })

  it('a damaged version is one sentence with its file', async () => {
    const kept = versions.keep(await decree(), deed(1))
    versions.publish(kept, deed(2))
    const file = join(root, 'documents', SLUG, kept.name, 'law.json')
    writeFileSync(file, '{"law":')
    expect(() => versions.allPublished()).toThrow(VersionsDamaged)
    expect(() => versions.allPublished()).toThrow(file)
  })

  it('the same text read twice is two versions of one document, told apart by number', async () => {
    versions.keep(await decree(), deed(1))
    versions.keep(await decree(), deed(2))
    expect(versions.names(SLUG).map((name) => name.slice(0, 4))).toEqual(['001-', '002-'])
    expect(readdirSync(join(root, 'documents'))).toEqual([SLUG])
  })
})

describe('the folder of a document', () => {
  it('is named by its number, and a number cannot lead out of it', () => {
    expect(slugOfNumber(HEAD.number)).toBe(SLUG)
    expect(slugOfNumber('19/2023/QH15')).toBe('19-2023-QH15')
    expect(slugOfNumber('../../etc/passwd')).toMatch(/^[A-Za-z0-9-]+$/)
    expect(slugOfNumber('số / lạ')).toMatch(/^[0-9a-f]{16}$/)
  })
})
