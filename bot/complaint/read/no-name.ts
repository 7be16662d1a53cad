/** Words that people write where a name was asked and that name nobody: numbers, thanks, "không nhớ tên", the mark of something masked. */
import { bare } from '../../../knowledge/language/aligned.ts'

const NUMBER_WORDS = 'khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|muoi|tram|nghin|ngan|trieu|ruoi|linh|le'
/** One such word may be a name ("Hai", "Ba", "Năm"); several are a number. */
const NUMBER = new RegExp(`^(?:[\\d\\s.,+/-]+(?:k|tr|trieu|nghin|ngan|dong|d|cu)?|(?:${NUMBER_WORDS})(?: (?:${NUMBER_WORDS}|dong))+)$`)
const THANKS =
  /^(?:(?:da|vang|ok|oke|uh|u|the|vay|roi|xin|rat|chan thanh|toi|em|minh|chau|con|bac) )*(?:cam on|cam ta|thanks?|thank you|tks|thks|da ta|biet on|cam ơn)(?: (?:ban|em|anh|chi|co|chu|bac|chau|nhieu|rat nhieu|lam|nhe|nha|a|ad|shop|hoi|cac ban|you|truoc|luon|da|ho tro|giup do))*$/
const UNKNOWN =
  /^(?:(?:toi|em|minh|chau|con|bac|da) )*(?:khong|ko|k|hong|hok|hem|hk|chang|cha|chua|quen)(?: mat| roi)?(?: (?:nho|biet|ro|co|muon|ten)(?: .*)?|$)/
/** "hỏi tên người bán chi vậy". */
const ASKS = /^(?:chi|gi|nao|ai|dau|sao|nua|roi|r|vay|the)(?: (?:chi|gi|vay|the|nua|roi|r|ha|ta))*$/
const MASKED = /\[|\]|đã che/u
/** A number of this many digits is a telephone, an account or a card. */
const MOST_DIGITS = 7

const MARKED_NUMBER = /^(?:không|một|mốt|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mười|mươi|trăm|nghìn|ngàn|triệu|rưỡi|linh|lẻ|đồng)$/u
/** "Hai Nấm": its marks make no number of it. */
const isCalledSo = (value: string): boolean => {
  const words = value.toLowerCase().split(/\s+/)
  return words.some((word) => bare(word) !== word && !MARKED_NUMBER.test(word))
}

/** @returns whether the words can be nobody's name, neither a person's nor a shop's. */
export function isNoName(value: string): boolean {
  const plain = bare(value.toLowerCase())
    .replace(/[.!,]+(?=\s|$)/gu, '')
    .trim()
  return (
    (NUMBER.test(plain) && !isCalledSo(value)) ||
    THANKS.test(plain) ||
    UNKNOWN.test(plain) ||
    ASKS.test(plain) ||
    MASKED.test(value) ||
    value.replace(/\D/g, '').length > MOST_DIGITS
  )
}
