/** The directory over time: proofs of the data, successor chains, and the traps of the founding document. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  agencyOn,
  basisOn,
  checkDirectory,
  contactLines,
  type Directory,
  DirectoryError,
  loadDirectory,
  namedOn,
  PLAN_LABEL,
  resolveName,
  roughDate,
  trustLine,
} from '../../knowledge/agencies.ts'
import { readLawTexts } from '../../knowledge/law-texts.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const CONTENT = join(ROOT, 'knowledge/content')
const LAW = resolve(ROOT, '../shared/law/articles.jsonl')
const TODAY = '2026-11-23'
const directory = loadDirectory()
const ids = [...new Set(directory.records.map((r) => r.id))]
const anyDay = fc
  .date({ min: new Date('2023-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10))

/** The directory of a copy of the content with `agencies.yaml` changed. */
function withChange(change: (text: string) => string): Directory {
  const root = mkdtempSync(join(tmpdir(), 'antam-agencies-'))
  try {
    for (const file of ['documents.yaml', 'agencies.yaml']) cpSync(join(CONTENT, file), join(root, file))
    writeFileSync(join(root, 'agencies.yaml'), change(readFileSync(join(root, 'agencies.yaml'), 'utf8')))
    return loadDirectory(root)
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

describe('the data', () => {
  it('has no fault of its own', () => expect(checkDirectory(directory)).toEqual([]))

  it.skipIf(!existsSync(LAW))(
    'cites only articles, clauses and points that stand in the law (skipped where the texts are not beside the project)',
    () => {
      expect(checkDirectory(directory, readLawTexts(LAW))).toEqual([])
    },
  )

  it.skipIf(!existsSync(LAW))('a clause that does not exist is named (skipped where the texts are not beside the project)', () => {
    const changed = withChange((t) => t.replace('19/2023/QH15#47.2', '19/2023/QH15#47.9'))
    expect(checkDirectory(changed, readLawTexts(LAW))).toEqual([expect.stringMatching(/hoi-thao.*47\.9.*nguyên văn/)])
  })

  it('names no two bodies under one id on any day', () => {
    fc.assert(fc.property(fc.constantFrom(...ids), anyDay, (id, day) => directory.records.filter((r) => r.id === id && namedOn(r, day)).length <= 1))
  })

  it('two records of one id that overlap are named', () => {
    const changed = withChange((t) => t.replace('validFrom: 2025-03\n', 'validFrom: 2025-02-15\n'))
    expect(checkDirectory(changed)).toEqual([expect.stringMatching(/quan-ly-thi-truong.*cùng có hiệu lực/)])
  })

  it('a body that ends with nobody to take over is named', () => {
    const changed = withChange((t) =>
      t.replace('{ id: uy-ban-nhan-dan-xa }', '{ id: khong-ai }').replace(/ {4}- \{ id: uy-ban-nhan-dan-tinh, matter[^\n]*\n/, ''),
    )
    expect(checkDirectory(changed).join('\n')).toMatch(/khong-ai[\s\S]*không có ai nhận thay/)
  })

  it('every id stands for somebody today', () => {
    for (const id of ids) expect(agencyOn(directory, id, TODAY), id).toBeDefined()
  })

  it('a faulty file is refused in sentences that name the place', () => {
    const load = () => withChange((t) => t.replace('role: lead', 'role: boss').replace('verifiedOn: 2026-11-23', 'verifiedOn: hôm qua'))
    expect(load).toThrow(DirectoryError)
    expect(load).toThrow(/agencies\.yaml: .*verifiedOn[\s\S]*agencies\.yaml: .*role/)
  })

  it('a duty that rests on nothing is refused', () => {
    expect(() => withChange((t) => t.replace(/basis: \[\]\n {6}plan: true/, 'basis: []'))).toThrow(/mỗi việc tiếp nhận phải có căn cứ/)
  })
})

describe('names over time', () => {
  it.each([
    ['UBND huyện Chư Sê', TODAY, 'uy-ban-nhan-dan-xa', /^Từ ngày 01\/07\/2025, Ủy ban nhân dân huyện.* nay do Ủy ban nhân dân xã, phường/],
    ['uỷ ban nhân dân thành phố Pleiku', TODAY, 'uy-ban-nhan-dan-xa', /01\/07\/2025/],
    ['Sở TT&TT', TODAY, 'so-khoa-hoc-va-cong-nghe', /^Từ ngày 01\/03\/2025, Sở Thông tin và Truyền thông .*Khoa học và Công nghệ.* và .*Văn hóa/],
    ['so thong tin va truyen thong gia lai', '2025-03-01', 'so-khoa-hoc-va-cong-nghe', /01\/03\/2025/],
    ['Cục Quản lý thị trường Gia Lai', TODAY, 'quan-ly-thi-truong', /^Từ tháng 3\/2025, .* chuyển thành Chi cục Quản lý thị trường/],
    ['Cục Hải quan Gia Lai – Kon Tum', TODAY, 'hai-quan', /cần xác minh/],
    ['Cục Thuế tỉnh', TODAY, 'co-quan-thue', /cần xác minh/],
    ['UBND tỉnh Bình Định', TODAY, 'uy-ban-nhan-dan-tinh', /hợp nhất trong năm 2025/],
  ])('%s on %s is %s today', (said, day, id, sentence) => {
    const found = resolveName(directory, said, day)
    expect(found?.agency.id).toBe(id)
    expect(found?.change?.sentence).toMatch(sentence)
  })

  it.each([
    ['UBND huyện Chư Sê', '2025-06-30', 'uy-ban-nhan-dan-huyen'],
    ['Sở Thông tin và Truyền thông', '2025-02-28', 'so-thong-tin-va-truyen-thong'],
    ['Cục Quản lý thị trường', '2025-02-28', 'quan-ly-thi-truong'],
    ['Sở Công Thương', TODAY, 'so-cong-thuong'],
    ['công an xã', TODAY, 'cong-an-tinh'],
  ])('%s on %s is itself, nothing changed', (said, day, id) => {
    const found = resolveName(directory, said, day)
    expect([found?.agency.id, found?.change]).toEqual([id, undefined])
  })

  it('an unknown name is nobody', () => expect(resolveName(directory, 'hợp tác xã rau sạch', TODAY)).toBeUndefined())

  it('says a date no finer than it is established', () => {
    expect(['2025-03-01', '2025-03', '2025'].map(roughDate)).toEqual(['ngày 01/03/2025', 'tháng 3/2025', 'năm 2025'])
  })
})

describe('traps of the founding document', () => {
  const raw = readFileSync(join(CONTENT, 'agencies.yaml'), 'utf8')

  it('has no number: none is invented', () => {
    expect(raw).not.toMatch(/\/KH-UBND/)
    expect(checkDirectory(withChange((t) => t.replace('chưa có nguồn', 'Kế hoạch số 12/KH-UBND, chưa có nguồn')))).toEqual([
      expect.stringMatching(/không được đặt ra số/),
    ])
  })

  it('is cited by its heading, never as "mục III.2"', () => expect(raw).not.toMatch(/mục III/i))

  it('is the basis of no right: it is shown as division of work, beside or after the law', () => {
    for (const duty of directory.records.flatMap((r) => r.duties)) {
      const basis = basisOn(directory, duty, TODAY)
      const plan = basis.findIndex((b) => b.kind === 'plan')
      expect(basis.filter((b) => b.kind === 'article').every((b) => !/kế hoạch/i.test(b.label))).toBe(true)
      expect(basis.slice(Math.max(plan, 0) + 1).every((b) => plan < 0 || b.kind === 'advice')).toBe(true)
      if (plan >= 0) expect(basis[plan]?.label).toBe('phân công theo Kế hoạch của tỉnh (đến 2025, không phải căn cứ pháp lý)')
    }
    expect(PLAN_LABEL).toMatch(/không phải căn cứ pháp lý/)
  })

  it('an article stands only while its document is in force', () => {
    const duty = directory.records.find((r) => r.id === 'he-thong-tmdt')?.duties[0]
    const on = (day: string) => (duty ? basisOn(directory, duty, day).length : -1)
    expect([on('2026-06-30'), on('2026-07-01')]).toEqual([0, 2])
  })

  it('Sở Tài chính is known by name and receives nothing', () => {
    const found = resolveName(directory, 'sở tài chính', TODAY)?.agency
    expect([found?.role, found?.duties]).toEqual(['never', []])
  })

  it('the hotline is the national one, and nobody else has its number', () => {
    expect(agencyOn(directory, 'tong-dai-quoc-gia', TODAY)?.name).toBe('tổng đài quốc gia 1800.6838')
    expect(checkDirectory(withChange((t) => t.replace('role: us\n', 'role: us\n  contact: { phone: "1800.6838" }\n')))).toEqual([
      expect.stringMatching(/hoi: số 1800\.6838 là của tổng đài quốc gia/),
    ])
  })

  it('an unknown contact stays visibly empty, an unverified body says so', () => {
    const association = agencyOn(directory, 'hoi', TODAY)
    expect(association && contactLines(association)).toEqual([
      'Điện thoại: chưa cung cấp',
      'Địa chỉ: chưa cung cấp',
      'Trang web: chưa cung cấp',
      'Thư điện tử: chưa cung cấp',
    ])
    const customs = agencyOn(directory, 'hai-quan', TODAY)
    expect(customs && trustLine(customs)).toMatch(/^cần xác minh/)
  })
})
