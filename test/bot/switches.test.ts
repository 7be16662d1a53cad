import { userInfo } from 'node:os'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { readLastAudit } from '../../adapters/storage/audit-store.ts'
import { readSwitches } from '../../adapters/storage/switch-store.ts'
import { openSwitches, parseTarget, reasonProblem, SWITCH_TARGETS, type SwitchedOff, targetText, whileOff } from '../../bot/operations/switches.ts'
import { momentText, pauseSentence } from '../../bot/wording/operations.ts'
import { command, inStore } from '../adapters/storage/office.ts'

const off = (name: string, reason = 'sửa lỗi'): SwitchedOff => ({
  target: parseTarget(name) as SwitchedOff['target'],
  offSince: 1,
  by: 'Lan',
  reason,
})

describe('what can be switched', () => {
  it('is named by scope and name, and read back', () => {
    expect(SWITCH_TARGETS.map(targetText)).toEqual([
      ...['channel:web', 'channel:telegram', 'channel:zalo-bot', 'channel:zalo-oa'],
      ...['function:answering', 'function:attachments', 'function:handoff', 'function:delivery', 'function:intake'],
    ])
    for (const target of SWITCH_TARGETS) expect(parseTarget(targetText(target))).toEqual(target)
    expect(parseTarget('answering')).toEqual({ scope: 'function', name: 'answering' })
  })
  it.each(['', 'channel:wbe', 'web', 'function:web', 'channel:answering', 'channel:', ':web'])(
    '%j is nothing that could be mistaken for off',
    (text) => expect(parseTarget(text)).toBeUndefined(),
  )
  it('each says what happens', () => {
    for (const target of SWITCH_TARGETS) expect(whileOff(target)).toMatch(/^\p{Ll}.{15,}/u)
  })
  it.each([undefined, '', '  ', '\u200b'])('needs a reason: %j is none', (reason) => expect(reasonProblem(reason)).toMatch(/Cần ghi lý do/))
})

describe('what a citizen reads', () => {
  it('names the pause, the reason if it is public, and the hotline', () => {
    expect(pauseSentence()).toBe('An Tâm đang tạm nghỉ nên chưa trả lời được. Việc gấp, bạn gọi tổng đài quốc gia 1800.6838 (miễn phí).')
    expect(pauseSentence(' bảo trì đến 15 giờ. ')).toContain('tạm nghỉ (bảo trì đến 15 giờ) nên')
  })
  it('times are those of Vietnam', () => expect(momentText(Date.UTC(2026, 10, 25, 17, 5, 9))).toBe('26/11/2026 00:05:09'))
})

describe('a running service', () => {
  afterEach(() => void vi.useRealTimers())

  it('notices within a second, both ways, and stops reading when closed', async () => {
    vi.useFakeTimers()
    let rows: SwitchedOff[] = []
    const read = vi.fn(async () => rows)
    const switches = await openSwitches(read, Date.now, 1_000)
    expect(switches.isOff('channel', 'web')).toBeUndefined()
    rows = [off('channel:web'), off('answering', 'trả lời sai')]
    await vi.advanceTimersByTimeAsync(1_000)
    expect(switches.isOff('channel', 'web')).toBe('sửa lỗi')
    expect(switches.isOff('function', 'answering')).toBe('trả lời sai')
    expect(switches.isOff('channel', 'telegram')).toBeUndefined()
    expect(switches.off()).toEqual(rows)
    rows = []
    await vi.advanceTimersByTimeAsync(1_000)
    expect(switches.isOff('channel', 'web')).toBeUndefined()
    switches.close()
    const times = read.mock.calls.length
    await vi.advanceTimersByTimeAsync(10_000)
    expect(read.mock.calls.length).toBe(times)
  })

  it('keeps the last known while the database is busy, says how old it is, and recovers', async () => {
    let now = 100
    let answer: () => Promise<SwitchedOff[]> = async () => [off('channel:web')]
    const switches = await openSwitches(
      () => answer(),
      () => now,
      60_000,
    )
    now = 200
    answer = async () => {
      throw new Error('SQLITE_BUSY')
    }
    await switches.refresh()
    expect([switches.isOff('channel', 'web'), switches.readAt()]).toEqual(['sửa lỗi', 100])
    answer = async () => []
    await switches.refresh()
    expect([switches.isOff('channel', 'web'), switches.readAt()]).toEqual([undefined, 200])
    switches.close()
  })

  it('does not begin without knowing', async () => {
    await expect(openSwitches(() => Promise.reject(new Error('busy')), Date.now, 1_000)).rejects.toThrow('busy')
  })
})

describe('the command', () => {
  const place = inStore()
  const run = (...args: string[]) => command('switch', place.folder, args)

  it('switches off and on beside a running service, says so, and audits who', async () => {
    expect(await run('off', 'channel:web', '--reason', 'trả lời sai', '--by', 'Lan')).toEqual({
      ...{ code: 0, err: '' },
      out: 'Đã tắt channel:web: kênh web tạm nghỉ, người dân đọc câu báo tạm nghỉ. Bật lại: npm run -s switch -- on channel:web\n',
    })
    expect(await readSwitches(place.store)).toMatchObject([{ target: { scope: 'channel', name: 'web' }, by: 'Lan', reason: 'trả lời sai' }])
    expect((await run('off', 'channel:web', '--reason', 'trả lời sai')).out).toMatch(/không đổi gì/)
    const listed = (await run('list')).out.split('\n')
    expect(listed.filter((line) => line.startsWith('TẮT'))).toEqual([expect.stringMatching(/^TẮT {2}channel:web {2}từ .* Lan: trả lời sai$/)])
    expect(listed.filter((line) => line.startsWith('bật'))).toHaveLength(8)
    expect((await run('on', 'channel:web')).out).toBe('Đã bật lại channel:web.\n')
    expect((await readLastAudit(place.store, 9)).map((row) => [row.action, row.actor])).toEqual([
      ['switch.off', 'Lan'],
      ['switch.on', userInfo().username],
    ])
  })

  it.each([
    [['off', 'channel:wbe', '--reason', 'x'], /^Không có công tắc "channel:wbe"\. Có: channel:web, .*function:intake\.$/],
    [['off', 'channel:web'], /^Cần ghi lý do: --reason/],
    [['of', 'channel:web'], /^Cách dùng: npm run -s switch/],
    [['off', 'channel:web', 'channel:telegram', '--reason', 'x'], /^Cách dùng/],
  ])('refuses %j with a sentence', async (args, sentence) => {
    const { code, out, err } = await run(...args)
    expect([code, out]).toEqual([1, ''])
    expect(err.trim()).toMatch(sentence)
    expect(await readSwitches(place.store)).toEqual([])
  })
})
