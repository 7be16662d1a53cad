import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Heard, Live, SHOWN_AFTER_MS, type Source } from '../../../adapters/console/app/live.ts'

const [CONNECTING, OPEN, CLOSED] = [0, 1, 2]

/** A line of which the test decides everything. */
class Line implements Source {
  readyState = CONNECTING
  onopen: Source['onopen'] = null
  onmessage: Source['onmessage'] = null
  onerror: Source['onerror'] = null
  closed = false
  close(): void {
    this.closed = true
  }
  opens(): void {
    this.readyState = OPEN
    this.onopen?.(new Event('open'))
  }
  says(data: object): void {
    this.onmessage?.(new MessageEvent('message', { data: JSON.stringify(data) }))
  }
  breaks(readyState = CONNECTING): void {
    this.readyState = readyState
    this.onerror?.(new Event('error'))
  }
}

function begin() {
  const lines: Line[] = []
  const heard: Heard[] = []
  const lost: boolean[] = []
  const refused = vi.fn()
  const open = () => {
    const line = new Line()
    lines.push(line)
    return line
  }
  const live = new Live({ open, refused })
  live.hear((one) => void heard.push(one))
  live.watch((one) => void lost.push(one))
  live.start()
  return { live, lines, heard, lost, refused, line: () => lines.at(-1) ?? new Line() }
}

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

describe('the line to the server', () => {
  it('passes on what it hears', () => {
    const { line, heard } = begin()
    line().opens()
    line().says({ kind: 'queue' })
    expect(heard).toEqual([{ kind: 'queue' }])
  })

  it('says nothing of a short break, and has everything fetched again after it', async () => {
    const { line, heard, lost } = begin()
    line().opens()
    line().breaks()
    await vi.advanceTimersByTimeAsync(SHOWN_AFTER_MS - 1)
    line().opens()
    await vi.advanceTimersByTimeAsync(60_000)
    expect([lost.filter(Boolean), heard]).toEqual([[], [{ kind: 'everything' }]])
  })

  it('says when a break lasts, once, and when it is over', async () => {
    const { line, lost } = begin()
    line().opens()
    line().breaks()
    line().breaks()
    await vi.advanceTimersByTimeAsync(SHOWN_AFTER_MS)
    line().breaks()
    await vi.advanceTimersByTimeAsync(SHOWN_AFTER_MS)
    expect(lost).toEqual([true])
    line().opens()
    expect(lost).toEqual([true, false])
  })

  it('tries again by itself where the server refused it, more and more seldom, and asks whether anybody is signed in', async () => {
    const { line, lines, refused } = begin()
    const waits: number[] = []
    for (let attempt = 0; attempt < 6; attempt++) {
      line().breaks(CLOSED)
      const before = lines.length
      let waited = 0
      while (lines.length === before) {
        await vi.advanceTimersByTimeAsync(500)
        waited += 500
      }
      waits.push(waited)
    }
    expect([waits, refused.mock.calls.length]).toEqual([[1_000, 3_000, 10_000, 30_000, 30_000, 30_000], 6])
  })

  it('is quiet once stopped', async () => {
    const { live, line, lines, lost } = begin()
    line().breaks(CLOSED)
    live.stop()
    await vi.advanceTimersByTimeAsync(120_000)
    expect([lines.length, line().closed, lost]).toEqual([1, true, []])
  })

  it('no longer tells who has gone', () => {
    const { live, line, heard } = begin()
    const later: Heard[] = []
    live.hear((one) => void later.push(one))()
    line().says({ kind: 'queue' })
    expect([heard.length, later.length]).toEqual([1, 0])
  })
})
