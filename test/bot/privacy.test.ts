import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readLastAudit } from '../../adapters/storage/audit-store.ts'
import { exportDocument, transcript } from '../../bot/privacy/export.ts'
import type { Held, HeldConversation, HeldMessage } from '../../bot/privacy/ports.ts'
import { BATCH, dueBefore, fitting, RETENTION_CLASSES, type RetentionName } from '../../bot/privacy/retention.ts'
import { command, count, DAY, filesHolding, inStore, plant, plantFile } from '../adapters/storage/office.ts'

const at = Date.UTC(2026, 10, 26, 3)
const received = (content: unknown, position = 1): HeldMessage => ({
  ...{ direction: 'in', position, at, id: 'i', externalId: 'e', state: 'decided', attempts: 0, content },
})
const sent = (author: string, content: unknown): HeldMessage => ({
  ...{ direction: 'out', position: 2, at: at + 61_000, id: 'o', inboxId: null, author, state: 'sent', attempts: 1, nextAttemptAt: at },
  ...{ sentAt: at, trouble: null, delivered: 0, sending: 0, doubts: 0, content },
})
const conversation = (messages: readonly HeldMessage[]): HeldConversation => ({
  ...{ id: 'c1', channel: 'web', address: 'a', owner: 'bot', createdAt: at, updatedAt: at, dialogue: {}, ownership: {} },
  ...{
    messages,
    shownOnWeb: [],
    episodes: [],
    heardAt: at,
    matter: null,
    transfers: [],
    downloads: [],
    notes: [],
    callBacks: [],
    warnings: null,
    caseTries: [],
    alertsOf: null,
    alertTries: [],
    proposed: [],
    erasureAskedAt: null,
  },
  attachments: [{ id: 't1', hash: 'ab', kind: 'image/png', size: 12, state: 'quarantined', receivedAt: at }],
})
const held = (...messages: HeldMessage[]): Held => ({ person: 'p', conversations: [conversation(messages)], complaints: [], requests: [], audit: [] })

describe('the transcript', () => {
  it('reads as a conversation', () => {
    const lines = transcript(
      held(
        received({ kind: 'text', text: 'mua áo\nbị lừa', masked: false }),
        sent('assistant', { kind: 'reply', text: 'Bạn bình tĩnh' }),
        received({ kind: 'choice', text: 'Gặp cán bộ' }),
        sent('owner', { kind: 'owner', owner: 'staff', officer: 'Lan' }),
        sent('staff', { kind: 'reply', text: 'Chào bạn', officer: 'Lan' }),
        received({ kind: 'attachment', attachment: 't1', mime: 'image/png', size: 12, caption: 'ảnh áo', masked: false }),
        received({ kind: 'attachment', attachment: 'gone', caption: '' }),
      ),
    )
    expect(lines).toEqual([
      'Cuộc trò chuyện c1, kênh web, từ 26/11/2026 10:00:00',
      '[26/11/2026 10:00:00] Bạn: mua áo',
      '    bị lừa',
      '[26/11/2026 10:01:01] An Tâm: Bạn bình tĩnh',
      '[26/11/2026 10:00:00] Bạn: Gặp cán bộ',
      '[26/11/2026 10:01:01] Hệ thống: từ đây cán bộ trả lời',
      '[26/11/2026 10:01:01] Cán bộ Lan: Chào bạn',
      '[26/11/2026 10:00:00] Bạn: [tệp đính kèm, image/png, 12 byte] ảnh áo',
      '[26/11/2026 10:00:00] Bạn: [tệp đính kèm]',
      '',
    ])
  })
  it('leaves nothing out that it does not understand', () =>
    expect(transcript(held(received('hỏng {'), received({ later: 1 }), sent('staff', null))).slice(1, 4)).toEqual([
      '[26/11/2026 10:00:00] Bạn: hỏng {',
      '[26/11/2026 10:00:00] Bạn: {"later":1}',
      '[26/11/2026 10:01:01] Cán bộ: null',
    ]))
})

describe('the document', () => {
  it('explains its parts in Vietnamese and holds everything', () => {
    const document = exportDocument(held(received({ text: 'x' })), at)
    expect(document).toMatchObject({
      exportedAt: '2026-11-26T03:00:00.000Z',
      person: 'p',
      conversations: [{ id: 'c1' }],
      transcript: expect.any(Array),
    })
    expect(Object.keys(document.parts).filter((part) => !part.includes('.'))).toEqual(
      expect.arrayContaining(['person', 'conversations', 'audit', 'transcript']),
    )
  })
})

describe('retention', () => {
  it('has a reason for every class', () => {
    for (const kept of Object.values(RETENTION_CLASSES)) expect(kept.why.length).toBeGreaterThan(30)
  })
  it('counts in whole days, by the setting for conversations', () => {
    const limit = (name: RetentionName, conversationDays = 90) => dueBefore(name, { conversationDays, caseDays: 1_825, attemptDays: 400 }, at)
    expect(limit('conversation')).toBe(at - 90 * 86_400_000)
    expect(limit('conversation', 7)).toBe(at - 7 * 86_400_000)
    expect(limit('undelivered')).toBe(at - 30 * 86_400_000)
    expect(limit('tombstone')).toBeNull()
  })
  it('takes at most 200 conversations and 2,000 messages a time, and always the first', () => {
    const sized = (...sizes: number[]) => sizes.map((size, i) => ({ id: String(i), size }))
    expect(fitting(sized(...Array(300).fill(1)))).toHaveLength(BATCH.conversations)
    expect(fitting(sized(1_500, 500, 1, 0)).map((row) => row.id)).toEqual(['0', '1'])
    expect(fitting(sized(900_000, 1))).toHaveLength(1)
    expect(fitting([])).toEqual([])
  })
})

describe('the command', () => {
  const place = inStore()
  const SAID = 'Tôi bị lừa mất con bò ở Ayun Pa, gọi 0905 123 456'
  const HASH = 'ab'.repeat(32)
  const data = (...args: string[]) => command('data', place.folder, args)
  const one = () => plant(place.store, { id: 'c1', person: 'web:p1', said: SAID, hash: HASH, row: { address: 'k7qd34' } })

  it('finds without showing what was said', async () => {
    await one()
    const { code, out } = await data('find', '--visitor', 'K7QD')
    expect([code, out]).toEqual([0, 'c1  kênh web  từ 26/11/2026 10:00:00  đến 26/11/2026 10:00:00\n'])
  })

  it('exports as one JSON, to a private file that it never overwrites, or as a transcript; audited', async () => {
    await one()
    const file = join(place.folder, 'cua-dan.json')
    expect(await data('export', '--conversation', 'c1', '--out', file, '--by', 'Lan')).toMatchObject({ code: 0, err: '' })
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({
      person: 'web:p1',
      conversations: [{ id: 'c1', messages: [{ content: { text: SAID } }, {}] }],
    })
    expect(await data('export', '--conversation', 'c1', '--out', file)).toMatchObject({ code: 1, err: expect.stringMatching(/tệp đã có/) })
    expect((await data('export', '--conversation', 'c1', '--text')).out).toContain(`] Bạn: ${SAID}\n`)
    expect((await readLastAudit(place.store, 9))[0]).toMatchObject({ action: 'person.exported', actor: 'Lan' })
  })

  it('erases only with --yes, and then from the disk too, without opening the assistant', async () => {
    await one()
    plantFile(place.folder, HASH, SAID)
    const dry = await data('erase', '--conversation', 'c1', '--why', 'người dân yêu cầu')
    expect([dry.code, dry.out]).toEqual([
      0,
      expect.stringMatching(/^Sẽ xóa hẳn .*1 cuộc trò chuyện, 2 tin nhắn, 1 tệp đính kèm\. Chưa xóa gì; thêm --yes/),
    ])
    expect(await count(place.store, 'conversation')).toBe(1)
    const done = await data('erase', '--conversation', 'c1', '--why', 'người dân yêu cầu', '--yes', '--by', 'Lan')
    expect([done.code, done.err]).toEqual([0, ''])
    expect(done.out).toMatch(/^Đã xóa 1 cuộc trò chuyện, 2 tin nhắn, 1 tệp đính kèm\..*\nĐã gỡ 1 tệp khỏi đĩa/)
    expect(filesHolding(place.folder, 'con bò ở Ayun Pa', '0905 123 456')).toEqual([])
    expect(readFileSync(join(place.folder, 'erased.jsonl'), 'utf8')).toContain('"person":"web:p1"')
    expect(existsSync(join(place.folder, 'index'))).toBe(false)
    expect(await data('erase', '--conversation', 'c1', '--why', 'x', '--yes')).toMatchObject({ code: 1, err: expect.stringMatching(/có thể đã xóa/) })
  })

  it('retention shows by default, removes with --run, and goes by CONVERSATION_DAYS', async () => {
    await plant(place.store, { id: 'old', person: 'web:p1', at: Date.now() - 91 * DAY, said: SAID })
    const longer = await command('data', place.folder, ['retention', '--run'], { CONVERSATION_DAYS: '120' })
    expect(longer.out).toMatch(/cuộc trò chuyện không có hồ sơ \(120 ngày, xóa\): 0\n/)
    const dry = await data('retention')
    expect([dry.code, dry.out]).toEqual([
      0,
      expect.stringMatching(/cuộc trò chuyện không có hồ sơ \(90 ngày, xóa\): 1, từ [\s\S]*Chưa xóa gì; thêm --run/),
    ])
    expect(await count(place.store, 'conversation')).toBe(1)
    expect((await data('retention', '--run')).out).toMatch(/đã xóa 1 cuộc trò chuyện, 2 tin nhắn, 0 tệp đính kèm; 0 mục khác đã hết hạn\./)
    expect(filesHolding(place.folder, 'con bò ở Ayun Pa')).toEqual([])
    expect((await command('data', place.folder, ['retention'], { CONVERSATION_DAYS: '0' })).code).toBe(1)
  })

  it.each([
    [[], /^Cách dùng/],
    [['export'], /^Cách dùng/],
    [['export', '--conversation', 'c9'], /^Không có cuộc trò chuyện c9/],
    [['erase', '--conversation', 'c1', '--yes'], /^Cần ghi lý do: --why/],
    [['find', '--visitor', 'k7'], /^--visitor: cần ít nhất bốn/],
    [['find', '--visitor', 'zzzz'], /^Không có cuộc trò chuyện nào/],
  ])('refuses %j with a sentence', async (args, sentence) => {
    await one()
    const { code, out, err } = await data(...args)
    expect([code, out]).toEqual([1, ''])
    expect(err).toMatch(sentence)
    expect(await count(place.store, 'conversation')).toBe(1)
  })

  it('does not make a database in a mistyped folder', async () => {
    const nowhere = join(place.folder, 'khong-co')
    expect(await command('data', nowhere, ['retention'])).toMatchObject({ code: 1, err: expect.stringMatching(/^Chưa có dữ liệu nào trong /) })
    expect(existsSync(nowhere)).toBe(false)
  })
})
