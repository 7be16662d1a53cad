/** Joins the rooms into one assistant: library, retrieval and language tools, opened once for a process. */
import { basename, join } from 'node:path'
import { StorageError } from '../../adapters/storage/database.ts'
import { type Edit, type Edited, glossaryWith, readEdits, withEdits } from '../../knowledge/edits.ts'
import { loadGlossary } from '../../knowledge/glossary.ts'
import { Versions, VersionsDamaged } from '../../knowledge/ingest/versions.ts'
import { repairText } from '../../knowledge/language/repair.ts'
import { syllables } from '../../knowledge/language/syllables.ts'
import { ToneModelError, ToneRestorer } from '../../knowledge/language/tones.ts'
import { CONTENT, ContentError, type Library, loadLibrary } from '../../knowledge/library.ts'
import { readSourceDigests, withPublished } from '../../knowledge/overlay.ts'
import { confidence } from '../../retrieval/confidence.ts'
import type { ModelChoice } from '../../retrieval/embedder.ts'
import type { Engine } from '../../retrieval/engine.ts'
import type { Entry } from '../../retrieval/entries.ts'
import { ModelError } from '../../retrieval/model/files.ts'
import { type BuildProgress, type OpenOptions, openEngine } from '../../retrieval/open.ts'
import { answer, type Hooks } from '../answer/answer.ts'
import type { Outcome } from '../answer/outcome.ts'
import type { Asked, Tools } from '../answer/turn.ts'
import { type Config, ConfigError, type EmbeddingSetting, readConfig } from '../config.ts'
import { AnswererBroken } from './answerer.ts'
import { Refused } from './office.ts'

export interface Assistant {
  /** The library without what the office has written. */
  readonly base: Library
  readonly library: Library
  /** What of it could not be laid over, with why. */
  readonly faulty: Edited['faulty']
  readonly engine: Engine
  readonly tools: Tools
  answer(asked: Asked, hooks?: Hooks): Promise<Outcome>
}

/** How an assistant is opened otherwise than for serving. */
export interface AssistantOptions {
  readonly progress?: BuildProgress | undefined
  /** Entries that stand beside the shelf, for measuring. */
  readonly extra?: readonly Entry[] | undefined
  /** What puts the candidates in order instead of what ships. */
  readonly order?: OpenOptions['order'] | undefined
  /** What the office has written, instead of what is live. */
  readonly edits?: readonly Edit[] | undefined
  /** Where the index lies instead of in the data folder. */
  readonly indexIn?: string | undefined
}

/** Opens the assistant. Throws ContentError, ModelError or ToneModelError, each with sentences for the operator. */
export async function openAssistant(config: Config, { progress, extra, order, edits, indexIn }: AssistantOptions = {}): Promise<Assistant> {
  const { base, library, faulty } = openShelf(config.dataFolder, edits)
  const tones = ToneRestorer.load()
  const engine = await openEngine(library, {
    dataFolder: indexIn ?? config.dataFolder,
    ...(config.embedding ? { model: modelChoice(config.embedding) } : {}),
    ...(progress ? { progress } : {}),
    ...(extra ? { extra } : {}),
    ...(order ? { order } : {}),
  })
  const tools: Tools = {
    library,
    search: (query, limit, allowed, asker) => engine.search(query, limit, allowed, asker),
    near: (query, limit) => engine.near(query, limit),
    confidence,
    nearness: (query, text) => engine.nearness(query, text),
    repair: (text) => repairText(text, tones),
    vietnamese: (text) => shareKnown(text, tones),
  }
  return { base, library, faulty, engine, tools, answer: (asked, hooks) => answer(asked, tools, hooks) }
}

/** @returns the library of the repository with what the association has taken in and written laid over it. */
export function openLibrary(dataFolder: string): Library {
  return openShelf(dataFolder).library
}

/** @returns the library without and with what the office has written itself, and what of that could not be laid over. */
export function openShelf(dataFolder: string, edits: readonly Edit[] = readEdits(dataFolder)): Edited & { readonly base: Library } {
  const base = withPublished(
    loadLibrary(CONTENT, { cache: join(dataFolder, 'index', 'library.bin') }),
    new Versions(join(dataFolder, 'knowledge')).allPublished(),
    readSourceDigests(),
    glossaryWith(loadGlossary(), edits),
  )
  return { base, ...withEdits(base, edits) }
}

function shareKnown(text: string, tones: ToneRestorer): number {
  const words = syllables(text).filter((word) => /\p{L}/u.test(word))
  return words.length === 0 ? 1 : words.filter((word) => tones.knows(word)).length / words.length
}

/** @returns the configured model in the form that the retrieval room reads. */
export function modelChoice(setting: EmbeddingSetting): ModelChoice {
  const { folder, ...rest } = setting
  return { folder, identity: { model: basename(folder), ...rest, input: 'plain' } }
}

/** Runs a command's main function; what an operator can mend is one sentence and exit code 1, not a stack. */
export async function runCommand(main: (config: Config) => Promise<void>): Promise<void> {
  try {
    await main(readConfig(process.env))
  } catch (error) {
    console.error(isMendable(error) ? error.message : error)
    process.exitCode = 1
  }
}

/** Faults that an operator can mend: their message is a sentence. */
export function isMendable(error: unknown): error is Error {
  return [ConfigError, ContentError, ModelError, ToneModelError, StorageError, AnswererBroken, VersionsDamaged, Refused].some(
    (kind) => error instanceof kind,
  )
}
