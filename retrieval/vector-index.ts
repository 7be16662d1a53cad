/**
 * Nearest vectors: hnswlib in a file that is never half-read. hnswlib crashes the process on a damaged file, so the SHA-256
 * in the manifest beside it is checked before it is opened, and files are written under a temporary name, synced and renamed.
 */
import { createHash } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, readSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import hnswlib from 'hnswlib-node'
import { z } from 'zod'
import { type ModelIdentity, modelIdentity } from './model/files.ts'

const { HierarchicalNSW } = hnswlib

const M = 16
const EF_CONSTRUCTION = 100
const EF_SEARCH = 200
const VECTORS = 'vectors.hnsw'
/** What each vector was made of, {@link FACE_BYTES} bytes of its digest a face. */
const FACES = 'faces.bin'
const FACE_BYTES = 12
const MANIFEST = 'manifest.json'

/** What an index on disk must agree with before it is read. */
export interface IndexKey {
  /** Digest of everything that was embedded. */
  readonly content: string
  readonly model: ModelIdentity
}

const manifest = z.object({ content: z.string(), model: modelIdentity, size: z.number().int(), sha256: z.string(), faces: z.string().optional() })

/** One neighbour: the number of the face and the cosine of its vector with the query's. */
export interface Neighbour {
  readonly face: number
  readonly cosine: number
}

export class VectorIndex {
  readonly #index: InstanceType<typeof HierarchicalNSW>
  readonly size: number

  private constructor(index: InstanceType<typeof HierarchicalNSW>, size: number) {
    this.#index = index
    this.size = size
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
  static inspect(folder: string): 'missing' | 'damaged' | 'whole' {
    const file = join(folder, VECTORS)
    if (!existsSync(file) || !existsSync(join(folder, MANIFEST))) return 'missing'
    const parsed = readManifestFile(join(folder, MANIFEST))
    return parsed && digestOf(file) === parsed.sha256 ? 'whole' : 'damaged'
  }

  /** @returns the index in `folder`, or why it cannot be used: made for other content or another model, missing or damaged. */
  static read(folder: string, key: IndexKey): VectorIndex | 'missing' | 'other' | 'damaged' {
    const state = VectorIndex.inspect(folder)
    if (state !== 'whole') return state
    const file = join(folder, VECTORS)
    const parsed = readManifestFile(join(folder, MANIFEST))
    if (!parsed || parsed.content !== key.content || !sameModel(parsed.model, key.model)) return 'other'
    const index = new HierarchicalNSW('ip', key.model.dimension)
    index.readIndexSync(file)
    // The number in the manifest is under no digest: the index itself knows better.
    return index.getCurrentCount() === parsed.size ? new VectorIndex(index, parsed.size) : 'damaged'
  }

  /**
   * @returns the vectors of an index that was made for other content by the same model, by {@link faceDigest}: what has not changed need not be embedded again.
   * Nothing where the index is missing, damaged or another model's.
   */
  static readFaces(folder: string, model: ModelIdentity): ReadonlyMap<string, Float32Array> {
    const known = new Map<string, Float32Array>()
    if (VectorIndex.inspect(folder) !== 'whole' || !existsSync(join(folder, FACES))) return known
    const parsed = readManifestFile(join(folder, MANIFEST))
    const faces = readFileSync(join(folder, FACES))
    if (!parsed || !sameModel(parsed.model, model) || faces.length !== parsed.size * FACE_BYTES || hashOf(faces) !== parsed.faces) return known
    const index = new HierarchicalNSW('ip', model.dimension)
    index.readIndexSync(join(folder, VECTORS))
    for (let face = 0; face < parsed.size; face++)
      known.set(faces.toString('hex', face * FACE_BYTES, (face + 1) * FACE_BYTES), Float32Array.from(index.getPoint(face)))
    return known
  }

  /** Writes the index and its manifest to `folder`, the manifest last: without it the file counts as missing. `faces` are the texts of the vectors, in their order. */
  write(folder: string, key: IndexKey, faces: readonly string[] = []): void {
    mkdirSync(folder, { recursive: true })
    rmSync(join(folder, MANIFEST), { force: true })
    const temporary = join(folder, `${VECTORS}.${process.pid}.tmp`)
    this.#index.writeIndexSync(temporary)
    const sha256 = digestOf(temporary)
    syncAndRename(temporary, join(folder, VECTORS))
    const digests = Buffer.from(faces.map(faceDigest).join(''), 'hex')
    writeFileSync(join(folder, FACES), digests)
    const made = join(folder, `${MANIFEST}.${process.pid}.tmp`)
    writeFileSync(made, `${JSON.stringify({ ...key, size: this.size, sha256, faces: hashOf(digests) }, null, 2)}\n`)
    syncAndRename(made, join(folder, MANIFEST))
  }

  /** @returns the `k` nearest faces, best first. */
  search(vector: Float32Array, k: number): Neighbour[] {
    if (this.size === 0) return []
    const { neighbors, distances } = this.#index.searchKnn(Array.from(vector), Math.min(k, this.size))
    return neighbors.map((face, i) => ({ face, cosine: 1 - (distances[i] as number) }))
  }
}

/** @returns what a face is known by from one index to the next, in hex. */
export function faceDigest(face: string): string {
  return hashOf(Buffer.from(face)).slice(0, FACE_BYTES * 2)
}

const hashOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

const BLOCK = 1 << 20

/** Block by block: a large index need not stand in memory twice. */
function digestOf(file: string): string {
  const hash = createHash('sha256')
  const block = Buffer.alloc(BLOCK)
  const handle = openSync(file, 'r')
  for (let read = readSync(handle, block); read > 0; read = readSync(handle, block)) hash.update(block.subarray(0, read))
  closeSync(handle)
  return hash.digest('hex')
}

function readManifestFile(file: string): z.infer<typeof manifest> | undefined {
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
