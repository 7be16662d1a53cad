/** How much speaks for a thing being the one that was bought: the sign it was found by, and what stands around it. Weights are only compared with each other. */
import { eitherMarks, type Place, spaced, WORD_START } from '../../../knowledge/language/aligned.ts'
import type { Candidate, Cue } from './goods-cues.ts'
import { justBefore, type Scene, sentenceAround } from './scene.ts'
import { isCounted, isKnown } from './thing-words.ts'

/** By the sign it was found by. */
const CUE: Readonly<Record<Cue, number>> = {
  labelled: 12,
  bought: 6,
  beforeVerb: 6,
  lastBeforeVerb: 5,
  boughtLater: 5,
  used: 3,
  beforeSum: 4,
  received: 3,
  counted: 3,
  matter: 3.5,
  mentioned: 1.5,
  sold: 1,
  billed: 8,
  station: 3,
  trade: 2.5,
  hired: 9,
  charged: 6,
}

/** Somebody says it: "thợ nói thay bộ nồi". */
const SPOKEN = '(?:nói|bảo|kêu|báo|biểu|hứa|hẹn|hỏi|đòi|ghi)(?: [^\\s.,;]+){0,3}'
/** "tôi không dám thuê xe ba gác", "em không mua". */
const REFUSED = '(?:không|ko|k|khỏi|đừng|chưa|hổng|hông|chẳng|đâu)(?: (?:có|dám|cần|muốn|thèm|hề|định))*(?: (?:mua|thuê|đặt|đăng ký|lấy|dùng|xài))?'
/** "phải mua thêm gói phục hồi", "mua cái mới". */
const ANOTHER = '(?:(?:mua|đặt|đóng|đăng ký|làm|lấy) thêm|tặng(?: kèm)?|khuyến mãi|phát)(?: (?:cho|em|tôi|mình|một|1|cái|chiếc|gói|bộ))*'
/** "vay tiền để mua cặp bò". */
const PURPOSE = '(?:để|tiền|dành dụm|dành)(?: (?:mua|sắm|lo|trả|làm))'
/** What the person has already: "tôi có chiếc xe". */
const OWNED = '(?:(?:tôi|em|mình|tui|nhà|con|chồng|vợ) (?:có|còn|đang có|chỉ có)|lại có|bán)(?: (?:một|cái|chiếc|con|cặp|bộ))*'
/** What one was made to buy is what one complains of. */
const FORCED = '(?:bắt|ép|buộc|dụ|gạ|mời|chào)(?: [^\\s.,;]+){0,3}'
/** A part, or what came to harm. */
const BROKEN =
  '(?:thay|hư|hỏng|bể|vỡ|nứt|gãy|cháy|thiếu|bung|rách|trầy|móp|xước|bong|đứt|lỗi|sập|hại|dính|nổ|tróc)(?: (?:luôn|hết|cả|cái|chiếc|con|bộ|mất|tấm))*'

interface Sign {
  readonly weight: number
  readonly holds: (scene: Scene, candidate: Candidate, sellers: readonly Place[], others: readonly Candidate[]) => boolean
}

/** In a text with marks only what is written so: "hai con" is no "hại", "20 bao" no "bảo". */
function before(words: string): Sign['holds'] {
  const ending = (source: string) => new RegExp(`(?<!\\p{N}\\s)${WORD_START}(?:${spaced(source)})\\s+$`, 'u')
  const [marked, bare] = [ending(words), ending(eitherMarks(words))]
  return ({ plain, withMarks }, { start, at }) => [start, at].some((end) => (withMarks ? marked : bare).test(justBefore(plain, end)))
}

/** How far a sum or a seller belongs to the thing that was named last before it. */
const REACH = 80

/** @returns whether one of the places stands in the same sentence, near, with no other thing between. */
function leadsTo(scene: Scene, { start, end }: Place, places: readonly number[], others: readonly Candidate[]): boolean {
  const sentence = sentenceAround(scene.plain, { start, end })
  return places.some((at) => at >= end && at < Math.min(sentence.end, end + REACH) && !others.some((other) => other.start >= end && other.end <= at))
}

/** A sum stands in the same sentence, not far behind. */
const isPriced: Sign['holds'] = (scene, place, _, others) =>
  leadsTo(
    scene,
    place,
    scene.amounts.map(({ index }) => index),
    others,
  )

/** The seller is named in the same sentence. */
const isBySeller: Sign['holds'] = (scene, place, sellers, others) =>
  leadsTo(
    scene,
    place,
    sellers.map(({ start }) => start),
    others,
  )

const WORDS = /[\p{L}\p{M}\p{N}]+/gu

/** What the story comes back to: its first word stands there more than twice. */
function isRepeated({ plain }: Scene, { start, end }: Place): boolean {
  const first = plain.slice(start, end).match(WORDS)?.[0]
  return (plain.match(WORDS) ?? []).filter((word) => word === first).length > 2
}

/** "247 đường Hai Bà Trưng" is no sugar. */
const isStreet = ({ plain, caseless, written }: Scene, { start, end }: Place): boolean =>
  !caseless && /^(?:đường|duong)\s/u.test(plain.slice(start, end)) && /^\S+\s+\p{Lu}/u.test(written(start, end))

/** What stands around it. */
const SIGNS: Readonly<Record<string, Sign>> = {
  known: { weight: 3, holds: isKnown },
  counted: { weight: 2, holds: isCounted },
  manyWords: { weight: 1, holds: ({ plain }, { start, end }) => /\p{L}\s+\p{L}|["“‘«]/u.test(plain.slice(start, end)) },
  priced: { weight: 1, holds: isPriced },
  sellerBeside: { weight: 1, holds: isBySeller },
  spoken: { weight: -2, holds: before(SPOKEN) },
  refused: { weight: -5, holds: before(REFUSED) },
  another: { weight: -3, holds: before(ANOTHER) },
  purpose: { weight: -3, holds: before(PURPOSE) },
  owned: { weight: -2, holds: before(OWNED) },
  forced: { weight: 2, holds: before(FORCED) },
  broken: { weight: -3, holds: before(BROKEN) },
  repeated: { weight: 1, holds: isRepeated },
  street: { weight: -12, holds: isStreet },
  quotes: { weight: 1, holds: ({ plain }, { end }) => /^\s*["“‘«]/u.test(plain.slice(end, end + 4)) },
}

/** Each sentence farther into the story speaks a little less for it. */
const LATER = 0.4
const sentencesBefore = ({ plain }: Scene, at: number): number => Math.min(5, plain.slice(0, at).match(/[.!?\n](?=\s)/gu)?.length ?? 0)

/** @param others all that the story may mean. @returns how much speaks for this one; only to be compared. */
export function scoreOf(scene: Scene, candidate: Candidate, sellers: readonly Place[], others: readonly Candidate[]): number {
  const signs = Object.values(SIGNS).filter(({ holds }) => holds(scene, candidate, sellers, others))
  return CUE[candidate.cue] + signs.reduce((sum, { weight }) => sum + weight, 0) - LATER * sentencesBefore(scene, candidate.start)
}
