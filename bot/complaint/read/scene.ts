/** A message as the readers of facts see it: comparable characters with the way back, and what every reader needs to know of it. */
import { align, bare, eitherMarks, type Place, spaced, WORD_END, WORD_START } from '../../../knowledge/language/aligned.ts'
import { type FoundAmount, readAmounts } from '../../../knowledge/language/amounts.ts'
import type { FoundDate } from '../../../knowledge/language/dates.ts'
import { hasMarks } from '../../../knowledge/language/normalise.ts'
import { type Change, expandShorthand } from '../../../knowledge/language/shorthand.ts'
import type { Day } from '../../../knowledge/validity.ts'
import type { FactName, Facts } from '../facts.ts'
import { storyDates } from './calendar.ts'

/** Where a message stands: which one, when, what was just asked and what is known already. */
export interface ReadingContext {
  readonly messageId: string
  /** The day of the message in Vietnam. */
  readonly asOf: Day
  readonly asked?: FactName | undefined
  readonly known: Facts
}

/** The text in comparable form; all places are places in `plain`. */
export interface Scene {
  readonly plain: string
  readonly asOf: Day
  readonly asked: FactName | undefined
  /** The day of buying, where it was told before. */
  readonly bought: Day | undefined
  /** The person's own characters of a stretch. */
  readonly written: (start: number, end: number) => string
  readonly amounts: readonly FoundAmount[]
  readonly dates: readonly FoundDate[]
  /** Where right values stand: "không phải 500k mà [450k]", "à nhầm, [giá là 790k]", "[790k] chứ không phải 700k". */
  readonly corrected: readonly Place[]
  /** What is said to be wrong: "[0905…] nhầm, 0906… mới đúng". No reader sees it. */
  readonly denied: readonly string[]
  /** Written in capitals throughout, or in none: a capital says nothing. */
  readonly caseless: boolean
  /** Written with marks: a word without them is another word. */
  readonly withMarks: boolean
}

/** A value and the stretch it was read from. */
export interface Read<T> extends Place {
  readonly value: T
}

/** Stands for characters that no reader may see; ends a clause. */
const HIDDEN = '|'

/** @returns the scene of a text. Never throws for a day that is one. */
export function sceneOf(
  text: string,
  { asOf, asked, known }: Pick<ReadingContext, 'asOf' | 'asked'> & Partial<Pick<ReadingContext, 'known'>>,
): Scene {
  const aligned = align(text)
  const { plain, corrected, denied } = withoutDenied(withoutMasked(aligned.text))
  const written = (start: number, end: number) => aligned.span(start, end).text
  return {
    plain,
    asOf,
    asked,
    bought: known?.boughtOn?.value as Day | undefined,
    written,
    amounts: throughShorthand(plain, readAmounts),
    dates: throughShorthand(plain, (words) => storyDates(words, asOf)),
    corrected: [...corrected, ...announced(plain)],
    denied,
    caseless: isCaseless(text),
    withMarks: isMarked(plain),
  }
}

type Found = { readonly index: number; readonly text: string }

/** What `read` finds in the text as it stands, and more where shorthand is written out: "3 hôm trc". */
function throughShorthand<T extends Found>(plain: string, read: (text: string) => readonly T[]): T[] {
  const found = [...read(plain)]
  const { text, changed } = expandShorthand(plain)
  if (changed.length === 0) return found
  for (const more of read(text)) {
    const [start, end] = [wayBack(changed, more.index).start, wayBack(changed, more.index + more.text.length - 1).end]
    const known = found.some((other) => other.index < end && start < other.index + other.text.length)
    if (!known && start < end) found.push({ ...more, index: start, text: plain.slice(start, end) })
  }
  return found.sort((a, b) => a.index - b.index)
}

/** @returns what stood in the text as written where the rewritten one has the character `at`: itself, or the whole short form. */
function wayBack(changed: readonly Change[], at: number): Place {
  let shift = 0
  for (const { index, from, to } of changed) {
    if (at < index + shift) break
    if (at < index + shift + to.length) return { start: index, end: index + from.length }
    shift += to.length - from.length
  }
  return { start: at - shift, end: at - shift + 1 }
}

/** Vietnamese carries a mark on three words of four; a lone "đ" or "ạ" makes no marked text. */
function isMarked(text: string): boolean {
  const words = text.match(/\p{L}{2,}/gu) ?? []
  return words.filter(hasMarks).length >= words.length * 0.25
}

/** "[số tài khoản đã che]" stands for a number that nobody keeps: no reader takes it for a name or a thing. */
const withoutMasked = (text: string): string => text.replace(/\[(?:[^[\]\n]{1,40} )?đã che\]/gu, (label) => HIDDEN.repeat(label.length))

const DENIED = say(
  '(?:không|ko|k|hok|hông|chứ không) phải (?:là )?(?<wrong>[^.;!?\\n|]{1,60}?)(?:,)? (?:mà là|mà phải là|mà|phải là|đúng ra là|mới đúng là) (?=\\S)',
)

/** "0905123456 nhầm 0905123457 mới đúng": a number, said to be wrong before the right one. */
const SLIP = say(
  '(?<wrong>\\+?\\d(?:[\\d.,-]|\\s(?=\\d)){0,18}[^\\s,;|]{0,4}(?: (?:triệu|nghìn|ngàn|củ|đồng)(?: \\d{1,3})?)?),?(?: là)? (?:bị )?(?:nhầm|sai|lộn)(?: rồi| mất)*[\\s,.;:]+(?=(?:là |phải là |số )*\\+?\\d)',
)
/** "790k chứ không phải 700k". */
const NOT_THAT = say(
  '(?:chứ|chớ)?,? ?(?:không|ko|k|hok|hông) phải (?:là )?(?<wrong>\\S*\\d\\S*|shopee|lazada|tiktok|tiki|facebook|zalo)(?:\\s+(?:triệu|tr|nghìn|ngàn|đồng|củ))*',
)
/** How near the right value stands behind "không phải … mà", and before "chứ không phải". */
const RIGHT_REACH = 12
const RIGHT_BEFORE = 24

type Denied = { readonly plain: string; readonly corrected: readonly Place[]; readonly denied: readonly string[] }

/** "không phải 500k mà 450k": the wrong value is hidden from every reader. */
function withoutDenied(text: string): Denied {
  const forms = [
    { pattern: DENIED, right: (_start: number, end: number) => ({ start: end, end: end + RIGHT_REACH }) },
    { pattern: SLIP, right: (_start: number, end: number) => ({ start: end, end: end + RIGHT_REACH }) },
    { pattern: NOT_THAT, right: (start: number) => ({ start: Math.max(0, start - RIGHT_BEFORE), end: start }) },
  ]
  return forms.reduce<Denied>(
    ({ plain, corrected, denied }, { pattern, right }) => {
      const found = [...plain.matchAll(pattern)]
      return {
        plain: plain.replace(pattern, (all) => `${HIDDEN.repeat(all.length - 1)} `),
        corrected: [...corrected, ...found.map(({ index, 0: all }) => right(index, index + all.length))],
        denied: [...denied, ...found.map(({ groups }) => groups?.['wrong'] ?? '')],
      }
    },
    { plain: text, corrected: [], denied: [] },
  )
}

const ANNOUNCED = word(
  '(?<=(?:^|[.!?;,\\n])\\s{0,3})(?:(?:à|ủa|ơ|dạ|ý|ấy|xin lỗi|ui|úi)[, ]+){0,3}(?:(?:tôi|em|mình|tui|con|cháu|bác)\\s+)?(?:(?:ghi|viết|nói|gõ|nhắn|bấm)\\s+)?(?:(?:nhầm|lộn|sai)(?=\\s*[,.:]| rồi| (?:là|giá|số|tên|\\d))|quên(?=\\s*,)|thật ra|thực ra|đúng ra|xin đính chính|đính chính|nói lại|sửa lại|chính xác)(?: (?:rồi|ạ|là|thì|nha|nhé))*(?=[\\s,.:]*\\S)',
)
const ANNOUNCED_REACH = 40

const RIGHT = word('mới (?:là )?đúng')

/** "à nhầm, giá là 790k", "thật ra tôi trả 3tr5": what comes next puts something right; "3tr5 mới đúng": what stands before. */
const announced = (plain: string): Place[] => [
  ...[...plain.matchAll(ANNOUNCED)].map(({ index, 0: all }) => ({ start: index + all.length, end: index + all.length + ANNOUNCED_REACH })),
  ...[...plain.matchAll(RIGHT)].map(({ index }) => ({ start: Math.max(0, index - RIGHT_BEFORE), end: index })),
]

function isCaseless(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? []
  const capitals = letters.filter((letter) => letter !== letter.toLowerCase()).length
  return capitals === 0 || capitals > letters.length * 0.7
}

/** @returns a global pattern over whole words; marks optional, a space stands for any white space. */
export function say(source: string): RegExp {
  return new RegExp(`${WORD_START}(?:${spaced(eitherMarks(source))})`, 'gu')
}

/** @returns a global pattern like {@link say} that also ends where a word ends. */
export function word(source: string): RegExp {
  return new RegExp(`${WORD_START}(?:${spaced(eitherMarks(source))})${WORD_END}`, 'gu')
}

/** @returns a pattern of whole words at the very beginning of a stretch. */
export function startsWith(source: string): RegExp {
  return new RegExp(`^(?:${spaced(eitherMarks(source))})${WORD_END}`, 'u')
}

const SENTENCE_END = /[!?;\n|]|\.(?=\s|$)/gu
const CLAUSE_END = /[!?;\n|…()]|[.,:](?=\s|$)| - /gu

/** @returns the sentence (clause) around a stretch. */
export const sentenceAround = (plain: string, place: Place): Place => around(plain, place, SENTENCE_END)
export const clauseAround = (plain: string, place: Place): Place => around(plain, place, CLAUSE_END)

/** No clause that matters is longer; a text without any full stop must not be read over and over. */
const FARTHEST = 240

function around(plain: string, { start, end }: Place, pattern: RegExp): Place {
  const head = Math.max(0, start - FARTHEST)
  const before = [...plain.slice(head, start).matchAll(pattern)].at(-1)
  const tail = plain.slice(end, end + FARTHEST)
  const after = tail.search(new RegExp(pattern.source, 'u'))
  return { start: before ? head + before.index + before[0].length : head, end: end + (after < 0 ? tail.length : after) }
}

/** @returns whether a capital stands there that says something: the "Sửa" of "Sáu Sửa", the "Hoàn" of "Khải Hoàn". */
export const isCapital = ({ caseless, written }: Scene, at: number): boolean => !caseless && /^\p{Lu}/u.test(written(at, at + 1))

/** @returns the few characters before a place: what a word right there can be told by. */
export const justBefore = (plain: string, at: number): string => plain.slice(Math.max(0, at - 60), at)

/** @returns the places of all matches of a global pattern within a stretch. */
export function within(pattern: RegExp, plain: string, { start, end }: Place): Place[] {
  return [...plain.slice(start, end).matchAll(pattern)].map((match) => ({ start: start + match.index, end: start + match.index + match[0].length }))
}

/** A whole word with its place. */
export interface Word extends Place {
  readonly text: string
  /** Without marks, in lower case. */
  readonly bare: string
  readonly capital: boolean
}

const WORD = /[\p{L}\p{M}\p{N}]+(?:[&.'’/+-][\p{L}\p{M}\p{N}]+)*/gu

/** @returns the words from `start` on, at most `count`, stopping where a clause ends. */
export function wordsFrom(scene: Scene, start: number, count: number): Word[] {
  const words: Word[] = []
  const stretch = scene.plain.slice(start, start + 200)
  for (const match of stretch.matchAll(WORD)) {
    const last = words.at(-1)
    const gap = stretch.slice(last ? last.end - start : 0, match.index)
    if (words.length >= count || (last ? !/^[ \t]+(?:& )?$/.test(gap) : !/^\s*$/.test(gap))) break
    words.push(wordAt(scene, start + match.index, match[0]))
  }
  return words
}

function wordAt(scene: Scene, start: number, text: string): Word {
  const end = start + text.length
  return { start, end, text, bare: bare(text), capital: /^[\p{Lu}\p{N}]/u.test(scene.written(start, end)) }
}

/** @returns the stretch without blanks and stray signs at both ends; undefined when nothing is left. */
export function trimmed(plain: string, { start, end }: Place): Place | undefined {
  const text = plain.slice(start, end)
  const lead = /^[\s"'“”‘’:=,.()–-]*/u.exec(text)?.[0].length ?? 0
  const tail = /[\s"'“”‘’:=,.;!?()|–-]*$/u.exec(text)?.[0].length ?? 0
  return lead + tail < text.length ? { start: start + lead, end: end - tail } : undefined
}

/** @returns the words of a stretch as the person wrote them, with their place; undefined for an empty one. */
export function quoted(scene: Scene, place: Place): Read<string> | undefined {
  const inner = trimmed(scene.plain, place)
  return inner && { ...inner, value: scene.written(inner.start, inner.end).replace(/\s+/gu, ' ') }
}

/** @returns a reader that reads each scene once: several facts ask for the same. */
export function onceAScene<T>(read: (scene: Scene) => T): (scene: Scene) => T {
  const known = new WeakMap<Scene, { readonly value: T }>()
  return (scene) => {
    const found = known.get(scene) ?? { value: read(scene) }
    known.set(scene, found)
    return found.value
  }
}
