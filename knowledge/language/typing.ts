/**
 * Left-overs of a Vietnamese keyboard that was switched off: "dduowcj" (Telex) and "d9u7o7c5" (VNI) → "được".
 *
 * A word is decoded key by key as the keyboard would have done. The result counts only when it is spelt as a Vietnamese syllable, is a
 * known word, and what stood there was no ordinary word.
 */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { load } from 'js-yaml'
import { z } from 'zod'
import { placeTones } from './normalise.ts'
import { isSyllable } from './syllable-shape.ts'

/** One word put in place of another; `index` is where it stood in the text that was given. */
export interface Change {
  readonly from: string
  readonly to: string
  readonly index: number
}

/** A text with words replaced, and what was replaced: enough to go back. */
export interface Rewritten {
  readonly text: string
  readonly changed: readonly Change[]
}

const ordinary = z.object({ words: z.array(z.string()), numbered: z.array(z.string()) })
const ORDINARY = ordinary.parse(load(readFileSync(fileURLToPath(new URL('./ordinary-words.yaml', import.meta.url)), 'utf8')))
const ORDINARY_WORDS = new Set(ORDINARY.words)
/** "lan2", "thang3", "dieu38": a number goes with these words, it is no tone. */
const NUMBERED_WORDS = new Set(ORDINARY.numbered)

const TOKEN = /(?<![\p{L}\p{M}\p{N}@/._-])(?=[a-z\d]*[a-z])[a-z\d]{2,12}(?![\p{L}\p{M}\p{N}@/_-]|\.[a-z\d])/giu

/** @returns `text` with Telex and VNI left-overs decoded; `knows` says whether a syllable is in use. Never throws of itself. */
export function repairTyping(text: string, knows: (syllable: string) => boolean): Rewritten {
  const changed: Change[] = []
  const repaired = text.replace(TOKEN, (word, index: number) => {
    const to = decoded(word, knows)
    if (to !== undefined) changed.push({ from: word, to, index })
    return to ?? word
  })
  return { text: repaired, changed }
}

/** "oong" stands in a few loan words ("xoong") and far oftener for a typed "ông". */
const LOAN_RIME = /oo(?:ng|c)$/

function decoded(word: string, knows: (syllable: string) => boolean): string | undefined {
  const plain = word.toLowerCase()
  if (ORDINARY_WORDS.has(plain) || (isSyllable(plain) && !LOAN_RIME.test(plain))) return undefined
  const syllable = /\d/.test(plain) ? fromVni(plain) : fromTelex(plain)
  if (syllable === undefined || syllable === plain || !isSyllable(syllable) || !knows(syllable)) return undefined
  return /^[A-Z]/.test(word) ? syllable.charAt(0).toUpperCase() + syllable.slice(1) : syllable
}

const TELEX_TONES: Readonly<Record<string, string>> = { f: '\u0300', s: '\u0301', x: '\u0303', r: '\u0309', j: '\u0323' }
const VNI_TONES: Readonly<Record<string, string>> = { 1: '\u0301', 2: '\u0300', 3: '\u0309', 4: '\u0303', 5: '\u0323' }
const VOWEL = /[aăâeêioôơuưy]/

function fromTelex(word: string): string | undefined {
  let letters = ''
  let tone = ''
  for (const key of word) {
    const next = telexMark(letters, key)
    if (next !== undefined) letters = next
    else if (key in TELEX_TONES && VOWEL.test(letters)) tone = TELEX_TONES[key] as string
    else letters += key
  }
  return toned(letters, tone)
}

/** @returns the letters after a key that marks one of them: a second a, e, o, d, or w; undefined when the key marks nothing. */
function telexMark(letters: string, key: string): string | undefined {
  if (key === 'd' && letters.startsWith('d')) return `đ${letters.slice(1)}`
  if (key === 'a' || key === 'e' || key === 'o') return replaceLast(letters, key, { a: 'â', e: 'ê', o: 'ô' }[key])
  return key === 'w' ? (horned(letters) ?? replaceLast(letters, 'a', 'ă') ?? (VOWEL.test(letters) ? undefined : `${letters}ư`)) : undefined
}

function fromVni(word: string): string | undefined {
  const letters = word.replace(/\d/g, '')
  if (/\d$/.test(word) && NUMBERED_WORDS.has(letters) && /^\D+\d+$/.test(word)) return undefined
  if (!/^[a-z]/.test(word)) return undefined
  let marked = ''
  let tone = ''
  for (const key of word) {
    const next = /\d/.test(key) ? vniMark(marked, key) : marked + key
    if (next === undefined && !(key in VNI_TONES)) return undefined
    tone = next === undefined ? (VNI_TONES[key] as string) : tone
    marked = next ?? marked
  }
  return toned(marked, tone)
}

function vniMark(letters: string, key: string): string | undefined {
  if (key === '6') return replaceLast(letters, 'a', 'â') ?? replaceLast(letters, 'e', 'ê') ?? replaceLast(letters, 'o', 'ô')
  if (key === '7') return horned(letters)
  if (key === '8') return replaceLast(letters, 'a', 'ă')
  return key === '9' ? replaceLast(letters, 'd', 'đ') : undefined
}

/** "uo" → "ươ", "ưo" → "ươ", else the last o or u takes its horn. */
function horned(letters: string): string | undefined {
  if (/[uư]o/.test(letters) && !letters.startsWith('quo')) return letters.replace(/[uư]o/, 'ươ')
  return replaceLast(letters, 'o', 'ơ') ?? (letters.startsWith('qu') ? undefined : replaceLast(letters, 'u', 'ư'))
}

function replaceLast(letters: string, letter: string, by: string): string | undefined {
  const at = letters.lastIndexOf(letter)
  return at < 0 ? undefined : letters.slice(0, at) + by + letters.slice(at + 1)
}

/** Puts the tone on the vowel that bears it; undefined when there is no vowel. */
function toned(letters: string, tone: string): string | undefined {
  const onset = letters.match(/^(?:qu(?=[aăâeêioôơy])|gi(?=[aăâeêoôơuư])|[^aăâeêioôơuưy]*)/)?.[0] ?? ''
  const vowels = letters.slice(onset.length).match(/^[aăâeêioôơuưy]+/)?.[0]
  if (!vowels) return undefined
  const closed = onset.length + vowels.length < letters.length
  const at = onset.length + bearer(vowels, closed)
  return placeTones((letters.slice(0, at + 1) + tone + letters.slice(at + 1)).normalize('NFC'))
}

function bearer(vowels: string, closed: boolean): number {
  const marked = Math.max(...['ă', 'â', 'ê', 'ô', 'ơ', 'ư'].map((vowel) => vowels.lastIndexOf(vowel)), vowels.lastIndexOf('ơ'))
  const horn = vowels.lastIndexOf('ơ')
  if (marked >= 0) return horn >= 0 ? horn : marked
  if (closed) return vowels.length - 1
  return vowels.length > 2 ? 1 : 0
}
