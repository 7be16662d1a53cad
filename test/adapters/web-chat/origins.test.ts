/** Which pages may talk to the chat. */
import { describe, expect, it } from 'vitest'
import { ask, guest, type House, listen, openHouse, refusalOf } from './open.ts'

const LISTED = 'https://hoi.example.vn'
const PUBLIC = 'https://antam.example.vn'
const from = (house: House, origin: string, method = 'GET', path = '/api/chat/about') => ask(house, method, path, { headers: { origin } })
const corsOf = (response: Response) => [...response.headers.keys()].filter((name) => name.startsWith('access-control'))
const open = (listed: readonly string[] = [LISTED]) => openHouse({ listed, publicUrl: `${PUBLIC}/chat` })

describe('a page', () => {
  it('of our own, or none at all, may talk, and needs no permission', async () => {
    const house = await open()
    for (const response of [await ask(house, 'GET', '/api/chat/about'), await from(house, house.base), await from(house, PUBLIC)]) {
      expect([response.status, response.headers.get('vary'), corsOf(response)]).toEqual([200, 'origin', []])
      expect(response.headers.get('cross-origin-resource-policy')).toBe('same-origin')
    }
  })

  it('that is listed may talk, and its browser is told so', async () => {
    const response = await from(await open(), LISTED)
    expect(response.status).toBe(200)
    expect(response.headers.get('access-control-allow-origin')).toBe(LISTED)
    expect(response.headers.get('access-control-expose-headers')).toBe('retry-after')
    expect(response.headers.get('access-control-allow-credentials')).toBeNull()
    expect(response.headers.get('cross-origin-resource-policy')).toBe('cross-origin')
    expect(response.headers.get('vary')).toBe('origin')
  })

  const OTHERS = [
    ...[
      'https://ke-xau.example',
      'null',
      'http://hoi.example.vn',
      'https://hoi.example.vn:8443',
      'https://x.hoi.example.vn',
      'https://hoi.example.vn.xau.vn',
    ],
    ...['https://hoi.example.vn/', 'HTTPS://HOI.EXAMPLE.VN', 'file://', 'chrome-extension://abc', 'rác', '*'],
  ]
  it.each(OTHERS)('%s may not, before any work is done', async (origin) => {
    const house = await open()
    for (const [method, path] of [
      ['GET', '/api/chat/about'],
      ['POST', '/api/chat/session'],
      ['POST', '/api/chat/messages'],
      ['GET', '/api/chat/events'],
    ] as const) {
      const response = await from(house, Buffer.from(origin).toString('latin1'), method, path)
      expect([await refusalOf(response), corsOf(response), response.headers.get('vary')]).toEqual(['403 origin_refused', [], 'origin'])
    }
    expect(house.hub.size).toBe(0)
  })

  it('that is not listed changes nothing, even with a token that holds', async () => {
    const house = await open()
    const { token } = await guest(house)
    const headers = { origin: 'https://ke-xau.example' }
    const json = { id: 'abcdefgh', text: 'thay lời' }
    expect(await refusalOf(await ask(house, 'POST', '/api/chat/messages', { token, json, headers }))).toBe('403 origin_refused')
    expect(await refusalOf(await ask(house, 'DELETE', '/api/chat/session', { token, headers }))).toBe('403 origin_refused')
    expect(await house.store.read((tx) => tx.selectFrom('inbox').selectAll().execute())).toEqual([])
  })

  it('is not taken for ours by the same name on another port', async () => {
    const house = await open()
    expect(await refusalOf(await from(house, 'http://127.0.0.1:1'))).toBe('403 origin_refused')
  })
})

describe('a browser that asks before', () => {
  const preflight = (house: House, origin: string, path = '/api/chat/messages') =>
    ask(house, 'OPTIONS', path, { headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'authorization' } })

  it('is told what a listed page may send', async () => {
    const response = await preflight(await open(), LISTED)
    expect([response.status, await response.text()]).toEqual([204, ''])
    expect(response.headers.get('access-control-allow-origin')).toBe(LISTED)
    expect(response.headers.get('access-control-allow-methods')?.split(', ').sort()).toEqual(['DELETE', 'GET', 'OPTIONS', 'POST'])
    expect(response.headers.get('access-control-allow-headers')?.split(', ').sort()).toEqual(['authorization', 'content-type', 'last-event-id'])
    expect(response.headers.get('access-control-max-age')).toBe('600')
    expect(response.headers.get('vary')).toBe('origin')
  })

  it('is refused for any other page', async () => {
    const response = await preflight(await open(), 'https://ke-xau.example')
    expect([response.status, corsOf(response)]).toEqual([403, []])
  })

  it.each(['session', 'messages', 'attachments', 'typing', 'feedback', 'events', 'about'])('is answered for %s', async (route) => {
    expect((await preflight(await open(), LISTED, `/api/chat/${route}`)).status).toBe(204)
  })
})

describe('a refusal', () => {
  it('can be read by a listed page like an answer, with when to come back', async () => {
    const house = await openHouse({ listed: [LISTED], limits: { perVisitorPerMinute: 1 } })
    const { token } = await guest(house)
    const send = (more: object) =>
      ask(house, 'POST', '/api/chat/messages', { token, headers: { origin: LISTED, 'content-type': 'application/json' }, ...more })
    const refusals: [Response, string][] = [
      [await send({ token: 'x', body: '{}' }), '401 token_unknown'],
      [await send({ body: '{' }), '400 not_json'],
      [await send({ body: `{"text":"${'a'.repeat(70_000)}"}` }), '413 too_large'],
      [await send({ body: '{}' }), '400 message_id_invalid'],
      [await send({ body: '{}' }), '429 too_many'],
    ]
    for (const [response, refusal] of refusals) {
      expect([await refusalOf(response), response.headers.get('access-control-allow-origin')]).toEqual([refusal, LISTED])
      expect(response.headers.get('vary')).toBe('origin')
    }
    expect(refusals.at(-1)?.[0].headers.get('access-control-expose-headers')).toBe('retry-after')
  })
})

describe('the stream', () => {
  it('is for listed pages too', async () => {
    const house = await open()
    const { token, name } = await guest(house)
    const abort = new AbortController()
    const response = await fetch(`${house.base}/api/chat/events`, {
      headers: { authorization: `Bearer ${token}`, origin: LISTED },
      signal: abort.signal,
    })
    expect([response.status, response.headers.get('access-control-allow-origin'), response.headers.get('vary')]).toEqual([200, LISTED, 'origin'])
    abort.abort()
    await (await listen(house, { token, name })).until((frames) => frames.length > 0)
  })
})
