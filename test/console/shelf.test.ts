/** The knowledge desk on the real service: what the office writes is tried, approved by somebody else, answered from at once, and taken back. */
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readAudit } from '../../adapters/storage/audit-store.ts'
import { editDigest, keepTrial, readEdit } from '../../adapters/storage/edit-store.ts'
import { syncEdits } from '../../bot/main/live-edits.ts'
import { type Edit, readEdits, withEdits } from '../../knowledge/edits.ts'
import { canonical } from '../../knowledge/language/normalise.ts'
import { fullText, loadLibrary } from '../../knowledge/library.ts'
import { TODAY } from '../bot/open.ts'
import { docxFile, HEAD } from '../knowledge/ingest-files.ts'
import { type Answer, type Browser, Desk } from './kit.ts'

// Reading a file of law and changing over take a core for seconds.
vi.setConfig({ testTimeout: 240_000 })

let desk: Desk
let lan: Browser & { id: string }
let minh: Browser & { id: string }
let thu: Browser & { id: string }

beforeAll(async () => {
  desk = await new Desk().open({ TRIAL_QUESTIONS: '3' }, 'own')
  await desk.parts.answerer.opened
  const admin = await desk.settle(await desk.firstToken(), { name: 'Quản trị' })
  lan = await desk.officer(admin, 'lan', 'officer', 'Chị Lan')
  minh = await desk.officer(admin, 'minh', 'supervisor', 'Anh Minh')
  thu = await desk.officer(admin, 'thu', 'supervisor', 'Chị Thu')
})
afterAll(() => desk.close())

const SENTENCE = 'Quán cho thuê xe điện đẩy mà thu thừa tiền cọc thì phải trả lại phần thừa cho bạn.'
const GUIDE = {
  kind: 'consumer',
  title: 'Thuê xe điện đẩy bị thu thừa tiền cọc',
  audience: ['consumer'],
  topics: ['gia-ca'],
  signs: [],
  firstAid: [],
  answer: [{ text: SENTENCE, cites: ['19/2023/QH15#10.1.đ'] }],
  conditions: [],
  steps: [{ text: 'Giữ biên lai, nhắn chủ quán đòi lại phần thừa.', cites: [] }],
  evidence: ['biên lai'],
  questions: [
    'thuê xe điện đẩy bị thu thừa tiền cọc',
    'quán xe điện đẩy giữ cọc nhiều hơn giá niêm yết thì làm sao',
    'tiền cọc xe điện đẩy họ lấy dư không trả',
  ],
  tries: ['xe điện đẩy thuê ở hồ mà họ thu dư tiền cọc'],
}
/** Another, found by other words. */
const OTHER = {
  ...GUIDE,
  title: 'Thuê xe đạp đôi bị thu thừa',
  questions: ['xe đạp đôi', 'xe đạp đôi thu dư cọc', 'cọc xe đạp đôi họ giữ'],
  tries: [],
}
const KEY = 'thue-xe-dien-day'
const QUESTION = 'thuê xe điện đẩy bị thu thừa tiền cọc'

const begin = (by: Browser, content: object | null = GUIDE, key = KEY) => by.post('/edits', { kind: 'guide', key, content })
const rewrite = (by: Browser, id: string, revision: number, content: object) =>
  by.send({ method: 'PUT', url: `/edits/${id}`, payload: { revision, content } })
const view = async (id: string, by: Browser = lan) => (await by.get(`/edits/${id}`)).body

async function tried(id: string): Promise<Answer['body']> {
  expect((await lan.post(`/edits/${id}/try`)).status).toBe(200)
  await vi.waitUntil(async () => (await lan.get('/trials')).body.running === null, { timeout: 240_000, interval: 200 })
  return view(id)
}

/** As if it had been tried: for what comes after that. */
async function passed(id: string): Promise<void> {
  const kept = await readEdit(desk.parts.store, id)
  const digest = editDigest(kept?.edit as Edit)
  await keepTrial(desk.parts.store, id, { digest, library: 'thử', at: desk.now, asked: 0, before: 0, after: 0, lost: [], won: [], own: [] })
}

async function act(by: Browser, id: string, deed: string, more: object = {}): Promise<Answer> {
  return by.post(`/edits/${id}/${deed}`, { revision: (await view(id)).revision, ...more })
}

/** Written, asked for and approved. */
async function live(content: object | null = GUIDE, key = KEY): Promise<string> {
  const { id } = (await begin(lan, content, key)).body
  await passed(id)
  expect((await act(lan, id, 'ask')).status).toBe(200)
  expect((await act(minh, id, 'approve')).status).toBe(200)
  return id
}

const said = async (text: string) => JSON.stringify(await desk.parts.answerer.answer({ text, asOf: TODAY }))

describe('guides', () => {
  it('stand in a list, each as it may be edited', async () => {
    const { guides } = (await lan.get('/guides')).body
    expect(guides.length).toBeGreaterThan(150)
    expect(guides.every(({ state }: { state: string }) => state === 'base')).toBe(true)
    const { content, history } = (await lan.get('/guides/dat-coc-bi-mat')).body
    expect(content.answer[0].cites[0]).toMatch(/#/)
    expect(history).toEqual([])
    expect((await lan.get('/guides/khong-co')).status).toBe(404)
  })
})

describe('a guide of the office', () => {
  it('is told what does not rest on the law, and is not tried before that is mended', async () => {
    const wrong = {
      ...GUIDE,
      answer: [{ text: 'Quán phải trả trong 45 ngày.', cites: ['19/2023/QH15#10.1.đ', '19/2023/QH15#999'] }],
      questions: ['một câu'],
    }
    const { id } = (await begin(lan, wrong, 'thu-loi')).body
    const { faults } = await view(id)
    expect(faults).toEqual([expect.stringContaining('ít nhất 3 câu hỏi')])
    const second = await rewrite(lan, id, 1, { ...wrong, questions: GUIDE.questions })
    expect(second.status).toBe(200)
    const after = (await view(id)).faults.join(' ')
    expect(after).toMatch(/19\/2023\/QH15#999/)
    expect(after).toMatch(/45 ngày/)
    expect((await lan.post(`/edits/${id}/try`)).body.error.message).toMatch(/45 ngày/)
    expect((await act(lan, id, 'ask')).body.error.message).toMatch(/45 ngày/)
    expect((await act(lan, id, 'drop')).status).toBe(200)
  })

  it('is begun once however often it is begun, and two who write at once are told', async () => {
    const [first, second] = await Promise.all([begin(lan), begin(minh)])
    expect(first.body.id).toBe(second.body.id)
    const { id } = first.body
    const [one, two] = await Promise.all([rewrite(lan, id, 1, GUIDE), rewrite(minh, id, 1, GUIDE)])
    expect([one.status, two.status].sort()).toEqual([200, 409])
    expect((await act(lan, id, 'drop')).status).toBe(200)
    expect((await lan.get('/edits')).body.open).toEqual([])
  })

  it('is answered from as soon as somebody else has approved it, and no longer once it is taken back', async () => {
    expect(await said(QUESTION)).not.toContain(SENTENCE)
    const { id } = (await begin(minh)).body
    expect((await act(minh, id, 'ask')).body.error.message).toMatch(/chưa được thử/)
    const { trial, tried: isTried } = await tried(id)
    expect(isTried).toBe(true)
    expect(trial).toMatchObject({ asked: 3, own: [{ right: true }] })
    expect((await act(minh, id, 'approve')).status).toBe(409)
    await act(minh, id, 'ask')
    expect((await act(minh, id, 'approve')).body.error.message).toMatch(/không tự duyệt/)
    expect((await act(lan, id, 'approve')).status).toBe(403)

    // Nobody who asks while the library is exchanged is left without an answer; two who approve at once do it once.
    const { revision } = await view(id)
    let exchanged = false
    const approvals = Promise.all([thu.post(`/edits/${id}/approve`, { revision }), thu.post(`/edits/${id}/approve`, { revision })]).then((both) => {
      exchanged = true
      return both.map(({ status }) => status).sort()
    })
    let asked = 0
    for (; !exchanged; asked++) expect(await said('shop không cho đổi trả hàng lỗi')).toContain('"answered"')
    expect(asked).toBeGreaterThan(1)
    expect(await approvals).toEqual([200, 409])
    expect(await said(QUESTION)).toContain(SENTENCE)
    expect((await lan.get('/guides')).body.guides.find(({ id: one }: { id: string }) => one === KEY)).toMatchObject({ state: 'ours' })

    expect((await act(thu, id, 'take-back')).status).toBe(200)
    expect(await said(QUESTION)).not.toContain(SENTENCE)
    expect((await act(minh, id, 'restore')).body.error.message).toMatch(/không tự duyệt/)
    expect((await act(thu, id, 'restore')).status).toBe(200)
    expect(await said(QUESTION)).toContain(SENTENCE)
  })

  it('is laid beside what is answered from now, whoever wrote that, as long as it is open', async () => {
    const shipped = (await lan.get('/guides/dat-coc-bi-mat')).body.content
    const over = async (content: object | null, key: string) => {
      const { id } = (await begin(lan, content, key)).body
      const open = await view(id)
      await act(lan, id, 'drop')
      expect((await view(id)).stands).toBeNull()
      return open
    }
    const changed = await over({ ...shipped, title: 'Tên khác', answer: [GUIDE.answer[0]] }, 'dat-coc-bi-mat')
    expect(changed.stands).toEqual(shipped)
    const known = changed.citations.map(({ pointer }: { pointer: string }) => pointer)
    expect(known).toEqual(expect.arrayContaining([...GUIDE.answer.flatMap(({ cites }) => cites), shipped.answer[0].cites[0]]))
    expect((await over({ ...GUIDE, title: 'Tên khác' }, KEY)).stands).toEqual(GUIDE)
    expect((await over(GUIDE, 'chua-tung-co')).stands).toBeNull()
    const { words } = (await lan.get('/words')).body
    const { id } = (await lan.post('/edits', { kind: 'word', key: words[0].key, content: words[0].content })).body
    expect((await view(id)).stands).toEqual(words[0].content)
    await act(lan, id, 'drop')
  })

  it('whose id is taken is not begun as a new one', async () => {
    const taken = await lan.post('/edits', { kind: 'guide', key: 'dat-coc-bi-mat', content: OTHER, fresh: true })
    expect(taken.status).toBe(409)
    expect(taken.body.error.message).toMatch(/Mã này đã có/)
    expect((await lan.post('/edits', { kind: 'guide', key: KEY, content: OTHER, fresh: true })).status).toBe(409)
    expect((await lan.post('/edits', { kind: 'guide', key: 'Có Dấu', content: OTHER })).body.error.message).toMatch(/chữ thường không dấu/)
    expect((await lan.post('/edits', { kind: 'guide', key: 'chu-de', content: { ...OTHER, topics: [], title: '' } })).body.error.message).toMatch(
      /Tên chưa có.*chủ đề|chủ đề.*Tên chưa có/,
    )
  })

  it('is taken back by itself where the library cannot be opened with it', async () => {
    const { id } = (await begin(lan, OTHER, 'khong-mo-duoc')).body
    await passed(id)
    await act(lan, id, 'ask')
    const broken = join(desk.folder, 'knowledge', 'documents', 'X')
    mkdirSync(broken, { recursive: true })
    writeFileSync(join(broken, 'published.json'), JSON.stringify({ version: '001-000000000000-r1', at: 0, by: 'x' }))
    const answer = await act(minh, id, 'approve')
    expect(answer.status).toBe(409)
    expect(answer.body.error.message).toMatch(/giữ nguyên như trước/)
    expect(await view(id)).toMatchObject({ state: 'asked', approvedBy: null })
    expect(readEdits(desk.folder).map(({ key }) => key)).not.toContain('khong-mo-duoc')
    expect(await said(QUESTION)).toContain(SENTENCE)
    rmSync(broken, { recursive: true })
    await act(lan, id, 'drop')
  })

  it('that rests on law that is no longer there is left out and shown first', async () => {
    const row = await desk.parts.store.read((tx) =>
      tx.selectFrom('shelf_edit').selectAll().where('live_key', '=', `guide:${KEY}`).executeTakeFirstOrThrow(),
    )
    const gone = JSON.stringify({ ...GUIDE, answer: [{ text: SENTENCE, cites: ['19/2023/QH15#999'] }] })
    await desk.parts.store.write((tx) => tx.updateTable('shelf_edit').set({ content: gone }).where('id', '=', row.id).execute())
    await syncEdits(desk.parts.store, desk.folder)
    await desk.parts.answerer.renew()
    const [first] = (await lan.get('/guides')).body.guides
    expect(first).toMatchObject({ id: KEY, state: 'hidden', touched: [expect.stringContaining('#999')] })
    expect(await said(QUESTION)).not.toContain(SENTENCE)
  })

  it('goes back to who wrote it with a reason, and a change asks for another trial', async () => {
    const { id } = (await begin(lan, OTHER, 'gui-lai')).body
    await passed(id)
    await act(lan, id, 'ask')
    expect((await act(minh, id, 'return', { note: 'Thiếu trường hợp thuê theo giờ' })).status).toBe(200)
    expect(await view(id)).toMatchObject({ state: 'draft', note: 'Thiếu trường hợp thuê theo giờ', tried: true })
    await rewrite(lan, id, (await view(id)).revision, { ...OTHER, title: 'Thuê xe đạp đôi, cọc bị giữ thừa' })
    expect(await view(id)).toMatchObject({ tried: false })
    expect((await act(lan, id, 'ask')).body.error.message).toMatch(/chưa được thử/)
    await act(lan, id, 'drop')
  })

  it('takes a guide that ships off the shelf, and lies beside the library for whoever opens it', async () => {
    await live(null, 'dat-coc-bi-mat')
    expect((await lan.get('/guides')).body.guides.find(({ id: one }: { id: string }) => one === 'dat-coc-bi-mat')).toMatchObject({ state: 'hidden' })
    expect(readEdits(desk.folder)).toContainEqual({ kind: 'guide', key: 'dat-coc-bi-mat', content: null })
    writeFileSync(join(desk.folder, 'knowledge', 'edits.bin'), 'hỏng')
    expect(readEdits(desk.folder)).toEqual([])
    await syncEdits(desk.parts.store, desk.folder)
    expect(readEdits(desk.folder)).toContainEqual({ kind: 'guide', key: 'dat-coc-bi-mat', content: null })
  })

  it('stands in the audit with every step', async () => {
    const entries = (await readAudit(desk.parts.store, 0, 1_000)).filter(({ action }) => action === 'shelf.changed')
    const codes = new Set(entries.map(({ detail }) => JSON.parse(String(detail)).code))
    expect([...codes].sort()).toEqual(['approve', 'ask', 'drop', 'restored', 'return', 'take_back', 'undone', 'written'])
  })
})

const WORD = { legal: ['hàng hóa có khuyết tật'], everyday: ['đồ quỷ ám lỗi'] }

describe('words', () => {
  it('of people stand beside the law’s own', async () => {
    const { words } = (await lan.get('/words')).body
    expect(words.length).toBeGreaterThan(20)
    const { id } = (await lan.post('/edits', { kind: 'word', key: 'hàng hóa có khuyết tật', content: WORD })).body
    expect((await view(id)).faults).toEqual([])
    await act(lan, id, 'drop')
    const { library } = withEdits(loadLibrary(), [{ kind: 'word', key: 'hàng hóa có khuyết tật', content: WORD }])
    const beside = [...library.provisions.values()].filter(({ everyday }) => everyday?.includes('đồ quỷ ám lỗi'))
    expect(beside.length).toBeGreaterThan(0)
    for (const one of beside) expect(canonical(`${one.heading} ${one.title} ${fullText(one)}`)).toContain('hàng hóa có khuyết tật')
  })

  it('that stand on both sides are refused', async () => {
    const { id } = (await lan.post('/edits', { kind: 'word', key: 'Bảo hành', content: { legal: ['Bảo hành'], everyday: ['bảo hành'] } })).body
    expect((await view(id)).faults).toContainEqual(expect.stringContaining('cả hai bên'))
    expect((await lan.post('/edits', { kind: 'word', key: 'bảo hành', content: { legal: ['bảo hành'], everyday: ['bao sửa'] } })).body).toEqual({
      id,
      began: false,
    })
    await act(lan, id, 'drop')
  })
})

describe('documents', () => {
  const upload = (by: Browser, name: string, bytes: Buffer, more = '') =>
    by.send({
      method: 'POST',
      url: `/documents?name=${encodeURIComponent(name)}${more}`,
      payload: bytes,
      headers: { 'content-type': 'application/octet-stream' },
    })

  const incoming = () => (existsSync(join(desk.folder, 'incoming')) ? readdirSync(join(desk.folder, 'incoming')) : [])

  it('are taken in, reviewed, published by somebody else, and taken back', async () => {
    expect((await lan.get('/documents')).body.documents).toEqual([])
    const { slug, version, before } = (await upload(minh, 'nghi-dinh.docx', await docxFile())).body
    expect(before).toBe(false)
    const review = (await lan.get(`/documents/${slug}/${version}`)).body
    expect(review).toMatchObject({ number: HEAD.number, by: 'Anh Minh', published: null, citable: true, counts: { articles: 33, highest: 33 } })
    expect((await minh.post(`/documents/${slug}/${version}/publish`, { seen: null })).body.error.message).toMatch(/không tự công bố/)
    expect((await lan.post(`/documents/${slug}/${version}/publish`, { seen: null })).status).toBe(403)
    expect(await said('sổ góp ý phải giữ ít nhất mấy năm')).not.toContain(HEAD.number)
    expect((await thu.post(`/documents/${slug}/${version}/publish`, { seen: '000-khac' })).body.error.message).toMatch(/vừa công bố/)
    expect((await thu.post(`/documents/${slug}/${version}/publish`, { seen: null })).status).toBe(200)
    expect(await said('sổ góp ý thứ 7 phải giữ ít nhất mấy năm')).toContain(HEAD.number)
    expect((await thu.post(`/documents/${slug}/take-back`, { seen: version })).status).toBe(200)
    expect((await thu.post(`/documents/${slug}/take-back`, { seen: version })).status).toBe(400)
    expect(await said('sổ góp ý thứ 7 phải giữ ít nhất mấy năm')).not.toContain(HEAD.number)
    expect((await upload(minh, 'nghi-dinh.docx', await docxFile())).status).toBe(200)
    expect(incoming()).toEqual([])
  })

  it.each([
    ['anh.jpg', Buffer.from('không phải ảnh'), /chỉ nạp được/],
    ['../../../leo-rao.docx', Buffer.from('chữ thường'), /đuôi tệp nói là Word/],
    ['rong.docx', Buffer.alloc(0), /Tệp rỗng/],
    ['hong.pdf', Buffer.from('%PDF-1.4 hỏng'), /hong\.pdf/],
  ])('are refused with a sentence: %s', async (name, bytes, why) => {
    const answer = await upload(minh, name, bytes)
    expect(answer.status).toBe(400)
    expect(answer.body.error.message).toMatch(why)
    expect(incoming()).toEqual([])
  })

  it('too large are refused before they are kept, and a stranger’s are not read', async () => {
    const large = Buffer.alloc(61 * 1024 * 1024)
    const answer = await upload(minh, 'to.pdf', large)
    expect(answer.status).toBe(413)
    expect(answer.body.error.message).toMatch(/60 MB/)
    expect((await upload(desk.browser(), 'to.pdf', large)).status).toBe(401)
  })
})
