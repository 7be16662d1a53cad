/** The real texts of the law and the real plan of the province, where they lie beside the project. */
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { changedBodies, loadDirectory } from '../../knowledge/agencies.ts'
import { articleWords } from '../../knowledge/ingest/law-text.ts'
import { isCitable } from '../../knowledge/ingest/review.ts'
import { type Surroundings, takeIn } from '../../knowledge/ingest/take-in.ts'
import { clausesOf, readLawTexts } from '../../knowledge/law-texts.ts'
import { loadLibrary } from '../../knowledge/library.ts'
import { readSourceDigests, sourceDigestsOf, withPublished } from '../../knowledge/overlay.ts'

const SHARED = fileURLToPath(new URL('../../../shared', import.meta.url))
const DOCS = `${SHARED}/law/docs`
const PLAN = `${SHARED}/plan/ke-hoach-gia-lai-319.txt`
const there = existsSync(DOCS) && existsSync(PLAN)

const library = loadLibrary()
const directory = loadDirectory()
const around: Surroundings = {
  today: '2026-11-28',
  known: (number) => library.documents.get(number),
  bodies: (text) => changedBodies(directory, text, '2026-11-28'),
}

describe.skipIf(!there)('the documents of the law (skipped where they are not beside the project)', () => {
  const texts = there ? readLawTexts(`${SHARED}/law/articles.jsonl`) : new Map<string, string>()
  const files = there ? readdirSync(DOCS) : []

  it('are all there', () => expect(files).toHaveLength(27))

  it.each(files)('%s: every article, and every clause that the text has', async (file) => {
    const { law, review } = await takeIn(`${DOCS}/${file}`, around)
    const wanted = [...texts.keys()].filter((key) => key.startsWith(`${law.header.number}#`))
    expect(law.articles.map(({ number }) => `${law.header.number}#${number}`)).toEqual(wanted)
    expect(review.findings.filter(({ severity }) => severity === 'stop')).toEqual([])
    expect(isCitable(law)).toBe(true)
    const known = library.documents.get(law.header.number ?? '')
    if (known?.issuer) expect(law.header.issuer).toBe(known.issuer)
    for (const article of law.articles) {
      const own = new Set(article.clauses.map(({ number }) => number))
      const text = texts.get(`${law.header.number}#${article.number}`) ?? ''
      // 37/2026 Điều 99 has the appendices glued on, 137/2026 Điều 18 a "4)" that stands for "đ)".
      if (/^37\/2026.*#99$|^137\/2026.*#18$/.test(`${law.header.number}#${article.number}`)) continue
      expect([...clausesOf(text).keys()].filter((clause) => !own.has(clause))).toEqual([])
    }
  })

  it('lose no word of an article', async () => {
    const { law } = await takeIn(`${DOCS}/19-2023-QH15.md`, around)
    const bare = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '')
    for (const article of law.articles) expect(bare(articleWords(article))).toBe(bare(texts.get(`19/2023/QH15#${article.number}`) ?? ''))
  })

  it('are what every restatement was written from', async () => {
    const sources = readSourceDigests()
    for (const file of files) {
      const digests = sourceDigestsOf((await takeIn(`${DOCS}/${file}`, around)).law)
      for (const [id, digest] of digests) if (library.provisions.has(id)) expect([id, sources.get(id)]).toEqual([id, digest])
    }
  })
})

it('every published restatement has the digest of the words it was written from', () => {
  const sources = readSourceDigests()
  expect([...library.provisions.keys()].filter((id) => !sources.has(id))).toEqual([])
})

describe.skipIf(!there)('the six traps of the plan (skipped where it is not beside the project)', () => {
  const reading = () => takeIn(PLAN, around)
  const said = async (severity: string) => (await reading()).review.findings.filter((f) => f.severity === severity).map((f) => f.text)

  it('two parts are numbered III: the parts are known by their headings, and the reviewer is told', async () => {
    const { law } = await reading()
    const headings = law.sections.map(({ heading }) => heading.join(' › '))
    expect(headings).toContain('Nội dung thực hiện')
    expect(headings).toContain('TỔ CHỨC THỰC HIỆN › Sở Công Thương')
    expect(new Set(headings).size).toBe(headings.length)
    expect(await said('look')).toContain('Mục III: số này được đặt cho 2 mục: Nội dung thực hiện; TỔ CHỨC THỰC HIỆN.')
  })

  it('it has no number and no day, and none is invented: the number in its title is that of another document', async () => {
    const { law } = await reading()
    expect(law.header.number).toBeUndefined()
    expect(law.header.issued).toBeUndefined()
    expect(law.header.title).toContain('Quyết định số 319/QĐ-TTg ngày 29/3/2023')
    expect((await said('look')).join()).toContain('không ghi số và không ghi ngày')
  })

  it('it is a plan: whoever publishes it, nobody is answered from it', async () => {
    const { law, source } = await reading()
    expect(law.header.kind).toBe('kế hoạch')
    expect(withPublished(library, [{ law, sha256: source.sha256 }])).toBe(library)
    expect((await said('note')).join()).toContain('không dùng làm căn cứ')
  })

  it('its horizon is past', async () => {
    expect(await said('look')).toContain('Tài liệu chỉ nói tới hết năm 2025: mốc đó đã qua.')
  })

  it.each([
    'các lực lượng được giao thẩm quyền xử phạt vi phạm hành chính về hàng giả',
    'giải quyết kịp thời các kiến nghị, khiếu nại, tố cáo về các hành vi lợi dụng hoạt động TMĐT',
    'Hội bảo vệ Người tiêu dùng tỉnh tăng cường hoạt động thanh tra',
  ])('a sentence that the end of a page broke is whole again: %s', async (sentence) => {
    expect((await reading()).law.sections.map(({ text }) => text).join('\n')).toContain(sentence)
  })

  it('bodies that have ended since are named with who took over', async () => {
    const notes = (await said('note')).join('\n')
    expect(notes).toContain('Sở Thông tin và Truyền thông không còn nữa')
    expect(notes).toContain('Chi cục Quản lý thị trường thuộc Sở Công Thương')
  })
})
