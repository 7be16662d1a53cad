import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { timestampIn, verify } from '../../../adapters/zalo-oa/signature.ts'
import { hasFixture, readFixture, thereAreFixtures } from './open.ts'

const APP = '1234567890123456789'
const KEY = 'oa_secret_key_fixture_only'

interface Vector {
  readonly file: string
  readonly app_id: string
  readonly oa_secret_key: string
  readonly sha256_hex: string
}

const vectors: readonly Vector[] = thereAreFixtures ? JSON.parse(readFixture('zalo-oa/signature-vectors.json').toString()).vectors : []
const withBody = vectors.filter(({ file }) => hasFixture(file))

/** Three of the published signatures whose bodies are not among the files. */
const WRITTEN_OUT = [
  [
    `{"app_id":"${APP}","oa_id":"4321098765432109876","user_id":"8899776655443322110","user_id_by_app":"3611371994410983884","event_name":"user_withdraw","timestamp":"1759500000000"}`,
    'user_withdraw',
  ],
  [
    `{"app_id":"${APP}","sender":{"id":"8899776655443322110"},"user_id_by_app":"3611371994410983884","recipient":{"id":"4321098765432109876"},"event_name":"user_send_audio","message":{"msg_id":"m-aud-1","attachments":[{"payload":{"url":"https://example.com/a.amr"},"type":"audio"}]},"timestamp":"1759500000000"}`,
    'user_send_audio',
  ],
  [
    `{"app_id":"${APP}","sender":{"id":"8899776655443322110"},"user_id_by_app":"3611371994410983884","recipient":{"id":"4321098765432109876"},"event_name":"user_reacted_message","message":{"msg_id":"63ecf43f0df7dba892e6","react_icon":"/-heart"},"timestamp":"1759500000000"}`,
    'user_reacted_message',
  ],
] as const

const BODY = Buffer.from(`{"app_id":"${APP}","event_name":"user_send_text","message":{"text":"Chào","timestamp":"1"},"timestamp":"1759500000000"}`)
const macOf = (raw: Buffer | string, timestamp: string, app = APP, key = KEY) =>
  createHash('sha256').update(app).update(raw).update(timestamp).update(key).digest('hex')
const MAC = macOf(BODY, '1759500000000')
const holds = (raw: Buffer, header: unknown) => verify(raw, header, APP, KEY)

describe.skipIf(!thereAreFixtures)('the published signatures (needs ../shared/channel-fixtures)', () => {
  it('are there', () => {
    expect(withBody.length).toBeGreaterThan(10)
  })

  it.each(withBody.map((vector) => [vector.file, vector] as const))('%s holds by its exact bytes', (file, { app_id, oa_secret_key, sha256_hex }) => {
    const raw = readFixture(file)
    expect(verify(raw, `mac=${sha256_hex}`, app_id, oa_secret_key)).toBe(true)
    expect(verify(raw, sha256_hex, app_id, oa_secret_key)).toBe(true)
    expect(verify(Buffer.from(JSON.stringify(JSON.parse(raw.toString()), null, 1)), sha256_hex, app_id, oa_secret_key)).toBe(false)
  })

  it.each(WRITTEN_OUT)('%s holds', (body, event) => {
    const mac = vectors.find(({ file }) => file.includes(`.${event}.`))?.sha256_hex
    expect(verify(Buffer.from(body), mac, APP, KEY)).toBe(true)
  })
})

describe('a signature', () => {
  it.each([MAC, `mac=${MAC}`, `MAC=${MAC.toUpperCase()}`, ` mac = ${MAC} `])('is taken as %s', (header) => {
    expect(holds(BODY, header)).toBe(true)
  })

  it.each([undefined, '', 'mac=', MAC.slice(1), `${MAC}0`, `sha256=${MAC}`, [MAC], 7, null])('is refused as %s', (header) => {
    expect(holds(BODY, header)).toBe(false)
  })

  it('is refused when any byte is another', () => {
    fc.assert(
      fc.property(fc.nat(BODY.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const other = Buffer.from(BODY)
        other[at] = (other[at] ?? 0) ^ change
        expect(holds(other, MAC)).toBe(false)
      }),
    )
  })

  it('is refused with the key or the app of another', () => {
    expect(verify(BODY, MAC, APP, `${KEY}x`)).toBe(false)
    expect(verify(BODY, MAC, `${APP}0`, KEY)).toBe(false)
  })

  it('needs the time that stands outermost, as it is written', () => {
    expect(holds(BODY, macOf(BODY, '1'))).toBe(false)
    for (const [written, signed] of [
      ['1759500000000', '1759500000000'],
      ['1.7595e12', '1.7595e12'],
      ['"1759500000000"', '1759500000000'],
      ['"0x1"', '0x1'],
    ]) {
      const raw = Buffer.from(`{"timestamp" : ${written} , "message":{"timestamp":2}}`)
      expect(holds(raw, macOf(raw, signed ?? ''))).toBe(true)
    }
  })

  it('of what is no event is over the bytes alone', () => {
    for (const raw of [
      'not json',
      '[]',
      '"timestamp"',
      '{"a":{"timestamp":1}}',
      '{"timestamp":null}',
      '{"timestamp":["5"]}',
      '{"timestamp":{"x":"5"}}',
    ].map((text) => Buffer.from(text))) {
      expect(timestampIn(raw)).toBe('')
      expect(holds(raw, macOf(raw, ''))).toBe(true)
      expect(holds(raw, macOf(raw, '1'))).toBe(false)
    }
  })

  it('is looked for wherever the time stands, and the last one counts', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(), fc.dictionary(fc.string(), fc.jsonValue()), (before, time, after) => {
        const whole = { ...before, timestamp: String(time), ...after }
        const raw = JSON.stringify(whole)
        if (typeof whole.timestamp === 'string') expect(timestampIn(Buffer.from(raw))).toBe(whole.timestamp)
      }),
    )
    expect(timestampIn(Buffer.from('{"timestamp":"1","time\\u0073tamp":"2"}'))).toBe('2')
  })

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.anything(), (bytes, header) => {
        expect(holds(Buffer.from(bytes), header)).toBe(false)
      }),
    )
    const deep = Buffer.from(`{"timestamp":${'['.repeat(100_000)}${']'.repeat(100_000)}}`)
    expect(holds(deep, macOf(deep, ''))).toBe(true)
  })
})
