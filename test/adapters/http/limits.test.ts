import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressKey, type Limits, MOST_KEPT, openLimits, type RequestKind } from '../../../adapters/http/limits.ts'
import { type LimitCode, waitPlease } from '../../../bot/wording/limits.ts'

const WIDE: Limits = {
  perVisitorPerMinute: 1_000_000,
  perVisitorPerHour: 1_000_000,
  perAddressPerMinute: 1_000_000,
  globalPerSecond: 1_000_000,
  sessionsPerAddressPerHour: 1_000_000,
}

/** A limiter with everything wide open but what is named, and a clock to set. */
function start(limits: Partial<Limits> = {}) {
  const clock = { now: 1_000_000_000_000 }
  return { clock, ...openLimits({ ...WIDE, ...limits }, () => clock.now) }
}

describe('limits', () => {
  it('lets a visitor have the limit at once, then one each time its share of the window has passed', () => {
    const { clock, admit } = start({ perVisitorPerMinute: 3 })
    const ask = () => admit('message', 'an', '192.0.2.1')
    expect([ask(), ask(), ask()].every(({ ok }) => ok)).toBe(true)
    expect(ask()).toEqual({ ok: false, code: 'visitor', retryAfterSeconds: 20 })
    clock.now += 19_999
    expect(ask()).toEqual({ ok: false, code: 'visitor', retryAfterSeconds: 1 })
    clock.now += 1
    expect(ask().ok).toBe(true)
    expect(ask().ok).toBe(false)
  })

  it('keeps the hour apart from the minute', () => {
    const { clock, admit } = start({ perVisitorPerMinute: 2, perVisitorPerHour: 3 })
    for (let n = 0; n < 3; n += 1, clock.now += 30_000) expect(admit('ask', 'an', '192.0.2.1').ok).toBe(true)
    expect(admit('ask', 'an', '192.0.2.1')).toEqual({ ok: false, code: 'visitor', retryAfterSeconds: 1_110 })
  })

  it('limits an address whoever asks, and everybody together', () => {
    const shared = start({ perAddressPerMinute: 2 })
    shared.admit('message', 'an', '192.0.2.1')
    shared.admit('attachment', 'ba', '192.0.2.1')
    expect(shared.admit('ask', undefined, '192.0.2.1')).toMatchObject({ code: 'address', retryAfterSeconds: 30 })
    expect(shared.admit('ask', undefined, '192.0.2.2').ok).toBe(true)

    const all = start({ globalPerSecond: 1 })
    all.admit('message', 'an', '192.0.2.1')
    expect(all.admit('message', 'ba', '192.0.2.2')).toEqual({ ok: false, code: 'global', retryAfterSeconds: 1 })
  })

  it('counts new sessions by address; renewing one is not new, and other requests are not sessions', () => {
    const { admit } = start({ sessionsPerAddressPerHour: 1 })
    expect(admit('session', undefined, '192.0.2.1').ok).toBe(true)
    expect(admit('session', undefined, '192.0.2.1')).toEqual({ ok: false, code: 'address', retryAfterSeconds: 3_600 })
    expect(admit('session', 'an', '192.0.2.1').ok).toBe(true)
    expect(admit('message', 'an', '192.0.2.1').ok).toBe(true)
  })

  it('charges nobody for what is refused', () => {
    const { clock, admit } = start({ perVisitorPerMinute: 5, globalPerSecond: 1 })
    admit('message', 'ba', '192.0.2.2')
    for (let n = 0; n < 50; n += 1) expect(admit('message', 'an', '192.0.2.1')).toMatchObject({ code: 'global' })
    for (let n = 0; n < 5; n += 1) {
      clock.now += 1_000
      expect(admit('message', 'an', '192.0.2.1').ok).toBe(true)
    }
  })

  it('names the narrowest limit and waits for the slowest', () => {
    const { admit } = start({ perVisitorPerMinute: 60, perAddressPerMinute: 1 })
    for (let n = 0; n < 60; n += 1) admit('message', 'an', `192.0.2.${n}`)
    expect(admit('message', 'an', '192.0.2.1')).toEqual({ ok: false, code: 'visitor', retryAfterSeconds: 60 })
  })

  it.each([0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('does not open with a limit of %s', (value) => {
    expect(() => start({ perVisitorPerHour: value })).toThrow(
      new RangeError(`The limit perVisitorPerHour must be a whole number from 1, not ${value}.`),
    )
  })
})

describe('addresses', () => {
  it.each([
    ['192.0.2.1', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:0201', '192.0.2.1'],
    ['0:0:0:0:0:ffff:192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2'],
    ['2001:db8::1', '2001:db8:0:0'],
    ['2001:db8:1:2:3:4:192.0.2.1', '2001:db8:1:2'],
    ['1::', '1:0:0:0'],
    ['::', '0:0:0:0'],
    ['::1', '0:0:0:0'],
    ['fe80::1%eth0', 'fe80:0:0:0'],
    ['::ffff:0:192.0.2.1', '0:0:0:0'],
    ['', 'garbage'],
    ['192.0.2.1:80', 'garbage'],
    ['[2001:db8::1]', 'garbage'],
    ['256.1.1.1', 'garbage'],
    ['unknown', 'garbage'],
  ])('%s counts as %s', (address, key) => expect(addressKey(address)).toBe(key))

  it('of one /64 share a bucket, and so does all garbage', () => {
    const { admit } = start({ perAddressPerMinute: 1 })
    expect(admit('ask', undefined, '2001:db8:1:2::1').ok).toBe(true)
    expect(admit('ask', undefined, '2001:db8:1:2:ffff::9')).toMatchObject({ code: 'address' })
    expect(admit('ask', undefined, '2001:db8:1:3::1').ok).toBe(true)
    expect(admit('ask', undefined, 'x').ok).toBe(true)
    expect(admit('ask', undefined, '<script>')).toMatchObject({ code: 'address' })
  })

  it('whatever they are, have a key, and IPv4 mapped into IPv6 has the one of IPv4', () => {
    fc.assert(fc.property(fc.string(), (text) => void expect(addressKey(text)).toEqual(expect.any(String))))
    fc.assert(fc.property(fc.ipV6(), (address) => void expect(addressKey(address)).toMatch(/^([0-9a-f]{1,4}:){3}[0-9a-f]{1,4}$|^[\d.]+$/)))
    fc.assert(fc.property(fc.ipV4(), (address) => void expect(addressKey(`::ffff:${address}`)).toBe(addressKey(address))))
  })
})

describe('memory', () => {
  it('is bounded in a flood, and the flood washes away neither who hammers on nor who waits for it', () => {
    const { admit, size } = start({ perVisitorPerHour: 3 })
    // More of them than are looked at when one must go: that they use all they can does not save these, only that they keep coming.
    const hammering = Array.from({ length: 50 }, (_, n) => `hammering ${n}`)
    for (const abuser of [...hammering, 'waiting']) for (let n = 0; n < 3; n += 1) admit('message', abuser, `203.0.113.${n}`)
    for (let n = 0; n < 3 * MOST_KEPT; n += 1) {
      expect(admit('message', `visitor ${n}`, `2001:db8:${Math.floor(n / 60_000)}:${n.toString(16)}::1`).ok).toBe(true)
      if (n % 1_000 === 0) for (const abuser of hammering) expect(admit('message', abuser, '198.51.100.9').ok).toBe(false)
    }
    expect(size()).toEqual({ visitors: MOST_KEPT, addresses: MOST_KEPT })
    expect(admit('message', 'waiting', '198.51.100.9')).toMatchObject({ code: 'visitor' })
  })

  it('holds nothing of those who were refused', () => {
    const { admit, size } = start({ globalPerSecond: 1 })
    for (let n = 0; n < 100; n += 1) admit('message', `visitor ${n}`, `192.0.2.${n}`)
    expect(size()).toEqual({ visitors: 1, addresses: 1 })
  })
})

describe('a clock that jumps', () => {
  it('backwards gives nothing and stops nobody longer', () => {
    const { clock, admit } = start({ perVisitorPerMinute: 1 })
    const ask = () => admit('message', 'an', '192.0.2.1')
    expect(ask().ok).toBe(true)
    clock.now -= 10 * 365 * 86_400_000
    expect(ask()).toEqual({ ok: false, code: 'visitor', retryAfterSeconds: 60 })
    clock.now += 59_999
    expect(ask().ok).toBe(false)
    clock.now += 1
    expect(ask().ok).toBe(true)
  })

  it.each([Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])('to %s for a while does no harm that lasts', (nonsense) => {
    const { clock, admit } = start({ perVisitorPerMinute: 1 })
    const ask = () => admit('message', 'an', '192.0.2.1')
    const good = clock.now
    ask()
    clock.now = nonsense
    ask()
    clock.now = good
    ask()
    clock.now = good + 60_000
    expect(ask().ok).toBe(true)
    expect(ask().ok).toBe(false)
  })
})

describe('against a naive model', () => {
  const TIGHT: Limits = { perVisitorPerMinute: 3, perVisitorPerHour: 7, perAddressPerMinute: 4, globalPerSecond: 2, sessionsPerAddressPerHour: 2 }
  const step = fc.record({
    ms: fc.oneof(
      { weight: 6, arbitrary: fc.integer({ min: 0, max: 900 }) },
      { weight: 2, arbitrary: fc.integer({ min: -20_000, max: 20_000 }) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 4_000_000 }) },
    ),
    kind: fc.constantFrom<RequestKind>('message', 'session', 'attachment', 'ask'),
    visitor: fc.constantFrom('an', 'ba', undefined),
    address: fc.constantFrom('192.0.2.1', '::ffff:192.0.2.1', '2001:db8::1', 'x'),
  })

  /** Every bucket is worked out anew from all that was admitted: tokens as fractions of the limit, no state kept. */
  function model(limits: Limits) {
    const admitted: { at: number; keys: string[] }[] = []
    let at = 0
    const tokens = (key: string, [limit, window]: [number, number]) => {
      let left = BigInt(limit * window)
      let last = 0
      for (const event of [...admitted.filter(({ keys }) => keys.includes(key)), { at, keys: [] }]) {
        left += BigInt((event.at - last) * limit)
        if (left > BigInt(limit * window)) left = BigInt(limit * window)
        last = event.at
        if (event.keys.length > 0) left -= BigInt(window)
      }
      return left
    }
    return (ms: number, kind: RequestKind, visitor: string | undefined, address: string) => {
      at += Math.max(0, ms)
      const from = address.replace('::ffff:', '')
      const buckets: [key: string, code: string, size: [number, number]][] = [
        [`minute of visitor ${visitor}`, 'visitor', [limits.perVisitorPerMinute, 60_000]],
        [`hour of visitor ${visitor}`, 'visitor', [limits.perVisitorPerHour, 3_600_000]],
        [`minute of ${from}`, 'address', [limits.perAddressPerMinute, 60_000]],
        [`sessions of ${from}`, 'address', [limits.sessionsPerAddressPerHour, 3_600_000]],
        ['global', 'global', [limits.globalPerSecond, 1_000]],
      ]
      const asked = buckets.filter(
        ([key]) =>
          !(key.includes('of visitor') && visitor === undefined) && !(key.startsWith('sessions') && (kind !== 'session' || visitor !== undefined)),
      )
      const empty = asked.find(([key, , size]) => tokens(key, size) < BigInt(size[1]))
      if (!empty) admitted.push({ at, keys: asked.map(([key]) => key) })
      return empty?.[1] ?? 'ok'
    }
  }

  it('decides the same, whatever the clock and the requests', () => {
    const seen = new Set<string>()
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 80 }), (steps) => {
        const { clock, admit } = start(TIGHT)
        const expected = model(TIGHT)
        for (const { ms, kind, visitor, address } of steps) {
          clock.now += ms
          const admission = admit(kind, visitor, address)
          const outcome = admission.ok ? 'ok' : admission.code
          seen.add(outcome)
          // The limiter caps a forward jump at an hour, after which every bucket is unused anyway: the model need not know.
          expect(outcome).toBe(expected(ms, kind, visitor, address))
        }
      }),
      { numRuns: 300 },
    )
    expect([...seen].sort()).toEqual(['address', 'global', 'ok', 'visitor'])
  })

  it('lets through whoever waits as long as told, and nobody a second earlier', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 60 }), (steps) => {
        const { clock, admit } = start(TIGHT)
        for (const { ms, kind, visitor, address } of steps) {
          clock.now += ms
          const first = admit(kind, visitor, address)
          if (first.ok) continue
          expect(first.retryAfterSeconds).toBeGreaterThanOrEqual(1)
          clock.now += (first.retryAfterSeconds - 1) * 1_000
          if (first.retryAfterSeconds > 1) expect(admit(kind, visitor, address).ok).toBe(false)
          clock.now += 1_000
          expect(admit(kind, visitor, address).ok).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })
})

describe('wording', () => {
  it.each<LimitCode>(['visitor', 'address', 'global'])('for %s says how long and ends with the hotline', (code) => {
    expect(waitPlease(code, 12)).toMatch(/^\p{Lu}.* 12 giây .*tổng đài quốc gia 1800\.6838 \(miễn phí\)\.$/u)
    expect(waitPlease(code, 91)).toContain('khoảng 2 phút')
  })
})
