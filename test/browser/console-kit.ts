/** For the browser tests of the officers' page: a server whose every word the test decides. It keeps the contract of adapters/console/contract.ts and nothing more. */
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest'
import type { AlertsView } from '../../adapters/console/alerts-contract.ts'
import { bundleConsole } from '../../adapters/console/bundle.ts'
import type {
  AgencyView,
  CannedReply,
  CaseForm,
  CaseItem,
  CasesView,
  CaseView,
  ChatView,
  CitationsView,
  CitationView,
  ClustersView,
  ColleagueView,
  ConsoleEvent,
  DraftView,
  LinkView,
  Me,
  MessageView,
  OfficerView,
  QueueItem,
  QueueView,
  SecondFactor,
  SetUpView,
  SpareCodes,
} from '../../adapters/console/contract.ts'
import type { Dashboard, Figure, ReportList, ReportView } from '../../adapters/console/report-contract.ts'
import type { AuditAnswer, AuditProof, SearchAnswer } from '../../adapters/console/search-contract.ts'
import { buildServer } from '../../adapters/http/server.ts'
import { permissionsOf, type Role } from '../../bot/officers/permissions.ts'
import { newPage, openBrowser } from './web-chat-kit.ts'

const NOW = Date.now()
const MINUTE = 60_000
const DAY = 1_440 * MINUTE

// ── what there is to see ────────────────────────────────────────────────────────────────────────

/** What a citizen may have typed anywhere. */
export const EVIL = '<script>window.hacked=1</script><img src=x onerror="window.hacked=1"> "\'><b>đậm</b>'
export const CHAT = 'c-1'
export const OTHER = 'c-2'
export const CASE = 'GL26-AAA-BBB-CCC'

export const me = (role: Role = 'administrator'): Me => ({
  ...{ id: 'o-lan', login: 'lan', name: 'Cán bộ Lan', role, may: permissionsOf(role), csrf: 'csrf-token', approval: false },
  office: { name: 'Hội thử nghiệm', hours: '7:30–17:00', silentMinutes: 15, approval: false },
})

const clause = (article: number): CitationView => ({
  pointer: `19/2023/QH15#${article}.1`,
  text: `khoản 1 Điều ${article} Luật Bảo vệ quyền lợi người tiêu dùng (19/2023/QH15)`,
  note: 'có hiệu lực từ 01/07/2024',
})

export function message(position: number, text: string, from: MessageView['from'] = 'person'): MessageView {
  const ours = from === 'staff' || from === 'assistant'
  return {
    ...{ id: `m-${position}`, position, at: NOW - 60 * MINUTE + position * 1_000, from, name: from === 'staff' ? 'Cán bộ Lan' : '', text },
    ...{ citations: [], attachment: null, delivery: ours ? 'sent' : null, deliveryWords: ours ? 'đã gửi' : '' },
  }
}

const queueItem = (id: string, over: Partial<QueueItem> = {}): QueueItem => ({
  ...{ id, channel: 'web', owner: 'waiting', who: 'chờ người', officer: null, reason: 'asked', reasonWords: 'người dân xin gặp cán bộ' },
  ...{ danger: false, waitingSince: NOW - 12 * MINUTE, lastWords: EVIL, lastFrom: 'person', lastAt: NOW - 12 * MINUTE, lookers: [], proposed: false },
  ...over,
})

const caseItem = (over: Partial<CaseItem> = {}): CaseItem => ({
  ...{ number: CASE, issue: 'Hàng không đúng mô tả', status: 'confirmed', statusWords: 'mới', result: null, channel: 'web' },
  ...{ confirmedAt: NOW - DAY, dueAt: NOW - DAY / 2, overdue: true, danger: true, held: true, stopped: true, filedBy: 'Cán bộ Minh' },
  ...{ respondent: EVIL, amount: 1_200_000, chosen: null },
  ...over,
})

const fields = [
  { name: 'respondent', label: 'Bên bán', value: EVIL, from: EVIL },
  { name: 'amount', label: 'Số tiền', value: '1.200.000 đồng', from: '1tr2' },
]

const chatView = (id: string, over: Partial<ChatView> = {}): ChatView => ({
  ...{ id, channel: 'zalo-bot', owner: 'staff', who: 'Cán bộ Lan', officer: { id: 'o-lan', name: 'Cán bộ Lan' }, reason: 'asked' },
  ...{ reasonWords: 'người dân xin gặp cán bộ', danger: true, episode: 2, since: NOW, returnsAt: NOW + 9 * MINUTE, writableUntil: NOW + DAY },
  maxTextLength: 2_000,
  brief: {
    ...{ questions: [EVIL], fields, stage: 'đang kể chuyện', missing: ['Ngày mua'] },
    answer: { status: 'answered', text: EVIL, citations: [clause(30)] },
    episodes: [{ number: 1, owner: 'trợ lý', officer: null, reason: null, beganAt: NOW - DAY, endedAt: NOW - DAY / 2, outcome: EVIL }],
  },
  messages: [],
  more: false,
  notes: [{ id: 'n-1', at: NOW, by: 'Cán bộ Minh', text: EVIL, mentions: ['Cán bộ Lan'] }],
  cases: [caseItem()],
  lookers: [{ id: 'o-minh', name: 'Cán bộ Minh', typing: true }],
  proposed: [
    { id: 'w-1', at: NOW, by: 'Cán bộ Minh', mine: false, text: EVIL, citations: [clause(30)], state: 'waiting', decidedBy: null, reason: null },
    { id: 'w-2', at: NOW, by: 'Cán bộ Lan', mine: true, text: EVIL, citations: [], state: 'returned', decidedBy: 'Cán bộ Minh', reason: EVIL },
  ],
  ...over,
})

const caseView: CaseView = {
  ...caseItem(),
  ...{ conversation: CHAT, story: EVIL, fields, account: '••••1234', missing: ['Ảnh lúc mở hàng'] },
  files: [
    { id: 'f-1', kind: 'image/png', size: 345_000, caption: EVIL, clear: null },
    { id: 'f-2', kind: 'application/pdf', size: 1_245_000, caption: '', clear: false },
    { id: 'f-3', kind: 'image/png', size: 3_000, caption: 'Hóa đơn', clear: true },
  ],
  consents: [
    { label: 'Hội lưu và xử lý hồ sơ', stands: true, at: NOW, version: '2026-11-27' },
    { label: 'Hội chuyển hồ sơ cho cơ quan có thẩm quyền', stands: false, at: NOW, version: '2026-11-27' },
  ],
  suggestions: [{ agency: 'sct', name: 'Sở Công Thương', basis: 'Điều 76', confidence: 0.86, why: 'Mua qua mạng.' }],
  chosenBecause: null,
  hold: { why: EVIL, by: 'Cán bộ Minh' },
  timeline: [{ at: NOW, by: 'người dân', what: 'Gửi', status: 'mới', words: EVIL, note: EVIL }],
  clocks: [{ what: 'Xem lần đầu', due: '2026-12-02', state: 'late', words: 'hạn 02/12/2026, trễ 1 ngày làm việc' }],
  handovers: [{ way: 'thư điện tử', words: 'đã dừng', stopped: true }],
  cluster: { respondent: EVIL, people: 4, cases: [CASE] },
  satisfaction: { satisfied: false, why: EVIL },
  deeds: ['receive', 'handle', 'ask_info', 'choose', 'transfer', 'answer', 'close', 'reopen', 'hold', 'release'],
}

const figure = (no: number, over: Partial<Figure> = {}): Figure => ({
  ...{ id: `figure-${no}`, no, label: `Con số ${no}`, value: no * 10, unit: 'cases', of: 'case', on: [CASE] },
  ...over,
})
const figures: Dashboard = {
  ...{ period: { from: '2026-01-01', to: '2026-11-28' }, readAt: NOW, chatsFrom: '2026-05-01' },
  sections: [
    {
      ...{ id: 'received', title: 'Tiếp nhận' },
      figures: [figure(1), figure(2, { unit: 'dong', value: 5_000_000 }), figure(3, { value: null, unit: 'minutes' })],
      tables: [{ id: 't-1', title: 'Theo kênh', columns: ['Kênh', 'Hồ sơ'], rows: [{ label: 'Telegram', cells: [figure(4)] }] }],
    },
    { id: 'sellers', title: 'Bên bán', figures: [], tables: [] },
  ],
}
const report = { id: 'r-1', year: 2026, madeAt: NOW, madeBy: 'Cán bộ Lan', sha256: 'a'.repeat(64) }

const replies: readonly CannedReply[] = [
  { id: 'k-1', title: 'Đổi trả', text: 'Bạn được đổi hàng.', citations: [clause(30)], stale: null, by: 'Cán bộ Lan', at: NOW },
  { id: 'k-2', title: 'Bảo hành', text: 'Sửa miễn phí.', citations: [], stale: 'Điều 30 đã đổi.', by: 'Cán bộ Minh', at: NOW },
]
const officers: readonly OfficerView[] = [
  { id: 'o-lan', login: 'lan', name: 'Cán bộ Lan', role: 'administrator', active: true, ready: true, lastSeenAt: NOW, approval: false },
  { id: 'o-minh', login: 'minh', name: 'Cán bộ Minh', role: 'officer', active: false, ready: false, lastSeenAt: null, approval: true },
]
const colleagues: readonly ColleagueView[] = officers.map(({ id, name, ready }) => ({ id, name, here: ready }))
const agencies: readonly AgencyView[] = [{ id: 'sct', name: 'Sở Công Thương', receives: 'mua bán qua mạng', verified: false }]
const caseForm: CaseForm = {
  facts: [
    { name: 'respondent', label: 'Bên bán', choices: null },
    { name: 'platform', label: 'Mua ở', choices: [{ value: 'shopee', label: 'Shopee' }] },
    { name: 'amount', label: 'Số tiền', choices: null },
  ],
  issues: [],
  consents: [{ purpose: 'handle', text: 'Hội lưu và xử lý hồ sơ của tôi' }],
  ways: [{ id: 'telephone', label: 'nói qua điện thoại' }],
}
const search: SearchAnswer = {
  results: [
    {
      ...{ of: 'chat', kind: 'chat', channel: 'web', at: NOW, saidAt: NOW, place: 'person', exact: false, conversation: CHAT, owner: 'staff' },
      excerpt: { text: EVIL, hits: [{ start: 0, end: 8 }] },
    },
  ],
  more: true,
}
const audit: AuditAnswer = {
  rows: [{ number: 7, at: NOW, actor: 'o-lan', action: 'case.read', subject: `case:${CASE}`, detail: { reason: EVIL, count: 3 } }],
  next: 7,
}

// ── the server ──────────────────────────────────────────────────────────────────────────────────

export interface Refusal {
  readonly status: number
  readonly code: string
  readonly message: string
}
export interface Done {
  readonly method: string
  readonly path: string
  readonly body: unknown
}

/** The server of a test. What it says and refuses is set on it; what it was asked to do can be read from it. */
export class Desk {
  me: Me | undefined = me()
  empty = false
  messages: MessageView[] = []
  chat: Partial<ChatView> = {}
  /** Refuses a request instead of doing it. */
  refuse: (path: string, method: string) => Refusal | undefined = () => undefined
  /** Does it, and breaks the answer off. */
  swallow: (path: string) => boolean = () => false
  done: Done[] = []
  base = ''
  /** Streams that were opened. */
  opened = 0
  private readonly streams = new Set<ServerResponse>()

  reset(): void {
    this.cut()
    Object.assign(this, { me: me(), empty: false, chat: {}, done: [], opened: 0, refuse: () => undefined, swallow: () => false })
    this.messages = Array.from({ length: 90 }, (_, index) =>
      message(index + 1, index % 2 ? `Trả lời ${index + 1}` : EVIL, index % 2 ? 'assistant' : 'person'),
    )
  }

  tell(event: ConsoleEvent): void {
    for (const stream of this.streams) stream.write(`data: ${JSON.stringify(event)}\n\n`)
  }

  /** A citizen says something. */
  said(text: string): void {
    this.messages = [...this.messages, message((this.messages.at(-1)?.position ?? 0) + 1, text)]
    this.tell({ kind: 'chat', chat: CHAT })
  }

  cut(): void {
    for (const stream of this.streams) stream.destroy()
  }

  /** Of the deeds, those below an address. */
  deeds(path: string): readonly Done[] {
    return this.done.filter((one) => one.path.startsWith(path) && !one.path.endsWith('/looking'))
  }

  listen(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' })
    response.write('retry: 300\n\n')
    this.streams.add(response)
    this.opened += 1
    response.once('close', () => this.streams.delete(response))
  }
}

const PAGE = 20
const list = <T>(desk: Desk, all: readonly T[]): readonly T[] => (desk.empty ? [] : all)

/** What stands at an address; undefined: nothing. */
function shown(desk: Desk, path: string, query: URLSearchParams): object | undefined {
  const fixed = FIXED[path]
  if (fixed) return fixed(desk)
  if (path.startsWith('/chats/')) return chatAt(desk, decodeURIComponent(path.slice('/chats/'.length)), query.get('before'))
  if (path.startsWith('/cases/')) return caseView
  if (path.startsWith('/set-up/')) return { login: 'minh', name: 'Cán bộ Minh', role: 'officer', endsAt: NOW + DAY } satisfies SetUpView
  return path.startsWith('/reports/') ? ({ ...report, figures, cases: [] } satisfies ReportView) : undefined
}

const FIXED: Readonly<Record<string, (desk: Desk) => object>> = {
  '/me': (desk) => desk.me ?? {},
  '/queue': (desk): QueueView => ({
    rows: list(desk, [queueItem(OTHER, { danger: true, lookers: ['Cán bộ Minh'] }), queueItem(CHAT, { owner: 'staff', who: 'Cán bộ Lan' })]),
    ...{ waiting: desk.empty ? 0 : 4, withOfficers: desk.empty ? 0 : 1 },
  }),
  '/me/alerts': (desk): AlertsView => ({
    place: desk.empty ? null : { channel: 'zalo-oa', since: NOW - DAY, warnings: ['Kênh này chỉ cho nhắn tới 07:30 ngày 28/11.'] },
    ...{ off: ['digest'], night: true, hours: '07:30–17:00' },
    places: [{ channel: 'telegram', address: 'https://t.me/an_tam', words: 'nhắn lúc nào cũng được' }],
  }),
  '/colleagues': () => ({ colleagues }),
  '/officers': () => ({ officers }),
  '/replies': (desk) => ({ replies: list(desk, replies) }),
  '/citations': (desk): CitationsView => ({ found: list(desk, [{ ...clause(38), title: 'Sàn', restatement: 'Sàn phải xử lý khiếu nại.' }]) }),
  '/agencies': () => ({ agencies }),
  '/case-form': () => caseForm,
  '/cases': (desk): CasesView => ({ rows: list(desk, [caseItem()]), open: 1, overdue: 1 }),
  '/clusters': (desk): ClustersView => ({ clusters: list(desk, [{ respondent: EVIL, people: 4, cases: [CASE], firstAt: NOW - DAY, lastAt: NOW }]) }),
  '/search': (desk) => (desk.empty ? { results: [], more: false } : search),
  '/reports': (desk): ReportList => ({ dueOn: '2026-12-14', reports: list(desk, [report]) }),
  '/reports/dashboard': () => figures,
  '/audit': (desk) => (desk.empty ? { rows: [], next: null } : audit),
  '/audit/verify': (): AuditProof => ({ sound: true, number: 7, anchor: `7:${'9'.repeat(64)}`, sentence: 'Nhật ký nguyên vẹn.' }),
}

function chatAt(desk: Desk, id: string, before: string | null): ChatView {
  const upTo = desk.messages.filter(({ position }) => position < Number(before ?? Number.POSITIVE_INFINITY))
  const bare = desk.empty ? { notes: [], cases: [], lookers: [], proposed: [] } : {}
  return chatView(id, { messages: list(desk, upTo.slice(-PAGE)), more: !desk.empty && upTo.length > PAGE, ...bare, ...desk.chat })
}

function deed(desk: Desk, { method, path, body }: Done): object {
  desk.done.push({ method, path, body })
  if (path === '/session') return desk.me ?? me()
  if (path === '/set-up') return { secret: 'JBSWY3DPEHPK3PXP', uri: '', qr: QR } satisfies SecondFactor
  if (path === '/set-up/confirm') return { spareCodes: ['AAAAA-BBBBB', 'CCCCC-DDDDD'] } satisfies SpareCodes
  if (path.startsWith('/officers')) return { link: `${desk.base}set-up/secret-token`, endsAt: NOW + DAY } satisfies LinkView
  if (path === '/me/alerts/code') return { code: 'ABCD-1234', endsAt: NOW + 10 * MINUTE }
  if (path.endsWith('/draft')) return { text: 'Trợ lý soạn.', citations: [clause(39)] } satisfies DraftView
  if (path.endsWith('/account')) return { account: '19034567890' }
  if (path === '/cases') return { number: CASE }
  if (path.endsWith('/write')) write(desk, body as { id: string; text: string })
  return {}
}

const QR = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M1 1h3v3H1z"/></svg>'

/** The same id is the same message. */
function write(desk: Desk, { id, text }: { readonly id: string; readonly text: string }): void {
  if (desk.messages.some((one) => one.id === id)) return
  desk.messages = [...desk.messages, { ...message((desk.messages.at(-1)?.position ?? 0) + 1, text, 'staff'), id }]
}

async function addRoutes(app: FastifyInstance, desk: Desk): Promise<void> {
  const { index, assets } = await bundleConsole()
  app.addHook('onSend', async (_request, reply) => void reply.header('content-security-policy', POLICY))
  for (const { url, type, bytes } of assets) app.get(`/console${url}`, async (_request, reply) => reply.type(type).send(bytes))
  app.get('/icon.svg', async (_request, reply) => reply.type('image/svg+xml').send(QR))
  app.all('/console/api/*', async (request, reply) => answer(desk, request, reply))
  for (const url of ['/console', '/console/*']) app.get(url, async (_request, reply) => reply.type('text/html; charset=utf-8').send(index))
}

/** As adapters/console/door.ts has it. */
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

async function answer(desk: Desk, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const url = new URL(request.url, 'http://desk')
  const path = url.pathname.slice('/console/api'.length)
  const open = path === '/session' || path.startsWith('/set-up')
  const refusal = desk.refuse(path, request.method) ?? (open || desk.me ? undefined : SIGNED_OUT)
  if (refusal) return reply.code(refusal.status).send({ error: refusal })
  if (path === '/events') {
    reply.hijack()
    desk.listen(reply.raw)
    return reply
  }
  if (path.includes('/files/') && request.method === 'GET') return reply.type('image/svg+xml').send(QR)
  const body = request.method === 'GET' ? shown(desk, path, url.searchParams) : deed(desk, { method: request.method, path, body: request.body })
  if (desk.swallow(path)) return reply.code(504).type('text/html').send('<h1>Gateway</h1>')
  return body ? reply.send(body) : reply.code(404).send({ error: { code: 'not_found', message: 'Không tìm thấy mục này.' } })
}

export const SIGNED_OUT: Refusal = { status: 401, code: 'signed_out', message: 'Phiên làm việc đã hết.' }

// ── the browser ─────────────────────────────────────────────────────────────────────────────────

/** Server and browser of one test file; after each test the browser must have nothing to complain of but refusals that the test wanted. */
export class Office {
  readonly desk = new Desk()
  complaints: string[] = []
  private browser: Browser | undefined

  constructor() {
    const server = buildServer({ ready: () => ({ ok: true }), metrics: async () => '', plugins: [(app) => addRoutes(app, this.desk)] })
    beforeAll(async () => {
      await server.listen({ port: 0, host: '127.0.0.1' })
      this.desk.base = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}/console/`
      this.browser = await openBrowser()
    }, 60_000)
    afterAll(async () => {
      await this.browser?.close()
      this.desk.cut()
      await server.close()
    })
    beforeEach(() => {
      this.desk.reset()
      this.complaints = []
    })
    afterEach(async () => {
      await Promise.all(this.browser?.contexts().map((context) => context.close()) ?? [])
      expect(this.complaints).toEqual([])
    })
  }

  /** The page at an address, opened in a browser that has not been here before. */
  async visit(path = '', options: BrowserContextOptions = {}): Promise<Page> {
    if (!this.browser) throw new Error('the browser is not open yet')
    const page = await newPage(this.browser, [new URL('/', this.desk.base).href, 'data:image/svg+xml;base64,'], this.complaints, {
      viewport: { width: 1_280, height: 800 },
      ...options,
    })
    await page.goto(this.desk.base + path)
    return page
  }
}
