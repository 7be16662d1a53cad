/** Wishes that are not served: getting around the law, other people's data. Recognised by what the words are nearest to. */
import { fold } from '../../knowledge/language/normalise.ts'
import { probability } from '../../retrieval/logistic.ts'
import { outsideReply } from './outside.ts'
import weights from './refusal.json' with { type: 'json' }
import type { Draft, Found, Step } from './turn.ts'

/** The lowest at which fewer than one of a hundred held-out everyday questions is refused. */
const THRESHOLD = 0.15

/** Ends the turn with a kind refusal when the message is nearer to a wish we do not serve than to anything else. */
export const refuse: Step = (draft, tools) => {
  const outright = OUTRIGHT.find(({ pattern }) => pattern.test(fold(draft.restored)))
  const said = outright && tools.library.fields.get(outright.field)
  if (said) return outsideReply(said)
  const wish = draft.found.find((f) => f.kind === 'refusal')
  const field = wish && tools.library.fields.get(wish.id)
  if (!field || isHonest(draft) || probability(weights.weights, refusalFeatures(draft.found, draft.query)) < THRESHOLD) return draft
  return outsideReply(field)
}

/** Wishes put to us in so many words, from the first word on; checked against every everyday question of the library: none of them matches. */
const OUTRIGHT: readonly { readonly field: string; readonly pattern: RegExp }[] = [
  {
    field: 'thong-tin-nguoi-khac',
    pattern:
      /^(?:(?:an tam|ad|ban|bot|alo|da) (?:oi )?)?(?:lam on )?(?:cho (?:toi|em|minh|tui|xin|con)|xin|tra (?:giup|ho|cho)|tim (?:giup|ho|cho)|doc (?:giup|ho|cho)|gui (?:toi|em|minh|cho)|lay (?:giup|ho)|cung cap)\b.{0,40}\b(?:so dien thoai|sdt|so dt|dia chi|so nha|nha rieng|cccd|can cuoc|so tai khoan|ho so|don khieu nai|lich su mua|ten that|ho ten)\b.{0,40}\b(?:chu shop|nguoi ban|nguoi mua|nguoi da|nguoi kia|nguoi do|ong|ba|anh|chi|thang|con nho|khach|hang xom|vo|chong|nguoi yeu|nhan vien|shipper|nguoi khac|nguoi ta)\b/,
  },
  {
    field: 'lach-luat',
    pattern:
      /^(?:(?:an tam|ad|ban|bot|alo|da|lam on) (?:oi )?)?(?:chi|bay|day|huong dan|tu van|meo|cach|lam sao|lam the nao|co cach nao)\b.{0,30}\b(?:lach|ne (?:thue|trach nhiem|luat|bao hanh|hoan|khieu nai|phat|viec)|tron (?:thue|trach nhiem|phat|tranh)|tranh (?:hoan tien|bao hanh|trach nhiem|bi phat)|qua mat|giau (?:nguon|xuat xu|giay|hang|thue)|lam gia|mua (?:danh gia|review)|ma (?:khong|ko|k) bi (?:phat|khoa|bat|phat hien|san)|de (?:san|co quan|quan ly thi truong|thue|khach) (?:khong|ko|khoi) (?:phat hien|biet|khoa|bat|soi|thay|doi|kien))\b/,
  },
]

const DUTY = /\b((co )?(phai|bat buoc|trach nhiem|nghia vu) (\S+ ){0,2}(cung cap|cho biet|cong khai|cho)|(co )?quyen (yeu cau|hoi|biet))\b/
/** Someone who names a law, asks of what is their own, or of what others owe them by right, is not after what we refuse. */
function isHonest(draft: Draft): boolean {
  const folded = fold(draft.query)
  return draft.references.length > 0 || ((OWN.test(folded) || DUTY.test(folded)) && !EVADES.test(folded))
}

const EVADES =
  /\b(lach|ne (thue|trach nhiem|luat|viec|bao hanh|hoan|khieu nai|phat)|tron (thue|trach nhiem|phat|tranh)|qua mat|giau (nguon|xuat xu|giay|thong tin|hang|thue)|che (mat|logo|giau|di)|doi pho|lam gia|mua (danh gia|review|like)|seeding|danh gia ao|don ao|(san|nguoi ta|khach|co quan|quan ly thi truong|thue) (khong|ko|khoi|chang) (phat hien|biet|khoa|bat|soi|thay)|(khong|ko|khoi) bi (phat|khoa|bat|phat hien|soi|truy)|(sao|the nao|cach nao) (de|cho) (khach|nguoi mua) (khong|ko|khoi|het)|khoi (hoan tien|bao hanh|doi tra|dang ky|khai))\b/
const OTHERS =
  /\b(so dien thoai|sdt|so dt|dia chi( nha)?|nha o dau|so nha|cccd|can cuoc|cmnd|so tai khoan|stk|ho so|don khieu nai|lich su mua|thong tin ca nhan|ten that|facebook ca nhan)\b.*\b(cua|thang|con|ong|ba|chi|anh|co|chu|nguoi|khach|chu shop|hang xom|vo|chong|nguoi yeu|nhan vien)\b/
const OWN = /\b(cua (toi|em|minh|con|chau|tui)|(don|don hang|ho so|thong tin|du lieu|so dien thoai|tai khoan)( \S+)? (cua )?(toi|em|minh|tui))\b/
const WISHES =
  /\b(chi (em|toi|minh|cho|cach)|bay (em|toi|minh|cho|cach)|huong dan|meo|co cach nao|cach nao|lam sao (de|cho)|xin|cho (em|toi|minh) (xin|biet)|tra (giup|ho|cho)|tim (giup|ho|cho)|cung cap|lay (giup|ho)|doc cho)\b/

/**
 * @returns the features that refusing is judged by: a bias, nearness to such wishes, how much nearer than all
 * else by vectors and by the fused score; what the words ask: to get around a rule, another's data, one's own, to be shown how. */
export function refusalFeatures(found: readonly Found[], text: string): number[] {
  const best = (of: (f: Found) => number, items: readonly Found[]) => Math.max(0, ...items.map(of))
  const wishes = found.filter((f) => f.kind === 'refusal')
  const others = found.filter((f) => f.kind !== 'refusal')
  const cosine = best((f) => f.cosine, wishes)
  const folded = fold(text)
  const [evades, another, own, wish] = [EVADES, OTHERS, OWN, WISHES].map((pattern) => (pattern.test(folded) ? 1 : 0)) as [
    number,
    number,
    number,
    number,
  ]
  const ahead = [4 * (cosine - best((f) => f.cosine, others)), 4 * (best((f) => f.score, wishes) - best((f) => f.score, others))]
  return [1, 4 * cosine, ...ahead, evades, another * (1 - own), own, wish, wish * Math.max(evades, another * (1 - own))]
}
