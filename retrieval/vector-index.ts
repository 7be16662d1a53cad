/**
 * Nearest vectors: hnswlib in a file that is never half-read. hnswlib crashes the process on a damaged file, so the SHA-256
 * in the manifest beside it is checked before it is opened, and files are written under a temporary name, synced and renamed.
 */
import { createHash } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import hnswlib from 'hnswlib-node'
import { z } from 'zod'
import { digestOfFile, writer } from '../knowledge/sealed-file.ts'
import { type ModelIdentity, modelIdentity } from './model/files.ts'

const { HierarchicalNSW } = hnswlib

const M = 16
const EF_CONSTRUCTION = 100
const EF_SEARCH = 200
const VECTORS = 'vectors.hnsw'
/** What each vector was made of, {@link FACE_BYTES} bytes of its digest a face. */
const FACES = 'faces.bin'
const FACE_BYTES = 12
/** Which face each vector is of, where that is not its own number: an index that was patched. */
const ORDER = 'order.bin'
const MANIFEST = 'manifest.json'
/** Nobody's vector: its face is gone. */
const GONE = -1
const NO_FACE = '0'.repeat(FACE_BYTES * 2)
/** An index of which more is new or gone is built anew: paths through what is gone grow long. */
const MOST_PATCHED = 0.1

/** What an index on disk must agree with before it is read. */
export interface IndexKey {
  /** Digest of everything that was embedded. */
  readonly content: string
  readonly model: ModelIdentity
}

const digest = z.string()
/** `size`: vectors in the file, those of faces that are gone among them. */
const manifest = z.object({
  ...{ content: z.string(), model: modelIdentity, size: z.number().int() },
  ...{ sha256: digest, faces: digest.optional(), order: digest.optional() },
})
type Manifest = z.infer<typeof manifest>

/** Why an index is not read. */
export type Unusable = 'missing' | 'other' | 'damaged'

/** One neighbour: the number of the face and the cosine of its vector with the query's. */
export interface Neighbour {
  readonly face: number
  readonly cosine: number
}

export class VectorIndex {
  readonly #index: InstanceType<typeof HierarchicalNSW>
  /** By vector: its face, or {@link GONE}. Undefined: vector n is of face n. */
  readonly #faceOf: Int32Array | undefined
  /** Faces that can be found. */
  readonly size: number

  private constructor(index: InstanceType<typeof HierarchicalNSW>, size: number, faceOf?: Int32Array) {
    this.#index = index
    this.size = size
    this.#faceOf = faceOf
    index.setEf(EF_SEARCH)
  }

  /** Builds an index over unit vectors; face n is `vectors[n]`. */
  static build(vectors: readonly Float32Array[], dimension: number, onProgress: (done: number) => void = () => {}): VectorIndex {
    const index = new HierarchicalNSW('ip', dimension)
    index.initIndex(Math.max(1, vectors.length), M, EF_CONSTRUCTION, 42)
    vectors.forEach((vector, face) => {
      index.addPoint(Array.from(vector), face)
      onProgress(face + 1)
    })
    return new VectorIndex(index, vectors.length)
  }

  /** Builds an index over `size` unit vectors that come one after another, so that they need not all be held. */
  static async grow(
    vectors: AsyncIterable<readonly Float32Array[]>,
    size: number,
    dimension: number,
    onProgress: (done: number) => void = () => {},
  ): Promise<VectorIndex> {
    const index = new HierarchicalNSW('ip', dimension)
    index.initIndex(Math.max(1, size), M, EF_CONSTRUCTION, 42)
    let face = 0
    for await (const some of vectors) {
      for (const vector of some) index.addPoint(Array.from(vector), face++)
      onProgress(face)
    }
    return new VectorIndex(index, face)
  }

  /** @returns whether the files in `folder` are whole, without opening the index. */
  static async inspect(folder: string): Promise<'missing' | 'damaged' | 'whole'> {
    const file = join(folder, VECTORS)
    if (!existsSync(file) || !existsSync(join(folder, MANIFEST))) return 'missing'
    const parsed = readManifestFile(join(folder, MANIFEST))
    return parsed && (await digestOfFile(file)) === parsed.sha256 ? 'whole' : 'damaged'
  }

  /** @returns the index in `folder`, or why it cannot be used: made for other content or another model, missing or damaged. */
  static async read(folder: string, key: IndexKey): Promise<VectorIndex | Unusable> {
    const load = await VectorIndex.checked(folder, key)
    return typeof load === 'string' ? load : load()
  }

  /** @returns what loads the index in `folder`, whose files are whole, on another thread; or why it cannot be used. The key is waited for last. */
  static async checked(folder: string, key: IndexKey | Promise<IndexKey>): Promise<(() => Promise<VectorIndex | 'damaged'>) | Unusable> {
    const state = await VectorIndex.inspect(folder)
    if (state !== 'whole') return state
    const parsed = readManifestFile(join(folder, MANIFEST))
    const { content, model } = await key
    if (!parsed || parsed.content !== content || !sameModel(parsed.model, model)) return 'other'
    const order = parsed.order === undefined ? undefined : orderIn(folder, parsed)
    return order === 'damaged' ? order : () => VectorIndex.#load(folder, parsed, order)
  }

  static async #load(folder: string, { model, size }: Manifest, order: Int32Array | undefined): Promise<VectorIndex | 'damaged'> {
    const index = new HierarchicalNSW('ip', model.dimension)
    await index.readIndex(join(folder, VECTORS))
    // The number in the manifest is under no digest: the index itself knows better.
    if (index.getCurrentCount() !== size) return 'damaged'
    return new VectorIndex(index, order ? order.filter((face) => face !== GONE).length : size, order)
  }

  /**
   * @returns the vectors of an index that was made for other content by the same model, by {@link faceDigest}: what has not changed need not be embedded again.
   * Nothing where the index is missing, damaged or another model's.
   */
  static async readFaces(folder: string, model: ModelIdentity): Promise<ReadonlyMap<string, Float32Array>> {
    const known = new Map<string, Float32Array>()
    const made = await madeIn(folder, model)
    if (made) for (const [slot, face] of made.faces.entries()) if (face !== NO_FACE) known.set(face, Float32Array.from(made.index.getPoint(slot)))
    return known
  }

  /**
   * The index in `folder` made to hold `faces`: what is gone is marked, what is new is added. A tenth of the work of building it where little has changed.
   * @param embed makes the vectors of faces that the index has not got
   * @returns undefined where there is no index of the same model, or too much of it is new or gone
   */
  static async patch(
    folder: string,
    model: ModelIdentity,
    faces: readonly string[],
    embed: (missing: readonly string[]) => Promise<readonly Float32Array[]>,
  ): Promise<VectorIndex | undefined> {
    const made = await madeIn(folder, model)
    if (!made) return undefined
    const { faceOf, fresh } = matched(made.faces, faces)
    const gone = made.faces.length + fresh.length - faces.length
    if (gone + fresh.length > MOST_PATCHED * faces.length) return undefined
    const vectors = await embed(fresh.map((face) => faces[face] as string))
    made.index.resizeIndex(made.faces.length + fresh.length)
    for (const [slot, face] of made.faces.entries()) if (faceOf[slot] === GONE && face !== NO_FACE) made.index.markDelete(slot)
    for (const [i, vector] of vectors.entries()) made.index.addPoint(Array.from(vector), made.faces.length + i)
    return new VectorIndex(made.index, faces.length, Int32Array.of(...faceOf, ...fresh))
  }

  /** Writes the index and its manifest to `folder`, the manifest last: without it the file counts as missing. `faces` are the texts of the vectors, in their order. */
  async write(folder: string, key: IndexKey, faces: readonly string[] = []): Promise<void> {
    mkdirSync(folder, { recursive: true })
    rmSync(join(folder, MANIFEST), { force: true })
    const temporary = join(folder, `${VECTORS}.${writer()}.tmp`)
    this.#index.writeIndexSync(temporary)
    const sha256 = await digestOfFile(temporary)
    syncAndRename(temporary, join(folder, VECTORS))
    const digests = Buffer.from(
      this.#slots(faces)
        .map((face) => (face === undefined ? NO_FACE : faceDigest(face)))
        .join(''),
      'hex',
    )
    writeFileSync(join(folder, FACES), digests)
    const order = this.#writeOrder(join(folder, ORDER))
    const made = join(folder, `${MANIFEST}.${writer()}.tmp`)
    const size = this.#index.getCurrentCount()
    writeFileSync(made, `${JSON.stringify({ ...key, size, sha256, faces: hashOf(digests), order } satisfies Manifest, null, 2)}\n`)
    syncAndRename(made, join(folder, MANIFEST))
  }

  /** @returns the text of each vector, undefined for those that are gone. */
  #slots(faces: readonly string[]): readonly (string | undefined)[] {
    return this.#faceOf ? [...this.#faceOf].map((face) => (face === GONE ? undefined : faces[face])) : faces
  }

  #writeOrder(file: string): string | undefined {
    if (!this.#faceOf) return undefined
    const bytes = Buffer.from(this.#faceOf.buffer, this.#faceOf.byteOffset, this.#faceOf.byteLength)
    writeFileSync(file, bytes)
    return hashOf(bytes)
  }

  /** @returns the `k` nearest faces, best first. */
  search(vector: Float32Array, k: number): Neighbour[] {
    if (this.size === 0) return []
    const { neighbors, distances } = this.#index.searchKnn(Array.from(vector), Math.min(k, this.size))
    return neighbors.map((slot, i) => ({ face: this.#faceOf?.[slot] ?? slot, cosine: 1 - (distances[i] as number) }))
  }
}

interface Made {
  readonly index: InstanceType<typeof HierarchicalNSW>
  readonly faces: readonly string[]
}

/** @returns the index in `folder` and the digest of the face of each vector; undefined where it is missing, damaged or another model's. */
async function madeIn(folder: string, model: ModelIdentity): Promise<Made | undefined> {
  if ((await VectorIndex.inspect(folder)) !== 'whole' || !existsSync(join(folder, FACES))) return undefined
  const parsed = readManifestFile(join(folder, MANIFEST))
  const bytes = readFileSync(join(folder, FACES))
  if (!parsed || !sameModel(parsed.model, model) || bytes.length !== parsed.size * FACE_BYTES || hashOf(bytes) !== parsed.faces) return undefined
  const index = new HierarchicalNSW('ip', model.dimension)
  await index.readIndex(join(folder, VECTORS))
  const faces = Array.from({ length: parsed.size }, (_, slot) => bytes.toString('hex', slot * FACE_BYTES, (slot + 1) * FACE_BYTES))
  return { index, faces }
}

/** @returns for each vector the face that it is of now, and the faces that no vector is of. A text that stands twice has a vector for each. */
function matched(slots: readonly string[], faces: readonly string[]): { readonly faceOf: Int32Array; readonly fresh: readonly number[] } {
  const free = new Map<string, number[]>()
  for (const [slot, face] of slots.entries()) if (face !== NO_FACE) free.set(face, [...(free.get(face) ?? []), slot])
  const faceOf = new Int32Array(slots.length).fill(GONE)
  const fresh: number[] = []
  for (const [number, face] of faces.entries()) {
    const slot = free.get(faceDigest(face))?.pop()
    if (slot === undefined) fresh.push(number)
    else faceOf[slot] = number
  }
  return { faceOf, fresh }
}

function orderIn(folder: string, { order, size }: Manifest): Int32Array | 'damaged' {
  const file = join(folder, ORDER)
  const bytes = existsSync(file) ? readFileSync(file) : Buffer.alloc(0)
  if (hashOf(bytes) !== order || bytes.length !== size * Int32Array.BYTES_PER_ELEMENT) return 'damaged'
  return new Int32Array(Uint8Array.from(bytes).buffer)
}

/** @returns what a face is known by from one index to the next, in hex. */
export function faceDigest(face: string): string {
  return hashOf(Buffer.from(face)).slice(0, FACE_BYTES * 2)
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

function readManifestFile(file: string): Manifest | undefined {
  try {
    return manifest.safeParse(JSON.parse(readFileSync(file, 'utf8'))).data
  } catch {
    return undefined
  }
}

function sameModel(a: ModelIdentity, b: ModelIdentity): boolean {
  return JSON.stringify(modelIdentity.parse(a)) === JSON.stringify(modelIdentity.parse(b))
}

function syncAndRename(from: string, to: string): void {
  const handle = openSync(from, 'r+')
  fsyncSync(handle)
  closeSync(handle)
  renameSync(from, to)
}
