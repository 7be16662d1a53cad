/** Quizzes as content: what ships holds, and planted faults are found. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { loadCommunes } from '../../knowledge/communes.ts'
import { readLawTexts } from '../../knowledge/law-texts.ts'
import { CONTENT, loadLibrary } from '../../knowledge/library.ts'
import { checkQuizzes, loadQuizzes, sealsText } from '../../knowledge/quizzes.ts'

const LAW = join(resolve(import.meta.dirname, '../../../shared'), 'law/articles.jsonl')
const DAY = '2026-11-28'
const NAME = 'giai-quyet-khieu-nai'
const library = loadLibrary()
const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

/** @returns a folder of content that holds one quiz, its words changed, and the seals that ship. */
function planted(change: (text: string) => string, seals?: (text: string) => string): string {
  const root = mkdtempSync(join(tmpdir(), 'antam-quizzes-'))
  folders.push(root)
  mkdirSync(join(root, 'quizzes'))
  const text = readFileSync(join(CONTENT, `quizzes/${NAME}.yaml`), 'utf8')
  const changed = change(text)
  if (!seals) expect(changed).not.toBe(text)
  writeFileSync(join(root, `quizzes/${NAME}.yaml`), changed)
  cpSync(join(CONTENT, 'quiz-seals.json'), join(root, 'quiz-seals.json'))
  if (seals) writeFileSync(join(root, 'quiz-seals.json'), seals(readFileSync(join(root, 'quiz-seals.json'), 'utf8')))
  return root
}

const faults = (root: string) => checkQuizzes(loadQuizzes(root), library, DAY)
const FIRST_CITE = 'cites: ["19/2023/QH15#31.2"]'

describe('the quizzes that ship', () => {
  it('are at least six, of six to eight questions each, for officers, sellers and buyers', () => {
    const all = [...loadQuizzes().values()]
    expect(all.length).toBeGreaterThanOrEqual(6)
    for (const { questions } of all) expect([6, 7, 8]).toContain(questions.length)
    expect(new Set(all.map(({ audience }) => audience))).toEqual(new Set(['officer', 'seller', 'consumer']))
  })

  it('have no fault on the day', () => expect(checkQuizzes(loadQuizzes(), library, DAY)).toEqual([]))

  it.skipIf(!existsSync(LAW))('agree with the texts of the law (skipped where they are not beside the project)', () => {
    expect(checkQuizzes(loadQuizzes(), library, DAY, readLawTexts(LAW))).toEqual([])
  })

  it('are sealed as the library stands', () => {
    expect(readFileSync(join(CONTENT, 'quiz-seals.json'), 'utf8')).toBe(sealsText(loadQuizzes(), library))
  })

  it('are no part of what people are answered from', () => {
    const root = mkdtempSync(join(tmpdir(), 'antam-quizzes-'))
    folders.push(root)
    cpSync(CONTENT, root, { recursive: true })
    rmSync(join(root, 'quizzes'), { recursive: true })
    rmSync(join(root, 'communes.yaml'))
    expect(loadLibrary(root).digest).toBe(library.digest)
  })
})

describe('a planted fault is found', () => {
  it.each([
    [
      'a citation that dangles',
      (text: string) => text.replace(FIRST_CITE, 'cites: ["19/2023/QH15#31.9"]'),
      /bao-da-nhan: dẫn 19\/2023\/QH15#31\.9 không có/,
    ],
    [
      'a clause that has ended',
      (text: string) => text.replace(FIRST_CITE, 'cites: ["55/2024/NĐ-CP#25.1"]'),
      /bao-da-nhan: 55\/2024\/NĐ-CP#25\.1 không có hiệu lực/,
    ],
    [
      'a figure that no cited clause has',
      (text: string) => text.replace('right: 03 ngày làm việc', 'right: 04 ngày làm việc'),
      /bao-da-nhan: số liệu "04 ngày/,
    ],
    ['a guide that is not there', (text: string) => text.replace('hau-mai-bao-hanh-khieu-nai', 'khong-co'), /hướng dẫn "khong-co"/],
  ])('%s', (_name, change, message) => expect(faults(planted(change)).join('\n')).toMatch(message))

  it('words of the law that changed since a question was sealed', () => {
    const root = planted(
      (text) => text,
      (seals) => JSON.stringify({ ...JSON.parse(seals), [`${NAME}/bao-da-nhan`]: '0000000000000000' }),
    )
    expect(faults(root)).toEqual([expect.stringMatching(/bao-da-nhan: lời của điều khoản được dẫn đã đổi/)])
  })

  it.each([
    ['two right answers', (text: string) => text.replace(/- wrong: (.*)\n {8}why: .*\n/, '- right: $1\n'), /đúng một phương án đúng/],
    ['a wrong answer without a reason', (text: string) => text.replace(/\n {8}why: .*\n/, '\n'), /phương án sai phải có why/],
    ['no explanation', (text: string) => text.replace(/ {4}because: .*\n/, ''), /because/],
    ['no citation', (text: string) => text.replace(FIRST_CITE, 'cites: []'), /cites/],
    ['the same question twice', (text: string) => text.replace('id: thuong-luong-han', 'id: bao-da-nhan'), /hai câu cùng mã/],
  ])('%s cannot even be read', (_name, change, message) => expect(() => loadQuizzes(planted(change))).toThrow(message))
})

describe('the version of a quiz', () => {
  const version = (change: (text: string) => string) => loadQuizzes(planted(change)).get(NAME)?.version

  it('stays when a slip of the pen is mended, and changes when a question goes', () => {
    const shipped = loadQuizzes().get(NAME)?.version
    expect(version((text) => text.replace('Khách gửi khiếu nại', 'Khách hàng gửi khiếu nại'))).toBe(shipped)
    expect(version((text) => text.replace(/ {2}- id: dua-giay-to[\s\S]*$/, ''))).not.toBe(shipped)
  })
})

describe('the places to choose from', () => {
  it('are the 25 wards and 110 communes of the province, each once', () => {
    const all = loadCommunes()
    expect([all.filter((one) => one.startsWith('Phường ')).length, all.filter((one) => one.startsWith('Xã ')).length]).toEqual([25, 110])
    expect(new Set(all).size).toBe(135)
  })
})
