import { copyFileSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { Random } from '../../retrieval/model/random.ts'
import { type IndexKey, VectorIndex } from '../../retrieval/vector-index.ts'

/** An eye on hnswlib: which files it opened, and a hook in place of writing. */
const eye = vi.hoisted(() => ({ opened: [] as string[], onWrite: undefined as undefined | (() => void) }))
vi.mock('hnswlib-node', async (importOriginal) => {
  const { default: real } = await importOriginal<{ default: typeof import('hnswlib-node') }>()
  class Watched extends real.HierarchicalNSW {
    override readIndex(file: string): Promise<boolean> {
      eye.opened.push(file)
      return super.readIndex(file)
    }
    override writeIndexSync(file: string): void {
      eye.onWrite?.()
      super.writeIndexSync(file)
    }
  }
  return { default: { ...real, HierarchicalNSW: Watched } }
})

const DIMENSION = 64
const KEY: IndexKey = {
  content: 'a'.repeat(64),
  model: {
    model: 'm',
    revision: 'r1',
    dtype: 'q8',
    dimension: DIMENSION,
    pooling: 'mean',
    queryPrefix: '',
    passagePrefix: '',
    input: 'woven',
  },
}

const random = new Random(5)
function unit(v: Float32Array): Float32Array {
  const norm = Math.hypot(...v)
  return v.map((x) => x / norm)
}

const around = (centre: Float32Array, spread: number) => unit(centre.map((x) => x + spread * random.gaussian()))
const centres = Array.from({ length: 12 }, () => around(new Float32Array(DIMENSION), 1))
/** Faces lie in clusters as questions on one matter do, and near enough to be mixed up: a search half as wide falls under the bar. */
const vectors = Array.from({ length: 2000 }, () => around(random.pick(centres), 0.3))
const queries = Array.from({ length: 100 }, () => around(random.pick(centres), 0.3))

function exact(query: Float32Array, k: number): { face: number; cosine: number }[] {
  return vectors
    .map((v, face) => ({ face, cosine: v.reduce((sum, x, i) => sum + x * (query[i] ?? 0), 0) }))
    .sort((a, b) => b.cosine - a.cosine)
    .slice(0, k)
}

let root: string
let whole: VectorIndex
let next = 0
/** A fresh folder with a good index in it. */
async function written(): Promise<string> {
  const folder = join(root, `copy-${next++}`)
  await whole.write(folder, KEY)
  return folder
}
const asIndex = (found: Awaited<ReturnType<typeof VectorIndex.read>>): VectorIndex => {
  if (typeof found === 'string') throw new Error(`expected an index, got ${found}`)
  return found
}

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'antam-vectors-'))
  whole = VectorIndex.build(vectors, DIMENSION)
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

describe('nearest faces', () => {
  it('finds at least 95 % of the ten that an exact scan finds, with their cosines, best first', () => {
    let hits = 0
    for (const query of queries) {
      const found = whole.search(query, 10)
      const wanted = exact(query, 10)
      hits += wanted.filter((w) => found.some((f) => f.face === w.face)).length
      expect(found).toHaveLength(10)
      found.forEach((f, i) => {
        expect(f.cosine).toBeCloseTo(vectors[f.face]?.reduce((sum, x, j) => sum + x * (query[j] ?? 0), 0) ?? Number.NaN, 5)
        if (i > 0) expect(f.cosine).toBeLessThanOrEqual(found[i - 1]?.cosine ?? Number.NaN)
      })
    }
    expect(hits / (queries.length * 10)).toBeGreaterThanOrEqual(0.95)
  })

  it('is built the same each time, byte for byte', async () => {
    const again = join(root, 'again')
    await VectorIndex.build(vectors, DIMENSION).write(again, KEY)
    const bytes = (folder: string) => readFileSync(join(folder, 'vectors.hnsw'))
    expect(bytes(again).equals(bytes(await written()))).toBe(true)
  })

  it('gives every face when asked for more than there are, and none of none', () => {
    const three = VectorIndex.build(vectors.slice(0, 3), DIMENSION)
    expect(
      three
        .search(queries[0] ?? new Float32Array(), 120)
        .map((n) => n.face)
        .sort(),
    ).toEqual([0, 1, 2])
    expect(VectorIndex.build([], DIMENSION).search(new Float32Array(DIMENSION), 10)).toEqual([])
  })

  it('reports each face as it is added', () => {
    const told: number[] = []
    VectorIndex.build(vectors.slice(0, 5), DIMENSION, (done) => told.push(done))
    expect(told).toEqual([1, 2, 3, 4, 5])
  })

  it('refuses vectors of another length', () => {
    expect(() => VectorIndex.build([new Float32Array(DIMENSION + 1)], DIMENSION)).toThrow()
  })
})

describe('the index on disk', () => {
  it('gives the same neighbours after writing and reading, and leaves no temporary file', async () => {
    const folder = await written()
    expect(await VectorIndex.inspect(folder)).toBe('whole')
    const read = asIndex(await VectorIndex.read(folder, KEY))
    expect(read.size).toBe(vectors.length)
    for (const query of queries) expect(read.search(query, 10)).toEqual(whole.search(query, 10))
    expect(readdirSync(folder).sort()).toEqual(['faces.bin', 'manifest.json', 'vectors.hnsw'])
  })

  it('can be empty', async () => {
    const folder = join(root, 'empty')
    await VectorIndex.build([], DIMENSION).write(folder, KEY)
    expect(asIndex(await VectorIndex.read(folder, KEY)).search(new Float32Array(DIMENSION), 5)).toEqual([])
  })

  it('is replaced as a whole by writing over it', async () => {
    const folder = await written()
    const other = { ...KEY, content: 'b'.repeat(64) }
    await VectorIndex.build(vectors.slice(0, 7), DIMENSION).write(folder, other)
    expect(await VectorIndex.read(folder, KEY)).toBe('other')
    expect(asIndex(await VectorIndex.read(folder, other)).size).toBe(7)
    expect(readdirSync(folder).sort()).toEqual(['faces.bin', 'manifest.json', 'vectors.hnsw'])
  })

  it('counts as missing while it is being written: the manifest goes first and comes last', async () => {
    const folder = await written()
    const manifest = readFileSync(join(folder, 'manifest.json'))
    eye.onWrite = () => {
      expect(existsSync(join(folder, 'manifest.json'))).toBe(false)
      throw new Error('power cut')
    }
    try {
      await expect(whole.write(folder, KEY)).rejects.toThrow('power cut')
    } finally {
      eye.onWrite = undefined
    }
    expect(await VectorIndex.inspect(folder)).toBe('missing')
    expect(await VectorIndex.read(folder, KEY)).toBe('missing')
    writeFileSync(join(folder, 'manifest.json'), manifest)
    expect(await VectorIndex.inspect(folder)).toBe('whole')
  })
})

/** Damage to a good index, and what reading it must say. `inspect` sees damage, not what an index was made for. */
const DAMAGE: readonly (readonly [name: string, said: 'missing' | 'damaged', harm: (folder: string) => void])[] = [
  ['no folder', 'missing', (folder) => rmSync(folder, { recursive: true })],
  ['no manifest', 'missing', (folder) => rmSync(join(folder, 'manifest.json'))],
  ['no vectors', 'missing', (folder) => rmSync(join(folder, 'vectors.hnsw'))],
  ['vectors cut short', 'damaged', (folder) => truncateSync(join(folder, 'vectors.hnsw'), 1000)],
  ['vectors empty', 'damaged', (folder) => truncateSync(join(folder, 'vectors.hnsw'), 0)],
  ['one byte of the header flipped', 'damaged', (folder) => flip(join(folder, 'vectors.hnsw'), 3)],
  ['one byte in the middle flipped', 'damaged', (folder) => flip(join(folder, 'vectors.hnsw'), 50_000)],
  ['manifest not JSON', 'damaged', (folder) => writeFileSync(join(folder, 'manifest.json'), '{')],
  ['manifest of another form', 'damaged', (folder) => writeFileSync(join(folder, 'manifest.json'), '{"content":1}')],
]

function flip(file: string, at: number, bit = 1): void {
  const bytes = readFileSync(file)
  bytes[at] = (bytes[at] ?? 0) ^ bit
  writeFileSync(file, bytes)
}

/** Reads, and counts how often hnswlib opened a file. */
async function watched(folder: string, key: IndexKey): Promise<{ found: Awaited<ReturnType<typeof VectorIndex.read>>; opened: number }> {
  eye.opened.length = 0
  const found = await VectorIndex.read(folder, key)
  return { found, opened: eye.opened.length }
}

describe('an index that must not be opened', () => {
  it('(a good one is opened once)', async () => expect((await watched(await written(), KEY)).opened).toBe(1))

  it.each(DAMAGE)('%s: %s', async (_name, said, harm) => {
    const folder = await written()
    harm(folder)
    expect(await VectorIndex.inspect(folder)).toBe(said)
    expect(await watched(folder, KEY)).toEqual({ found: said, opened: 0 })
  })

  it.each<readonly [string, IndexKey]>([
    ['other content', { ...KEY, content: 'c'.repeat(64) }],
    ['another model', { ...KEY, model: { ...KEY.model, model: 'n' } }],
    ['another revision', { ...KEY, model: { ...KEY.model, revision: 'r2' } }],
    ['another precision', { ...KEY, model: { ...KEY.model, dtype: 'fp32' } }],
    ['another dimension', { ...KEY, model: { ...KEY.model, dimension: DIMENSION * 2 } }],
    ['another pooling', { ...KEY, model: { ...KEY.model, pooling: 'cls' } }],
    ['another prefix of questions', { ...KEY, model: { ...KEY.model, queryPrefix: 'query: ' } }],
    ['another prefix of passages', { ...KEY, model: { ...KEY.model, passagePrefix: 'passage: ' } }],
    ['another input', { ...KEY, model: { ...KEY.model, input: 'plain' } }],
  ])('%s: other', async (_name, key) => {
    const folder = await written()
    expect(await VectorIndex.inspect(folder)).toBe('whole')
    expect(await watched(folder, key)).toEqual({ found: 'other', opened: 0 })
  })

  it('whichever byte of the manifest is flipped, nothing wrong is ever returned', async () => {
    const good = join(root, 'good')
    const small = VectorIndex.build(vectors.slice(0, 35), DIMENSION)
    await small.write(good, KEY)
    const manifest = join(good, 'manifest.json')
    copyFileSync(manifest, join(root, 'kept.json'))
    const query = queries[0] ?? new Float32Array()
    const expected = small.search(query, 35)
    const { length } = readFileSync(manifest)
    for (let at = 0; at < length; at++)
      for (const bit of [1, 4]) {
        flip(manifest, at, bit)
        const found = await VectorIndex.read(good, KEY)
        if (typeof found !== 'string') expect(found.search(query, 35), `byte ${at}`).toEqual(expected)
        copyFileSync(join(root, 'kept.json'), manifest)
      }
  })
})

describe('an index whose content has changed a little', () => {
  const texts = vectors.map((_, i) => `mặt ${i}`)
  const known = new Map(texts.map((text, i) => [text, vectors[i] as Float32Array]))
  const vectorOf = (text: string) => known.get(text) as Float32Array

  /** Some are gone, some are new, and all have moved: as when a guide is put in the middle. */
  function changed(from: readonly string[], round: number): string[] {
    const fresh = Array.from({ length: 40 }, (_, i) => `mới ${round} ${i}`)
    for (const text of fresh) known.set(text, around(random.pick(centres), 0.3))
    const kept = from.filter((_, i) => i % 50 !== round)
    return [...kept.slice(0, 700), ...fresh, ...kept.slice(700)]
  }

  async function patched(folder: string, faces: readonly string[]): Promise<{ index: VectorIndex | undefined; embedded: number }> {
    let embedded = 0
    const index = await VectorIndex.patch(folder, KEY.model, faces, async (missing) => {
      embedded = missing.length
      return missing.map(vectorOf)
    })
    return { index, embedded }
  }

  it('finds what one built anew finds, again and again, also from its files, and embeds only what is new', async () => {
    const folder = join(root, 'patched')
    await whole.write(folder, KEY, texts)
    let faces: string[] = texts
    for (const round of [1, 2]) {
      faces = changed(faces, round)
      const { index, embedded } = await patched(folder, faces)
      expect(embedded).toBe(40)
      expect(index?.size).toBe(faces.length)
      const key = { ...KEY, content: String(round).repeat(64) }
      await index?.write(folder, key, faces)
      const read = asIndex(await VectorIndex.read(folder, key))
      expect(read.size).toBe(faces.length)
      const anew = VectorIndex.build(faces.map(vectorOf), DIMENSION)
      let found = 0
      for (const query of queries) {
        const wanted = anew.search(query, 10).map(({ face }) => face)
        const got = read.search(query, 10).map(({ face }) => face)
        expect(got.every((face) => face >= 0 && face < faces.length)).toBe(true)
        found += got.filter((face) => wanted.includes(face)).length
      }
      expect(found / (queries.length * 10)).toBeGreaterThan(0.97)
    }
    expect((await VectorIndex.readFaces(folder, KEY.model)).size).toBe(faces.length)
  })

  it('is built anew where much has changed, for another model, or where its order is damaged', async () => {
    const folder = join(root, 'much')
    await whole.write(folder, KEY, texts)
    expect((await patched(folder, texts.slice(0, 1700))).index).toBeUndefined()
    expect(await VectorIndex.patch(folder, { ...KEY.model, revision: 'r2' }, texts, async () => [])).toBeUndefined()
    const faces = changed(texts, 3)
    const key = { ...KEY, content: 'c'.repeat(64) }
    await (await patched(folder, faces)).index?.write(folder, key, faces)
    expect(asIndex(await VectorIndex.read(folder, key)).size).toBe(faces.length)
    truncateSync(join(folder, 'order.bin'), 8)
    expect(await VectorIndex.read(folder, key)).toBe('damaged')
  })

  it('keeps a vector for each of two faces that say the same', async () => {
    const folder = join(root, 'twice')
    const twice = [...texts.slice(0, 100), 'mặt 3']
    await VectorIndex.build(twice.map(vectorOf), DIMENSION).write(folder, KEY, twice)
    const { index, embedded } = await patched(folder, ['mặt 3', ...twice.slice(0, 99), 'mặt 99'])
    expect(embedded).toBe(0)
    expect(
      index
        ?.search(vectorOf('mặt 3'), 2)
        .map(({ face }) => face)
        .sort((a, b) => a - b),
    ).toEqual([0, 4])
  })
})
