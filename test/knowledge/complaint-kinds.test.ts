/** Kinds of complaint as data: names, facts, bodies and every legal basis hold; faults are named. */
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FACT_NAMES } from '../../bot/complaint/facts.ts'
import { loadDirectory } from '../../knowledge/agencies.ts'
import { checkKinds, ISSUE_KINDS, loadKinds } from '../../knowledge/complaint-kinds.ts'
import { readLawTexts } from '../../knowledge/law-texts.ts'
import { CONTENT, loadLibrary } from '../../knowledge/library.ts'

const LAW = resolve(import.meta.dirname, '../../../shared/law/articles.jsonl')
const FILE = 'complaint-kinds.yaml'
const directory = loadDirectory()
const kinds = loadKinds()
const issues = [...kinds.issues.values()]

/** The faults of a copy of the kinds with the text changed. */
function faultsAfter(change: (text: string) => string): string {
  const root = mkdtempSync(join(tmpdir(), 'antam-kinds-'))
  try {
    cpSync(join(CONTENT, FILE), join(root, FILE))
    writeFileSync(join(root, FILE), change(readFileSync(join(root, FILE), 'utf8')))
    return checkKinds(loadKinds(root), directory, FACT_NAMES).join('\n')
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

describe('the data', () => {
  it('has no fault of its own', () => expect(checkKinds(kinds, directory, FACT_NAMES)).toEqual([]))

  it.skipIf(!existsSync(LAW))('cites only what stands in the law (skipped where the texts are not beside the project)', () => {
    expect(checkKinds(kinds, directory, FACT_NAMES, readLawTexts(LAW))).toEqual([])
  })

  it('has the three kinds, each with issues, and covers what people complain about', () => {
    for (const kind of ISSUE_KINDS) expect(issues.filter((i) => i.kind === kind).length, kind).toBeGreaterThan(0)
    expect(issues.filter((i) => i.kind === 'dispute').length).toBeGreaterThanOrEqual(30)
  })

  it('learns only from guides and outside matters that exist', () => {
    const library = loadLibrary()
    expect(issues.flatMap((i) => i.guides).filter((id) => !library.guides.has(id))).toEqual([])
    expect(issues.flatMap((i) => i.fields).filter((id) => !library.fields.has(id))).toEqual([])
  })

  it('asks at most seven facts of a dispute and always how to reach the person', () => {
    for (const i of issues.filter((one) => one.kind === 'dispute')) {
      expect(i.required.length, i.id).toBeLessThanOrEqual(7)
      expect(i.required, i.id).toContain('phone')
      expect(i.evidence.length, i.id).toBeGreaterThan(0)
    }
  })

  it('asks nothing and wants no evidence where the matter goes elsewhere, but for a complaint about us', () => {
    const elsewhere = issues.filter((i) => i.kind === 'not_ours' && i.id !== 'khieu-nai-hoi')
    expect(elsewhere.flatMap((i) => [...i.required, ...i.evidence])).toEqual([])
  })

  it('never asks for a number that must not be kept', () => {
    const asked = issues.flatMap((i) => i.evidence.map((e) => e.text)).filter((text) => /căn cước|số thẻ|số tài khoản của bạn/.test(text))
    for (const text of asked) expect(text).toMatch(/che /)
  })
})

describe('faults', () => {
  it.each<[string, (text: string) => string, RegExp]>([
    [
      'an unknown fact',
      (t) => t.replace('required: [respondent, goods', 'required: [respondant, goods'),
      /"respondant" không phải là tên một dữ kiện/,
    ],
    ['an unknown body', (t) => t.replace('to: hoi/tranh-chap', 'to: hoi-khac/tranh-chap'), /"hoi-khac" không có trong danh bạ/],
    ['an unknown duty', (t) => t.replace('to: hoi/tranh-chap', 'to: hoi/xu-phat'), /"hoi" không có việc tiếp nhận "xu-phat"/],
    ['Sở Tài chính', (t) => t.replace('to: hoi/tranh-chap', 'to: so-tai-chinh/tranh-chap'), /"so-tai-chinh" không bao giờ nhận/],
    ['an unknown evidence', (t) => t.replace('evidence: [tin-rao, don-hang', 'evidence: [tin-don, don-hang'), /bằng chứng "tin-don"/],
    ['an unknown group', (t) => t.replace('    group: dich-vu\n', '    group: dich-vu-la\n'), /nhóm "dich-vu-la"/],
    ['an unknown document', (t) => t.replace('"19/2023/QH15#30.2.b"', '"18/2023/QH15#30.2.b"'), /18\/2023\/QH15#30\.2\.b, văn bản không có/],
    ['the same issue twice', (t) => t.replace('- id: giao-thieu', '- id: huy-don'), /"huy-don" có hai lần/],
  ])('%s is named', (_, change, fault) => expect(faultsAfter(change)).toMatch(fault))

  it('a signal with marks or capitals is refused: it would never match', () => {
    expect(() => faultsAfter((t) => t.replace("says: 'bao hanh'", "says: 'Bảo hành'"))).toThrow(/viết thường, không dấu/)
  })
})
