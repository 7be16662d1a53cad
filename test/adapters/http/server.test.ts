import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Ask, AskReply, AskRequest } from '../../../adapters/http/ask-port.ts'
import { buildServer, type RequestEvent, type ServerConfig } from '../../../adapters/http/server.ts'

const REPLY: AskReply = {
  status: 'answered',
  text: 'Được đổi máy mới.',
  sections: [{ heading: 'Trả lời', kind: 'answer', lines: [{ text: 'Được đổi máy mới.', citations: [0] }] }],
  citations: [
    {
      label: 'khoản 2 Điều 30 Luật Bảo vệ quyền lợi người tiêu dùng (19/2023/QH15)',
      document: '19/2023/QH15',
      documentName: 'Luật Bảo vệ quyền lợi người tiêu dùng',
      article: '30',
      clause: '2',
      title: 'Nghĩa vụ bảo hành',
      inForceFrom: '2024-07-01',
      inForceTo: null,
      restatement: 'Bên bán phải đổi hàng mới hoặc trả tiền.',
      verbatim: false,
    },
  ],
  choices: ['Gặp cán bộ'],
}

const open: { close(): Promise<unknown> }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((app) => app.close()))
})

/** A server whose assistant remembers what it was asked and answers as told. */
function start(options: { ask?: Ask; config?: Partial<ServerConfig> } = {}) {
  const asked: AskRequest[] = []
  const events: RequestEvent[] = []
  const remember: Ask = async (request) => {
    asked.push(request)
    return options.ask ? options.ask(request) : REPLY
  }
  const app = buildServer({ ask: remember, config: { ready: () => true, ...options.config }, log: (event) => events.push(event) })
  open.push(app)
  const post = (payload: unknown, headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url: '/api/ask', headers: { 'content-type': 'application/json', ...headers }, payload: payload as string })
  return { app, asked, events, post }
}

const errorOf = (response: { json(): unknown }) => (response.json() as { error: { code: string; message: string } }).error
const VIETNAMESE = /[ạảãàáâậầấẩẫăắằặẳẵóòọõỏôộổỗồốơờớợởỡéèẻẹẽêếềệểễúùụủũưựữửừứíìịỉĩýỳỷỵỹđ]/i

describe('a question', () => {
  it('reaches the assistant and its reply comes back whole', async () => {
    const { post, asked } = start()
    const response = await post({ text: 'Sửa 4 lần vẫn lỗi?', previous: ['Bảo hành là gì?'], audience: 'consumer' })
    expect(response.statusCode).toBe(200)
    expect(response.json()).toEqual(REPLY)
    expect(response.headers['cache-control']).toBe('no-store')
    expect(asked).toEqual([{ text: 'Sửa 4 lần vẫn lỗi?', previous: ['Bảo hành là gì?'], audience: 'consumer' }])
  })

  it('carries no field that the person did not fill', async () => {
    const { post, asked } = start()
    await post({ text: 'hỏi', previous: ['  '], injected: 'x' })
    expect(asked).toEqual([{ text: 'hỏi' }])
  })

  it('takes only the last three earlier questions along', async () => {
    const { post, asked } = start()
    await post({ text: 'năm', previous: ['một', 'hai', 'ba', 'bốn'] })
    expect(asked[0]?.previous).toEqual(['hai', 'ba', 'bốn'])
  })

  it('of 10,000 characters is passed on, even escaped or made of emoji', async () => {
    const { post, asked } = start()
    const escaped = `{"text":"${'\\u1ea1'.repeat(10_000)}"}`
    expect((await post(escaped)).statusCode).toBe(200)
    expect((await post({ text: '😀'.repeat(10_000) })).statusCode).toBe(200)
    expect(asked.map((request) => Array.from(request.text).length)).toEqual([10_000, 10_000])
  })
})

describe('a faulty request', () => {
  const cases: [name: string, payload: unknown, code: string][] = [
    ['malformed JSON', '{"text": "a', 'not_json'],
    ['an empty body', '', 'not_json'],
    ['a JSON string', '"hỏi"', 'not_an_object'],
    ['null', 'null', 'not_an_object'],
    ['a list', '["hỏi"]', 'not_an_object'],
    ['no text', {}, 'text_missing'],
    ['a blank text', { text: ' \n ' }, 'text_missing'],
    ['a number as text', { text: 5 }, 'text_missing'],
    ['10,001 characters', { text: 'a'.repeat(10_001) }, 'text_too_long'],
    ['previous that is no list', { text: 'a', previous: 'b' }, 'previous_invalid'],
    ['previous with a number', { text: 'a', previous: [1] }, 'previous_invalid'],
    ['previous of 21', { text: 'a', previous: Array(21).fill('b') }, 'previous_invalid'],
    ['an unknown audience', { text: 'a', audience: 'lawyer' }, 'audience_unknown'],
    ['a key that would poison prototypes', '{"text":"a","__proto__":{"x":1}}', 'not_json'],
  ]
  it.each(cases)('%s gets 400 in Vietnamese and never reaches the assistant', async (_name, payload, code) => {
    const { post, asked } = start()
    const response = await post(payload)
    expect([response.statusCode, errorOf(response).code]).toEqual([400, code])
    expect(errorOf(response).message).toMatch(VIETNAMESE)
    expect(asked).toEqual([])
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])('of type %s gets 400', async (type) => {
    const { post, asked } = start()
    const response = await post('{"text":"a"}', { 'content-type': type })
    expect([response.statusCode, errorOf(response).code]).toEqual([400, 'not_json'])
    expect(asked).toEqual([])
  })

  it('above 64 kB gets 413', async () => {
    const { post } = start()
    const response = await post({ text: 'a', previous: ['b'.repeat(65_536)] })
    expect([response.statusCode, errorOf(response).code]).toEqual([413, 'too_large'])
  })
})

describe('a trouble of ours', () => {
  it.each([
    ['an error', new Error('SQLITE_CORRUPT at /srv/data')],
    ['an error that claims to be a 404', Object.assign(new Error('SQLITE_CORRUPT'), { statusCode: 404, code: 'FST_ERR_NOT_FOUND' })],
    ['nothing at all', undefined],
  ])('%s thrown by the assistant gives 500 with the hotline and no internals', async (_name, thrown) => {
    const { post, events } = start({ ask: () => Promise.reject(thrown) })
    const response = await post({ text: 'hỏi' })
    expect(response.statusCode).toBe(500)
    expect(errorOf(response).message).toContain('tổng đài quốc gia 1800.6838')
    expect(response.body).not.toMatch(/SQLITE|stack|srv/)
    await vi.waitFor(() => expect(events).toMatchObject([{ route: '/api/ask', status: 500, outcome: 'failed' }]))
  })

  it('an assistant that throws before it promises gives the same 500', async () => {
    const ask: Ask = () => {
      throw null
    }
    const app = buildServer({ ask, config: { ready: () => true } })
    open.push(app)
    const response = await app.inject({ method: 'POST', url: '/api/ask', payload: { text: 'hỏi' } })
    expect([response.statusCode, errorOf(response).code]).toEqual([500, 'failed'])
  })

  it('is said by /readyz, and questions wait, until the library is read', async () => {
    let ready = false
    const { app, post, asked } = start({ config: { ready: () => ready } })
    expect((await app.inject('/healthz')).statusCode).toBe(200)
    expect((await app.inject('/readyz')).statusCode).toBe(503)
    const early = await post({ text: 'hỏi' })
    expect([early.statusCode, errorOf(early).code, early.headers['retry-after']]).toEqual([503, 'starting', '5'])
    expect(asked).toEqual([])
    ready = true
    expect((await app.inject('/readyz')).statusCode).toBe(200)
    expect((await post({ text: 'hỏi' })).statusCode).toBe(200)
  })
})

describe('the limit', () => {
  it('is 60 questions a minute when the settings name none', async () => {
    const { post } = start()
    const codes: number[] = []
    for (let i = 0; i < 61; i++) codes.push((await post({ text: 'hỏi' })).statusCode)
    expect(codes.slice(0, 60).every((code) => code === 200)).toBe(true)
    expect(codes[60]).toBe(429)
  })

  it('answers politely, says when to come back, and does not touch the page', async () => {
    const { app, post } = start({ config: { questionsPerMinute: 1 } })
    await post({ text: 'hỏi' })
    const response = await post({ text: 'hỏi' })
    expect(errorOf(response).code).toBe('too_many')
    expect(errorOf(response).message).toMatch(/Xin chờ.*1800\.6838/)
    expect(Number(response.headers['retry-after'])).toBeGreaterThan(0)
    for (const url of ['/', '/app.js', '/healthz']) expect((await app.inject(url)).statusCode).toBe(200)
  })

  it('believes X-Forwarded-For only when the settings trust the proxy', async () => {
    const from = (post: ReturnType<typeof start>['post'], ip: string) => post({ text: 'hỏi' }, { 'x-forwarded-for': ip })
    const wary = start({ config: { questionsPerMinute: 1 } })
    await from(wary.post, '203.0.113.1')
    expect((await from(wary.post, '203.0.113.2')).statusCode).toBe(429)
    const trusting = start({ config: { questionsPerMinute: 1, trustProxy: true } })
    await from(trusting.post, '203.0.113.1')
    expect((await from(trusting.post, '203.0.113.2')).statusCode).toBe(200)
    expect((await from(trusting.post, '203.0.113.1')).statusCode).toBe(429)
  })
})

describe('the page', () => {
  it.each([
    ['/', 'text/html; charset=utf-8', 'An Tâm — Hội Bảo vệ Người tiêu dùng Gia Lai'],
    ['/app.js', 'text/javascript; charset=utf-8', '/api/ask'],
    ['/style.css', 'text/css; charset=utf-8', 'prefers-color-scheme: dark'],
    ['/icon.svg', 'image/svg+xml', '<svg'],
  ])('serves %s with its type and a tag, and 304 to who has it', async (url, type, piece) => {
    const { app } = start()
    const response = await app.inject(url)
    expect([response.statusCode, response.headers['content-type'], response.headers['cache-control']]).toEqual([200, type, 'no-cache'])
    expect(response.body).toContain(piece)
    const etag = String(response.headers['etag'])
    for (const known of [etag, `W/${etag}`, `"old", ${etag}`]) {
      const again = await app.inject({ url, headers: { 'if-none-match': known } })
      expect([again.statusCode, again.body]).toEqual([304, ''])
    }
    expect((await app.inject({ url, headers: { 'if-none-match': '"old"' } })).statusCode).toBe(200)
  })

  it('keeps its script under 20 kB and asks nothing of other hosts', async () => {
    const { app } = start()
    const files = await Promise.all(['/', '/app.js', '/style.css'].map((url) => app.inject(url)))
    expect(files[1]?.rawPayload.length).toBeLessThan(20_000)
    for (const file of files) expect(file.body).not.toMatch(/https?:\/\//)
    expect(files[1]?.body).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write/)
    expect(files[0]?.body).not.toMatch(/ style=| on[a-z]+=|<style|<script(?! type="module" src="\/app\.js")/)
  })

  it.each(['/', '/api/ask', '/healthz', '/khong-co'])('%s carries the strict headers', async (url) => {
    const { app } = start()
    const { headers } = await app.inject(url)
    expect(String(headers['content-security-policy']).split(';').sort()).toEqual([
      "base-uri 'none'",
      "connect-src 'self'",
      "default-src 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
      "img-src 'self'",
      "script-src 'self'",
      "style-src 'self'",
    ])
    expect(headers['x-content-type-options']).toBe('nosniff')
    expect(headers['x-frame-options']).toBe('DENY')
    expect(headers['referrer-policy']).toBe('no-referrer')
    expect(headers['permissions-policy']).toContain('camera=()')
    expect(headers['x-powered-by']).toBeUndefined()
  })
})

describe('an unknown address', () => {
  it.each(['/khong-co', '/api/ask', '/../package.json', '/%E0%A4%A'])('%s gets 404 in Vietnamese', async (url) => {
    const { app } = start()
    const response = await app.inject(url)
    expect([response.statusCode, errorOf(response).code]).toEqual([404, 'not_found'])
    expect(errorOf(response).message).toMatch(VIETNAMESE)
  })

  it('gives a person a page with the way back', async () => {
    const { app } = start()
    const response = await app.inject({ url: '/khong-co', headers: { accept: 'text/html,*/*;q=0.8' } })
    expect([response.statusCode, response.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8'])
    expect(response.body).toContain('<a href="/">')
  })
})

describe('the log', () => {
  it('has four fixed fields and nothing that a person wrote', async () => {
    const { app, post, events } = start({ config: { trustProxy: true } })
    const secret = 'Nguyễn Văn Bí Mật 0905123456'
    const query = encodeURIComponent(secret)
    await post(
      { text: secret, previous: [secret] },
      { 'x-forwarded-for': '203.0.113.9', 'user-agent': secret.normalize('NFD').replace(/[^\x20-\x7e]/g, '') },
    )
    await post(`{"text":"${secret}`)
    await post({ text: 7, note: secret })
    await app.inject(`/khong-co/${query}?q=${query}`)
    await app.inject(`/?q=${query}`)
    await vi.waitFor(() => expect(events).toHaveLength(5))
    for (const event of events) expect(Object.keys(event)).toEqual(['route', 'status', 'ms', 'outcome'])
    expect(events.map(({ route, status, outcome }) => `${route} ${status} ${outcome}`)).toEqual([
      '/api/ask 200 answered',
      '/api/ask 400 not_json',
      '/api/ask 400 text_missing',
      'unknown 404 not_found',
      '/ 200 ok',
    ])
    expect(decodeURIComponent(JSON.stringify(events))).not.toMatch(/Bí Mật|0905|203\.0\.113/)
  })

  it('writes nothing by itself', async () => {
    const writes = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')]
    const app = buildServer({ ask: () => Promise.reject(new Error('x')), config: { ready: () => true } })
    open.push(app)
    await app.inject({ method: 'POST', url: '/api/ask', payload: { text: 'hỏi' } })
    const calls = writes.map((write) => write.mock.calls.length)
    for (const write of writes) write.mockRestore()
    expect(calls).toEqual([0, 0])
  })
})
