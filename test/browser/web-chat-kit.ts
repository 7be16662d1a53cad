/** For the browser tests of the chat: a browser, and a server whose every word the test decides. It keeps the contract of adapters/web-chat/contract.ts and nothing more. */
import { existsSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import { buildServer } from '../../adapters/http/server.ts'
import type { About, Feedback, MessageEvent, OwnerEventData, Sent, ShownCitation, TypingEvent } from '../../adapters/web-chat/contract.ts'
import { addOrigins } from '../../adapters/web-chat/origins.ts'
import { webPages } from '../../adapters/web-chat/pages.ts'

export const CHROMIUM = [process.env['CHROMIUM'] ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync)
if (CHROMIUM === undefined) console.warn('Bỏ qua kiểm thử khung chat: không thấy Chromium (đặt biến CHROMIUM hoặc apt-get install chromium).')

export type Reply = Exclude<MessageEvent, { author: 'person' }>

export const LAW = 'Luật Bảo vệ quyền lợi người tiêu dùng'
export const CURRENT: ShownCitation = {
  label: `điểm đ khoản 2 Điều 30 ${LAW} (19/2023/QH15)`,
  document: '19/2023/QH15',
  documentName: LAW,
  article: '30',
  clause: '2',
  point: 'đ',
  title: 'Nghĩa vụ của bên bán khi hàng còn bảo hành',
  inForceFrom: '2024-07-01',
  inForceTo: null,
  caveat: 'chép từ bản chụp, chưa đối chiếu bản gốc',
  restatement: 'Đổi món hàng mới tương tự, hoặc thu lại món đó và trả lại tiền khi đã bảo hành từ 03 lần trở lên mà lỗi vẫn còn.',
}
export const EXPIRED: ShownCitation = {
  label: `${LAW} 2010 (59/2010/QH12)`,
  document: '59/2010/QH12',
  documentName: `${LAW} 2010`,
  title: 'Luật cũ',
  inForceFrom: null,
  inForceTo: '2024-07-01',
  restatement: '',
}
const uncited = (...lines: string[]) => lines.map((text) => ({ text, citations: [] }))

export const ANSWER: Omit<Reply, 'id' | 'at' | 'author'> = {
  status: 'answered',
  text: 'Bạn được đổi máy.\nSửa từ 03 lần trở lên vẫn lỗi thì được đổi máy mới.\nCăn cứ: điểm đ khoản 2 Điều 30.',
  sections: [
    { heading: 'Bạn được đổi máy', kind: 'answer', lines: [{ text: 'Sửa từ 03 lần trở lên vẫn lỗi thì được đổi máy mới.', citations: [0, 1] }] },
    { heading: 'Điều kiện và thời hạn', kind: 'conditions', lines: [{ text: 'Máy còn bảo hành.', citations: [0] }] },
    { heading: 'Việc nên làm tiếp', kind: 'steps', lines: uncited('1. Gom giấy tiếp nhận.', '2. Gọi tổng đài quốc gia 1800.6838.') },
    { heading: 'Bằng chứng nên giữ', kind: 'evidence', lines: uncited('Hóa đơn') },
    { heading: 'Làm ngay', kind: 'urgent', lines: uncited('Ngừng chuyển tiền.', 'Gọi ngân hàng, gọi 113.') },
    { heading: '', kind: 'note', lines: uncited('Tôi là máy trả lời tự động.') },
  ],
  citations: [CURRENT, EXPIRED],
  choices: ['Gặp cán bộ', 'Tôi bán hàng'],
}
export const plain = (text: string): Omit<Reply, 'id' | 'at' | 'author'> => ({ status: 'service', text, sections: [], citations: [], choices: [] })

export const ABOUT: About = {
  association: { name: 'Hội Bảo vệ Người tiêu dùng Gia Lai', phone: '1800.6838', email: '', address: 'Pleiku', hours: '' },
  keptDays: 180,
  attachments: { kinds: ['image/jpeg', 'image/png', 'application/pdf'], maxBytes: 200_000 },
  maxCharacters: 4_000,
  pause: null,
}

export interface Refusal {
  readonly status: number
  readonly message: string
  readonly retryAfter?: number
}

type Kept = { readonly name: 'message' | 'owner'; readonly data: object }

/** One visitor as the server knows them. */
interface Visitor {
  readonly name: string
  readonly kept: Kept[]
  readonly streams: Set<ServerResponse>
}

/** The server of a test. What it says and refuses is set on it; what it was asked can be read from it. */
export class Script {
  about: About = ABOUT
  /** What the assistant says to a message; nothing when undefined. */
  reply: (sent: Sent) => Omit<Reply, 'id' | 'at' | 'author'> | undefined = () => ANSWER
  /** Refuses a request instead of taking it. */
  refuse: (path: string, request: FastifyRequest) => Refusal | undefined = () => undefined
  /** Whether a message is taken although the sender is told otherwise, as when the line breaks in between. */
  swallow: (sent: Sent) => boolean = () => false
  received: Sent[] = []
  posts: string[] = []
  rated: Feedback[] = []
  uploads: { readonly kind: string; readonly size: number }[] = []
  streamsOpened: (number | undefined)[] = []
  readonly visitors = new Map<string, Visitor>()
  base = ''
  /** Origins that may embed the chat; the test adds to it. */
  readonly listed: string[] = []
  private counter = 0

  reset(): void {
    for (const { streams } of this.visitors.values()) for (const stream of streams) stream.destroy()
    this.visitors.clear()
    Object.assign(this, { received: [], posts: [], rated: [], uploads: [], streamsOpened: [], about: ABOUT })
    Object.assign(this, { reply: () => ANSWER, refuse: () => undefined, swallow: () => false })
    this.listed.length = 0
  }

  get visitor(): Visitor {
    const last = [...this.visitors.values()].at(-1)
    if (!last) throw new Error('nobody has come yet')
    return last
  }

  nextId(): string {
    this.counter += 1
    return `00000000-0000-4000-8000-${String(this.counter).padStart(12, '0')}`
  }

  keep(name: Kept['name'], data: object, visitor = this.visitor): void {
    visitor.kept.push({ name, data })
    for (const stream of visitor.streams) stream.write(frame(visitor.kept.length, { name, data }))
  }

  say(reply: Partial<Reply> & { text: string }, visitor = this.visitor): void {
    this.keep('message', { ...plain(reply.text), author: 'assistant', id: this.nextId(), at: Date.now(), ...reply }, visitor)
  }

  own(owner: Omit<OwnerEventData, 'at'>, visitor = this.visitor): void {
    this.keep('owner', { ...owner, at: Date.now() }, visitor)
  }

  typing(event: TypingEvent, visitor = this.visitor): void {
    for (const stream of visitor.streams) stream.write(`event: typing\ndata: ${JSON.stringify(event)}\n\n`)
  }

  /** Sends raw text down the stream. */
  raw(text: string, visitor = this.visitor): void {
    for (const stream of visitor.streams) stream.write(text)
  }

  /** Breaks every stream. */
  cut(visitor = this.visitor): void {
    for (const stream of visitor.streams) stream.destroy()
  }
}

export function frame(number: number, { name, data }: Kept): string {
  return `id: ${number}\nevent: ${name}\ndata: ${JSON.stringify(data)}\n\n`
}

/** Starts the server on a free port. */
export async function startServer(): Promise<{ script: Script; close: () => Promise<void> }> {
  const script = new Script()
  const server = buildServer({
    ready: () => ({ ok: true }),
    metrics: async () => '',
    plugins: [webPages, async (app) => addRoutes(app, script)],
  })
  await server.listen({ port: 0, host: '127.0.0.1' })
  script.base = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}/`
  const close = async () => {
    script.reset()
    await server.close()
  }
  return { script, close }
}

/** Somebody else's page, on an origin of its own, with the chat in it. */
export async function startHost(html: string): Promise<{ origin: string; close: () => Promise<void> }> {
  const server = createServer((_request, response) => response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return { origin, close: () => new Promise((resolve) => server.close(() => resolve())) }
}

function addRoutes(app: FastifyInstance, script: Script): void {
  addOrigins(app, { publicUrl: undefined, listed: script.listed })
  app.addHook('preHandler', async (request, reply) => {
    const refusal = script.refuse(request.routeOptions.url ?? '', request)
    if (refusal) return answerRefusal(reply, refusal)
  })
  app.addContentTypeParser(['image/jpeg', 'image/png', 'application/pdf'], { parseAs: 'buffer', bodyLimit: 10_000_000 }, (_request, body, done) =>
    done(null, body),
  )
  app.get('/api/chat/about', async () => script.about)
  app.post('/api/chat/session', async (request) => openSession(script, request))
  app.delete('/api/chat/session', async (request, reply) => erase(script, request, reply))
  app.post('/api/chat/messages', async (request, reply) => take(script, request, reply))
  app.post('/api/chat/typing', async (_request, reply) => {
    script.posts.push('typing')
    return reply.code(204).send()
  })
  app.post('/api/chat/feedback', async (request, reply) => {
    script.rated.push(request.body as Feedback)
    return reply.code(204).send()
  })
  app.post('/api/chat/attachments', async (request, reply) => {
    script.uploads.push({ kind: request.headers['content-type'] ?? '', size: (request.body as Buffer).length })
    return reply.code(201).send({ attachment: script.nextId() })
  })
  app.get('/api/chat/events', async (request, reply) => openStream(script, request, reply))
}

function answerRefusal(reply: FastifyReply, { status, message, retryAfter }: Refusal): FastifyReply {
  if (retryAfter !== undefined) reply.header('retry-after', String(retryAfter))
  return reply.code(status).send({ error: { code: 'refused', message } })
}

const tokenOf = (request: FastifyRequest) => request.headers.authorization?.replace('Bearer ', '') ?? ''

/** A token is the visitor's name and a number: what holds is in the map. */
function openSession(script: Script, request: FastifyRequest) {
  const known = script.visitors.get(tokenOf(request))
  const id = script.nextId()
  const visitor = known ?? { name: `V${id.slice(-3)}`, kept: [], streams: new Set<ServerResponse>() }
  const token = `${visitor.name}.${id}`
  script.visitors.set(token, visitor)
  return { token, visitor: visitor.name, expiresAt: Date.now() + 30 * 86_400_000 }
}

function known(script: Script, request: FastifyRequest, reply: FastifyReply): Visitor | undefined {
  const visitor = script.visitors.get(tokenOf(request))
  if (!visitor) answerRefusal(reply, { status: 401, message: 'Phiên đã hết hạn.' })
  return visitor
}

function erase(script: Script, request: FastifyRequest, reply: FastifyReply) {
  const visitor = known(script, request, reply)
  if (!visitor) return reply
  for (const [token, one] of script.visitors) if (one === visitor) script.visitors.delete(token)
  for (const stream of visitor.streams) stream.end()
  return reply.code(204).send()
}

function take(script: Script, request: FastifyRequest, reply: FastifyReply) {
  const visitor = known(script, request, reply)
  if (!visitor) return reply
  const sent = request.body as Sent
  script.posts.push(sent.id)
  const repeated = script.received.some(({ id }) => id === sent.id)
  if (!repeated) keepMessage(script, visitor, sent)
  if (script.swallow(sent)) return answerRefusal(reply, { status: 504, message: '', retryAfter: 600 })
  return reply.code(202).send({ id: sent.id, repeated })
}

function keepMessage(script: Script, visitor: Visitor, sent: Sent): void {
  script.received.push(sent)
  const text = 'text' in sent ? sent.text : 'choice' in sent ? sent.choice : (sent.caption ?? '')
  const file = 'attachment' in sent ? { attachment: { kind: 'image/png', size: 1234 } } : {}
  const masked = text.replace(/\d{12}/g, '••••')
  script.keep('message', { author: 'person', id: sent.id, at: Date.now(), text: masked, masked: masked !== text, ...file }, visitor)
  const reply = script.reply(sent)
  if (reply) script.say({ ...reply, replyTo: sent.id }, visitor)
}

function openStream(script: Script, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const visitor = known(script, request, reply)
  if (!visitor) return reply
  const last = request.headers['last-event-id']
  script.streamsOpened.push(last === undefined ? undefined : Number(last))
  reply.hijack()
  const stream = reply.raw
  const headers = Object.entries(reply.getHeaders()).map(([name, value]) => [name, String(value)])
  stream.writeHead(200, { ...Object.fromEntries(headers), 'content-type': 'text/event-stream; charset=utf-8' })
  for (const [index, kept] of visitor.kept.entries()) if (index >= Number(last ?? 0)) stream.write(frame(index + 1, kept))
  stream.write(': \n\n')
  visitor.streams.add(stream)
  stream.once('close', () => visitor.streams.delete(stream))
  return reply
}

// ── the browser ─────────────────────────────────────────────────────────────────────────────────

export const openBrowser = () => chromium.launch({ executablePath: CHROMIUM ?? '', args: ['--no-sandbox'] })

/** A page that writes down everything it should not do. */
export async function newPage(
  browser: Browser,
  allowed: readonly string[],
  complaints: string[],
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 390, height: 780 }, locale: 'vi-VN', ...options })
  context.on('page', (page) => watch(page, allowed, complaints))
  return context.newPage()
}

/** Server and browser of one test file; after each test the browser must have nothing to complain of. */
export class House {
  script = new Script()
  complaints: string[] = []
  private browser: Browser | undefined
  private allowed: string[] = []
  private hosts: (() => Promise<void>)[] = []

  constructor() {
    let close = async () => {}
    beforeAll(async () => {
      const started = await startServer()
      this.script = started.script
      close = started.close
      this.browser = await openBrowser()
    }, 60_000)
    afterAll(async () => {
      await this.browser?.close()
      await close()
    })
    beforeEach(() => {
      this.script.reset()
      this.complaints = []
      this.allowed = [this.script.base]
    })
    afterEach(async () => {
      await Promise.all(this.browser?.contexts().map((context) => context.close()) ?? [])
      await Promise.all(this.hosts.splice(0).map((end) => end()))
      expect(this.complaints).toEqual([])
    })
  }

  /** A browser of somebody who has not been here before. */
  async page(options: BrowserContextOptions = {}): Promise<Page> {
    if (!this.browser) throw new Error('the browser is not open yet')
    return newPage(this.browser, this.allowed, this.complaints, options)
  }

  /** Our own page, opened by somebody who has not been here before. */
  async visit(options: BrowserContextOptions = {}): Promise<Page> {
    const page = await this.page(options)
    await page.goto(this.script.base)
    return page
  }

  /** Somebody else's page with the chat in it. */
  async embed(options: BrowserContextOptions & { listed?: boolean; html?: string; oldDialog?: boolean } = {}): Promise<Page> {
    const { listed = true, html = hostPage(this.script.base), oldDialog = false, ...rest } = options
    const { origin, close } = await startHost(html)
    this.hosts.push(close)
    this.allowed.push(origin)
    if (listed) this.script.listed.push(origin)
    const page = await this.page(rest)
    if (oldDialog) await page.addInitScript('for (const way of ["show", "showModal", "close"]) delete HTMLDialogElement.prototype[way]')
    await page.goto(`${origin}/`)
    return page
  }
}

/** A page with styles of the rough kind: everything is red, tiny, spaced and in capitals. */
export const hostPage = (base: string, extra = '') => `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Phường</title>
<style>html{font-size:62.5%}*{letter-spacing:3px;text-transform:uppercase;color:#b00000}button{display:none}</style></head>
<body><main><h1>Trang của phường</h1><p><a id="link" href="#x">Tin tức</a></p>${'<p>Bài viết.</p>'.repeat(40)}</main>
<script async src="${base}an-tam-chat.js"></script><an-tam-chat></an-tam-chat>${extra}</body></html>`

function watch(page: Page, allowed: readonly string[], complaints: string[]): void {
  page.setDefaultTimeout(8_000)
  page.on('pageerror', (error) => complaints.push(String(error)))
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource|ERR_INTERNET_DISCONNECTED/.test(message.text())) complaints.push(message.text())
  })
  page.on('request', (request) => {
    if (!allowed.some((start) => request.url().startsWith(start))) complaints.push(`asked another host: ${request.url()}`)
  })
}

export async function ask(page: Page, text: string): Promise<void> {
  await page.fill('.question', text)
  await page.press('.question', 'Enter')
}

/** What the eye sees of the first such element, on one line. */
export async function seen(page: Page, selector: string): Promise<string> {
  return (await page.locator(selector).first().innerText()).replace(/\s+/g, ' ').trim()
}

export const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click()

/** What has the focus, also inside the element: its label or its words. */
export const focused = (page: Page) =>
  page.evaluate(`(() => {
    let node = document.activeElement
    while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement
    return node?.getAttribute('aria-label') ?? node?.textContent ?? ''
  })()`) as Promise<string>

/** Waits until an expression is true in the page. The page's own policy forbids the browser library's way of waiting. */
export const until = (page: Page, expression: string) => expect.poll(() => page.evaluate(expression), { timeout: 8_000 }).toBe(true)

export const sideways = (page: Page) => page.evaluate('document.scrollingElement.scrollWidth - window.innerWidth') as Promise<number>
