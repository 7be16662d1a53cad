import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type RawEvent, sseReader } from '../../../adapters/web-chat/element/sse.ts'

function read(...pieces: string[]): { events: RawEvent[]; comments: string[] } {
  const events: RawEvent[] = []
  const comments: string[] = []
  const take = sseReader({ event: (event) => events.push(event), comment: (text) => comments.push(text) })
  for (const piece of pieces) take(piece)
  return { events, comments }
}

const STREAM =
  'retry: 2000\n\n: beat\n\nid: 7\nevent: message\ndata: {"text":"chào: bạn"}\n\nevent: typing\r\ndata: {}\r\n\r\n:\n\nid: 8\nevent: owner\ndata: a\ndata: b\n\n'
const EVENTS = [
  { name: 'message', data: '{"text":"chào: bạn"}', number: 7 },
  { name: 'typing', data: '{}', number: 0 },
  { name: 'owner', data: 'a\nb', number: 8 },
]

describe('the stream', () => {
  it('is read event by event', () => expect(read(STREAM)).toEqual({ events: EVENTS, comments: ['beat', ''] }))

  it('may be cut anywhere', () =>
    fc.assert(
      fc.property(fc.array(fc.nat(STREAM.length), { maxLength: 8 }), (cuts) => {
        const at = [0, ...cuts.sort((a, b) => a - b), STREAM.length]
        expect(read(...at.slice(1).map((end, index) => STREAM.slice(at[index], end))).events).toEqual(EVENTS)
      }),
    ))

  it('keeps nothing of an event that was not finished', () => expect(read('id: 1\nevent: message\ndata: {}\n').events).toEqual([]))
  it('takes no number that is none', () => expect(read('id: x\ndata: {}\n\n').events).toEqual([{ name: 'message', data: '{}', number: 0 }]))
})
