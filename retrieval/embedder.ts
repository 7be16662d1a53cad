/** Text to vectors with a local model: the one that ships read as a table, any other through transformers.js. Nothing is ever downloaded. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { syllables, weave } from '../knowledge/language/syllables.ts'
import { ModelError, type ModelIdentity, modelIdentity, readManifest, SHIPPED_MODEL } from './model/files.ts'
import { StaticTable } from './model/static-table.ts'

/** Makes unit vectors of texts; `identity` says which model made them. */
export interface Embedder {
  readonly identity: ModelIdentity
  embedQuery(text: string): Promise<Float32Array>
  embedPassages(texts: readonly string[]): Promise<Float32Array[]>
  /** Where a text can be read as numbers of the syllables `all`: the same vectors as of its words, many times faster. */
  readerOf?(all: readonly string[]): (tokens: ArrayLike<number>) => Float32Array
}

/** A hub model by configuration: a folder that holds it, and how it wants its input. Absent = the model that ships. */
export interface ModelChoice {
  readonly folder: string
  readonly identity?: ModelIdentity
}

const BATCH = 64

/**
 * Loads the shipped model, or the one chosen. The one that ships is a table and is read as one: the same vectors as through the runtime (a test
 * holds them together), without the runtime's memory, and a whole corpus in seconds. Throws {@link ModelError} with one sentence when it is
 * missing or damaged.
 */
export async function loadEmbedder(choice: ModelChoice = { folder: SHIPPED_MODEL }): Promise<Embedder> {
  const folder = resolve(choice.folder)
  const identity = choice.identity ? checkFolder(folder, choice.identity) : modelIdentity.parse(readManifest(folder))
  return identity.input === 'woven' ? tableEmbedder(folder, identity) : runtimeEmbedder(folder, identity)
}

function tableEmbedder(folder: string, identity: ModelIdentity): Embedder {
  const table = StaticTable.read(folder, identity.dimension)
  const embed = (text: string, prefix: string) => table.embed(syllables(prefix + text))
  return {
    identity,
    embedQuery: async (text) => embed(text, identity.queryPrefix),
    embedPassages: async (texts) => texts.map((text) => embed(text, identity.passagePrefix)),
    ...(identity.passagePrefix === '' ? { readerOf: (all) => table.reader(all) } : {}),
  }
}

/** Loads the model in `folder` through transformers.js, whatever it is. Throws {@link ModelError} when it cannot be loaded. */
export async function runtimeEmbedder(folder: string, identity: ModelIdentity): Promise<Embedder> {
  const { env, pipeline } = await import('@huggingface/transformers')
  env.allowRemoteModels = false
  // A full path is read as it is; a bare name would be looked up as a name of the hub, which may hold neither spaces nor Vietnamese letters.
  const extract = await pipeline('feature-extraction', folder, { dtype: identity.dtype, local_files_only: true, device: 'cpu' }).catch((cause) => {
    throw new ModelError(`Không nạp được mô hình ở ${folder}.`, { cause })
  })
  const embed = async (texts: readonly string[], prefix: string): Promise<Float32Array[]> => {
    const inputs = texts.map((text) => prefix + (identity.input === 'woven' ? weave(text) || '[UNK]' : text))
    const tensor = await extract(inputs, { pooling: identity.pooling, normalize: true })
    const made = tensor.dims.at(-1)
    const rows = splitRows(tensor.data as Float32Array, identity.dimension)
    tensor.dispose()
    if (made !== identity.dimension) throw new ModelError(`Mô hình ${folder} cho véc-tơ ${made} chiều, không phải ${identity.dimension} như đã khai.`)
    return rows
  }
  return {
    identity,
    embedQuery: async (text) => (await embed([text], identity.queryPrefix))[0] as Float32Array,
    embedPassages: async (texts) => {
      const rows: Float32Array[] = []
      for (let i = 0; i < texts.length; i += BATCH) rows.push(...(await embed(texts.slice(i, i + BATCH), identity.passagePrefix)))
      return rows
    },
  }
}

function checkFolder(folder: string, identity: ModelIdentity): ModelIdentity {
  for (const name of ['config.json', 'tokenizer.json'])
    if (!existsSync(join(folder, name))) throw new ModelError(`Mô hình ${folder} thiếu tệp ${name}.`)
  return identity
}

/** Copies out of the tensor, and turns a vector of a text without known words (0/0) into zeros. */
function splitRows(data: Float32Array, dimension: number): Float32Array[] {
  const rows: Float32Array[] = []
  for (let i = 0; i < data.length; i += dimension) {
    const row = data.slice(i, i + dimension)
    rows.push(row.some(Number.isNaN) ? new Float32Array(dimension) : row)
  }
  return rows
}
