/** Fetching files from real servers that lie, dawdle and lead astray. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createServer as createRawServer } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { fetchFile } from '../../../adapters/platform/fetch-file.ts'
import { type Outside, openOutside } from '../../../adapters/platform/outside.ts'
import { FetchError, type Fetched } from '../../../bot/delivery/relay.ts'

const FILE = Buffer.from('ảnh chụp hóa đơn')
const SECRET = 'secret-token-in-the-address'

let server: Server
let host: string
let outside: Outside
/** Paths that were asked for. */
const asked: string[] = []

const answers: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>> = {
  '/file': (_request, response) => response.writeHead(200, { 'content-type': 'image/jpeg' }).end(FILE),
  '/headers': (request, response) => response.end(String(request.headers['x-key'])),
  '/redirect': (_request, response) => response.writeHead(302, { location: `http://${host}/file` }).end(),
  '/huge': (_request, response) => response.writeHead(200, { 'content-length': 10 ** 9 }).write('x'),
  '/endless': (_request, response) => endless(response),
  '/silent': () => undefined,
  '/drip': (_request, response) => response.writeHead(200).write('x'),
}

function endless(response: ServerResponse): void {
  response.once('drain', () => endless(response))
  while (response.write(Buffer.alloc(1024, 'x'))) if (response.destroyed) return
}

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    const status = /^\/status\/(\d+)$/.exec(path)?.[1]
    if (status) response.writeHead(Number(status)).end('no')
    else answers[path.replace(/\?.*/, '')]?.(request, response)
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  outside = openOutside([host])
})

afterAll(async () => {
  await outside.close()
  server.closeAllConnections()
  server.close()
})

const get = (path: string, rules: { readonly maxBytes?: number; readonly timeoutMs?: number } = {}): Promise<Fetched> =>
  fetchFile(outside, `http://${host}${path}?${SECRET}`, { hosts: [host], maxBytes: 1_000, timeoutMs: 10_000, ...rules })

/** @returns the error of a fetch that must fail; it never holds the address. */
async function failure(fetching: Promise<Fetched>): Promise<FetchError> {
  const error = await fetching.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(error instanceof FetchError)) throw new Error('expected a FetchError')
  expect(`${error.message} ${error.stack} ${String(error.cause)} ${JSON.stringify(error)}`).not.toContain(SECRET)
  return error
}

test('a file comes whole, with what the platform calls it', async () => {
  expect(await get('/file')).toEqual({ bytes: FILE, declared: 'image/jpeg' })
  expect((await get('/file', { maxBytes: FILE.length })).bytes).toEqual(FILE)
})

test('headers go along', async () => {
  const { bytes } = await fetchFile(outside, `http://${host}/headers`, { hosts: [host], maxBytes: 100, timeoutMs: 10_000, headers: { 'x-key': 'k' } })
  expect(bytes.toString()).toBe('k')
})

test('a redirect is not followed', async () => {
  const before = asked.filter((path) => path === '/file').length
  expect(await failure(get('/redirect'))).toMatchObject({ code: 'unreachable', retry: 'never' })
  expect(asked.filter((path) => path === '/file').length).toBe(before)
})

test.each([
  [404, 'never'],
  [410, 'never'],
  [403, 'never'],
  [401, 'never'],
  [304, 'never'],
  [206, 'never'],
  [429, 'later'],
  [500, 'later'],
  [502, 'later'],
])('status %i is tried again: %s', async (status, retry) => {
  const url = `http://${host}/status/${status}`
  expect(await failure(fetchFile(outside, url, { hosts: [host], maxBytes: 10, timeoutMs: 10_000 }))).toMatchObject({ code: 'unreachable', retry })
})

test('a length that is too large is refused before it is read', async () => {
  expect(await failure(get('/huge'))).toMatchObject({ code: 'too_large', retry: 'never' })
})

test('what has no end is cut off', async () => {
  expect(await failure(get('/endless', { maxBytes: 100_000 }))).toMatchObject({ code: 'too_large', retry: 'never' })
  expect(await failure(get('/file', { maxBytes: FILE.length - 1 }))).toMatchObject({ code: 'too_large' })
})

test.each(['/silent', '/drip'])('%s does not hold us', async (path) => {
  expect(await failure(get(path, { timeoutMs: 200 }))).toMatchObject({ code: 'unreachable', retry: 'later' })
})

test.each([
  ['fewer bytes than promised', 'HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\nshort', undefined],
  ['more bytes than promised', 'HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nshort and long', 'short'],
  ['no HTTP at all', '\0\0\0\0', undefined],
])('%s never become a file that is too long', async (_what, answer, bytes) => {
  const raw = createRawServer((socket) => socket.on('error', () => undefined).once('data', () => socket.end(answer)))
  await new Promise<void>((done) => raw.listen(0, '127.0.0.1', done))
  const rawHost = `127.0.0.1:${(raw.address() as AddressInfo).port}`
  const other = openOutside([rawHost])
  const fetching = fetchFile(other, `http://${rawHost}/`, { hosts: [rawHost], maxBytes: 100, timeoutMs: 10_000 })
  if (bytes === undefined) expect(await failure(fetching)).toMatchObject({ code: 'unreachable', retry: 'later' })
  else expect((await fetching).bytes.toString()).toBe(bytes)
  await other.close()
  raw.close()
})

test('a server that is not there is tried again', async () => {
  const gone = createRawServer()
  await new Promise<void>((done) => gone.listen(0, '127.0.0.1', done))
  const goneHost = `127.0.0.1:${(gone.address() as AddressInfo).port}`
  await new Promise((done) => gone.close(done))
  const other = openOutside([goneHost])
  const fetching = fetchFile(other, `http://${goneHost}/`, { hosts: [goneHost], maxBytes: 100, timeoutMs: 10_000 })
  expect(await failure(fetching)).toMatchObject({ code: 'unreachable', retry: 'later' })
  await other.close()
})

/** None of these is asked for at all: they are refused for good, and nothing is looked up. */
test.each([
  ['https://evilzdn.vn/a.jpg', 'a name that only ends alike'],
  ['https://zdn.vn.evil.example/a.jpg', 'a name that only begins alike'],
  ['https://zdn.vn@evil.example/a.jpg', 'the host as a user name'],
  ['https://user:word@zdn.vn/a.jpg', 'a password'],
  ['https://evil.example/zdn.vn', 'the host as a path'],
  ['https://evil.example?zdn.vn', 'the host as a question'],
  ['https://zdn.vn:8443/a.jpg', 'another port'],
  ['https://zdn.vn./a.jpg', 'a dot at the end'],
  ['http://zdn.vn/a.jpg', 'no TLS'],
  ['http://127.0.0.1/a.jpg', 'this machine'],
  ['https://127.0.0.1/a.jpg', 'this machine with TLS'],
  ['ftp://zdn.vn/a.jpg', 'another protocol'],
  ['file:///etc/passwd', 'a file of ours'],
  ['data:text/plain,zdn.vn', 'data'],
  ['zdn.vn/a.jpg', 'no address'],
  ['', 'nothing'],
])('%s is refused: %s', async (url) => {
  expect(await failure(fetchFile(outside, url, { hosts: ['zdn.vn'], maxBytes: 10, timeoutMs: 10_000 }))).toMatchObject({
    code: 'unreachable',
    retry: 'never',
  })
})

test.each(['https://zdn.vn/a.jpg', 'https://f1-zpc.ZDN.vn/a.jpg', 'https://zdn.vn:443/a.jpg'])('%s would be asked for', async (url) => {
  const closed = openOutside([])
  await closed.close()
  const error = await failure(fetchFile(closed, url, { hosts: ['zdn.vn'], maxBytes: 10, timeoutMs: 10_000 }))
  // Only what was asked for may be tried again: here there is no way out any more.
  expect(error.retry).toBe('later')
})

test('an allowed name that leads to a private address is not reached', async () => {
  const before = asked.length
  const closed = openOutside([])
  const local = `localhost:${host.split(':')[1]}`
  const fetching = fetchFile({ ...closed, isListed: () => true }, `http://${local}/file`, { hosts: [local], maxBytes: 100, timeoutMs: 10_000 })
  expect(await failure(fetching)).toMatchObject({ code: 'unreachable', retry: 'later' })
  expect(asked.length).toBe(before)
  await closed.close()
})
