/** The door to the papers on a real server: who has the link reads, everybody else reads the same one sentence. */
import type { FastifyInstance } from 'fastify'
import { afterEach, describe, expect, it } from 'vitest'
import { openLimits } from '../../../adapters/http/limits.ts'
import { buildServer } from '../../../adapters/http/server.ts'
import { letterDoor } from '../../../adapters/letter/door.ts'
import { LINK_DAYS, letterLink, openLetterLinks } from '../../../adapters/letter/links.ts'
import { readConfig } from '../../../bot/config.ts'
import { LETTER_DOOR } from '../../../bot/wording/letter.ts'
import { FULL, letter, NUMBER, receipt } from './papers.ts'

const NOW = Date.UTC(2026, 10, 26, 3)
const DAY = 86_400_000
const links = openLetterLinks(new Uint8Array(32).fill(1))
const open: FastifyInstance[] = []
afterEach(async () => void (await Promise.all(open.splice(0).map((app) => app.close()))))

/** A server with one case; `at` is what its clock says. */
function door(at = NOW, limits = readConfig({}).limits) {
  const logged: object[] = []
  const papers = async (number: string) => (number === NUMBER ? { don: letter(FULL), biennhan: receipt(FULL) } : undefined)
  const app = buildServer({
    ...{
      ready: () => ({ ok: true }),
      metrics: async () => '',
      plugins: [letterDoor({ links, papers, limiter: openLimits(limits, () => at), clock: () => at })],
    },
    log: (event) => logged.push(event),
  })
  open.push(app)
  return { app, logged, get: (url: string) => app.inject(url) }
}

const good = links.make(NUMBER, NOW)

describe('who has the link', () => {
  it('may choose, before anything of the case is seen', async () => {
    const { statusCode, body, headers } = await door().get(good)
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(body.match(/what=(don|biennhan)&amp;format=(page|docx)/g)).toHaveLength(4)
    expect(body).not.toMatch(/Hạnh|Hoa Xinh/)
  })

  it('reads each paper, in both forms', async () => {
    const { get } = door()
    for (const [what, words] of [
      ['don', 'ĐƠN KHIẾU NẠI'],
      ['biennhan', 'GIẤY BIÊN NHẬN HỒ SƠ'],
    ]) {
      expect((await get(`${good}&what=${what}&format=page`)).body).toContain(`<h1>${words}</h1>`)
      const file = await get(`${good}&what=${what}&format=docx`)
      expect([file.statusCode, file.rawPayload.subarray(0, 2).toString()]).toEqual([200, 'PK'])
      expect(file.headers['content-disposition']).toMatch(/^attachment; filename="(don|bien-nhan)-GL26-[A-Z0-9-]+\.docx"$/)
    }
  })

  it('finds what the first page links to', async () => {
    const { get } = door()
    const path = good.split('?')[0]
    for (const [, href = ''] of (await get(good)).body.matchAll(/href="([^"]+)"/g))
      expect((await get(`${path}${href.replaceAll('&amp;', '&')}`)).statusCode).toBe(200)
  })

  it.each(['', '&format=page', '&format=docx', '&what=biennhan&format=page'])('gets it kept nowhere and told nowhere: %s', async (more) => {
    const { headers } = await door().get(`${good}${more}`)
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' })
  })

  it('gets a page on which nothing runs and nothing loads, styled by its own nonce, another each time', async () => {
    const { get } = door()
    const [one, two] = [await get(`${good}&format=page`), await get(`${good}&format=page`)]
    const nonce = String(one.headers['content-security-policy']).match(
      /^default-src 'none'; style-src 'nonce-([\w+/=]{24})'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'$/,
    )?.[1]
    expect(one.body).toContain(`<style nonce="${nonce}">`)
    expect(two.headers['content-security-policy']).not.toBe(one.headers['content-security-policy'])
  })

  it(`for ${LINK_DAYS} days and no longer`, async () => {
    expect((await door(NOW + LINK_DAYS * DAY - 1).get(good)).statusCode).toBe(200)
    expect((await door(NOW + LINK_DAYS * DAY).get(good)).statusCode).toBe(404)
  })
})

describe('who asks again and again', () => {
  it('waits a little; who only guesses takes no room from them', async () => {
    const { get } = door(NOW, readConfig({ RATE_PER_MINUTE: '2' }).limits)
    for (let i = 0; i < 5; i++) await get(`${good}x`)
    const codes = [await get(good), await get(good), await get(good)].map(({ statusCode, headers }) => [
      statusCode,
      headers['retry-after'] !== undefined,
    ])
    expect(codes).toEqual([
      [200, false],
      [200, false],
      [429, true],
    ])
  })
})

describe('everybody else', () => {
  const [path = '', query = ''] = good.split('?')
  const until = new URLSearchParams(query).get('until') ?? ''
  const sig = new URLSearchParams(query).get('sig') ?? ''
  const elsewhere = links.make('GL26-000-000-000', NOW)
  const otherKey = openLetterLinks(new Uint8Array(32).fill(2)).make(NUMBER, NOW)
  it.each([
    ['no signature', path],
    ['a later end', `${path}?until=${Number(until) + 1}&sig=${sig}`],
    ['a changed signature', `${path}?until=${until}&sig=${sig.slice(0, -1)}${sig.endsWith('A') ? 'B' : 'A'}`],
    ['a shorter signature', `${path}?until=${until}&sig=${sig.slice(0, 20)}`],
    ['a signature for another case', `${path}?${elsewhere.split('?')[1]}`],
    ['a link of another installation', otherKey],
    ['a case that is not there any more', elsewhere],
    ['no number as the end', `${path}?until=1e99&sig=${sig}`],
    ['an unknown form', `${good}&format=pdf`],
    ['an unknown paper', `${good}&what=cccd&format=page`],
    ['two signatures', `${good}&sig=${sig}`],
    ['no case', '/letters/?until=1&sig=2'],
    ['what is no address', `/letters/${'%E0%A4%A'}?until=1&sig=2`],
  ])('reads that there is nothing: %s', async (_what, url) => {
    const { statusCode, body, headers } = await door().get(url)
    expect(statusCode).toBeGreaterThanOrEqual(400)
    expect(statusCode).toBeLessThan(500)
    expect(body).not.toMatch(/Hạnh|Hoa Xinh|<h1>ĐƠN/)
    expect(headers['cache-control']).toBe('no-store')
  })

  it('the same, whether the case exists or not', async () => {
    const { get } = door()
    const plain = async (url: string) => (await get(url)).body.replace(/nonce="[^"]+"/, '')
    const wrong = await plain(`${path}?until=${until}&sig=x`)
    expect(wrong).toContain(LETTER_DOOR.gone)
    expect(await plain(`/letters/GL26-XXX-XXX-XXX?until=${until}&sig=x`)).toBe(wrong)
    expect(await plain(elsewhere)).toBe(wrong)
  })

  it('and the log knows neither case nor signature', async () => {
    const { get, logged } = door()
    for (const url of [good, `${path}?until=${until}&sig=x`]) await get(url)
    expect(logged).toHaveLength(2)
    expect(JSON.stringify(logged)).not.toMatch(/GL26|sig=/)
  })
})

describe('a link to send', () => {
  it('leads to the address where people reach the service, and there is none without one', () => {
    expect(letterLink(links, 'https://antam.example.vn/', NUMBER, NOW)).toBe(`https://antam.example.vn${good}`)
    expect(letterLink(links, undefined, NUMBER, NOW)).toBeUndefined()
  })
})
