/** Wishes that are not served: getting around the law, other people's data. Recognised by what the words are nearest to. */
import { fold } from '../../knowledge/language/normalise.ts'
import type { Library } from '../../knowledge/library.ts'
import { probability } from '../../retrieval/logistic.ts'
import { wordOdds } from '../../retrieval/word-odds.ts'
import { outsideReply } from './outside.ts'
import weights from './refusal.json' with { type: 'json' }
import type { Draft, Found, Step } from './turn.ts'

/** The lowest at which no development question, judged by weights fitted without it, is refused that should not be. */
const THRESHOLD = 0.4

/** Ends the turn with a kind refusal when the message is nearer to a wish we do not serve than to anything else. */
export const refuse: Step = (draft, tools) => {
  const outright = outrightWish(draft.restored)
  const said = outright && tools.library.fields.get(outright)
  if (said && draft.references.length === 0) return outsideReply(said)
  const wish = draft.found.find((f) => f.kind === 'refusal')
  const field = wish && tools.library.fields.get(wish.id)
  if (
    !field ||
    isHonest(draft) ||
    probability(weights.weights, refusalFeatures(draft.found, draft.query, refusalOdds(tools.library, draft.query))) < THRESHOLD
  )
    return draft
  return outsideReply(field)
}

/** @returns the matter of a wish that is put to us in so many words; checked against every everyday question of the library: none is one. */
export function outrightWish(text: string): string | undefined {
  const folded = markedFold(text)
  if (wantsOthers(folded)) return 'thong-tin-nguoi-khac'
  return wantsToEvade(folded) ? 'lach-luat' : undefined
}

/** Folded, but for the few words whose marks matter: "lộ" is no worry ("lo"), "ảo" no pond, "êm" no one, "vợ" no "vô", and a name follows "tên". */
function markedFold(text: string): string {
  return fold(text.replace(/(?<!\p{L})tên (?=\p{Lu})/gu, 'tên# ').replace(/(?<!\p{L})(lộ|ảo|êm|vợ)(?!\p{L})/giu, '$1#'))
}

/** Asks to be shown how, or to have it made. */
const SHOW_ME =
  '(?:(?:chi|bay|day|mach|huong dan|tu van|goi y)(?: giup| gium| ho| cho)?(?: em| toi| minh| tui| con| anh| chi| cach| voi)|(?:co )?(?:meo|cach|chieu|thu thuat)(?: nao| gi| de)?|lam (?:sao|the nao|cach nao|rang)|kieu (?:gi|nao|chi)|sao cho|(?:viet|soan|lam|tao|bia|ghi|in)(?: \\S+)? (?:ho|giup|gium)|(?:viet|soan|tao|bia) (?:cho )?(?:em|toi|minh|tui)|(?:toi|em|minh|tui) (?:muon (?:ban|lam|in|sua|doi|giau|ne)|tinh|dinh)|nen (?:khai|noi|bao|bia|ke)(?: \\S+){0,3} (?:sao|the nao|gi|kieu))'
/** What nobody asks to be shown who means to keep the law: to go unseen, to deceive, to leave the other without a way. */
const FOUL = `(?:${[
  'lach|qua mat|doi pho|an gian|gian doi|khai (?:gian|khong|man)|bao (?:hang )?that lac|gia (?:vo|bo)|map mo|tron lot|tau tan|hoi lo|lam gia|giay to gia|keo day dua|day dua|keo re|em xuoi|cho (?:kheo|em#)',
  'ne (?:thue|trach nhiem|luat|viec|bao hanh|hoan|khieu nai|phat|khoa|bo loc|kiem duyet|tu khoa)|tron (?:thue|trach nhiem|phat|tranh)|tranh (?:hoan tien|bao hanh|trach nhiem)',
  'giau (?:nguon|xuat xu|giay|hang|thue|loi)|don ao#|mua (?:danh gia|review|data)|fake (?:tin|bill|don|review)|(?:de|cho) (?:nguoi ta|khach|doan kiem tra|ho) tuong',
  '(?:danh gia|binh luan|review|khen|nhan xet|5 sao|nam sao|mot sao)(?: \\S+){0,3} (?:gia|ao#)|gia (?:lam|giong|vai)(?: \\S+){0,2} khach|bia (?:gium|giup|ho|ra|may|vai)',
  '(?:in|sua|doi|tay|xoa|cao|dan|thao|khac)(?: \\S+){0,4} (?:han su dung|han dung|date|tem|so lo|ngay (?:san xuat|het han|moi)|in lai han|lai han)',
  '(?:khong|ko|khoi|chang|khong the|het|dung)(?: \\S+){0,2} (?:phat hien|lo#|soi|nhan ra|truy ra|quet|tim ra|lan ra|bi kien|kien (?:duoc|noi)|hay biet|dau vet)',
  '(?:san|co quan|quan ly thi truong|qltt|thue|khach|nguoi ta|he thong|may|doan kiem tra|kiem tra|cong an|can bo)(?: toi)?(?: \\S+){0,2} (?:khong|ko|khoi|chang)(?: \\S+){0,1} (?:biet|thay|hay(?= (?:biet|gi|dau)|\\W*$)|soi|bat|doi|kien|ra|quet)',
  'het (?:cach|duong)(?: \\S+)? (?:kien|doi|tra|khieu nai|cai|trach)|(?:nan|chan|met)(?: \\S+)? (?:khoi|bo)(?: |$)',
  '(?:muon|lay|xai|thue|dung) (?:can cuoc|cccd|giay to|cmnd)(?: cua)? (?:nguoi|ban|ba con)|ma khong bi (?:phat|khoa|bat|san)',
  '(?:khai|bao|noi|keu)(?: \\S+){0,3} (?:chua nhan|khong nhan|mat hang|bi be|hang loi|hang hu).{0,60}(?:cho (?:ho|san|shop|nguoi ta) tin|de (?:duoc )?(?:hoan|den|lay tien))',
].join('|')})`
const EVADING = new RegExp(`\\b${SHOW_ME}\\b.{0,70}\\b${FOUL}\\b|\\b${FOUL}\\b.{0,60}\\b(?:chi|bay|huong dan) (?:toi|em|minh|tui|cach)\\b`)
/** The seller is the one who does it, or the question is whether it is allowed. */
const OF_ANOTHER =
  /\b(shop|nguoi ban|ben ban|ho|san|cong ty|cua hang|tiem|trung tam|dai ly|no|ben do|ben kia|doi thu|chu (shop|tiem|quan))( \S+){0,4} (lach|ne|tron|qua mat|giau|doi pho|lam gia|in|sua|doi|tay|xoa|cao|day dua|keo|muon|mua danh gia|gia lam)\b|\blam (sao|the nao) (de )?(biet|nhan biet|phan biet|nhan ra|phat hien|to cao|bao)\b|\b(co (bi|vi pham|pham|duoc|duoc phep|dung|hop phap|sao)|bi (phat|xu)|duoc|phai|dung)( \S+){0,4} (khong|ko|hong|chua|k|sao|the nao|a)( (a|ad|vay|ban|nhi|ha|nhe|em))?\W*$/

/** The parts are looked for first: looking for them together tries every distance, and hardly any message has either. */
const SHOWS = new RegExp(`\\b${SHOW_ME}\\b`)
const TELLS = /\b(?:chi|bay|huong dan) (?:toi|em|minh|tui|cach)\b/
const FOULS = new RegExp(`\\b${FOUL}`)

function wantsToEvade(folded: string): boolean {
  return FOULS.test(folded) && (SHOWS.test(folded) || TELLS.test(folded)) && EVADING.test(folded) && !OF_ANOTHER.test(folded)
}

/** Asked of us, at the head of a sentence or with whom it is for. */
const FETCH =
  '(?:(?:^|[.,;!?:] ?)(?:\\S+ ){0,2}(?:cho|xin|tra|tim|gui|doc|mo|coi|xem|lay|kiem tra|dinh vi|liet ke|do ra)|(?:tra|tim|gui|doc|mo|coi|xem|lay|kiem tra|dinh vi|do|lan ra)(?: \\S+)?(?: \\S+)? (?:giup|gium|ho|cho|toi|em|ra))'
const PRIVATE =
  '(?:so dien thoai|sdt|so dt|so (?:zalo|rieng)|dia chi(?: nha| kho)?|so nha|nha rieng|hem (?:nao|may)|nha o|o hem|cccd|can cuoc|so tai khoan|ho so|don (?:khieu nai|gi|kien)|lich su mua|ten that|ten gi|ten tuoi|ho ten|nha (?:ba|ong|thang|con|chi|anh) |tin nhan|danh sach (?:nhung |cac )?(?:nguoi|ai|khach|ten)|noi dung|khieu nai (?:gi|nhung)|facebook ca nhan|bien ban)'
const PERSON =
  '(?:chu shop|nguoi (?:ban|mua|da|kia|dan|hoi|da)|khach(?: ten| do| kia)|thang|con (?:nho|kia|do)|hang xom|vo#|chong|nguoi yeu|ban (?:gai|trai)|nhan vien|shipper|nhung ai|ai (?:da|do|dang|vua|cham|binh luan|bao|to|gui|viet|khieu nai)|chinh chu|can bo|truc hoi|ten#|(?:chi|anh|ong|ba) (?:chu|ban|tieu thuong|giao|ship|do|kia|ay|ten|hang xom))'
const OTHERS_WANTED = new RegExp(
  [
    `${FETCH}\\b.{0,40}\\b${PRIVATE}\\b.{0,60}\\b${PERSON}\\b`,
    `${FETCH}\\b.{0,40}\\b${PERSON}\\b.{0,60}\\b${PRIVATE}\\b`,
    `\\b${PERSON}\\b.{0,60}\\b(?:ban|giup|gium|ho|em|toi)\\b.{0,12}\\b(?:tra|tim|xin|doc|xem|coi|lay|do)\\b.{0,30}\\b${PRIVATE}\\b`,
    `\\b${PERSON}\\b.{0,60}\\b${PRIVATE}\\b.{0,40}\\b(?:gui toi|gui em|cho toi|cho em|doc cho|doc noi dung|xem|coi) ?(?:xem|coi|nghe|xin|voi)?\\W*`,
  ].join('|'),
)
/** To ask of what is one's own, of an office's address, or of what someone must give, is no wish for another's data. */
const RIGHTFUL =
  /\b((don|don hang|ho so|thong tin|du lieu|so dien thoai|dia chi|tai khoan|lich su)( \S+)? cua (toi|em|minh|tui|con)|don (cua )?(toi|em|minh)|(dia chi|so dien thoai|sdt) (cua )?(van phong|hoi|co quan|cong ty|tru so|toa an|cong an|tong dai|so cong thuong|uy ban|ubnd)|quyen|luat|phai (cung cap|cho|dua|cong khai|ghi)|bat buoc|nghia vu|trach nhiem|co (duoc|phai)|(shop|san|no|ho|nguoi ban|cong ty|app|ben ban)( \S+){0,3} (bat|doi|yeu cau|ep|xin|goi|keu|bao)|lo |lam lo|mua ban (thong tin|du lieu))\b/

const PRIVATES = new RegExp(`\\b${PRIVATE}\\b`)
const PERSONS = new RegExp(`\\b${PERSON}\\b`)

function wantsOthers(folded: string): boolean {
  return PRIVATES.test(folded) && PERSONS.test(folded) && OTHERS_WANTED.test(folded) && !RIGHTFUL.test(folded)
}

const DUTY = /\b((co )?(phai|bat buoc|trach nhiem|nghia vu) (\S+ ){0,2}(cung cap|cho biet|cong khai|cho)|(co )?quyen (yeu cau|hoi|biet))\b/
const OWN = /\b(cua (toi|em|minh|con|chau|tui)|(don|don hang|ho so|thong tin|du lieu|so dien thoai|tai khoan)( \S+)? (cua )?(toi|em|minh|tui))\b/

/** Where an office sits and how it is called is for everyone to know. */
const OFFICE =
  /\b(dia chi|so dien thoai|sdt|so may)( \S+)? (cua )?(van phong|hoi|co quan|tru so|toa an|cong an|tong dai|so cong thuong|uy ban|ubnd)\b/
/** Means to keep the law. */
const LAWFUL = /\b(de|sao cho) (khong|khoi) bi (phat|vi pham|sai)\b|\b(dung|theo|hop) (luat|quy dinh)\b/

/** Someone who names a law, asks of what is their own, or of what others owe them by right, is not after what we refuse. */
function isHonest(draft: Draft): boolean {
  const words = markedFold(draft.query)
  if (draft.references.length > 0 || OF_ANOTHER.test(words)) return true
  return [OWN, DUTY, OFFICE, LAWFUL].some((honest) => honest.test(words)) && !FOULS.test(words)
}

const SIGNS: readonly RegExp[] = [FOULS, SHOWS, OF_ANOTHER, PRIVATES, PERSONS, new RegExp(`${FETCH}\\b`), RIGHTFUL, OWN]

/**
 * @returns the features that refusing is judged by: a bias, nearness to such wishes, how much nearer than all else by vectors and by the
 * fused score; what the words hold: a foul aim, to be shown how, another as the one who does it, private data, a person, to fetch, a right,
 * what is one's own; the pairs that make a wish; how much likelier the words are of such a wish.
 */
export function refusalFeatures(found: readonly Found[], text: string, odds = 0): number[] {
  const best = (of: (f: Found) => number, items: readonly Found[]) => Math.max(0, ...items.map(of))
  const wishes = found.filter((f) => f.kind === 'refusal')
  const others = found.filter((f) => f.kind !== 'refusal')
  const cosine = best((f) => f.cosine, wishes)
  const words = markedFold(text)
  const signs = SIGNS.map((sign) => (sign.test(words) ? 1 : 0))
  const [foul = 0, show = 0, , data = 0, person = 0, fetch = 0] = signs
  const ahead = [4 * (cosine - best((f) => f.cosine, others)), 4 * (best((f) => f.score, wishes) - best((f) => f.score, others))]
  const outright = outrightWish(text) ? 1 : 0
  return [1, 4 * cosine, ...ahead, ...signs, foul * show, data * person, data * person * fetch, outright, odds]
}

/** @returns how much likelier the words of `text` are in a wish that is not served than in any question. */
export function refusalOdds(library: Library, text: string): number {
  return wordOdds(library).of('refused', ['shelf', 'outside', 'scam'], text)
}
