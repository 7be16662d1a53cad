/** Messages that ask for something other than the law: a greeting, a person, a complaint, one's own data. */
import { fold } from '../../knowledge/language/normalise.ts'
import { syllables } from '../../knowledge/language/syllables.ts'
import { CHOICE, SAY } from '../wording/vi.ts'
import { recogniseDanger } from './danger.ts'
import { plain, type Section, type Unanswered } from './outcome.ts'
import { isOutcome, type Step } from './turn.ts'
import { isWish } from './wish.ts'

interface Intent {
  readonly kind: 'service' | 'complaint' | 'handoff'
  readonly reason: string
  /** Matched against the folded text. */
  readonly pattern: RegExp
  /** Longer messages hold a story: they are answered as one. */
  readonly longest: number
  /** Words of a story: then the story is answered. */
  readonly unless?: RegExp
  readonly sections: readonly Section[]
  readonly choices: readonly string[]
}

const say = (...sentences: string[]): Section[] => [{ kind: 'answer', heading: '', lines: sentences.map(plain) }]

const START: readonly string[] = [CHOICE.buyer, CHOICE.seller, CHOICE.complain, CHOICE.officer]
const COMPLAINT: Section[] = [
  { kind: 'answer', heading: '', lines: [plain(SAY.complaint)] },
  { kind: 'steps', heading: '', lines: SAY.complaintSteps.map(plain) },
  { kind: 'way_out', heading: '', lines: [plain(SAY.complaintMore)] },
]

/** The wish alone, or with whom it is about; told on, it is heard by {@link isWish}. */
const COMPLAINING: Intent = {
  kind: 'complaint',
  reason: 'asked_to_complain',
  pattern:
    /^(da |a |alo |chao \S+ )?(toi|em|minh|con|chau|cho toi|cho em|co|chu|anh|chi|tui)?\s?(muon|can|xin|dinh|cho)?\s?(toi |em )?(duoc )?(khieu nai|to cao|nop don|gui don|lam don|phan anh|to giac)( (khieu nai|to cao|phan anh))?( (shop|nguoi ban|cua hang|cong ty|san|mot|ve|cai|voi hoi|len hoi|toi hoi).*)?$/,
  longest: 11,
  unless: /\b(khong|ko|bi|ma|vi|roi|hu|rach|loi|chua|sai|xong|nhung|thi)\b/,
  sections: COMPLAINT,
  choices: [CHOICE.officer],
}

const INTENTS: readonly Intent[] = [
  {
    kind: 'handoff',
    reason: 'asked_for_person',
    pattern:
      /\b(gap|noi chuyen voi|noi may|chat voi|ket noi|cho (toi|em|minh) gap|can gap|muon gap)\b.*\b(can bo|nguoi that|nhan vien|tu van vien|nguoi truc|ai do|con nguoi|tong dai vien)\b/,
    longest: 16,
    sections: say(SAY.handoff),
    choices: [CHOICE.complain],
  },
  COMPLAINING,
  {
    kind: 'service',
    reason: 'case_status',
    pattern: /\bho so\b.*\b(toi dau|den dau|sao roi|the nao roi|xong chua|giai quyet chua)\b|\btinh trang (don|ho so|vu viec)\b/,
    longest: 25,
    sections: say(SAY.caseStatus),
    choices: [CHOICE.officer],
  },
  {
    kind: 'service',
    reason: 'own_data',
    pattern:
      /\b(xoa|xem|sua|rut)\b.*\b(du lieu|thong tin|tin nhan|cuoc tro chuyen)( \S+){0,2} (cua (toi|em|minh)|toi|em) (o day|tai day|trong chat|khoi he thong|cua ban)\b|^(xoa|xem|sua) (du lieu|thong tin) (cua )?(toi|em|minh)$/,
    longest: 20,
    sections: say(SAY.ownData),
    choices: [CHOICE.officer],
  },
  {
    kind: 'service',
    reason: 'who_are_you',
    pattern:
      /^(ban|em|may|day|an tam|bot) (la )?(ai|gi|robot|nguoi hay may|may hay nguoi|nguoi that)( (vay|the|a|khong|ko|ha))*$|\b(ban|may) (co phai )?la (nguoi that|robot|may|ai|bot)\b.*|^ban (co the )?(lam duoc gi|giup (duoc )?gi).*/,
    longest: 12,
    sections: say(SAY.whoAreYou),
    choices: START,
  },
  {
    kind: 'service',
    reason: 'greeting',
    pattern:
      /^((xin )?chao|hello|hi|alo|helo|hey|chao buoi (sang|trua|chieu|toi)|a lo)( (ban|em|anh|chi|co|chu|moi nguoi|an tam|ad|admin|shop|hoi|cac ban|a|nhe|oi|buoi sang))*$|^(bat dau|\/?start|menu|tro giup|help)$/,
    longest: 8,
    sections: say(SAY.greeting),
    choices: START,
  },
  {
    kind: 'service',
    reason: 'audience',
    pattern: /^toi (mua|ban) hang$/,
    longest: 4,
    sections: say('Vâng. Bạn kể giúp chuyện cụ thể: món gì, ở đâu, khi nào, vướng chỗ nào nhé.'),
    choices: [],
  },
  {
    kind: 'service',
    reason: 'thanks',
    pattern:
      /^(da |ok |oke |vang |u )*((em|toi|minh|chi|anh|con|chau|co|bac) )?(cam on|cam on ban|thank|thanks|thank you|tks|ok|oke|vang|da|hieu roi|biet roi|tot qua)(,? (ban|em|anh|chi|nhieu|nhe|nha|a|rat nhieu|cac ban|roi|lam|an tam|hoi|de hieu|hay|ro rang|tan tinh|qua))*$/,
    longest: 9,
    sections: say(SAY.thanks),
    choices: [],
  },
  {
    kind: 'service',
    reason: 'bye',
    pattern: /^(tam biet|bye|bai|chao nhe|hen gap lai|bye bye)( (ban|em|nhe|nha))*$/,
    longest: 6,
    sections: say(SAY.bye),
    choices: [],
  },
]

/** Ends the turn for a message whose words ask for a service, a person or a complaint. */
export const route: Step = async (draft, tools) => {
  const words = syllables(draft.restored)
  const folded = fold(words.join(' '))
  const intent = INTENTS.find((candidate) => words.length <= candidate.longest && candidate.pattern.test(folded) && !candidate.unless?.test(folded))
  if (intent) return taken(intent)
  if (!isWish(draft.restored)) return draft
  // A story stands beside it: where it tells of a scam going on, first aid comes before any complaint. Earlier questions had their own turn.
  const judged = await recogniseDanger({ ...draft, query: draft.restored }, tools)
  return isOutcome(judged) ? judged : taken(COMPLAINING)
}

function taken({ kind, reason, sections, choices }: Intent): Unanswered {
  return { kind, reason, sections, choices, citations: [] }
}
