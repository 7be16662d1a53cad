/** The files of a local embedding model, in the layout that transformers.js loads, and their manifest. */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { embeddingGraph } from './onnx.ts'
import type { Vocabulary } from './vocabulary.ts'

/** Where the model that ships with the project lies. */
export const SHIPPED_MODEL = fileURLToPath(new URL('./shipped', import.meta.url))

/** What an index must remember of the model that made its vectors. Vectors of two identities are never mixed. */
export const modelIdentity = z.object({
  model: z.string(),
  revision: z.string(),
  dtype: z.enum(['fp32', 'fp16', 'q8', 'int8', 'uint8', 'q4', 'bnb4', 'q4f16']),
  dimension: z.number().int().positive(),
  pooling: z.enum(['mean', 'cls', 'last_token']),
  queryPrefix: z.string(),
  passagePrefix: z.string(),
  /** `woven` = the text is given as syllables with their pairs; `plain` = as it is. */
  input: z.enum(['woven', 'plain']),
})
export type ModelIdentity = z.infer<typeof modelIdentity>

const manifest = modelIdentity.extend({ files: z.record(z.string(), z.string()), trained: z.record(z.string(), z.unknown()) })
export type Manifest = z.infer<typeof manifest>

/** A model folder that must not be used: something is missing or not what its manifest says. */
export class ModelError extends Error {
  override readonly name = 'ModelError'
}

/** Reads the manifest of a model folder and checks every file's SHA-256. Throws {@link ModelError} with one sentence. */
export function readManifest(folder: string): Manifest {
  const path = join(folder, 'manifest.json')
  if (!existsSync(path)) throw new ModelError(`Thư mục mô hình ${folder} thiếu manifest.json.`)
  const parsed = manifest.safeParse(parseJson(path))
  if (!parsed.success) throw new ModelError(`Tệp manifest.json của mô hình ${folder} không đúng dạng.`)
  for (const [name, digest] of Object.entries(parsed.data.files)) {
    const file = join(folder, name)
    if (!existsSync(file)) throw new ModelError(`Mô hình ${folder} thiếu tệp ${name}.`)
    if (sha256(readFileSync(file)) !== digest) throw new ModelError(`Tệp ${name} của mô hình ${folder} bị hỏng: sai mã kiểm SHA-256.`)
  }
  return parsed.data
}

function parseJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}

/** Writes the trained table as a transformers.js model folder: config, tokenizer, ONNX graph and manifest. */
export function writeModel(
  folder: string,
  vocabulary: Vocabulary,
  table: Float32Array,
  dimension: number,
  trained: Record<string, unknown>,
): Manifest {
  const graph = embeddingGraph(table, dimension)
  const files: Record<string, string | Uint8Array> = {
    'config.json': JSON.stringify({ model_type: 'bert', architectures: ['BertModel'], hidden_size: dimension, vocab_size: vocabulary.size }),
    'tokenizer_config.json': JSON.stringify({
      tokenizer_class: 'PreTrainedTokenizerFast',
      model_max_length: 100_000,
      unk_token: '[UNK]',
      pad_token: '[UNK]',
    }),
    'tokenizer.json': JSON.stringify(tokenizer(vocabulary)),
    'onnx/model_quantized.onnx': graph,
  }
  const digests: Record<string, string> = {}
  for (const [name, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), bytes)
    digests[name] = sha256(bytes)
  }
  const made: Manifest = {
    model: 'an-tam-static',
    revision: sha256(graph).slice(0, 12),
    dtype: 'q8',
    dimension,
    pooling: 'mean',
    queryPrefix: '',
    passagePrefix: '',
    input: 'woven',
    files: digests,
    trained,
  }
  writeFileSync(join(folder, 'manifest.json'), `${JSON.stringify(made, null, 2)}\n`)
  return made
}

/** Tokens of a tokenizer never overlap, so pairs come in woven by the caller: the tokenizer only splits at spaces and looks words up. */
function tokenizer(vocabulary: Vocabulary) {
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [{ id: 0, content: '[UNK]', single_word: false, lstrip: false, rstrip: false, normalized: false, special: true }],
    normalizer: { type: 'Lowercase' },
    pre_tokenizer: { type: 'WhitespaceSplit' },
    post_processor: null,
    decoder: null,
    model: { type: 'WordLevel', vocab: Object.fromEntries(vocabulary.tokens.map((token, id) => [token, id])), unk_token: '[UNK]' },
  }
}

function sha256(bytes: string | Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
