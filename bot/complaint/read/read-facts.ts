/**
 * The facts of a complaint, read out of what a person writes. No model, no guess: what no word proves is left for a question.
 *
 *   message ─▶ scene ─▶ one reader a fact ─▶ answer to what was asked ─▶ without what is known already ─▶ facts with their words
 */
import type { Place } from '../../../knowledge/language/aligned.ts'
import { fold } from '../../../knowledge/language/normalise.ts'
import { FACT_NAMES, type FactName, type Facts, factsSchema } from '../facts.ts'
import { readAmount } from './amount.ts'
import { FINALLY, freeAnswer } from './answer.ts'
import { readPayment, readPlatform, readWish } from './choices.ts'
import { correctionIn } from './commands.ts'
import { readEmail, readLink, readOrder, readPhones } from './contacts.ts'
import { readDays } from './days.ts'
import { readGoods } from './goods.ts'
import { isNoName } from './no-name.ts'
import { readCommune, readName } from './person.ts'
import { NOBODY_ASKED, readContacted, readPromised } from './sayings.ts'
import { justBefore, type Read, type ReadingContext, type Scene, sceneOf } from './scene.ts'
import { readRespondent } from './seller.ts'

export type { ReadingContext } from './scene.ts'

type Reads = Partial<Record<FactName, Read<string | number>>>

/**
 * @param text one message, already masked.
 * @returns what is new or changed by this message, each value with the exact words it was read from. Never throws for a day that is one.
 */
export function readFacts(text: string, context: ReadingContext): Facts {
  const correction = correctionIn(text)
  const corrected = correction && readCorrection(correction, context)
  if (corrected && Object.keys(corrected).length > 0) return corrected
  const scene = sceneFor(text, context)
  return newOnly(scene, withAnswer(scene, readAll(scene)), context)
}

/** The new value stands alone, as an answer to a question would. */
function readCorrection({ fact, text }: { fact: FactName; text: string }, context: ReadingContext): Facts {
  const scene = sceneOf(text, { ...context, asked: fact })
  const value = withAnswer(scene, readAll(scene))[fact]
  return newOnly(scene, value ? { [fact]: value } : {}, { ...context, asked: fact })
}

function readAll(scene: Scene): Reads {
  const order = readOrder(scene)
  const respondent = named(readRespondent(scene))
  const platform = readPlatform(scene)
  const amount = readAmount(scene)
  return kept({
    order,
    ...readPhones(scene, order ? [order] : []),
    ...readDays(scene, amount),
    respondent,
    platform,
    link: readLink(scene),
    goods: notWithin(
      notWithin(
        readGoods(
          scene,
          [respondent, platform].filter((read) => read !== undefined),
        ),
        order,
      ),
      respondent && nameOf(scene, respondent),
    ),
    amount,
    payment: readPayment(scene),
    promised: readPromised(scene),
    contacted: readContacted(scene),
    wish: readWish(scene),
    name: named(readName(scene)),
    commune: readCommune(scene),
    email: readEmail(scene),
  })
}

const named = (read: Read<string> | undefined): Read<string> | undefined => (read && isNoName(read.value) ? undefined : read)

/** "dịch vụ chuyển nhà Phúc Vận": what a house does stands before its name, and may be what was paid for. */
function nameOf({ caseless, written }: Scene, respondent: Place): Place {
  const lead = caseless ? 0 : written(respondent.start, respondent.end).search(/\p{Lu}/u)
  return { start: respondent.start + Math.max(0, lead), end: respondent.end }
}

/** The code of an order or the name of a shop is no thing that was bought. */
const notWithin = (read: Read<string> | undefined, other: Place | undefined): Read<string> | undefined =>
  read && other && read.start >= other.start && read.end <= other.end ? undefined : read

const kept = (reads: { readonly [N in FactName]?: Read<string | number> | undefined }): Reads =>
  Object.fromEntries(Object.entries(reads).filter(([, read]) => read !== undefined))

// --- a short answer to what was asked ---

function withAnswer(scene: Scene, reads: Reads): Reads {
  const { asked } = scene
  if (!asked) return reads
  const read = reads[asked]
  const others = Object.keys(reads).filter((name) => name !== asked).length
  const answer = freeAnswer(scene, asked, others)
  const goesOn = asked !== 'contacted' || (read?.value !== NOBODY_ASKED && !CONTACT.some((name) => reads[name]))
  return answer && (!read || (goesOn && isMore(asked, answer, read)) || isFirstNamed(scene, answer, read)) ? { ...reads, [asked]: answer } : reads
}

/** Who tells how to reach them has gone on to something else. */
const CONTACT = ['name', 'phone', 'commune', 'email'] as const
/** So few words are all of the promise, whatever word of promising stands among them. */
const WHOLE_PROMISE = 14
/** What came of asking is told in all of the answer, whoever says what in it, unless it is a story of its own: "gửi hai lần rồi, giờ shop kêu gửi nữa mà phải tự chịu tiền ship". */
const WHOLE_ANSWER = 60
/** "một khóa học làm bánh online". */
const WHOLE_THING = 8
/** "block rồi" says no more than "block". */
const SAYS_MORE = 8
const MUCH_MORE = 1.6

/** A name that was asked is the whole answer, not the piece of it that a reader knows: "Phòng khám nha khoa Nụ Cười Mới". */
const isMore = (asked: FactName, answer: Read<string>, read: Place): boolean =>
  answer.start <= read.start &&
  answer.end >= read.end &&
  answer.end - answer.start > (read.end - read.start) * (asked === 'respondent' ? 1 : MUCH_MORE) &&
  isWhole(asked, answer.value, answer.value.length - (read.end - read.start))

/** "Sạp thịt Hai Khuê, đối diện hàng cá bà Lượm": asked who it is, people name them first, or in the end. */
const isFirstNamed = (scene: Scene, answer: Read<string>, read: Place): boolean =>
  scene.plain.search(FINALLY) >= 0
    ? scene.asked === 'respondent' || scene.asked === 'goods'
    : scene.asked === 'respondent' && answer.end <= read.start && NAMED.test(scene.written(answer.start, answer.end))

const NAMED = /^(?!(?:trên|qua|ở|tại)\s)\p{L}+.*\s\p{Lu}\p{L}*(?:\s+\p{Lu}|$)/u

function isWhole(asked: FactName, answer: string, more: number): boolean {
  const words = answer.split(' ').length
  if (asked === 'contacted') return words <= WHOLE_ANSWER && more >= SAYS_MORE
  if (asked === 'goods') return words <= WHOLE_THING && !/[,.;!?]\s/.test(answer)
  return asked === 'respondent' || (asked === 'promised' && !/[,.;!?]\s/.test(answer) && words <= WHOLE_PROMISE)
}

// --- only what is new ---

/** Told anew they change what was told before: a seller may answer again, and a wish may be another. */
const MOVES: ReadonlySet<FactName> = new Set(['contacted', 'wish'])
function newOnly(scene: Scene, reads: Reads, context: ReadingContext): Facts {
  const entries = FACT_NAMES.flatMap((name) => {
    const read = reads[name]
    const value = read && (name === 'contacted' ? addedTo(context, read.value) : read.value)
    if (!read || value === undefined || !isNew(scene, name, { ...read, value }, context)) return []
    const fact = { value, from: originOf(scene, read, context) }
    return factsSchema.shape[name].safeParse(fact).success ? [[name, fact]] : []
  })
  return factsSchema.parse(Object.fromEntries(entries))
}

/** How much is kept of what a seller answered over time. */
const LONGEST_ANSWERS = 300

/** "hẹn mai qua", then "giờ chặn luôn": the later answer is added, unless it was asked for, says the same, or nobody had been asked before. */
function addedTo({ known, asked }: ReadingContext, value: string | number): string | number {
  const before = known.contacted?.value
  if (before === undefined || before === NOBODY_ASKED || asked === 'contacted' || value === NOBODY_ASKED) return value
  const [old, told] = [fold(before), fold(String(value))]
  if (old.includes(told)) return before
  const both = `${before} … ${value}`
  return told.includes(old) || both.length > LONGEST_ANSWERS ? value : both
}

const originOf = (scene: Scene, { start, end }: Place, { messageId }: ReadingContext) => ({ words: scene.written(start, end), message: messageId })

function isNew(scene: Scene, name: FactName, read: Read<string | number>, { known, asked }: ReadingContext): boolean {
  const before = known[name]
  if (!before) return true
  if (before.value === read.value) return false
  // A question on the way takes no wish back.
  if (name === 'wish' && read.value === 'information' && asked !== 'wish') return false
  return (
    name === asked ||
    MOVES.has(name) ||
    isOwnWord(scene, name, read) ||
    scene.corrected.some(({ start, end }) => read.start >= start && read.start <= end)
  )
}

/** "số điện thoại của tôi là …": told of oneself in so many words, it replaces what was known. */
const OWN_WORD =
  /(?:(?:^|[.!?,;\n])\s*(?:(?:dạ|da|à|thưa)[\s,]+)?(?:tôi|toi|em|mình|minh|tui|con|cháu|chau)\s+(?:xin\s+)?(?:tên|ten)(?:\s+(?:là|la))?|(?:của|cua) (?:tôi|toi|em|mình|minh|tui|con|cháu|chau|bác|bac) (?:là|la|:))\s*$/u
const ABOUT_ONESELF: ReadonlySet<FactName> = new Set(['phone', 'name', 'email'])

const isOwnWord = ({ plain }: Scene, name: FactName, { start }: Place): boolean => ABOUT_ONESELF.has(name) && OWN_WORD.test(justBefore(plain, start))

// --- which number is put right ---

const digitsOf = (text: string): string => text.replace(/\D/g, '').replace(/^84/, '0')

/** "0905123456 nhầm 0905123457 mới đúng": the right number is that person's whose wrong one is known. */
function sceneFor(text: string, context: ReadingContext): Scene {
  const scene = sceneOf(text, context)
  const wrong = scene.denied.map(digitsOf)
  const owner = (['phone', 'respondentPhone'] as const).find((name) => wrong.includes(context.known[name]?.value ?? '-'))
  return owner && !context.asked ? { ...scene, asked: owner } : scene
}
