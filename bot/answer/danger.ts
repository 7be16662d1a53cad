/** A scam going on, or money just sent: first aid comes before any law. */
import { fold } from '../../knowledge/language/normalise.ts'
import type { Library } from '../../knowledge/library.ts'
import type { Guide } from '../../knowledge/schema.ts'
import { probability } from '../../retrieval/logistic.ts'
import { wordOdds } from '../../retrieval/word-odds.ts'
import { CHOICE, HEADING, SAY } from '../wording/vi.ts'
import { Basis } from './basis.ts'
import { holds } from './compose.ts'
import weights from './danger.json' with { type: 'json' }
import { type Line, plain, type Section, type Unanswered } from './outcome.ts'
import type { Draft, Found, Step, Tools } from './turn.ts'

/** Signs in the person's own words; matched against folded text. One sign is a hint, signs of several groups are a scam. */
const SIGNS: Readonly<Record<'money' | 'deceived' | 'pressure' | 'trick' | 'now' | 'stranger', RegExp>> = {
  money:
    /\b(chuyen khoan|chuyen tien|chuyen roi|da chuyen|lo chuyen|vua chuyen|chuyen (cho|het|them|truoc|\d)|dat coc|coc truoc|da coc|nap tien|nap them|nap \d|dong phi|nop phi|gui tien|dua tien|ung tien|mat tien|mat (sach|het|trang|\d)|bi tru|tru tien|rut tien|quet ma|vay)\b/,
  deceived:
    /\b(lua|lua dao|bi lua|mat tieu|bien mat|lan mat|chan (so|zalo|facebook|tin|luon|minh|toi|em|roi)|bi chan|khoa (may|nick|fb|trang|tai khoan)|cat lien lac|khong lien lac duoc|khong goi duoc|thue bao|giao roi im|im re|bay mau|mat hut)\b/,
  pressure:
    /\b(doa|hu doa|ep|giuc|bat (toi|em|minh|me|ba|phai)|yeu cau|bao (toi|em|minh|me|phai)|dang (goi|nghe|doi|bat|giuc|online|nhan)|giu may|khong duoc (noi|ke|tat)|can gap|gap (lam|rut|qua|trong|khong)|chuyen gap|ngay bay gio|trong \d+ phut)\b/,
  now: /\b(vua (moi|xong|chuyen|bi)|moi (chuyen|bi|gui|bam|nap|coc|day)|lo (chuyen|bam|doc|gui|cai|dua|nap)|dang (goi|nhan|doi|giu|cho|noi)|(gio|bay gio) (lam|phai|toi|em|sao|minh)|phai lam (gi|sao)|lam gi (ngay|truoc)|lam sao (lay|de lay|bay gio)|cuu|gap lam|hoang|so qua|run)\b/,
  stranger:
    /\b(so la|nguoi la|ai do|tu xung|xung la|tu nhan|nguoi tu|goi toi|goi den|goi cho|nhan tin cho|ket ban|quen (qua )?mang|tren mang|telegram|zalo la|ten la|tai khoan la)\b/,
  trick:
    /\b(otp|ma xac (nhan|thuc)|duong link|bam link|bam vao|link la|cai app|tai app|ung dung la|apk|cong an|vien kiem sat|toa an goi|can bo goi|ngan hang goi|nhan vien ngan hang|nhiem vu|cong tac vien|hoa hong|trung thuong|giai thuong|hoan tien|boi thuong gap|goi video|deepfake|gia giong|gia danh|gia mao|qr|ma qr|phi giai ngan|phi van chuyen|thuong tru|dinh danh|vneid|nang cap sim|khoa sim|tai khoan tam giu|lay lai tien|cong an mang)\b/,
}

/** Signs of a dispute with a seller who can be found and who answers: the words may be as frightened, but nobody has vanished. */
const DISPUTE: Readonly<Record<'place' | 'answers' | 'rights' | 'goods', RegExp>> = {
  place:
    /\b(don( hang)? (tren )?(lazada|shopee|tiki|tiktok|sendo)|tiem|cua hang|dai ly|sieu thi|nha hang|quan|trung tam|spa|phong (gym|tap|kham)|nha (xe|sach|thuoc|mang|may|phan phoi|san xuat)|hang (xe|bay|may|dien|bao hanh|lam|noi|bao|tra|khong)|sap|khach san|tram|tho|ky thuat|van phong|showroom|rap|web ban|ban quan ly|truyen hinh|internet|goi cuoc|truong|benh vien|cong ty|chu (tiem|quan|cua hang|sap)|san (thuong mai|bat|bao|noi|khoa|co|phai))\b/,
  answers:
    /\b(khong chiu|nhat dinh khong|khang khang|chi (hen|xin loi|doi|cho doi|tra|hoan)|xin loi|hen (lan|hoai|mai|toi|den|thu)|do (loi|thua|cho|qua)|choi (bay|bo|het|luon)|loi do|van (nghe|mo cua|mo den|bat may|tra loi|ngoi|con do|lam an|gap|tiep)|khong (hoan|doi|tra|bot|cho tra|cho doi|cho huy|nhan lai)|tu choi|lam lo|noi (la|rang|kieu|quy dinh)|ghi trong|trong (giay|hop dong)|ky (giay|hop dong))\b/,
  rights:
    /\b(luat|quyen|dieu khoan|quy dinh|nghia vu|trach nhiem|duoc (doi|tra|hoan|boi thuong|huy)|boi thuong|den bu|vi pham|co dung|dung (khong|luat)|hop phap|bao hanh|doi tra|khieu nai|co (duoc|phai|bat buoc)|doi lai (duoc|tien) (khong|duoc))\b/,
  goods:
    /\b(hu|hong|loi|sua|be|vo|gay|het (han|date)|giao (nham|sai|tre|thieu|cham)|khong giong|khac (mau|hinh)|hang dom|size|chat luong|dich vu|hoa don|bien lai|tinh (tien|them|sai)|thay (pin|nhot|the|moi))\b/,
}

/** Money gone and the other with it, a code or a link and then the loss, a false officer, paying in order to be paid, threats with pictures: no doubt is left. */
const OUTRIGHT: readonly RegExp[] = [
  /\b((?<!noi |cau |tro |ke )chuyen(?! (nay|do|gi|la|mang))|ck|coc|nap|gui tien|tra tien truoc)\b.{0,90}\b(chan (so|luon|toi|em|minh|tui|zalo|facebook|fb|het|roi|may)|(bi )?chan(?= *$|[.,!?])|khoa (trang|nick|page|fb|facebook|may|zalo|tai khoan roi)|bien mat|mat (hut|tieu|tich|dang)|thue bao|lan mat|xoa (nick|page|nhom|trang)|bay mau|giai tan|khong lien lac duoc)\b/,
  /\b(otp|ma xac (nhan|thuc)|bam (vao )?(cai )?(link|duong link)|link la|cai app|quet ma)\b.{0,90}\b(mat (sach|het|\d|tien|trang|toi|luon)|bi tru|tru (sach|het|mat|\d|tien)|rut (het|sach|mat)|tai khoan (trong|bay))\b/,
  /\b(xung|tu xung|xung la|gia danh)\b.{0,30}\b(cong an|vien kiem sat|toa an|ngan hang|dien luc|vneid|buu dien|can bo|nhan vien)\b.{0,140}\b(chuyen|otp|ma|app|link|duong dan|tien|khong duoc noi|rut|tai khoan)\b/,
  /\b(nap|dong|nop|chuyen)( \S+){0,5} (them|thue|phi|coc|tien)\b.{0,60}\b(moi|de) (duoc |cho )?(rut|nhan (qua|thuong|tien|giai)|giai ngan)\b/,
  /\b(anh|hinh|clip|video)( \S+){0,3} (nong|nhay cam|sex|nude|khoa than|bay)\b.{0,90}\b(doa|doi|dang len|gui cho|tung)\b/,
  /\b(lam nhiem vu|chot don|like video|cong tac vien)\b.{0,90}\b(nap|chuyen)\b.{0,90}\b(rut|nap them|them|tiep)\b/,
]

/**
 * From this probability on a message is treated as a scam going on. At 0.4 it finds no more scams in either half of the evaluation
 * set, and meets a quarter more of the ordinary complaints with first aid: a story tells of money and of sellers who do not answer, and is no scam for that.
 */
const THRESHOLD = 0.5
/** The same for who names a seller that can be found, or asks of a right, and speaks of no trick: short of this an answer under a warning serves better. */
const DISPUTE_THRESHOLD = 0.7
/** Between this and the threshold the question is answered, under a warning of what to do if it is one. */
const CAUTION = 0.25
const LIMIT = 60
/** How near a scam guide must be for its own steps to be given. */
const KNOWN_KIND = 0.45

/** Ends the turn with first aid when the words, and what they are nearest to, show a scam. Validity plays no part: danger has no date. */
export const recogniseDanger: Step = async (draft, tools) => {
  if (isCalm(draft)) return draft
  const isScam = (id: string) => tools.library.guides.get(id)?.kind === 'scam'
  const found = await tools.near(draft.query, LIMIT)
  const scam = found.find((f) => isScam(f.id))
  // Without a sign in the words, and near to no scam that is known, there is nothing to judge.
  if (!signsOf(draft.query).includes(1) && (scam?.cosine ?? 0) < KNOWN_KIND) return draft
  const p = probability(
    weights.weights,
    dangerFeatures(found, isScam, draft.query, draft.saidField !== undefined, scamOdds(tools.library, draft.query)),
  )
  const enough = isDispute(draft.query) ? DISPUTE_THRESHOLD : THRESHOLD
  if (p < enough && !isOutright(draft.query)) return { ...draft, caution: p >= CAUTION }
  // A scam of a kind we have no guide for gets the steps that help in all of them.
  return firstAid(draft, tools, scam && scam.cosine >= KNOWN_KIND ? tools.library.guides.get(scam.id) : undefined)
}

/** @returns whether the words leave no doubt that someone was, or is being, robbed. */
export function isOutright(text: string): boolean {
  const folded = fold(text)
  return OUTRIGHT.some((pattern) => pattern.test(folded))
}

function isDispute(text: string): boolean {
  const folded = fold(text)
  const { trick, stranger, now } = SIGNS
  // A refund is promised by swindlers and owed by sellers: by itself it says neither.
  const told = folded.replaceAll('hoan tien', '')
  return (DISPUTE.place.test(folded) || DISPUTE.rights.test(folded)) && ![trick, stranger, now].some((sign) => sign.test(told))
}

/** After so many days money is not on its way any more: what helps then is an answer. */
const STALE_DAYS = 60
/** Where the words leave no doubt the bank and the police are still to be told. */
const STALE_OUTRIGHT = 365

/** Long past, and nobody knows when. */
const LONG_AGO =
  /\b(lau (lam|qua) roi|(may|nhieu|vai|ba bon|muoi|chuc) nam (truoc|roi|nay)|truoc (hoi |luc )?(dich|covid)|tu (thoi|hoi) (dich|covid))\b/

/** Someone who names a law or a day long past asks about a matter, not for help right now. */
function isCalm(draft: Draft): boolean {
  const words = fold(draft.query)
  const past = (Date.parse(draft.asked.asOf) - Date.parse(draft.eventDay)) / 86_400_000
  const outright = isOutright(draft.query)
  const stale = past > (outright ? STALE_OUTRIGHT : STALE_DAYS) || (LONG_AGO.test(words) && !outright)
  return (draft.references.length > 0 || stale) && !SIGNS.now.test(words)
}

const NEAREST = 8

/**
 * @returns the features that danger is judged by: a bias; nearness to known scams, alone and against all else, by vectors and by the
 * fused score; their share among the nearest; which groups of signs the words show, and whether several do; and the
 * same for signs of an ordinary dispute; whether they name a matter outside the shelf; how much likelier the words are of a scam.
 */
export function dangerFeatures(found: readonly Found[], isScam: (id: string) => boolean, text: string, said = false, odds = 0): number[] {
  const best = (of: (f: Found) => number, items: readonly Found[]) => Math.max(0, ...items.map(of))
  const scams = found.filter((f) => isScam(f.id))
  const others = found.filter((f) => !isScam(f.id))
  const cosine = best((f) => f.cosine, scams)
  const near = found.slice(0, NEAREST).filter((f) => isScam(f.id)).length / NEAREST
  const signs = signsOf(text)
  const count = signs.reduce((sum, sign) => sum + sign, 0)
  const ahead = [4 * (cosine - best((f) => f.cosine, others)), 4 * (best((f) => f.score, scams) - best((f) => f.score, others))]
  const calm = shown(DISPUTE, text)
  const dispute = calm.reduce((sum, sign) => sum + sign, 0)
  return [1, 4 * cosine, ...ahead, near, ...signs, count >= 2 ? 1 : 0, count >= 3 ? 1 : 0, ...calm, dispute >= 3 ? 1 : 0, said ? 1 : 0, odds]
}

/** @returns how much likelier the words of `text` are where a scam is told than anywhere else. */
export function scamOdds(library: Library, text: string): number {
  return wordOdds(library).of('scam', ['shelf', 'outside', 'refused'], text)
}

/** @returns for each group of signs whether the words show one. */
function signsOf(text: string): number[] {
  return shown(SIGNS, text)
}

function shown(groups: Readonly<Record<string, RegExp>>, text: string): number[] {
  const folded = fold(text)
  return Object.values(groups).map((pattern) => (pattern.test(folded) ? 1 : 0))
}

/** No first aid goes out without stop, bank, evidence, police and hotline: what a guide does not say itself is added. */
function withEssentials(lines: readonly Line[]): Line[] {
  const said = lines.map((line) => line.text.toLowerCase()).join(' ')
  const missing = SAY.firstAid.filter(({ unless }) => !unless.test(said))
  return [...lines, ...missing.map(({ text }) => plain(text))]
}

function firstAid(draft: Draft, tools: Tools, guide: Guide | undefined): Unanswered {
  const basis = new Basis(tools.library)
  const urgent = withEssentials((guide?.firstAid ?? []).map((s) => basis.statement(s)))
  const law = (guide?.answer ?? []).filter((s) => holds(tools.library, s, draft.eventDay)).map((s) => basis.statement(s))
  const steps = (guide?.steps ?? []).filter((s) => holds(tools.library, s, draft.eventDay)).map((s) => basis.statement(s))
  const sections: Section[] = [
    { kind: 'urgent', heading: HEADING.urgent, lines: urgent },
    { kind: 'note', heading: HEADING.signs, lines: (guide?.signs ?? []).map((s) => basis.statement(s)) },
    { kind: 'steps', heading: HEADING.steps, lines: steps },
    { kind: 'evidence', heading: HEADING.evidence, lines: (guide?.evidence ?? []).map(plain) },
    { kind: 'answer', heading: HEADING.law, lines: law },
  ]
  return {
    kind: 'first_aid',
    reason: guide?.id ?? 'signs',
    sections: sections.filter((s) => s.lines.length > 0),
    choices: [CHOICE.officer, CHOICE.complain],
    citations: basis.citations,
  }
}
