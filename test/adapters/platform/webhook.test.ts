/** The door of a platform over real HTTP: what is let in, in which order it is looked at, and what is answered. */
import { createHash } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { buildServer, type RequestEvent } from '../../../adapters/http/server.ts'
import type { Inbound, Reading, Taken } from '../../../adapters/platform/inbound.ts'
import { type Door, type DoorParts, platformDoor } from '../../../adapters/platform/webhook.ts'
import type { Arrival } from '../../../bot/delivery/message.ts'

const NOW = Date.UTC(2026, 10, 26, 3)
const SECRET = 'chu-ky-bi-mat'
const WORDS = 'so-cua-toi-la-0987654321'
const arrival: Arrival = {
  ...{ channel: 'telegram', externalId: 'e1', address: 'a', person: 'telegram:p', receivedAt: NOW },
  content: { kind: 'text', text: 'alo', masked: false },
}

let open: FastifyInstance | undefined
afterEach(async () => {
  await open?.close()
  open = undefined
})

interface Given {
  readonly accept?: DoorParts['accept']
  readonly inbound?: Inbound
  readonly read?: Door['read']
  readonly taken?: Door['taken']
}

/** The door, open on a port of its own, with a record of everything that reached it. */
async function openDoor({ accept, inbound = { kind: 'arrival', arrival }, read, taken }: Given = {}) {
  const seen: Buffer[] = []
  const bodies: unknown[] = []
  const readings: Reading[] = []
  const accepted: Arrival[] = []
  const ignored: string[] = []
  const told: [unknown, Taken][] = []
  const log: RequestEvent[] = []
  const faults: unknown[] = []
  const door: Door = {
    ...{ channel: 'telegram', path: '/webhooks/telegram' },
    verify: (raw, headers) => {
      seen.push(Buffer.from(raw))
      return headers['x-secret'] === SECRET
    },
    read: (body, reading) => {
      bodies.push(body)
      readings.push(reading)
      return read ? read(body, reading) : inbound
    },
    taken: (body, what) => {
      told.push([body, what])
      taken?.(body, what)
    },
  }
  const parts: DoorParts = {
    accept: async (one) => {
      accepted.push(one)
      return accept ? accept(one) : { status: 'new', conversation: 'c' }
    },
    wordsOf: async () => undefined,
    withdraw: async () => undefined,
    hasRoom: () => true,
    ignored: (channel, reason) => void ignored.push(`${channel} ${reason}`),
    clock: () => NOW,
    pseudonym: (channel, id) => `${channel}/${id}`,
  }
  const app = buildServer({
    ready: () => ({ ok: true }),
    metrics: async () => '',
    plugins: [platformDoor(door, parts)],
    log: (event) => void log.push(event),
    fault: (error) => void faults.push(error),
  })
  open = app
  await app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = app.server.address() as AddressInfo
  const post = async (
    body: string | Uint8Array<ArrayBuffer> | undefined,
    headers: Record<string, string> = { 'content-type': 'application/json', 'x-secret': SECRET },
  ) => {
    const response = await fetch(`http://127.0.0.1:${port}/webhooks/telegram`, { method: 'POST', headers, ...(body === undefined ? {} : { body }) })
    return { status: response.status, text: await response.text(), headers: response.headers }
  }
  return { port, post, seen, bodies, readings, accepted, ignored, told, log, faults }
}

const json = (value: unknown) => JSON.stringify(value)
const signed = { 'x-secret': SECRET }

describe('an event', () => {
  it('is verified, read, written down and answered with an empty 200', async () => {
    const door = await openDoor()
    const answer = await door.post(json({ update_id: 1 }))
    expect([answer.status, answer.text, answer.headers.get('cache-control')]).toEqual([200, '', 'no-store'])
    expect([door.bodies, door.accepted, door.told]).toEqual([[{ update_id: 1 }], [arrival], [[{ update_id: 1 }, 'new']]])
    expect(door.log).toMatchObject([{ route: '/webhooks/telegram', status: 200, outcome: 'new' }])
  })

  it('is read with the clock and the pseudonyms of its own channel', async () => {
    const door = await openDoor()
    await door.post(json({}))
    expect([door.readings[0]?.receivedAt, door.readings[0]?.pseudonym('7')]).toEqual([NOW, 'telegram/7'])
  })

  it.each([
    ['spaces, escapes and a foreign order of keys', Buffer.from('{ "b" :\t1,\r\n "a":"\\u0111"  }\n')],
    ['letters of several bytes', Buffer.from(json({ text: 'Đổi trả 👨‍👩‍👧‍👦' }))],
    ['a mark of byte order', Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from('{}')])],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00, 0x80])],
    ['much', Buffer.from(json({ text: 'ă'.repeat(100_000) }))],
  ])('reaches the signature byte by byte: %s', async (_what, bytes) => {
    const door = await openDoor()
    await door.post(new Uint8Array(bytes))
    const hash = (data: Buffer) => createHash('sha256').update(data).digest('hex')
    expect(door.seen.map(hash)).toEqual([hash(bytes)])
  })

  it.each([
    ['application/json'],
    ['application/json; charset=utf-8'],
    ['text/plain'],
    ['application/x-www-form-urlencoded'],
    ['application/octet-stream'],
    ['image/png'],
  ])('is taken under whatever name the platform gives its content: %s', async (type) => {
    const door = await openDoor()
    expect((await door.post(json({ a: 1 }), { 'content-type': type, ...signed })).status).toBe(200)
    expect([door.bodies, door.seen.map(String)]).toEqual([[{ a: 1 }], ['{"a":1}']])
  })

  it('is taken also where its content has no name, and where it comes in pieces', async () => {
    const door = await openDoor()
    const said = (head: string, body: string) =>
      new Promise<string>((resolve, reject) => {
        const socket = connect(door.port, '127.0.0.1', () =>
          socket.write(`POST /webhooks/telegram HTTP/1.1\r\nhost: x\r\nx-secret: ${SECRET}\r\nconnection: close\r\n${head}\r\n\r\n${body}`),
        )
        let text = ''
        socket.on('data', (data) => (text += data))
        socket.on('end', () => resolve(text.split('\r\n')[0] ?? ''))
        socket.on('error', reject)
      })
    expect(await said('content-length: 7', '{"a":1}')).toBe('HTTP/1.1 200 OK')
    expect(await said('transfer-encoding: chunked', '3\r\n{"a\r\n4\r\n":2}\r\n0\r\n\r\n')).toBe('HTTP/1.1 200 OK')
    expect(door.bodies).toEqual([{ a: 1 }, { a: 2 }])
  })

  it('that is no event of ours is a 200 too, counted by its reason', async () => {
    const door = await openDoor({ inbound: { kind: 'ignored', reason: 'unknown_event' } })
    expect((await door.post(json({ strange: true }))).status).toBe(200)
    expect([door.ignored, door.log.map(({ outcome }) => outcome)]).toEqual([['telegram unknown_event'], ['unknown_event']])
  })

  it.each(['null', '1', '"x"', '[]', '{"__proto__":{"a":1}}'])('may be any JSON: %s', async (body) => {
    const door = await openDoor()
    expect((await door.post(body)).status).toBe(200)
    expect(door.bodies).toHaveLength(1)
  })

  it.each(['repeated', 'conflict', 'erased'] as const)('that was %s is a 200: it would be the same the next time', async (status) => {
    const door = await openDoor({ accept: async () => ({ status, conversation: '' }) })
    expect((await door.post(json({}))).status).toBe(200)
    expect(door.told.map(([, what]) => what)).toEqual([status])
  })
})

describe('who is not the platform', () => {
  it('is refused before a word of it is read', async () => {
    const door = await openDoor()
    for (const body of [json({ update_id: 1 }), 'no json', new Uint8Array([0xff]), ' ']) {
      const answer = await door.post(body, { 'content-type': 'application/json', 'x-secret': 'x' })
      expect([answer.status, answer.text]).toEqual([401, ''])
    }
    expect([door.bodies, door.accepted, door.seen.length]).toEqual([[], [], 4])
    expect(door.log.every(({ outcome }) => outcome === 'secret_wrong')).toBe(true)
  })

  it('finds no other door: only POST, only this address', async () => {
    const door = await openDoor()
    for (const [method, path] of [
      ['GET', '/webhooks/telegram'],
      ['PUT', '/webhooks/telegram'],
      ['POST', '/webhooks/other'],
      ['POST', '/webhooks/telegram/x'],
    ] as const)
      expect(
        (await fetch(`http://127.0.0.1:${door.port}${path}`, { method, headers: signed, ...(method === 'GET' ? {} : { body: '{}' }) })).status,
      ).toBe(404)
    expect(door.accepted).toEqual([])
  })
})

describe('what is no event', () => {
  it('and too large is refused before it is looked at', async () => {
    const door = await openDoor()
    expect((await door.post('x'.repeat(256 * 1024 + 1))).status).toBe(413)
    expect([door.seen, door.accepted]).toEqual([[], []])
    expect((await door.post(json('x'.repeat(256 * 1024 - 2)))).status).toBe(200)
  })

  it.each([
    ['no JSON', 'update_id=1'],
    ['half of a JSON', '{"a":'],
    ['two of them', '{}{}'],
    ['no UTF-8', new Uint8Array([0x22, 0xff, 0xfe, 0x22])],
    ['half of a letter', new Uint8Array([0x22, 0xc4, 0x22])],
    ['white space', ' \n'],
  ])('is a 400: %s', async (_what, body) => {
    const door = await openDoor()
    const answer = await door.post(body)
    expect([answer.status, answer.text, door.bodies]).toEqual([400, '', []])
  })

  it('nests as deep as it likes and ends nothing', async () => {
    const door = await openDoor()
    expect([200, 400]).toContain((await door.post(`${'['.repeat(120_000)}${']'.repeat(120_000)}`)).status)
    expect((await door.post(json({}))).status).toBe(200)
  })
})

describe('an empty probe', () => {
  it('is a 200 without a secret, with or without a content type, and reaches nobody', async () => {
    const door = await openDoor()
    for (const headers of [{}, { 'content-type': 'application/json' }, { 'content-type': 'text/plain' }] as Record<string, string>[])
      expect((await door.post(undefined, headers)).status).toBe(200)
    expect((await door.post('', { 'content-type': 'application/json' })).status).toBe(200)
    expect([door.seen, door.bodies, door.accepted]).toEqual([[], [], []])
    expect(door.log.map(({ outcome }) => outcome)).toEqual(['probe', 'probe', 'probe', 'probe'])
  })
})

describe('what cannot be written down', () => {
  it('is a 503, so that the platform comes again, and is not told as taken', async () => {
    const door = await openDoor({ accept: () => Promise.reject(new Error(`disk is full ${WORDS}`)) })
    const answer = await door.post(json({ text: WORDS }))
    expect([answer.status, answer.text, answer.headers.get('retry-after')]).toEqual([503, '', '5'])
    expect([door.told, door.log.map(({ outcome }) => outcome)]).toEqual([[], ['not_kept']])
  })

  it('keeps the platform waiting until it is on disk: no yes in advance', async () => {
    let done = () => undefined as unknown
    const door = await openDoor({ accept: () => new Promise((resolve) => (done = () => resolve({ status: 'new', conversation: 'c' }))) })
    let answered = false
    const answer = door.post(json({})).then((response) => {
      answered = true
      return response.status
    })
    while (door.accepted.length === 0) await new Promise((resolve) => setImmediate(resolve))
    for (let i = 0; i < 50; i++) await new Promise((resolve) => setImmediate(resolve))
    expect(answered).toBe(false)
    done()
    expect(await answer).toBe(200)
  })
})

describe('what goes wrong on our side', () => {
  it('while reading is no yes, and says nothing of the event', async () => {
    const door = await openDoor({
      read: () => {
        throw new Error('unexpected')
      },
    })
    const answer = await door.post(json({ text: WORDS }))
    expect(answer.status).toBeGreaterThanOrEqual(500)
    expect([answer.text.includes(WORDS), door.accepted]).toEqual([false, []])
  })

  it('after it is on disk does not bring the event again', async () => {
    const door = await openDoor({
      taken: () => {
        throw new Error('unexpected')
      },
    })
    expect((await door.post(json({}))).status).toBe(200)
  })
})

describe('the log', () => {
  it('holds no body, no address and no secret, whatever became of the event', async () => {
    for (const given of [{}, { accept: () => Promise.reject(new Error('x')) }, { inbound: { kind: 'ignored', reason: 'malformed' } }] as Given[]) {
      const door = await openDoor(given)
      await door.post(json({ text: WORDS }))
      await door.post(`${WORDS}{`)
      await door.post(json({ text: WORDS }), { 'content-type': 'application/json', 'x-secret': WORDS })
      await door.post(WORDS.repeat(20_000))
      expect(JSON.stringify([door.log, door.faults])).not.toMatch(new RegExp(`${WORDS}|${SECRET}|127\\.0\\.0\\.1`))
      expect(door.log.map((event) => Object.keys(event).sort().join())).toEqual(door.log.map(() => 'ms,outcome,route,status'))
      await open?.close()
      open = undefined
    }
  })
})
