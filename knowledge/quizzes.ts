/**
 * Short quizzes for officers, sellers and buyers, as reviewed data: every right answer rests on clauses, every wrong one says why it is wrong. A seal per
 * question holds the digest of the words of the clauses that it was written from: where they say something else by now, the question is not asked.
 */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { pointer, pointerFaults, readData } from './agencies.ts'
import { type Pointer, pointerId } from './citation.ts'
import { type Citation, cite } from './cite.ts'
import { figuresIn, standsIn } from './figures.ts'
import { clausesOf, type LawTexts } from './law-texts.ts'
import { CONTENT, fullText, type Library, resolve } from './library.ts'
import { wordsDigest } from './overlay.ts'
import { type CitationRow, longestCommonRun } from './proofs.ts'
import { type Day, pointerInForce } from './validity.ts'

export const QUIZ_AUDIENCES = ['officer', 'seller', 'consumer'] as const
export type QuizAudience = (typeof QUIZ_AUDIENCES)[number]

const FOLDER = 'quizzes'
const SEALS = 'quiz-seals.json'
/** The longest run of syllables that a sentence may share with the law. */
const COPY_LIMIT = 20

const text = z
  .string()
  .trim()
  .min(1)
  .transform((value) => value.normalize('NFC').replace(/\s+/g, ' '))
const id = z.string().regex(/^[a-z0-9-]+$/)

/** `right: …`, or `wrong: …` with `why: …`. */
const answer = z
  .strictObject({ right: text.optional(), wrong: text.optional(), why: text.optional() })
  .transform(({ right, wrong, why }, context) => {
    const fault = (message: string) => {
      context.addIssue({ code: 'custom', message })
      return z.NEVER
    }
    if ((right === undefined) === (wrong === undefined)) return fault('mỗi phương án có đúng một trong hai: right hoặc wrong')
    if (right !== undefined)
      return why === undefined ? { text: right, right: true, why: '' } : fault('phương án đúng không có why: lời giải thích nằm ở because')
    return why === undefined ? fault('phương án sai phải có why: vì sao chưa đúng') : { text: wrong as string, right: false, why }
  })

const question = z.strictObject({
  id,
  ask: text,
  answers: z
    .array(answer)
    .min(3)
    .max(5)
    .refine((answers) => answers.filter(({ right }) => right).length === 1, 'mỗi câu có đúng một phương án đúng')
    .refine((answers) => new Set(answers.map((one) => one.text)).size === answers.length, 'hai phương án giống nhau'),
  because: text,
  cites: z.array(pointer).min(1),
})

const file = z.strictObject({
  id,
  audience: z.enum(QUIZ_AUDIENCES),
  title: text,
  about: text,
  /** What to read again, by id. */
  guides: z.array(id).min(1),
  questions: z
    .array(question)
    .min(6)
    .max(12)
    .refine((questions) => new Set(questions.map((one) => one.id)).size === questions.length, 'hai câu cùng mã'),
})

/** One question; `seal` is empty where nobody has sealed it. */
export interface QuizQuestion extends z.output<typeof question> {
  readonly seal: string
}

export interface Quiz extends Omit<z.output<typeof file>, 'questions'> {
  readonly questions: readonly QuizQuestion[]
  /** Of what is asked and of the law that it rests on: another one where a question came, went or was sealed anew, the same after a slip of the pen was mended. */
  readonly version: string
}

export type Quizzes = ReadonlyMap<string, Quiz>

let shipped: Quizzes | undefined

/** Reads the quizzes below `root`; those that ship are read once a process. Throws {@link DirectoryError} where a file is faulty. */
export function loadQuizzes(root: string = CONTENT): Quizzes {
  if (root !== CONTENT) return readQuizzes(root)
  shipped ??= readQuizzes(root)
  return shipped
}

function readQuizzes(root: string): Quizzes {
  const seals = readSeals(root)
  const names = readdirSync(join(root, FOLDER)).filter((name) => name.endsWith('.yaml'))
  const quizzes = names.sort().map((name) => sealed(readData(file, root, join(FOLDER, name)), seals))
  return new Map(quizzes.map((quiz) => [quiz.id, quiz]))
}

function sealed(read: z.output<typeof file>, seals: ReadonlyMap<string, string>): Quiz {
  const questions = read.questions.map((one) => ({ ...one, seal: seals.get(sealName(read.id, one.id)) ?? '' }))
  return { ...read, questions, version: versionOf(questions) }
}

function versionOf(questions: readonly QuizQuestion[]): string {
  const substance = questions.map(({ id: name, answers, seal }) => [name, answers.length, seal])
  return createHash('sha256').update(JSON.stringify(substance)).digest('hex').slice(0, 12)
}

const sealName = (quiz: string, name: string): string => `${quiz}/${name}`

function readSeals(root: string): ReadonlyMap<string, string> {
  return new Map(Object.entries(JSON.parse(readFileSync(join(root, SEALS), 'utf8')) as Record<string, string>))
}

/** @returns the digest of what citations say, in their order; undefined where one points at nothing. */
export function sealOf(citations: readonly (Pick<Citation, 'id' | 'restatement'> | undefined)[]): string | undefined {
  const said = citations.flatMap((citation) => (citation ? [`${citation.id} ${wordsDigest(citation.restatement)}`] : []))
  return said.length < citations.length ? undefined : wordsDigest(said.join(' '))
}

/** @returns the file of seals for `quizzes` as the library stands now, as JSON. */
export function sealsText(quizzes: Quizzes, library: Library): string {
  const seals = [...quizzes.values()].flatMap((quiz) =>
    quiz.questions.flatMap((one) => {
      const seal = sealIn(library, one.cites)
      return seal === undefined ? [] : [[sealName(quiz.id, one.id), seal] as const]
    }),
  )
  return `${JSON.stringify(Object.fromEntries(seals), null, 2)}\n`
}

function sealIn(library: Library, cites: readonly Pointer[]): string | undefined {
  return sealOf(cites.map((one) => cite(library, one)))
}

/** @returns every citation of the quizzes with what rests on it: the right answer and why it is right. */
export function quizRows(quizzes: Quizzes): CitationRow[] {
  return [...quizzes.values()].flatMap(({ id: quiz, questions }) =>
    questions.flatMap(({ id: of, answers, because, cites }) => {
      const said = [...answers.filter(({ right }) => right).map((answer) => answer.text), because].join(' ')
      return cites.map((pointer) => ({ id: `${quiz}/${of}`, ...pointer, text: said }))
    }),
  )
}

/** @returns every fault of `quizzes` on `day`, one sentence each; with `texts` the law itself is looked at too. */
export function checkQuizzes(quizzes: Quizzes, library: Library, day: Day, texts?: LawTexts): string[] {
  return [...quizzes.values()].flatMap((quiz) => [
    ...quiz.guides.filter((guide) => !library.guides.has(guide)).map((guide) => `${quiz.id}: hướng dẫn "${guide}" không có trong thư viện`),
    ...quiz.questions.flatMap((one) => questionFaults(sealName(quiz.id, one.id), one, library, day, texts)),
  ])
}

function questionFaults(place: string, one: QuizQuestion, library: Library, day: Day, texts: LawTexts | undefined): string[] {
  const dangling = one.cites.filter((cited) => resolve(library, cited).length === 0)
  if (dangling.length > 0) return dangling.map((cited) => `${place}: dẫn ${pointerId(cited)} không có trong thư viện`)
  return [
    ...one.cites
      .filter((cited) => !pointerInForce(library, cited, day))
      .map((cited) => `${place}: ${pointerId(cited)} không có hiệu lực vào ngày ${day}`),
    ...(sealIn(library, one.cites) === one.seal
      ? []
      : [`${place}: lời của điều khoản được dẫn đã đổi từ khi viết câu này; đọc lại câu hỏi rồi chạy npm run -s knowledge:quizzes`]),
    ...unsupported(place, one, library),
    ...pointerFaults(library.documents, place, one.cites, texts),
    ...copied(place, one, texts),
  ]
}

/** What is called right, and why the rest is not: figures in it must stand in a clause that is cited. */
function unsupported(place: string, { because, answers, cites }: QuizQuestion, library: Library): string[] {
  const said = [because, ...answers.map(({ right, text: words, why }) => (right ? words : why))].join('\n')
  const scopes = cites.flatMap((cited) => resolve(library, cited).map(fullText))
  return figuresIn(said)
    .filter((figure) => !scopes.some((scope) => standsIn(figure, scope)))
    .map((figure) => `${place}: số liệu "${figure}" không có trong điều khoản được dẫn`)
}

function copied(place: string, { because, answers, cites }: QuizQuestion, texts: LawTexts | undefined): string[] {
  if (!texts) return []
  const said = [because, ...answers.map((one) => one.text)]
  const longest = Math.max(...said.flatMap((words) => cites.map((cited) => longestCommonRun(words, scopeOf(cited, texts)))))
  return longest > COPY_LIMIT ? [`${place}: ${longest} tiếng liền giống hệt nguyên văn, nhiều nhất là ${COPY_LIMIT}`] : []
}

function scopeOf({ document, article, clause }: Pointer, texts: LawTexts): string {
  const whole = texts.get(`${document}#${article}`) ?? ''
  return clause ? (clausesOf(whole).get(clause) ?? '') : whole
}
