/** The e-mail against real mail servers: with TLS from the start, with STARTTLS, with neither, and on their bad days. */
import type { AddressInfo } from 'node:net'
import { generate } from 'selfsigned'
import { SMTPServer, type SMTPServerOptions } from 'smtp-server'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'
import { openMail } from '../../../adapters/intake/mail.ts'
import { eventOf } from '../../../bot/complaint/event.ts'
import type { Handover } from '../../../bot/delivery/handover.ts'
import { confirmedComplaint, NOW } from '../../bot/complaint/confirmed.ts'

const BODY = JSON.stringify(eventOf(confirmedComplaint(), { channel: 'web', link: () => undefined }))
const handover: Handover = { id: 'case_1', way: 'mail', number: 'GL26-1', body: BODY, linksEndAt: null, attempts: 0, createdAt: NOW }
const ADDRESSES = { from: 'an-tam@example.vn', to: 'tiep-nhan@example.vn' }

let cert = { cert: '', private: '' }
beforeAll(async () => {
  cert = await generate([{ name: 'commonName', value: 'localhost' }], {
    extensions: [{ name: 'subjectAltName', altNames: [{ type: 2, value: 'localhost' }] }],
  })
})

interface Mailbox {
  readonly port: number
  readonly mails: string[]
  readonly logins: string[]
  readonly secured: boolean[]
}

const servers: SMTPServer[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise<void>((done) => server.close(done))
})

async function startMailbox(more: SMTPServerOptions = {}): Promise<Mailbox> {
  const seen = { mails: [] as string[], logins: [] as string[], secured: [] as boolean[] }
  const server = new SMTPServer({
    ...{ cert: cert.cert, key: cert.private, authOptional: true, closeTimeout: 50, logger: false },
    onAuth: ({ username, password }, _session, done) => {
      seen.logins.push(`${username} ${password}`)
      done(null, { user: username })
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      seen.secured.push(session.secure)
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        seen.mails.push(Buffer.concat(chunks).toString('utf8'))
        done(null, '2.0.0 Ok: queued as 4B1F2 for <tiep-nhan@example.vn>')
      })
    },
    ...more,
  })
  server.on('error', () => undefined)
  servers.push(server)
  const listening = await new Promise<ReturnType<SMTPServer['listen']>>((done) => {
    const at = server.listen(0, '127.0.0.1', () => done(at))
  })
  return { port: (listening.address() as AddressInfo).port, ...seen }
}

interface Given {
  readonly url: string
  readonly listed?: readonly string[]
  readonly trusts?: boolean
  readonly closing?: AbortSignal
  readonly timeoutMs?: number
}

function send({ url, listed, trusts = true, closing = new AbortController().signal, timeoutMs = 20_000 }: Given, one = handover) {
  const allowPrivate = listed ?? [new URL(url).host]
  return openMail({ url, ...ADDRESSES }, { allowPrivate, closing, timeoutMs, ...(trusts ? { ca: cert.cert } : {}) }).send(one)
}

const header = (mail: string, name: string) => mail.match(new RegExp(`^${name}: (.*(?:\r\n[ \t].*)*)`, 'im'))?.[1]?.replace(/\r\n[ \t]+/g, ' ')

function parts(mail: string): readonly string[] {
  const boundary = mail.match(/boundary="([^"]+)"/)?.[1] ?? ''
  return mail.split(`--${boundary}`).slice(1, -1)
}

/** @returns the bytes of a part, whichever of the two ways it was wrapped for the journey. */
function contentOf(part: string): string {
  const text = part.slice(part.indexOf('\r\n\r\n') + 4)
  if (/transfer-encoding: base64/i.test(part)) return Buffer.from(text, 'base64').toString('utf8')
  const bytes = text.replace(/=\r\n/g, '').replace(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  return /quoted-printable/i.test(part) ? Buffer.from(bytes, 'latin1').toString('utf8') : text
}

describe('a case that is handed over by e-mail', () => {
  it('says its number and nothing else outside, what happened inside, and carries the record as it is', async () => {
    const box = await startMailbox({ secure: true })
    expect(await send({ url: `smtps://localhost:${box.port}` })).toEqual({ kind: 'taken', receipt: '250 2.0.0 Ok: queued as 4B1F2 for' })
    const [mail = ''] = box.mails
    expect(header(mail, 'Subject')).toBe('=?UTF-8?Q?H=E1=BB=93_s=C6=A1_GL26-1?=')
    expect(header(mail, 'Message-ID')).toBe('<case_1@example.vn>')
    expect(header(mail, 'To')).toBe('tiep-nhan@example.vn')
    expect(header(mail, 'Date')).toBe('Thu, 26 Nov 2026 03:00:00 +0000')
    const [text = '', record = ''] = parts(mail)
    expect(contentOf(text)).toContain('Họ tên người khiếu nại: Lê Thị Hoa')
    expect(record).toMatch(/filename=GL26-1\.json/)
    expect(contentOf(record).trim()).toBe(BODY)
    expect(mail.slice(0, mail.indexOf('\r\n\r\n'))).not.toContain('Hoa')
  })

  it('is the same message at every try', async () => {
    const box = await startMailbox({ secure: true })
    for (let i = 0; i < 2; i++) await send({ url: `smtps://localhost:${box.port}` })
    const kept = box.mails.map((mail) => [header(mail, 'Message-ID'), header(mail, 'Date'), ...parts(mail).map(contentOf)])
    expect(kept[0]).toEqual(kept[1])
  })

  it('logs in with what the address says', async () => {
    const box = await startMailbox({ secure: true })
    await send({ url: `smtps://an-tam:mat%20khau%40%2F@localhost:${box.port}` })
    expect(box.logins).toEqual(['an-tam mat khau@/'])
  })

  it('written by another version goes out with its record and hardly a word', async () => {
    const box = await startMailbox({ secure: true })
    await send({ url: `smtps://localhost:${box.port}` }, { ...handover, body: '{"type":"khác"}' })
    const [text = '', record = ''] = parts(box.mails[0] ?? '')
    expect([contentOf(text).trim(), contentOf(record).trim()]).toEqual(['Bản ghi đầy đủ của hồ sơ nằm trong tệp đính kèm.', '{"type":"khác"}'])
  })
})

describe('the way to the mail server', () => {
  it('turns to TLS where it does not begin with it, and says nothing to a server that does not', async () => {
    const starts = await startMailbox()
    const open = await startMailbox({ disabledCommands: ['STARTTLS'] })
    // Reached through the address that is listed, so that the name itself is not: only a listed name may be talked to in the open.
    const listed = (port: number) => [`127.0.0.1:${port}`, `[::1]:${port}`]
    expect((await send({ url: `smtp://localhost:${starts.port}`, listed: listed(starts.port) })).kind).toBe('taken')
    expect(await send({ url: `smtp://localhost:${open.port}`, listed: listed(open.port) })).toMatchObject({ kind: 'refused' })
    expect([starts.secured, open.mails]).toEqual([[true], []])
  })

  it('is in the open only to a host that the operator listed', async () => {
    const box = await startMailbox({ disabledCommands: ['STARTTLS'] })
    expect((await send({ url: `smtp://localhost:${box.port}` })).kind).toBe('taken')
    expect(box.secured).toEqual([false])
  })

  it('ends at a certificate that nobody vouches for, or that is another host’s', async () => {
    const box = await startMailbox({ secure: true })
    expect(await send({ url: `smtps://localhost:${box.port}`, trusts: false })).toMatchObject({
      kind: 'refused',
      code: expect.stringMatching(/^[A-Z_]+$/),
    })
    expect(await send({ url: `smtps://127.0.0.1:${box.port}` })).toMatchObject({ kind: 'refused' })
    expect(box.mails).toEqual([])
  })

  it('leads to no private address that is not listed', async () => {
    const box = await startMailbox({ secure: true })
    for (const host of ['localhost', '127.0.0.1', '127.1', '[::1]', '2130706433'])
      expect([host, await send({ url: `smtps://${host}:${box.port}`, listed: [] })]).toEqual([host, { kind: 'refused', code: 'EPRIVATE' }])
    expect(box.mails).toEqual([])
  })
})

describe('a bad day of the mail server', () => {
  const refusing = (code: number): SMTPServerOptions => ({
    onRcptTo: (_address, _session, done) => done(Object.assign(new Error('tiep-nhan@example.vn is not here'), { responseCode: code })),
  })

  it.each([450, 550])('that answers %i is a code, without its words', async (code) => {
    const box = await startMailbox({ secure: true, ...refusing(code) })
    expect(await send({ url: `smtps://localhost:${box.port}` })).toEqual({ kind: 'refused', code: `smtp_${code}` })
  })

  it('that refuses the login is a code', async () => {
    const onAuth: SMTPServerOptions['onAuth'] = (_auth, _session, done) => done(new Error('sai mật khẩu của an-tam'))
    const box = await startMailbox({ secure: true, onAuth })
    expect(await send({ url: `smtps://an-tam:sai@localhost:${box.port}` })).toEqual({ kind: 'refused', code: 'smtp_535' })
  })

  it('that never answers is cut off, and so is what is under way at a stop', async () => {
    const silent = await startMailbox({ secure: true, onConnect: () => undefined })
    expect(await send({ url: `smtps://localhost:${silent.port}`, timeoutMs: 300 })).toMatchObject({ kind: 'refused' })
    const ending = new AbortController()
    const ended = await startMailbox({ secure: true, onConnect: () => ending.abort() })
    expect(await send({ url: `smtps://localhost:${ended.port}`, closing: ending.signal })).toMatchObject({ kind: 'refused' })
    expect(await send({ url: `smtps://localhost:${ended.port}`, closing: ending.signal })).toEqual({ kind: 'refused', code: 'stopping' })
  })

  it('that is not there is a code', async () => {
    const box = await startMailbox({ secure: true })
    for (const server of servers.splice(0)) await new Promise<void>((done) => server.close(done))
    expect(await send({ url: `smtps://localhost:${box.port}` })).toMatchObject({ kind: 'refused', code: expect.stringMatching(/^E[A-Z]+$/) })
  })
})
