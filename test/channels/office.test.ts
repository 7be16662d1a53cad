/** The whole service with Telegram around it: an officer is told of work in their own chat, once across a restart; a person asks to be called back. */
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { offerAlertCode } from '../../adapters/storage/alert-store.ts'
import { openStore } from '../../adapters/storage/database.ts'
import { createOfficer } from '../../adapters/storage/officer-store.ts'
import { ALERT_CHAT } from '../../bot/wording/alerts.ts'
import { CALL_BACK, CALL_BACK_CHOICE } from '../../bot/wording/call-back.ts'
import { openReal } from '../bot/open.ts'
import { openTown, PEOPLE, type Town } from './open.ts'

vi.setConfig({ testTimeout: 120_000 })

const OFFICER = '50220002'
const MINUTE = 60_000
let now = 0
const clock = () => now
let town: Town

beforeAll(() => openReal())
beforeEach(async () => {
  now = Date.parse('2026-11-27T03:00:00Z')
  town = await openTown()
})
afterEach(() => town.close())

/** What a command beside the service does. */
async function beside<T>(work: (store: Awaited<ReturnType<typeof openStore>>) => Promise<T>): Promise<T> {
  const store = await openStore(town.folder)
  try {
    return await work(store)
  } finally {
    await store.close()
  }
}

const textsTo = (who: string) => town.telegram.shown(who).map(({ text }) => text)

/** Somebody says something and reads what comes back. */
async function talk(who: string, text: string): Promise<string> {
  const before = town.telegram.shown(who).length
  await town.telegram.say(who, text)
  await town.telegram.whenShown(before + 1, who)
  return textsTo(who).slice(before).join('\n')
}

describe('an officer on Telegram', () => {
  it('connects with a code, and is told once that somebody waits, though the service starts again', async () => {
    const service = await town.start({ clock })
    await beside(async (store) => {
      const officer = (await createOfficer(store, { login: 'lan', name: 'Chị Lan', role: 'officer' }, 'system', now)) ?? expect.unreachable()
      await offerAlertCode(store, officer, 'ABCD-1234', now + MINUTE)
    })
    expect(await talk(OFFICER, 'báo việc abcd 1234')).toContain(ALERT_CHAT.connected[0])
    await talk(PEOPLE.telegram, 'cho tôi gặp cán bộ')
    now += 6 * MINUTE
    const shown = town.telegram.shown(OFFICER).length
    await town.telegram.whenShown(shown + 1, OFFICER)
    expect(textsTo(OFFICER).at(-1)).toMatch(
      /^Báo việc:\n• Có 1 người đang chờ cán bộ, từ 10:00 ngày 27\/11\.\nMở bàn làm việc: http:\/\/127\.0\.0\.1\/console\/$/,
    )
    await service.stop()
    now += 6 * MINUTE
    await town.start({ clock })
    expect(await talk(OFFICER, 'ngừng báo việc')).toBe(ALERT_CHAT.ended)
    expect(textsTo(OFFICER).filter((text) => text.startsWith('Báo việc'))).toHaveLength(1)
  })
})

describe('somebody on Telegram who wants to be called', () => {
  it('gives number and hours in one message, presses once, and stands in the office’s list', async () => {
    await town.start({ clock })
    const who = PEOPLE.telegram
    expect(await talk(who, 'gọi lại cho mình số +84 905.123.456 sau 5h chiều nhé')).toContain(CALL_BACK.read('…456', 'sau 5h chiều'))
    const asked = town.telegram.shown(who).at(-1) ?? expect.unreachable()
    expect(asked.buttons.map(({ label }) => label)).toEqual([CALL_BACK_CHOICE.confirm, CALL_BACK_CHOICE.edit, CALL_BACK_CHOICE.never])
    const before = town.telegram.shown(who).length
    await town.telegram.press(who, asked, 0)
    await town.telegram.whenShown(before + 1, who)
    expect(textsTo(who).at(-1)).toContain('Đã ghi')
    const list = () => town.read<Record<string, unknown>>('select phone, hours, done_at, outcome, consent from call_back')
    expect(list()).toMatchObject([{ phone: '0905123456', hours: 'sau 5h chiều', done_at: null }])
    await talk(who, 'sửa số 0912 345 678')
    await talk(who, 'đúng')
    expect(list()).toMatchObject([{ phone: '0912345678', hours: 'sau 5h chiều', done_at: null }])
    await talk(who, 'thôi không cần gọi nữa')
    expect(list()).toMatchObject([{ phone: '', hours: '', outcome: 'not_wanted', done_at: now }])
  })
})
