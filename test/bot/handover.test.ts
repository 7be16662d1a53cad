/** When a case is tried again, what an answer means, and the loop that does it; the storage and the ways are stand-ins here. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Bell } from '../../bot/delivery/bell.ts'
import {
  answered,
  type Handover,
  type HandoverStore,
  LONGEST_HANDOVER_WAIT_MS,
  type Reply,
  runHandovers,
  SCHEDULE_MS,
  type Verdict,
  verdictOf,
  type Way,
  type WayName,
} from '../../bot/delivery/handover.ts'

const NOW = Date.UTC(2026, 10, 26, 3)
const HOUR = 3_600_000
const middle = () => 0.5

describe('the schedule', () => {
  it('is that of Standard Webhooks, and takes about three days', () => {
    expect(SCHEDULE_MS.map((ms) => ms / 1_000)).toEqual([0, 5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400])
    expect(SCHEDULE_MS.reduce((sum, ms) => sum + ms, 0) / HOUR).toBeCloseTo(75.6, 1)
  })

  it('ends after its last try, and then somebody is told', () => {
    const refused: Reply = { kind: 'refused', code: 'http_500' }
    const kinds = SCHEDULE_MS.map((_ms, attempts) => verdictOf(refused, attempts, middle).kind)
    expect(kinds).toEqual([...Array.from({ length: 9 }, () => 'later'), 'given_up'])
  })

  it('never waits shorter than a tenth less, nor longer than a day and a tenth, whatever is asked for', () => {
    const random = fc.double({ min: 0, max: 0.999_999, noNaN: true })
    fc.assert(
      fc.property(fc.nat(8), random, fc.option(fc.nat(10 * 24 * HOUR)), (attempts, drawn, wait) => {
        const reply = answered(503, wait === null ? undefined : String(Math.floor(wait / 1_000)), '', NOW)
        const verdict = verdictOf(reply, attempts, () => drawn)
        if (verdict.kind !== 'later') return expect.unreachable(verdict.kind)
        const planned = SCHEDULE_MS[attempts + 1] ?? 0
        expect(verdict.afterMs).toBeGreaterThanOrEqual(Math.floor(planned * 0.9))
        expect(verdict.afterMs).toBeLessThanOrEqual(LONGEST_HANDOVER_WAIT_MS)
        if (wait !== null) expect(verdict.afterMs).toBeGreaterThanOrEqual(Math.min(24 * HOUR, Math.floor(wait / 1_000) * 1_000))
      }),
    )
  })
})

describe('an answer', () => {
  it.each([
    [200, { kind: 'taken', receipt: 'r' }],
    [202, { kind: 'taken', receipt: 'r' }],
    [301, { kind: 'refused', code: 'http_301' }],
    [307, { kind: 'refused', code: 'http_307' }],
    [304, { kind: 'refused', code: 'http_304' }],
    [400, { kind: 'refused', code: 'http_400' }],
    [401, { kind: 'refused', code: 'http_401' }],
    [410, { kind: 'gone', code: 'http_410' }],
    [500, { kind: 'refused', code: 'http_500' }],
  ])('of %i means %o', (status, reply) => {
    expect(answered(status, undefined, 'r', NOW)).toEqual(reply)
  })

  it.each([
    ['120', 120_000],
    [' 0 ', 0],
    ['999999999', 24 * HOUR],
    [new Date(NOW + 60_000).toUTCString(), 60_000],
    [new Date(NOW - 60_000).toUTCString(), 0],
    [new Date(NOW + 100 * HOUR).toUTCString(), 24 * HOUR],
    ['mai', undefined],
    ['', undefined],
  ])('that asks to wait %j is understood as %o ms', (header, wait) => {
    expect(answered(429, header, '', NOW)).toEqual({ kind: 'refused', code: 'http_429', ...(wait === undefined ? {} : { retryAfterMs: wait }) })
  })

  it('that the intake wants no more of it stops the tries at once', () => {
    expect(verdictOf({ kind: 'gone', code: 'http_410' }, 0, middle)).toEqual({ kind: 'gone', code: 'http_410' })
  })
})

// ── the loop ────────────────────────────────────────────────────────────────────────────────────

const handover = (id: string, way: WayName = 'webhook'): Handover => ({
  ...{ id, way, number: `GL-${id}`, body: `{"id":"${id}"}`, linksEndAt: null, attempts: 0, createdAt: NOW - 5_000 },
})

interface Ran {
  readonly sent: Handover[]
  readonly marks: [string, Verdict][]
  readonly told: unknown[]
  readonly faults: unknown[]
  readonly hastened: number[]
  readonly asked: (readonly WayName[])[]
}

/** Runs the loop until everything of `due` is marked, or until `stop` is called. */
async function ran(
  due: Handover[],
  reply: (one: Handover, stop: () => void) => Promise<Reply>,
  more: { paused?: boolean; clock?: () => number; limit?: number } = {},
) {
  const seen: Ran = { sent: [], marks: [], told: [], faults: [], hastened: [], asked: [] }
  const [work, ending] = [new Bell(), new AbortController()]
  const stop = () => {
    ending.abort()
    work.ring()
  }
  let open = due.length
  const store: HandoverStore = {
    leaseHandovers: async (ways, _now, _leaseMs, limit) => {
      seen.asked.push(ways)
      const rows = due.filter((row) => ways.includes(row.way)).slice(0, more.limit ?? limit)
      for (const row of rows) due.splice(due.indexOf(row), 1)
      return rows
    },
    mark: async (row, verdict) => {
      seen.marks.push([row.id, verdict])
      open--
      if (open === 0) stop()
    },
    hasten: async (now) => void seen.hastened.push(now),
  }
  const way: Way = {
    name: 'webhook',
    send: async (row) => {
      seen.sent.push(row)
      return reply(row, stop)
    },
  }
  if (more.paused) setImmediate(stop)
  await runHandovers(
    {
      ...{
        store,
        ways: [way],
        work,
        paused: () => more.paused ?? false,
        clock: more.clock ?? (() => NOW),
        random: middle,
        failpoint: () => undefined,
      },
      events: { handedOver: (...what) => void seen.told.push(what), fault: (error) => void seen.faults.push(error) },
    },
    ending.signal,
  )
  return seen
}

describe('the loop', () => {
  it('hands over what is due, marks it, and tells how long it took', async () => {
    const seen = await ran([handover('a'), handover('b')], async (one) => ({ kind: 'taken', receipt: `nhan-${one.id}` }))
    expect(seen.marks).toEqual([
      ['a', { kind: 'delivered', receipt: 'nhan-a' }],
      ['b', { kind: 'delivered', receipt: 'nhan-b' }],
    ])
    expect(seen.told).toEqual([
      ['webhook', 'delivered', 'ok', 5_000],
      ['webhook', 'delivered', 'ok', 5_000],
    ])
  })

  it('puts off what was refused, and tells', async () => {
    const seen = await ran([handover('a')], async () => ({ kind: 'refused', code: 'http_500' }))
    expect(seen.marks).toEqual([['a', { kind: 'later', code: 'http_500', afterMs: 5_000 }]])
    expect(seen.told).toEqual([['webhook', 'later', 'http_500', 5_000]])
  })

  it('puts off what failed in a way that nobody thought of, and counts the fault', async () => {
    const seen = await ran([handover('a')], async () => Promise.reject(new TypeError('lạ')))
    expect([seen.marks, seen.faults]).toEqual([[['a', { kind: 'later', code: 'unexpected', afterMs: 5_000 }]], [new TypeError('lạ')]])
  })

  it('asks only for ways that it has, and for nothing while it is switched off', async () => {
    expect((await ran([handover('a')], async () => ({ kind: 'taken', receipt: '' }))).asked[0]).toEqual(['webhook'])
    const off = await ran([handover('a')], async () => ({ kind: 'taken', receipt: '' }), { paused: true })
    expect([off.asked, off.sent]).toEqual([[], []])
  })

  it('finishes what is in hand when it is stopped', async () => {
    const seen = await ran([handover('a'), handover('b')], async (_one, stop) => {
      stop()
      return { kind: 'taken', receipt: '' }
    })
    expect(seen.marks.map(([id]) => id)).toEqual(['a', 'b'])
  })

  it('looks again at what was put off when it starts, and whenever the clock was set back', async () => {
    let now = NOW
    const steps = [1, -HOUR, 0]
    const seen = await ran(
      [handover('a'), handover('b'), handover('c')],
      async () => {
        now += steps.shift() ?? 0
        return { kind: 'taken', receipt: '' }
      },
      { clock: () => now, limit: 1 },
    )
    expect(seen.hastened).toEqual([NOW, NOW + 1 - HOUR])
  })
})
