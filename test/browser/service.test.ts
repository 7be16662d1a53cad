/** The web chat on the real service: real index, real answers, real database, an officer, a restart in the middle. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore, type Store } from '../../adapters/storage/database.ts'
import { openOwners, readQueue } from '../../adapters/storage/owner-store.ts'
import { type Config, readConfig } from '../../bot/config.ts'
import { DEFAULT_OWNER_RULES as rules } from '../../bot/conversation/owner.ts'
import { type OfficerDeed, officerDoes, timerOf } from '../../bot/handoff/officer.ts'
import type { LogEvent } from '../../bot/main/log.ts'
import { type Service, startService } from '../../bot/main/service.ts'
import { SILENT } from '../../retrieval/open.ts'
import { DATA, openReal } from '../bot/open.ts'
import { CHROMIUM, newPage, openBrowser, press } from './web-chat-kit.ts'

const LAN = { id: 'lan', name: 'Chị Lan' }
const QUESTION = 'mua noi chien ve 3 ngay hong, bao hanh 3 lan van hu, doi cai moi duoc ko'

/** A folder of its own with the index of the tests, so that nothing is built. */
async function dataFolder(): Promise<string> {
  await openReal()
  const folder = mkdtempSync(join(tmpdir(), 'an-tam-service-'))
  mkdirSync(DATA, { recursive: true })
  symlinkSync(join(DATA, 'index'), join(folder, 'index'))
  return folder
}

class Running {
  readonly log: LogEvent[] = []
  readonly complaints: string[] = []
  service!: Service
  browser!: Browser
  config!: Config

  async start(folder: string): Promise<void> {
    this.config = readConfig({ ANTAM_DATA: folder, PORT: '0', ASSOCIATION_HOURS: 'thứ Hai đến thứ Sáu, 7:30–16:30' })
    this.service = await startService({ config: this.config, log: (event) => this.log.push(event), progress: SILENT })
    this.config = { ...this.config, port: Number(new URL(this.service.address).port) }
    this.browser = await openBrowser()
  }

  /** Stops the service and starts it again at the same address, as a restart of the machine would. */
  async restart(): Promise<void> {
    await this.service.stop()
    this.service = await startService({ config: this.config, log: (event) => this.log.push(event), progress: SILENT })
  }

  page(): Promise<Page> {
    return newPage(this.browser, [this.service.address], this.complaints)
  }

  /** What an officer does from another process. @returns what became of it. */
  async officer(deed: OfficerDeed): Promise<string> {
    return withStore(this.config.dataFolder, async (store) => {
      const [first] = await readQueue(store)
      const office = { store: openOwners(store, (ownership) => timerOf(ownership, rules)), rules, hours: '' }
      return officerDoes(office, first?.id ?? '', LAN, deed, Date.now())
    })
  }
}

async function withStore<T>(folder: string, use: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(folder)
  try {
    return await use(store)
  } finally {
    await store.close()
  }
}

async function say(page: Page, words: string): Promise<void> {
  await page.getByRole('textbox').fill(words)
  await page.keyboard.press('Enter')
}

const seen = (page: Page, words: string | RegExp) => page.getByRole('log').getByText(words).first().waitFor({ timeout: 30_000 })
/** How often the log says something. */
const times = async (page: Page, words: string) => (await page.getByRole('log').innerText()).split(words).length - 1

describe.skipIf(CHROMIUM === undefined)('a person with the real service', () => {
  const running = new Running()
  let folder = ''
  let page: Page

  const decided = (kind: string) =>
    withStore(folder, async (store) => (await store.read((tx) => tx.selectFrom('decision').select('kind').where('kind', '=', kind).execute())).length)

  beforeAll(async () => {
    folder = await dataFolder()
    await running.start(folder)
    page = await running.page()
    await page.goto(running.service.address)
  }, 120_000)
  afterAll(async () => {
    await running.browser?.close()
    await running.service?.stop()
    rmSync(folder, { recursive: true, force: true })
  })

  it('asks without diacritics, also while the index is still being read, and gets the answer with its basis', async () => {
    await say(page, QUESTION)
    await seen(page, /đã bảo hành từ 03 lần trở lên/)
    await seen(page, /khoản 2 Điều 30 Luật Bảo vệ quyền lợi người tiêu dùng/)
  })

  it('finds everything again after a reload and in a second tab, once', async () => {
    await page.reload()
    await seen(page, /đã bảo hành từ 03 lần trở lên/)
    const tab = await page.context().newPage()
    await tab.goto(running.service.address)
    await seen(tab, QUESTION)
    expect(await times(tab, QUESTION)).toBe(1)
    await tab.close()
  })

  it('is told that a number was covered, and nobody keeps it', async () => {
    await say(page, 'CCCD của tôi là 079185001234, shop giữ cọc 2 triệu không trả')
    await seen(page, /đã che đi/)
    expect(await page.getByRole('log').innerText()).not.toContain('079185001234')
  })

  it('asks for a person, is told the hours, and is answered by the officer while the assistant is silent', async () => {
    await say(page, 'Gặp cán bộ')
    await seen(page, /thứ Hai đến thứ Sáu/)
    expect(await running.officer({ kind: 'take' })).toBe('changed')
    expect(await running.officer({ kind: 'write', text: 'Chào chị, tôi là Lan ở Hội đây.' })).toBe('changed')
    await seen(page, 'Chào chị, tôi là Lan ở Hội đây.')
    await say(page, 'Dạ em chào chị Lan ạ')
    await expect.poll(() => decided('for_staff')).toBe(1)
    expect(await running.officer({ kind: 'hand_back', outcome: 'Đã hướng dẫn đòi cọc.' })).toBe('changed')
    await seen(page, /giao cuộc trò chuyện lại cho tôi/)
  })

  it('goes on after the service was restarted under an open page, with nothing missing or doubled', async () => {
    await running.restart()
    await say(page, 'Cảm ơn bạn nhé')
    await seen(page, /chúc bạn mọi việc suôn sẻ/)
    expect(await times(page, 'Chào chị, tôi là Lan ở Hội đây.')).toBe(1)
    expect(await times(page, 'Cảm ơn bạn nhé')).toBe(1)
  })

  it('erases the conversation, and the database holds nothing of it', async () => {
    await press(page, 'Mở trình đơn')
    await page.getByText('Xóa cuộc trò chuyện', { exact: true }).click()
    await press(page, 'Xóa hết')
    await expect.poll(() => withStore(folder, (store) => store.read((tx) => tx.selectFrom('conversation').selectAll().execute()))).toEqual([])
  })

  it('left nothing of theirs in the log, and the page nothing to complain of', () => {
    expect(JSON.stringify(running.log)).not.toMatch(/079185001234|noi chien|Lan ở Hội/)
    // While the service was down the browser says that it could not be reached.
    expect(running.complaints.filter((complaint) => !/ERR_CONNECTION|Failed to fetch|ERR_INCOMPLETE_CHUNKED/.test(complaint))).toEqual([])
  })
})
