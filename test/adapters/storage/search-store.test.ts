import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Store } from '../../../adapters/storage/database.ts'
import { erasePerson } from '../../../adapters/storage/privacy-store.ts'
import { type Found, type SearchAsked, searchEverything } from '../../../adapters/storage/search-store.ts'
import type { CaseEventTable, ComplaintTable } from '../../../adapters/storage/tables.ts'
import { SEARCH_KINDS } from '../../../bot/search/kinds.ts'
import { parseQuery } from '../../../bot/search/query.ts'
import { maskForLogs } from '../../../knowledge/language/mask.ts'
import { confirmedComplaint } from '../../bot/complaint/confirmed.ts'
import { DAY, inStore, NOW, plant, tamper } from './office.ts'
import { plansOf, slowSteps } from './plans.ts'

const place = inStore()

function search(typed: string, more: Partial<SearchAsked> = {}, store = place.store) {
  const terms = parseQuery(typed)
  if (typeof terms === 'string') throw new Error(terms)
  return searchEverything(store, { terms, kinds: SEARCH_KINDS, limit: 20, shown: (text) => text, ...more })
}

const idOf = (found: Found): string => (found.of === 'chat' ? found.conversation : found.number)
const ids = async (typed: string, more: Partial<SearchAsked> = {}) => (await search(typed, more)).results.map(idOf)
const marked = ({ excerpt: { text, hits } }: Found) => hits.map(({ start, end }) => text.slice(start, end))

/** One more message, from either side. */
async function say(id: string, position: number, text: string, from: 'person' | 'staff' = 'person', at = NOW): Promise<void> {
  await place.store.write(async (tx) => {
    if (from === 'person')
      await tx
        .insertInto('inbox')
        .values({
          ...{ id: `${id}-in-${position}`, channel: 'web', external_id: `${id}-${position}`, conversation_id: id, position, state: 'decided' },
          ...{ attempts: 0, content: JSON.stringify({ kind: 'text', text, masked: false }), received_at: at },
        })
        .execute()
    else
      await tx
        .insertInto('outbox')
        .values({
          ...{ id: `${id}-out-${position}`, conversation_id: id, channel: 'web', position, inbox_id: null, author: 'staff', state: 'sent' },
          ...{ body: JSON.stringify({ kind: 'reply', author: 'staff', text }), attempts: 0, next_attempt_at: at, lease_until: null },
          ...{ created_at: at, sent_at: at, trouble: null },
        })
        .execute()
    await tx.updateTable('conversation').set({ position }).where('id', '=', id).execute()
  })
}

async function plantCase(number: string, row: Partial<ComplaintTable> = {}, story = 'mua áo, giao áo khác'): Promise<void> {
  const record = JSON.stringify({ ...confirmedComplaint(), case: number, story })
  await place.store.write((tx) =>
    tx
      .insertInto('complaint')
      .values({
        ...{ number, person: 'web:p1', channel: 'web', told_in: '', status: 'confirmed', record, confirmed_at: NOW, updated_at: NOW },
        ...{ chosen: null, result: null, filed_by: null, satisfaction: null, hold: null, due_at: null, closed_at: null, ...row },
      })
      .execute(),
  )
}

async function happens(number: string, row: Partial<CaseEventTable>): Promise<void> {
  const event = { number, seq: 1, at: NOW, actor: 'lan', kind: 'handle', status: 'handling' as const, words: '', note: '', detail: '{}', ...row }
  await place.store.write((tx) => tx.insertInto('case_event').values(event).execute())
}

describe('conversations', () => {
  it('are found by what was said in them on either side, with and without marks', async () => {
    await plant(place.store, { id: 'c1', person: 'web:p1', said: 'Tôi bị lừa mất con bò' })
    await plant(place.store, { id: 'c2', person: 'web:p2', said: 'toi bi LUA mat con bo', at: NOW + 1 })
    await plant(place.store, { id: 'c3', person: 'web:p3', said: 'tôi trồng lúa'.normalize('NFD'), at: NOW + 2 })
    await say('c3', 3, 'Lan đã xem giấy', 'staff')
    expect(await ids('lua')).toEqual(['c3', 'c2', 'c1'])
    expect(await ids('lừa')).toEqual(['c1', 'c2'])
    expect(await ids('lúa trồng')).toEqual(['c3'])
    expect((await search('"đã xem giấy"')).results).toMatchObject([{ kind: 'chat', of: 'chat', conversation: 'c3', place: 'officer', exact: true }])
    expect((await search('lừa')).results.map((one) => [one.exact, ...marked(one)])).toEqual([
      [true, 'lừa'],
      [false, 'LUA'],
    ])
    expect((await search('lúa')).results.map(marked)).toEqual([['lúa'.normalize('NFD')], ['LUA']])
  })

  it('are found by words of several messages', async () => {
    await plant(place.store, { id: 'c1', person: 'web:p1', said: 'tôi ở Pleiku' })
    await say('c1', 3, 'mua tủ lạnh cũ')
    await plant(place.store, { id: 'c2', person: 'web:p2', said: 'tủ lạnh' })
    expect((await search('Pleiku "tủ lạnh" cũ')).results).toMatchObject([{ conversation: 'c1', excerpt: { text: 'mua tủ lạnh cũ' } }])
  })

  it('of ten thousand messages are read to the end, and nothing of one counts for its neighbour', async () => {
    await plant(place.store, { id: 'c1', person: 'web:p1', said: 'đầu tiên', at: NOW + 1 })
    await plant(place.store, { id: 'c0', person: 'web:p0', said: 'đầu tiên', at: NOW + 2 })
    await plant(place.store, { id: 'c2', person: 'web:p2', said: 'cuối cùng' })
    tamper(
      place.folder,
      `with recursive n(i) as (select 3 union all select i + 1 from n where i < 10000) insert into inbox
       (id, channel, external_id, conversation_id, position, content, state, attempts, received_at) select 'n' || i, 'web', 'n' || i, 'c1', i, '{"kind":"text","text":"tin ' || i || '","masked":false}', 'decided', 0, ${NOW} from n`,
      `update conversation set position = 10000 where id = 'c1'`,
    )
    expect(await ids('"đầu tiên" "tin 10000"')).toEqual(['c1'])
    expect(await ids('"cuối cùng" "tin 10000"')).toEqual([])
  })

  it('that another version wrote hold up only themselves', async () => {
    await plant(place.store, { id: 'c1', person: 'web:p1', said: 'bếp gas' })
    await plant(place.store, { id: 'c2', person: 'web:p2', said: 'bếp gas' })
    tamper(place.folder, `update inbox set content = '{"kind":"hologram"}' where id = 'c2-in'`, `update outbox set body = 'hỏng' where id = 'c2-out'`)
    expect(await ids('bếp')).toEqual(['c1'])
  })
})

describe('cases', () => {
  const NUMBER = 'GL26-4K7-9HX-2MR'

  it.each([
    ['the number', '4k7 9hx 2mr'],
    ['the story', 'giao "ao khac"'],
    ['what it is about', 'quảng cáo'],
    ['the seller', 'ao dep'],
    ['the telephone, grouped otherwise', '+84 912 345 678'],
    ['the sum', '1.200.000đ'],
    ['the caption of a file', 'ảnh áo'],
    ['the name', 'Lê Thị Hoa'],
    ['what was added', 'camera'],
    ['facts that were added', 'Chợ Lớn'],
    ['what the person was told', 'biên nhận'],
    ['several of them', '"lê thị hoa" camera'],
  ])('are found by %s', async (_what, typed) => {
    await plantCase(NUMBER)
    await plantCase('GL26-HHH-HHH-HHH', { record: '{"another":"version"}' })
    const facts = { respondent: { value: 'Chợ Lớn', from: { words: '', message: 'm' } } }
    await happens(NUMBER, { seq: 1, actor: 'person', kind: 'added', words: 'có camera quay lại', detail: JSON.stringify({ facts, evidence: [] }) })
    await happens(NUMBER, { seq: 2, kind: 'ask_info', words: 'gửi giúp biên nhận' })
    expect((await search(typed)).results).toMatchObject([{ kind: 'case', of: 'case', number: NUMBER, status: 'confirmed', channel: 'web' }])
  })

  it('of a record that cannot be read are still found by their number', async () => {
    await plantCase(NUMBER, { record: '{"another":"version"}' })
    expect((await search('4k7 9hx')).results).toMatchObject([{ number: NUMBER, place: 'number' }])
  })
})

describe('notes', () => {
  it('are found apart, beside a conversation or a case', async () => {
    await plant(place.store, { id: 'c1', person: 'web:p1' })
    await place.store.write((tx) =>
      tx.insertInto('thread_note').values({ id: 'n1', conversation_id: 'c1', at: NOW, by: 'lan', text: 'đã gọi chị Hoa', mentions: '[]' }).execute(),
    )
    await plantCase('GL26-4K7-9HX-2MR')
    await happens('GL26-4K7-9HX-2MR', { note: 'đã gọi hai lần', detail: JSON.stringify({ why: 'đúng tuyến tỉnh' }) })
    expect((await search('đã gọi')).results).toMatchObject([
      { kind: 'note', of: 'chat', conversation: 'c1', place: 'note' },
      { kind: 'note', of: 'case', number: 'GL26-4K7-9HX-2MR', place: 'note' },
    ])
    expect(await ids('"đúng tuyến"')).toEqual(['GL26-4K7-9HX-2MR'])
    expect((await search('hướng dẫn', { kinds: ['note'] })).results).toMatchObject([{ of: 'chat', place: 'outcome' }])
    expect(await ids('đã gọi', { kinds: ['chat', 'case'] })).toEqual([])
  })
})

describe('narrowing', () => {
  it('by kind, channel, owner, status and days', async () => {
    await plant(place.store, { id: 'c1', person: 'web:p1', said: 'áo' })
    await plant(place.store, { id: 'c2', person: 'web:p2', said: 'áo', at: NOW + DAY, row: { channel: 'telegram', owner: 'waiting' } })
    await plantCase('GL26-4K7-9HX-2MR', { status: 'closed', updated_at: NOW - 1 })
    expect(await ids('áo')).toEqual(['c2', 'c1', 'GL26-4K7-9HX-2MR'])
    expect(await ids('áo', { kinds: ['case'] })).toEqual(['GL26-4K7-9HX-2MR'])
    expect(await ids('áo', { channel: 'telegram' })).toEqual(['c2'])
    expect(await ids('áo', { owner: 'waiting' })).toEqual(['c2'])
    expect(await ids('áo', { status: 'closed' })).toEqual(['GL26-4K7-9HX-2MR'])
    expect(await ids('áo', { from: NOW + 1 })).toEqual(['c2'])
    expect(await ids('áo', { to: NOW + DAY, kinds: ['chat'] })).toEqual(['c1'])
    await say('c1', 3, 'quần', 'person', NOW + DAY)
    await place.store.write((tx) =>
      tx
        .updateTable('conversation')
        .set({ updated_at: NOW + DAY })
        .where('id', '=', 'c1')
        .execute(),
    )
    expect(await ids('áo', { from: NOW + DAY, channel: 'web' })).toEqual([])
    expect(await ids('quần', { from: NOW + DAY })).toEqual(['c1'])
  })

  it('gives the latest, and says that there is more', async () => {
    for (let i = 0; i < 7; i++) await plant(place.store, { id: `c${i}`, person: `web:p${i}`, said: i < 2 ? 'bếp' : 'bep', at: NOW + i })
    expect(await search('bếp', { limit: 3 })).toMatchObject({
      more: true,
      results: [{ conversation: 'c1' }, { conversation: 'c0' }, { conversation: 'c6' }],
    })
    expect(await search('bep', { limit: 3 })).toMatchObject({
      more: true,
      results: [{ conversation: 'c6' }, { conversation: 'c5' }, { conversation: 'c4' }],
    })
    expect((await search('bep', { limit: 7 })).more).toBe(false)
  })

  it('is as a naive reader does it, over many conversations', async () => {
    const words = ['bếp', 'bep', 'gas', 'cũ', 'cu', 'hỏng'] as const
    const said = await Promise.all(
      fc.sample(fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }), { seed: 8, numRuns: 700 }).map(async (some, i) => {
        await plant(place.store, { id: `c${i}`, person: `web:p${i}`, said: some.join(' '), at: NOW + i })
        return { id: `c${i}`, some }
      }),
    )
    const newestFirst = (of: typeof said) => of.reverse().map(({ id }) => id)
    const loose = (some: readonly string[]) => some.includes('bếp') || some.includes('bep')
    const exact = newestFirst(said.filter(({ some }) => some.includes('bếp') && some.includes('gas')))
    const rest = newestFirst(said.filter(({ some }) => !some.includes('bếp') && loose(some) && some.includes('gas')))
    expect(await ids('bếp gas', { limit: 700 })).toEqual([...exact, ...rest])
  })
})

describe('what is shown', () => {
  it('is masked before it is cut', async () => {
    await plant(place.store, { id: 'c1', person: 'web:p1', said: `${'chuyện dài '.repeat(20)} gọi tôi 0905 123 456 nhé` })
    const [open] = (await search('0905123456')).results
    expect(open && marked(open)).toEqual(['0905 123 456'])
    const shown = (text: string) => maskForLogs(text).text
    const { results } = await search('"gọi tôi" 0905123456', { shown })
    expect(results).toHaveLength(1)
    expect(JSON.stringify(results)).not.toMatch(/0905|123 456/)
    expect(results[0] && marked(results[0])).toEqual(['gọi tôi'])
  })

  it('is nothing of what was erased, whenever in the course of a search that was', async () => {
    const erase = (person: string) => erasePerson(place.store, { person, by: 'Lan', why: 'theo yêu cầu' }, NOW)
    for (let moment = 0; moment < 7; moment++) {
      const person = `web:p${moment}`
      await plant(place.store, { id: `c${moment}`, person, said: 'bếp gas' })
      await plantCase(`GL26-4K7-9HX-${moment}`, { person }, 'bếp gas')
      let reads = 0
      const erasing: Store = {
        ...place.store,
        read: async (work) => {
          if (reads++ === moment) await erase(person)
          return place.store.read(work)
        },
      }
      expect((await search('bếp gas', {}, erasing)).results).toEqual([])
      expect(reads).toBeGreaterThan(moment)
    }
  })
})

describe('the way it reads', () => {
  it('is by indexes, a page at a time, and lets writers in between', async () => {
    for (let i = 0; i < 60; i++) await plant(place.store, { id: `c${i}`, person: `web:p${i}`, said: 'bếp gas', at: NOW + i })
    await plantCase('GL26-4K7-9HX-2MR')
    const plans = await plansOf(place.folder, () => search('không có ở đâu'))
    expect(slowSteps(plans)).toEqual([])
    expect(plans.length).toBeGreaterThan(6)
    let searching = true
    let written = 0
    const writing = async () => {
      for (; searching; written++)
        await place.store.write((tx) => tx.updateTable('conversation').set({ pending: 0 }).where('id', '=', 'c1').execute())
    }
    const writer = writing()
    await search('không có ở đâu')
    searching = false
    await writer
    expect(written).toBeGreaterThan(3)
  })
})
