/** Dossiers and posters on a real database: what is covered, for whom not, and that pages run nothing whatever citizens wrote. */
import { strFromU8, unzipSync } from 'fflate'
import { describe, expect, it } from 'vitest'
import { agentOf } from '../../../adapters/console/cookies.ts'
import { consoleDoor } from '../../../adapters/console/door.ts'
import { Live } from '../../../adapters/console/live.ts'
import { type PaperParts, paperRoutes } from '../../../adapters/console/papers.ts'
import type { PostersView } from '../../../adapters/console/papers-contract.ts'
import { openPasswords } from '../../../adapters/console/passwords.ts'
import { type PosterPlace, posterRoutes } from '../../../adapters/console/posters.ts'
import type { ConsoleRoute, Download, SignedIn } from '../../../adapters/console/route.ts'
import { ConsoleTrouble } from '../../../adapters/console/trouble.ts'
import { buildServer } from '../../../adapters/http/server.ts'
import { openBox } from '../../../adapters/operations/sealed-number.ts'
import { appendAudit } from '../../../adapters/storage/audit-store.ts'
import { changeCase, fileCase } from '../../../adapters/storage/case-changes.ts'
import { applyEvent } from '../../../adapters/storage/case-store.ts'
import { beginSession, createOfficer, sessionHolds } from '../../../adapters/storage/officer-store.ts'
import type { OfficerEvent, PersonEvent } from '../../../bot/case/life.ts'
import { newCaseNumber } from '../../../bot/case/number.ts'
import { confirm } from '../../../bot/complaint/confirmed.ts'
import type { Purpose } from '../../../bot/complaint/consent.ts'
import { newDraft } from '../../../bot/complaint/draft.ts'
import { openDossiers } from '../../../bot/main/dossiers.ts'
import { posterPlaces } from '../../../bot/main/posters.ts'
import { AUTHORITY, AUTHORITY_OFFICE } from '../../../bot/wording/authority.ts'
import { POSTER, POSTER_NEEDS } from '../../../bot/wording/posters.ts'
import { told } from '../letter/papers.ts'
import { rows } from '../storage/lanes.ts'
import { inStore, NOW } from '../storage/office.ts'

const place = inStore()
const LAN: SignedIn = { id: 'lan', name: 'Lan', role: 'officer', session: 's' }
const ASSOCIATION = { name: 'Hội <thử>', phone: '', email: '', address: '', hours: 'sáng thứ Hai' }
const NUMBER = newCaseNumber(new Uint8Array(8).fill(9), 2026)
const NAME = 'Trần Thị Thử'
const PHONE = '0900000017'
const ATTACK = '</style><script>alert(1)</script><img src=x onerror=alert(2)>'
const STORY = `Tôi là TRAN THI THU, gọi tôi ${PHONE} hoặc thu.tran@example.vn. Shop Mai Vàng chặn tôi. ${ATTACK}`

const parts = (): PaperParts => ({
  store: place.store,
  write: openDossiers(ASSOCIATION),
  audited: (officer, number, now) =>
    place.store.write(
      async (tx) => void (await appendAudit(tx, { actor: officer.id, action: 'case.read', subject: `case:${number}`, detail: {} }, now)),
    ),
})

async function ask<T>(routes: readonly ConsoleRoute[], url: string, query: object = {}, number: string = NUMBER): Promise<T> {
  const route = routes.find((one) => one.url === url) ?? expect.unreachable(url)
  return (await route.handle({ officer: LAN, params: { number }, query: route.query?.parse(query), body: {}, now: NOW + 1 })) as T
}

async function page(full: boolean): Promise<string> {
  const download = await ask<Download>(paperRoutes(parts()), '/cases/:number/dossier', full ? { full: '1' } : {})
  return Buffer.from(download.bytes).toString()
}

async function refusal(work: Promise<unknown>): Promise<string> {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  return thrown instanceof ConsoleTrouble ? `${thrown.status} ${thrown.sentence}` : `not refused: ${String(thrown)}`
}

async function file(...purposes: readonly Purpose[]): Promise<void> {
  const facts = told({
    ...{ respondent: 'Shop Mai Vàng', respondentPhone: '0911222333', goods: 'nồi chiên', amount: 1_200_000, name: NAME, phone: PHONE },
    ...{ email: 'thu.tran@example.vn', commune: 'số 5 Lê Lợi, phường Pleiku', contacted: `nhắn từ ${PHONE} không trả lời` },
  })
  const consents = purposes.map((purpose) => ({ purpose, version: '1', at: NOW, message: 'office:telephone' }))
  const route = [{ agency: 'Sở Công Thương tỉnh Gia Lai', basis: 'Điều 76 Luật 19/2023/QH15', confidence: 0.62, why: 'Người bán ở trong tỉnh.' }]
  const draft = { ...newDraft(STORY, NOW), stage: 'summary' as const, facts, consents }
  const made = confirm(draft, { caseNumber: NUMBER, issueTitle: 'Không giao hàng', missing: ['Mã đơn'], route, message: 'm', now: NOW })
  if (!made || !(await fileCase(place.store, made, { by: 'lan', dueOn: undefined }, NOW))) throw new Error('not filed')
}

const person = (event: PersonEvent, words: string, now: number) =>
  place.store.write((tx) => applyEvent(tx, NUMBER, event, { actor: 'person', now, words, note: '' }))
const office = (event: OfficerEvent, words: string, note: string, now: number) =>
  changeCase(place.store, NUMBER, { event, by: 'lan', notice: undefined, words, note }, now)

describe('the dossier of a case', () => {
  it('covers the person, and says what it is, where facts come from, who is competent and what was agreed to', async () => {
    await file('handle', 'authority')
    const html = await page(false)
    expect(html).toContain(AUTHORITY.masked)
    for (const hidden of [NAME, 'TRAN THI THU', PHONE, 'thu.tran@example.vn', 'Lê Lợi']) expect(html).not.toContain(hidden)
    for (const shown of ['T. T. T.', '…017', 'phường Pleiku', 'Shop Mai Vàng', '0911222333', '1.200.000 đồng', 'Còn thiếu', NUMBER])
      expect(html).toContain(shown)
    expect(html).toContain('Điều 76 Luật 19/2023/QH15. Mức chắc chắn: 62%')
    expect(html).toContain('Hội chuyển hồ sơ cho cơ quan có thẩm quyền (nói qua điện thoại), ngày 26/11/2026, bản lời 1')
    expect(html).toContain('Kính gửi: Sở Công Thương')
  })

  it('shows all of it to whoever asks, where the person agreed, and says so', async () => {
    await file('handle', 'authority')
    const html = await page(true)
    expect(html).toContain(AUTHORITY.full)
    for (const shown of [NAME, PHONE, 'thu.tran@example.vn', 'số 5 Lê Lợi, phường Pleiku']) expect(html).toContain(shown)
  })

  it('is never whole without the consent, nor after it was withdrawn; the masked one stays', async () => {
    await file('handle', 'authority')
    await person({ kind: 'consents_withdrawn', purposes: ['authority'] }, '', NOW + 1)
    expect(await refusal(page(true))).toBe(`409 ${AUTHORITY_OFFICE.noConsent}`)
    expect(await refusal(ask(paperRoutes(parts()), '/cases/:number/dossier.docx', { full: '1' }))).toBe(`409 ${AUTHORITY_OFFICE.noConsent}`)
    const html = await page(false)
    expect(html).toContain('người dân rút đồng ý')
    expect(html).not.toContain('Hội chuyển hồ sơ cho cơ quan có thẩm quyền (nói')
  })

  it('tells what was added later, what lies with us and what happened, and keeps what officers note for each other', async () => {
    await file('handle', 'authority')
    await office({ kind: 'receive' }, '', 'ghi chú nội bộ', NOW + 1)
    await person({ kind: 'added', story: 'x', facts: told({ order: 'SPX123' }), evidence: [] }, `Thêm: máy ${PHONE} bị chặn`, NOW + 2)
    await office({ kind: 'ask_info', text: 'x' }, `${NAME} gửi thêm biên lai nhé`, '', NOW + 3)
    await office({ kind: 'hold', why: 'đang kiện' }, '', 'đang kiện', NOW + 4)
    const one = { number: NUMBER, hash: 'ab', kind: 'image/png', size: 1, added_at: NOW }
    await place.store.write((tx) =>
      tx
        .insertInto('case_file')
        .values([
          { ...one, attachment: 'a', caption: `chụp của ${NAME}`, clear: 1 },
          { ...one, attachment: 'b', caption: '', clear: null },
        ])
        .execute(),
    )
    const html = await page(false)
    for (const shown of [
      'Mã đơn: SPX123',
      'bổ sung lúc',
      ': Hội tiếp nhận',
      'T. T. T. gửi thêm biên lai nhé',
      `chụp của T. T. T. (ảnh): ${AUTHORITY.released}`,
    ])
      expect(html.replaceAll(/<\/?span>/g, '')).toContain(shown)
    expect(html).toContain(AUTHORITY.unseen)
    for (const hidden of [NAME, PHONE, 'ghi chú nội bộ', 'đang kiện', 'giữ lại, không xóa']) expect(html).not.toContain(hidden)
  })

  it('is a Word file too, named by the number alone, and each reading is written down', async () => {
    await file('handle', 'authority')
    const download = await ask<Download>(paperRoutes(parts()), '/cases/:number/dossier.docx')
    expect(download).toMatchObject({ name: `ho-so-${NUMBER}-da-che.docx`, inline: false })
    const xml = strFromU8(unzipSync(download.bytes)['word/document.xml'] ?? new Uint8Array())
    expect(xml).toContain('T. T. T.')
    expect(xml).not.toContain(PHONE)
    const audit = await rows(place.store, 'audit')
    expect(audit.filter(({ action }) => action === 'case.read').map(({ actor, subject }) => [actor, subject])).toEqual([['lan', `case:${NUMBER}`]])
  })

  it.each([
    ['a number that is none', 'x'],
    ['a number of nobody', newCaseNumber(new Uint8Array(8).fill(1), 2026)],
  ])('is not found under %s', async (_, number) => {
    expect(await refusal(ask(paperRoutes(parts()), '/cases/:number/dossier', {}, number))).toContain('404')
  })
})

const NO_CHANNEL: PosterPlace = { channel: 'zalo-oa', address: undefined }
const posters = (...places: readonly PosterPlace[]) => posterRoutes({ places: () => places, association: ASSOCIATION })

describe('posters', () => {
  it('have a code for each address that is known, and say what is missing for the others', async () => {
    const { posters: list } = await ask<PostersView>(posters({ channel: 'web', address: 'https://antam.example.vn' }, NO_CHANNEL), '/posters')
    expect(list[0]).toMatchObject({ name: 'Trang web', address: 'https://antam.example.vn', note: null, qr: expect.stringContaining('<svg') })
    expect(list[1]).toEqual({ channel: 'zalo-oa', name: 'Zalo', address: null, qr: null, note: POSTER_NEEDS['zalo-oa'] })
  })

  it('never invent an address: without PUBLIC_URL nothing is printed', async () => {
    const none = { config: { publicUrl: undefined }, platforms: { list: [] } } as unknown as Parameters<typeof posterPlaces>[0]
    const routes = posters(...posterPlaces(none))
    expect((await ask<PostersView>(routes, '/posters')).posters[0]).toMatchObject({ address: null, note: POSTER_NEEDS['web'] })
    expect(await refusal(ask(routes, '/posters/print'))).toBe(`409 ${POSTER.none}`)
  })

  it('name a bot without the code of anybody’s matter', () => {
    const adapter = { invitation: (code: string) => ({ where: 'Telegram', address: `https://t.me/antam_bot?start=${code}` }) }
    const known = { config: { publicUrl: 'https://antam.example.vn' }, platforms: { list: [{ name: 'telegram', adapter }] } }
    expect(posterPlaces(known as unknown as Parameters<typeof posterPlaces>[0])).toEqual([
      { channel: 'web', address: 'https://antam.example.vn' },
      { channel: 'telegram', address: 'https://t.me/antam_bot' },
    ])
  })

  it('are a sheet each, honest that a machine answers, with the hotline; one channel alone is one sheet', async () => {
    const routes = posters(
      { channel: 'web', address: 'https://antam.example.vn' },
      { channel: 'telegram', address: 'https://t.me/antam_bot' },
      NO_CHANNEL,
    )
    const sheets = async (query: object) => Buffer.from((await ask<Download>(routes, '/posters/print', query)).bytes).toString()
    const all = await sheets({})
    expect(all.match(/class="sheet"/g)).toHaveLength(2)
    for (const shown of [POSTER.machine, '1800.6838', 'Hội &lt;thử&gt;', 'sáng thứ Hai', 'https://t.me/antam_bot']) expect(all).toContain(shown)
    expect((await sheets({ channel: 'telegram' })).match(/class="sheet"/g)).toHaveLength(1)
    expect(await refusal(sheets({ channel: 'zalo-oa' }))).toBe(`409 ${POSTER.unknown}`)
  })
})

describe('a page to print', () => {
  it('runs nothing that a citizen wrote, and is allowed its own style alone; other answers keep the policy of the console', async () => {
    await file('handle')
    const { store } = place
    const officer = (await createOfficer(store, { login: 'lan', name: 'Lan', role: 'officer' }, 'system', NOW)) ?? expect.unreachable()
    await store.write((tx) => tx.updateTable('officer').set({ password: 'x', totp: 'x' }).execute())
    const agent = agentOf({ headers: { 'user-agent': 'kit' } } as Parameters<typeof agentOf>[0])
    await beginSession(store, { officer, token: 'token', agent, proof: { step: 1 } }, NOW)
    const key = new Uint8Array(32)
    const door = consoleDoor({
      ...{ store, live: new Live(), key, clock: () => NOW + 1, publicUrl: undefined, routes: paperRoutes(parts()), passwords: openPasswords() },
      ...{
        box: openBox(key, 'p', 'm'),
        office: () => ({ name: '', hours: '', silentMinutes: 1, approval: false }),
        ended: () => undefined,
        refused: async () => undefined,
        renamed: async () => undefined,
      },
      ...{ sessionHolds: (session: string) => sessionHolds(store, session, NOW), fault: (error: unknown) => expect.unreachable(String(error)) },
      pages: async () => ({ index: Buffer.from(''), assets: [] }),
    })
    const app = buildServer({ ready: () => ({ ok: true }), metrics: async () => '', plugins: [door] })
    const get = (url: string) =>
      app.inject({ url: `/console/api${url}`, headers: { 'user-agent': 'kit' }, cookies: { '__Host-antam-session': 'token' } })
    const { statusCode, headers, body } = await get(`/cases/${NUMBER}/dossier`)
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/html; charset=utf-8'])
    expect(body).not.toMatch(/<script|<img/)
    expect(body).toContain('&lt;script&gt;alert(1)')
    const nonce = /<style nonce="([^"]+)">/.exec(body)?.[1]?.replaceAll('&#43;', '+')
    expect(headers['content-security-policy']).toBe(
      `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
    )
    expect(headers['cache-control']).toBe('no-store')
    for (const url of ['/me', `/cases/${NUMBER}/dossier?full=1`, '/nowhere'])
      expect((await get(url)).headers['content-security-policy']).toContain("script-src 'self'")
    await app.close()
  })
})
