import { once } from 'node:events'
import { type AddressInfo, connect } from 'node:net'
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { buildServer, type RequestEvent, type ServerOptions } from '../../../adapters/http/server.ts'
import { Trouble } from '../../../adapters/http/trouble.ts'
import { HOTLINE } from '../../../bot/wording/vi.ts'
import { WEB_TROUBLE, type WebTroubleCode } from '../../../bot/wording/web.ts'

const open: FastifyInstance[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((app) => app.close()))
})

/** What a plugin of the tests does when it is asked for `/lam`. */
type Work = (said: unknown) => unknown

/** A route that takes JSON, as those of the chat do. */
function route(work: Work): FastifyPluginAsync {
  return async (app) => {
    app.post('/lam', async (request) => work(request.body))
    app.get('/lam/:name', async () => ({ ok: true }))
  }
}

function start(given: Partial<ServerOptions> & { readonly work?: Work } = {}) {
  const { work = () => ({ ok: true }), ...options } = given
  const [events, faults]: [RequestEvent[], unknown[]] = [[], []]
  const app = buildServer({
    ready: () => ({ ok: true }),
    metrics: async () => 'antam_streams 0\n',
    plugins: [route(work)],
    log: (event) => events.push(event),
    fault: (error) => faults.push(error),
    ...options,
  })
  open.push(app)
  const post = (payload: string, headers: Record<string, string> = {}) =>
    app.inject({ method: 'POST', url: '/lam', headers: { 'content-type': 'application/json', ...headers }, payload })
  return { app, events, faults, post }
}

const errorOf = (response: { json(): unknown }) => (response.json() as { error: { code: string; message: string } }).error

describe('every answer', () => {
  it.each(['/healthz', '/readyz', '/metrics', '/lam/x', '/khong-co'])('carries the strict headers: %s', async (url) => {
    const { headers } = await start().app.inject(url)
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
    expect(headers['cross-origin-resource-policy']).toBe('same-origin')
    expect(headers['strict-transport-security']).toBe('max-age=15552000')
    expect(headers['permissions-policy']).toBe('camera=(), microphone=(), geolocation=()')
    expect(headers['x-powered-by']).toBeUndefined()
    expect(headers['server']).toBeUndefined()
  })
})

describe('the state of the service', () => {
  it('is alive while it is not ready, and says what it waits for', async () => {
    let state: ReturnType<ServerOptions['ready']> = { ok: false, waitingFor: ['answerer'] }
    const { app, events } = start({ ready: () => state })
    const alive = await app.inject('/healthz')
    expect([alive.statusCode, alive.json()]).toEqual([200, { status: 'ok' }])
    const early = await app.inject('/readyz')
    expect([early.statusCode, early.json()]).toEqual([503, { status: 'not ready', waitingFor: ['answerer'] }])
    expect(early.headers['retry-after']).toBe('5')
    state = { ok: true }
    const late = await app.inject('/readyz')
    expect([late.statusCode, late.json()]).toEqual([200, { status: 'ready' }])
    for (const response of [alive, early, late]) expect(response.headers['cache-control']).toBe('no-store')
    await vi.waitFor(() => expect(events.map((event) => event.outcome)).toEqual(['ok', 'not_ready', 'ok']))
  })
})

describe('the metrics', () => {
  const NEAR = [
    '127.0.0.1',
    '::1',
    '::ffff:127.0.0.1',
    '10.1.2.3',
    '192.168.7.8',
    '172.16.0.1',
    '172.31.255.1',
    '::ffff:10.0.0.1',
    'fd00::1',
    'fc12::1',
  ]
  const FAR = ['203.0.113.7', '172.15.0.1', '172.32.0.1', '11.0.0.1', '192.169.0.1', '::ffff:203.0.113.7', '2001:db8::1', 'fe80::1', '1.127.0.0']

  it.each(NEAR)('are for %s', async (remoteAddress) => {
    const response = await start().app.inject({ url: '/metrics', remoteAddress })
    expect([response.statusCode, response.body]).toEqual([200, 'antam_streams 0\n'])
    expect(response.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8')
    expect(response.headers['cache-control']).toBe('no-store')
  })

  it.each(FAR)('do not exist for %s', async (remoteAddress) => {
    const { app } = start({ metrics: () => Promise.reject(new Error('read for nobody')) })
    const [response, unknown] = [await app.inject({ url: '/metrics', remoteAddress }), await app.inject({ url: '/khong-co', remoteAddress })]
    expect([response.statusCode, response.body]).toEqual([404, unknown.body])
  })

  const told = (remoteAddress: string, forwarded: string) => ({ url: '/metrics', remoteAddress, headers: { 'x-forwarded-for': forwarded } })
  const through: [what: string, trustProxy: ServerOptions['trustProxy'], from: string, forwarded: string, status: number][] = [
    ['a visitor behind the proxy', 1, '127.0.0.1', '203.0.113.7', 404],
    ['a visitor behind the proxy who claims to be near', 1, '127.0.0.1', '10.0.0.1, 203.0.113.7', 404],
    ['a visitor behind two proxies', 2, '10.0.0.2', '203.0.113.7, 198.51.100.2', 404],
    ['somebody near, behind the proxy', 1, '127.0.0.1', '10.0.0.1', 200],
    ['a visitor who comes past the proxy and claims to be near', 1, '203.0.113.7', '127.0.0.1', 404],
    ['a visitor who claims to be near, where no proxy is trusted', undefined, '203.0.113.7', '127.0.0.1', 404],
  ]
  it.each(through)('through proxies: %s', async (_what, trustProxy, from, forwarded, status) => {
    const { app } = start(trustProxy === undefined ? {} : { trustProxy })
    expect((await app.inject(told(from, forwarded))).statusCode).toBe(status)
  })
})

describe('a body', () => {
  const faulty: [name: string, payload: string, code: string][] = [
    ['malformed JSON', '{"text": "a', 'not_json'],
    ['an empty body', '', 'not_json'],
    ['a key that would poison prototypes', '{"text":"a","__proto__":{"x":1}}', 'not_json'],
    ['a constructor that would', '{"constructor":{"prototype":{"x":1}}}', 'not_json'],
  ]
  it.each(faulty)('of %s gets 400 in Vietnamese and reaches no route', async (_name, payload, code) => {
    const work = vi.fn()
    const response = await start({ work }).post(payload)
    expect([response.statusCode, errorOf(response)]).toEqual([400, { code, message: WEB_TROUBLE[code as WebTroubleCode] }])
    expect(work).not.toHaveBeenCalled()
  })

  it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'rác'])('of type %s gets 400', async (type) => {
    const response = await start().post('{"text":"a"}', { 'content-type': Buffer.from(type).toString('latin1') })
    expect([response.statusCode, errorOf(response).code]).toEqual([400, 'not_json'])
  })

  it('above 64 kB gets 413', async () => {
    const response = await start().post(JSON.stringify({ text: 'b'.repeat(65_536) }))
    expect([response.statusCode, errorOf(response).code]).toEqual([413, 'too_large'])
  })

  it('whose length is not what it says gets 400', async () => {
    const response = await start().post('{"a":1}', { 'content-length': '5' })
    expect([response.statusCode, errorOf(response).code]).toEqual([400, 'bad_request'])
  })
})

describe('an address that does not exist', () => {
  it.each(['/khong-co', '/lam', '/../package.json', '/%E0%A4%A', '/api/ask'])('%s gets 404 in Vietnamese', async (url) => {
    const response = await start().app.inject(url)
    expect([response.statusCode, errorOf(response)]).toEqual([404, { code: 'not_found', message: WEB_TROUBLE.not_found }])
    expect(response.headers['cache-control']).toBe('no-store')
  })

  it('gives a person a page with the way back, that repeats nothing of the address', async () => {
    const response = await start().app.inject({ url: '/khong-co/<b>x', headers: { accept: 'text/html,*/*;q=0.8' } })
    expect([response.statusCode, response.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8'])
    expect(response.body).toContain('<a href="/">')
    expect(response.body).not.toMatch(/khong-co|<b>/)
  })
})

describe('a refusal', () => {
  const thrown = (trouble: Trouble) => start({ work: () => Promise.reject(trouble) }).post('{}')

  it('is a code for programs and a sentence for people, never kept by a cache', async () => {
    const response = await thrown(new Trouble('message_unknown'))
    expect([response.statusCode, response.json()]).toEqual([404, { error: { code: 'message_unknown', message: WEB_TROUBLE.message_unknown } }])
    expect(response.headers['cache-control']).toBe('no-store')
    expect(response.headers['content-type']).toBe('application/json; charset=utf-8')
  })

  it('may name itself more closely, and when to come back', async () => {
    const response = await thrown(
      new Trouble('attachment_kind', { sentence: 'Tệp rỗng.', status: 413, as: 'attachment_empty', retryAfterSeconds: 7 }),
    )
    expect([response.statusCode, errorOf(response)]).toEqual([413, { code: 'attachment_empty', message: 'Tệp rỗng.' }])
    expect(response.headers['retry-after']).toBe('7')
  })

  it('has a sentence and a status for every code there is', async () => {
    for (const [code, message] of Object.entries(WEB_TROUBLE)) {
      const response = await thrown(new Trouble(code as WebTroubleCode))
      expect(errorOf(response), code).toEqual({ code, message })
      expect(response.statusCode, code).toBeGreaterThanOrEqual(400)
    }
  })
})

describe('a fault of ours', () => {
  const SECRET = 'SQLITE_CORRUPT at /srv/data: Nguyễn Văn Bí Mật 0905123456'
  const FAULTS: [string, unknown][] = [
    ['an error', new Error(SECRET)],
    ['an error that claims to be a 404', Object.assign(new Error(SECRET), { statusCode: 404, code: 'SQLITE_CORRUPT' })],
    ['an error whose code is a number', Object.assign(new Error(SECRET), { code: 7 })],
    ['a fault of fastify itself', Object.assign(new Error(SECRET), { statusCode: 500, code: 'FST_ERR_BAD_STATUS_CODE' })],
    ['words', SECRET],
    ['null', null],
    ['nothing at all', undefined],
  ]
  it.each(FAULTS)('%s gives 500 with the hotline and no internals', async (_name, error) => {
    const { post, events } = start({ work: () => Promise.reject(error) })
    const response = await post('{}')
    expect([response.statusCode, errorOf(response).code]).toEqual([500, 'failed'])
    expect(errorOf(response).message).toContain(HOTLINE)
    expect(response.body).not.toMatch(/SQLITE|srv|Bí Mật|0905/)
    await vi.waitFor(() => expect(events).toMatchObject([{ route: '/lam', status: 500, outcome: 'failed' }]))
  })

  it('is told to whoever watches, the cause and not the refusal', async () => {
    const cause = new Error(SECRET)
    const { post, faults } = start({ work: () => Promise.reject(cause) })
    await post('{}')
    expect(faults).toEqual([cause])
  })

  it('is told even where nothing was thrown', async () => {
    const { post, faults } = start({ work: () => Promise.reject(undefined) })
    await post('{}')
    expect(faults).toEqual([expect.any(Error)])
  })

  it('behind a refusal is told too, while the person reads the refusal', async () => {
    const cause = new Error(SECRET)
    const { post, faults } = start({ work: () => Promise.reject(new Trouble('not_kept', { retryAfterSeconds: 5 }, { cause })) })
    const response = await post('{}')
    expect([response.statusCode, errorOf(response).code, response.headers['retry-after']]).toEqual([503, 'not_kept', '5'])
    expect(response.body).not.toContain('SQLITE')
    expect(faults).toEqual([cause])
  })

  it('is not what a visitor did wrong', async () => {
    const { post, app, faults } = start()
    await post('{"text": "a')
    await app.inject('/khong-co')
    expect(faults).toEqual([])
  })

  it('writes nothing by itself', async () => {
    const writes = [vi.spyOn(process.stdout, 'write'), vi.spyOn(process.stderr, 'write')]
    await start({ work: () => Promise.reject(new Error(SECRET)) }).post('{}')
    const calls = writes.map((write) => write.mock.calls.length)
    for (const write of writes) write.mockRestore()
    expect(calls).toEqual([0, 0])
  })
})

describe('the log', () => {
  it('has four fixed fields and nothing that a person wrote or is known by', async () => {
    const { app, post, events } = start({ trustProxy: true })
    const secret = 'Nguyễn Văn Bí Mật 0905123456'
    const query = encodeURIComponent(secret)
    await post(JSON.stringify({ text: secret }), { 'x-forwarded-for': '203.0.113.9', 'user-agent': 'Bi Mat', authorization: 'Bearer bi-mat' })
    await post(`{"text":"${secret}`)
    await app.inject(`/lam/${query}`)
    await app.inject(`/khong-co/${query}?q=${query}`)
    await app.inject(`/healthz?q=${query}`)
    await vi.waitFor(() => expect(events).toHaveLength(5))
    for (const event of events) expect(Object.keys(event)).toEqual(['route', 'status', 'ms', 'outcome'])
    expect(events.map(({ route, status, outcome }) => `${route} ${status} ${outcome}`)).toEqual([
      '/lam 200 ok',
      '/lam 400 not_json',
      '/lam/:name 200 ok',
      'unknown 404 not_found',
      '/healthz 200 ok',
    ])
    expect(decodeURIComponent(JSON.stringify(events))).not.toMatch(/Bí Mật|Bi Mat|bi-mat|0905|203\.0\.113/)
  })
})

describe('a stop', () => {
  const listening = async (work: Work = () => ({ ok: true })) => {
    const { app } = start({ work })
    await app.listen({ port: 0, host: '127.0.0.1' })
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1')
    await once(socket, 'connect')
    return { app, socket }
  }
  const HEAD = 'POST /lam HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n'

  // Browsers open connections in advance; phones lose theirs in the middle of a word.
  it.each([
    ['a connection that has never said anything', ''],
    ['a request whose head does not end', HEAD],
    ['a request whose body does not come', `${HEAD}content-length: 50\r\n\r\n{`],
  ])('is not held up by %s', async (_what, said) => {
    const { app, socket } = await listening()
    if (said) await new Promise((resolve) => socket.write(said, resolve))
    const closed = once(socket, 'close')
    socket.resume()
    await app.close()
    await closed
  })

  it('lets a request in hand come to its end', async () => {
    let begun: () => void = () => undefined
    const beginning = new Promise<void>((resolve) => {
      begun = resolve
    })
    let finish: () => void = () => undefined
    const { app, socket } = await listening(() => {
      begun()
      return new Promise((resolve) => {
        finish = () => resolve({ done: true })
      })
    })
    socket.write(`${HEAD}content-length: 2\r\n\r\n{}`)
    await beginning
    const closing = app.close()
    while (app.server.listening) await new Promise((resolve) => setImmediate(resolve))
    finish()
    const [answer] = await once(socket, 'data')
    expect(String(answer)).toMatch(/^HTTP\/1\.1 200 [\s\S]*\{"done":true\}$/)
    await closing
  })
})

describe('plugins', () => {
  it('cannot see each other: a rule of one does not hold for its neighbour', async () => {
    const strict: FastifyPluginAsync = async (scope) => {
      scope.addHook('onRequest', async () => {
        throw new Trouble('token_missing')
      })
      scope.get('/rieng', async () => 'x')
    }
    const { app } = start({ plugins: [strict, route(() => 'y')] })
    expect((await app.inject('/rieng')).statusCode).toBe(401)
    expect((await app.inject('/lam/x')).statusCode).toBe(200)
    expect((await app.inject('/healthz')).statusCode).toBe(200)
  })
})
