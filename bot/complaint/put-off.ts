/** Replies that tell nothing now: the person asks for time, or says that there is nothing to tell. */
import type { FactName } from './facts.ts'

const PUT_OFF =
  /(?:^|[\s,.])(?:để|de)\s+(?:(?:tôi|toi|tui|em|mình|minh|con|cháu|chiều|tối|mai|lát)\s+){0,2}(?:hỏi|hoi|coi|xem|kiếm|lục|tìm|nhớ)(?=\s|$)|(?:chờ|đợi|cho|doi)\s+(?:chút|tí|xíu|chut|ti|xiu)(?=[\s,.]|$)|(?:về|ve)\s+(?:em|tôi|tui|mình|con)\s+(?:coi|xem|kiếm|lục)(?=\s|$)|(?:không|khong|hổng|hông|ko|k|chả|chẳng|chưa|đâu)\s+(?:có\s+|co\s+)?(?:nhớ|nho|thuộc)(?=[\s,.]|$)/iu
/** "Mua tại cửa hàng, không có mã". */
const NO_SUCH = /(?:không|khong|ko|k|hổng|hông|chưa|đâu)\s+(?:có|co|còn|con|thấy|lưu|giữ)(?=[\s,.]|$)/iu
const LONGEST_PUT_OFF = 24
const MAY_NOT_BE: ReadonlySet<FactName> = new Set(['order', 'link', 'respondentPhone', 'email'])

/** "Chờ dì chút, dì đi kiếm cái kiếng đã", "chừ tui bận đi đón con": nothing is told, and nothing is refused. */
const WAIT =
  /(?:^|[\s,.])(?:(?:chờ|đợi|cho|doi)\s+(?:(?:tôi|tui|em|mình|con|cháu|dì|cô|chú|bác|ông|bà|chị|anh|toi|minh)\s+)?(?:chút|tí|xíu|tẹo|chut|ti|xiu)|(?:đi|vô|vào)\s+(?:kiếm|tìm|lấy)\s+(?:cái |cặp )?(?:kính|kiếng|giấy|điện thoại|đồ sạc)|^\s*(?:(?:dạ|chừ|giờ|bây giờ|nay|giờ này)\s+)*(?:tôi|tui|em|mình|con|dì|cô|chị)\s+(?:đang |hơi )?bận)(?=[\s,.!]|$)|^\s*(?:dạ\s+)?(?:tôi|tui|em|mình|con|dì|cô|chị|toi|minh)\s+(?:quay lại|trở lại|đây|tới)\s+(?:rồi|đây|nè)(?:\s+(?:đây|nè|ạ|nha))*[.!\s]*$/iu

/** "Chờ chút, em tên Lan": something is told all the same. */
const TELLS = /\d{6}|(?:^|\s)(?:tên|ten)\s/u

/** @returns whether a message asks for time, or says that they are back. */
export function asksToWait(text: string): boolean {
  return text.split(/\s+/).length <= LONGEST_PUT_OFF && !TELLS.test(text.replace(/[ .](?=\d)/g, '')) && WAIT.test(text)
}

/** @returns whether a reply says that there is nothing to tell of what was asked, or not now; a longer one tells something. */
export function putsOff(asked: FactName, text: string): boolean {
  if (text.split(/\s+/).length > LONGEST_PUT_OFF) return false
  return PUT_OFF.test(text) || (MAY_NOT_BE.has(asked) && NO_SUCH.test(text))
}
