/** The way out against real sockets: what is private is not reached, whatever it is called. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { fetch, request } from 'undici'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { isPublic, type Outside, openOutside } from '../../../adapters/platform/outside.ts'

let server: Server
let port: number
let hits = 0
const opened: Outside[] = []

beforeAll(async () => {
  server = createServer((_request, response) => {
    hits += 1
    response.end('reached')
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  port = (server.address() as AddressInfo).port
})

afterAll(async () => {
  await Promise.all(opened.map((outside) => outside.close()))
  server.close()
})

function outsideWith(...listed: string[]): Outside {
  const outside = openOutside(listed)
  opened.push(outside)
  return outside
}

/** @returns what came of a request: the text, or the code of the refusal. */
async function reach(outside: Outside, url: string): Promise<string> {
  try {
    const { body } = await request(url, { dispatcher: outside.dispatcher, signal: AbortSignal.timeout(5_000) })
    return await body.text()
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : 'other'
  }
}

const SPELLINGS = [
  '127.0.0.1',
  'localhost',
  '2130706433',
  '0177.0.0.1',
  '0x7f.0.0.1',
  '0x7f000001',
  '127.1',
  '0.0.0.0',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '[::127.0.0.1]',
  '[::ffff:7f00:1]',
]

test.each(SPELLINGS)('%s leads to this machine and is refused before anything is asked', async (host) => {
  const before = hits
  expect(await reach(outsideWith(), `http://${host}:${port}/`)).toBe('EPRIVATE')
  expect(hits).toBe(before)
})

test('what fetch says about a refusal carries the code as well', async () => {
  const failed = await fetch(`http://localhost:${port}/`, { dispatcher: outsideWith().dispatcher }).catch((error: unknown) => error)
  expect(failed).toMatchObject({ cause: { code: 'EPRIVATE' } })
})

test('a listed host is reached, under each spelling of it', async () => {
  const outside = outsideWith(`127.0.0.1:${port}`)
  for (const host of ['127.0.0.1', '2130706433', '127.1', 'localhost']) expect(await reach(outside, `http://${host}:${port}/`)).toBe('reached')
  expect(await reach(outsideWith(`localhost:${port}`), `http://localhost:${port}/`)).toBe('reached')
})

test('a host is listed with its port only', async () => {
  const outside = outsideWith('127.0.0.1:1', `10.0.0.1:${port}`)
  expect(await reach(outside, `http://127.0.0.1:${port}/`)).toBe('EPRIVATE')
  expect(await reach(outside, `http://localhost:${port}/`)).toBe('EPRIVATE')
  expect(outside.isListed(new URL('http://127.0.0.1:1/x'))).toBe(true)
  expect(outside.isListed(new URL(`http://127.0.0.1:${port}/`))).toBe(false)
})

test('a name listed does not list the address behind it', async () => {
  expect(await reach(outsideWith(`localhost:${port}`), `http://127.0.0.1:${port}/`)).toBe('EPRIVATE')
})

test('the usual ports need not stand in the address', () => {
  const outside = outsideWith('may-chu.lan:443', '[::1]:80')
  expect(outside.isListed(new URL('https://May-Chu.lan/'))).toBe(true)
  expect(outside.isListed(new URL('http://may-chu.lan/'))).toBe(false)
  expect(outside.isListed(new URL('http://[0:0::1]/'))).toBe(true)
})

test('a redirect to a private address is an answer, not a way', async () => {
  const redirecting = createServer((_request, response) => response.writeHead(302, { location: `http://127.0.0.1:${port}/` }).end('moved'))
  await new Promise<void>((done) => redirecting.listen(0, '127.0.0.1', done))
  const host = `127.0.0.1:${(redirecting.address() as AddressInfo).port}`
  const before = hits
  expect(await reach(outsideWith(host), `http://${host}/`)).toBe('moved')
  expect(hits).toBe(before)
  redirecting.close()
})

const PRIVATE = [
  ...[
    '0.1.2.3',
    '10.0.0.1',
    '100.64.0.1',
    '100.127.255.255',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.0.0.1',
    '192.0.2.1',
  ],
  ...['192.168.1.1', '198.18.0.1', '198.19.255.255', '198.51.100.1', '203.0.113.1', '224.0.0.1', '239.255.255.255', '240.0.0.1', '255.255.255.255'],
  ...['::', '::1', '::ffff:8.8.8.8', '::8.8.8.8', '64:ff9b::a00:1', '100::1', 'fc00::1', 'fdff::1', 'fe80::1', 'fe80::1%eth0', 'fec0::1', 'ff02::1'],
  ...['2001::1', '2001:db8::1', '2002:7f00:1::1', '3fff::1', 'no address', ''],
]

test.each(PRIVATE)('“%s” is not public', (address) => expect(isPublic(address)).toBe(false))

test.each([
  '1.1.1.1',
  '8.8.8.8',
  '100.63.255.255',
  '100.128.0.1',
  '172.15.0.1',
  '172.32.0.1',
  '149.154.167.220',
  '223.255.255.255',
  '2001:4860:4860::8888',
  '2606:4700::1111',
])('%s is public', (address) => expect(isPublic(address)).toBe(true))

test('no IPv4 address becomes public by being written as IPv6', () => {
  fc.assert(fc.property(fc.ipV4(), (address) => !isPublic(`::ffff:${address}`) && !isPublic(`::${address}`)))
})
