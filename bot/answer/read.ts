/** Reading the message: cleaned, guarded, repaired; what it refers to, when, and who asks. */
import { type FoundDate, readDates } from '../../knowledge/language/dates.ts'
import { type LegalReference, readReferences } from '../../knowledge/language/legal-references.ts'
import { maskPersonal, type PersonalKind } from '../../knowledge/language/mask.ts'
import { clean, fold, hasMarks } from '../../knowledge/language/normalise.ts'
import { syllables } from '../../knowledge/language/syllables.ts'
import { fieldSaid, type Library } from '../../knowledge/library.ts'
import type { Day } from '../../knowledge/validity.ts'
import { CHOICE, SAY } from '../wording/vi.ts'
import { plain, type Unanswered } from './outcome.ts'
import type { Asked, AskingAudience, Draft, Step, Tools } from './turn.ts'

/** Longer messages are asked to be shortened: past this a story loses its question. */
export const TEXT_LIMIT = 4000
/** Under this share of Vietnamese syllables a message of some length is taken as another language. */
const VIETNAMESE_FLOOR = 0.6
/** From this share on it is Vietnamese, marked or not. */
const VIETNAMESE_SURE = 0.8
/** Vietnamese carries a mark on three syllables of four (never under half in the development questions); English, restored, on one of three. */
const MARKED_FLOOR = 0.4

/** @returns the draft of a message before any step has read it. */
export function newDraft(asked: Asked): Draft {
  return {
    asked,
    text: asked.text,
    restored: '',
    query: '',
    audience: asked.audience,
    references: [],
    dates: [],
    eventDay: asked.asOf,
    eventEnd: asked.asOf,
    unsureOfDay: false,
    asksWhichLaw: false,
    comparesLaws: false,
    hadNumbers: false,
    caution: false,
    found: [],
    saidField: undefined,
  }
}

/** Canonical characters, no hidden ones, no markup, personal numbers covered: what the person meant to say. */
export const cleanText: Step = (draft) => {
  const { text, found } = maskPersonal(clean(withoutMarkup(draft.asked.text.normalize('NFKC'))))
  return { ...draft, text, hadNumbers: found.some((kind) => COVERED.has(kind)) }
}

const COVERED: ReadonlySet<PersonalKind> = new Set(['id', 'card', 'bank_account'])

function withoutMarkup(text: string): string {
  return text.replace(/<(script|style)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, ' ').replace(/<\/?[a-z!][^<>]*>/gi, ' ')
}

/** Ends the turn for a message that cannot be a question: empty, too long, without words, in another language. */
export const guard: Step = (draft, tools) => {
  const { text } = draft
  if (text === '') return ask('empty', SAY.empty)
  if (text.length > TEXT_LIMIT) return ask('too_long', SAY.tooLong(TEXT_LIMIT))
  const words = syllables(text).filter((word) => /\p{L}/u.test(word))
  if (words.length === 0) return ask('no_words', /\d/.test(text) ? SAY.askAgain : SAY.noWords)
  if (otherScript(text) || (words.length >= 4 && isForeign(tools.repair(text), tools))) return ask('foreign', SAY.foreign)
  return draft
}

/** Few known syllables, or hardly any mark though marks were restored: English and its like. */
function isForeign(repaired: string, tools: Tools): boolean {
  const words = syllables(repaired).filter((word) => /\p{L}/u.test(word))
  const marked = words.filter(hasMarks).length / words.length
  const known = tools.vietnamese(repaired)
  return known < VIETNAMESE_FLOOR || (known < VIETNAMESE_SURE && marked < MARKED_FLOOR)
}

/** Most of the letters are not Latin: Chinese, Khmer, Cyrillic … */
function otherScript(text: string): boolean {
  const letters = text.match(/\p{L}/gu) ?? []
  return letters.filter((letter) => !/\p{Script=Latin}/u.test(letter)).length > letters.length / 2
}

function ask(reason: string, sentence: string): Unanswered {
  const lines = [plain(sentence)]
  return { kind: 'clarify', reason, sections: [{ kind: 'answer', heading: '', lines }], choices: [CHOICE.officer], citations: [] }
}

/** Repairs the text, then reads references, dates, audience and whether it leans on the previous question. */
export const understand: Step = (draft, tools) => {
  const restored = tools.repair(draft.text)
  const dates = readBoth((text) => readDates(text, draft.asked.asOf), draft.text, restored)
  const documents = [...tools.library.documents.values()]
  const named = readBoth((text) => readReferences(text, documents), draft.text, restored)
  const references = named.filter((r) => !dates.some((d) => touch(r, d)))
  return {
    ...draft,
    restored,
    query: withPrevious(matterOf(restored, references, tools.library), draft.asked.previous ?? [], tools.repair),
    references,
    ...askedOfLaws(restored, references),
    saidField: fieldSaid(tools.library, restored),
    dates,
    ...eventDays(dates, draft.asked.asOf),
    unsureOfDay: UNSURE.test(fold(restored)),
    audience: draft.audience ?? audienceOf(restored),
  }
}

/** Under this share of marked words a message counts as typed without marks. */
const BARE_SHARE = 0.15

function isBare(text: string): boolean {
  const words = syllables(text).filter((word) => /\p{L}/u.test(word))
  return words.filter(hasMarks).length < words.length * BARE_SHARE
}

/**
 * What `read` finds in a message. One typed without marks is read as restored and as typed: "từ 2022 tới nay" may come back as "tự 2022
 * tối này", "thương mại điện tử" as "điện từ", and the readers know their words without marks too. Of two readings that overlap the longer holds.
 */
function readBoth<T extends { index: number; text: string }>(read: (text: string) => readonly T[], text: string, restored: string): T[] {
  const asRestored = read(restored)
  if (!isBare(text)) return [...asRestored]
  const longest = [...asRestored, ...read(fold(restored))].sort((a, b) => b.text.length - a.text.length)
  const kept: T[] = []
  for (const found of longest) if (!kept.some((other) => touch(found, other))) kept.push(found)
  return kept.sort((a, b) => a.index - b.index)
}

/** "ngày 2/7/2024" holds no "07/2024". */
function touch(a: { index: number; text: string }, b: { index: number; text: string }): boolean {
  return a.index < b.index + b.text.length && b.index < a.index + a.text.length
}

/** @returns what the words ask of laws as such, not of what they say. */
function askedOfLaws(restored: string, references: readonly LegalReference[]): Pick<Draft, 'asksWhichLaw' | 'comparesLaws'> {
  const folded = fold(restored)
  const comparesLaws = OLD_OR_NEW.test(folded)
  const chooses = new Set(references.flatMap(({ document }) => document ?? [])).size > 1 && WHICH_OF_THEM.test(folded)
  return { comparesLaws, asksWhichLaw: comparesLaws || chooses || WHICH_LAW.some((pattern) => pattern.test(folded)) }
}

/** Beside the names of two documents. */
const WHICH_OF_THEM = /\b(?:hay|hoac|cai nao|cai gi|ben nao|van ban nao|nghi dinh nao|luat nao|bo)\b/

const LAW = '(?:bo luat|luat|van ban|nghi dinh|quy dinh)'
const WHEN =
  '(?:bao gio|khi nao|luc nao|chung nao|hoi nao|bua nao|thang may|may tay|(?:tu |ke tu |den |toi )?(?:moc )?(?:ngay|hom|thoi diem|moc|nam|thang) nao|ngay may|moc thoi gian|moc ngay|han chot|han cuoi)'
/** Asks which law holds, from when, or whether one still does. */
const WHICH_LAW: readonly RegExp[] = [
  new RegExp(
    `\\b${LAW}(?: nao| so may| cu| moi| hien hanh| hien tai| (?:luc|hoi|thoi|nam) (?:do|ay)| (?:dang|con) (?:hieu luc|chay|ap dung)| nam (?:nao|may)| (?:nam )?20\\d\\d)\\b`,
  ),
  /\bcan cu (?:vao )?(?:van ban|luat|dau)\b|\bcon (?:hieu luc|dung|ap dung|xai|gia tri)\b|\b(?:co|het|dang|bat dau|chua) (?:co )?hieu luc\b/,
  new RegExp(`\\b${WHEN}\\b.{0,80}\\b(?:luat|ap dung|hieu luc|bi cam|thi hanh|phai|buoc)\\b`),
  new RegExp(`\\b(?:luat|ap dung|hieu luc|thi hanh)\\b.{0,60}\\b${WHEN}\\b`),
  /\bluat\b.{0,40}\bchua\b/,
  /\b(?:ap dung|hieu luc) chua\b/,
  new RegExp(`\\bquy dinh (?:nay|do|ay|kia|tren)\\b.{0,20}\\bbat dau\\b.{0,20}\\b${WHEN}\\b`),
  new RegExp(`\\b(?:cai|vu|viec|chuyen|dieu|khoan) (?:do|nay|ay|kia|ni)\\b.{0,30}\\b(?:bat dau|ap dung|bat buoc)\\b.{0,12}\\b${WHEN}`),
  new RegExp(`\\b(?:luat|quy dinh|nghi dinh|thu tuc|(?:cai )?vu)\\b.{0,120}\\b(?:bat dau|co|ap dung|bat buoc) (?:tu )?${WHEN}`),
  /\b(?:luat|nghi dinh)\b.{0,40}\b(?:bi bo|bo|thay)\b.{0,12}\bchua\b|\b(?:luat|nghi dinh)\b.{0,40}\bvan (?:dung|con|ap dung|xai)\b/,
  new RegExp(`\\bsap (?:toi|co|phai|bi|ap dung)\\b.{0,120}\\b${WHEN}\\b`),
  /\b(?:luat|quy dinh|dieu luat|dieu khoan)(?: \S+){0,2} (?:do|ay|nay|kia)\b.{0,25}\b(?:cuu|che|bao ve|ap dung|ap vao|tinh cho|dung duoc|xai duoc|co hieu luc)\b/,
  /\b(?:thong qua|bam nut|bieu quyet|ban hanh|cong bo|vua ra|moi ra)\b.{0,40}\bluat\b|\bluat\b.{0,60}\b(?:thong qua|bam nut|bieu quyet|ban hanh|cong bo)\b/,
  /\bluat\b.{0,40}\b(?:ap dung|hieu luc|bat|buoc|ap)\b.{0,30}\b(?:chua|ngay|nguoc)\b/,
]
/** Sets an old law against a new one, or asks what a change of law does to what came before it. */
const OLD_OR_NEW = new RegExp(
  [
    `\\b${LAW} (?:\\S+ ){0,6}(?:cu|moi|truoc|2010|2023)\\b.{0,60}\\b(?:hay|hoac|ap (?:dung )?(?:cho|nguoc|voi|vao|duoc)|tinh|xet)\\b`,
    `\\b(?:theo|tinh|xet|xu|ap|dung|ap dung|chuyen|qua|sang) (?:\\S+ ){0,4}${LAW} (?:\\S+ ){0,5}(?:cu|moi|truoc|hien hanh)\\b`,
    `\\b(?:chuyen tiep|giao thoi|(?:doi|thay) luat|luat (?:doi|thay))\\b`,
    `\\btruoc (?:khi|luc|ngay) (?:co )?(?:\\S+ ){0,4}luat\\b`,
  ].join('|'),
)
const ABOUT_FORCE = /(?:còn|hết|có|đang)?\s*(?:hiệu lực|bị thay(?: thế)?)(?:\s+(?:không|chưa|rồi|hả|à))*/gu

/**
 * What is searched for beside the name of a document: a document that is gone is searched for by what it was about, and the name of one that holds only
 * leads to where it speaks of itself.
 */
function matterOf(text: string, references: readonly LegalReference[], library: Library): string {
  const named = references
    .filter((r) => !r.article)
    .map((r) => ({ text: r.text, document: r.document ? library.documents.get(r.document) : undefined }))
    .filter((r) => r.document !== undefined)
  const gone = named.some((r) => r.document?.inForceTo)
  const matter = named.reduce((said, r) => said.replace(r.text, r.document?.inForceTo ? (r.document.about ?? '') : ' '), text)
  if (gone) return matter.replace(ABOUT_FORCE, ' ')
  return syllables(matter).length >= LEAST_MATTER ? matter : text
}

/** Fewer words beside a document say nothing of their own. */
const LEAST_MATTER = 4

/** Says that the day of the matter is not known any more. */
const UNSURE =
  /(?:khong|chang|ko|het) (?:con )?nho(?: \S+){0,3} (?:nam|thang|ngay|luc|hoi)\b|\b(?:nam|thang|ngay)(?: \S+){0,2} (?:nao|may)? ?(?:thi )?quen\b|\bquen (?:mat )?(?:\S+ ){0,2}(?:nam|thang|ngay)\b|(?:khong|chang|ko) (?:con )?(?:nho|ro|biet)(?: \S+){0,4} (?:nam nao|thang nao|ngay nao|khi nao|luc nao|hoi nao|truoc hay sau|mua truoc|ky truoc|dat truoc)|\bthoi bao cap\b/

/** Dates that readers give for "trước …" and "sau …" when the other end is open. */
const OPEN_PAST = '0001-01-01'
const OPEN_FUTURE = '9999-12-31'

/** The earliest day named decides: a contract is made once, and its consequences come later. What lies ahead counts only when nothing lies behind. */
function eventDays(dates: readonly FoundDate[], asOf: Day): Pick<Draft, 'eventDay' | 'eventEnd'> {
  const past = dates.filter((d) => d.from <= asOf)
  const first = [...(past.length > 0 ? past : dates)].sort((a, b) => (a.from < b.from ? -1 : 1))[0]
  if (!first) return { eventDay: asOf, eventEnd: asOf }
  const eventEnd = first.to === OPEN_FUTURE ? first.from : first.to
  return { eventDay: first.from === OPEN_PAST ? eventEnd : first.from, eventEnd }
}

const SELLER =
  /\b(toi|em|minh|nha minh|nha em|shop|ben|cong ty|cua hang) (?:\S+ ){0,2}(ban hang|dang ban|ban do|ban online|live|livestream|mo shop|kinh doanh|la nguoi ban|lam affiliate)\b|\b(shop|gian hang|cua hang|san|cong ty|ben) (em|minh|toi|nha em|nha toi|nha minh|chung toi)\b|\bkhach (cua|ben) (em|toi|minh)\b|\bkhach (hang )?(doi|khieu nai|bat|tra hang|boom|bom)\b/

function audienceOf(text: string): AskingAudience | undefined {
  return SELLER.test(fold(text)) ? 'seller' : undefined
}

/** Words that open a question which cannot stand alone, and words that point back. */
const LEANS = /^(the|vay|con|neu vay|neu the|the con|roi|thi|vay con|a|u|uh|ua|nhung|ma|the thi|vay thi|vay neu|the neu|neu)\b/
const POINTS_BACK = /\b(cai do|khoan do|viec do|cho do|truong hop do|hang do|tien do|luc do|ben do|nhu vay|nhu the|nguoi do)\b/
const STANDS_ALONE = 14

/** Follow-ups are searched together with what they lean on; the newer words come twice so that they weigh more. */
function withPrevious(text: string, previous: readonly string[], repair: (text: string) => string): string {
  const last = previous.at(-1)
  if (!last) return text
  const folded = fold(text)
  const length = syllables(text).length
  const leans = length < STANDS_ALONE && (LEANS.test(folded) || POINTS_BACK.test(folded) || length < 9)
  return leans ? `${text}\n${text}\n${clean(repair(last))}` : text
}
