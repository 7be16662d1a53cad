/** Personal details shown in part: enough to recognise them, too little to use them. Pure. */
import { maskForLogs } from '../../knowledge/language/mask.ts'
import { fold } from '../../knowledge/language/normalise.ts'

const LEFT = 3

/** @returns "…017" of a telephone number, however it is written; "…" for one that is no longer than that. */
export function phoneTail(phone: string): string {
  const digits = phone.replace(/\D/g, '')
  return digits.length > LEFT ? `…${digits.slice(-LEFT)}` : '…'
}

/** @returns "T. T." of "Trần Thử"; empty for what holds no letters. */
export function initialsOf(name: string): string {
  return wordsOf(name.normalize('NFC'))
    .map(({ word }) => `${([...word][0] ?? '').toLocaleUpperCase('vi')}.`)
    .join(' ')
}

const COMMUNE = /(?<![\p{L}\p{M}])(?:xã|phường|đặc khu|thị trấn)\s+(?:\d{1,2}(?!\d)|[^,;.\n\d]+)/iu
/** What is smaller than a commune. */
const NEARER = /(?:^|[\s,;.])(?:thôn|làng|buôn|ấp|xóm|tổ|khu phố|đường|phố|hẻm|ngõ|kiệt|số nhà|nhà|chung cư)\s[\s\S]*$/iu

/** @returns of where somebody lives no more than the commune; empty where that cannot be told from a street and a number. */
export function communeOnly(place: string): string {
  const text = place.normalize('NFC')
  const named = COMMUNE.exec(text)?.[0]
  const last = text.split(/[,;\n]/).at(-1) ?? ''
  const found = (named ?? last).replace(NEARER, '').trim()
  return named === undefined && /\d/.test(found) ? '' : found
}

/** @returns `text` without telephone numbers and addresses of mail, and with `name` as initials wherever it stands whole, with or without marks. */
export function veiled(text: string, name: string): string {
  return maskForLogs(withInitials(text.normalize('NFC'), name.normalize('NFC'))).text
}

function withInitials(text: string, name: string): string {
  const wanted = wordsOf(name).map(({ word }) => word)
  // A name of one word, as "Lan", is also a word: only as it was written is it the name.
  const read = wanted.length === 1 ? (word: string) => word : fold
  const sought = wanted.map(read)
  let [shown, from] = ['', 0]
  for (const { start, end } of runsOf(wordsOf(text), sought, read)) {
    if (start < from) continue
    shown += `${text.slice(from, start)}${initialsOf(name)}`
    from = end
  }
  return shown + text.slice(from)
}

interface Word {
  readonly word: string
  readonly start: number
  readonly end: number
}

function wordsOf(text: string): readonly Word[] {
  return [...text.matchAll(/[\p{L}\p{M}]+/gu)].map(({ 0: word, index }) => ({ word, start: index, end: index + word.length }))
}

/** Where the sought words stand one after the other. */
function runsOf(words: readonly Word[], sought: readonly string[], read: (word: string) => string): readonly { start: number; end: number }[] {
  if (sought.length === 0) return []
  const said = words.map(({ word }) => read(word))
  return words.flatMap(({ start }, at) => {
    const last = words[at + sought.length - 1]
    return last && sought.every((one, i) => said[at + i] === one) ? [{ start, end: last.end }] : []
  })
}
