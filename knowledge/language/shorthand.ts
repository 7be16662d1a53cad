/**
 * Chat shorthand written out: "shop k trả tiền cho mk" → "shop không trả tiền cho mình". Reversible: every change keeps what stood there.
 *
 *   word ─▶ list (reviewed data, by context where a form has several readings)
 *        └▶ shrunk ("khônggg") ─▶ list
 *        └▶ respelt ("fòng", "rồj", "wên") when that gives a Vietnamese syllable
 *
 * Links, addresses, document numbers, order codes and list letters ("điểm a", "a)") are left alone.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { load } from 'js-yaml'
import { z } from 'zod'
import { bare, overlaps, type Place, placesOf } from './aligned.ts'
import { canonical, hasMarks } from './normalise.ts'
import { remembered } from './remembered.ts'
import { isSyllable } from './syllable-shape.ts'
import type { Change, Rewritten } from './typing.ts'

export { type Change, type Rewritten, repairTyping } from './typing.ts'

const names = z.array(z.string().min(1)).min(1)
const reading = z.strictObject({
  as: z.string().nullable(),
  before: names.optional(),
  after: names.optional(),
  near: names.optional(),
  afterNumber: z.literal(true).optional(),
  beforeNumber: z.literal(true).optional(),
  first: z.literal(true).optional(),
  last: z.literal(true).optional(),
})
const shorthandFile = z.strictObject({
  plain: z.record(z.string(), names),
  letterAfter: names,
  choices: z.array(z.strictObject({ short: names, readings: z.array(reading).min(1) })),
})

type Reading = z.infer<typeof reading>
/** Of the glossary that staff keep this room reads the shorthand; the rest is read by `glossary.ts`. */
const glossaryFile = z.object({ shorthand: shorthandFile })

interface Shorthand {
  readonly readings: ReadonlyMap<string, readonly Reading[]>
  readonly letterAfter: ReadonlySet<string>
  /** Of the first word of each form of several words: how many words the longest of them has. */
  readonly longest: ReadonlyMap<string, number>
}

const SHORTHAND = loadShorthand(fileURLToPath(new URL('../content/glossary.yaml', import.meta.url)))

/** Reads the reviewed list; throws when it has another shape or gives one short form twice. */
function loadShorthand(file: string): Shorthand {
  const { plain, letterAfter, choices } = glossaryFile.parse(load(readFileSync(file, 'utf8'))).shorthand
  const pairs = Object.entries(plain).flatMap(([full, shorts]) => shorts.map((short) => [canonical(short), [{ as: full }]] as const))
  const chosen = choices.flatMap(({ short, readings }) => short.map((form) => [canonical(form), readings] as const))
  const readings = new Map<string, readonly Reading[]>()
  for (const [short, list] of [...pairs, ...chosen]) {
    if (readings.has(short)) throw new Error(`glossary.yaml, shorthand: "${short}" đứng hai lần`)
    readings.set(short, list)
  }
  return { readings, letterAfter: new Set(letterAfter), longest: longestOf(readings.keys()) }
}

function longestOf(forms: Iterable<string>): Map<string, number> {
  const longest = new Map<string, number>()
  for (const words of [...forms].map((form) => form.split(' ')))
    if (words.length > 1) longest.set(words[0] as string, Math.max(words.length, longest.get(words[0] as string) ?? 0))
  return longest
}

/** @returns every short form of the list, for tests and counts. */
export const shortForms = (): string[] => [...SHORTHAND.readings.keys()]

/** @returns `text` with shorthand written out; `index` of a change is its place in `text` as given. Never throws. */
export function expandShorthand(text: string): Rewritten {
  const words = wordsOf(text)
  const changed: Change[] = []
  for (let i = 0; i < words.length; ) {
    const change = readAt(text, words, i)
    if (change) changed.push(change.change)
    i += change?.words ?? 1
  }
  return { text: apply(text, changed), changed }
}

/** @returns the text as it was before {@link expandShorthand} or `repairTyping` rewrote it. */
export function undoRewriting({ text, changed }: Rewritten): string {
  return changed.reduce((before, { from, to, index }) => before.slice(0, index) + from + before.slice(index + to.length), text)
}

function apply(text: string, changed: readonly Change[]): string {
  let out = ''
  let at = 0
  for (const { from, to, index } of changed) {
    out += text.slice(at, index) + to
    at = index + from.length
  }
  return out + text.slice(at)
}

// --- words and what stands around them ---

interface Word extends Place {
  readonly text: string
  /** In lower case with one tone placement. */
  readonly form: string
  /** Begins (ends) its clause: nothing or punctuation stands before (behind). */
  readonly first: boolean
  readonly last: boolean
  readonly protected: boolean
}

const WORD = /[\p{L}\p{M}\p{N}]+/gu
/** Links, mail addresses, mentions, domains, document numbers, words tied by - / _ & ', list letters. */
const PROTECTED: readonly RegExp[] = [
  /(?:https?:\/\/|www\.)\S+/giu,
  /[\p{L}\d._%+-]+@[\p{L}\d.-]+/gu,
  /[@#][\p{L}\p{M}\d_.]+/gu,
  /[\p{L}\d-]+\.(?:com|vn|net|org|io|me|ly|info|shop|xyz|top|cc|link|store|app|gov|edu)(?![\p{L}\p{M}\p{N}])\S*/giu,
  /\d+\/\d{4}(?:\/[\p{L}\d-]+)?/gu,
  /[\p{L}\p{M}\p{N}]+(?:[-_&'’/][\p{L}\p{M}\p{N}]+)+/gu,
  /(?<![\p{L}\p{M}\p{N}])\p{L}\)/gu,
  /(?<=^|\n)\s*\p{L}\.(?=\s)/gu,
]
function wordsOf(text: string): Word[] {
  const guarded = PROTECTED.flatMap((pattern) => placesOf(pattern, text))
  const places = placesOf(WORD, text)
  return places.map((place, i) => ({
    ...place,
    text: text.slice(place.start, place.end),
    form: formOf(text.slice(place.start, place.end)),
    first: parted(text.slice(places[i - 1]?.end ?? place.start, place.start)) || i === 0,
    last: i === places.length - 1 || parted(text.slice(place.end, places[i + 1]?.start ?? place.end)),
    protected: guarded.some((guard) => overlaps(guard, place)),
  }))
}

/** A language has few words: most of a text has been looked at before. */
const formOf = remembered(canonical)

const parted = (gap: string): boolean => /[^\s~*"'“”‘’]/u.test(gap)

// --- reading ---

function readAt(text: string, words: readonly Word[], at: number): { change: Change; words: number } | undefined {
  const longest = SHORTHAND.longest.get(words[at]?.form ?? '') ?? 1
  for (let length = Math.min(longest, words.length - at); length >= 1; length--) {
    const run = words.slice(at, at + length)
    const to = run.some((word) => word.protected) ? undefined : readRun(text, words, at, run)
    if (to !== undefined) return { change: changeOf(text, run, to), words: length }
  }
  return undefined
}

function changeOf(text: string, run: readonly Word[], to: string): Change {
  const [first, last] = [run[0] as Word, run.at(-1) as Word]
  const capital = first.first && /^\p{Lu}/u.test(first.text)
  return { from: text.slice(first.start, last.end), to: capital ? to.charAt(0).toUpperCase() + to.slice(1) : to, index: first.start }
}

function readRun(text: string, words: readonly Word[], at: number, run: readonly Word[]): string | undefined {
  if (run.length > 1) return connected(text, run) ? listed(run.map((word) => word.form).join(' '), words, at, run.length) : undefined
  const { form, text: written, first } = run[0] as Word
  if (form.length === 1 && /\p{Lu}/u.test(written) && !first) return undefined
  if (form.length === 1 && SHORTHAND.letterAfter.has(neighbour(words, at, -1))) return undefined
  return SHORTHAND.readings.has(form) ? listed(form, words, at, 1) : derived(form, words, at)
}

const connected = (text: string, run: readonly Word[]): boolean => run.slice(1).every((word, i) => /^\s+$/.test(text.slice(run[i]?.end, word.start)))

function listed(form: string, words: readonly Word[], at: number, length: number): string | undefined {
  return SHORTHAND.readings.get(form)?.find((option) => holds(option, words, at, length))?.as ?? undefined
}

function holds(option: Reading, words: readonly Word[], at: number, length: number): boolean {
  const before = neighbour(words, at, -1)
  const after = neighbour(words, at + length - 1, 1)
  return (
    (!option.before || option.before.includes(before)) &&
    (!option.after || option.after.includes(after)) &&
    (!option.near || option.near.some((name) => nearby(words, at).includes(name))) &&
    (!option.afterNumber || /^\d/.test(before)) &&
    (!option.beforeNumber || /^\d/.test(after)) &&
    (!option.first || words[at]?.first === true) &&
    (!option.last || words[at + length - 1]?.last === true)
  )
}

/** The word beside, without marks, within the same clause; empty when the clause begins or ends here. */
function neighbour(words: readonly Word[], at: number, step: 1 | -1): string {
  const edge = step < 0 ? words[at]?.first : words[at]?.last
  return edge ? '' : bare(words[at + step]?.form ?? '')
}

const NEAR = 4
const nearby = (words: readonly Word[], at: number): string[] =>
  words.slice(Math.max(0, at - NEAR), at + NEAR + 1).flatMap((word, i) => (i === Math.min(at, NEAR) ? [] : [bare(word.form)]))

// --- forms that no list can hold ---

function derived(form: string, words: readonly Word[], at: number): string | undefined {
  if (/\d/.test(form)) return undefined
  const short = shrunk(form)
  if (short !== form && SHORTHAND.readings.has(short)) return listed(short, words, at, 1)
  const spelt = (isName(words[at]) ? undefined : respelt(short)) ?? short
  return spelt === form || (spelt === short && !isKnownSyllable(short)) ? undefined : spelt
}

/** "(Hồng) Kông", "Kông (Chro)": a capital that opens no clause. */
const isName = (word: Word | undefined): boolean => word !== undefined && !word.first && /^\p{Lu}/u.test(word.text)

/** "khônggg" → "không", "quáaa" → "quá", "rồii" → "rồi". Laughter ("kkkk", "hahaha"), numerals ("iii") and English ("free") stay. */
const shrunk = remembered((form: string): string => {
  if (/^(.)\1*$/u.test(form) || /^[ivxlcm]+$/.test(form) || isSyllable(form)) return form
  const long = form.replace(/(\p{L})\1{2,}/gu, '$1')
  const end = long.match(/(\p{L})(\p{L}+)$/u) && trailing(long)
  return end && (hasMarks(long) || long !== form) ? end : long
})

/** @returns the word without letters at its end that repeat the one before them, marks aside: "quáa" → "quá"; undefined when none does. */
function trailing(form: string): string | undefined {
  let end = form.length
  while (end > 1 && bare(form[end - 1] as string) === bare(form[end - 2] as string)) end--
  return end < form.length ? form.slice(0, end) : undefined
}

const SPELLINGS: readonly (readonly [pattern: RegExp, by: string])[] = [
  [/^f/, 'ph'],
  [/^w/, 'qu'],
  [/^z/, 'd'],
  [/^dz/, 'd'],
  [/^j/, 'gi'],
  [/^k(?=[aăâoôơuưáàảãạắằẳẵặấầẩẫậóòỏõọốồổỗộớờởỡợúùủũụứừửữự])/, 'c'],
  [/j$/, 'i'],
]

const isKnownSyllable = remembered(isSyllable)

/** "fòng" → "phòng", "wên" → "quên", "rồj" → "rồi": only words with marks, since "fan", "win" and "zoom" are words too. */
const respelt = remembered((form: string): string | undefined => {
  if (!hasMarks(form) || isSyllable(form)) return undefined
  let spelt = form
  for (const [pattern, by] of SPELLINGS) spelt = spelt.replace(pattern, by)
  return spelt !== form && isSyllable(spelt) ? canonical(spelt) : undefined
})
