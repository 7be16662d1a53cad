import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Entry, entriesOf } from '../../retrieval/entries.ts'
import { ModelError } from '../../retrieval/model/files.ts'
import { type BuildProgress, openEngine } from '../../retrieval/open.ts'
import { smallLibrary } from './small-library.ts'
import { hubIdentity, writeHubModel } from './tiny-model.ts'

let dataFolder: string
beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'antam-open-'))
})
afterEach(() => rmSync(dataFolder, { recursive: true, force: true }))

interface Told extends BuildProgress {
  readonly starts: { total: number; reason: string }[]
  readonly steps: number[]
  readonly calls: string[]
}

function told(): Told {
  const starts: Told['starts'] = []
  const steps: number[] = []
  const calls: string[] = []
  return {
    starts,
    steps,
    calls,
    start: (total, reason) => {
      starts.push({ total, reason })
      calls.push('start')
    },
    step: (done) => {
      steps.push(done)
      if (calls.at(-1) !== 'step') calls.push('step')
    },
    stop: () => void calls.push('stop'),
  }
}

async function open(library = smallLibrary(), extra?: readonly Entry[]): Promise<Told> {
  const progress = told()
  const engine = await openEngine(library, { dataFolder, progress, ...(extra ? { extra } : {}) })
  expect((await engine.search('bảo hành', 1))[0]?.id).toBe('2/2023/QH15#2.1')
  return progress
}

const reasons = (t: Told) => t.starts.map((s) => s.reason)
const FILE = () => join(dataFolder, 'index', 'library', 'vectors.hnsw')
const FACES = entriesOf(smallLibrary()).flatMap((entry) => entry.faces).length

describe('opening the engine', () => {
  it('builds the index the first time and says how far it is: every face is embedded, then placed', async () => {
    const { starts, steps, calls } = await open()
    expect(starts).toEqual([{ total: FACES * 2, reason: 'missing' }])
    expect(calls).toEqual(['start', 'step', 'stop'])
    expect(steps).toEqual([...steps].sort((a, b) => a - b))
    expect(steps[0]).toBeGreaterThan(0)
    expect(steps.at(-1)).toBe(FACES * 2)
  })

  it('reads it the second time, in silence, without touching the file', async () => {
    await open()
    const before = readFileSync(FILE())
    expect((await open()).calls).toEqual([])
    expect(readFileSync(FILE()).equals(before)).toBe(true)
    expect(readdirSync(join(dataFolder, 'index', 'library')).sort()).toEqual([
      'bare-words.bin',
      'faces.bin',
      'manifest.json',
      'vectors.hnsw',
      'words.bin',
    ])
  })

  it('gives the same answers from the file as from the build', async () => {
    const search = async () => (await openEngine(smallLibrary(), { dataFolder })).search('mua qua mạng trả lại')
    expect(await search()).toEqual(await search())
  })

  it('rebuilds a damaged file and says so, then reads it again', async () => {
    await open()
    const bytes = readFileSync(FILE())
    bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] ?? 0) ^ 1
    writeFileSync(FILE(), bytes)
    expect(reasons(await open())).toEqual(['damaged'])
    expect(reasons(await open())).toEqual([])
  })

  it('rebuilds for changed words, and takes over what is only called otherwise', async () => {
    await open()
    const library = smallLibrary()
    const guide = [...library.guides.values()].map((g) => ({ ...g, title: `${g.title} thời nay` }))
    const changed = { ...library, guides: new Map(guide.map((g) => [g.id, g])) }
    expect(reasons(await open(changed))).toEqual(['other'])
    expect(reasons(await open(changed))).toEqual([])
    const renamed = { ...library, guides: new Map(guide.map((g) => ['khac', { ...g, id: 'khac' }])) }
    expect(reasons(await open(renamed))).toEqual([])
    expect((await (await openEngine(renamed, { dataFolder })).search(guide[0]?.title ?? '')).map(({ id }) => id)).toContain('khac')
  })

  it('embeds again only what has changed, and finds the same as if all had been embedded', async () => {
    const many = (changed: string, upTo: number): Entry[] =>
      Array.from({ length: 600 }, (_, i) => {
        const text = `Điều khoản về bể cá số ${i} ${i < upTo ? changed : ''}`
        return { id: `x:${i}`, kind: 'distractor', title: text, fields: { body: text }, faces: [text] }
      })
    const first = await open(smallLibrary(), many('xanh', 1))
    expect(first.steps.filter((done) => done <= 600)).toEqual(expect.arrayContaining([256, 512, 600]))
    const found = async (folder: string, extra: Entry[]) => (await openEngine(smallLibrary(), { dataFolder: folder, extra })).search('bể cá số 0 đỏ')
    // Much of it: built anew of what was embedded before and what was not.
    const second = await open(smallLibrary(), many('đỏ', 300))
    expect(reasons(second)).toEqual(['other'])
    expect(second.steps.filter((done) => done <= 600)).toEqual([556, 600])
    expect(await found(dataFolder, many('đỏ', 300))).toEqual(await found(join(dataFolder, 'anew'), many('đỏ', 300)))
    // A little: put into the index that is there, without a word.
    expect((await open(smallLibrary(), many('đỏ', 320))).calls).toEqual([])
    expect(await found(dataFolder, many('đỏ', 320))).toEqual(await found(join(dataFolder, 'again'), many('đỏ', 320)))
  })

  it('embeds everything again when what the vectors were made of is not sure', async () => {
    await open()
    writeFileSync(join(dataFolder, 'index', 'library', 'faces.bin'), 'x')
    const guides = [...smallLibrary().guides.values()].map((g) => ({ ...g, title: `${g.title} thời nay` }))
    expect(reasons(await open({ ...smallLibrary(), guides: new Map(guides.map((g) => [g.id, g])) }))).toEqual(['other'])
  })

  it.each(['words.bin', 'bare-words.bin'])('makes %s anew when it is missing, damaged or of other words, and finds the same', async (name) => {
    const file = join(dataFolder, 'index', 'library', name)
    const search = async (library = smallLibrary()) => (await openEngine(library, { dataFolder })).search('mua qua mạng trả lại')
    const wanted = await search()
    const whole = readFileSync(file)
    for (const spoil of [() => rmSync(file), () => writeFileSync(file, whole.subarray(0, whole.length - 9)), () => writeFileSync(file, 'x')]) {
      spoil()
      expect(await search()).toEqual(wanted)
      expect(readFileSync(file).equals(whole)).toBe(true)
    }
    const guides = [...smallLibrary().guides.values()].map((g) => ({ ...g, title: `${g.title} mua qua mạng trả lại` }))
    expect(await search({ ...smallLibrary(), guides: new Map(guides.map((g) => [g.id, g])) })).not.toEqual(wanted)
    expect(readFileSync(file).equals(whole)).toBe(false)
  })

  it('keeps an index with further entries beside the library’s, not in its place', async () => {
    await open()
    const extra: Entry[] = [{ id: 'x:1', kind: 'distractor', title: 'Biển', fields: { body: 'Vùng biển' }, faces: ['Vùng biển'] }]
    const { starts } = await open(smallLibrary(), extra)
    expect(starts).toEqual([{ total: 2, reason: 'missing' }])
    expect(reasons(await open())).toEqual([])
    expect(reasons(await open(smallLibrary(), extra))).toEqual([])
  })

  it('stops the progress and leaves no index when the model fails midway', async () => {
    const progress = told()
    const model = { folder: writeHubModel(join(dataFolder, 'model')), identity: hubIdentity({ dimension: 8 }) }
    await expect(openEngine(smallLibrary(), { dataFolder, model, progress })).rejects.toThrow(ModelError)
    expect(progress.calls).toEqual(['start', 'stop'])
    expect(reasons(await open())).toEqual(['missing'])
  })
})
