/** What an operator is told: whole sentences, never a token, never a fall. */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Report } from '../../../adapters/platform/adapter.ts'
import { zaloBotAdmin } from '../../../adapters/zalo-bot/admin.ts'
import { type Verification, type ZaloBotClient, zaloBotClient } from '../../../adapters/zalo-bot/client.ts'
import { ZaloBotError } from '../../../adapters/zalo-bot/error.ts'
import type { FakeZaloBotOptions } from '../../fakes/zalo-bot.ts'
import { clientOnFake, closeAll, closeLater, openOnFake, SECRET, TOKEN, way } from './open.ts'

afterEach(closeAll)

const URL_SET = 'https://antam.example.vn/webhooks/zalo-bot'

/** A service that answers every door with this status. */
async function serviceOf(status: number): Promise<string> {
  const server = createServer((_request, response) => response.writeHead(status).end()).listen(0, '127.0.0.1')
  await once(server, 'listening')
  closeLater(async () => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function admin(options: FakeZaloBotOptions = {}, webhookSecret: string | undefined = SECRET) {
  const { fake, adapter } = await openOnFake(options, {}, { webhookSecret })
  return { fake, admin: adapter.admin }
}

/** A platform that says this of every webhook, and knows us. */
async function adminTold(verification: Verification | ZaloBotError) {
  const { client } = await clientOnFake()
  const answer = async () => {
    if (verification instanceof ZaloBotError) throw verification
    return verification
  }
  const told: ZaloBotClient = {
    ...client,
    testWebhook: answer,
    getWebhookInfo: async () => ({ url: URL_SET, updated_at: 0 }),
    setWebhook: async () => ({ url: URL_SET, updated_at: 0, verification: await answer() }),
  }
  return zaloBotAdmin(told, SECRET)
}

function says(report: Report, ok: boolean, ...words: RegExp[]): void {
  const text = report.sentences.join('\n')
  expect({ ok: report.ok, text }).toEqual({ ok, text })
  for (const word of words) expect(text).toMatch(word)
  for (const sentence of report.sentences) expect(sentence).toMatch(/^\p{Lu}.*\.$/u)
  expect(text).not.toContain(TOKEN.slice(11))
  expect(text).not.toContain(SECRET)
}

describe('status', () => {
  it('knows us, and where messages go', async () => {
    const { fake, admin: asked } = await admin()
    fake.deliverTo('http://127.0.0.1:3000')
    says(await asked.status(), true, /bot\.AnTamThu \(mã 1459232241454765289\)/, /http:\/\/127\.0\.0\.1:3000\/webhooks\/zalo-bot/)
  })

  it('asks for the webhook that is missing', async () => says(await (await admin()).admin.status(), false, /Chưa đăng ký webhook/))

  it('is in order without one where messages are fetched, and asks to remove the one that stands in the way', async () => {
    const { fake, adapter } = await openOnFake({}, {}, { webhookSecret: undefined })
    says(await adapter.admin.status(), true, /tự lấy tin/)
    fake.deliverTo('http://127.0.0.1:3000')
    says(await adapter.admin.status(), false, /không tự lấy tin được/, /gỡ webhook/)
  })

  it.each([
    [{ kind: 'status', status: 401 }, /không nhận token/],
    [{ kind: 'status', status: 403 }, /Zalo đang có lỗi/],
    [{ kind: 'status', status: 502 }, /Zalo đang có lỗi/],
    [{ kind: 'rate', retryAfter: 1 }, /hạn mức/],
    [{ kind: 'status', status: 400 }, /từ chối lệnh này \(mã 400\)/],
    [{ kind: 'reset' }, /không trả lời kịp/],
    [{ kind: 'not_json' }, /ZALO_BOT_API_ROOT/],
  ] as const)('says in a sentence what went wrong: %j', async (trouble, words) => {
    const { fake, admin: asked } = await admin()
    fake.troubleFor('getMe', trouble)
    says(await asked.status(), false, words)
  })

  it('says where nobody listens', async () => {
    const client = zaloBotClient({ apiRoot: 'http://127.0.0.1:1', token: TOKEN, outside: way(['127.0.0.1:1']) })
    for (const report of [await zaloBotAdmin(client, SECRET).status(), await zaloBotAdmin(client, SECRET).setWebhook('https://a.vn')])
      says(report, false, /Không nối được đến Zalo/)
  })
})

describe('setWebhook', () => {
  it('registers the door with the secret, and the platform reaches it', async () => {
    const { fake, admin: asked } = await admin()
    const service = await serviceOf(200)
    says(await asked.setWebhook(`${service}/`), true, /gọi đến được/)
    expect(fake.webhook()).toBe(`${service}/webhooks/zalo-bot`)
    expect(fake.asked()).toMatchObject([{ method: 'setWebhook', body: { secret_token: SECRET } }])
  })

  it.each([
    [403, /Browser Integrity Check/, /Configuration Rule/],
    [404, /không có địa chỉ này/, /PUBLIC_URL/],
    [500, /Máy chủ báo lỗi/, /trả lời 500/],
    [302, /chuyển hướng/, /trả lời 302/],
  ])('says what the door answered: %i', async (status, ...words) => {
    const { admin: asked } = await admin()
    says(await asked.setWebhook(await serviceOf(status)), false, /đã lưu địa chỉ/, ...words)
  })

  it('says that nobody is there', async () => says(await (await admin()).admin.setWebhook('http://127.0.0.1:1'), false, /không nối được đến máy chủ/))

  it('says which addresses the platform takes', async () => {
    const { fake, admin: asked } = await admin({ strictUrls: true })
    says(await asked.setWebhook('http://192.168.1.7:3000'), false, /không nhận địa chỉ http:\/\/192/, /https/)
    expect(fake.webhook()).toBe('')
  })

  it('registers nothing without a secret', async () => {
    const { fake, adapter } = await openOnFake({}, {}, { webhookSecret: undefined })
    says(await adapter.admin.setWebhook('https://antam.example.vn'), false, /ZALO_BOT_WEBHOOK_SECRET/)
    expect(fake.asked()).toEqual([])
  })

  it.each([
    ['webhook.http.403', /Cloudflare/],
    ['webhook.http.404', /404/],
    ['webhook.http.5xx', /báo lỗi/],
    ['webhook.http.503', /báo lỗi/],
    ['webhook.http.other', /không phải 200/],
    ['webhook.err.tls', /Chứng chỉ/],
    ['webhook.err.dns', /DNS/],
    ['webhook.err.timeout', /không trả lời kịp/],
    ['webhook.err.conn', /443/],
    ['webhook.err.proxy', /proxy/],
    ['webhook.err.blocked', /công khai/],
    ['webhook.err.unreachable', /mở ra Internet/],
    ['webhook.err.other', /không cho biết vì sao/],
    ['webhook.err.moon', /chưa biết/],
    ['constructor', /chưa biết/],
    [undefined, /chưa biết/],
  ])('explains %s', async (outcome, words) => {
    const asked = await adminTold({ ok: false, url: URL_SET, outcome, status_code: undefined, hint: 'words of the platform' })
    const report = await asked.setWebhook('https://antam.example.vn')
    says(report, false, words)
    says(await asked.test(), false, words)
    expect(report.sentences.join()).not.toContain('words of the platform')
  })
})

describe('deleteWebhook', () => {
  it('removes it', async () => {
    const { fake, admin: asked } = await admin()
    fake.deliverTo('http://127.0.0.1:3000')
    says(await asked.deleteWebhook(), true, /Đã gỡ webhook/)
    expect(fake.webhook()).toBe('')
  })
})

describe('test', () => {
  it('says whether the platform reaches us', async () => {
    const { fake, admin: asked } = await admin()
    fake.deliverTo(await serviceOf(200))
    says(await asked.test(), true, /nhận ra bot/, /gọi đến được/)
    fake.deliverTo(await serviceOf(403))
    says(await asked.test(), false, /Browser Integrity Check/)
  })

  it('says that it was asked too often today', async () => {
    const { fake, admin: asked } = await admin({ mostTests: 0 })
    fake.deliverTo(await serviceOf(200))
    says(await asked.test(), false, /Mai hãy thử lại/)
  })

  it.each([400, 404, 500])('says that it cannot be asked: %i', async (code) => {
    says(await (await adminTold(new ZaloBotError('testWebhook', code, false))).test(), false, code === 500 ? /Zalo đang có lỗi/ : /nhắn thử cho bot/)
  })

  it('asks nothing where there is no webhook', async () => {
    const { fake, admin: asked } = await admin()
    says(await asked.test(), false, /Chưa đăng ký webhook/)
    expect(fake.calls().get('testWebhook')).toBeUndefined()
  })
})

describe('whatever is thrown', () => {
  it('becomes a sentence', async () => {
    const { client } = await clientOnFake()
    const broken = { ...client, getMe: () => Promise.reject(new Error(TOKEN)) }
    says(await zaloBotAdmin(broken, SECRET).status(), false, /lỗi chưa rõ/)
  })
})
