/** A story in passages: what of it was told at the sale and what after things went wrong, how far somebody's words go on, and several passages as one quotation. */
import { type Place, spaced, WORD_END, WORD_START } from '../../../knowledge/language/aligned.ts'
import { quoted, type Read, type Scene, say, trimmed, word } from './scene.ts'

// --- what happens in a story ---

/** Who goes back to a seller, or asks, has something to complain of; "cho tôi hỏi" is said to us. */
const WENT_BACK = say(
  '(?:(?<!(?:cho|xin|muốn) (?:(?:tôi|em|mình|tui|con|cháu|hội|chị|anh|cô|bác|hỏi) )?)hỏi(?! (?:ơi|oi))|mắng vốn|phản ứng|trách móc|cự lại|(?<!(?:sale|nhân viên|viên|người|shop|cô|họ|nó|tư vấn|công ty|bên|ai) )nhắn|ib|inbox|(?<!(?:đơn|xin|muốn|để|tôi|cần|gửi) )(?:khiếu nại|phản ánh)|(?<=tôi )(?:khiếu nại|phản ánh) (?:thì|với|lại|lên|đến)|phàn nàn|góp ý|báo lại|báo hỏng|gửi(?: (?:email|mail|thư|văn bản|ticket|công văn|hình|ảnh|clip|video)|(?= thì))|thắc mắc|đòi|bắt đền|(?<!(?:sale|nhân viên|viên|người|shop|cô|họ|nó|tư vấn|công ty|bên|ai) )gọi (?:lại|ra|lên|tới|vào|vô|hỏi|điện|cho|ổng|bả|ảnh|họ|nó|shop|tiệm|trại|chủ|bên|hotline|số|tổng đài|hoài|mãi|miết|thì|không|anh|chị|ông|bà|cô|chú|thợ|\\d|hai|ba|bốn|mấy)|nói (?:thì|chuyện)|(?<=(?:tôi|em|mình|tui|con|cháu|chị|mệ|bác) )(?:có )?gọi(?! (?:món|đặt|xe|mua|ship|là))|kêu (?:hủy|huỷ|đổi|trả|sửa|hoài)|(?:ra|lên|tới|đến) (?:nữa|lần nữa)|điện thoại (?:yêu cầu|báo|hỏi|cho|lên|nhiều|mấy|hai|ba)|xin (?:nghỉ|lại|tiền|đổi|trả|hoàn|rút|hủy|huỷ|bảo lưu|dời|hóa đơn|bill|xuất|bảo hành|giảm|bớt)|alo (?:thì|hỏi|lại)|điện (?:lại|ra|lên|hỏi|cho|thì)|(?:lên|ra|tới|đến|xuống|qua|đem|mang|chở|quay|trở|ghé|dắt|chạy)(?: [^\\s.,;]+){0,5}? (?:lại|trả|hỏi|đổi|thì|ngược)|(?:mang|đem|chở|dắt) (?:ra|vô|vào|lên|tới|qua|đến|xuống|lại)|(?:tôi|em|mình|tui|con|cháu) (?:có )?(?:báo|(?:ra|lên|tới|đến|qua) (?:tiệm|shop|cửa hàng|quầy|hãng|đại lý|công ty))|(?:tôi|em|mình|tui|con|cháu) (?:có )?(?:nói|xin|yêu cầu|kêu|gọi|chat|mail) (?:thì|với|cho|lại|đổi|trả|hoàn|rút|hủy|huỷ|bảo|đại lý|tiệm|shop|chủ|họ|nó))(?![\\p{L}\\p{M}])',
)

const NUMBER = '(?:\\d+|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười|mấy|vài|nửa)'
const SPAN = '(?:ngày|hôm|bữa|tuần|tháng|năm|lần|buổi|tiếng|giờ)'
/** It came, it was used for so long, it is now. */
const TIME_GOES_ON = `(?:đem|mang|mua|nhận|chở|rước) (?:hàng |được )?về|về (?:nhà|tới|xài|dùng|mặc|ăn|uống|chạy|bơm|nấu|cắm|mở|giặt|sạc|coi|xem|thấy|${NUMBER})|mở (?:ra|hộp|thùng)|bóc ra|khui ra|tới nơi|đến nơi|đến nay|tới nay|(?:mới|được|chưa (?:tới|đầy|được)) ${NUMBER} ${SPAN}|(?:xài|dùng|uống|bón|đeo|mặc|nằm|(?<!gói )tập|bôi|xức) (?:có |đúng )?${NUMBER} ${SPAN}(?! (?:không|là|hết|khỏi|mới|trắng|giảm|thấy|cũng|chưa))|vậy mà|thế mà|không báo trước|có [^\\s.,]+ đâu|đâu có|(?:chẳng|chả) (?:được|thấy|có)|(?:học|làm|lắp|sửa) xong(?= (?:mới|thì|chẳng|chả|mà|vẫn))|hôm sau|bữa sau|ai dè|ai ngờ|hóa ra|hoá ra|té ra|thì ra`
const DEFECT =
  'hư|hỏng|bể|vỡ|trầy|lỗi|cháy|khét|chết|rách|mốc|hết hạn|tróc|gãy|nứt|sọc|sai|thiếu|nhầm|giả|nhái|dỏm|phai|xù|lõm|xẹp|phồng|phù|móp|loang lổ|lệch|liệt|nổ|bong|ngứa|sưng|dị ứng|nổi mẩn|nổi mụn|trễ|không (?:chạy|lên|nóng|lạnh|vô|được|thấy|giống|như|đúng|mát|đông)|chưa (?:giao|thấy|nhận|xong)|hủy|huỷ|giữ (?:luôn )?(?:cọc|tiền)|tối thui|thực tế|đóng cửa'
/** Without marks these mean other things far more often. */
const DEFECT_BARE =
  'hu|hong|chay khet|khet|chet|rach|het han|gay lam|nut|sai mau|sai size|thieu|nham|hang gia|do gia|nhai|dom|phai mau|xu long|lom|(?:pin|binh|ac quy) (?:bi )?phong|mop|lech|bong troc|ngua|sung|di ung|noi mun|khong (?:chay|len|nong|lanh|vo|thay|giong|nhu|dung|mat|dong)|ko (?:chay|len|thay|giong|nhu)|chua (?:giao|thay|nhan|xong)|huy|giu (?:luon )?(?:coc|tien)|toi thui|thuc te|dong cua'

const exact = (source: string): RegExp => new RegExp(`${WORD_START}(?:${spaced(source)})${WORD_END}`, 'gu')
const TROUBLE = exact(DEFECT)
const TROUBLE_BARE = exact(DEFECT_BARE)
const LATER = word(TIME_GOES_ON)
const BOUGHT = word(
  'mua|đặt(?! ra)|order|ký|cọc|đóng tiền|đăng ký|thuê|mướn|chốt|lấy(?= \\d)|trả tiền|hợp đồng|bán(?: cho)?|lắp|tư vấn|mời|dụ|chào hàng|hội thảo',
)

const has = (pattern: RegExp, text: string): boolean => text.matchAll(pattern).next().value !== undefined

/** "không hư", "hư là đổi": nothing went wrong. */
const UNHARMED = /(?:không|khong|ko|k|chẳng|chả|hổng|sợ|nếu|neu)\s+(?:bị\s+|bi\s+|lo\s+|sợ\s+)?$/u
const HARMED_IF = /^\s+(?:là|la|thì|thi|đâu|hoàn|đổi|đền|trả|(?:1|một)(?=\s+(?:đổi|đền|hoàn))|bao)(?!\p{L})/u

const isHarm = (plain: string, { index, 0: words }: RegExpMatchArray & { index: number }): boolean =>
  !UNHARMED.test(plain.slice(Math.max(0, index - 16), index)) && !HARMED_IF.test(plain.slice(index + words.length, index + words.length + 8))

/** @returns whether something is told between the places that comes after a sale: a defect, a use, a day later. */
export const hasTrouble = (scene: Scene, from: number, to: number): boolean => {
  const text = scene.plain.slice(from, to)
  return has(LATER, text) || [...text.matchAll(scene.withMarks ? TROUBLE : TROUBLE_BARE)].some((match) => isHarm(text, match))
}

/** @returns whether somebody goes back to the seller between the places. */
export const wentBack = (plain: string, from: number, to: number): boolean => has(WENT_BACK, plain.slice(from, to))
/** @returns whether a stretch begins with somebody's going back. */
export const startsAsking = (words: string): boolean => words.matchAll(WENT_BACK).next().value?.index === 0
/** @returns whether something is bought between the places. */
export const wasBought = (plain: string, from: number, to: number): boolean => has(BOUGHT, plain.slice(from, to))

// --- how far words go on ---

const SELF = 'tôi|em|e|mình|mk|tui|con|cháu|chúng tôi|tụi|bầy|nhà|vợ|chồng|gia đình|mẹ|má|bố|hội|anh chị|mấy anh'
const ELSEWHEN =
  'giờ|bây giờ|nay|chừ|(?:đến|tới)(?! [^\\s,]+ là)|hôm|ngày|bữa|sáng|chiều|tối|khuya|tháng|tuần|lúc|hồi|khi|mới|đã|được \\d|gần|sau đó|về|đem|mang|chở|mua|đặt|nhận|trả tiền|chuyển (?:khoản|tiền|\\d)|thanh toán|ck|giá|tổng|mở|bóc|khui|(?:đi|đem) (?:kiểm|giám|hỏi|thử|test|coi|xét)|thu(?= \\d)|rốt cuộc|cuối cùng'
const OPINION =
  'thiệt|thật|trời|bực|tức|buồn|chán|nản|vậy|thế|như vậy|coi có|có được|được không|làm sao|sao|ác|quá|huhu|hix|haiz|mất dạy|lừa|khổ|may|nhờ|mong|xin(?! lỗi)|đề nghị|yêu cầu|cho hỏi|giúp|trong khi|mà|nhưng|ai (?:ngờ|dè|giúp|đời)|không biết|có cách|phải làm|nên (?:tôi|em|mình|tui|con|cháu|nhờ|giờ)|thợ|người ta|bạn'
/** Here somebody else goes on, or another day, or what the person makes of it. */
const TURNS = word(`(?<=^\\s*(?:(?:và|rồi|thì|nên|còn|dạ) )?)(?:${SELF}|${ELSEWHEN}|${OPINION})`)
const BETWEEN = /^["”’»]?(?:\s*[,;]\s+|\s+(?=(?:và|va|với lại|nào là)\s))/u
const CLAUSE = /[;!?\n|…()]|[.,](?=\s|$)| - /u
const LONGEST = 200

/** @returns the place with the clauses behind it that go on with the same: "chống nước[, bảo hành hai năm]". `stops` tells which do not. */
export function withMore(scene: Scene, place: Place, stops: (clause: Place) => boolean): Place {
  const { plain } = scene
  const between = BETWEEN.exec(plain.slice(place.end, place.end + 8))?.[0]
  if (between === undefined) return place
  const start = place.end + between.length
  const rest = plain.slice(start, start + LONGEST)
  const length = rest.search(CLAUSE)
  const clause = { start, end: start + (length < 0 ? rest.length : length) }
  const tooLong = clause.end - place.start > LONGEST
  if (clause.end <= start || tooLong || has(TURNS, plain.slice(start, clause.end)) || stops(clause)) return place
  return withMore(scene, { start: place.start, end: clause.end }, stops)
}

// --- several passages as one quotation ---

/** So much of the story between two passages may stand with them. */
const NEAR = 90

/** @returns the passages in reading order, overlapping ones as one. */
export function inOrder(places: readonly Place[]): Place[] {
  const all: Place[] = []
  for (const next of [...places].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = all.at(-1)
    if (last && next.start <= last.end) all[all.length - 1] = { start: last.start, end: Math.max(last.end, next.end) }
    else all.push(next)
  }
  return all
}

/** @returns neighbours made one where what stands between belongs with them; no stretch grows longer than a quotation may be. */
export function bridged(places: readonly Place[], belongs: (gap: Place) => boolean): Place[] {
  const all: Place[] = []
  for (const place of places.toReversed()) {
    const next = all[0]
    const gap = next && { start: place.end, end: next.start }
    const joins = gap && gap.end - gap.start <= NEAR && next.end - place.start <= LONGEST && belongs(gap)
    if (joins) all[0] = { start: place.start, end: next.end }
    else all.unshift(place)
  }
  return all
}

const LEFT_OUT = ' … '
/** The words that passages come from are shown beside them: where they stand farther apart, those of the one that is kept. */
const FARTHEST = 2 * LONGEST

/** @returns as many passages as a short quotation holds, in order; `kept` says which one is kept whatever happens. */
export function quotation(scene: Scene, places: readonly Place[], kept: 'first' | 'last'): Read<string> | undefined {
  const inner = places.flatMap((place) => trimmed(scene.plain, place) ?? [])
  const chosen = fitting(kept === 'last' ? inner.toReversed() : inner)
  const reads = chosen.sort((a, b) => a.start - b.start).flatMap((place) => quoted(scene, place) ?? [])
  const [first, last] = [reads[0], reads.at(-1)]
  if (!first || !last) return undefined
  const { start, end } = last.end - first.start <= FARTHEST ? { start: first.start, end: last.end } : kept === 'last' ? last : first
  return { start, end, value: reads.map(({ value }) => value).join(LEFT_OUT) }
}

/** The first whatever its length, others while there is room. */
function fitting(places: readonly Place[]): Place[] {
  let room = LONGEST
  return places.filter(({ start, end }, i) => {
    const fits = i === 0 || end - start <= room
    if (fits) room -= end - start
    return fits
  })
}
