/** What a message during the intake is besides facts: a word of command, a correction, a question of its own. */
import { align, bare } from '../../../knowledge/language/aligned.ts'
import { fold } from '../../../knowledge/language/normalise.ts'
import type { FactName } from '../facts.ts'
import { say } from './scene.ts'

export type Command = 'later' | 'skip' | 'back' | 'cancel' | 'resume'

const POLITE_BEFORE =
  '(?:met (?:moi )?(?:qua|lam|roi)|da|vang|uh|u|um|thoi|a|oi|em|toi|minh|tui|con|chau|cho (?:em|toi|minh|tui)|xin|lam on|thua|hoi) '
const POLITE_BEHIND =
  ' (?:a|ah|hi|hen|nghe|nghen|nhe|nha|nhen|di|ban|ban oi|oi|giup (?:em|toi|minh)|gium|em|luon|nua|thoi|roi|vay|voi|het|dau|anh|chi|ad|hoi)'
const NOT = '(?:khong|ko|k|kh|hok|hong|khum|chang)'

const COMMANDS: readonly (readonly [Command, string])[] = [
  [
    'cancel',
    `huy|huy bo|huy ho so|huy khieu nai|${NOT} khieu nai nua|khong muon khieu nai nua|${NOT} lam (?:ho so )?nua|bo cuoc|dung ho so|dung khieu nai|thoi huy|rut khieu nai|xoa ho so nay|${NOT} muon (?:lam|tiep tuc)(?: ho so)?(?: nua)?|(?:thoi )?met(?: moi)? (?:qua|lam|roi)(?: roi)?(?: a)? thoi|thoi (?:ma )?met (?:qua|lam|roi)|thoi (?:khoi|nghi)(?: lam| khieu nai)?|thoi bo(?: di)?|thoi ${NOT} can(?: nua)?|${NOT} theo nua`,
  ],
  [
    'later',
    'de sau|de luc khac|de khi khac|luc khac|bua khac|hom khac|lat nua|ti nua|chut nua|mai lam tiep|mai tinh|bay gio ban|dang ban|de mai|tam dung|tam ngung|lam sau|noi sau|tra loi sau|bo sung sau|gui sau|(?:de |cho )?(?:ti|lat|chut|mot lat|xiu|toi|mai)(?: nua)?(?: (?:em|toi|minh|tui|con|chau|e))? (?:nhan|noi|ke|khai|lam|tra loi)(?: tiep| sau| lai)?',
  ],
  [
    'skip',
    `bo qua|bo qua cau nay|cau khac|qua cau khac|${NOT} nho|${NOT} nho ro|${NOT} nho nua|${NOT} biet|${NOT} ro|${NOT} (?:nho|biet|ro) (?:ten|so|ngay|gia|ma|dia chi)(?: (?:shop|ho|no|don|mua|nguoi ban|ben ban))?|${NOT} co|${NOT} co gi|quen roi|quen mat|quen|skip|next|${NOT} muon tra loi|${NOT} muon noi|khoi|${NOT} can|chiu`,
  ],
  ['back', 'quay lai|tro lai|lui lai|cau truoc|lai cau truoc|back|quay lai cau truoc|tro ve|quay ve'],
  ['resume', 'tiep tuc|tiep tuc ho so|lam tiep|tiep|tiep di|tiep tuc khieu nai|tiep tuc lam ho so|ho so cu|lam tiep ho so|tiep ho so'],
]
const WHOLE = COMMANDS.map(([command, words]) => ({ command, pattern: new RegExp(`^(?:${POLITE_BEFORE})*(?:${words})(?:${POLITE_BEHIND})*$`) }))
const POLITE_ONLY = new RegExp(`^(?:${POLITE_BEFORE})*(?:${POLITE_BEFORE.trim()})$`)
const LONGEST = 60

/** @returns the command that the whole short message is; undefined for anything longer or anything else. Never throws. */
export function commandIn(text: string): Command | undefined {
  if (text.length > LONGEST || /\?/.test(text)) return undefined
  const clauses = text.split(/[,.;!…\n]+/u).map(plainOf)
  return (
    wholeCommand(plainOf(text)) ?? sameInEach(clauses.filter((clause) => clause !== '' && !POLITE_ONLY.test(clause))) ?? withReason(text, clauses)
  )
}

function plainOf(text: string): string {
  return bare(align(text).text)
    .replace(/[^\p{L}\p{N}\s]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
}

const wholeCommand = (plain: string): Command | undefined => WHOLE.find(({ pattern }) => pattern.test(plain))?.command

/** "Thôi khỏi, mệt quá không làm nữa đâu": said twice over it is still one wish. */
function sameInEach(clauses: readonly string[]): Command | undefined {
  const [first, ...others] = clauses.map(wholeCommand)
  return others.every((command) => command === first) ? first : undefined
}

const PAUSES: ReadonlySet<Command | undefined> = new Set(['later', 'resume'])

/** "Lát em nhắn tiếp, chồng em về", "em xong rồi, tiếp đi": putting off and going on lose nothing, so a reason may stand beside them; a number would be an answer. */
function withReason(text: string, clauses: readonly string[]): Command | undefined {
  const [first, ...others] = clauses.map(wholeCommand).filter((command) => PAUSES.has(command))
  return /\d/.test(text) || others.length > 0 ? undefined : first
}

// --- corrections ---

/** Longer names come before the shorter ones that begin them. */
const FACT_WORDS: readonly (readonly [FactName, string])[] = [
  ['respondentPhone', '(?:sđt|sdt|số|số điện thoại|điện thoại|zalo) (?:của )?(?:shop|người bán|bên bán|cửa hàng|nó|họ)'],
  ['deliveredOn', 'ngày (?:nhận|giao|nhận hàng|giao hàng)(?: được)?'],
  ['boughtOn', 'ngày (?:mua|đặt|đặt hàng|mua hàng|chuyển tiền|thanh toán|order)|ngày'],
  ['amount', 'số tiền|giá tiền|giá|tiền hàng|tổng tiền|tiền'],
  ['name', '(?:họ )?tên (?:của )?(?:tôi|em|mình|tui|con|cháu|bác)|họ (?:và )?tên'],
  ['respondent', 'tên (?:shop|cửa hàng|người bán|bên bán|công ty|quán|tiệm)|shop|người bán|bên bán|cửa hàng|công ty'],
  ['phone', '(?:sđt|sdt|đt|số điện thoại|điện thoại|số)(?: (?:của )?(?:tôi|em|mình|tui|con|cháu|bác))?'],
  ['order', 'mã đơn hàng|mã đơn|mã vận đơn|mã|đơn hàng|vận đơn'],
  ['platform', 'sàn|nơi mua|chỗ mua|kênh mua|mua ở'],
  ['link', 'đường dẫn|link|đường link|tên tài khoản|tên nick|nick'],
  ['goods', 'tên hàng|món hàng|mặt hàng|tên sản phẩm|sản phẩm|hàng|món|đồ mua'],
  ['payment', 'cách (?:trả|thanh toán)(?: tiền)?|hình thức (?:trả|thanh toán)(?: tiền)?|thanh toán|trả tiền'],
  ['commune', 'địa chỉ|nơi ở|chỗ ở|xã|phường'],
  ['email', 'email|e-mail|mail|gmail'],
  ['wish', 'mong muốn|nguyện vọng|yêu cầu|điều muốn'],
  ['promised', 'lời hứa|cam kết|điều hứa|shop hứa'],
  ['contacted', 'trả lời của shop|shop trả lời|việc liên hệ|liên hệ'],
]
const ANY_FACT = `(?<fact>${FACT_WORDS.map(([, words]) => words).join('|')})`
const CHANGE = '(?:sửa lại|sửa|chỉnh lại|chỉnh|đổi lại|đổi|thay lại|thay|cập nhật lại|cập nhật|ghi lại)'
const HELP = '(?: (?:giúp|giùm|dùm|hộ|cho|lại|em|tôi|mình|tui|con|cái|phần|chỗ|mục|dòng))*'
const BECOMES = '(?:thành|lại là|lại thành|sang|qua|phải là|đúng là|mới đúng là|là|:|=)'
const WRONG = '(?:sai|nhầm|lộn|ghi sai|ghi nhầm|viết nhầm|nói nhầm|gõ nhầm|nhầm lẫn|chưa đúng|không đúng|ko đúng|k đúng)'
const FILL = '(?: (?:rồi|ạ|nha|nhé|bạn|ơi|mất))*'
const LEAD = '(?:(?:dạ|à|ủa|ơ|khoan|khoan đã|nãy|hồi nãy|xin lỗi|sorry|cho|em|tôi|mình|tui|con|bạn|ơi|nhờ|xin|làm ơn|muốn|ad)[, ]+)*'
const TEXT = '(?<text>\\S[\\s\\S]{0,400})?$'

const FORMS: readonly RegExp[] = [
  `${LEAD}${CHANGE}${HELP} ${ANY_FACT}${HELP}\\s*(?:${BECOMES})\\s*${TEXT}`,
  `${LEAD}${CHANGE}${HELP} ${ANY_FACT}${HELP}\\s*$`,
  `${LEAD}${ANY_FACT} (?:bị )?${WRONG}${FILL}(?:[\\s,.;:-]+(?:${BECOMES})(?![\\p{L}\\p{M}])\\s*|[\\s,.;:-]+(?=\\S{0,8}\\d)|\\s*$)${TEXT}`,
  `${LEAD}(?:bị )?${WRONG} ${ANY_FACT}${FILL}(?:[\\s,.;:-]+(?:${BECOMES})(?![\\p{L}\\p{M}])\\s*|[\\s,.;:-]+(?=\\S{0,8}\\d)|\\s*$)${TEXT}`,
  `${LEAD}${ANY_FACT} (?:đúng|đúng ra|đúng phải|chính xác|phải|thật ra) là\\s*${TEXT}`,
  // With the old value in between: "sửa phường Quy Nhơn Nam thành phường Quy Nhơn Tây".
  `${LEAD}${CHANGE}${HELP} ${ANY_FACT} [^,;.\\n]{1,40}? thành\\s*${TEXT}`,
].map((source) => new RegExp(`^\\s*${say(source).source}`, 'u'))

/** "hàng sai là tại shop", "đổi hàng sang size L": told or wished, unless a name is put right. */
const TOLD_OF: ReadonlySet<FactName> = new Set(['goods', 'respondent', 'wish', 'promised', 'contacted', 'payment'])

function isNoCorrection(form: number, fact: FactName, { 0: all, groups }: RegExpExecArray): boolean {
  if (form === 0) return fact === 'goods' && /^\s*(?:\S+\s+){0,3}(?:đổi|doi|thay)(?!\p{L})/u.test(all) && !/^t[eê]n/u.test(groups?.['fact'] ?? '')
  return TOLD_OF.has(fact) && !/^t[eê]n/u.test(groups?.['fact'] ?? '')
}

/** @returns the fact that the message puts right and the words of its new value (empty when none are given); undefined when it corrects nothing. */
export function correctionIn(text: string): { fact: FactName; text: string } | undefined {
  const aligned = align(text)
  for (const [i, form] of FORMS.entries()) {
    const match = form.exec(aligned.text)
    const fact = match?.groups && factNamed(match.groups['fact'] ?? '')
    if (!match || !fact || isNoCorrection(i, fact, match)) continue
    const value = match.groups?.['text'] ?? ''
    const start = match.index + match[0].length - value.length
    return { fact, text: value && aligned.span(start, start + value.length).text.trim() }
  }
  return undefined
}

const NAMED = FACT_WORDS.map(([fact, words]) => ({ fact, pattern: new RegExp(`^${say(words).source}$`, 'u') }))

const factNamed = (words: string): FactName | undefined => NAMED.find(({ pattern }) => pattern.test(words))?.fact

// --- questions ---

const NO = '(?:khong|ko|k|hong|hok|kh|chang|khum)'
const END = '(?: (?:a|ah|vay|the|z|zay|nhi|ta|ha|hen|nhe|ban|ban oi|ad|shop|em|anh|chi|nua|roi))*$'
/** Asks what the assistant or the association does: how long, how much, whether one must. */
const QUESTIONS: readonly RegExp[] = [
  `\\b(?:bao lau|bao gio|khi nao|chung nao|may ngay|may hom|mat bao nhieu|bao nhieu tien|ton bao nhieu)\\b.*(?:xong|duoc|giai quyet|tra loi|co ket qua|xu ly|phi|tien|hoan)|\\b(?:xong|giai quyet|tra loi|xu ly|co ket qua)\\b.*\\b(?:bao lau|khi nao|may ngay|bao gio)`,
  `\\b(?:co|can|phai|duoc|lieu) (?:\\S+ ){1,8}?${NO}${END}`,
  `\\b(?:duoc|dung|phai|dc) ${NO}${END}`,
  `\\b(?:lam sao|lam the nao|the nao|nhu the nao|ra sao|vi sao|tai sao|sao phai|de lam gi|lam gi|o dau|la gi|la ai|la sao|ntn|can gi|can nhung gi|giay to gi)${END}`,
  '^(?:ma |the |ua |oi )?(?:sao|tai sao|vi sao) (?:lai )?(?:phai|can|bat) ',
  `^(?:cho (?:em|toi|minh|tui|con|chau|bac) hoi|xin hoi|hoi ti|hoi chut|muon hoi|em hoi|toi hoi|hoi)\\b(?! (?:di hoi lai|lai|thi|hoai|mai|may lan|\\d|hai lan|ba lan))`,
].map((source) => new RegExp(source))
/** About the seller's silence or the story itself: told, not asked. */
const TOLD =
  /\b(?:shop|no|ho|ben ban|nguoi ban|nhan vien|chu (?:tiem|quan|shop|nha)|tiem|cong ty|bac si) (?:\S+ ){0,3}?(?:noi|bao|keu|hoi|the|hua|chiu)\b|\b(?:khong|ko|k) (?:biet|nho|hieu|ro)\b/
const MOST_WORDS = 25
/** "Shopee?", "3tr?": an unsure answer is an answer. */
const FEWEST_WORDS = 3
const SHORT_QUESTION = /^(?:bao lau|bao gio|khi nao|tai sao|vi sao)$/

/** @returns whether the message asks something that is answered before the intake goes on. In doubt it does not. Never throws. */
export function isQuestion(text: string): boolean {
  const last = /^(?=.{12,}$)[^?]*[,.!]\s+([^,.!?]{8,}\?)\s*$/su.exec(text)?.[1]
  return (
    asks(text) ||
    (last !== undefined && asks(last)) ||
    (!/\d{3}/.test(text) && text.split(/[,.!\n]+/).some((clause) => ASKS_US.test(plainOf(clause))))
  )
}

/** "em có bị tội gì không chị, em cũng có rủ một đứa": asked of whom one writes to, whatever is told behind it. */
const ASKS_US = new RegExp(`^(?:\\S+ ){0,4}(?:co|can|phai|duoc) (?:\\S+ ){1,8}?${NO} (?:chi|anh|em|ban|ad|hoi|co|chu|a)(?: (?:oi|a|oi a))?$`)

function asks(text: string): boolean {
  const marked = /\?\s*[)"”.!]*\s*$/u.test(text)
  const plain = fold(align(text).text)
    .replace(/[^\p{L}\p{N}\s]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  const count = plain.split(' ').length
  if ((count < FEWEST_WORDS && !SHORT_QUESTION.test(plain)) || count > MOST_WORDS || TOLD.test(plain) || commandIn(text)) return false
  return SHORT_QUESTION.test(plain) || QUESTIONS.some((question) => question.test(plain)) || (marked && ASKING_WORD.test(plain))
}

const ASKING_WORD = /\b(?:gi|dau|nao|sao|ai|may|khong|ko|chua|ha|a|the nao|bao nhieu|bao lau)\b/
