/** The stream itself, over rows in memory; and over a socket where the client does not read. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { connect, type Socket } from 'node:net'
import type { Readable } from 'node:stream'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { StoredEvent } from '../../../adapters/storage/web-event-store.ts'
import { Hub } from '../../../adapters/web-chat/hub.ts'
import { openStream, type StreamSource } from '../../../adapters/web-chat/stream.ts'
import { conversationOf, type Frame, frameOf, type Guest, gone, guest, type House, numbered, openHouse, tell } from './open.ts'

const opened: Readable[] = []
afterEach(() => {
  vi.useRealTimers()
  for (const stream of opened.splice(0)) stream.destroy()
})

const event = (number: number, data = `{"n":${number}}`): StoredEvent => ({ number, key: `k${number}`, type: 'message', data, at: 0 })

/** A stream over rows that the test adds to. */
function start(rows: StoredEvent[], from = 0, holds: () => boolean = () => true) {
  const hub = new Hub()
  const reads: number[] = []
  const source: StreamSource = {
    hub,
    holds,
    after: async (_visitor, number, limit) => {
      reads.push(number)
      return rows.filter((row) => row.number > number).slice(0, limit)
    },
  }
  const stream = openStream(source, 'v', from)
  opened.push(stream)
  return { hub, reads, stream, rows }
}

/** Reads frames until `enough`; what comes after stays in the stream. */
async function take(stream: Readable, enough: (frames: readonly Frame[]) => boolean): Promise<readonly Frame[]> {
  const frames: Frame[] = []
  while (!enough(frames)) {
    const part = stream.read() as Buffer | null
    if (part) frames.push(...part.toString().split('\n\n').slice(0, -1).map(frameOf))
    else if (stream.readableEnded) throw new Error('ended')
    else await moved(stream)
  }
  return frames
}
/** Resolves when there is more to read, or nothing any more. */
async function moved(stream: Readable): Promise<void> {
  const heard = new AbortController()
  const { signal } = heard
  await Promise.race([once(stream, 'readable', { signal }), once(stream, 'end', { signal })])
  heard.abort()
}

const idsOf = (frames: readonly Frame[]) => numbered(frames).map((frame) => frame.id)
const caughtUp = (frames: readonly Frame[]) => frames.at(-1)?.comment === true
const until = (least: number) => (frames: readonly Frame[]) => numbered(frames).length >= least

describe('a stream', () => {
  it('shows what is there, in order, also more than is read at once', async () => {
    const { stream, reads } = start(Array.from({ length: 250 }, (_, i) => event(i + 1)))
    expect(idsOf(await take(stream, until(250)))).toEqual(Array.from({ length: 250 }, (_, i) => i + 1))
    expect(reads.slice(0, 3)).toEqual([0, 100, 200])
  })

  it('says when what was there is over, once', async () => {
    const { stream, hub, rows } = start([event(1)])
    expect(await take(stream, caughtUp)).toEqual([{}, { id: 1, event: 'message', data: { n: 1 } }, { comment: true }])
    rows.push(event(2))
    hub.wake('v')
    expect(await take(stream, until(1))).toEqual([{ id: 2, event: 'message', data: { n: 2 } }])
  })

  it('goes on after the number that is known', async () => {
    const { stream } = start(
      [1, 2, 3].map((number) => event(number)),
      2,
    )
    expect(idsOf(await take(stream, until(1)))).toEqual([3])
  })

  it('shows what comes once it is woken, and loses no wake that comes while it reads', async () => {
    const { stream, hub, rows } = start([event(1)])
    await take(stream, until(1))
    rows.push(event(2))
    hub.wake('v')
    hub.wake('v')
    expect(idsOf(await take(stream, until(1)))).toEqual([2])
    rows.push(event(3))
    hub.wake('v')
    expect(idsOf(await take(stream, until(1)))).toEqual([3])
  })

  it('keeps words with line breaks in one line', async () => {
    const { stream } = start([event(1, JSON.stringify({ text: 'một\n\nhai\r\nid: 9\n\n' }))])
    const [frame] = numbered(await take(stream, until(1)))
    expect(frame).toEqual({ id: 1, event: 'message', data: { text: 'một\n\nhai\r\nid: 9\n\n' } })
  })

  it('says that somebody types, without a number', async () => {
    const { stream, hub } = start([])
    await take(stream, caughtUp)
    hub.typing('v', { author: 'assistant', on: true })
    hub.typing('v', { author: 'assistant', on: false })
    expect(await take(stream, (frames) => frames.length === 2)).toEqual([
      { event: 'typing', data: { author: 'assistant', on: true } },
      { event: 'typing', data: { author: 'assistant', on: false } },
    ])
  })

  it('says something every fifteen seconds, and reads again: a wake that was missed costs no more', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
    const { stream, rows } = start([])
    await take(stream, caughtUp)
    rows.push(event(1))
    await vi.advanceTimersByTimeAsync(14_999)
    expect(stream.read()).toBeNull()
    await vi.advanceTimersByTimeAsync(1)
    expect(await take(stream, until(1))).toEqual([{ comment: true }, { id: 1, event: 'message', data: { n: 1 } }])
  })

  it('of a client that does not read takes no more rows than fit', async () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => event(i + 1, JSON.stringify('x'.repeat(2_000))))
    const { stream, reads, hub } = start(rows)
    stream.read(0)
    for (let i = 0; i < 50; i++) hub.wake('v')
    await new Promise((resolve) => setImmediate(resolve))
    expect(reads).toEqual([0])
    expect(stream.readableLength).toBeLessThan(100_000)
    expect(idsOf(await take(stream, until(5_000)))).toHaveLength(5_000)
  })

  it('ends when what it rests on holds no more', async () => {
    let holds = true
    const { stream, hub } = start([], 0, () => holds)
    await take(stream, (frames) => frames.length > 0)
    holds = false
    hub.wake('v')
    stream.on('readable', () => stream.read())
    await once(stream, 'close')
    expect(stream.readableEnded).toBe(true)
    expect(hub.size).toBe(0)
  })

  it('ends when told to', async () => {
    const { stream, hub } = start([])
    await take(stream, caughtUp)
    hub.end('v')
    stream.on('readable', () => stream.read())
    await once(stream, 'close')
    expect([stream.readableEnded, hub.size]).toEqual([true, 0])
  })

  it('is forgotten at once when its client goes, not at the next heartbeat', async () => {
    // The heartbeat never comes.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const { stream, hub } = start([])
    await take(stream, caughtUp)
    stream.read(0)
    await new Promise((resolve) => setImmediate(resolve))
    stream.destroy()
    await once(stream, 'close')
    expect(hub.size).toBe(0)
  })

  it('that cannot be read ends with the fault', async () => {
    const hub = new Hub()
    const stream = openStream({ hub, holds: () => true, after: () => Promise.reject(new Error('disk')) }, 'v', 0)
    stream.resume()
    const [error] = await once(stream, 'error')
    expect((error as Error).message).toBe('disk')
    expect(hub.size).toBe(0)
  })
})

describe('a client that does not read', () => {
  /** More than the system keeps for a socket. */
  async function long(house: House): Promise<Guest> {
    const visitor = await guest(house)
    await tell(house, visitor, 'một')
    const conversation = await conversationOf(house, visitor)
    const data = JSON.stringify({ text: 'x'.repeat(100_000) })
    await house.store.write(async (tx) => {
      for (let number = 2; number <= 150; number++)
        await tx
          .insertInto('web_event')
          .values({ conversation_id: conversation, number, key: `k${number}`, type: 'message', data, at: 0 })
          .execute()
    })
    return visitor
  }

  /** Asks for the stream, reads its beginning, and then nothing. */
  async function stalled(house: House, { token }: Guest): Promise<Socket> {
    const socket = connect((house.app.server.address() as AddressInfo).port, '127.0.0.1')
    socket.write(`GET /api/chat/events HTTP/1.1\r\nhost: a\r\nauthorization: Bearer ${token}\r\n\r\n`)
    await once(socket, 'readable')
    return socket
  }

  it('does not keep the server from stopping', async () => {
    const house = await openHouse()
    const socket = await stalled(house, await long(house))
    await house.app.close()
    await gone(house)
    socket.destroy()
  })

  it('is cut off when its stream is ended, and forgotten', async () => {
    const house = await openHouse()
    const visitor = await long(house)
    const socket = await stalled(house, visitor)
    expect(house.hub.size).toBe(1)
    house.hub.end(visitor.name)
    await gone(house)
    socket.destroy()
  })
})
