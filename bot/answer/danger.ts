/** A scam going on, or money just sent: first aid comes before any law. */
import { fold } from '../../knowledge/language/normalise.ts'
import type { Guide } from '../../knowledge/schema.ts'
import { CHOICE, HEADING, SAY } from '../wording/vi.ts'
import { Basis } from './basis.ts'
import { holds } from './compose.ts'
import { plain, type Section, type Unanswered } from './outcome.ts'
import type { Draft, Step, Tools } from './turn.ts'

/** Signs in the person's own words; matched against folded text. One sign is a hint, signs of several groups are a scam. */
const SIGNS: Readonly<Record<'money' | 'deceived' | 'pressure' | 'trick', RegExp>> = {
  money:
    /\b(chuyen khoan|chuyen tien|chuyen roi|da chuyen|lo chuyen|vua chuyen|chuyen (cho|het|them|truoc|\d)|dat coc|coc truoc|da coc|nap tien|nap them|nap \d|dong phi|nop phi|gui tien|dua tien|ung tien|mat tien|mat (sach|het|trang|\d)|bi tru|tru tien|rut tien|quet ma|vay)\b/,
  deceived:
    /\b(lua|lua dao|bi lua|mat tieu|bien mat|lan mat|chan (so|zalo|facebook|tin|luon|minh|toi|em|roi)|bi chan|khoa (may|nick|fb|trang|tai khoan)|cat lien lac|khong lien lac duoc|khong goi duoc|thue bao|giao roi im|im re|bay mau|mat hut)\b/,
  pressure:
    /\b(doa|hu|ep|giuc|bat (toi|em|minh|me|ba|phai)|yeu cau|bao (toi|em|minh|me|phai)|dang (goi|nghe|doi|bat|giuc|online|nhan)|giu may|khong duoc (noi|ke|tat)|gap|ngay bay gio|trong \d+ phut)\b/,
  trick:
    /\b(otp|ma xac (nhan|thuc)|duong link|bam link|bam vao|link la|cai app|tai app|ung dung la|apk|cong an|vien kiem sat|toa an goi|can bo goi|ngan hang goi|nhan vien ngan hang|nhiem vu|cong tac vien|hoa hong|trung thuong|giai thuong|hoan tien|boi thuong gap|goi video|deepfake|gia giong|gia danh|gia mao|qr|ma qr|phi giai ngan|phi van chuyen|thuong tru|dinh danh|vneid|nang cap sim|khoa sim|tai khoan tam giu|lay lai tien|cong an mang)\b/,
}

/** A scam guide this close to the best of all counts as recognised when the words show a scam too. */
const NEAR = 0.8
const CLEAR = 0.97

/** Ends the turn with first aid when a scam is recognised in the words or by what the question is nearest to. */
export const recogniseDanger: Step = (draft, tools) => {
  const scam = nearestScam(draft, tools)
  const signs = signsIn(draft)
  const best = draft.found[0]?.score ?? 0
  const nearness = scam && best > 0 ? scam.score / best : 0
  const recognised = (nearness >= CLEAR && signs >= 1) || (nearness >= NEAR && signs >= 2) || (nearness >= 0.6 && signs >= 3)
  if (!recognised) return draft
  const guide = scam ? tools.library.guides.get(scam.id) : undefined
  return firstAid(draft, tools, guide)
}

function nearestScam(draft: Draft, tools: Tools) {
  return draft.found.find((f) => f.kind === 'guide' && tools.library.guides.get(f.id)?.kind === 'scam')
}

/** @returns how many groups of signs the person's words show, 0 to 4. */
export function signsIn(draft: Draft): number {
  const folded = fold(draft.restored)
  return Object.values(SIGNS).filter((pattern) => pattern.test(folded)).length
}

function firstAid(draft: Draft, tools: Tools, guide: Guide | undefined): Unanswered {
  const basis = new Basis(tools.library)
  const urgent = guide ? guide.firstAid.map((s) => basis.statement(s)) : []
  const law = (guide?.answer ?? []).filter((s) => holds(tools.library, s, draft.eventDay)).map((s) => basis.statement(s))
  const steps = (guide?.steps ?? []).filter((s) => holds(tools.library, s, draft.eventDay)).map((s) => basis.statement(s))
  const sections: Section[] = [
    { kind: 'urgent', heading: HEADING.urgent, lines: [plain(SAY.firstAidLead), ...(urgent.length > 0 ? urgent : SAY.firstAid.map(plain))] },
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
