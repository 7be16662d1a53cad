import { type ChildProcess, spawn } from 'node:child_process'
import { appendFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readInput, readPlan } from '../../bot/main/bench-input.ts'
import type { EngineJob } from '../../bot/main/bench-job.ts'
import { against, figuresOf, table, troubles } from '../../bot/main/bench-report.ts'
import { type EngineRun, runEngine } from '../../bot/main/bench-run.ts'
import { readQuestions } from '../../retrieval/evaluate/questions.ts'
import { MEASURES } from '../../retrieval/evaluate/ranking.ts'
import { SHIPPED_MODEL, writeModel } from '../../retrieval/model/files.ts'
import { Vocabulary } from '../../retrieval/model/vocabulary.ts'
import { askOf, LAW, lawLine, writeLines } from './bench-corpus.ts'

const ROOT = resolve(import.meta.dirname, '../..')
const FOLDER = mkdtempSync(join(tmpdir(), 'antam-bench-test-'))
/** Where the command may put what it builds; empty when nothing is left behind. */
const SCRATCH = join(FOLDER, 'scratch')
const CORPUS = join(FOLDER, 'corpus.jsonl.gz')
const QUESTIONS = join(FOLDER, 'questions.jsonl')

beforeAll(() => {
  mkdirSync(SCRATCH)
  writeLines(CORPUS, LAW)
  writeLines(QUESTIONS, [0, 1, 2, 3, 4, 5].map(askOf))
})
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }))

function start(...args: readonly string[]): ChildProcess {
  const { PATH, HOME } = process.env
  return spawn(process.execPath, [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), 'bot/main/bench-retrieval.ts', ...args], {
    cwd: ROOT,
    env: { PATH, HOME, TMPDIR: SCRATCH },
  })
}

function run(...args: readonly string[]): Promise<{ code: number | null; out: string; err: string }> {
  return new Promise((done, fail) => {
    const child = start(...args)
    const [out, err]: [string[], string[]] = [[], []]
    child.stdout?.setEncoding('utf8').on('data', (part: string) => out.push(part))
    child.stderr?.setEncoding('utf8').on('data', (part: string) => err.push(part))
    child.on('error', fail)
    child.on('close', (code) => done({ code, out: out.join(''), err: err.join('') }))
  })
}

/** tsx keeps its own cache beside the folders of the run. */
const left = () => readdirSync(SCRATCH).filter((name) => name.startsWith('antam-'))

describe('bench:retrieval', () => {
  it('measures every engine beside each other, and ends with one JSON object', async () => {
    const law = [...LAW, lawLine(0), lawLine(60, { doc_no: null }), '{"doc_no": "1/2020']
    const corpus = writeLines(join(FOLDER, 'with-faults.jsonl.gz'), law)
    const asked = [...[0, 1, 2, 3, 4, 5].map(askOf), { id: 'none', question: 'Ai?', relevant: [{ document: '99/1999/QH10', article: '1' }] }]
    const questions = writeLines(join(FOLDER, 'with-gap.jsonl'), asked)
    const { code, out, err } = await run('--corpus', corpus, '--questions', questions, '--peers', '--json')
    expect(code, err).toBe(0)
    expect(out).toContain('Kho: 12 điều; bỏ 1 dòng sai dạng, 1 không có số hiệu văn bản, 1 trùng.')
    expect(out).toContain('Có 1 điều đúng không nằm trong kho nên không công cụ nào tìm được, ví dụ 99/1999/qh10#1.')
    expect(out).toMatch(/An Tâm +MiniSearch +Orama +SQLite FTS5 +LangChain véc-tơ\n/u)
    const figures = JSON.parse(out.trimEnd().split('\n').at(-1) as string)
    expect(Object.keys(figures)).toEqual(['antam', 'minisearch', 'orama', 'fts5', 'memoryvectors'])
    for (const name of Object.keys(figures)) {
      const of = figures[name]
      for (const measure of MEASURES) {
        expect(of[measure], `${name} ${measure}`).toBeGreaterThan(0)
        expect(of[measure], `${name} ${measure}`).toBeLessThanOrEqual(6 / 7 + 1e-9)
        expect(of.intervals[measure][0]).toBeLessThanOrEqual(of[measure])
        expect(of.intervals[measure][1]).toBeGreaterThanOrEqual(of[measure])
      }
      expect(of.p50ms).toBeLessThanOrEqual(of.p95ms)
      expect([of.buildSeconds > 0, of.peakBytes > 30e6, of.questions]).toEqual([true, true, 7])
    }
    expect([figures.antam.openSeconds > 0, figures.antam.residentBytes > 30e6]).toEqual([true, true])
    expect([figures.fts5.openSeconds, figures.fts5.residentBytes]).toEqual([null, null])
    expect(figures.antam.recall1).toBeCloseTo(6 / 7, 9)
    expect(figures.fts5.indexBytes).toBeGreaterThan(1000)
    expect(figures.memoryvectors.indexBytes).toBeNull()
    expect(out).toMatch(/So với SQLite FTS5 trên 7 câu: MRR@10 chênh .+ điểm \[.+; .+\], p95 của họ gấp .+ lần\./u)
    expect(left()).toEqual([])
  })

  it('indexes an article of 2 MB, answers a question of 10,000 syllables, and asks only the first when told', async () => {
    const corpus = writeLines(join(FOLDER, 'large.jsonl'), [...LAW, lawLine(70, { text: 'sấm '.repeat(400_000) })])
    const long = { ...askOf(0), id: 'long', question: 'việc nghỉ hưu sớm '.repeat(2500) }
    const questions = writeLines(join(FOLDER, 'long.jsonl'), [long, askOf(1)])
    const { code, out, err } = await run('--corpus', corpus, '--questions', questions, '--json', '--limit', '1')
    expect(code, err).toBe(0)
    expect(out).toContain('Kho: 13 điều;')
    expect(out).toContain('Câu hỏi: 1 trong 2.')
    const { antam, ...others } = JSON.parse(out.trimEnd().split('\n').at(-1) as string)
    expect([antam.recall1, antam.questions, others]).toEqual([1, 1, {}])
    expect(err).toMatch(/An Tâm: hỏi .*100%.*1\/1/u)
  })

  it('leaves nothing behind when it is stopped', async () => {
    const many = Array.from({ length: 40_000 }, (_, i) => lawLine(i))
    const child = start('--corpus', writeLines(join(FOLDER, 'many.jsonl'), many), '--questions', QUESTIONS)
    const ended = new Promise((done) => child.on('close', done))
    while (left().length === 0) await new Promise((next) => setTimeout(next, 20))
    child.kill('SIGTERM')
    await ended
    expect(left()).toEqual([])
  })

  it('ends with code 2 and one sentence for input that cannot be used', async () => {
    const { code, out, err } = await run('--corpus', join(FOLDER, 'none.jsonl'), '--questions', QUESTIONS, '--json')
    expect([code, out, err]).toEqual([2, '', `Không có tệp kho luật ${join(FOLDER, 'none.jsonl')}.\n`])
    expect(left()).toEqual([])
  })
})

/** A file of this text under FOLDER. */
function file(name: string, text: string | Uint8Array): string {
  writeFileSync(join(FOLDER, name), text)
  return join(FOLDER, name)
}

function cutOff(): string {
  const cut = join(FOLDER, 'cut.jsonl.gz')
  writeLines(
    cut,
    Array.from({ length: 3000 }, (_, i) => lawLine(i, { text: String(Math.sin(i)) })),
  )
  truncateSync(cut, 20_000)
  return cut
}

/** A small model whose tokenizer is not what its manifest says. */
function damagedModel(): string {
  const folder = join(FOLDER, 'model')
  const vocabulary = Vocabulary.build([['luật', 'pháp']], { syllableFloor: 1, pairs: 2 })
  writeModel(folder, vocabulary, new Float32Array(vocabulary.size * 8), 8, {})
  appendFileSync(join(folder, 'tokenizer.json'), ' ')
  return folder
}

/** What is given instead of good input, and what is said. */
const BAD: readonly (readonly [why: string, given: () => { corpus?: string; questions?: string; more?: string[] }, said: RegExp])[] = [
  ['no corpus file', () => ({ corpus: join(FOLDER, 'none.jsonl.gz') }), /^Không có tệp kho luật .+none\.jsonl\.gz\.$/u],
  ['a folder as corpus', () => ({ corpus: FOLDER }), /^\S+ không phải là một tệp kho luật\.$/u],
  ['an empty corpus', () => ({ corpus: file('empty.jsonl', '') }), /^Tệp kho luật .+ rỗng\.$/u],
  ['an empty corpus, packed', () => ({ corpus: file('empty.jsonl.gz', '') }), /^Tệp kho luật .+ rỗng\.$/u],
  [
    'gzip by name only',
    () => ({ corpus: file('plain.jsonl.gz', JSON.stringify(LAW[0])) }),
    /^Tệp kho luật .+ mang tên \.gz nhưng không phải là tệp gzip\.$/u,
  ],
  ['gzip without its end', () => ({ corpus: cutOff() }), /^Tệp kho luật .+ bị hỏng hoặc thiếu phần cuối\.$/u],
  [
    'no usable article',
    () => ({ corpus: writeLines(join(FOLDER, 'useless.jsonl'), ['nope', lawLine(1, { doc_no: '' })]) }),
    /^Kho luật .+ không có điều nào dùng được \(2 dòng: 1 sai dạng, 1 không có số hiệu văn bản\)\.$/u,
  ],
  ['no file of questions', () => ({ questions: join(FOLDER, 'none.jsonl') }), /^Không có tệp câu hỏi .+\.$/u],
  ['no question', () => ({ questions: file('empty-q.jsonl', '\n') }), /^Tệp câu hỏi .+ không có câu hỏi nào\.$/u],
  ['a broken question', () => ({ questions: file('bad-q.jsonl', '\n{"id":') }), /bad-q\.jsonl:2: dòng không phải là JSON\.$/u],
  ['a damaged model', () => ({ more: ['--model', damagedModel()] }), /^Tệp tokenizer\.json của mô hình .+ bị hỏng: sai mã kiểm SHA-256\.$/u],
  ['no model', () => ({ more: ['--model', join(FOLDER, 'none')] }), /^Thư mục mô hình .+ thiếu manifest\.json\.$/u],
  ['a limit that is no number', () => ({ more: ['--limit', 'x'] }), /^--limit phải là số nguyên lớn hơn 0, không phải "x"\.$/u],
  ['a limit of half a question', () => ({ more: ['--limit', '0.5'] }), /^--limit phải là số nguyên/u],
  ['no time', () => ({ more: ['--minutes', '0'] }), /^--minutes phải là số lớn hơn 0/u],
  ['an unknown argument', () => ({ more: ['--nope'] }), /^Có tham số không dùng được; cách dùng: npm run bench:retrieval -- .+$/u],
]

describe('input that cannot be used', () => {
  it.each(BAD)('%s', async (_why, given, said) => {
    const { corpus = CORPUS, questions = QUESTIONS, more = [] } = given()
    const read = async () => readInput(readPlan(['--corpus', corpus, '--questions', questions, ...more]))
    const error = await read().catch((thrown: Error) => thrown)
    expect(error).toBeInstanceOf(Error)
    expect((error as Error).message).toMatch(said)
    expect((error as Error).name).toMatch(/^(Input|Questions|Model)Error$/u)
  })

  it('a way of typing that there is not', () =>
    expect(() => readPlan(['--corpus', CORPUS, '--questions', QUESTIONS, '--typed', 'hoa'])).toThrow(
      '--typed phải là một trong clean, half, bare, không phải "hoa".',
    ))

  it.each(['--corpus', '--questions'])('nothing after %s', (name) => {
    const args = ['--corpus', CORPUS, '--questions', QUESTIONS]
    args.splice(args.indexOf(name), 2)
    expect(() => readPlan(args)).toThrow(`Thiếu ${name}; cách dùng:`)
  })
})

const job = (change: Partial<EngineJob> = {}): EngineJob => ({
  engine: 'antam',
  corpus: CORPUS,
  questionFile: QUESTIONS,
  limit: null,
  typed: 'clean',
  folder: join(FOLDER, 'engine'),
  model: SHIPPED_MODEL,
  ...change,
})

describe('one engine in its own process', () => {
  it('is ended when its time is over, and its folder with it', async () => {
    const ended = await runEngine(job(), 1, () => {})
    expect([ended.state, ended.answers.size, existsSync(job().folder)]).toEqual(['unfinished', 0, false])
    const all = new Map([['antam', figuresOf(ended, readQuestions(QUESTIONS))] as const])
    expect(all.get('antam')).toMatchObject({ unfinished: true, questions: 0 })
    expect(troubles(all, 6, 600_000)).toEqual(['An Tâm: chưa xong sau 10 phút, còn đang lập chỉ mục.'])
  })

  it('says why it failed', async () => {
    const failed = await runEngine(job({ engine: 'memoryvectors', model: join(FOLDER, 'none') }), 600_000, () => {})
    expect([failed.state, failed.message]).toEqual(['failed', `Thư mục mô hình ${join(FOLDER, 'none')} thiếu manifest.json.`])
    expect(existsSync(job().folder)).toBe(false)
  })

  it('tells how far it is', async () => {
    const steps: string[] = []
    const done = await runEngine(job({ engine: 'fts5', limit: 2 }), 600_000, (phase, count) => steps.push(`${phase} ${count}`))
    expect([done.state, steps]).toEqual(['done', ['build 12', 'ask 1', 'ask 2']])
  })
})

/** A run with these first articles and times in ms, by question. */
function ranSo(state: EngineRun['state'], ...answers: readonly (readonly [id: string, ms: number])[]): EngineRun {
  const kept = new Map(answers.map(([id, ms], at) => [at, { ids: [id], ms }]))
  return { state, message: undefined, buildSeconds: 2, indexBytes: 3_000_000, peakBytes: 150e6, openSeconds: 0.5, residentBytes: 90e6, answers: kept }
}

describe('the report', () => {
  const right = (i: number) => `${i + 1}/2020/nđ-cp#${i + 2}`
  const questions = () => readQuestions(QUESTIONS).slice(0, 4)

  it('counts what an engine had answered when its time was over', () => {
    const late = figuresOf(ranSo('unfinished', [right(0), 40], ['x#1', 60]), questions())
    expect(late).toMatchObject({ unfinished: true, questions: 2, recall1: 0.5, mrr10: 0.5, p50ms: 40, p95ms: 60 })
    expect(troubles(new Map([['orama', late]]), 4, 90_000)).toEqual([
      'Orama: chưa xong sau 1,5 phút, mới hỏi 2/4 câu (số liệu trong bảng là của các câu đó).',
    ])
  })

  it('compares on the questions that both have answered', () => {
    const ours = ranSo('done', [right(0), 1], [right(1), 1], ['x#1', 1], ['x#1', 2])
    const peer = ranSo('unfinished', [right(0), 50], ['x#1', 100])
    expect(against(ours, peer, 'minisearch', questions())).toBe(
      'So với MiniSearch trên 2 câu: MRR@10 chênh +50,0 điểm [0,0; +100,0], p95 của họ gấp 100,0 lần.',
    )
    expect(against(ours, ranSo('unfinished'), 'orama', questions())).toBeUndefined()
  })

  it('puts engines beside each other, with a dash where there is no figure', () => {
    const ours = figuresOf(ranSo('done', [right(0), 1.5], [right(1), 2]), questions())
    const lines = table(
      new Map([['antam', ours] as const, ['orama', figuresOf({ ...ranSo('failed'), indexBytes: undefined }, questions())] as const]),
    )
    expect(lines[0]).toMatch(/^ +An Tâm +Orama$/u)
    expect(lines).toContainEqual(expect.stringMatching(/^Recall@1 \(%\) +100,0 \[100,0–100,0\] +—$/u))
    expect(lines).toContainEqual(expect.stringMatching(/^p95 mỗi câu \(ms\) +2,00 +—$/u))
    expect(lines).toContainEqual(expect.stringMatching(/^Chỉ mục trên đĩa \(MB\) +3,0 +—$/u))
    expect(new Set(lines.map((line) => line.length)).size).toBe(1)
  })
})
