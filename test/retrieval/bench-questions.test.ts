import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { readQuestions } from '../../retrieval/evaluate/questions.ts'

const FOLDER = mkdtempSync(join(tmpdir(), 'antam-questions-'))
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }))

function written(...lines: readonly (object | string)[]): string {
  const file = join(FOLDER, 'q.jsonl')
  writeFileSync(file, lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'))
  return file
}

const GOOD = { id: 'q1', question: 'Ai được nghỉ hưu?', relevant: [{ document: '45/2019/QH14', article: '169' }] }

/** A line that cannot be used, and what is said of it behind "file:2: ". */
const BAD: readonly (readonly [line: object | string, said: string])[] = [
  ['{"id": "q2",', 'dòng không phải là JSON.'],
  ['[]', 'dòng không phải là một đối tượng JSON.'],
  ['"chữ"', 'dòng không phải là một đối tượng JSON.'],
  [{ ...GOOD, id: undefined }, 'thiếu id.'],
  [{ ...GOOD, id: '  ' }, 'thiếu id.'],
  [{ ...GOOD, id: 'q2', question: '   ' }, 'thiếu câu hỏi (question).'],
  [{ ...GOOD, id: 'q2', question: 7 }, 'thiếu câu hỏi (question).'],
  [{ ...GOOD, id: 'q2', relevant: [] }, 'thiếu điều luật đúng (relevant: [{document, article}]).'],
  [{ ...GOOD, id: 'q2', relevant: [{ document: '1/2020/QH14' }] }, 'thiếu điều luật đúng (relevant: [{document, article}]).'],
  [{ ...GOOD, id: 'q2', fold: -1 }, 'fold phải là số nguyên từ 0.'],
  [GOOD, 'trùng id "q1" với dòng 1.'],
]

describe('readQuestions', () => {
  it('reads documents and articles in lower case, each right article once', () => {
    const relevant = [
      { document: '45/2019/QH14', article: '169' },
      { document: '45/2019/qh14', article: 169 },
      { document: '52/2013/NĐ-CP', article: '3A' },
    ]
    expect(readQuestions(written({ ...GOOD, relevant, fold: 3, more: 1 }))).toEqual([
      { id: 'q1', question: GOOD.question, gold: ['45/2019/qh14#169', '52/2013/nđ-cp#3a'], fold: 3 },
    ])
  })

  it('takes numbers for ids, leaves out empty lines, a byte order mark and a missing fold', () => {
    const file = written(`\uFEFF${JSON.stringify({ ...GOOD, id: 1 })}\r`, '', { ...GOOD, id: 2 }, '')
    expect(readQuestions(file).map(({ id }) => id)).toEqual(['1', '2'])
    expect(readQuestions(file).every((q) => !('fold' in q))).toBe(true)
  })

  it.each(BAD)('names file and line of %j', (line, said) => {
    const file = written(GOOD, line)
    expect(() => readQuestions(file)).toThrow(`${file}:2: ${said}`)
  })

  it('says so when there is no file, or nothing in it', () => {
    expect(() => readQuestions(join(FOLDER, 'none.jsonl'))).toThrow(`Không có tệp câu hỏi ${join(FOLDER, 'none.jsonl')}.`)
    expect(() => readQuestions(FOLDER)).toThrow(`Không đọc được tệp câu hỏi ${FOLDER}.`)
    const empty = written('', '  ')
    expect(() => readQuestions(empty)).toThrow(`Tệp câu hỏi ${empty} không có câu hỏi nào.`)
  })
})
