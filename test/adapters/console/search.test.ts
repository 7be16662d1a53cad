/** The routes of searching and of the audit, on a real database. */
import { describe, expect, it } from 'vitest'
import { type AuditParts, auditRoutes, MOST_ROWS } from '../../../adapters/console/audit.ts'
import type { ConsoleRoute, SignedIn } from '../../../adapters/console/route.ts'
import { searchRoutes } from '../../../adapters/console/search.ts'
import type { AuditAnswer, AuditProof, AuditQuery, SearchAnswer, SearchQuery } from '../../../adapters/console/search-contract.ts'
import { ConsoleTrouble } from '../../../adapters/console/trouble.ts'
import { readAuditBefore } from '../../../adapters/storage/audit-pages.ts'
import { appendAudit, readAudit, readLastAudit } from '../../../adapters/storage/audit-store.ts'
import { searchEverything } from '../../../adapters/storage/search-store.ts'
import { mayDo, type Role } from '../../../bot/officers/permissions.ts'
import { AUDIT_SAYS } from '../../../bot/wording/audit.ts'
import { QUERY_WORDS, SEARCH_SAYS } from '../../../bot/wording/search.ts'
import { maskForLogs } from '../../../knowledge/language/mask.ts'
import { DAY, inStore, NOW, plant, tamper } from '../storage/office.ts'

const place = inStore()
const officer = (role: Role): SignedIn => ({ id: 'lan', name: 'Lan', role, session: 's' })

const routes = (): readonly ConsoleRoute[] => [
  ...searchRoutes({
    search: (order) => searchEverything(place.store, order),
    masked: (role, text) => (role === 'officer' ? maskForLogs(text).text : text),
    audited: (action, subject, detail, by) => place.store.write((tx) => appendAudit(tx, { actor: by, action, subject, detail }, NOW)),
  }),
  ...auditRoutes(audit()),
]
const audit = (): AuditParts => ({
  after: (after, limit) => readAudit(place.store, after, limit),
  before: (before, limit) => readAuditBefore(place.store, before, limit),
})

async function ask<T>(url: string, query: object, role: Role = 'administrator'): Promise<T> {
  const route = routes().find((one) => one.url === url) ?? expect.unreachable(url)
  const asked = { officer: officer(role), params: {}, query: route.query?.parse(query), body: undefined, now: NOW }
  return (await route.handle(asked)) as T
}
const search = (query: Partial<SearchQuery> | Record<string, string>, role?: Role) => ask<SearchAnswer>('/search', query, role)
const view = (query: AuditQuery | Record<string, string> = {}) => ask<AuditAnswer>('/audit', query)
const prove = (expected?: string) => ask<AuditProof>('/audit/verify', expected === undefined ? {} : { expect: expected })
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => 'not refused',
    (error: unknown) => (error instanceof ConsoleTrouble && error.code === 'bad_request' ? error.sentence : error),
  )

describe('GET /search', () => {
  it('answers, and is audited by how much it found, without its words', async () => {
    await plant(place.store, { id: 'c1', person: 'web:p1', said: 'bếp gas hỏng' })
    const { results, more } = await search({ q: 'bep', kind: 'chat,note' })
    expect(results).toMatchObject([{ conversation: 'c1', excerpt: { hits: [expect.anything()] } }])
    expect(more).toBe(false)
    const [entry, ...others] = await readLastAudit(place.store, 9)
    expect(others).toEqual([])
    expect(entry).toMatchObject({ actor: 'lan', action: 'search.ran', subject: 'search:chat+note', detail: '{"count":1}' })
    expect(JSON.stringify(entry)).not.toContain('bep')
  })

  it('masks by role', async () => {
    await plant(place.store, { id: 'c1', person: 'web:p1', said: 'bếp gas, gọi 0905 123 456' })
    expect(JSON.stringify(await search({ q: 'bếp' }, 'officer'))).not.toContain('0905')
    expect(JSON.stringify(await search({ q: 'bếp' }, 'supervisor'))).toContain('0905 123 456')
  })

  it('takes days as they are in Vietnam, the last one included', async () => {
    const midnight = Date.parse('2026-11-26T00:00:00+07:00')
    for (const [id, at] of [
      ['last', midnight - 1],
      ['first', midnight],
      ['end', midnight + DAY - 1],
      ['next', midnight + DAY],
    ] as const)
      await plant(place.store, { id, person: id, said: 'bếp', at })
    const found = async (days: Record<string, string>) =>
      (await search({ q: 'bếp', kind: 'chat', ...days })).results.map((one) => one.of === 'chat' && one.conversation)
    expect(await found({ from: '2026-11-26', to: '2026-11-26' })).toEqual(['end', 'first'])
    expect(await found({ from: '2026-11-27' })).toEqual(['next'])
    expect(await found({ to: '2026-11-25', channel: ' ' })).toEqual(['last'])
  })

  it.each([
    [{}, QUERY_WORDS.empty],
    [{ q: ' ' }, QUERY_WORDS.empty],
    [{ q: 'a' }, QUERY_WORDS.too_short],
    [{ q: 'bếp '.repeat(60) }, QUERY_WORDS.too_long],
    [{ q: 'b1 b2 b3 b4 b5 b6 b7 b8 b9 b10 b11 b12 b13' }, QUERY_WORDS.too_many],
    [{ q: 'bếp', kind: 'chat,file' }, SEARCH_SAYS.kind],
    [{ q: 'bếp', kind: ',' }, SEARCH_SAYS.kind],
    [{ q: 'bếp', channel: 'web; drop' }, SEARCH_SAYS.channel],
    [{ q: 'bếp', from: '2026-02-30' }, SEARCH_SAYS.day],
    [{ q: 'bếp', to: '26/11/2026' }, SEARCH_SAYS.day],
    [{ q: 'bếp', from: '2026-11-27', to: '2026-11-26' }, SEARCH_SAYS.days],
    [{ q: 'bếp', owner: 'nobody' }, SEARCH_SAYS.owner],
    [{ q: 'bếp', status: 'lost' }, SEARCH_SAYS.status],
  ])('refuses %j with a sentence, and audits nothing', async (query, sentence) => {
    expect(await refusal(search(query as Record<string, string>))).toBe(sentence)
    expect(await readLastAudit(place.store, 1)).toEqual([])
  })
})

describe('GET /audit', () => {
  const append = (count: number, actor = 'lan', subject = 'case:GL26-1') =>
    place.store.write(async (tx) => {
      for (let i = 0; i < count; i++) await appendAudit(tx, { actor, action: 'case.read', subject, detail: { count: i } }, NOW + i)
    })
  const numbers = ({ rows }: AuditAnswer) => rows.map((row) => row.number)

  it('shows the latest first, and goes on where it ended', async () => {
    await append(5)
    const first = await view({ limit: '2' })
    expect(first).toMatchObject({
      rows: [{ number: 5, at: NOW + 4, actor: 'lan', action: 'case.read', subject: 'case:GL26-1', detail: { count: 4 } }, { number: 4 }],
    })
    const second = await view({ limit: '2', before: String(first.next) })
    expect([numbers(second), second.next]).toEqual([[3, 2], 2])
    expect(await view({ limit: '2', before: '2' })).toMatchObject({ rows: [{ number: 1 }], next: null })
    expect(await view({ before: '1' })).toEqual({ rows: [], next: null })
    expect((await view({ limit: '5' })).next).toBeNull()
  })

  it('is narrowed by who, what and whom, however far back that is', async () => {
    await append(2, 'minh', 'person:p1')
    await append(2_300)
    expect(numbers(await view({ actor: 'minh' }))).toEqual([2, 1])
    expect(numbers(await view({ subject: 'person:' }))).toEqual([2, 1])
    expect(numbers(await view({ subject: 'person:p' }))).toEqual([])
    expect(numbers(await view({ action: 'case.filed' }))).toEqual([])
    expect(numbers(await view({ action: 'case.read', actor: 'minh', limit: '1' }))).toEqual([2])
  })

  it('shows a detail that was tampered with as it is', async () => {
    await append(1)
    tamper(place.folder, `update audit set detail = 'hỏng'`)
    expect((await view()).rows).toMatchObject([{ detail: { text: 'hỏng' } }])
  })

  it.each([
    [{ before: '0' }, AUDIT_SAYS.before],
    [{ before: '-1' }, AUDIT_SAYS.before],
    [{ limit: 'x' }, AUDIT_SAYS.limit(MOST_ROWS)],
    [{ limit: '0' }, AUDIT_SAYS.limit(MOST_ROWS)],
    [{ limit: String(MOST_ROWS + 1) }, AUDIT_SAYS.limit(MOST_ROWS)],
    [{ action: 'case.burned' }, AUDIT_SAYS.action],
  ])('refuses %j', async (query, sentence) => expect(await refusal(view(query as Record<string, string>))).toBe(sentence))

  it('is proved, with an anchor to keep', async () => {
    expect(await prove()).toEqual({ sound: true, number: 0, anchor: null, sentence: AUDIT_SAYS.nothing })
    await append(1_200)
    const { anchor, ...sound } = await prove()
    expect(sound).toEqual({ sound: true, number: 1_200, sentence: AUDIT_SAYS.sound(1_200) })
    expect(anchor).toMatch(/^1200:[0-9a-f]{64}$/)
    expect(await prove(anchor ?? '')).toMatchObject({ sound: true })
    tamper(place.folder, 'delete from audit where number > 1190')
    expect(await prove()).toMatchObject({ sound: true, number: 1_190 })
    expect(await prove(anchor ?? '')).toEqual({ sound: false, number: 1_191, anchor: null, sentence: AUDIT_SAYS.broken(1_191, 'cut_off') })
    tamper(place.folder, `update audit set actor = 'Hoa' where number = 700`)
    expect(await prove()).toMatchObject({ sound: false, number: 700, sentence: AUDIT_SAYS.broken(700, 'changed') })
    expect(await refusal(prove('700'))).toBe(AUDIT_SAYS.anchor)
  })

  it('keeps answering others while it is proved', async () => {
    await append(3_000)
    let others = 0
    const timer = setInterval(() => others++, 0)
    await prove()
    clearInterval(timer)
    expect(others).toBeGreaterThan(2)
  })
})

describe('who may', () => {
  it.each([
    ['/search', ['officer', 'supervisor', 'administrator']],
    ['/audit', ['administrator']],
    ['/audit/verify', ['administrator']],
  ] as const)('%s: %j', (url, allowed) => {
    const route = routes().find((one) => one.url === url)
    expect((['officer', 'supervisor', 'administrator'] as const).filter((role) => route && mayDo(role, route.may))).toEqual(allowed)
  })
})
