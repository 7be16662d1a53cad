/** What a person may agree to, each for itself, never ticked beforehand. The words have a version that is kept with the answer. */
import { fold } from '../../knowledge/language/normalise.ts'

export const PURPOSES = ['handle', 'authority', 'respondent', 'warning'] as const
export type Purpose = (typeof PURPOSES)[number]

/** Changes whenever a word of {@link CONSENT_TEXT} does, or what an answer to them means. */
export const CONSENT_VERSION = '2026-11-28'

export const CONSENT_TEXT: Readonly<Record<Purpose, string>> = {
  handle: 'Hội lưu và xử lý hồ sơ của tôi, gọi lại cho tôi khi cần (bắt buộc thì Hội mới giúp được)',
  authority: 'Hội chuyển hồ sơ, có tên và số điện thoại của tôi, cho cơ quan nhà nước có thẩm quyền',
  respondent: 'Hội liên hệ bên bán và cho họ biết tên tôi, nội dung tôi khiếu nại',
  warning: 'Hội dùng câu chuyện của tôi, bỏ tên, để cảnh báo người khác',
}

/** For who need not choose: what most people mean. */
export const CONSENT_CHOICES: readonly (readonly [words: string, purposes: readonly Purpose[]])[] = [
  ['Đồng ý cả bốn việc', PURPOSES],
  ['Đồng ý 1, 2 và 3', ['handle', 'authority', 'respondent']],
  ['Chỉ đồng ý 1', ['handle']],
  ['Không đồng ý', []],
]

/** @returns what was agreed to; undefined where the message does not say: nothing is ever guessed. */
export function consentIn(text: string): readonly Purpose[] | undefined {
  if (text.length > LONGEST_ANSWER) return undefined
  const said = plainOf(text)
  const choice = CONSENT_CHOICES.find(([words]) => fold(words) === said)
  if (choice) return choice[1]
  if (NONE.test(said)) return []
  if (ALL.test(said)) return PURPOSES
  if (BARE.test(said)) return ['handle']
  if (COUNTED.test(said)) return undefined
  return numbered(said) ?? allBut(said) ?? nothingElse(said)
}

/** @returns whether a message says something of agreeing at all, however unclear to what. */
export function speaksOfConsent(text: string): boolean {
  return text.length <= LONGEST_ANSWER && fold(text).search(AGREES) >= 0
}

const LONGEST_ANSWER = 160

/** "dạ em đồng ý … nha" without what is only polite. */
function plainOf(text: string): string {
  return inDigits(fold(text))
    .replace(/[.!?]+(?=\s|$)|[()]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .replace(
      /^(?:(?:da|vang|u|uh|ok|oke|okie|thoi|thi|vay|chung|toi|em|e|minh|con|chau|bac|tui|co|chi|anh|chu)(?:\s|,\s?)+)+(?=(?:khong|ko|dong y|chap nhan|cho|chi|chon|het|tat ca|ca|viec|so|\d))/,
      '',
    )
    .replace(/(?:\s(?:a|nha|nhe|di|do|luon|thoi|roi|ban|em|chi|anh|co|chu|bac|hoi|nhen|nghen))+$/, '')
}

const DIGIT: Readonly<Record<string, string>> = { mot: '1', hai: '2', ba: '3', bon: '4' }
/** "Cả ba" of four: nobody knows which. */
const COUNTED = /(?:^|\s)ca (?:2|3|hai|ba)(?: (?:viec|noi dung|dieu|muc))?$/
/** "Hai cái đầu". */
const FIRST_OF = /(?<![\p{L}\d])(?:hai|2) (?:cai|viec|dieu|muc|so)? ?dau(?: tien)?(?![\p{L}\d])(?:\s*,\s*(?=1))?/gu
const LISTED = /(?<![\p{L}\d])(?:mot|hai|ba|bon)(?:(?:\s*,\s*|\s+(?:va|voi)\s+)(?:mot|hai|ba|bon))+(?![\p{L}\d]|\s+(?:viec|cai|dieu))/gu

/** "một, hai", "một với ba": numbers that are listed; "cả ba" and "hai việc đầu" are none. */
const inDigits = (folded: string): string =>
  folded.replace(FIRST_OF, '1 2 ').replace(LISTED, (list) => list.replace(/\p{L}+/gu, (word) => DIGIT[word] ?? word))

const AGREED = '(?:dong y|chap nhan|cho phep|chon|ok)'
const EVERY = '(?:voi )?(?:tat ca|het|toan bo|ca bon|ca 4|ca bon viec|ca 4 viec|het ca|bon viec|4 viec|moi viec|tat ca cac viec|het tat ca)'
const NONE = /^(?:khong|ko)(?: dong y)?(?: gi| viec nao)?(?: ca| het)?$/
const ALL = new RegExp(`^(?:(?:${AGREED} )?${EVERY}(?: (?:ca|luon|cac viec|bon viec|4 viec))*|dong y ca)$`)
/** The question says what it means: the one thing that cannot be done without, and nothing more. */
const BARE = /^(?:dong y|chap nhan)$/

const NUMBERS =
  /^(?:chi )?(?:dong y|chap nhan|chon|cho|so|ok|chi)?\s*(?:them |chi |voi |ca |may |cac )*((?:(?:viec|so|muc|ca|va|voi|cung|,|;|\s)*[1-4](?!\d))+)(?:\s*(?:,|;)?\s*(?:con )?(?:viec |so )?(?:(?:[1-4]|khac|con lai)(?:\s|,|va)*)*(?:thi )?(?:khong|ko)(?: dong y| can)?)?$/
/** "1 2 3, 4 không": what stands before the "no" is not agreed to. */
const REFUSED = /[,;]\s*(?:con )?(?:viec |so )?((?:[1-4](?:\s|,|va)*)+)(?:thi )?(?:khong|ko)(?: dong y| can)?$/

/** "1 3", "đồng ý cả 1, 2 và 4", "chỉ việc 1": numbers, and nothing else that could mean something. */
function numbered(said: string): readonly Purpose[] | undefined {
  const refused = REFUSED.exec(said)
  const agreed = refused ? said.slice(0, refused.index) : said
  if (!NUMBERS.test(agreed)) return undefined
  return PURPOSES.filter((_purpose, i) => agreed.includes(String(i + 1)) && !refused?.[1]?.includes(String(i + 1)))
}

/** Words beside which nothing else is said: who agrees, how gladly, and to whom it is told. */
const BESIDE = new Set(
  'da vang u ua uh ok oke okie roi thi vay dzay day dang a nha nhe nhen nghen nghe hen do di luon choi duoc lam nhanh le mau gium giup ho dum cho toi em e minh con chau bac tui co chi anh chu ong ba vo chong nha ca minh ban ad hoi xin cam on nhieu tron trui sach voi cac may muc dieu viec noi dung khoan o tren nay kia het tat ca toan bo'.split(
    ' ',
  ),
)
const AGREES = /(?<!\p{L})(?:dong y|chap nhan|cho phep)(?!\p{L})/gu
const ALL_OF_THEM = /(?<!\p{L})(?:het|tat ca|toan bo)(?!\p{L})/u

/** "rồi, vợ chồng em đồng ý hết trơn": agreed, and no word that could mean anything else. To all of them only where that is said. */
function nothingElse(said: string): readonly Purpose[] | undefined {
  const words = said.replace(AGREES, ' ').match(/[\p{L}\d]+/gu) ?? []
  if (said.search(AGREES) < 0 || !words.every((word) => BESIDE.has(word))) return undefined
  return ALL_OF_THEM.test(said) ? PURPOSES : ['handle']
}

const BUT = new RegExp(`^(?:${AGREED} )?${EVERY}(?: (?:ca|luon|cac viec|bon viec))*,? (?:nhung|tru|ngoai tru|chi khong|mien|chu)(?: la)? (.+)$`)
const MEANT: Readonly<Record<Purpose, RegExp>> = {
  ...{ handle: /\bviec 1\b|\bso 1\b|^1$/, authority: /\b(?:viec|so) 2\b|^(?:viec )?2$|co quan|nha nuoc|chinh quyen|cong an/ },
  ...{
    respondent: /\b(?:viec|so) 3\b|^3$|shop|ben ban|nguoi ban|cua hang|cong ty|ho biet|no biet/,
    warning: /\b(?:viec|so) 4\b|^4$|canh bao|nguoi khac|dang len|cau chuyen/,
  },
}

/** "đồng ý hết nhưng đừng cho shop biết tên": all but what is named; what names nothing that we know is asked again. */
function allBut(said: string): readonly Purpose[] | undefined {
  const but = BUT.exec(said)?.[1]
  if (but === undefined) return undefined
  const kept = PURPOSES.filter((purpose) => !MEANT[purpose].test(but))
  return kept.length < PURPOSES.length ? kept : undefined
}
