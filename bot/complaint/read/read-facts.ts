/**
 * The facts of a complaint, read out of what a person writes. No model, no guess: what no word proves is left for a question.
 *
 *   message ─▶ scene ─▶ one reader a fact ─▶ answer to what was asked ─▶ without what is known already ─▶ facts with their words
 */
import type { Place } from '../../../knowledge/language/aligned.ts'
import { FACT_NAMES, type FactName, type Facts, factsSchema } from '../facts.ts'
import { readAmount } from './amount.ts'
import { readPayment, readPlatform, readWish } from './choices.ts'
import { commandIn, correctionIn, isQuestion } from './commands.ts'
import { readEmail, readLink, readOrder, readPhones } from './contacts.ts'
import { readDays } from './days.ts'
import { readGoods } from './goods.ts'
import { isNoName } from './no-name.ts'
import { POLITE, readCommune, readName } from './person.ts'
import { familySpeaks, readContacted, readPromised } from './sayings.ts'
import { justBefore, quoted, type Read, type ReadingContext, type Scene, sceneOf } from './scene.ts'
import { ownsShop, readRespondent } from './seller.ts'

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
  const amount = readAmount(scene)
  return kept({
    order,
    ...readPhones(scene, order ? [order] : []),
    ...readDays(scene, amount),
    respondent,
    platform: readPlatform(scene),
    link: readLink(scene),
    goods: notWithin(notWithin(readGoods(scene, respondent ? [respondent] : []), order), respondent),
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

/** The code of an order or the name of a shop is no thing that was bought. */
const notWithin = (read: Read<string> | undefined, other: Place | undefined): Read<string> | undefined =>
  read && other && read.start >= other.start && read.end <= other.end ? undefined : read

const kept = (reads: { readonly [N in FactName]?: Read<string | number> | undefined }): Reads =>
  Object.fromEntries(Object.entries(reads).filter(([, read]) => read !== undefined))

// --- a short answer to what was asked ---

/** Facts that any words may be: how many of them at most, so that a story is not taken for a name. */
const FREE_WORDS: Partial<Record<FactName, number>> = { respondent: 8, goods: 12, promised: 40, contacted: 40, name: 5, commune: 6, link: 5 }

function withAnswer(scene: Scene, reads: Reads): Reads {
  const { asked } = scene
  if (!asked || reads[asked]) return reads
  const answer = freeAnswer(scene, asked, Object.keys(reads).length)
  return answer ? { ...reads, [asked]: answer } : reads
}

function freeAnswer(scene: Scene, asked: FactName, others: number): Read<string> | undefined {
  const most = FREE_WORDS[asked]
  const told = asked === 'promised' || asked === 'contacted' || asked === 'goods'
  if (most === undefined || (others > 0 && !told) || commandIn(scene.plain) || isQuestion(scene.plain) || NOTHING.test(scene.plain)) return undefined
  const place = told ? { start: 0, end: scene.plain.length } : withoutPolite(scene)
  const answer = quoted(scene, place)
  if (!answer || answer.value.split(' ').length > most || !/\p{L}{2}/u.test(answer.value)) return undefined
  return isOneOf(asked, scene, answer.value) ? answer : undefined
}

/** Any words may be a promise; a name is one only when it can be somebody's. */
function isOneOf(asked: FactName, scene: Scene, value: string): boolean {
  if (asked === 'contacted') return !familySpeaks(scene)
  if (asked === 'respondent') return !isNoName(value) && !ownsShop(scene)
  return asked !== 'name' || (!isNoName(value) && /^[\p{L}\p{M}\s'’.]+$/u.test(value))
}

const NOTHING = /^[\s|]*(?:(?:dạ|da|vâng|vang|ừ|ok|oke|chưa|chua|không|khong|ko|có|co|rồi|roi|ạ|a|à|hả|đúng|dung|phải|phai)[\s.,!|]*)*$/u

function withoutPolite({ plain }: Scene): Place {
  const lead = POLITE.exec(plain)?.[0].length ?? 0
  return { start: lead < plain.trimEnd().length ? lead : 0, end: plain.replace(/\s+(?:ạ|a|nha|nhé|nhe|đó|do|á)\s*[.!]*\s*$/u, '').length }
}

// --- only what is new ---

/** Told anew they replace what was told before: a seller may answer later, and a wish may change. */
const MOVES: ReadonlySet<FactName> = new Set(['contacted', 'wish'])
function newOnly(scene: Scene, reads: Reads, context: ReadingContext): Facts {
  const entries = FACT_NAMES.flatMap((name) => {
    const read = reads[name]
    if (!read || !isNew(scene, name, read, context)) return []
    const fact = { value: read.value, from: originOf(scene, read, context) }
    return factsSchema.shape[name].safeParse(fact).success ? [[name, fact]] : []
  })
  return factsSchema.parse(Object.fromEntries(entries))
}

const originOf = (scene: Scene, { start, end }: Place, { messageId }: ReadingContext) => ({ words: scene.written(start, end), message: messageId })

function isNew(scene: Scene, name: FactName, read: Read<string | number>, { known, asked }: ReadingContext): boolean {
  const before = known[name]
  if (!before) return true
  if (before.value === read.value) return false
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
