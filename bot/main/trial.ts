/** Tries what an officer has written on the saved questions before anybody is answered from it: those of the evaluation's open half, and its own. */
import { createHash } from 'node:crypto'
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Edit, guideFrom } from '../../knowledge/edits.ts'
import type { Library } from '../../knowledge/library.ts'
import { type Day, dayInVietnam } from '../../knowledge/validity.ts'
import { type Row, readHalf } from '../../retrieval/evaluate/rows.ts'
import { judge } from '../../retrieval/evaluate/score.ts'
import type { Outcome } from '../answer/outcome.ts'
import type { Config } from '../config.ts'
import type { Trial, TrialRow } from '../shelf/edit.ts'
import { SHELF_SAYS } from '../wording/shelf.ts'
import { answerRow } from './answer-row.ts'
import { type Assistant, openAssistant, openShelf } from './assistant.ts'

export interface TrialJob {
  readonly kind: 'trial'
  readonly edit: Edit
  /** What is live beside it. */
  readonly live: readonly Edit[]
  /** Of the service: another release answers otherwise. */
  readonly run: string
}
export type TrialSaid = Omit<Trial, 'digest' | 'at'>

const FOLDER = fileURLToPath(new URL('../../test/evaluation', import.meta.url))

/** How one saved question went. */
interface Gone extends TrialRow {
  readonly right: boolean
}

/** @param step told how many questions of how many have been asked */
export async function runTrial(config: Config, job: TrialJob, step: (done: number, total: number) => void): Promise<TrialSaid> {
  const rows = existsSync(join(FOLDER, 'dev.jsonl')) ? readHalf(FOLDER, 'dev').slice(0, config.trialQuestions) : []
  const folder = join(config.dataFolder, 'trial')
  const own = job.edit.kind === 'guide' ? (job.edit.content?.tries ?? []) : []
  const { digest } = openShelf(config.dataFolder, job.live).library
  const kept = keptUnder(join(folder, 'before.json'), keyOf(digest, job, rows))
  const total = rows.length * (kept ? 1 : 2) + own.length
  let done = 0
  const count = () => step(++done, total)
  const before = kept ?? (await withoutIt(config, job, rows, folder, count))
  const others = job.live.filter(({ kind, key }) => kind !== job.edit.kind || key !== job.edit.key)
  const assistant = await openBeside(config, [...others, job.edit], join(folder, 'after'))
  const after = await asked(assistant, rows, count)
  return { library: digest, ...compared(before, after), own: await ownQuestions(assistant, job.edit, own, count) }
}

/** How the saved questions go as things are: the same until the library or the day changes, or another release is started. */
async function withoutIt(config: Config, job: TrialJob, rows: readonly Row[], folder: string, count: () => void): Promise<readonly Gone[]> {
  const assistant = await openBeside(config, job.live, join(folder, 'before'))
  const gone = await asked(assistant, rows, count)
  writeFileSync(join(folder, 'before.json'), JSON.stringify({ key: keyOf(assistant.library.digest, job, rows), gone }))
  return gone
}

function keyOf(digest: string, { run }: TrialJob, rows: readonly Row[]): string {
  return createHash('sha256').update(`${digest} ${today()} ${run}`).update(JSON.stringify(rows)).digest('hex')
}

/** With an index of its own: the service's is its own to write. */
function openBeside(config: Config, edits: readonly Edit[], indexIn: string): Promise<Assistant> {
  mkdirSync(indexIn, { recursive: true })
  seed(config.dataFolder, indexIn)
  return openAssistant(config, { edits, indexIn })
}

/** What is in the service's own index need not be embedded once more. */
function seed(dataFolder: string, folder: string): void {
  const [from, to] = [join(dataFolder, 'index', 'library'), join(folder, 'index', 'library')]
  if (existsSync(from) && !existsSync(to)) cpSync(from, to, { recursive: true })
}

function compared(before: readonly Gone[], after: readonly Gone[]): Omit<TrialSaid, 'own' | 'library'> {
  const plain = ({ question, answer }: Gone): TrialRow => ({ question, answer })
  return {
    ...{ asked: after.length, before: before.filter(({ right }) => right).length, after: after.filter(({ right }) => right).length },
    lost: after.filter(({ right }, i) => !right && before[i]?.right).map(plain),
    won: after.filter(({ right }, i) => right && !before[i]?.right).map(plain),
  }
}

function keptUnder(file: string, key: string): readonly Gone[] | undefined {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as { readonly key: string; readonly gone: readonly Gone[] }
    return kept.key === key ? kept.gone : undefined
  } catch {
    // Not there, or cut off by a power cut: asked again.
    return undefined
  }
}

async function asked(assistant: Assistant, rows: readonly Row[], count: () => void): Promise<Gone[]> {
  const gone: Gone[] = []
  for (const { question, expect, asOf = today(), audience } of rows) {
    const outcome = await assistant.answer({ text: question, asOf, ...(audience ? { audience } : {}) })
    const verdict = judge(answerRow(outcome, asOf), expect)
    const sourced = expect.anyOf.length === 0 || verdict.anyArticle
    gone.push({ question, answer: inShort(outcome), right: verdict.status && sourced && verdict.mention && !verdict.forbidden })
    count()
  }
  return gone
}

const today = (): Day => dayInVietnam(new Date())

/** Its own questions are right when it is the guide that speaks. */
async function ownQuestions(assistant: Assistant, edit: Edit, tries: readonly string[], count: () => void): Promise<TrialSaid['own']> {
  const sentences = sentencesOf(assistant.library, edit)
  const gone: Gone[] = []
  for (const question of tries) {
    const outcome = await assistant.answer({ text: question, asOf: today() })
    const text = answerRow(outcome, today()).text
    gone.push({ question, answer: inShort(outcome), right: sentences.some((sentence) => text.includes(sentence)) })
    count()
  }
  return gone
}

function sentencesOf(library: Library, edit: Edit): readonly string[] {
  if (edit.kind !== 'guide' || !edit.content) return []
  const made = guideFrom(edit.key, edit.content, library.guides.get(edit.key))
  return 'faults' in made ? [] : [...made.firstAid, ...made.answer].map(({ text }) => text)
}

function inShort({ kind, citations }: Outcome): string {
  const basis = citations.slice(0, 2).map(({ label }) => label)
  if (basis.length > 0) return SHELF_SAYS.answeredBy(basis.join('; '))
  return kind === 'answered' ? SHELF_SAYS.answeredOtherwise : SHELF_SAYS.unanswered
}
