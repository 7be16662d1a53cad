/**
 * Which matter it is, asked where the story alone does not say who is competent: one choice among the likeliest, then by groups.
 *
 *   likeliest six ── one of them ──▶ chosen, as sure as can be
 *        │ none of these
 *        ▼
 *   those after them ── one of them ──▶ chosen
 *        │ none of these
 *        ▼        ◀── "quay lại"
 *      groups ─▶ the matters of one ─▶ chosen
 *   "bỏ qua" leaves it to an officer; whoever goes on telling is read, and asked once more at most
 */
import { fold } from '../../knowledge/language/normalise.ts'
import { COMPLAINT_CHOICE, INTAKE } from '../wording/complaint.ts'
import type { Draft } from './draft.ts'
import type { Full, IntakeGuide, Matter } from './guide.ts'
import { answer, type Part } from './parts.ts'

type Among = Draft['matter']['among']
type Asked = Pick<Full, 'draft' | 'guide' | 'asOf'>

const MOST_TRIES = 2

// ── asking ──────────────────────────────────────────────────────────────────────────────────────

/** @returns whether the person is still to be asked which matter theirs is. */
export function isMatterOpen({ draft, guide, asOf }: Asked): boolean {
  const { matter, story, facts } = draft
  if (!guide.matters || matter.settled || matter.tries >= MOST_TRIES) return false
  return !guide.matters.isClear(story, facts, asOf)
}

/** @returns the draft at the question, with the likeliest matters on offer. */
export function matterAsked({ draft, guide, asOf }: Asked): Draft {
  const likeliest = guide.matters?.likeliest(draft.story, draft.facts, asOf) ?? []
  const offered = likeliest.map(({ id }) => id).filter((id) => id !== draft.matter.chosen)
  return at(draft, offered.length > 0 ? 'likeliest' : 'groups', offered)
}

function at(draft: Draft, among: Among, offered: string[] = []): Draft {
  return { ...draft, stage: 'matter', asked: [], matter: { ...draft.matter, among, offered, settled: false } }
}

/** Fewer are no list to choose from. */
const LIST = 2

/** @returns the draft after "none of these": what comes after the likeliest, then the groups. */
function noneOf({ draft, guide, asOf }: Asked): Draft {
  const { among, offered } = draft.matter
  const next = among === 'likeliest' ? (guide.matters?.next?.(draft.story, draft.facts, asOf) ?? []) : []
  const fresh = next.map(({ id }) => id).filter((id) => !offered.includes(id))
  return fresh.length >= LIST ? at(draft, 'next', fresh) : at(draft, 'groups')
}

const isList = (among: Among): boolean => among === 'likeliest' || among === 'next'

/** @returns the question which matter it is, as it stands. */
export function matterQuestion({ draft, guide }: Pick<Full, 'draft' | 'guide'>, before: Part['sections']): Part {
  const { among } = draft.matter
  const titles = onOffer(draft, guide).map(({ title }) => title)
  const others = isList(among) ? [COMPLAINT_CHOICE.noMatter] : [COMPLAINT_CHOICE.back]
  return {
    draft,
    sections: [...before, answer([questionOf(among, guide), INTAKE.matterUnsure])],
    choices: [...titles, ...others, COMPLAINT_CHOICE.skip, COMPLAINT_CHOICE.later],
  }
}

function questionOf(among: Among, guide: IntakeGuide): string {
  if (among === 'likeliest') return INTAKE.whichMatter
  if (among === 'next') return INTAKE.whichNext
  if (among === 'groups') return INTAKE.whichGroup
  return INTAKE.whichOfGroup(groupsOf(guide).find(({ id }) => id === among.group)?.title ?? '')
}

const groupsOf = (guide: IntakeGuide) => guide.matters?.groups ?? []

function onOffer({ matter }: Draft, guide: IntakeGuide): readonly Matter[] {
  const groups = groupsOf(guide)
  const { among, offered } = matter
  if (among === 'groups') return groups
  if (typeof among === 'object') return groups.find(({ id }) => id === among.group)?.issues ?? []
  const all = groups.flatMap(({ issues }) => issues)
  return offered.flatMap((id) => all.find((one) => one.id === id) ?? [])
}

// ── hearing ─────────────────────────────────────────────────────────────────────────────────────

/** What an answer makes of the question: a matter, a further question, or the question put aside. */
export interface Chosen {
  readonly draft: Draft
  readonly matter?: Matter
}

/** Stands among the choices for "none of these". */
const NONE: Matter = { id: '', title: COMPLAINT_CHOICE.noMatter }

/** @returns what the person chose, by its number, its words or words near them; undefined where they chose nothing. */
export function chosenIn(f: Asked & Pick<Full, 'text'>): Chosen | undefined {
  const { draft } = f
  const meant = meantIn(f)
  if (!meant) return undefined
  if (meant === NONE) return { draft: noneOf(f) }
  return draft.matter.among === 'groups' ? { draft: at(draft, { group: meant.id }) } : { draft: settled(draft, meant.id), matter: meant }
}

function meantIn(f: Pick<Full, 'draft' | 'guide' | 'text'>): Matter | undefined {
  const { draft, guide, text } = f
  const offers = onOffer(draft, guide)
  const all = isList(draft.matter.among) ? [...offers, NONE] : offers
  return deniesAll(f) ? NONE : (named(all, text) ?? numbered(all, text) ?? nearest(offers, text))
}

/** A message that chooses where it was asked to: no question and no other wish. `outright`: nobody could mean anything else by it. */
export interface Choosing {
  readonly outright: boolean
}

/** @returns how a message chooses a matter, a group or none of them; undefined where it chooses nothing. */
export function choosingIn(f: Pick<Full, 'draft' | 'guide' | 'text'>): Choosing | undefined {
  const { draft, guide, text } = f
  if (draft.stage !== 'matter' || draft.contest || draft.paused) return undefined
  const meant = meantIn(f)
  if (!meant) return undefined
  const offers = onOffer(draft, guide)
  const plain = deniesAll(f) || (named(offers, text) ?? numbered(offers, text)) !== undefined
  return { outright: plain && (draft.matter.among === 'groups' || !meant.urgent) }
}

/** @returns the draft in which the person said what their matter is: the facts that it needs are asked next. */
function settled(draft: Draft, id: string): Draft {
  return { ...draft, stage: 'facts', issue: id, matter: { ...draft.matter, chosen: id, settled: true } }
}

/** @returns the draft in which an officer is left to say it. */
export function matterLeft(draft: Draft): Draft {
  return { ...draft, stage: 'facts', matter: { ...draft.matter, settled: true } }
}

/** @returns the draft one question before. */
export function matterBack(f: Asked): Draft {
  return typeof f.draft.matter.among === 'object' ? at(f.draft, 'groups') : matterAsked(f)
}

/** @returns the draft after words that chose nothing. */
export function unchosen(draft: Draft): Draft {
  return { ...draft, matter: { ...draft.matter, tries: draft.matter.tries + 1 } }
}

/** Whoever wants to say anew what kind of matter theirs is. */
const ANEW =
  /^(?:(?:cho |em |toi |minh |muon |xin )*(?:sua|doi|chon|chinh)(?: lai)? (?:loai |kieu )?(?:viec|van de|vu viec)|(?:loai )?(?:viec|van de) (?:nay )?(?:bi )?(?:sai|khong dung|chua dung|nham)(?: roi)?)(?: a| nha| nhe)?$/

/** @returns whether the whole message asks to say anew which matter it is. */
export function choosesAnew({ draft, guide, text }: Pick<Full, 'draft' | 'guide' | 'text'>): boolean {
  return guide.matters !== undefined && draft.stage !== 'story' && ANEW.test(plainly(text))
}

/** "Không có điều nào ở trên", "không phải mấy cái đó", "không cái nào đúng hết", "khác". */
const NONE_OF_THESE =
  /^(?:(?:da|thua|vang|deu|cac cai nay|may cai nay) )*(?:khong(?: (?:co|phai|giong|dung|thuoc|dieu|cai|y|viec|muc|truong|hop|nao|may|o|tren|trong|so|do|nay))+|(?:viec|cai|chuyen|loai)? ?khac)(?: (?:a|het|ca|dau|ban|nha|nhe))*$/

/** @returns whether the person says that it is none of those on offer, in words that elsewhere mean "skip". */
export function deniesAll({ draft, text }: Pick<Full, 'draft' | 'text'>): boolean {
  return draft.stage === 'matter' && isList(draft.matter.among) && NONE_OF_THESE.test(plainly(text))
}

function named(offers: readonly Matter[], text: string): Matter | undefined {
  return offers.find(({ title }) => plainly(title) === plainly(text))
}

/** "Cái thứ hai ạ", "số 2 nha". */
const PLACE =
  /^(?:(?:da|vang|em|toi|minh|con|chac|chon|cai|so|y|cau|dieu|thu|muc|dong|gan|voi|la) )*(\d{1,2}|nhat|dau tien|dau|mot|hai|ba|tu|bon|nam|sau|bay|tam|chin|muoi)(?: (?:a|ah|nha|nhe|do|ban|do a))*$/
const WORDS: readonly (readonly string[])[] = [
  ['nhat', 'dau tien', 'dau', 'mot'],
  ['hai'],
  ['ba'],
  ['tu', 'bon'],
  ...['nam', 'sau', 'bay', 'tam', 'chin', 'muoi'].map((word) => [word]),
]

function numbered(offers: readonly Matter[], text: string): Matter | undefined {
  const said = PLACE.exec(plainly(text))?.[1]
  if (said === undefined) return undefined
  return offers[/\d/.test(said) ? Number(said) - 1 : WORDS.findIndex((words) => words.includes(said))]
}

/** Words that tell no matter from another. */
const FILLER = new Set(
  'a ah da vang em toi minh con chac la thi ma co bi cai viec chuyen gan voi nhat do nay nha nhe cua cho duoc chon va hoac nhu kieu dang thoi roi oi ban anh chi khong'.split(
    ' ',
  ),
)
const LONGEST_CHOICE = 60
const NEAR = 0.75
/** Less may be half of another word: "tự tử" is no "tự hủy". */
const FEWEST_LETTERS = 4

/** The one offer that holds most of the words said; none where two hold as many, or where something longer is told. */
function nearest(offers: readonly Matter[], text: string): Matter | undefined {
  const said = wordsIn(text)
  if (text.length > LONGEST_CHOICE || said.join('').length < FEWEST_LETTERS) return undefined
  const scored = offers.map((offer) => ({ offer, share: shareOf(said, new Set(wordsIn(offer.title))) })).sort((a, b) => b.share - a.share)
  const [first, second] = scored
  return first && first.share >= NEAR && first.share > (second?.share ?? 0) ? first.offer : undefined
}

function shareOf(said: readonly string[], title: ReadonlySet<string>): number {
  return said.filter((word) => title.has(word)).length / said.length
}

const wordsIn = (text: string): readonly string[] => [...new Set(plainly(text).split(' '))].filter((word) => word !== '' && !FILLER.has(word))

function plainly(text: string): string {
  return fold(text)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()
}
