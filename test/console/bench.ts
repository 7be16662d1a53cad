/**
 * `npm run -s bench:console [-- --chats 200 --rounds 60]`: how long a person's message takes to an officer's screen and an officer's words to the person, on the web and on a fake
 * Telegram, while so many conversations wait for people; and how fast queue and thread are answered meanwhile. The real service, over HTTP.
 */
import { parseArgs } from 'node:util'
import { generateSync } from 'otplib'
import type { QueueView } from '../../adapters/console/contract.ts'
import { openReal } from '../bot/open.ts'
import { CHROMIUM, openBrowser } from '../browser/web-chat-kit.ts'
import { openTown, type Town } from '../channels/open.ts'

const { values } = parseArgs({ options: { chats: { type: 'string', default: '200' }, rounds: { type: 'string', default: '60' } } })
const UNLIMITED = Object.fromEntries(
  ['RATE_PER_MINUTE', 'RATE_PER_HOUR', 'RATE_PER_ADDRESS', 'RATE_GLOBAL', 'SESSIONS_PER_HOUR'].map((name) => [name, '10000000']),
)
const PASSWORD = 'mưa bóng mây chiều nay'

type Times = Record<string, number[]>

/** An officer's browser as far as requests go. */
class Officer {
  readonly #base: string
  #cookie = ''
  #csrf = ''
  /** Good once: for a second browser. */
  spare = ''

  constructor(base: string) {
    this.#base = base
  }

  async ask<T>(method: string, url: string, body?: object): Promise<T> {
    const headers = { cookie: this.#cookie, 'x-antam-csrf': this.#csrf, ...(body ? { 'content-type': 'application/json' } : {}) }
    const answer = await fetch(`${this.#base}/console/api${url}`, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) })
    const set = answer.headers.getSetCookie().map((one) => one.split(';')[0] ?? '')
    if (set.length > 0) this.#cookie = set.join('; ')
    if (!answer.ok) throw new Error(`${method} ${url}: ${answer.status} ${await answer.text()}`)
    return (await answer.json()) as T
  }

  /** Sets the first account up with its link and signs in with a spare code. */
  async signIn(token: string): Promise<void> {
    const { secret } = await this.ask<{ secret: string }>('POST', '/set-up', { token, name: 'Cán bộ Đo', password: PASSWORD })
    const { spareCodes } = await this.ask<{ spareCodes: string[] }>('POST', '/set-up/confirm', { token, code: generateSync({ secret }) })
    const me = await this.ask<{ csrf: string }>('POST', '/session', { login: 'quantri', password: PASSWORD, code: spareCodes[0] })
    this.#csrf = me.csrf
    this.spare = spareCodes[1] ?? ''
  }

  /** Reads the stream of what has changed. */
  async listen(told: (chat: string) => void, signal: AbortSignal): Promise<void> {
    const answer = await fetch(`${this.#base}/console/api/events`, { headers: { cookie: this.#cookie }, signal })
    const decoder = new TextDecoder()
    for await (const bytes of answer.body ?? []) {
      for (const line of decoder.decode(bytes, { stream: true }).split('\n')) {
        if (!line.startsWith('data: ')) continue
        const event = JSON.parse(line.slice(6)) as { kind: string; chat?: string }
        if (event.kind === 'chat') told(event.chat ?? '')
      }
    }
  }
}

interface Person {
  readonly token: string
  count: number
}

async function person(base: string): Promise<Person> {
  const answer = await fetch(`${base}/api/chat/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })
  return { token: ((await answer.json()) as { token: string }).token, count: 0 }
}

async function says(base: string, who: Person, text: string): Promise<void> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${who.token}` }
  const body = JSON.stringify({ id: `do-${who.token.slice(-12)}-${++who.count}`, text })
  const answer = await fetch(`${base}/api/chat/messages`, { method: 'POST', headers, body })
  if (answer.status !== 202) throw new Error(`message: ${answer.status}`)
}

/** Resolves once `fits` is true, looking whenever the officer is told of a change. */
function watcher() {
  const waiting = new Set<() => void>()
  return {
    told: () => {
      for (const look of waiting) look()
    },
    until: (fits: () => Promise<boolean>) =>
      new Promise<void>((resolve, reject) => {
        const settle = (ok: boolean) => {
          if (!ok) return
          waiting.delete(look)
          resolve()
        }
        const look = () => void fits().then(settle, reject)
        waiting.add(look)
        look()
      }),
  }
}

async function measured(times: Times, name: string, work: () => Promise<unknown>): Promise<void> {
  const started = performance.now()
  await work()
  times[name] = [...(times[name] ?? []), performance.now() - started]
}

function quantile(list: readonly number[], share: number): number {
  const sorted = list.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

async function run(town: Town): Promise<void> {
  const service = await town.start({ env: UNLIMITED })
  const base = service.address
  const officer = new Officer(base)
  await officer.signIn(service.firstLink?.split('/').at(-1) ?? '')
  const people = await Promise.all(Array.from({ length: Number(values.chats) }, () => person(base)))
  for (const who of people) await says(base, who, 'cho tôi gặp cán bộ')
  const queue = () => officer.ask<QueueView>('GET', '/queue')
  while ((await queue()).waiting < people.length) await new Promise((resolve) => setTimeout(resolve, 200))
  const ending = new AbortController()
  const watch = watcher()
  const stream = officer.listen(watch.told, ending.signal).catch(() => undefined)
  const times: Times = {}
  const ids = new Map<Person, string>()
  for (let i = 0; i < Number(values.rounds); i++)
    await round({ base, officer, watch, queue, town, ids }, people[i % people.length] as Person, i, times)
  if (CHROMIUM) times['từ lúc bấm hay gõ tới lúc màn hình vẽ lại (như INP)'] = await interactions(base, officer.spare, people)
  else console.log('Không có Chromium: chưa đo từ lúc bấm tới lúc màn hình vẽ lại.')
  ending.abort()
  await stream
  console.log(`${people.length} cuộc đang chờ, ${values.rounds} lượt`)
  for (const [name, list] of Object.entries(times))
    console.log(`${name.padEnd(52)} p50 ${quantile(list, 0.5).toFixed(1)} ms   p95 ${quantile(list, 0.95).toFixed(1)} ms`)
}

interface Bench {
  readonly base: string
  readonly officer: Officer
  readonly watch: ReturnType<typeof watcher>
  readonly queue: () => Promise<QueueView>
  readonly town: Town
  readonly ids: Map<Person, string>
}

async function round({ base, officer, watch, queue, town, ids }: Bench, who: Person, i: number, times: Times): Promise<void> {
  const words = `tin đo số ${i}`
  await measured(times, 'tin của người dân tới hàng đợi của cán bộ', async () => {
    await says(base, who, words)
    await watch.until(async () => {
      const row = (await queue()).rows.find(({ lastWords }) => lastWords === words)
      if (row) ids.set(who, row.id)
      return row !== undefined
    })
  })
  const chat = ids.get(who) ?? ''
  await measured(times, 'hàng đợi', queue)
  await measured(times, 'mở một cuộc trò chuyện', () => officer.ask('GET', `/chats/${chat}`))
  const answer = `trả lời đo số ${i}`
  await measured(times, 'lời cán bộ tới lúc kênh web nhận (đã gửi)', async () => {
    await officer.ask('POST', `/chats/${chat}/write`, { id: crypto.randomUUID(), text: answer, citations: [] })
    await watch.until(async () => {
      const { messages } = await officer.ask<{ messages: { text: string; delivery: string | null }[] }>('GET', `/chats/${chat}`)
      return messages.some(({ text, delivery }) => text === answer && delivery === 'sent')
    })
  })
  await telegram({ officer, watch, queue, town }, i, times)
}

/** Every tenth round also on the fake Telegram, each time somebody else. */
async function telegram(
  { officer, watch, queue, town }: Pick<Bench, 'officer' | 'watch' | 'queue' | 'town'>,
  i: number,
  times: Times,
): Promise<void> {
  if (i % 10 !== 0) return
  const user = `5022${String(i).padStart(4, '0')}`
  const words = `cho tôi gặp cán bộ, số ${i}`
  await town.telegram.say(user, words)
  let chat = ''
  await watch.until(async () => {
    chat = (await queue()).rows.find(({ lastWords }) => lastWords === words)?.id ?? ''
    return chat !== ''
  })
  const before = town.telegram.shown(user).length
  await measured(times, 'lời cán bộ tới máy chủ Telegram giả', async () => {
    const shown = town.telegram.whenShown(before + 2, user)
    await officer.ask('POST', `/chats/${chat}/write`, { id: crypto.randomUUID(), text: `trả lời ${i}`, citations: [] })
    await shown
  })
}

const INTERACTIONS = 30

/** A real page of the queue with everybody in it: conversations are opened and words typed while others write. @returns how long each took to be painted. */
async function interactions(base: string, spare: string, people: readonly Person[]): Promise<number[]> {
  const browser = await openBrowser()
  const page = await browser.newPage({ viewport: { width: 1280, height: 900 } })
  await page.addInitScript(OBSERVE)
  await page.goto(`${base}/console/`)
  await page.getByLabel('Tên đăng nhập').fill('quantri')
  await page.getByLabel('Mật khẩu').fill(PASSWORD)
  await page.getByLabel('Mã 6 số').fill(spare)
  await page.getByRole('button', { name: 'Đăng nhập' }).click()
  for (let i = 0; i < INTERACTIONS; i++) {
    await says(base, people[(i * 7) % people.length] as Person, `tin khi đang bấm ${i}`)
    await page
      .locator('a[href*="/chats/"]')
      .nth(i % 12)
      .click()
    await page.getByLabel('Trả lời người dân').pressSequentially('chào bạn')
  }
  const taken = (await page.evaluate('Object.values(taken)')) as number[]
  await browser.close()
  return taken
}

/** What the browser itself says of each interaction, the longest event of it. */
const OBSERVE = `
const taken = {}
new PerformanceObserver((list) => {
  for (const { interactionId, duration } of list.getEntries())
    if (interactionId) taken[interactionId] = Math.max(taken[interactionId] ?? 0, duration)
}).observe({ type: 'event', durationThreshold: 16, buffered: true })
globalThis.taken = taken
`

await openReal()
const town = await openTown()
try {
  await run(town)
} finally {
  await town.close()
}
