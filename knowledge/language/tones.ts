/**
 * Restores tone and vowel marks: "toi mua hang bi loi" → "tôi mua hàng bị lỗi".
 *
 * A syllable-trigram language model chooses among the marked forms of each bare syllable: a beam of the best readings by their last two syllables, probabilities interpolated
 * down to single syllables by how often their context was seen (Jelinek & Mercer 1980; weights of contexts after Witten & Bell 1991).
 * Syllables that already carry a mark are kept. The model is a compact file of counts made by `train-tones.ts`:
 *
 *   "ATM2" · header length (u32) · header JSON · log-counts of syllables (u8 each)
 *     · pairs by their first syllable: how many each has (u16), second syllables (u16, rising), log-counts (u8)
 *     · triples by their pair: how many each has (u16), third syllables (u16, rising), log-counts (u8)
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { canonical, fold, hasMarks } from './normalise.ts'

export const SHIPPED_TONES = fileURLToPath(new URL('./tone-model.bin', import.meta.url))

const MAGIC = 'ATM2'
/** At most so much of a probability comes from pairs, and from triples; less where their context is rare. */
const PAIR_WEIGHT = 0.85
const TRIPLE_WEIGHT = 0.8
/** A context seen so often counts half. Chat counts 300 times law in training: one question of ours is no proof. */
const PAIR_DOUBT = 30
const TRIPLE_DOUBT = 100
const FLOOR = 1e-9
const MAX_FORMS = 12
/** Readings kept after each syllable; 24 restored nothing better. */
const BEAM = 12
/** Log-cost of marking a syllable that stands bare in an otherwise marked text, where bare is probably meant. */
const BARE_KEPT = { marked: 4, mixed: 1, bare: 0 } as const

/** A tone model that cannot be used: the file is damaged or of another kind. */
export class ToneModelError extends Error {
  override readonly name = 'ToneModelError'
}

/** Counts of a training run, the content of a model file; syllables by their place in `syllables`. */
export interface ToneCounts {
  readonly syllables: readonly string[]
  readonly unigrams: readonly number[]
  /** Rising by first, then second. */
  readonly bigrams: readonly (readonly [first: number, second: number, count: number])[]
  /** Rising; each begins with a pair of `bigrams`. */
  readonly trigrams: readonly (readonly [first: number, second: number, third: number, count: number])[]
}

/** @returns the bytes of a model file; counts are kept as log2 in eighths. */
export function encodeToneModel({ syllables, unigrams, bigrams, trigrams }: ToneCounts): Uint8Array {
  const contexts = new Map(bigrams.map(([first, second], i) => [first * 65_536 + second, i]))
  const pairs = bigrams.map(([first, second, count]) => ({ context: first, next: second, count }))
  const triples = trigrams.map(([first, second, third, count]) => ({ context: contexts.get(first * 65_536 + second) ?? -1, next: third, count }))
  const body = Buffer.concat([Uint8Array.from(unigrams, quantise), ...followersOf(pairs, syllables.length), ...followersOf(triples, bigrams.length)])
  const words = syllables.join(' ')
  const header = Buffer.from(JSON.stringify({ syllables: words, bigrams: bigrams.length, trigrams: trigrams.length, digest: digestOf(words, body) }))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(header.length)
  return new Uint8Array(Buffer.concat([Buffer.from(MAGIC), length, header, body]))
}

function followersOf(list: readonly { context: number; next: number; count: number }[], contexts: number): Uint8Array[] {
  const lengths = new Uint16Array(contexts)
  for (const { context } of list) {
    if (context < 0) throw new ToneModelError('Một bộ ba âm tiết bắt đầu bằng cặp không có trong mô hình.')
    lengths[context] = (lengths[context] as number) + 1
  }
  const nexts = Uint16Array.from(list, ({ next }) => next)
  return [new Uint8Array(lengths.buffer), new Uint8Array(nexts.buffer), Uint8Array.from(list, ({ count }) => quantise(count))]
}

function digestOf(syllables: string, body: Uint8Array): string {
  return createHash('sha256').update(syllables).update(body).digest('hex')
}

const quantise = (count: number) => Math.min(255, Math.round(8 * Math.log2(Math.max(1, count))))
const amount = (quantised: number) => 2 ** (quantised / 8)

/** What follows each context, and how often. */
class Followers {
  readonly #starts: Uint32Array
  readonly #nexts: Uint16Array
  readonly #counts: Uint8Array

  constructor(bytes: Bytes, contexts: number, size: number) {
    this.#starts = new Uint32Array(contexts + 1)
    bytes.words(contexts).forEach((length, i) => {
      this.#starts[i + 1] = (this.#starts[i] as number) + length
    })
    this.#nexts = bytes.words(size)
    this.#counts = bytes.take(size)
  }

  /** @returns the number of the context made of `context` and `next`; -1 where it was never seen. */
  find(context: number, next: number): number {
    let low = this.#starts[context] as number
    let high = (this.#starts[context + 1] as number) - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const there = this.#nexts[middle] as number
      if (there === next) return middle
      if (there < next) low = middle + 1
      else high = middle - 1
    }
    return -1
  }

  /** @returns how often it was seen. */
  count(found: number): number {
    return found < 0 ? 0 : amount(this.#counts[found] as number)
  }
}

/** Reads a body from front to back. */
class Bytes {
  #at = 0

  constructor(readonly all: Uint8Array) {}

  take(length: number): Uint8Array {
    this.#at += length
    return this.all.slice(this.#at - length, this.#at)
  }

  words(length: number): Uint16Array {
    return new Uint16Array(this.take(2 * length).buffer)
  }
}

/** Words on both sides of one have nothing to do with each other. */
export const PAUSE = /[.,;:!?()\n…"“”]/u

/** A word of the text, and whether something new begins with it. */
interface Token {
  readonly token: string
  readonly opens: boolean
}

/** One reading so far: its last two syllables by number, -1 for one that the model does not know. */
interface Reading {
  readonly form: string
  readonly before: number
  readonly last: number
  readonly score: number
  readonly from: Reading | undefined
}

export class ToneRestorer {
  readonly #ids: ReadonlyMap<string, number>
  readonly #forms = new Map<string, string[]>()
  readonly #unigrams: Float64Array
  readonly #pairs: Followers
  readonly #triples: Followers
  readonly #total: number

  private constructor({ syllables, bigrams, trigrams }: Header, bytes: Bytes) {
    this.#ids = new Map(syllables.map((syllable, id) => [syllable, id]))
    this.#unigrams = Float64Array.from(bytes.take(syllables.length), amount)
    this.#pairs = new Followers(bytes, syllables.length, bigrams)
    this.#triples = new Followers(bytes, bigrams, trigrams)
    this.#total = this.#unigrams.reduce((sum, count) => sum + count, 0)
    const byFrequency = syllables.map((syllable, id) => ({ syllable, count: this.#unigrams[id] as number })).sort((a, b) => b.count - a.count)
    for (const { syllable } of byFrequency) {
      const bare = fold(syllable)
      const forms = this.#forms.get(bare) ?? []
      if (forms.length < MAX_FORMS) this.#forms.set(bare, [...forms, syllable])
    }
  }

  /** Reads a model file. Throws {@link ToneModelError} with one sentence when it is damaged. */
  static load(file: string = SHIPPED_TONES): ToneRestorer {
    const bytes = readFileSync(file)
    if (bytes.subarray(0, 4).toString('latin1') !== MAGIC) throw new ToneModelError(`Tệp ${file} không phải là mô hình khôi phục dấu.`)
    const headerEnd = 8 + bytes.readUInt32LE(4)
    const body = bytes.subarray(headerEnd)
    const header = readHeader(file, bytes.subarray(8, headerEnd))
    if (digestOf(header.syllables.join(' '), body) !== header.digest) throw new ToneModelError(`Tệp ${file} bị hỏng: sai mã kiểm SHA-256.`)
    return new ToneRestorer(header, new Bytes(new Uint8Array(body)))
  }

  /** @returns whether the syllable stands in the model's training text. */
  knows(syllable: string): boolean {
    return this.#ids.has(canonical(syllable))
  }

  /** @returns `text` with bare syllables marked where the model finds it likelier; everything that is not a letter stays as it was. */
  restore(text: string): string {
    const words = [...text.matchAll(/\p{L}+/gu)]
    const ends = words.map((word) => word.index + word[0].length)
    const tokens = words.map((word, i) => ({ token: canonical(word[0]), opens: PAUSE.test(text.slice(ends[i - 1] ?? 0, word.index)) }))
    const forms = this.#best(tokens)
    let out = ''
    let at = 0
    words.forEach((word, i) => {
      out += text.slice(at, word.index) + withCaseOf(word[0], forms[i] as string)
      at = word.index + word[0].length
    })
    return out + text.slice(at)
  }

  #best(tokens: readonly Token[]): string[] {
    const bareCost = BARE_KEPT[markedness(tokens.map(({ token }) => token))]
    let readings: Reading[] = [{ form: '', before: -1, last: -1, score: 0, from: undefined }]
    for (const { token, opens } of tokens) {
      if (opens) readings = [{ ...best(readings), before: -1, last: -1 }]
      const forms = hasMarks(token) ? [token] : [...new Set([token, ...(this.#forms.get(token) ?? [])])]
      readings = forms.flatMap((form) => this.#step(readings, form, form === token ? 0 : bareCost))
      if (readings.length > BEAM) readings = readings.sort((a, b) => b.score - a.score).slice(0, BEAM)
    }
    return unwind(best(readings))
  }

  /** @returns the readings that go on with `form`: of those that end in the same two syllables the best one. */
  #step(readings: readonly Reading[], form: string, cost: number): Reading[] {
    const id = this.#ids.get(form) ?? -1
    const kept = new Map<number, Reading>()
    for (const from of readings) {
      const score = from.score + Math.log(this.#probability(from.before, from.last, id)) - cost
      if (score > (kept.get(from.last)?.score ?? Number.NEGATIVE_INFINITY)) kept.set(from.last, { form, before: from.last, last: id, score, from })
    }
    return [...kept.values()]
  }

  #probability(before: number, last: number, id: number): number {
    if (id < 0) return FLOOR
    const alone = (this.#unigrams[id] as number) / this.#total
    if (last < 0) return alone + FLOOR
    const seen = this.#unigrams[last] as number
    const paired = mixed(this.#pairs.count(this.#pairs.find(last, id)) / seen, alone, PAIR_WEIGHT * sure(seen, PAIR_DOUBT))
    const context = before < 0 ? -1 : this.#pairs.find(before, last)
    if (context < 0) return paired + FLOOR
    const seenTogether = this.#pairs.count(context)
    const triple = Math.min(1, this.#triples.count(this.#triples.find(context, id)) / seenTogether)
    return mixed(triple, paired, TRIPLE_WEIGHT * sure(seenTogether, TRIPLE_DOUBT)) + FLOOR
  }
}

function best(readings: readonly Reading[]): Reading {
  return readings.reduce((most, reading) => (reading.score > most.score ? reading : most))
}

const sure = (seen: number, doubt: number): number => seen / (seen + doubt)
const mixed = (a: number, b: number, share: number): number => share * a + (1 - share) * b

interface Header {
  readonly syllables: readonly string[]
  readonly bigrams: number
  readonly trigrams: number
  readonly digest: string
}

const header = z.object({
  syllables: z.string().transform((words) => words.split(' ')),
  ...{ bigrams: z.number().int().nonnegative(), trigrams: z.number().int().nonnegative(), digest: z.string() },
})

function readHeader(file: string, bytes: Buffer): Header {
  try {
    return header.parse(JSON.parse(bytes.toString('utf8')))
  } catch {
    throw new ToneModelError(`Tệp ${file} bị hỏng: không đọc được phần đầu.`)
  }
}

function markedness(tokens: readonly string[]): keyof typeof BARE_KEPT {
  const share = tokens.filter(hasMarks).length / Math.max(1, tokens.length)
  if (share >= 0.45) return 'marked'
  return share >= 0.15 ? 'mixed' : 'bare'
}

function unwind(last: Reading): string[] {
  const forms: string[] = []
  for (let reading: Reading | undefined = last; reading?.from; reading = reading.from) forms.unshift(reading.form)
  return forms
}

function withCaseOf(original: string, form: string): string {
  if (canonical(original) === form) return original
  if (original === original.toUpperCase() && original.length > 1) return form.toUpperCase()
  return /^\p{Lu}/u.test(original) ? form.charAt(0).toUpperCase() + form.slice(1) : form
}
