/** Every way of writing a date that is understood, and what looks like one and is not. A form is a pattern and its reader. */
import { eitherMarks, spaced, WORD_END, WORD_START, words } from './aligned.ts'
import * as read from './date-readers.ts'
import { NUMBER_WORDS } from './numbers.ts'

export type DateKind = 'day' | 'month' | 'year' | 'relative' | 'range'

export interface DateForm {
  readonly kind: DateKind
  readonly pattern: RegExp
  readonly read: read.Reader
}

const D = '(?<d>0?[1-9]|[12]\\d|3[01])'
const M = '(?<m>0?[1-9]|1[0-2])'
const Y = '(?<y>(?:19|20)\\d\\d)'
const MONTH_NAME = 'giêng|hai|ba|tư|năm(?! (?:ngoái|nay|kia|trước|rồi|sau|tới|\\d))|sáu|bảy|tám|chín|mười một|mười hai|mười|chạp'
const WEEKDAY = '(?<weekday>thứ (?:[2-7]|hai|ba|tư|năm|sáu|bảy)|t[2-7]|chủ nhật|cn)'
const ON = '(?:(?:ngày|hôm|bữa) (?:mùng |mồng )?|(?:mùng|mồng) )'
const PART = '(?:(?<part>đầu|giữa|cuối) )'
const NOT_BEFORE = `(?! (?:khi|lúc|thời|hạn|đó)${WORD_END})`
const LAST = `(?:(?:vừa rồi|vừa qua|trước|qua)${NOT_BEFORE}|ngoái|rồi(?! mới))`
const MOVE = `(?<move>này|nay|sau|tới|${LAST})`
const NEAR = `(?<near>năm (?:ngoái|nay|này|kia|kìa|sau|tới|${LAST})|sang năm)`
const SIDE = '(?<side>vừa rồi|vừa qua|sắp tới|tới đây|tới)'
const OF_YEAR = `(?:(?:,? năm |,? |\\s*[/.-]\\s*)${Y}|,? ${NEAR}| ${SIDE})?`
const AFTER_NUMBER = `(?<!(?:\\d|${WORD_START}(?:${NUMBER_WORDS}|nửa|mấy|vài|dăm|mỗi|hằng|hàng)) )`
const NOT_COUNTED = `(?!\\s*(?:lần|bữa|buổi|cữ|viên|gói|triệu|tr|nghìn|ngàn|đồng|đ|k|củ|tỷ|trăm|người|đơn|cái|tiếng|giờ(?= (?:học|dạy|tập|làm|bay|gọi|xem|chơi|chạy|mỗi))|ngày|năm(?! \\d)|%)${WORD_END})`
const NOT_AMOUNT = `(?!\\s*(?:đ|k|đồng|nghìn|ngàn|triệu|tr|vnđ|vnd|người|khách|cái|đơn|lượt|tỷ|usd|km|m|%)${WORD_END})`
const UNIT = '(?<unit>phút|giây|tiếng|giờ|ngày|hôm|bữa|tuần|tháng|năm)'
const COUNT = `(?<n>\\d{1,4}|${NUMBER_WORDS}|nửa|một vài|vài|mấy|dăm)`
const ABOUT = '(?:hơn |khoảng |gần |tầm |chừng |độ |cỡ )?'
const CUED = '(?<=(?:từ|trước|sau|đến|tới|kể từ) )'

/** Digits that are no part of a longer number, a sum, a time or a document's number. */
const OPEN = '(?<![\\p{L}\\p{M}\\p{N}]|\\d[/.,:-])'
const CLOSED = '(?![\\p{L}\\p{M}\\p{N}]|[.,/-]\\d|/\\p{L})'

const inWords = (kind: DateKind, source: string, reader: read.Reader): DateForm => ({ kind, pattern: words(source), read: reader })
const inDigits = (kind: DateKind, source: string, reader: read.Reader): DateForm => ({
  kind,
  pattern: new RegExp(`${OPEN}(?:${spaced(eitherMarks(source))})${CLOSED}`, 'gu'),
  read: reader,
})

export const DATE_FORMS: readonly DateForm[] = [
  // A day.
  inDigits('day', `${ON}?(?<y>(?:19|20)\\d\\d)(?<sep>[-/.])(?<m>\\d{1,2})\\k<sep>(?<d>\\d{1,2})`, read.exactDay),
  inDigits('day', `${ON}?${D}\\s?(?<sep>[/.-])\\s?${M}\\s?\\k<sep>\\s?(?<y>(?:19|20)?\\d\\d)`, read.exactDay),
  inDigits('day', `${ON}?${D} tháng ${M},? năm ${Y}`, read.exactDay),
  inDigits('day', `${ON}${D} tháng (?:${M}|(?<month>${MONTH_NAME}))${OF_YEAR}${NOT_COUNTED}`, read.dayOfMonth),
  inDigits('day', `${ON}?${D}/${M}(?:,? năm ${Y}|,? ${NEAR}| ${SIDE})?`, read.dayOfMonth),
  inDigits('day', `${ON}${D}[.-]${M}(?:,? năm ${Y}|,? ${NEAR})?${NOT_COUNTED}`, read.dayOfMonth),
  inDigits('day', `${ON}${D} tháng ${MOVE}`, read.dayOfNearMonth),
  inDigits('day', `(?:(?:hôm|bữa)|(?<=(?:vào|từ|đến|tới|hồi) )ngày) (?:mùng |mồng )?${D}(?: ${LAST})?${NOT_COUNTED}`, read.lastSuchDay),
  // A month, a quarter, a year.
  inDigits('month', `${AFTER_NUMBER}(?:hồi )?${PART}?tháng ${M}${OF_YEAR}${NOT_COUNTED}`, read.month),
  inDigits('month', `(?:hồi )?${PART}?th?\\.?${M}[/.-]${Y}`, read.month),
  inDigits('month', `hồi ${PART}?th?${M}`, read.month),
  inDigits('month', `(?:hồi )?${PART}?${M}/${Y}`, read.month),
  inWords('month', `(?:(?:hồi|vào|trong) ${PART}?|${CUED})tháng (?<month>${MONTH_NAME})${OF_YEAR}${NOT_COUNTED}`, read.month),
  inWords('month', `${PART}tháng (?<month>${MONTH_NAME})${OF_YEAR}${NOT_COUNTED}`, read.month),
  inWords('month', `${AFTER_NUMBER}tháng (?<month>${MONTH_NAME}) (?:năm ${Y}|${NEAR})`, read.month),
  inDigits('range', `quý (?<q>[1-4]|iv|i{1,3})(?:(?:/| năm | )${Y}| ${NEAR})`, read.quarter),
  inDigits('year', `(?:hồi )?${PART}?năm ${Y}`, read.year),
  inDigits('year', `(?:hồi )?${PART}${Y}${NOT_AMOUNT}`, read.year),
  inDigits('year', `(?:hồi |${CUED}|(?<=(?:trong|vào|mua) ))${Y}${NOT_AMOUNT}`, read.year),
  inWords('year', `${AFTER_NUMBER}(?:hồi )?${PART}?${NEAR}`, read.year),
  inWords('relative', `(?:hồi (?=đầu|giữa|cuối)|(?=đầu))${PART}năm(?! (?:\\d|học|ngoái|nay|này|kia|trước|sau|tới))`, read.year),
  // Near now.
  inWords('relative', `${AFTER_NUMBER}(?:hồi )?${PART}?tháng ${MOVE}`, read.nearMonth),
  inWords('relative', `(?:hồi (?=đầu|giữa|cuối)|(?=đầu))${PART}tháng(?! (?:\\d|${MONTH_NAME})${WORD_END})`, read.partOfMonth),
  inWords('relative', `${AFTER_NUMBER}(?:hồi )?(?:${WEEKDAY} )?${PART}?tuần ${MOVE}`, read.nearWeek),
  inWords('relative', `${WEEKDAY} (?:vừa rồi|vừa qua)`, read.lastWeekday),
  inWords('relative', '(?:ngày )?hôm nay|(?:bữa|sáng|trưa|chiều|tối|đêm) nay|hồi (?:sáng|trưa|chiều)|(?:vừa|hồi|lúc|mới|ban|khi) nãy', read.moved(0)),
  inWords(
    'relative',
    '(?:sáng |trưa |chiều |tối |đêm |khuya )?(?:ngày )?(?:hôm|bữa) qua|(?:sáng|trưa|chiều|tối|đêm|khuya) qua|hồi hôm',
    read.moved(-1),
  ),
  inWords('relative', '(?:sáng |trưa |chiều |tối |đêm )?(?:hôm|bữa) kia', read.moved(-2)),
  inWords('relative', '(?:hôm|bữa) kìa', read.moved(-3)),
  inWords('relative', '(?:ngày|sáng|trưa|chiều|tối|hôm|bữa) mai', read.moved(1)),
  inWords('relative', '(?:ngày|bữa) mốt', read.moved(2)),
  inWords('relative', `(?:hôm|bữa) (?:trước${NOT_BEFORE}|nọ|hổm|rồi(?! mới))|hôm bữa`, read.moved(-30, -1)),
  inWords('relative', `(?:cách đây|cách nay) ${ABOUT}(?:${COUNT} )?${UNIT}(?<half> rưỡi)?(?: trước| rồi)?`, read.ago),
  inWords(
    'relative',
    `(?<!báo )(?<!trước )${ABOUT}${COUNT} ${UNIT}(?<half> rưỡi)? (?:về )?trước(?! (?:khi|lúc|thời|ngày|hạn|đó|tết)${WORD_END})`,
    read.ago,
  ),
  inWords('relative', `${ABOUT}(?<unit>tuần|tháng|năm) (?<half>rưỡi) trước(?! khi)`, read.ago),
  inWords('relative', `${ABOUT}${COUNT} ${UNIT}(?<half> rưỡi)? rồi(?=\\s*(?:$|[.,!?;\\n]|(?:mà|vẫn|chưa|không)${WORD_END}))`, read.ago),
  inWords('range', `(?:suốt |cả )?${ABOUT}${COUNT} ${UNIT}(?<half> rưỡi)? (?:nay|qua)`, read.sinceThen),
  inWords(
    'relative',
    `(?<!${WORD_START}(?:vé|hàng|quà|đồ|áo|chợ|bánh|giỏ|bay|tàu|sale|mứt|hoa|mai|thưởng|lì xì) )(?:(?<when>giáp|cận|gần|ra|qua) |(?:hồi|dịp|đợt|mùa|lễ|ngày) |(?:mùng|mồng) ${D} )?tết(?: nguyên đán| âm lịch| âm| ta| cổ truyền)?${tetYear()}`,
    read.tet,
  ),
  inWords('relative', `(?:hồi |dịp |đợt |lễ |ngày )?tết (?:dương lịch|dương|tây)${tetYear()}`, read.newYear),
]

const YEAR_BEHIND = `(?:,?(?: năm | )${Y}|,? ${NEAR}| (?<side>vừa rồi|vừa qua|rồi|này|sắp tới|tới))?`

/** Days and seasons that people name instead of a date. A season needs "mùa" or a year beside it: "thu", "đông" and "hè" mean other things too. */
export const NAMED_DATES: readonly DateForm[] = [
  inWords('day', `(?:lễ |dịp |ngày |hôm )*(?:quốc khánh)${YEAR_BEHIND}`, read.yearly(9, 2)),
  inWords('day', `(?:lễ |dịp |ngày |hôm )*(?:quốc tế lao động|lễ lao động)${YEAR_BEHIND}`, read.yearly(5, 1)),
  inWords('day', `(?:lễ |dịp |ngày |hôm )*(?:giải phóng miền nam|thống nhất đất nước)${YEAR_BEHIND}`, read.yearly(4, 30)),
  inWords('day', `(?:lễ |dịp |ngày |hôm |đợt )*(?:nhà giáo việt nam|nhà giáo)${YEAR_BEHIND}`, read.yearly(11, 20)),
  inWords('range', `(?:lễ |dịp |ngày |hôm |đợt |hồi )*(?:noel|giáng sinh)${YEAR_BEHIND}`, read.yearly(12, 24, 12, 25)),
  inWords('range', `(?:lễ |dịp |ngày |hôm |đợt |hồi |đợt sale )*(?:black friday|thứ sáu đen)${YEAR_BEHIND}`, read.yearly(11, 20, 11, 30)),
  inWords('range', `(?:lễ |dịp |ngày |hôm |đợt |hồi |tết )*trung thu${YEAR_BEHIND}`, read.yearly(9, 7, 10, 8)),
  inWords('range', `(?:lễ |dịp |ngày |hôm |đợt |hồi )*(?:giỗ tổ(?: hùng vương)?)${YEAR_BEHIND}`, read.yearly(4, 1, 4, 30)),
  inWords('range', `(?:dịp |ngày |hồi |đợt |mùa )*(?:khai giảng|tựu trường)${YEAR_BEHIND}`, read.yearly(8, 20, 9, 10)),
  inWords('range', `(?:mùa|hồi|đợt|dịp|nghỉ|kỳ nghỉ|đầu|giữa|cuối) (?:mùa )?hè${YEAR_BEHIND}`, read.yearly(5, 15, 8, 31)),
  inWords('range', `hè (?:năm )?(?:${Y}|${NEAR}|(?<side>vừa rồi|vừa qua|này|tới))`, read.yearly(5, 15, 8, 31)),
  inWords('range', `mùa xuân${YEAR_BEHIND}`, read.yearly(1, 20, 4, 30)),
  inWords('range', `mùa thu${YEAR_BEHIND}`, read.yearly(8, 15, 11, 7)),
  inWords('range', `mùa đông${YEAR_BEHIND}`, read.yearly(11, 1, 12, 31)),
  inWords('range', '(?:hồi|mùa|đợt|từ|lúc|thời|trong) (?:dịch|covid)(?: bệnh)?(?: covid)?', read.between('2020-02-01', '2022-03-15')),
]

function tetYear(): string {
  return `(?:(?: năm | )${Y}| ${NEAR}| (?<side>vừa rồi|vừa qua|rồi|này|sắp tới|tới))?(?! (?:tóc|trung thu|thiếu nhi|đoan ngọ|hàn thực|nguyên tiêu|dương|tây))`
}

const LAW = 'bộ luật|luật|nghị định|nđ|thông tư|quyết định|qđ|nghị quyết|chỉ thị|công văn|kế hoạch|pháp lệnh|văn bản'
const NOT_IN_A_TITLE = 'thì|mà|tôi|mình|em|anh|chị|mua|hồi|từ|ngày|tháng|khi|có|còn|trước|sau|áp|hiện|đã|vào|được|nào|không'
const DAY_CUE = 'ngày|hôm|bữa|mùng|mồng|lễ'
const CUE = `${DAY_CUE}|từ|trước|sau|đến|tới|hồi|sáng|chiều|tối|trưa|đợt|dịp|vào`
const SHARED_OUT = 'số|giá|tiền|của|phần|khách|người|đơn|sao|điểm|quãng|lượng|chi phí|hợp đồng|tổng|cái|gói|thời|suất|lần|triệu|lít|ký|kg'

/** Pieces that look like dates and are not: numbers and years of documents, addresses, scores, "24/7", fractions. */
export const NOT_DATES: readonly RegExp[] = [
  words(`(?:${LAW}|điều|khoản|mục)(?: số)?\\s*\\d+(?:/\\d+)*(?: năm (?:19|20)\\d\\d)?`),
  words('(?:nd|qd|tt|nq|hđ|số)(?: số)?\\s*\\d{1,4}/(?:19|20)\\d\\d'),
  /\d{1,4}\/(?:19|20)\d\d\/\p{L}[\p{L}\d-]*/gu,
  words(
    `(?:${LAW})(?: (?!(?:${NOT_IN_A_TITLE}) )\\p{L}+,?){0,12} (?:năm )?(?:19|20)\\d\\d(?! (?:tôi|tui|em|mình|anh|chị|con|mẹ|ba|nhà|mua|đặt|ký|shop)${WORD_END})`,
  ),
  words('(?:đường|phố|hẻm|ngõ|ngách|kiệt|số|số nhà|lô|căn|phòng|tỷ lệ|tỉ lệ|điểm) \\d{1,3}/\\d{1,3}(?:/\\d{1,3})?(?!/)'),
  words(`(?<!(?:${DAY_CUE}) )24/(?:7|24)`),
  words(`(?<!(?:${DAY_CUE}) )\\d{1,2}/\\d{1,2} (?:${SHARED_OUT})`),
  words(`(?<!(?:${CUE}) )(?:1/[2-9]|2/3|3/4)(?!/\\d)(?! (?:năm|vừa)${WORD_END})`),
]
