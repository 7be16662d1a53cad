/** One call of a platform: what is said of a failure decides whether a person may get a message twice, so every way to fail is met for real. */
import { once } from 'node:events'
import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'
import { inspect } from 'node:util'
import { Agent } from 'undici'
import { afterEach, describe, expect, it } from 'vitest'
import { CallError, call, callError } from '../../../adapters/platform/call.ts'
import { openOutside } from '../../../adapters/platform/outside.ts'

const SECRET = 'khoa-bi-mat'
const closing: (() => Promise<unknown> | unknown)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function serveTcp(connected: (socket: Socket) => void): Promise<string> {
  const server = createTcpServer((socket) => connected(socket.on('error', () => undefined))).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closing.push(() => server.close())
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

function outsideOf(...hosts: string[]) {
  const outside = openOutside(hosts)
  closing.push(() => outside.close())
  return outside
}

const to = (host: string, more: object = {}) =>
  call(outsideOf(host), { url: `http://${host}/bot${SECRET}/send`, body: {}, timeoutMs: 30_000, ...more })

async function failure(promise: Promise<unknown>): Promise<CallError> {
  const error = await promise.then(
    () => undefined,
    (caught) => caught,
  )
  expect(error).toBeInstanceOf(CallError)
  expect(inspect(error, { depth: null, showHidden: true })).not.toContain(SECRET)
  return error as CallError
}

/** Resolves with the bytes of a request once its body is there. */
const bodyOf = async (request: AsyncIterable<Buffer>) => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

describe('what is sent', () => {
  const mirror: RequestListener = async (request, response) => {
    const { method, headers } = request
    response.end(
      JSON.stringify({
        method,
        type: headers['content-type'],
        length: headers['content-length'],
        extra: headers['x-extra'],
        body: await bodyOf(request),
      }),
    )
  }

  it.each([
    ['an object as JSON', { body: { chữ: 'tiếng Việt' } }, { method: 'POST', type: 'application/json; charset=utf-8', body: '{"chữ":"tiếng Việt"}' }],
    ['a string as it is', { body: 'a=1&b=2', headers: { 'content-type': 'x/form' } }, { type: 'x/form', body: 'a=1&b=2' }],
    ['bytes as they are', { body: Buffer.from('bytes') }, { body: 'bytes' }],
    ['headers of the caller', { body: {}, headers: { 'x-extra': 'a' } }, { extra: 'a' }],
    ['no body at all', { body: undefined, method: 'GET' as const }, { method: 'GET', body: '' }],
  ])('%s', async (_what, given, expected) => {
    const host = await serve(mirror)
    expect((await to(host, given)).body).toMatchObject(expected)
  })
})

describe('what is answered', () => {
  it.each([
    ['an error of the platform is an answer', 502, '{"ok":false}', { ok: false }],
    ['a redirect is not followed', 302, '{}', {}],
    ['what is no JSON is undefined', 200, '<html>', undefined],
    ['nothing is undefined', 200, '', undefined],
    ['null is null', 200, 'null', null],
    ['what is far too long is not read', 200, JSON.stringify('x'.repeat(1024 * 1024)), undefined],
  ])('%s', async (_what, status, body, expected) => {
    const host = await serve((_request, response) => response.writeHead(status, { location: '/elsewhere' }).end(body))
    const called = await to(host)
    expect(called.status).toBe(status)
    expect(called.body).toEqual(expected)
    expect(called.headers['location']).toBe('/elsewhere')
  })
})

describe('nothing was asked', () => {
  it('where nobody listens', async () => {
    const host = await serve(() => undefined)
    await closing.pop()?.()
    expect(await failure(to(host))).toMatchObject({ code: 'not_sent', why: 'ECONNREFUSED' })
  })

  it('where there is no such name', async () => {
    const error = await failure(
      call(
        { dispatcher: new Agent(), isListed: () => true, close: async () => undefined },
        { url: `http://khong-co.invalid/${SECRET}`, timeoutMs: 30_000 },
      ),
    )
    expect(error.code).toBe('not_sent')
  })

  it('where the address is private and not listed', async () => {
    const host = await serve((_request, response) => response.end('{}'))
    expect(await failure(call(outsideOf(), { url: `http://${host}/bot${SECRET}/send`, timeoutMs: 30_000 }))).toMatchObject({
      code: 'not_sent',
      why: 'EPRIVATE',
    })
  })

  it.each([`không phải địa chỉ ${SECRET}`, `ftp://127.0.0.1/${SECRET}`])('where the address is none: %s', async (url) => {
    expect((await failure(call(outsideOf(), { url, timeoutMs: 30_000 }))).code).toBe('not_sent')
  })

  it('where a header cannot be sent', async () => {
    const host = await serve((_request, response) => response.end('{}'))
    expect((await failure(to(host, { headers: { 'x-extra': `xuống\ndòng ${SECRET}` } }))).code).toBe('not_sent')
  })

  it('where the caller had given up before', async () => {
    const asked: string[] = []
    const host = await serve((request, response) => {
      asked.push(String(request.url))
      response.end('{}')
    })
    expect(await failure(to(host, { signal: AbortSignal.abort() }))).toMatchObject({ code: 'not_sent', why: 'AbortError' })
    expect(asked).toEqual([])
  })

  it('where a connection is not finished, whatever the code', () => {
    const error = Object.assign(new Error(`connect ETIMEDOUT ${SECRET}`), { code: 'ETIMEDOUT', syscall: 'connect' })
    expect(callError(error)).toMatchObject({ code: 'not_sent', why: 'ETIMEDOUT' })
    expect(callError(new TypeError('fetch failed', { cause: error }))).toMatchObject({ code: 'not_sent', why: 'ETIMEDOUT' })
  })
})

describe('nobody knows', () => {
  it('where the connection breaks after the request', async () => {
    const host = await serve(async (request) => {
      await bodyOf(request)
      request.socket.destroy()
    })
    expect((await failure(to(host))).code).toBe('in_doubt')
  })

  it('where it is reset', async () => {
    const host = await serveTcp((socket) => socket.once('data', () => socket.resetAndDestroy()))
    expect(await failure(to(host))).toMatchObject({ code: 'in_doubt', why: 'ECONNRESET' })
  })

  it('where no answer comes in time', async () => {
    const host = await serve(() => undefined)
    expect(await failure(to(host, { timeoutMs: 20 }))).toMatchObject({ code: 'in_doubt', why: 'TimeoutError' })
  })

  it('where the answer does not end in time', async () => {
    const host = await serve((_request, response) => void response.writeHead(200).write('{"ok":'))
    expect(await failure(to(host, { timeoutMs: 50 }))).toMatchObject({ code: 'in_doubt', why: 'TimeoutError' })
  })

  it('where the answer breaks off', async () => {
    const host = await serve((_request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"ok":true')
      setImmediate(() => response.destroy())
    })
    expect((await failure(to(host))).code).toBe('in_doubt')
  })

  it('where the answer is no HTTP', async () => {
    const host = await serveTcp((socket) => socket.once('data', () => socket.end(`garbage ${SECRET}\r\n\r\n`)))
    expect((await failure(to(host))).code).toBe('in_doubt')
  })

  it('where the caller gives up while waiting', async () => {
    const controller = new AbortController()
    const host = await serve(() => controller.abort(new Error(SECRET)))
    expect(await failure(to(host, { signal: controller.signal }))).toMatchObject({ code: 'in_doubt', why: 'AbortError' })
  })

  it('where the way out is closed while waiting', async () => {
    let closeWay = async () => {}
    const host = await serve(() => void closeWay())
    const outside = outsideOf(host)
    closeWay = () => outside.close()
    expect((await failure(call(outside, { url: `http://${host}/${SECRET}`, timeoutMs: 30_000 }))).code).toBe('in_doubt')
  })

  it.each([undefined, null, 'words', 7, {}, new Error(SECRET), Object.assign(new Error(SECRET), { code: 7 })])(
    'where something unknown is thrown: %s',
    (thrown) => {
      const error = callError(thrown)
      expect(error).toMatchObject({ code: 'in_doubt', why: 'unknown' })
      expect(inspect(error)).not.toContain(SECRET)
    },
  )

  it('where causes go round in a circle', () => {
    const error = new Error('a')
    error.cause = error
    expect(callError(error).why).toBe('unknown')
  })
})

describe('a signal that lives long', () => {
  it('keeps nothing of the calls that are over', async () => {
    const host = await serve((_request, response) => response.end('{}'))
    const { signal } = new AbortController()
    let listeners = 0
    const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)]
    signal.addEventListener = (...given: Parameters<typeof add>) => {
      listeners += 1
      add(...given)
    }
    signal.removeEventListener = (...given: Parameters<typeof remove>) => {
      listeners -= 1
      remove(...given)
    }
    await to(host, { signal })
    await failure(to('127.0.0.1:1', { signal }))
    expect(listeners).toBe(0)
  })
})
