import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { openTokens, type StoredTokens, TokenError } from '../../../adapters/zalo-oa/tokens.ts'
import { memoryStore, NOON, openChain, wholeOf } from './open.ts'

const HOUR = 60 * 60_000
const MINUTE = 60_000
const REFRESH = '/v4/oa/access_token'
const codeOf = (asking: Promise<unknown>): Promise<string> =>
  asking.then(
    () => 'a token',
    (error: unknown) => (error instanceof TokenError ? error.code : String(error)),
  )
const seedOf = (token: string) => createHash('sha256').update(token).digest('hex')

describe('the access token', () => {
  it('is fetched with the configured refresh token, and both new ones are on disk in one save', async () => {
    const { tokens, store, setting, fake } = await openChain()
    const access = await tokens.access()
    const [begun, kept] = store.saves
    expect(store.saves).toHaveLength(2)
    expect(begun).toEqual({
      accessToken: '',
      expiresAt: 0,
      refreshToken: setting.refreshToken,
      pendingSince: NOON,
      seed: seedOf(setting.refreshToken),
    })
    expect(kept).toMatchObject({ accessToken: access, expiresAt: NOON + 25 * HOUR, pendingSince: null, seed: seedOf(setting.refreshToken) })
    expect(kept?.refreshToken).not.toBe(setting.refreshToken)
    expect(fake.refreshes()).toBe(1)
  })

  it('is kept until ten minutes before its end', async () => {
    const { tokens, time, fake } = await openChain()
    const first = await tokens.access()
    time.now += 25 * HOUR - 10 * MINUTE - 1
    expect(await tokens.access()).toBe(first)
    time.now += 1
    expect(await tokens.access()).not.toBe(first)
    expect(fake.refreshes()).toBe(2)
  })

  it('is fetched once for all who wait', async () => {
    const { tokens, fake } = await openChain()
    const all = await Promise.all(Array.from({ length: 30 }, () => tokens.access()))
    expect(new Set(all).size).toBe(1)
    const renewed = await Promise.all(all.map((token) => tokens.renew(token)))
    expect(new Set(renewed).size).toBe(1)
    expect(renewed[0]).not.toBe(all[0])
    expect(fake.refreshes()).toBe(2)
  })

  it('is not fetched again for one who was refused with an older one', async () => {
    const { tokens, fake } = await openChain()
    const old = await tokens.access()
    const next = await tokens.renew(old)
    expect(await tokens.renew(old)).toBe(next)
    expect(fake.refreshes()).toBe(2)
  })

  it('is not fetched again for one who looked at the disk before another had fetched it', async () => {
    const { tokens, store, fake } = await openChain()
    const old = await tokens.access()
    let open = () => {}
    const gate = new Promise<void>((done) => {
      open = done
    })
    const { read, disk } = store
    store.read = async () => {
      store.read = read
      await gate
      return disk
    }
    const late = tokens.renew(old)
    const next = await tokens.renew(old)
    open()
    expect(await late).toBe(next)
    expect(fake.refreshes()).toBe(2)
  })

  it('that another process fetched is taken from the disk', async () => {
    const { tokens, chain, fake } = await openChain()
    const old = await tokens.access()
    const next = await chain().renew(old)
    expect(await tokens.renew(old)).toBe(next)
    expect(await tokens.access()).toBe(next)
    expect(fake.refreshes()).toBe(2)
  })

  it('lives an hour when its life cannot be read', async () => {
    const { tokens, store, fake, time } = await openChain()
    fake.nextLife('mãi mãi')
    await tokens.access()
    expect(store.disk?.expiresAt).toBe(time.now + HOUR)
  })
})

describe('a crash', () => {
  it('between the note and the call: the old refresh token is tried once more, and holds', async () => {
    const { store, setting, chain, fake } = await openChain()
    store.disk = { accessToken: '', expiresAt: 0, refreshToken: setting.refreshToken, pendingSince: NOON - 1, seed: seedOf(setting.refreshToken) }
    expect(await codeOf(chain().access())).toBe('a token')
    expect(store.disk).toMatchObject({ pendingSince: null })
    expect(fake.refreshes()).toBe(1)
  })

  it('is noticed at the start even while the access token would be good', async () => {
    const { store, tokens, chain, fake } = await openChain()
    const old = await tokens.access()
    store.disk = { ...(store.disk as StoredTokens), pendingSince: NOON }
    expect(await chain().access()).not.toBe(old)
    expect(fake.refreshes()).toBe(2)
  })

  it('between the call and the save: the used refresh token is tried once, and a human is asked', async () => {
    const { store, chain, troubles, fake } = await openChain()
    await chain().access()
    store.disk = store.saves[0]
    const next = chain()
    expect(await codeOf(next.access())).toBe('needs_authorisation')
    expect(await codeOf(next.access())).toBe('needs_authorisation')
    expect(await codeOf(next.renew('x'))).toBe('needs_authorisation')
    expect(await next.state()).toEqual({ kind: 'needs_authorisation' })
    expect(fake.calls().get(REFRESH)).toBe(2)
    expect(troubles).toEqual(['needs_authorisation'])
  })

  it('is over when the operator brings a new refresh token', async () => {
    const { store, outside, setting, clock, chain, fake } = await openChain()
    await chain().access()
    store.disk = store.saves[0]
    expect(await codeOf(chain().access())).toBe('needs_authorisation')
    const refreshToken = fake.authorise()
    const anew = openTokens({ ...setting, refreshToken, outside, clock, store })
    expect(await anew.state()).toEqual({ kind: 'unused' })
    expect(await codeOf(anew.access())).toBe('a token')
    expect(store.disk).toMatchObject({ seed: seedOf(refreshToken) })
  })
})

describe('a refresh that fails', () => {
  it('for now is tried again, and the refresh token is not given up', async () => {
    const { tokens, fake, store, troubles } = await openChain()
    for (const [trouble, code] of [
      ['status', 'tokens_unreachable'],
      ['not_json', 'tokens_unreachable'],
      ['reset', 'tokens_unreachable'],
      ['rate', 'rate'],
    ] as const) {
      fake.rotateFailure(trouble)
      expect(await codeOf(tokens.access())).toBe(code)
      expect(store.disk?.pendingSince).toBe(trouble === 'rate' ? null : NOON)
    }
    expect(troubles).toEqual(['tokens_unreachable', 'tokens_unreachable', 'tokens_unreachable', 'rate'])
    expect(await codeOf(tokens.access())).toBe('a token')
  })

  it('before anything was sent leaves no note', async () => {
    const { outside, setting, clock, store } = await openChain()
    const nowhere = openTokens({ ...setting, oauthRoot: 'http://192.168.1.1', outside, clock, store })
    expect(await codeOf(nowhere.access())).toBe('tokens_unreachable')
    expect(store.disk).toMatchObject({ pendingSince: null })
  })

  it('leaves an access token in use that is still good, and is tried again after a minute', async () => {
    const { tokens, time, fake } = await openChain()
    const first = await tokens.access()
    time.now += 25 * HOUR - 9 * MINUTE
    fake.rotateFailure('status')
    expect(await tokens.access()).toBe(first)
    expect(await tokens.access()).toBe(first)
    expect(fake.calls().get(REFRESH)).toBe(2)
    time.now += MINUTE
    expect(await tokens.access()).not.toBe(first)
  })

  it('whose answer was lost ends the chain: nobody has the new token', async () => {
    const { tokens, fake } = await openChain()
    fake.rotateFailure('lost_ack')
    expect(await codeOf(tokens.access())).toBe('tokens_unreachable')
    expect(await codeOf(tokens.access())).toBe('needs_authorisation')
  })

  it('for good is a matter for a human, whatever the number', async () => {
    const { tokens, fake } = await openChain()
    fake.rotateFailure('refused')
    expect(await codeOf(tokens.access())).toBe('needs_authorisation')
    expect(await codeOf(tokens.access())).toBe('needs_authorisation')
    expect(fake.calls().get(REFRESH)).toBe(1)
  })
})

describe('a disk that takes nothing', () => {
  it('before the call: nothing is asked, for it could not be kept', async () => {
    const { tokens, store, fake } = await openChain()
    store.full = true
    expect(await codeOf(tokens.access())).toBe('tokens_not_kept')
    expect(fake.calls().get(REFRESH)).toBeUndefined()
  })

  it('after the call: the tokens are held and saved as soon as it takes them', async () => {
    const { fake, setting, outside, clock } = await openChain()
    const store = memoryStore()
    const faults = [undefined, new Error('EIO'), new Error('EIO')]
    const failing = {
      read: store.read,
      save: async (state: StoredTokens) => {
        const fault = faults.shift()
        if (fault) throw fault
        await store.save(state)
      },
    }
    const tokens = openTokens({ ...setting, outside, clock, store: failing })
    const access = await tokens.access()
    expect(store.disk).toMatchObject({ pendingSince: NOON })
    expect(await tokens.access()).toBe(access)
    expect(store.disk).toMatchObject({ accessToken: '' })
    expect(await tokens.access()).toBe(access)
    expect(store.disk).toMatchObject({ accessToken: access, pendingSince: null })
    expect(fake.refreshes()).toBe(1)
  })

  it('that cannot be read is told', async () => {
    const { setting, outside, clock } = await openChain()
    const store = { read: () => Promise.reject(new Error(`EIO ${setting.refreshToken}`)), save: async () => undefined }
    const tokens = openTokens({ ...setting, outside, clock, store })
    expect(await codeOf(tokens.access())).toBe('tokens_not_kept')
    expect(await tokens.state()).toEqual({ kind: 'not_kept' })
  })
})

describe('the chain', () => {
  it('starts anew when another refresh token is configured, and keeps only a digest of it', async () => {
    const { store, tokens, outside, setting, clock, fake } = await openChain()
    await tokens.access()
    const other = openTokens({ ...setting, refreshToken: fake.authorise(), outside, clock, store })
    expect(await codeOf(other.access())).toBe('a token')
    expect(fake.refreshes()).toBe(2)
    expect(JSON.stringify(store.disk)).not.toContain(setting.refreshToken)
  })

  it('tells how it is without asking', async () => {
    const { tokens, fake } = await openChain()
    expect(await tokens.state()).toEqual({ kind: 'unused' })
    await tokens.access()
    expect(await tokens.state()).toEqual({ kind: 'ready', expiresAt: NOON + 25 * HOUR })
    expect(fake.calls().get(REFRESH)).toBe(1)
  })

  it('gives no secret away in what it throws', async () => {
    const { tokens, fake, setting, store } = await openChain()
    const first = await tokens.access()
    for (const trouble of ['status', 'not_json', 'reset', 'rate', 'refused'] as const) {
      fake.rotateFailure(trouble)
      const error: unknown = await tokens.renew(first).catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(TokenError)
      const whole = wholeOf(error)
      for (const secret of [setting.appSecret, setting.secretKey, setting.refreshToken, first, store.disk?.refreshToken ?? '?'])
        expect(whole).not.toContain(secret)
    }
  })
})
