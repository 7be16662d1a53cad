/** Settings from the environment: read once, every problem named together, then frozen. */
import { resolve } from 'node:path'
import { z } from 'zod'

const port = z.coerce.number().int().min(0).max(65_535)
const unset = (value: unknown) => (value === '' ? undefined : value)
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(unset, schema.optional())

const environment = z.object({
  HOST: z.preprocess(unset, z.string().default('127.0.0.1')),
  PORT: z.preprocess(unset, port.default(3000)),
  ANTAM_DATA: z.preprocess(unset, z.string().default('./data')),
  RATE_PER_MINUTE: z.preprocess(unset, z.coerce.number().int().positive().default(60)),
  TRUST_PROXY: optional(z.coerce.number().int().min(0).max(8)),
  EMBEDDING_FOLDER: optional(z.string()),
  EMBEDDING_REVISION: z.preprocess(unset, z.string().default('local')),
  EMBEDDING_DTYPE: z.preprocess(unset, z.enum(['fp32', 'fp16', 'q8', 'int8', 'uint8', 'q4', 'bnb4', 'q4f16']).default('q8')),
  EMBEDDING_DIMENSION: optional(z.coerce.number().int().positive()),
  EMBEDDING_POOLING: z.preprocess(unset, z.enum(['mean', 'cls', 'last_token']).default('mean')),
  EMBEDDING_QUERY_PREFIX: z.string().default(''),
  EMBEDDING_PASSAGE_PREFIX: z.string().default(''),
})

/** A configuration that cannot be used; the message lists every problem, one sentence a line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

export type Config = Readonly<{
  host: string
  port: number
  dataFolder: string
  ratePerMinute: number
  trustProxy: number | undefined
  embedding: EmbeddingSetting | undefined
}>

/** A model of one's own instead of the one that ships. */
export interface EmbeddingSetting {
  readonly folder: string
  readonly revision: string
  readonly dtype: 'fp32' | 'fp16' | 'q8' | 'int8' | 'uint8' | 'q4' | 'bnb4' | 'q4f16'
  readonly dimension: number
  readonly pooling: 'mean' | 'cls' | 'last_token'
  readonly queryPrefix: string
  readonly passagePrefix: string
}

/** What each setting must be, for the sentence that names a wrong one. */
const MUST_BE: Readonly<Record<string, string>> = {
  PORT: 'số cổng từ 0 đến 65535',
  RATE_PER_MINUTE: 'số nguyên lớn hơn 0',
  TRUST_PROXY: 'số proxy đứng trước, từ 0 đến 8',
  EMBEDDING_DTYPE: 'một trong fp32, fp16, q8, int8, uint8, q4, bnb4, q4f16',
  EMBEDDING_DIMENSION: 'số chiều, số nguyên lớn hơn 0',
  EMBEDDING_POOLING: 'một trong mean, cls, last_token',
}

/** Reads `env`. Throws {@link ConfigError} with every problem. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = environment.safeParse(env)
  const wrong = parsed.success ? [] : [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))]
  const problems = wrong.map((name) => `${name}: phải là ${MUST_BE[name] ?? 'chữ'}.`)
  if (env['EMBEDDING_FOLDER'] && !env['EMBEDDING_DIMENSION']) problems.push('EMBEDDING_DIMENSION: cần số chiều của mô hình khi đặt EMBEDDING_FOLDER.')
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems.join('\n'))
  const e = parsed.data
  return Object.freeze({
    host: e.HOST,
    port: e.PORT,
    dataFolder: resolve(e.ANTAM_DATA),
    ratePerMinute: e.RATE_PER_MINUTE,
    trustProxy: e.TRUST_PROXY,
    embedding: embeddingOf(e),
  })
}

function embeddingOf(e: z.infer<typeof environment>): EmbeddingSetting | undefined {
  if (!e.EMBEDDING_FOLDER || !e.EMBEDDING_DIMENSION) return undefined
  return {
    folder: e.EMBEDDING_FOLDER,
    revision: e.EMBEDDING_REVISION,
    dtype: e.EMBEDDING_DTYPE,
    dimension: e.EMBEDDING_DIMENSION,
    pooling: e.EMBEDDING_POOLING,
    queryPrefix: e.EMBEDDING_QUERY_PREFIX,
    passagePrefix: e.EMBEDDING_PASSAGE_PREFIX,
  }
}
