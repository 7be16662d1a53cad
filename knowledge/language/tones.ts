/**
 * Restores tone and vowel marks: "toi mua hang bi loi" → "tôi mua hàng bị lỗi".
 *
 * A syllable-bigram language model chooses among the marked forms of each bare syllable (Viterbi, interpolated .85 bigram + .149 unigram).
 * Syllables that already carry a mark are kept. The model is a compact file of counts made by `train-tones.ts`:
 *
 *   "ATM1" · header length (u32) · header JSON · unigram log-counts (u8 each) · bigram keys (u32, sorted: left<<16|right) · bigram log-counts (u8 each)
 */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { canonical, fold, hasMarks } from './normalise.ts'

export const SHIPPED_TONES = fileURLToPath(new URL('./tone-model.bin', import.meta.url))

const MAGIC = 'ATM1'
const BIGRAM_WEIGHT = 0.85
const UNIGRAM_WEIGHT = 0.149
const FLOOR = 1e-9
const MAX_STATES = 12
/** Log-cost of marking a syllable that stands bare in an otherwise marked text, where bare is probably meant. */
const BARE_KEPT = { marked: 4, mixed: 1, bare: 0 } as const

/** A tone model that cannot be used: the file is damaged or of another kind. */
export class ToneModelError extends Error {
  override readonly name = 'ToneModelError'
}

/** Counts of a training run, the content of a model file. */
export interface ToneCounts {
  readonly syllables: readonly string[]
  readonly unigrams: readonly number[]
  /** Sorted by left then right id. */
  readonly bigrams: readonly (readonly [left: number, right: number, count: number])[]
}

/** @returns the bytes of a model file; counts are kept as log2 in eighths. */
export function encodeToneModel(counts: ToneCounts): Uint8Array {
  const body = Buffer.concat([
    Uint8Array.from(counts.unigrams, quantise),
    new Uint8Array(Uint32Array.from(counts.bigrams, ([left, right]) => left * 65536 + right).buffer),
    Uint8Array.from(counts.bigrams, ([, , count]) => quantise(count)),
  ])
  const digest = createHash('sha256').update(body).digest('hex')
  const header = Buffer.from(JSON.stringify({ syllables: counts.syllables.join(' '), bigrams: counts.bigrams.length, digest }))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(header.length)
  return new Uint8Array(Buffer.concat([Buffer.from(MAGIC), length, header, body]))
}

const quantise = (count: number) => Math.min(255, Math.round(8 * Math.log2(Math.max(1, count))))
const amount = (quantised: number) => 2 ** (quantised / 8)

interface State {
  readonly form: string
  readonly id: number | undefined
  readonly score: number
  readonly from: State | undefined
}

export class ToneRestorer {
  readonly #ids: ReadonlyMap<string, number>
  readonly #forms = new Map<string, string[]>()
  readonly #unigrams: Uint8Array
  readonly #keys: Uint32Array
  readonly #counts: Uint8Array
  readonly #total: number

  private constructor(syllables: readonly string[], unigrams: Uint8Array, keys: Uint32Array, counts: Uint8Array) {
    this.#ids = new Map(syllables.map((syllable, id) => [syllable, id]))
    this.#unigrams = unigrams
    this.#keys = keys
    this.#counts = counts
    this.#total = unigrams.reduce((sum, q) => sum + amount(q), 0)
    const byFrequency = syllables.map((syllable, id) => ({ syllable, q: unigrams[id] as number })).sort((a, b) => b.q - a.q)
    for (const { syllable } of byFrequency) {
      const bare = fold(syllable)
      const forms = this.#forms.get(bare) ?? []
      if (forms.length < MAX_STATES) this.#forms.set(bare, [...forms, syllable])
    }
  }

  /** Reads a model file. Throws {@link ToneModelError} with one sentence when it is damaged. */
  static load(file: string = SHIPPED_TONES): ToneRestorer {
    const bytes = readFileSync(file)
    if (bytes.subarray(0, 4).toString('latin1') !== MAGIC) throw new ToneModelError(`Tệp ${file} không phải là mô hình khôi phục dấu.`)
    const headerEnd = 8 + bytes.readUInt32LE(4)
    const body = bytes.subarray(headerEnd)
    const header = readHeader(file, bytes.subarray(8, headerEnd))
    if (createHash('sha256').update(body).digest('hex') !== header.digest) throw new ToneModelError(`Tệp ${file} bị hỏng: sai mã kiểm SHA-256.`)
    const syllables = header.syllables.split(' ')
    const copy = new Uint8Array(body)
    const n = syllables.length
    const keys = new Uint32Array(copy.slice(n, n + 4 * header.bigrams).buffer)
    return new ToneRestorer(syllables, copy.slice(0, n), keys, copy.slice(n + 4 * header.bigrams))
  }

  /** @returns whether the syllable stands in the model's training text. */
  knows(syllable: string): boolean {
    return this.#ids.has(canonical(syllable))
  }

  /** @returns `text` with bare syllables marked where the model finds it likelier; everything that is not a letter stays as it was. */
  restore(text: string): string {
    const words = [...text.matchAll(/\p{L}+/gu)]
    const forms = this.#best(words.map((word) => canonical(word[0])))
    let out = ''
    let at = 0
    words.forEach((word, i) => {
      out += text.slice(at, word.index) + withCaseOf(word[0], forms[i] as string)
      at = word.index + word[0].length
    })
    return out + text.slice(at)
  }

  #best(tokens: readonly string[]): string[] {
    const bareCost = BARE_KEPT[markedness(tokens)]
    let states: State[] = [{ form: '', id: undefined, score: 0, from: undefined }]
    for (const token of tokens) {
      const candidates = hasMarks(token) ? [token] : [...new Set([token, ...(this.#forms.get(token) ?? [])])]
      states = candidates.map((form) => this.#step(states, form, form === token ? 0 : bareCost))
    }
    return unwind(states.reduce((best, state) => (state.score > best.score ? state : best)))
  }

  #step(states: readonly State[], form: string, cost: number): State {
    const id = this.#ids.get(form)
    let best: State | undefined
    for (const state of states) {
      const score = state.score + Math.log(this.#probability(state.id, id)) - cost
      if (!best || score > best.score) best = { form, id, score, from: state }
    }
    return best as State
  }

  #probability(left: number | undefined, right: number | undefined): number {
    if (right === undefined) return FLOOR
    const unigram = amount(this.#unigrams[right] as number) / this.#total
    const bigram = left === undefined ? unigram : this.#bigram(left, right) / amount(this.#unigrams[left] as number)
    return BIGRAM_WEIGHT * bigram + UNIGRAM_WEIGHT * unigram + FLOOR
  }

  #bigram(left: number, right: number): number {
    const key = left * 65536 + right
    let low = 0
    let high = this.#keys.length - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const there = this.#keys[middle] as number
      if (there === key) return amount(this.#counts[middle] as number)
      if (there < key) low = middle + 1
      else high = middle - 1
    }
    return 0
  }
}

function readHeader(file: string, bytes: Buffer): { syllables: string; bigrams: number; digest: string } {
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    throw new ToneModelError(`Tệp ${file} bị hỏng: không đọc được phần đầu.`)
  }
}

function markedness(tokens: readonly string[]): keyof typeof BARE_KEPT {
  const share = tokens.filter(hasMarks).length / Math.max(1, tokens.length)
  if (share >= 0.45) return 'marked'
  return share >= 0.15 ? 'mixed' : 'bare'
}

function unwind(last: State): string[] {
  const forms: string[] = []
  for (let state: State | undefined = last; state?.from; state = state.from) forms.unshift(state.form)
  return forms
}

function withCaseOf(original: string, form: string): string {
  if (canonical(original) === form) return original
  if (original === original.toUpperCase() && original.length > 1) return form.toUpperCase()
  return /^\p{Lu}/u.test(original) ? form.charAt(0).toUpperCase() + form.slice(1) : form
}
