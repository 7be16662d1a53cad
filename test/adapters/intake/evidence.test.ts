/** Links to evidence and the door behind them. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildServer } from '../../../adapters/http/server.ts'
import { type EvidenceParts, evidenceDoor, type Released } from '../../../adapters/intake/evidence.ts'
import { LINK_MS, openLinks } from '../../../adapters/intake/links.ts'
import { WEB_TROUBLE } from '../../../bot/wording/web.ts'

const NOW = Date.UTC(2026, 10, 26, 3)
const KEY = Buffer.alloc(32, 7)
const FILE = '3f2b8c1e-9a4d-4e5f-8a6b-0c1d2e3f4a5b'
const OTHER = '11111111-9a4d-4e5f-8a6b-0c1d2e3f4a5b'
const PUBLIC = 'https://antam.example.vn'

const partsOf = (url: string) => {
  const { pathname, searchParams } = new URL(url)
  return { id: pathname.split('/').at(-1) ?? '', until: searchParams.get('until') ?? '', sig: searchParams.get('sig') ?? '' }
}

describe('a link', () => {
  const links = openLinks(KEY, `${PUBLIC}/`)

  it('is good for seven days, and not a second longer', () => {
    const made = links.link(FILE, NOW) ?? expect.unreachable('no link')
    expect(made.until).toBe(NOW + LINK_MS)
    const { id, until, sig } = partsOf(made.url)
    expect(made.url).toBe(`${PUBLIC}/intake/evidence/${FILE}?until=${until}&sig=${sig}`)
    expect([links.holds(id, until, sig, NOW), links.holds(id, until, sig, NOW + LINK_MS - 1), links.holds(id, until, sig, NOW + LINK_MS)]).toEqual([
      ...[true, true, false],
    ])
  })

  it('holds for this file, this end and this installation only', () => {
    const { id, until, sig } = partsOf(links.link(FILE, NOW)?.url ?? '')
    expect(links.holds(OTHER, until, sig, NOW)).toBe(false)
    expect(links.holds(id, String(Number(until) + 1), sig, NOW)).toBe(false)
    expect(openLinks(Buffer.alloc(32, 8), PUBLIC).holds(id, until, sig, NOW)).toBe(false)
    fc.assert(fc.property(fc.string(), fc.string(), (odd, other) => !links.holds(id, odd, other, NOW)))
    fc.assert(
      fc.property(
        fc.nat(sig.length - 1),
        (at) => !links.holds(id, until, `${sig.slice(0, at)}${sig[at] === 'A' ? 'B' : 'A'}${sig.slice(at + 1)}`, NOW),
      ),
    )
  })

  it('is not made where nobody could follow it', () => {
    expect(openLinks(KEY, undefined).link(FILE, NOW)).toBeUndefined()
  })
})

interface Told {
  readonly audited: string[]
  readonly faults: unknown[]
}

function door(more: Partial<EvidenceParts> = {}) {
  const told: Told = { audited: [], faults: [] }
  const file: Released = { hash: 'bam', mime: 'image/png', number: 'GL26-1' }
  const parts: EvidenceParts = {
    ...{ links: openLinks(KEY, PUBLIC), clock: () => NOW, released: async (id) => (id === FILE ? file : undefined) },
    ...{ audited: async (id, number) => void told.audited.push(`${number} ${id}`), read: async (hash) => Buffer.from(`bytes of ${hash}`) },
    paused: () => false,
    ...more,
  }
  const app = buildServer({
    ...{ ready: () => ({ ok: true }), metrics: async () => '', plugins: [evidenceDoor(parts)], fault: (error) => void told.faults.push(error) },
  })
  const get = (url: string, headers = {}) => app.inject({ method: 'GET', url: url.replace(PUBLIC, ''), headers })
  return { told, get, app, link: (id: string, at = NOW) => parts.links.link(id, at)?.url ?? '' }
}

describe('the door of evidence', () => {
  it('hands out a released file, as a file, to nobody’s cache, and writes it down first', async () => {
    const { get, link, told } = door()
    const answer = await get(link(FILE))
    expect([answer.statusCode, answer.body]).toEqual([200, 'bytes of bam'])
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': 'attachment; filename="GL26-1-3f2b8c1e.png"',
      'x-content-type-options': 'nosniff',
      'cache-control': 'private, no-store',
      'referrer-policy': 'no-referrer',
    })
    expect(told.audited).toEqual([`GL26-1 ${FILE}`])
  })

  it('says the same to whatever it does not open', async () => {
    const { get, link, told } = door()
    const good = link(FILE)
    const wrong = [
      ...[link(OTHER), link(FILE, NOW - LINK_MS), good.slice(0, -1), good.replace(FILE, OTHER), good.replace(/until=\d+/, 'until=9999999999')],
      ...[good.replace(/&sig=.*/, ''), good.replace('until', 'ntil'), `${PUBLIC}/intake/evidence/${FILE}`, `${PUBLIC}/intake/evidence/../secret.key`],
      ...[`${good}&sig=x`, `${PUBLIC}/intake/evidence/khong-co?until=1&sig=x`],
    ]
    for (const url of wrong) {
      const answer = await get(url)
      if (url.includes('..')) expect(answer.statusCode).toBe(404)
      else expect([url, answer.statusCode, answer.json()]).toEqual([url, 404, { error: { code: 'link_ended', message: WEB_TROUBLE.link_ended } }])
    }
    expect(told.audited).toEqual([])
  })

  it('opens nothing while handing over is switched off, nor where it cannot be written down', async () => {
    const off = door({ paused: () => true })
    expect((await off.get(off.link(FILE))).statusCode).toBe(503)
    const full = door({ audited: async () => Promise.reject(new Error('SQLITE_FULL')) })
    const answer = await full.get(full.link(FILE))
    expect([answer.statusCode, answer.body.includes('bytes')]).toEqual([500, false])
  })

  it('knows only GET', async () => {
    const { app, link } = door()
    for (const method of ['HEAD', 'POST', 'DELETE'] as const)
      expect((await app.inject({ method, url: link(FILE).replace(PUBLIC, '') })).statusCode).toBe(404)
  })
})
