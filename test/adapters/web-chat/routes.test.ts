/** The contract of the web chat, end to end: the real parts behind a real socket. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { openTokens, TOKEN_DAYS } from '../../../adapters/web-chat/token.ts'
import { HOTLINE } from '../../../bot/wording/vi.ts'
import { WEB_TROUBLE } from '../../../bot/wording/web.ts'
import { filesHolding, tamper } from '../storage/office.ts'
import {
  ask,
  type Body,
  conversationOf,
  DAY,
  errorOf,
  gone,
  guest,
  type House,
  listen,
  messageOf,
  newId,
  numbered,
  numberedAre,
  openHouse,
  refusalOf,
  said,
  tell,
} from './open.ts'

const FOREIGN_ID = '00000000-0000-4000-8000-000000000000'

const post = (house: House, token: string | undefined, json: unknown) => ask(house, 'POST', '/api/chat/messages', { token, json })
const texts = (house: House) => house.store.read((tx) => tx.selectFrom('inbox').select('content').orderBy('received_at').execute())
const countOf = (house: House, table: 'conversation' | 'inbox' | 'web_event' | 'attachment' | 'feedback') =>
  house.store.read(async (tx) => (await tx.selectFrom(table).selectAll().execute()).length)
const png = (width = 4) =>
  sharp({ create: { width, height: 3, channels: 3, background: 'red' } })
    .png()
    .toBuffer()

describe('a session', () => {
  it('names a new visitor, shortly for people and whole in the token, and says how long it holds', async () => {
    const house = await openHouse()
    const response = await ask(house, 'POST', '/api/chat/session', { json: {} })
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
    const session = (await response.json()) as { token: string; visitor: string; expiresAt: number }
    expect(Object.keys(session).sort()).toEqual(['expiresAt', 'token', 'visitor'])
    expect(session.visitor).toMatch(/^[A-Z0-9]{4}$/)
    expect(session.token.startsWith(session.visitor.toLowerCase())).toBe(true)
    expect(session.expiresAt).toBe(house.time.now + TOKEN_DAYS * DAY)
  })

  it('is renewed for the same visitor by a token that holds, up to its last moment', async () => {
    const house = await openHouse()
    const { token, name } = await guest(house)
    house.time.now += TOKEN_DAYS * DAY - 1
    const renewed = (await (await ask(house, 'POST', '/api/chat/session', { token })).json()) as { token: string; expiresAt: number }
    expect(renewed.token.split('.')[0]).toBe(name)
    expect(renewed.expiresAt).toBe(house.time.now + TOKEN_DAYS * DAY)
  })

  const later = TOKEN_DAYS * DAY
  const SPOILT: [what: string, waited: number, spoil: (token: string) => string][] = [
    ['expired', later, (token) => token],
    ['forged', 0, (token) => token.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a'))],
    ['truncated', 0, (token) => token.slice(0, -1)],
    ['no token at all', 0, () => 'x'],
  ]
  it.each(SPOILT)('of a token that is %s makes another visitor', async (_what, waited, spoil) => {
    const house = await openHouse()
    const { token, name } = await guest(house)
    house.time.now += waited
    const response = await ask(house, 'POST', '/api/chat/session', { token: spoil(token) })
    const other = (await response.json()) as { token: string }
    expect(response.status).toBe(200)
    expect(other.token.split('.')[0]).not.toBe(name)
  })
})

describe('a token', () => {
  const WANTS_ONE: [method: string, path: string][] = [
    ['POST', '/api/chat/messages'],
    ['POST', '/api/chat/attachments'],
    ['POST', '/api/chat/typing'],
    ['POST', '/api/chat/feedback'],
    ['GET', '/api/chat/events'],
    ['DELETE', '/api/chat/session'],
  ]
  const typeFor = (path: string) => ({ 'content-type': path.endsWith('attachments') ? 'image/png' : 'application/json' })
  const asking = (method: string, path: string, token?: string) => ({
    ...(token === undefined ? {} : { token }),
    ...(method === 'POST' ? { body: '{}', headers: typeFor(path) } : {}),
  })

  it.each(WANTS_ONE)('is wanted by %s %s', async (method, path) => {
    const house = await openHouse()
    const response = await ask(house, method, path, asking(method, path))
    expect(response.status).toBe(401)
    expect(await errorOf(response)).toEqual({ code: 'token_missing', message: WEB_TROUBLE.token_missing })
  })

  it.each(WANTS_ONE)('that is not good is refused by %s %s', async (method, path) => {
    const house = await openHouse()
    const [one, two] = [await guest(house), await guest(house)]
    const [head, expiry, mac] = one.token.split('.') as [string, string, string]
    const bad = [
      `${two.name}.${expiry}.${mac}`, // the seal of one on the name of another
      `${head}.${(Number.parseInt(expiry, 36) + 1).toString(36)}.${mac}`, // longer than it was given
      `${head}.${expiry}.${'A'.repeat(43)}`,
      `${head}.${expiry}`,
      one.token.slice(0, 20),
      one.token.toUpperCase(),
      'null',
      'a'.repeat(5_000),
    ]
    for (const token of bad) expect(await refusalOf(await ask(house, method, path, asking(method, path, token))), token).toBe('401 token_unknown')
    house.time.now += TOKEN_DAYS * DAY
    expect(await refusalOf(await ask(house, method, path, asking(method, path, one.token)))).toBe('401 token_unknown')
  })

  it('of another service is refused, and other schemes are no token', async () => {
    const [house, elsewhere] = [await openHouse(), await openHouse({ change: (parts) => ({ ...parts, tokens: openTokens(Buffer.alloc(32, 8)) }) })]
    const { token } = await guest(house)
    expect(await refusalOf(await post(elsewhere, token, { id: newId(), text: 'a' }))).toBe('401 token_unknown')
    for (const authorization of [`Basic ${token}`, token, `Bearer  ${token}`, `Bearer ${token} x`])
      expect(await refusalOf(await ask(house, 'POST', '/api/chat/typing', { headers: { authorization } }))).toBe('401 token_unknown')
  })
})

describe('a message', () => {
  it('is taken, committed, and shown on the visitor’s own stream', async () => {
    const house = await openHouse()
    const visitor = await guest(house)
    const response = await post(house, visitor.token, { id: 'tin-dau-tien', text: 'Máy hỏng' })
    expect([response.status, await response.json()]).toEqual([202, { id: 'tin-dau-tien', repeated: false }])
    expect(await texts(house)).toEqual([{ content: '{"kind":"text","text":"Máy hỏng","masked":false}' }])
    const stream = await listen(house, visitor)
    const [event] = numbered(await stream.until(numberedAre(1)))
    expect(event).toEqual({
      id: 1,
      event: 'message',
      data: { author: 'person', id: 'tin-dau-tien', at: house.time.now, text: 'Máy hỏng', masked: false },
    })
  })

  it('of one of the offered choices is taken as the words on the button', async () => {
    const house = await openHouse()
    const { token } = await guest(house)
    expect((await post(house, token, { id: newId(), choice: 'Gặp cán bộ' })).status).toBe(202)
    expect(await texts(house)).toEqual([{ content: '{"kind":"choice","text":"Gặp cán bộ"}' }])
  })

  it('sent again does nothing twice; with other words under the same id it is refused', async () => {
    const house = await openHouse()
    const { token } = await guest(house)
    const again = (text: string) => post(house, token, { id: 'tin-lap-lai', text })
    await again('một')
    const second = await again('một')
    expect([second.status, await second.json()]).toEqual([202, { id: 'tin-lap-lai', repeated: true }])
    expect(await refusalOf(await again('hai'))).toBe('409 id_reused')
    expect(await refusalOf(await post(house, token, { id: 'tin-lap-lai', choice: 'một' }))).toBe('409 id_reused')
    expect([await countOf(house, 'inbox'), await countOf(house, 'web_event')]).toEqual([1, 1])
  })

  it('sent many times at once is taken once', async () => {
    const house = await openHouse()
    const { token } = await guest(house)
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(house, token, { id: 'tin-cung-luc', text: 'một' })))
    const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as { repeated: boolean }[]
    expect(answers.every((answer) => answer.status === 202)).toBe(true)
    expect(bodies.filter((body) => !body.repeated)).toHaveLength(1)
    expect([await countOf(house, 'inbox'), await countOf(house, 'web_event')]).toEqual([1, 1])
  })

  it('may carry an id that another visitor uses too', async () => {
    const house = await openHouse()
    for (const visitor of [await guest(house), await guest(house)])
      expect(await (await post(house, visitor.token, { id: 'tin-so-mot', text: visitor.name })).json()).toEqual({ id: 'tin-so-mot', repeated: false })
  })

  it('keeps no number that must not be kept, in no file, and says that something was covered', async () => {
    const house = await openHouse()
    const visitor = await guest(house)
    const hidden = ['052099001234', '4111 1111 1111 1111', '0520 9900\u200b1235']
    await tell(house, visitor, `cccd ${hidden[0]}, thẻ ${hidden[1]}, cccd ${hidden[2]}, mua ngày 12/03/2026 hết 250.000đ`)
    const [event] = numbered(await (await listen(house, visitor)).until(numberedAre(1)))
    expect(event?.data).toMatchObject({ masked: true, text: expect.stringContaining('mua ngày 12/03/2026 hết 250.000đ') })
    expect(event?.data.text).not.toMatch(/\d{4} ?\d{4}/)
    expect(filesHolding(house.folder, ...hidden)).toEqual([])
  })

  it('of hidden and strange characters is taken as it is', async () => {
    const house = await openHouse()
    const visitor = await guest(house)
    const strange = [
      '\u202egnơưhc\u202c',
      '\u200b\u200d',
      '\u{e0041}\u{e0042}',
      'a\u0000b',
      '\ud800',
      'Tiê\u0301ng',
      'a\u2028b',
      '</script><img src=x>',
    ]
    for (const text of strange) await tell(house, visitor, text)
    const frames = numbered(await (await listen(house, visitor)).until(numberedAre(strange.length)))
    expect(frames.map((frame) => frame.data.text.toWellFormed())).toEqual(strange.map((text) => text.toWellFormed()))
    expect(frames.every((frame) => frame.data.masked === false)).toBe(true)
  })

  it('of 10,000 characters is taken, letters or emoji', async () => {
    const house = await openHouse()
    const visitor = await guest(house)
    for (const text of ['a'.repeat(10_000), '😀'.repeat(10_000), 'ạ'.repeat(10_000)]) await tell(house, visitor, text)
    expect(await countOf(house, 'inbox')).toBe(3)
  })

  const FAULTY: [what: string, body: unknown, refusal: string][] = [
    ['nothing', {}, '400 message_id_invalid'],
    ['no id', { text: 'a' }, '400 message_id_invalid'],
    ['a number as id', { id: 12345678, text: 'a' }, '400 message_id_invalid'],
    ['an id of 7 characters', { id: '1234567', text: 'a' }, '400 message_id_invalid'],
    ['an id of 65 characters', { id: 'a'.repeat(65), text: 'a' }, '400 message_id_invalid'],
    ['an id with a path', { id: '../../etc/passwd', text: 'a' }, '400 message_id_invalid'],
    ['an id with a line break', { id: 'abcdefgh\n', text: 'a' }, '400 message_id_invalid'],
    ['an id with a colon', { id: 'abcd:efgh', text: 'a' }, '400 message_id_invalid'],
    ['an id with marks', { id: 'tinnhắnnày', text: 'a' }, '400 message_id_invalid'],
    ['an id alone', { id: 'abcdefgh' }, '400 content_missing'],
    ['blank words', { id: 'abcdefgh', text: ' \n\t ' }, '400 content_missing'],
    ['a number as words', { id: 'abcdefgh', text: 5 }, '400 content_missing'],
    ['null as words', { id: 'abcdefgh', text: null }, '400 content_missing'],
    ['a list as words', { id: 'abcdefgh', text: ['a'] }, '400 content_missing'],
    ['10,001 characters', { id: 'abcdefgh', text: 'a'.repeat(10_001) }, '400 text_too_long'],
    ['10,001 emoji', { id: 'abcdefgh', text: '😀'.repeat(10_001) }, '400 text_too_long'],
    ['a choice of 201 characters', { id: 'abcdefgh', choice: 'a'.repeat(201) }, '400 text_too_long'],
    ['words and a choice', { id: 'abcdefgh', text: 'a', choice: 'b' }, '400 content_ambiguous'],
    ['words and a file', { id: 'abcdefgh', text: 'a', attachment: FOREIGN_ID }, '400 content_ambiguous'],
    ['a file by a name that is none', { id: 'abcdefgh', attachment: '../x' }, '404 attachment_unknown'],
    ['a file that was never sent', { id: 'abcdefgh', attachment: FOREIGN_ID }, '404 attachment_unknown'],
    ['a list', ['a'], '400 not_an_object'],
    ['words alone', 'a', '400 not_an_object'],
    ['null', null, '400 not_an_object'],
    ['true', true, '400 not_an_object'],
  ]
  it('that is faulty is refused with what is wrong, in Vietnamese, and nothing of it is kept', async () => {
    const house = await openHouse()
    const { token } = await guest(house)
    for (const [what, body, refusal] of FAULTY) {
      const response = await ask(house, 'POST', '/api/chat/messages', {
        token,
        body: JSON.stringify(body),
        headers: { 'content-type': 'application/json' },
      })
      const { error } = (await response.json()) as { error: { code: keyof typeof WEB_TROUBLE; message: string } }
      expect([`${response.status} ${error.code}`, error.message], what).toEqual([refusal, WEB_TROUBLE[error.code]])
    }
    expect([await countOf(house, 'conversation'), await countOf(house, 'inbox')]).toEqual([0, 0])
    expect(house.faults).toEqual([])
  })

  const RAW: [what: string, body: string | Uint8Array, type: string, refusal: string][] = [
    ['no body', '', 'application/json', '400 not_json'],
    ['half a JSON', '{"id":"abcdefgh","text":"a', 'application/json', '400 not_json'],
    ['words', 'xin chào', 'application/json', '400 not_json'],
    ['a key that would poison prototypes', '{"id":"abcdefgh","text":"a","__proto__":{}}', 'application/json', '400 not_json'],
    ['text/plain', '{"id":"abcdefgh","text":"a"}', 'text/plain', '400 not_json'],
    ['a form', 'id=abcdefgh&text=a', 'application/x-www-form-urlencoded', '400 not_json'],
    ['no type', Buffer.from('{"id":"abcdefgh","text":"a"}'), '', '400 not_json'],
    ['a picture', Buffer.from([0x89, 0x50]), 'image/png', '400 not_json'],
    ['bytes that are no UTF-8', Buffer.from('7b226964223a226162636465666768222c2274657874223a22ff2280227d', 'hex'), 'application/json', '400'],
    ['JSON thirty thousand deep', `{"id":"abcdefgh","text":${'['.repeat(30_000)}${']'.repeat(30_000)}}`, 'application/json', '400 content_missing'],
    ['more than 64 kB', JSON.stringify({ id: 'abcdefgh', text: 'a'.repeat(70_000) }), 'application/json', '413 too_large'],
  ]
  it.each(RAW)('of %s is refused', async (_what, body, type, refusal) => {
    const house = await openHouse()
    const { token } = await guest(house)
    const headers = type === '' ? {} : { 'content-type': type }
    const response = await ask(house, 'POST', '/api/chat/messages', { token, body, headers })
    expect(await refusalOf(response)).toMatch(new RegExp(`^${refusal}`))
    expect(await countOf(house, 'inbox')).toBe(0)
    expect(house.faults).toEqual([])
  })

  it('that never ends is cut off at 64 kB', async () => {
    const house = await openHouse()
    const { token } = await guest(house)
    let given = 0
    const endless = new ReadableStream({
      pull: (controller) => {
        given++
        controller.enqueue(Buffer.alloc(8_192, 'a'))
        if (given > 5_000) controller.close()
      },
    })
    const sending = fetch(`${house.base}/api/chat/messages`, {
      ...{ method: 'POST', body: endless, duplex: 'half' },
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    } as RequestInit)
    // Cut off: either the refusal arrives, or the line breaks while we still send.
    const status = await sending.then((response) => response.status).catch(() => 413)
    expect(status).toBe(413)
    expect(given).toBeLessThan(5_000)
    expect(await countOf(house, 'inbox')).toBe(0)
  })
})

describe('while the database cannot be written', () => {
  it('nothing is acknowledged, and the same message is taken later under the same id', async () => {
    const house = await openHouse()
    const { token } = await guest(house)
    tamper(house.folder, "create trigger full before insert on inbox begin select raise(abort, 'database or disk is full'); end")
    const refused = await post(house, token, { id: 'tin-dia-day', text: 'Máy hỏng' })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
    const { error } = (await refused.json()) as { error: { code: string; message: string } }
    expect(error).toEqual({ code: 'not_kept', message: WEB_TROUBLE.not_kept })
    expect([await countOf(house, 'conversation'), await countOf(house, 'inbox'), await countOf(house, 'web_event')]).toEqual([0, 0, 0])
    expect(house.faults).toHaveLength(1)
    tamper(house.folder, 'drop trigger full')
    expect(await (await post(house, token, { id: 'tin-dia-day', text: 'Máy hỏng' })).json()).toEqual({ id: 'tin-dia-day', repeated: false })
  })

  it('one faulty message of many at once is refused alone', async () => {
    const house = await openHouse()
    const { token } = await guest(house)
    tamper(
      house.folder,
      "create trigger bad before insert on inbox when new.content like '%hỏng hẳn%' begin select raise(abort, 'constraint failed'); end",
    )
    const answers = await Promise.all(['một', 'hỏng hẳn', 'ba', 'bốn'].map((text) => post(house, token, { id: newId(), text })))
    expect(answers.map((answer) => answer.status)).toEqual([202, 503, 202, 202])
    expect(await countOf(house, 'inbox')).toBe(3)
  })

  it('a file is not acknowledged either', async () => {
    const house = await openHouse({
      change: (parts) => ({
        ...parts,
        quarantine: { ...parts.quarantine, take: () => Promise.reject(Object.assign(new Error('ENOSPC'), { code: 'ENOSPC' })) },
      }),
    })
    const { token } = await guest(house)
    const response = await ask(house, 'POST', '/api/chat/attachments', { token, body: await png(), headers: { 'content-type': 'image/png' } })
    expect([await refusalOf(response), response.headers.get('retry-after')]).toEqual(['503 not_kept', '5'])
    expect(await countOf(house, 'attachment')).toBe(0)
  })
})

describe('limits', () => {
  it('of one visitor are met with 429, when to come back, and the hotline; another visitor goes on', async () => {
    const house = await openHouse({ limits: { perVisitorPerMinute: 2 } })
    const [one, two] = [await guest(house), await guest(house)]
    for (const text of ['một', 'hai']) await tell(house, one, text)
    const refused = await post(house, one.token, { id: newId(), text: 'ba' })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '30'])
    const sentence = await messageOf(refused)
    expect(sentence).toMatch(/Xin chờ khoảng 30 giây/)
    expect(sentence).toContain(HOTLINE)
    await tell(house, two, 'tôi cũng hỏi')
    house.time.now += 30_000
    await tell(house, one, 'ba')
    expect(await countOf(house, 'inbox')).toBe(4)
  })

  it('are counted over every kind of work', async () => {
    const house = await openHouse({ limits: { perVisitorPerMinute: 1 } })
    const { token } = await guest(house)
    const refused = async (path: string, headers: Record<string, string>) => refusalOf(await ask(house, 'POST', path, { token, body: '{}', headers }))
    expect(await refused('/api/chat/feedback', { 'content-type': 'application/json' })).toBe('400 feedback_invalid')
    for (const path of ['/api/chat/messages', '/api/chat/feedback'])
      expect(await refused(path, { 'content-type': 'application/json' })).toBe('429 too_many')
    expect(await refused('/api/chat/attachments', { 'content-type': 'image/png' })).toBe('429 too_many')
  })

  it('of new visitors hold for the address, and a visitor who is known is let in', async () => {
    const house = await openHouse({ limits: { sessionsPerAddressPerHour: 1 } })
    const { token } = await guest(house)
    const refused = await ask(house, 'POST', '/api/chat/session')
    expect([await refusalOf(refused), Number(refused.headers.get('retry-after'))]).toEqual(['429 too_many', 3_600])
    expect((await ask(house, 'POST', '/api/chat/session', { token })).status).toBe(200)
    expect((await ask(house, 'DELETE', '/api/chat/session', { token })).status).toBe(204)
  })

  it('of the whole service hold for everybody', async () => {
    const house = await openHouse({ limits: { globalPerSecond: 2 } })
    await guest(house)
    await guest(house)
    const refused = await ask(house, 'POST', '/api/chat/session')
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
  })
})

describe('while the channel is off', () => {
  it('nothing is taken, everybody reads why, and what was said before can still be read and erased', async () => {
    const house = await openHouse()
    const visitor = await guest(house)
    await tell(house, visitor, 'trước khi tắt')
    house.off.channel = 'An Tâm đang tạm nghỉ (bảo trì).'
    const refused = await post(house, visitor.token, { id: newId(), text: 'a' })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '60'])
    expect(await errorOf(refused)).toEqual({ code: 'paused', message: house.off.channel })
    expect(await (await ask(house, 'GET', '/api/chat/about')).json()).toMatchObject({ pause: house.off.channel })
    expect(numbered(await (await listen(house, visitor)).until(numberedAre(1)))).toHaveLength(1)
    expect((await ask(house, 'DELETE', '/api/chat/session', { token: visitor.token })).status).toBe(204)
  })

  it('files alone may be off', async () => {
    const house = await openHouse()
    const visitor = await guest(house)
    house.off.files = 'Hiện chưa nhận được ảnh và tệp.'
    const refused = await ask(house, 'POST', '/api/chat/attachments', {
      token: visitor.token,
      body: await png(),
      headers: { 'content-type': 'image/png' },
    })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '60'])
    expect(await errorOf(refused)).toEqual({ code: 'attachments_paused', message: house.off.files })
    await tell(house, visitor, 'chữ thì được')
  })
})

describe('about', () => {
  it('needs no token and says who runs this', async () => {
    const house = await openHouse()
    const response = await ask(house, 'GET', '/api/chat/about')
    expect([response.status, response.headers.get('cache-control')]).toEqual([200, 'no-store'])
    expect(await response.json()).toEqual({
      association: { name: 'Hội', phone: '', email: '', address: '', hours: '' },
      keptDays: 90,
      attachments: { kinds: ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'], maxBytes: 1_000_000 },
      maxCharacters: 10_000,
      pause: null,
    })
  })
})

describe('the typing of a visitor', () => {
  it('is taken and nothing is made of it', async () => {
    const house = await openHouse()
    const { token } = await guest(house)
    expect((await ask(house, 'POST', '/api/chat/typing', { token })).status).toBe(204)
    expect(await countOf(house, 'conversation')).toBe(0)
  })
})

describe('a file', () => {
  const upload = (house: House, token: string, body: Body, type: string) =>
    ask(house, 'POST', '/api/chat/attachments', { token, body, headers: type === '' ? {} : { 'content-type': type } })
  const idOf = async (response: Response) => ((await response.json()) as { attachment: string }).attachment

  it('is put into quarantine and carried by a message, with or without words', async () => {
    const house = await openHouse()
    const visitor = await guest(house)
    const attachment = await idOf(await upload(house, visitor.token, await png(), 'image/png'))
    for (const more of [{}, { caption: 'cccd 052099001234' }])
      expect((await post(house, visitor.token, { id: newId(), attachment, ...more })).status).toBe(202)
    const frames = numbered(await (await listen(house, visitor)).until(numberedAre(2)))
    const kept = { kind: 'image/png', size: expect.any(Number) }
    expect(frames.map((frame) => frame.data)).toEqual([
      expect.objectContaining({ text: '', attachment: kept, masked: false }),
      expect.objectContaining({ text: expect.stringMatching(/^cccd \[.*\]$/), attachment: kept, masked: true }),
    ])
    await house.work()
    const [, answered] = await house.store.read((tx) => tx.selectFrom('decision').select(['kind', 'reason']).orderBy('decided_at').execute())
    expect(answered).toEqual({ kind: 'service', reason: 'test' })
  })

  it('of another visitor cannot be carried', async () => {
    const house = await openHouse()
    const [one, two] = [await guest(house), await guest(house)]
    const attachment = await idOf(await upload(house, one.token, await png(), 'image/png'))
    expect(await refusalOf(await post(house, two.token, { id: newId(), attachment }))).toBe('404 attachment_unknown')
    expect(await countOf(house, 'inbox')).toBe(0)
  })

  it('that is not what it says, is empty, is too large or of another kind is refused in words', async () => {
    const house = await openHouse()
    const { token } = await guest(house)
    const cases: [body: Body, type: string, refusal: string][] = [
      [await png(), 'application/pdf', '415 attachment_not_what_it_says'],
      [Buffer.from('MZ chạy được'), 'image/png', '415 attachment_executable'],
      [Buffer.from('GIF89a'), 'application/octet-stream', '415 attachment_kind_unknown'],
      [Buffer.alloc(0), 'image/png', '415 attachment_empty'],
      [Buffer.alloc(1_000_001), 'image/png', '413 too_large'],
      [Buffer.from('a'), 'video/mp4', '415 attachment_kind'],
      [Buffer.from('{}'), 'application/json', '415 attachment_empty'],
    ]
    for (const [body, type, refusal] of cases) expect(await refusalOf(await upload(house, token, body, type)), type).toBe(refusal)
    expect(await countOf(house, 'attachment')).toBe(0)
    expect(house.faults).toEqual([])
  })

  it('beyond what one conversation may hold is refused, also when many come at once', async () => {
    const noise = (width: number) =>
      sharp({ create: { width, height: 100, channels: 3, background: 'red', noise: { type: 'gaussian', mean: 128, sigma: 60 } } })
        .png()
        .toBuffer()
    const files = await Promise.all([101, 102, 103, 104, 105].map(noise))
    const most = 2.5 * (files[0] as Buffer).length
    const house = await openHouse({ fileLimits: { quotaBytes: Math.round(most) } })
    const { token } = await guest(house)
    const answers = await Promise.all(files.map((file) => upload(house, token, file, 'image/png')))
    const kept = await house.store.read((tx) => tx.selectFrom('attachment').select('size').execute())
    expect(kept.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(most)
    expect(answers.filter((answer) => answer.status === 201)).toHaveLength(kept.length)
    const refused = answers.filter((answer) => answer.status !== 201)
    expect(await Promise.all(refused.map(refusalOf))).toEqual(refused.map(() => '413 attachment_quota'))
  })
})

describe('what a visitor thinks of an answer', () => {
  const rate = (house: House, token: string, json: unknown) => ask(house, 'POST', '/api/chat/feedback', { token, json })
  const rows = (house: House) => house.store.read((tx) => tx.selectFrom('feedback').select(['message_id', 'value', 'word']).execute())

  async function answered(house: House) {
    const visitor = await guest(house)
    await tell(house, visitor, 'hỏi')
    await house.work()
    const conversation = await conversationOf(house, visitor)
    const row = await house.store.read((tx) =>
      tx.selectFrom('outbox').select('id').where('conversation_id', '=', conversation).executeTakeFirstOrThrow(),
    )
    return { visitor, answer: row.id }
  }

  it('is kept, the last word counts, and numbers in it are covered', async () => {
    const house = await openHouse()
    const { visitor, answer } = await answered(house)
    expect((await rate(house, visitor.token, { message: answer, value: 'up' })).status).toBe(204)
    expect((await rate(house, visitor.token, { message: answer, value: 'down', word: ' sai, cccd 052099001234 ' })).status).toBe(204)
    expect(await rows(house)).toEqual([{ message_id: answer, value: 'down', word: expect.stringMatching(/^sai, cccd \[.*\]$/) }])
  })

  it('of an answer to somebody else, of nothing, or of one’s own words is refused', async () => {
    const house = await openHouse()
    const { answer } = await answered(house)
    const other = await answered(house)
    const stranger = await guest(house)
    const inbox = await house.store.read((tx) => tx.selectFrom('inbox').select('id').executeTakeFirstOrThrow())
    for (const [token, message] of [
      [other.visitor.token, answer],
      [stranger.token, answer],
      [other.visitor.token, FOREIGN_ID],
      [other.visitor.token, inbox.id],
    ] as const)
      expect(await refusalOf(await rate(house, token, { message, value: 'up' }))).toBe('404 message_unknown')
    expect(await rows(house)).toEqual([])
  })

  it('that is faulty is refused', async () => {
    const house = await openHouse()
    const { token } = await guest(house)
    for (const json of [
      {},
      { message: 'x', value: 'up' },
      { message: FOREIGN_ID, value: 'yes' },
      { message: FOREIGN_ID, value: 'up', word: 5 },
      { message: FOREIGN_ID, value: 'up', word: 'a'.repeat(501) },
    ])
      expect(await refusalOf(await rate(house, token, json)), JSON.stringify(json)).toBe('400 feedback_invalid')
    expect(await refusalOf(await rate(house, token, []))).toBe('400 not_an_object')
  })
})

describe('the stream', () => {
  it('replays everything from the beginning, goes on live, and resumes after the event that is known', async () => {
    const house = await openHouse()
    const visitor = await guest(house)
    const first = await tell(house, visitor, 'một')
    await house.work()
    const live = await listen(house, visitor)
    await live.until(numberedAre(2))
    const second = await tell(house, visitor, 'hai')
    await house.work()
    const frames = numbered(await live.until(numberedAre(4)))
    expect(frames.map(({ id, event, data }) => [id, event, data.author, data.replyTo ?? data.id, data.text])).toEqual([
      [1, 'message', 'person', first, 'một'],
      [2, 'message', 'assistant', first, 'Về: một'],
      [3, 'message', 'person', second, 'hai'],
      [4, 'message', 'assistant', second, 'Về: hai'],
    ])
    const resumed = await listen(house, visitor, 2)
    expect(numbered(await resumed.until(numberedAre(2))).map((frame) => frame.id)).toEqual([3, 4])
  })

  it('has the headers that keep proxies from holding it back, and begins with when to come again', async () => {
    const house = await openHouse()
    const { token } = await guest(house)
    const abort = new AbortController()
    const response = await fetch(`${house.base}/api/chat/events`, { headers: { authorization: `Bearer ${token}` }, signal: abort.signal })
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    expect(response.headers.get('x-accel-buffering')).toBe('no')
    expect(response.headers.get('cache-control')).toBe('no-store')
    const { value } = (await response.body?.getReader().read()) ?? {}
    expect(new TextDecoder().decode(value)).toMatch(/^retry: 2000\n\n/)
    abort.abort()
  })

  it('of one visitor never shows a word of another', async () => {
    const house = await openHouse()
    const [one, two] = [await guest(house), await guest(house)]
    await tell(house, one, 'chuyện riêng của một')
    await tell(house, two, 'chuyện riêng của hai')
    await house.work()
    const frames = numbered(await (await listen(house, two)).until(numberedAre(2)))
    expect(JSON.stringify(frames)).not.toContain('của một')
    expect(frames).toHaveLength(2)
  })

  it('shows who owns the conversation, and the officer’s words under their name', async () => {
    const house = await openHouse()
    const visitor = await guest(house)
    await tell(house, visitor, 'Gặp cán bộ')
    await house.work(() => said('Chờ nhé', { kind: 'handoff' }))
    const lan = { id: 'lan', name: 'Lan' }
    const conversation = await conversationOf(house, visitor)
    await house.officer(conversation, lan, { kind: 'take' })
    await house.officer(conversation, lan, { kind: 'write', text: 'Chào bạn' })
    await house.work()
    const frames = numbered(await (await listen(house, visitor)).until(numberedAre(6)))
    expect(frames.map(({ event, data }) => [event, data.owner ?? data.author, data.status ?? data.officer])).toEqual([
      ['message', 'person', undefined],
      ['owner', 'waiting', undefined],
      ['message', 'assistant', 'handoff'],
      ['owner', 'staff', 'Lan'],
      ['message', 'assistant', 'notice'],
      ['message', 'staff', 'staff'],
    ])
    expect(frames[5]?.data).toMatchObject({ text: 'Chào bạn', officer: 'Lan' })
    expect(frames[5]?.data).not.toHaveProperty('replyTo')
  })

  it('shows that an answer is being made, without keeping it', async () => {
    const house = await openHouse()
    const visitor = await guest(house)
    const stream = await listen(house, visitor)
    await stream.until((frames) => frames.length > 0)
    house.hub.typing(visitor.name, { author: 'assistant', on: true })
    const frames = await stream.until((all) => all.some((frame) => frame.event === 'typing'))
    expect(frames.at(-1)).toEqual({ event: 'typing', data: { author: 'assistant', on: true } })
    await tell(house, visitor, 'một')
    const later = await (await listen(house, visitor)).until(numberedAre(1))
    expect(later.map((frame) => frame.event).filter(Boolean)).toEqual(['message'])
  })

  it.each(['-1', 'abc', '1.5', '0x10', '1e3', ' ', '9'.repeat(16), '1;2', '∞'])('refuses %j as the event that is known', async (known) => {
    const house = await openHouse()
    const { token } = await guest(house)
    const headers = { 'last-event-id': Buffer.from(known).toString('latin1') }
    const response = await ask(house, 'GET', '/api/chat/events', { token, headers })
    const refusal = known.trim() === '' ? undefined : await refusalOf(response)
    if (refusal === undefined) await response.body?.cancel()
    expect(refusal ?? response.status).toBe(known.trim() === '' ? 200 : '400 event_id_invalid')
  })

  it('from an event that has not happened yet says nothing of the past', async () => {
    const house = await openHouse()
    const visitor = await guest(house)
    await tell(house, visitor, 'một')
    const stream = await listen(house, visitor, 5)
    for (const text of ['hai', 'ba', 'bốn', 'năm', 'sáu']) await tell(house, visitor, text)
    expect(numbered(await stream.until(numberedAre(1))).map((frame) => frame.data.text)).toEqual(['sáu'])
  })

  it('is forgotten when the visitor goes', async () => {
    const house = await openHouse()
    const visitor = await guest(house)
    const stream = await listen(house, visitor)
    await stream.until((frames) => frames.length > 0)
    expect(house.hub.size).toBe(1)
    stream.close()
    await gone(house)
  })

  it('is had by a visitor at most eight times: the oldest ends', async () => {
    const house = await openHouse()
    const visitor = await guest(house)
    const streams = []
    for (let i = 0; i < 10; i++) streams.push(await listen(house, visitor))
    await Promise.all(streams.slice(0, 2).map((stream) => stream.ended()))
    await tell(house, visitor, 'một')
    for (const stream of streams.slice(2)) await stream.until(numberedAre(1))
    expect(house.hub.size).toBe(8)
  })

  it('ends when the server stops, and does not keep it from stopping', async () => {
    const house = await openHouse()
    const streams = [await listen(house, await guest(house)), await listen(house, await guest(house))]
    await Promise.all(streams.map((stream) => stream.until((frames) => frames.length > 0)))
    await house.app.close()
    await Promise.all(streams.map((stream) => stream.ended()))
    expect(house.hub.size).toBe(0)
  })

  it('ends with its token', async () => {
    const house = await openHouse()
    const visitor = await guest(house)
    const stream = await listen(house, visitor)
    await stream.until((frames) => frames.length > 0)
    house.time.now += TOKEN_DAYS * DAY
    house.hub.wake(visitor.name)
    await stream.ended()
  })
})

describe('erasing', () => {
  it('removes everything, ends the streams, and leaves the token without use', async () => {
    const house = await openHouse()
    let visitor = await guest(house)
    // Four digits could stand in any time or number of the file.
    while (!/^.{0,3}[a-z].{0,2}[a-z]/.test(visitor.name.slice(0, 4))) visitor = await guest(house)
    const word = 'chuyện cần xóa hẳn'
    const uploaded = await ask(house, 'POST', '/api/chat/attachments', {
      token: visitor.token,
      body: await png(),
      headers: { 'content-type': 'image/png' },
    })
    const { attachment } = (await uploaded.json()) as { attachment: string }
    await tell(house, visitor, word)
    await post(house, visitor.token, { id: newId(), attachment, caption: word })
    await house.work()
    const stream = await listen(house, visitor)
    await stream.until(numberedAre(4))
    expect(filesHolding(house.folder, word)).not.toEqual([])

    const response = await ask(house, 'DELETE', '/api/chat/session', { token: visitor.token })
    expect([response.status, await response.text()]).toEqual([204, ''])
    await stream.ended()
    for (const table of ['conversation', 'inbox', 'web_event', 'attachment', 'feedback'] as const) expect(await countOf(house, table)).toBe(0)
    expect(filesHolding(house.folder, word, visitor.name.slice(0, 4).toUpperCase())).toEqual([])
    const shelves = join(house.folder, 'attachments')
    expect(existsSync(shelves) && readdirSync(shelves, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())).toEqual([])
  })

  it('leaves nothing that the old token could do but begin anew', async () => {
    const house = await openHouse()
    const { token, name } = await guest(house)
    await post(house, token, { id: newId(), text: 'a' })
    await ask(house, 'DELETE', '/api/chat/session', { token })
    expect(await refusalOf(await post(house, token, { id: newId(), text: 'b' }))).toBe('401 token_unknown')
    expect(await refusalOf(await ask(house, 'GET', '/api/chat/events', { token }))).toBe('401 token_unknown')
    const upload = { token, body: await png(), headers: { 'content-type': 'image/png' } }
    expect(await refusalOf(await ask(house, 'POST', '/api/chat/attachments', upload))).toBe('401 token_unknown')
    const session = (await (await ask(house, 'POST', '/api/chat/session', { token })).json()) as { token: string }
    expect(session.token.split('.')[0]).not.toBe(name)
    expect(await countOf(house, 'conversation')).toBe(0)
    expect((await ask(house, 'DELETE', '/api/chat/session', { token })).status).toBe(204)
  })

  it('touches nobody else', async () => {
    const house = await openHouse()
    const [one, two] = [await guest(house), await guest(house)]
    for (const visitor of [one, two]) await tell(house, visitor, 'a')
    const stream = await listen(house, two)
    await ask(house, 'DELETE', '/api/chat/session', { token: one.token })
    await tell(house, two, 'b')
    expect(numbered(await stream.until(numberedAre(2)))).toHaveLength(2)
  })

  it('while an answer is being made loses the answer, not the erasure', async () => {
    const house = await openHouse()
    const visitor = await guest(house)
    await tell(house, visitor, 'a')
    let erasing: Promise<Response> | undefined
    await house.work((asked) => {
      erasing = ask(house, 'DELETE', '/api/chat/session', { token: visitor.token })
      return said(asked.text)
    })
    expect((await erasing)?.status).toBe(204)
    await house.work()
    expect([await countOf(house, 'conversation'), await countOf(house, 'web_event')]).toEqual([0, 0])
  })
})

describe('the log', () => {
  it('names routes and codes, and no visitor, word or token', async () => {
    const house = await openHouse()
    const visitor = await guest(house)
    await tell(house, visitor, 'Nguyễn Văn Bí Mật 0905123456')
    await post(house, visitor.token, { id: 'x' })
    await ask(house, 'GET', '/api/chat/events?token=bi-mat', { headers: { authorization: 'Bearer bi-mat' } })
    await ask(house, 'DELETE', '/api/chat/session', { token: visitor.token })
    const written = house.events.map(({ route, status, outcome }) => `${route} ${status} ${outcome}`)
    expect(written.slice(0, 4)).toEqual([
      '/api/chat/session 200 ok',
      '/api/chat/messages 202 ok',
      '/api/chat/messages 400 message_id_invalid',
      '/api/chat/events 401 token_unknown',
    ])
    expect(JSON.stringify(house.events)).not.toMatch(/Bí Mật|0905|bi-mat/)
    expect(JSON.stringify(house.events)).not.toContain(visitor.name)
  })
})
