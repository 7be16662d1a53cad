/** What is asked about warnings, as whole messages: which there are, to be told of new ones, to be told no more. A story is never one. */
import { fold } from '../../knowledge/language/normalise.ts'

export type WarningRequest =
  /** `topic`: what they should be about; empty for all. */
  { readonly kind: 'warnings'; readonly topic: string } | { readonly kind: 'subscribe' | 'unsubscribe' }

const ME = '(?:toi|em|minh|con|chau|tui|anh|chi|co|chu|bac)'
const LEAD = `(?:(?:da|alo|ad|hoi|an tam|ban)(?: oi)?,? )*(?:cho ${ME} |${ME} )?(?:xin |muon |can |dang ky |dk |hay )*`
const POLITE = '(?: (?:a|nhe|nha|di|voi|giup|giup toi|giup em|moi|cua hoi|tu hoi|qua day|o day|nua|luon|hang tuan))*'
const SUBSCRIBE = new RegExp(
  `^/?${LEAD}(?:nhan|theo doi|gui|bao) (?:cho ${ME} |tin )?(?:cac |nhung |moi )?canh bao(?: lua dao)?${POLITE}$|^/?nhancanhbao$|^dang ky canh bao$`,
)
const UNSUBSCRIBE = new RegExp(
  `^/?${LEAD}(?:ngung|ngung lai|thoi|dung|huy|tat|bo|khong|khong muon|ko|ko muon)(?: dang ky)?(?: nhan| theo doi| gui| bao)?(?: cho ${ME})?(?: tin| cac| nhung)* canh bao(?: lua dao)?${POLITE}$|^/?ngungcanhbao$`,
)
const ASKED = new RegExp(
  `^/?(?:${LEAD}(?:xem|hoi|biet|doc) )?(?:${LEAD})?(?:(?:hoi|ben minh|gio|hien nay|hien tai|dao nay|hom nay|tuan nay) )*(?:dang |hien )?(?:co )?(?:cac |nhung |danh sach )*canh bao(?: lua dao)?(?: (?:nao|gi))?(?: moi(?: nhat)?| gan day| hien nay| dang co| cua hoi)*(?: (?:nao|gi))?(?: (?:moi|gan day))?(?: (?:ve|lien quan (?:den|toi)) (?<topic>.{2,80}?))?(?: (?:khong|ko|k|hong|hok|chua))?${POLITE}$`,
)
/** "Cảnh báo" alone may warn us. */
const TOO_LITTLE = /^canh bao(?: lua dao)?$/
const LONGEST = 120

/** @returns what the whole message asks about warnings, or undefined. */
export function warningRequestIn(text: string): WarningRequest | undefined {
  if (text.length > LONGEST) return undefined
  const said = fold(text)
    .replace(/[.!?…,]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  if (UNSUBSCRIBE.test(said)) return { kind: 'unsubscribe' }
  if (SUBSCRIBE.test(said)) return { kind: 'subscribe' }
  const asked = TOO_LITTLE.test(said) ? null : ASKED.exec(said)
  if (!asked && said !== '/canhbao') return undefined
  return { kind: 'warnings', topic: asked?.groups?.['topic'] ?? '' }
}
