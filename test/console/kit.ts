/** The console on the real parts of the service, asked without a network: real database, real sessions, real passwords; the clock is the test's. */
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance, InjectOptions } from 'fastify'
import { generateSync } from 'otplib'
import type { ConsoleRoute } from '../../adapters/console/route.ts'
import { readConfig } from '../../bot/config.ts'
import { firstLink, officersConsole } from '../../bot/main/console.ts'
import { buildDoors } from '../../bot/main/doors.ts'
import type { LogEvent } from '../../bot/main/log.ts'
import { accept, closeParts, openParts, type Parts } from '../../bot/main/parts.ts'
import type { Role } from '../../bot/officers/permissions.ts'
import { SILENT } from '../../retrieval/open.ts'
import { DATA, openReal } from '../bot/open.ts'
import { Canary } from '../canary.ts'

export const PASSWORD = 'con mèo đi trên mái ngói'
const BASE = 'http://127.0.0.1'
const MINUTE = 60_000

/** What a browser sends of itself. */
export const AGENT = 'Mozilla/5.0 (kit)'

export interface Answer {
  readonly status: number
  // biome-ignore lint/suspicious/noExplicitAny: tests read what they expect.
  readonly body: any
  readonly headers: Record<string, unknown>
  readonly raw: Buffer
}

/** One browser: it keeps cookies and the word that changes carry. */
export class Browser {
  readonly cookies = new Map<string, string>()
  readonly #app: FastifyInstance
  agent = AGENT
  address = '198.51.100.7'
  csrf = ''
  /** Of the authenticator app. */
  secret = ''

  constructor(app: FastifyInstance) {
    this.#app = app
  }

  get(url: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send({ method: 'GET', url, headers })
  }

  post(url: string, payload: object = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.send({ method: 'POST', url, payload, headers })
  }

  async send({ url, headers, ...rest }: InjectOptions): Promise<Answer> {
    const answer = await this.#app.inject({
      ...rest,
      url: `/console/api${String(url)}`,
      remoteAddress: this.address,
      headers: { host: '127.0.0.1', 'user-agent': this.agent, ...(this.csrf ? { 'x-antam-csrf': this.csrf } : {}), ...headers },
      cookies: Object.fromEntries(this.cookies),
    })
    for (const { name, value } of answer.cookies) {
      if (value === '') this.cookies.delete(name)
      else this.cookies.set(name, value)
    }
    const isJson = String(answer.headers['content-type'] ?? '').includes('json')
    return { status: answer.statusCode, body: isJson ? answer.json() : answer.body, headers: answer.headers, raw: answer.rawPayload }
  }

  /** A code of the app as it would show it at `now`. */
  code(now: number): string {
    return generateSync({ secret: this.secret, epoch: Math.floor(now / 1000) })
  }
}

/** The running parts, their console, and a clock that stands still until it is moved. */
export class Desk {
  readonly folder = mkdtempSync(join(tmpdir(), 'an-tam-console-'))
  readonly log: LogEvent[] = []
  readonly #canary = new Canary()
  parts!: Parts
  app!: FastifyInstance
  routes!: readonly ConsoleRoute[]
  now = Date.parse('2026-11-27T02:00:00Z')

  /** @param index `own` where the test changes the library: the index of all tests must stay as it is */
  async open(environment: Record<string, string> = {}, index: 'shared' | 'own' = 'shared'): Promise<this> {
    await openReal()
    if (index === 'own') cpSync(join(DATA, 'index'), join(this.folder, 'index'), { recursive: true })
    else symlinkSync(join(DATA, 'index'), join(this.folder, 'index'))
    const config = readConfig({ ANTAM_DATA: this.folder, PORT: '0', ...environment })
    this.parts = await openParts({ config, log: (event) => this.#logged(event), progress: SILENT, clock: () => this.now })
    const { door, routes } = await officersConsole(this.parts, () => BASE)
    this.routes = routes
    this.app = buildDoors(this.parts, door)
    await this.app.ready()
    return this
  }

  #logged(event: LogEvent): void {
    this.log.push(event)
    this.#canary.look(event)
  }

  async close(): Promise<void> {
    await this.app.close()
    await closeParts(this.parts)
    rmSync(this.folder, { recursive: true, force: true })
    this.#canary.ask()
  }

  browser(): Browser {
    return new Browser(this.app)
  }

  /** The link for the first administrator, as the start prints it. */
  async firstToken(): Promise<string> {
    return tokenIn(await firstLink(this.parts, BASE))
  }

  /** Sets an account up with a link and signs in. */
  async settle(token: string, { name = 'Cán bộ Thử', password = PASSWORD } = {}): Promise<Browser> {
    const browser = this.browser()
    const { login } = (await browser.get(`/set-up/${token}`)).body
    browser.secret = (await browser.post('/set-up', { token, name, password })).body.secret
    await browser.post('/set-up/confirm', { token, code: browser.code(this.now) })
    await this.signIn(browser, login, password)
    return browser
  }

  /** Half a minute later, since no code is good twice. */
  async signIn(browser: Browser, login: string, password = PASSWORD): Promise<Answer> {
    this.now += MINUTE
    const answer = await browser.post('/session', { login, password, code: browser.code(this.now) })
    browser.csrf = answer.body.csrf ?? browser.csrf
    return answer
  }

  /** @returns a browser in which a new officer of `role` is signed in. */
  async officer(by: Browser, login: string, role: Role, name: string): Promise<Browser & { id: string }> {
    const { link } = (await by.post('/officers', { login, name, role })).body
    const browser = await this.settle(tokenIn(link), { name })
    const { id } = (await browser.get('/me')).body
    return Object.assign(browser, { id })
  }

  /** Somebody writes in the web chat. @returns the conversation's id. */
  async says(person: string, text: string): Promise<string> {
    const externalId = `${person}-${this.now}-${text.length}`
    const { conversation } = await accept(this.parts, {
      ...{ channel: 'web', externalId, address: person, person: `web:${person}` },
      ...{ content: { kind: 'text', text, masked: false }, receivedAt: this.now },
    })
    return conversation
  }
}

export function tokenIn(link: string | undefined): string {
  return link?.split('/').at(-1) ?? ''
}
