/** Files that people sent, fetched from a fake Telegram. */
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Inbound } from '../../../adapters/platform/inbound.ts'
import { openOutside } from '../../../adapters/platform/outside.ts'
import { openTelegram } from '../../../adapters/telegram/adapter.ts'
import { readUpdate } from '../../../adapters/telegram/read.ts'
import { FetchError, type Fetched } from '../../../bot/delivery/relay.ts'
import type { SentFile } from '../../fakes/fake.ts'
import { everythingIn, NOW, type Opened, openAgainstFake, reading, SECRET, TOKEN } from './open.ts'

const MAX = 1_000_000
let opened: Opened

beforeEach(async () => {
  opened = await openAgainstFake({ maxFileBytes: MAX })
})
afterEach(() => opened.close())

/** Sends a file and @returns what its update says of where it lies. */
async function downloadOf(file: SentFile): Promise<string> {
  const stop = new AbortController()
  let download = ''
  const take = async (inbound: Inbound) => {
    if (inbound.kind === 'arrival') download = inbound.arrival.download ?? ''
    return 'new' as const
  }
  const running = opened.adapter.poll?.({ take, reading: () => reading, trouble: () => undefined }, stop.signal)
  await opened.fake.sendFile('501', file)
  stop.abort()
  await running
  return download
}

async function failure(fetching: Promise<Fetched> | undefined): Promise<FetchError> {
  const error = await fetching?.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!(error instanceof FetchError)) throw new Error('expected a FetchError')
  for (const hidden of [TOKEN, TOKEN.split(':')[1], opened.fake.root]) expect(everythingIn(error)).not.toContain(hidden)
  return error
}

const fetch = (download: string) => opened.adapter.channel.fetch?.(download)

test('a photo comes in its largest size', async () => {
  const bytes = Buffer.from('a photo')
  const download = await downloadOf({ kind: 'photo', bytes, mime: 'image/jpeg', caption: 'hóa đơn' })
  expect(await fetch(download)).toEqual({ bytes, declared: 'image/jpeg' })
})

test('a document is called what the person’s program called it', async () => {
  const bytes = Buffer.from('%PDF-1.7')
  const download = await downloadOf({ kind: 'document', bytes, mime: 'application/pdf', name: 'hop-dong.pdf' })
  expect(await fetch(download)).toEqual({ bytes, declared: 'application/pdf' })
})

test('what is larger than may be kept is not fetched', async () => {
  const download = await downloadOf({ kind: 'document', bytes: Buffer.alloc(MAX + 1), mime: 'application/pdf' })
  expect(await failure(fetch(download))).toMatchObject({ code: 'too_large', retry: 'never' })
})

test('nor is it asked for, where Telegram says how large it is', async () => {
  await withAnswer({ ok: true, result: { file_path: 'a', file_size: MAX + 1 } }, 200, async (fetching, asked) => {
    expect(await failure(fetching)).toMatchObject({ code: 'too_large', retry: 'never' })
    expect(asked.length).toBe(1)
  })
})

test('what is larger than Telegram hands out is too large', async () => {
  const download = await downloadOf({ kind: 'document', bytes: Buffer.alloc(20 * 1024 * 1024 + 1), mime: 'application/pdf' })
  expect(await failure(fetch(download))).toMatchObject({ code: 'too_large', retry: 'never' })
})

test('what is not ours to read is not asked for', async () => {
  for (const download of ['', '{', '{"file_id":1}', 'https://example.vn/a.jpg'])
    expect(await failure(fetch(download))).toMatchObject({ code: 'unreachable', retry: 'never' })
  expect(opened.fake.calls().size).toBe(0)
})

test('a Telegram that is away is asked again later', async () => {
  await opened.fake.close()
  expect(await failure(fetch('{"file_id":"f","mime":""}'))).toMatchObject({ code: 'unreachable', retry: 'later' })
})

/** A Telegram that says of a file whatever a test wants. */
async function withAnswer(
  answer: unknown,
  status: number,
  check: (fetching: Promise<Fetched> | undefined, asked: readonly string[]) => Promise<void>,
): Promise<void> {
  const asked: string[] = []
  const server = createServer((request: IncomingMessage, response) => {
    asked.push(request.url ?? '')
    const isFile = request.url?.startsWith('/file/')
    response.writeHead(isFile ? 200 : status, { 'content-type': 'application/json' }).end(isFile ? 'bytes' : JSON.stringify(answer))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`
  const outside = openOutside([host])
  const adapter = openTelegram({
    setting: { token: TOKEN, webhookSecret: SECRET, apiRoot: `http://${host}` },
    outside,
    clock: () => NOW,
    maxFileBytes: MAX,
  })
  await check(adapter.channel.fetch?.('{"file_id":"f","mime":""}'), asked)
  await outside.close()
  server.close()
}

test.each([
  '../../etc/passwd',
  'photos/../../x',
  '/var/lib/file',
  'https://evil.example/x',
  '//evil.example/x',
  'a?b',
  'a#b',
  'a b',
  '.hidden',
  'a/',
  '',
  7,
  null,
  '%2e%2e/x',
  'a\\b',
  '@evil.example',
])('a path like %j leads nowhere', async (file_path) => {
  await withAnswer({ ok: true, result: { file_id: 'f', file_path } }, 200, async (fetching, asked) => {
    expect(await failure(fetching)).toMatchObject({ code: 'unreachable', retry: 'never' })
    expect(asked).toEqual([`/bot${TOKEN}/getFile`])
  })
})

test.each(['photos/file_12.jpg', 'documents/file_3.tar.gz', 'file_1'])('a path like %j does', async (file_path) => {
  await withAnswer({ ok: true, result: { file_path } }, 200, async (fetching, asked) => {
    expect(await fetching).toEqual({ bytes: Buffer.from('bytes'), declared: 'application/json' })
    expect(asked[1]).toBe(`/file/bot${TOKEN}/${file_path}`)
  })
})

test.each<[string, number, unknown, object]>([
  [
    'a file that is not known',
    400,
    { ok: false, error_code: 400, description: 'Bad Request: invalid file_id' },
    { code: 'unreachable', retry: 'never' },
  ],
  [
    'a file that is away for now',
    400,
    { ok: false, error_code: 400, description: 'Bad Request: wrong file_id or the file is temporarily unavailable' },
    { code: 'unreachable', retry: 'later' },
  ],
  ['a file that is too big', 400, { ok: false, error_code: 400, description: 'Bad Request: file is too big' }, { code: 'too_large', retry: 'never' }],
  ['too many questions', 429, { ok: false, error_code: 429, description: 'Too Many Requests' }, { code: 'unreachable', retry: 'later' }],
  ['a fault', 500, { ok: false, error_code: 500, description: 'Internal Server Error' }, { code: 'unreachable', retry: 'later' }],
  ['an answer without a file', 200, { ok: true }, { code: 'unreachable', retry: 'later' }],
])('%s', async (_what, status, answer, expected) => {
  await withAnswer(answer, status, async (fetching) => expect(await failure(fetching)).toMatchObject(expected))
})

test('the update and the adapter understand each other', () => {
  const update = { update_id: 1, message: { chat: { id: 1, type: 'private' }, document: { file_id: 'd' } } }
  expect(readUpdate(update, reading, { botId: '1', username: undefined, maxFileBytes: 1 })).toMatchObject({
    arrival: { download: '{"file_id":"d","mime":""}' },
  })
})
