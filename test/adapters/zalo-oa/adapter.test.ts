import { createHash } from 'node:crypto'
import Fastify from 'fastify'
import { describe, expect, it } from 'vitest'
import type { Taking } from '../../../adapters/platform/inbound.ts'
import { platformDoor } from '../../../adapters/platform/webhook.ts'
import type { Arrival } from '../../../bot/delivery/message.ts'
import { FetchError } from '../../../bot/delivery/relay.ts'
import { ANN, closing, NOON, NOWHERE, openAdapter } from './open.ts'

const pseudonym = (id: string) => createHash('sha256').update(`key ${id}`).digest('hex').slice(0, 22)
const PERSON = `zalo-oa:${pseudonym(ANN)}`
const OA = '/webhooks/zalo-oa'

/** The adapter with its door open at a real server, and an inbox in memory. */
async function openService() {
  const world = await openAdapter()
  const inbox = new Map<string, Arrival>()
  const withdrawn: { person: string; at: number }[] = []
  const ignored: string[] = []
  const disk = { full: 0 }
  const taking: Taking = {
    accept: async (arrival) => {
      disk.full -= 1
      if (disk.full >= 0) throw new Error('disk full')
      const status = inbox.has(arrival.externalId) ? 'repeated' : 'new'
      inbox.set(arrival.externalId, arrival)
      return { status, conversation: 'c' }
    },
    wordsOf: async () => undefined,
    withdraw: async (person, at) => void withdrawn.push({ person, at }),
    hasRoom: () => true,
    ignored: (_channel, reason) => void ignored.push(reason),
  }
  const door = world.adapter.door
  if (!door) throw new Error('no door')
  const app = Fastify()
  closing(() => app.close())
  await app.register(platformDoor(door, { ...taking, clock: world.clock, pseudonym: (_channel, id) => pseudonym(id) }))
  world.fake.deliverTo(await app.listen({ host: '127.0.0.1', port: 0 }))
  const arrivals = () => [...inbox.values()]
  return { ...world, app, inbox, arrivals, withdrawn, ignored, disk, last: () => arrivals().at(-1) }
}

describe('the door', () => {
  it('takes what is signed, once', async () => {
    const { fake, arrivals } = await openService()
    const delivered = await fake.say(ANN, 'Tôi bị lừa', { repeat: 2 })
    expect(delivered).toMatchObject({ acknowledged: true, deliveries: 3 })
    expect(arrivals()).toEqual([
      {
        ...{ channel: 'zalo-oa', externalId: `m:${delivered.id}`, address: ANN, person: PERSON, receivedAt: NOON, sentAt: NOON },
        content: { kind: 'text', text: 'Tôi bị lừa', masked: false },
      },
    ])
  })

  it('answers by what came', async () => {
    const { app, fake, inbox } = await openService()
    const timestamp = String(NOON)
    const body = JSON.stringify({ event_name: 'user_send_text', sender: { id: ANN }, message: { text: 'x', msg_id: 'm' }, timestamp })
    const post = async (payload: string, signature?: string) =>
      (await app.inject({ method: 'POST', url: OA, payload, ...(signature ? { headers: { 'x-zevent-signature': signature } } : {}) })).statusCode
    expect(await post('')).toBe(200)
    expect(await post(body)).toBe(401)
    expect(await post(`${body} `, fake.sign(body, timestamp))).toBe(401)
    expect(await post(JSON.stringify(JSON.parse(body), null, 1), fake.sign(body, timestamp))).toBe(401)
    expect(await post(body, fake.sign(body, String(NOON + 1)))).toBe(401)
    expect(inbox.size).toBe(0)
    expect(await post(body, fake.sign(body, timestamp))).toBe(200)
    expect(await post(body, fake.sign(body, timestamp).slice(4).toUpperCase())).toBe(200)
    expect(inbox.size).toBe(1)
    expect(await fake.post('không phải JSON')).toBe(400)
    expect(await fake.post('[]')).toBe(200)
    expect(await fake.post('{"event_name":"shop_has_order","timestamp":"5"}')).toBe(200)
    expect(await fake.post(`{"timestamp":5,"x":"${'x'.repeat(300_000)}"}`)).toBe(413)
    expect(inbox.size).toBe(1)
  })

  it('says 503 while nothing can be kept, and the event comes again', async () => {
    const { fake, disk, arrivals } = await openService()
    disk.full = 2
    expect(await fake.say(ANN, 'x')).toMatchObject({ acknowledged: true, deliveries: 3 })
    expect(arrivals()).toHaveLength(1)
    expect(fake.deliveries().map(({ retry }) => retry)).toEqual([undefined, '1', '2'])
  })

  it('is given up by Zalo after five more tries', async () => {
    const { fake, disk } = await openService()
    disk.full = 6
    expect(await fake.say(ANN, 'x')).toMatchObject({ acknowledged: false, deliveries: 6 })
    expect(fake.unsubscribed()).toBe(true)
    expect(await fake.say(ANN, 'y')).toMatchObject({ acknowledged: false, deliveries: 0 })
    fake.resubscribe()
    expect(await fake.say(ANN, 'z')).toMatchObject({ acknowledged: true, deliveries: 1 })
  })
})

describe('events of a day', () => {
  it('an officer who writes in Zalo’s console is an officer in the person’s conversation', async () => {
    const { fake, last } = await openService()
    await fake.takeover(ANN, 'Em là cán bộ trực đây ạ')
    expect(last()).toMatchObject({
      address: ANN,
      person: PERSON,
      content: { kind: 'officer', officer: { name: 'cán bộ của Hội' }, text: 'Em là cán bộ trực đây ạ' },
    })
  })

  it('the echo of what we sent is none', async () => {
    const { fake, send, ignored, inbox } = await openService()
    await fake.say(ANN, 'chào')
    fake.echo(true)
    await send('Chào bạn')
    await fake.whenDelivered(2)
    expect(ignored).toEqual(['own_echo'])
    expect(inbox.size).toBe(1)
  })

  it('a withdrawal names the person and the moment', async () => {
    const { fake, withdrawn, inbox } = await openService()
    expect(await fake.withdraw(ANN)).toMatchObject({ acknowledged: true })
    expect(withdrawn).toEqual([{ person: PERSON, at: NOON }])
    expect(inbox.size).toBe(0)
  })

  it('coming and going', async () => {
    const { fake, arrivals, ignored } = await openService()
    await fake.follow(ANN)
    await fake.seen(ANN)
    await fake.unfollow(ANN)
    await fake.submitInfo(ANN)
    await fake.sayInGroup('g1', ANN, 'giá?', false)
    await fake.sayInGroup('g1', ANN, 'giá?', true)
    expect(arrivals().map(({ content }) => content)).toEqual([{ kind: 'joined' }, { kind: 'wordless', what: 'contact' }, { kind: 'group' }])
    expect(ignored).toEqual(['seen', 'left', 'group'])
  })

  it.each([
    ['audio', 'voice'],
    ['video', 'video'],
    ['sticker', 'sticker'],
    ['location', 'location'],
    ['business_card', 'contact'],
    ['link', 'link'],
  ])('%s', async (what, wordless) => {
    const { fake, last } = await openService()
    await fake.sendOther(ANN, what)
    expect(last()?.content).toEqual({ kind: 'wordless', what: wordless })
  })

  it('a number typed for a choice', async () => {
    const { fake, send, last } = await openService()
    await fake.say(ANN, 'chào')
    await send('1. Một\n2. Hai')
    const [shown] = fake.shown(ANN)
    if (!shown) throw new Error('nothing shown')
    await fake.press(ANN, shown, 1)
    expect(last()?.content).toMatchObject({ kind: 'text', text: '2' })
  })
})

describe('a file', () => {
  it('is fetched from where Zalo keeps it', async () => {
    const { fake, adapter, last } = await openService()
    for (const file of [
      { kind: 'photo', bytes: Buffer.from('\xff\xd8\xff', 'latin1'), mime: 'image/jpeg', caption: 'biên lai' },
      { kind: 'document', bytes: Buffer.from('%PDF-'), mime: 'application/pdf', name: 'hoa-don.pdf' },
    ] as const) {
      await fake.sendFile(ANN, file)
      expect(last()?.content).toMatchObject({ kind: 'remote', caption: 'caption' in file ? file.caption : '' })
      expect(await adapter.channel.fetch?.(last()?.download ?? '')).toEqual({ bytes: file.bytes, declared: file.mime })
    }
  })

  it('is not fetched when it is too large, gone, elsewhere, or nowhere', async () => {
    const { fake, adapter, last } = await openService()
    await fake.sendFile(ANN, { kind: 'photo', bytes: Buffer.alloc(1_001), mime: 'image/jpeg' })
    const codeOf = async (download: string) => {
      const error: unknown = await adapter.channel.fetch?.(download).catch((reason: unknown) => reason)
      return error instanceof FetchError ? `${error.code} ${error.retry}` : 'fetched'
    }
    expect(await codeOf(last()?.download ?? '')).toBe('too_large never')
    expect(await codeOf(JSON.stringify({ url: `${fake.root}/media/gone` }))).toBe('unreachable never')
    for (const download of ['https://example.com/a.jpg', 'http://169.254.169.254/x', 'file:///etc/passwd'].map((url) => JSON.stringify({ url })))
      expect(await codeOf(download)).toBe('unreachable never')
    for (const download of ['', 'x', '{}', '[]', '{"url":7}']) expect(await codeOf(download)).toBe('unreachable never')
  })
})

describe('the operator', () => {
  it('reads how the token is, and the setting is tried', async () => {
    const { adapter, fake } = await openAdapter()
    expect(await adapter.admin.status()).toEqual({
      ok: true,
      sentences: ['Chưa lấy mã truy cập Zalo OA lần nào; An Tâm sẽ lấy khi cần gửi tin đầu tiên.'],
    })
    expect(fake.refreshes()).toBe(0)
    const tested = await adapter.admin.test()
    expect(tested).toMatchObject({ ok: true })
    expect(tested.sentences).toEqual([
      'Mã truy cập Zalo OA có hạn đến 13:00 ngày 27/11/2026; gần hết hạn, An Tâm tự đổi mã mới.',
      'Zalo nhận mã truy cập: An Tâm gửi được tin cho người đã nhắn OA trong 7 ngày gần nhất.',
    ])
    expect(await adapter.admin.status()).toEqual(tested)
    expect(fake.refreshes()).toBe(1)
  })

  it.each([
    [-224, 'gói dịch vụ'],
    [-240, 'ZALO_OA_API_ROOT'],
    [-209, 'developers.zalo.me'],
  ])('reads what to put right: %i', async (error, words) => {
    const { adapter, fake } = await openAdapter()
    fake.refuse(error)
    const { ok, sentences } = await adapter.admin.test()
    expect(ok).toBe(false)
    expect(sentences.at(-1)).toContain(`mã lỗi ${error}`)
    expect(sentences.at(-1)).toContain(words)
  })

  it('reads once that a new refresh token is needed, and which setting takes it', async () => {
    const { adapter, fake } = await openAdapter()
    fake.rotateFailure('refused')
    const { ok, sentences } = await adapter.admin.test()
    expect(ok).toBe(false)
    expect(sentences).toHaveLength(1)
    expect(sentences[0]).toContain('ZALO_OA_REFRESH_TOKEN')
    expect(await adapter.admin.status()).toEqual({ ok, sentences })
  })

  it('reads a sentence, never an error, whatever happens', async () => {
    const { adapter, fake, store } = await openAdapter()
    for (const trouble of ['status', 'reset', 'not_json', 'rate'] as const) {
      fake.rotateFailure(trouble)
      expect(await adapter.admin.test()).toMatchObject({ ok: false })
    }
    await adapter.admin.test()
    fake.refuse(-216, 2)
    expect((await adapter.admin.test()).sentences.at(-1)).toContain('ZALO_OA_APP_SECRET')
    const away = await openAdapter({ apiRoot: NOWHERE })
    expect((await away.adapter.admin.test()).sentences.at(-1)).toContain('Không kết nối được máy chủ Zalo')
    store.read = () => Promise.reject(new Error('EIO'))
    expect(await adapter.admin.status()).toMatchObject({ ok: false, sentences: [expect.stringContaining('thư mục dữ liệu')] })
  })

  it('reads where to enter the webhook, since Zalo has no call for it', async () => {
    const { adapter } = await openAdapter()
    const { ok, sentences } = await adapter.admin.setWebhook('https://antam.example.vn/')
    const all = sentences.join('\n')
    expect(ok).toBe(false)
    expect(all).toMatch(/https:\/\/antam\.example\.vn\/webhooks\/zalo-oa$/m)
    expect(all).toMatch(/Tắt mục “Lọc cú pháp”/)
    expect(all).not.toContain('Lưu ý')
    for (const url of ['http://antam.example.vn', 'https://antam.example.vn:8443', 'antam'])
      expect((await adapter.admin.setWebhook(url)).sentences.at(-1)).toContain('Lưu ý')
    expect((await adapter.admin.deleteWebhook()).sentences.join()).toContain('developers.zalo.me')
  })
})

it('what the channel can do', async () => {
  const { adapter } = await openAdapter()
  expect(adapter.poll).toBeUndefined()
  expect(adapter.door?.path).toBe(OA)
  expect(adapter.channel.capabilities).toEqual({
    ...{ idempotentSend: false, reachesAway: true, showsOwner: false, typing: false, maxTextLength: 2_000, buttons: 0 },
    proactiveWindowMs: 7 * 24 * 60 * 60_000,
  })
})
