/**
 * Vietnamese text from before Unicode: bytes and letters of TCVN3 (TCVN 5712:1993, fonts ".Vn…"), VNI-Windows, Windows-1258, and UTF-8 that was once read as Latin-1.
 * What a text was written in is judged by how many of its words are spelt as Vietnamese syllables when it is read that way.
 */
import { isSyllable } from './syllable-shape.ts'

export type LegacyEncoding = 'TCVN3' | 'VNI' | 'Windows-1258' | 'UTF-8 đọc nhầm'

export interface ReadText {
  readonly text: string
  /** Absent where it was Unicode already. */
  readonly from?: LegacyEncoding
}

/** @returns the text of a file; undefined when its bytes make Vietnamese in no known encoding. */
export function fromBytes(bytes: Uint8Array): ReadText | undefined {
  const unicode = unicodeOf(bytes)
  if (unicode !== undefined) return fromLegacy(unicode)
  const windows = new TextDecoder('windows-1258').decode(bytes).normalize('NFC')
  const read = bestOf([{ text: windows, from: 'Windows-1258' }, ...readings(latin1(bytes))])
  return read && vietnamese(read.text) >= LEAST ? read : undefined
}

/** @returns `text` as Unicode: itself, or what it reads as where its letters are those of an older encoding. */
export function fromLegacy(text: string): ReadText {
  const best = bestOf(readings(text))
  return best && vietnamese(best.text) > vietnamese(text) + GAIN ? best : { text }
}

/** Share of words that must be spelt as Vietnamese. */
const LEAST = 0.6
/** A conversion must make at least so much more of the words Vietnamese. */
const GAIN = 0.15
/** Enough to judge by. */
const SAMPLE = 20_000

function bestOf(all: readonly ReadText[]): ReadText | undefined {
  return [...all].sort((a, b) => vietnamese(b.text) - vietnamese(a.text))[0]
}

/** @returns the share of the words of `text` that are spelt as Vietnamese syllables, 0 where there are none. */
export function vietnamese(text: string): number {
  const words = text.slice(0, SAMPLE).match(/[\p{L}\p{M}]+/gu) ?? []
  return words.length === 0 ? 0 : words.filter(isSyllable).length / words.length
}

function unicodeOf(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1')

function readings(text: string): ReadText[] {
  const misread = againAsUtf8(text)
  return [
    { text: tcvn3(text), from: 'TCVN3' },
    { text: vni(text), from: 'VNI' },
    ...(misread ? [{ text: misread, from: 'UTF-8 đọc nhầm' } as const] : []),
  ]
}

/** "Ä‘iá»u" → "điều": bytes of UTF-8 that were taken for Windows-1252. */
function againAsUtf8(text: string): string | undefined {
  const bytes = [...text].map((letter) => CP1252.get(letter) ?? (letter.codePointAt(0) as number))
  if (bytes.some((byte) => byte > 255)) return undefined
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes))
  } catch {
    return undefined
  }
}

/** Windows-1252 where it is not Latin-1. */
const CP1252 = new Map(
  [...new TextDecoder('windows-1252').decode(Uint8Array.from({ length: 32 }, (_, i) => 128 + i))].map((letter, i) => [letter, 128 + i]),
)

const TCVN3_FROM = '¸µ¶·¹¨¾»¼½Æ©ÊÇÈÉËÐÌÎÏÑªÕÒÓÔÖÝ×ØÜÞãßáâä«èåæçé¬íêëìîóïñòô\u00adøõö÷ùýúûüþ®¡¢£¤¥¦§'
const TCVN3_TO = 'áàảãạăắằẳẵặâấầẩẫậéèẻẽẹêếềểễệíìỉĩịóòỏõọôốồổỗộơớờởỡợúùủũụưứừửữựýỳỷỹỵđĂÂÊÔƠƯĐ'
const TCVN3 = new Map([...TCVN3_FROM].map((letter, i) => [letter, [...TCVN3_TO][i] as string]))
const tcvn3 = (text: string) => [...text].map((letter) => TCVN3.get(letter) ?? letter).join('')

/** A vowel and the letter behind it that stands for its marks. */
const VNI_MARKS: Readonly<Record<string, string>> = {
  ...{ ù: '\u0301', ø: '\u0300', û: '\u0309', õ: '\u0303', ï: '\u0323' },
  ...{ â: '\u0302', á: '\u0302\u0301', à: '\u0302\u0300', å: '\u0302\u0309', ã: '\u0302\u0303', ä: '\u0302\u0323' },
  ...{ ê: '\u0306', é: '\u0306\u0301', è: '\u0306\u0300', ú: '\u0306\u0309', ü: '\u0306\u0303', ë: '\u0306\u0323' },
}
const VNI_ALONE: Readonly<Record<string, string>> = { ñ: 'đ', ô: 'ơ', ö: 'ư', î: 'ỵ', ì: 'ì', í: 'í', æ: 'ỉ', ó: 'ĩ', ò: 'ị' }
const VNI_PAIR = /([aeouyôö])([ùøûõïâáàåãäêéèúüë])|[ñôöîæóò]/giu

function vni(text: string): string {
  const read = text.replace(VNI_PAIR, (all, vowel?: string, mark?: string) => {
    if (!vowel || !mark) return sameCase(all, VNI_ALONE[all.toLowerCase()] ?? all)
    return sameCase(vowel, VNI_ALONE[vowel.toLowerCase()] ?? vowel) + (VNI_MARKS[mark.toLowerCase()] ?? mark)
  })
  return read.normalize('NFC')
}

const sameCase = (like: string, letter: string) => (like === like.toUpperCase() ? letter.toUpperCase() : letter)
