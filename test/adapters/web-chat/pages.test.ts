import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildServer } from '../../../adapters/http/server.ts'
import { webPages } from '../../../adapters/web-chat/pages.ts'

let app: FastifyInstance
beforeAll(async () => {
  app = buildServer({ ready: () => ({ ok: true }), metrics: async () => '', plugins: [webPages] })
  await app.ready()
})
afterAll(() => app.close())

const FILES = [
  ['/', 'text/html; charset=utf-8', 'An Tâm'],
  ['/page.css', 'text/css; charset=utf-8', '{'],
  ['/icon.svg', 'image/svg+xml', '<svg'],
  ['/old-browser.js', 'text/javascript; charset=utf-8', ''],
  ['/an-tam-chat.js', 'text/javascript; charset=utf-8', 'an-tam-chat'],
] as const

/** Pages of other doors, each with tests of its own. */
const ELSEWHERE: ReadonlySet<string> = new Set(['/trac-nghiem', '/canh-bao'])

describe('the page and the script of the chat', () => {
  it.each(FILES)('%s is served with its type and a tag, and not again to who has it', async (url, type, piece) => {
    const response = await app.inject(url)
    expect([response.statusCode, response.headers['content-type'], response.headers['cache-control']]).toEqual([200, type, 'no-cache'])
    expect(response.body.includes(piece)).toBe(true)
    const etag = String(response.headers['etag'])
    expect(etag).toMatch(/^"[\w-]{22}"$/)
    for (const known of [etag, `W/${etag}`, `"old", ${etag}`, '*']) {
      const again = await app.inject({ url, headers: { 'if-none-match': known } })
      expect([again.statusCode, again.body, again.headers['etag']], known).toEqual([304, '', etag])
    }
    for (const unknown of ['"old"', etag.slice(1, -1), '']) {
      const whole = await app.inject({ url, headers: { 'if-none-match': unknown } })
      expect([whole.statusCode, whole.body === response.body], unknown).toEqual([200, true])
    }
  })

  it('may be loaded by other pages only where it is the script', async () => {
    for (const [url] of FILES) {
      const policy = (await app.inject(url)).headers['cross-origin-resource-policy']
      expect([url, policy]).toEqual([url, url === '/an-tam-chat.js' ? 'cross-origin' : 'same-origin'])
    }
  })

  it('name only what the server has, and no other host', async () => {
    const { body } = await app.inject('/')
    for (const [, address] of body.matchAll(/(?:src|href)="([^"#]+)"/g)) {
      expect(address).toMatch(/^(\/|tel:|mailto:)/)
      if (address?.startsWith('/') && !ELSEWHERE.has(address)) expect((await app.inject(address)).statusCode, address).toBe(200)
    }
    expect(body).not.toMatch(/ style=| on[a-z]+=|<style|<script>/)
  })

  it('are only read', async () => {
    for (const [url] of FILES) expect((await app.inject({ method: 'POST', url })).statusCode).toBe(404)
    for (const url of ['/page/index.html', '/pages.ts', '/element/chat.ts', '/..%2fpages.ts']) expect((await app.inject(url)).statusCode).toBe(404)
  })
})
