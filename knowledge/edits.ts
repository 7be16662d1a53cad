/**
 * What the office writes itself: guides and words of the glossary, laid over those of the repository. One that is laid over a guide of the repository
 * replaces it; a later release that changes the same guide does not, but is told of.
 */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { parsePointer, pointerId } from './citation.ts'
import { figuresIn } from './figures.ts'
import { checkGlossary, everydayWordsFor, type Glossary } from './glossary.ts'
import { canonical } from './language/normalise.ts'
import { fullText, type Library } from './library.ts'
import { guideFaults } from './proofs.ts'
import { AUDIENCES, GUIDE_KINDS, type Guide, guideParts, type Question, type Statement, scamIsWhole, statement, TOPICS } from './schema.ts'
import { readSealed, writeSealed } from './sealed-file.ts'

const MOST = { line: 2_000, lines: 40, word: 80, words: 20 } as const
const line = z.string().trim().min(1).max(MOST.line)
const lines = z.array(line).max(MOST.lines)
/** What is said, and the clauses that it rests on; practical advice rests on none. */
const said = z.strictObject({ text: line, cites: z.array(z.string().max(100)).max(20) })
const saids = z.array(said).max(MOST.lines)

/** A guide as somebody writes it: pointers and questions as plain text, in the order of its parts. */
export const guideContent = z.strictObject({
  kind: z.enum(GUIDE_KINDS),
  title: line,
  audience: z.array(z.enum(AUDIENCES)).min(1),
  topics: z.array(z.enum(TOPICS)).min(1),
  ...{ signs: saids, firstAid: saids, answer: saids, conditions: saids, steps: saids },
  evidence: lines,
  /** As people ask: it is found by these. */
  questions: lines,
  /** As people ask too, but kept apart: it is tried on these, and never found by them. */
  tries: lines,
})
export type GuideContent = z.output<typeof guideContent>

const term = z.string().trim().min(2).max(MOST.word)
const terms = z.array(term).min(1).max(MOST.words)
/** Words that mean the same: as the law says it, as people say it. */
export const wordContent = z.strictObject({ legal: terms, everyday: terms })
export type WordContent = z.output<typeof wordContent>

export const GUIDE_ID = /^[a-z0-9-]{3,80}$/

const keyed = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('guide'), key: z.string().regex(GUIDE_ID), content: guideContent.nullable() }),
  z.strictObject({ kind: z.literal('word'), key: term, content: wordContent.nullable() }),
])

/** @returns the key of an entry of the glossary: its first word of the law, however it is written. */
export const wordKey = (legal: string): string => canonical(legal)

/** One thing that the office has written. `content` null: what stands under that key is taken off the shelf. */
export const editSchema = keyed.refine((edit) => edit.kind !== 'word' || edit.key === wordKey(edit.content?.legal[0] ?? edit.key), {
  path: ['content', 'legal'],
})
export type Edit = z.output<typeof editSchema>

/** @returns a guide in the form in which it is edited. */
export function contentOf(given: Guide): GuideContent {
  const plain = (list: readonly Statement[]) => list.map(({ text, cites }) => ({ text, cites: cites.map(pointerId) }))
  const { kind, title, audience, topics, signs, firstAid, answer, conditions, steps, evidence, questions } = given
  return {
    ...{ kind, title, audience, topics, evidence },
    ...{ signs: plain(signs), firstAid: plain(firstAid), answer: plain(answer), conditions: plain(conditions), steps: plain(steps) },
    questions: questions.map(({ text }) => text),
    tries: [],
  }
}

/** Fewer ways of asking are too few to be found by. */
const LEAST_QUESTIONS = 3
const FEW = `cần ít nhất ${LEAST_QUESTIONS} câu hỏi theo cách người dân hay hỏi`
const editedGuide = guideParts
  .extend({
    questions: z.array(z.string()).min(LEAST_QUESTIONS, FEW),
    firstAid: z.array(statement).max(5, 'nhiều nhất 5 việc, để người đang hoảng còn đọc hết'),
    answer: z.array(statement).min(1, 'cần ít nhất một câu').max(5, 'nhiều nhất 5 câu'),
    steps: z.array(statement).min(1, 'cần ít nhất một bước'),
  })
  .refine(scamIsWhole, 'hướng dẫn về lừa đảo phải có dấu hiệu nhận biết và việc cần làm ngay')

/**
 * @param before the guide that it stands in for: a question that was asked there in a voice keeps it
 * @returns the guide, or every fault in one sentence
 */
export function guideFrom(id: string, content: GuideContent, before?: Guide): Guide | { readonly faults: readonly string[] } {
  const { tries: _, questions, ...rest } = content
  const raw = (list: GuideContent['answer']) => list.map(({ text, cites }) => (cites.length > 0 ? { text, cites } : { advice: text }))
  const parts = {
    ...{ signs: raw(rest.signs), firstAid: raw(rest.firstAid), answer: raw(rest.answer) },
    ...{ conditions: raw(rest.conditions), steps: raw(rest.steps) },
  }
  const all = [rest.signs, rest.firstAid, rest.answer, rest.conditions, rest.steps].flat()
  const faults = all.flatMap(({ cites }) => cites.filter((cite) => !isPointer(cite))).map((cite) => `"${cite}" không chỉ tới điều khoản nào.`)
  if (faults.length > 0) return { faults }
  const read = editedGuide.safeParse({ id, ...rest, ...parts, questions, figures: all.flatMap(({ text }) => figuresIn(text)) })
  if (!read.success) return { faults: read.error.issues.map(({ path, message }) => `${partOf(path)}: ${message}`) }
  return { ...read.data, questions: questions.map((text) => voiced(text, before)) } as Guide
}

function isPointer(text: string): boolean {
  try {
    parsePointer(text)
    return true
  } catch {
    return false
  }
}

const PARTS: Readonly<Record<string, string>> = {
  ...{ title: 'Tên', audience: 'Dành cho', topics: 'Chủ đề', signs: 'Dấu hiệu', firstAid: 'Việc cần làm ngay', answer: 'Trả lời' },
  ...{ conditions: 'Điều kiện', steps: 'Các bước', evidence: 'Bằng chứng', questions: 'Câu hỏi', kind: 'Loại', id: 'Mã' },
}
const partOf = ([first, place]: readonly PropertyKey[]) =>
  `${PARTS[String(first)] ?? 'Hướng dẫn'}${typeof place === 'number' ? ` (mục ${place + 1})` : ''}`

function voiced(text: string, before: Guide | undefined): Question {
  const plain = text.normalize('NFC').replace(/\s+/g, ' ')
  return before?.questions.find((one) => one.text === plain) ?? { voice: 'officer', text: plain }
}

/** What the library became, and which edits could not be laid over it, with why. */
export interface Edited {
  readonly library: Library
  readonly faulty: readonly { readonly key: string; readonly faults: readonly string[] }[]
}

/** @returns `library` with `edits` laid over it. One that cannot be read, or rests on law that is not there (any more), is left out: the others, and everybody's answers, must not fall with it. */
export function withEdits(library: Library, edits: readonly Edit[]): Edited {
  if (edits.length === 0) return { library, faulty: [] }
  const guides = new Map(library.guides)
  const faulty: Edited['faulty'][number][] = []
  for (const edit of edits.filter((one) => one.kind === 'guide')) {
    const made = edit.content && soundGuide(library, edit.key, edit.content)
    if (made === null) guides.delete(edit.key)
    else if ('faults' in made) faulty.push({ key: edit.key, faults: made.faults })
    else guides.set(edit.key, made)
  }
  const digest = createHash('sha256').update(library.digest).update(JSON.stringify(edits)).digest('hex')
  return { library: withWords({ ...library, guides, digest }, edits), faulty }
}

function soundGuide(library: Library, key: string, content: GuideContent): ReturnType<typeof guideFrom> {
  const made = guideFrom(key, content, library.guides.get(key))
  if ('faults' in made) return made
  const faults = restsOnLaw(library, made)
  return faults.length > 0 ? { faults } : made
}

const restsOnLaw = (library: Library, made: Guide): readonly string[] => guideFaults(library, made).map((fault) => fault.slice(made.id.length + 2))

/** Everyday words stand beside every clause and guide that uses the law's word for it; a clause that nobody has restated has had its own from the whole glossary. */
function withWords(library: Library, edits: readonly Edit[]): Library {
  const words = wordsOf(edits)
  if (words.length === 0) return library
  const beside = <T extends Everyday>(one: T, text: string): T => {
    const found = everydayWordsFor(text, { words, names: [] })
    return found.length === 0 ? one : { ...one, everyday: [...(one.everyday ?? []), ...found] }
  }
  const provisions = new Map(
    [...library.provisions].map(([id, p]) => [id, p.verbatimOnly ? p : beside(p, `${p.heading} ${p.title} ${fullText(p)}`)] as const),
  )
  const articles = new Map([...library.articles].map(([key, list]) => [key, list.map((p) => provisions.get(p.id) ?? p)]))
  const guides = new Map([...library.guides].map(([id, g]) => [id, beside(g, [g.title, ...g.answer.map(({ text }) => text)].join(' '))]))
  return { ...library, provisions, articles, guides }
}

interface Everyday {
  readonly everyday?: readonly string[]
}

const wordsOf = (edits: readonly Edit[]): WordContent[] => edits.flatMap((edit) => (edit.kind === 'word' && edit.content ? [edit.content] : []))

/** @returns the glossary with what the office has written: an entry under the same first word of the law stands in for the one that ships. */
export function glossaryWith(glossary: Glossary, edits: readonly Edit[]): Glossary {
  const keys = new Set(edits.flatMap(({ kind, key }) => (kind === 'word' ? [key] : [])))
  return { ...glossary, words: [...glossary.words.filter(({ legal }) => !keys.has(wordKey(legal[0] ?? ''))), ...wordsOf(edits)] }
}

/**
 * @param glossary without it
 * @returns what stands in the way of an edit, one sentence each; none where it may be laid over `library`, which is the library without it
 */
export function checkEdit(library: Library, edit: Edit, glossary: Glossary = { words: [], names: [] }): readonly string[] {
  if (edit.kind === 'word') return edit.content ? checkWord(edit.content, glossaryWith(glossary, [edit])) : []
  const before = library.guides.get(edit.key)
  if (edit.content === null) return before ? [] : ['Không có hướng dẫn nào mang mã này để gỡ.']
  const made = guideFrom(edit.key, edit.content, before)
  if ('faults' in made) return made.faults
  return [...restsOnLaw(library, made), ...askedElsewhere(library, made), ...triedByItself(edit.content)]
}

/** The glossary as it would be keeps its own rule: no form stands under two entries. */
function checkWord({ legal, everyday }: WordContent, glossary: Glossary): readonly string[] {
  const law = new Set(legal.map(canonical))
  const both = everyday.filter((form) => law.has(canonical(form))).map((form) => `"${form}" đứng ở cả hai bên.`)
  return [...both, ...checkGlossary(glossary).map((fault) => fault.replace(/^glossary\.yaml: /, ''))]
}

/** Two guides that answer to the same words take turns at chance. */
function askedElsewhere(library: Library, made: Guide): string[] {
  const others = [...library.guides.values()].filter(({ id }) => id !== made.id)
  const owner = new Map(others.flatMap(({ title, questions }) => questions.map(({ text }) => [canonical(text), title] as const)))
  return made.questions.flatMap(({ text }) => {
    const other = owner.get(canonical(text))
    return other === undefined ? [] : [`Câu hỏi "${text}" đã có ở hướng dẫn "${other}".`]
  })
}

function triedByItself({ questions, tries }: GuideContent): string[] {
  const asked = new Set(questions.map(canonical))
  return tries
    .filter((text) => asked.has(canonical(text)))
    .map((text) => `Câu thử "${text}" trùng với câu hỏi của chính hướng dẫn: thử vậy không nói lên gì.`)
}

/** @returns a digest of what a guide says, by which a later change of it is noticed; null where there is none. */
export function guideDigest(given: Guide | undefined): string | null {
  return given ? createHash('sha256').update(JSON.stringify(given)).digest('base64url').slice(0, 22) : null
}

/** @returns the same of an entry of the glossary. */
export function wordDigest(content: WordContent): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('base64url').slice(0, 22)
}

const fileOf = (dataFolder: string) => join(dataFolder, 'knowledge', 'edits.bin')
const kept = z.array(editSchema)

/** Keeps what is live, for whoever opens the library. */
export function writeEdits(dataFolder: string, edits: readonly Edit[]): void {
  writeSealed(fileOf(dataFolder), [Buffer.from(JSON.stringify(edits))])
}

/** @returns what is live; nothing where no file can be read: the service writes it again at its start. */
export function readEdits(dataFolder: string): readonly Edit[] {
  const bytes = readSealed(fileOf(dataFolder))
  if (typeof bytes === 'string') return []
  const read = kept.safeParse(JSON.parse(bytes.toString('utf8')))
  return read.success ? read.data : []
}
