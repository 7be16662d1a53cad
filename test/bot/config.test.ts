import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from '../../bot/config.ts'

function problemsOf(env: NodeJS.ProcessEnv): string[] {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n')
    throw error
  }
  return []
}

describe('settings from the environment', () => {
  it('have a default that is safe: this machine only, no model of one’s own', () => {
    const config = readConfig({})
    expect(config).toEqual({
      host: '127.0.0.1',
      port: 3000,
      dataFolder: resolve('./data'),
      ratePerMinute: 60,
      trustProxy: undefined,
      embedding: undefined,
    })
  })

  it('are frozen', () => {
    const config = readConfig({}) as { port: number }
    expect(() => {
      config.port = 1
    }).toThrow(TypeError)
  })

  it('count as left out when empty', () => {
    expect(
      readConfig({ HOST: '', PORT: '', ANTAM_DATA: '', RATE_PER_MINUTE: '', TRUST_PROXY: '', EMBEDDING_FOLDER: '', EMBEDDING_DTYPE: '' }),
    ).toEqual(readConfig({}))
  })

  it('are read', () => {
    expect(readConfig({ HOST: '0.0.0.0', PORT: '0', ANTAM_DATA: '/srv/an-tam', RATE_PER_MINUTE: '5', TRUST_PROXY: '1' })).toEqual({
      host: '0.0.0.0',
      port: 0,
      dataFolder: '/srv/an-tam',
      ratePerMinute: 5,
      trustProxy: 1,
      embedding: undefined,
    })
  })

  it('take a model of one’s own whole', () => {
    const config = readConfig({ EMBEDDING_FOLDER: '/models/e5', EMBEDDING_DIMENSION: '384', EMBEDDING_QUERY_PREFIX: 'query: ' })
    expect(config.embedding).toEqual({
      folder: '/models/e5',
      revision: 'local',
      dtype: 'q8',
      dimension: 384,
      pooling: 'mean',
      queryPrefix: 'query: ',
      passagePrefix: '',
    })
  })

  it('leave the rest of the environment alone', () => {
    expect(readConfig({ PATH: '/bin', LANG: 'vi_VN.UTF-8' })).toEqual(readConfig({}))
  })
})

describe('settings that cannot be used', () => {
  it('are named together, one sentence a line', () => {
    const problems = problemsOf({ PORT: 'abc', RATE_PER_MINUTE: '-1', EMBEDDING_DTYPE: 'fp8', TRUST_PROXY: '99' })
    expect(problems.map((line) => line.split(':')[0])).toEqual(['PORT', 'RATE_PER_MINUTE', 'TRUST_PROXY', 'EMBEDDING_DTYPE'])
    for (const line of problems) expect(line).toMatch(/^[A-Z_]+: .*\.$/)
  })

  it.each([
    [{ PORT: '65536' }, 'PORT'],
    [{ PORT: '-1' }, 'PORT'],
    [{ PORT: '80.5' }, 'PORT'],
    [{ RATE_PER_MINUTE: '0' }, 'RATE_PER_MINUTE'],
    [{ EMBEDDING_POOLING: 'max' }, 'EMBEDDING_POOLING'],
    [{ EMBEDDING_DIMENSION: '0' }, 'EMBEDDING_DIMENSION'],
    [{ TRUST_PROXY: 'yes' }, 'TRUST_PROXY'],
  ])('%o', (env, name) => {
    expect(problemsOf(env)).toHaveLength(1)
    expect(problemsOf(env)[0]).toMatch(new RegExp(`^${name}: `))
  })

  it('include a model without its dimension', () => {
    expect(problemsOf({ EMBEDDING_FOLDER: '/models/e5' })).toEqual(['EMBEDDING_DIMENSION: cần số chiều của mô hình khi đặt EMBEDDING_FOLDER.'])
  })
})
