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
/** "24" for 2024: a month has no such number, and a sum would name its unit. */
const YY = '(?<yy>1[5-9]|[23]\\d)'
const MONTH_NAME = 'giêng|hai|ba|tư|năm(?! (?:ngoái|nay|kia|trước|rồi|sau|tới|\\d))|sáu|bảy|tám|chín|mười một|mười hai|mười|chạp'
const WEEKDAY = '(?<weekday>thứ (?:[2-7]|hai|ba|tư|năm|sáu|bảy)|t[2-7]|chủ nhật|cn)'
const DAYTIME = '(?:hôm|bữa|sáng|trưa|chiều|tối|đêm)'
const ON = '(?:(?:ngày|hôm|bữa) (?:mùng |mồng )?|(?:mùng|mồng) )'
const PART = '(?:(?<part>đầu|giữa|cuối) )'
const NOT_BEFORE = `(?! (?:khi|lúc|thời|hạn|đó)${WORD_END})`
const LAST = `(?:(?:vừa rồi|vừa qua|trước|qua)${NOT_BEFORE}|ngoái|rồi(?! mới))`
const MOVE = `(?<move>này|nay|sau|tới|${LAST})`
const NEAR = `(?<near>năm (?:ngoái|nay|này|kia|kìa|sau|tới|${LAST})|sang năm)`
/** A year beside a day, month or season: also "hai năm trước". */
const YEARS_BACK = `(?:cách đây |cách nay )?(?:\\d{1,2}|${NUMBER_WORDS}) năm (?:về )?trước`
const NEAR_YEAR = `(?<near>năm (?:ngoái|nay|này|kia|kìa|sau|tới|${LAST})|sang năm|${YEARS_BACK})`
/** Without its mark "toi" is mostly "tôi": the mark is spelt so that it stays. */
const SIDE = '(?<side>vừa rồi|vừa qua|sắp tới|tới đây|n\\u00e0y|t\\u1edbi|toi(?=\\s*(?:$|[.,;!?])))'
const OF_YEAR = `(?:(?:,? năm |,? |\\s*[/.-]\\s*)${Y}|(?:,? năm |\\s*[/.-]\\s*)${YY}|,? ${NEAR_YEAR}| ${SIDE})?`
const AFTER_NUMBER = `(?<!(?:\\d|${WORD_START}(?:${NUMBER_WORDS}|nửa|mấy|vài|dăm|mỗi|hằng|hàng)) )`
const NOT_COUNTED = `(?!\\s*(?:lần|bữa|buổi|cữ|viên|gói|triệu|tr|nghìn|ngàn|đồng|đ|k|củ|tỷ|trăm|người|đơn|cuộc|lượt|tin nhắn|tiếng|giờ(?= (?:học|dạy|tập|làm|bay|gọi|xem|chơi|chạy|mỗi))|ngày|năm(?! \\d)|%)${WORD_END})`
const NOT_AMOUNT = `(?!\\s*(?:đ|k|đồng|nghìn|ngàn|triệu|tr|vnđ|vnd|người|khách|đơn|lượt|tỷ|usd|km|m|%)${WORD_END})`
const UNIT = '(?<unit>phút|giây|tiếng|giờ|ngày|hôm|bữa|tuần|tháng|năm)'
const COUNT = `(?<n>\\d{1,4}|${NUMBER_WORDS}|nửa|một vài|vài|mấy|dăm)`
const ABOUT = '(?:(?:hơn|khoảng|gần|tầm|chừng|độ|cỡ|đúng|được|cũng|phải) ){0,2}'
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

const STEMS = 'giáp|ất|bính|đinh|mậu|kỷ|canh|tân|nhâm|quý'
const BRANCHES = 'tý|sửu|dần|mão|thìn|tỵ|tị|ngọ|mùi|thân|dậu|tuất|hợi'

export const DATE_FORMS: readonly DateForm[] = [
  // A day.
  inDigits('day', `${ON}?(?<y>(?:19|20)\\d\\d)(?<sep>[-/.])(?<m>\\d{1,2})\\k<sep>(?<d>\\d{1,2})`, read.exactDay),
  inDigits('day', `${ON}?${D}\\s?(?<sep>[/.-])\\s?${M}\\s?\\k<sep>\\s?(?<y>(?:19|20)?\\d\\d)`, read.exactDay),
  inDigits('day', `${ON}?${D} tháng ${M},? năm ${Y}`, read.exactDay),
  inDigits('day', `${ON}${D} tháng (?:${M}|(?<month>${MONTH_NAME}))${OF_YEAR}${NOT_COUNTED}`, read.dayOfMonth),
  inDigits('day', `${ON}?${D}/${M}(?:,? năm ${Y}|,? ${NEAR_YEAR}| ${SIDE})?`, read.dayOfMonth),
  inDigits('day', `${D}[.-]${M},? ${NEAR_YEAR}`, read.dayOfMonth),
  inWords(
    'day',
    `(?:(?:ngày|hôm|bữa) (?:mùng |mồng )?|(?:mùng|mồng) )(?<day>${NUMBER_WORDS}) tháng (?:${M}|(?<month>${MONTH_NAME}))${OF_YEAR}${NOT_COUNTED}`,
    read.dayOfMonth,
  ),
  inWords('day', `(?<day>hăm (?:mốt|${NUMBER_WORDS})) (?:tháng (?:${M}|(?<month>${MONTH_NAME}))(?: tây)?|tây)${OF_YEAR}`, read.dayOfMonth),
  inDigits('day', `${ON}${D}[.-]${M}(?:,? năm ${Y}|,? ${NEAR})?${NOT_COUNTED}`, read.dayOfMonth),
  inDigits('day', `${ON}${D} tháng ${MOVE}`, read.dayOfNearMonth),
  inDigits('day', `(?:(?:hôm|bữa)|(?<=(?:vào|từ|đến|tới|hồi) )ngày) (?:mùng |mồng )?${D}(?: ${LAST})?(?! tết)${NOT_COUNTED}`, read.lastSuchDay),
  // A month, a quarter, a year.
  inDigits('month', `${AFTER_NUMBER}(?:hồi )?${PART}?tháng ${M}${OF_YEAR}${NOT_COUNTED}`, read.month),
  inDigits('month', `(?:hồi )?${PART}?th?\\.?${M}[/.-]${Y}`, read.month),
  inDigits('month', `(?:hồi )?${PART}?(?:tháng |th?\\.?)?${M}[/.-]${YY}`, read.month),
  inDigits('month', `hồi ${PART}?th?${M}`, read.month),
  inDigits('month', `(?:hồi )?${PART}?${M}/${Y}`, read.month),
  inWords('month', `(?:(?:hồi|vào|trong) ${PART}?|${CUED})tháng (?<month>${MONTH_NAME})${OF_YEAR}${NOT_COUNTED}`, read.month),
  inWords('month', `${PART}tháng (?<month>${MONTH_NAME})${OF_YEAR}${NOT_COUNTED}`, read.month),
  inWords('month', `${AFTER_NUMBER}tháng (?<month>${MONTH_NAME}) (?:năm ${Y}|${NEAR_YEAR})`, read.month),
  inDigits('range', `(?:quý |q\\.?)(?<q>[1-4]|iv|i{1,3}|một|hai|ba|tư|bốn)(?:(?:/| năm | )${Y}|(?:/| năm )${YY}| ${NEAR_YEAR})`, read.quarter),
  inDigits('range', `(?:năm )?${Y}\\s?[-–]\\s?(?<y2>(?:19|20)\\d\\d)`, read.years),
  inWords(
    'year',
    `năm (?:hai (?:ngàn|nghìn)(?: không trăm)?(?: (?:lẻ|linh))? (?<words>${NUMBER_WORDS})|hai không (?<digits>${NUMBER_WORDS} ${NUMBER_WORDS}))`,
    read.yearInWords,
  ),
  inDigits('year', `${AFTER_NUMBER}(?:hồi )?${PART}?năm ${YY}(?! tuổi)${NOT_AMOUNT}${NOT_COUNTED}`, read.year),
  inDigits('year', `(?:hồi )?${PART}?năm ${Y}`, read.year),
  inDigits('year', `(?:hồi )?${PART}${Y}${NOT_AMOUNT}`, read.year),
  inDigits('year', `(?:hồi |${CUED}|(?<=(?:trong|vào|mua) ))${Y}${NOT_AMOUNT}`, read.year),
  inWords('year', `${AFTER_NUMBER}(?:hồi )?${PART}?${NEAR}`, read.year),
  inWords('relative', `(?:hồi (?=đầu|giữa|cuối)|(?=đầu))${PART}năm(?! (?:\\d|học|ngoái|nay|này|kia|trước|sau|tới))`, read.year),
  // Near now.
  inWords('relative', `${AFTER_NUMBER}(?:hồi )?${PART}?tháng ${MOVE}`, read.nearMonth),
  inWords('relative', `(?:hồi (?=đầu|giữa|cuối)|(?=đầu))${PART}tháng(?! (?:\\d|${MONTH_NAME})${WORD_END})`, read.partOfMonth),
  inWords('relative', `${AFTER_NUMBER}(?:hồi )?(?:${WEEKDAY} )?${PART}?tuần ${MOVE}`, read.nearWeek),
  inWords('relative', `(?:${DAYTIME} )?${WEEKDAY} (?:vừa rồi|vừa qua)`, read.lastWeekday),
  inWords('relative', `${DAYTIME} ${WEEKDAY}(?! (?:tuần|hàng|hằng|tới|sau|này)${WORD_END})`, read.lastWeekday),
  inWords('relative', '(?:ngày )?hôm nay|(?:bữa|sáng|trưa|chiều|tối|đêm) nay|hồi (?:sáng|trưa|chiều)|(?:vừa|hồi|lúc|mới|ban|khi) nãy', read.moved(0)),
  inWords(
    'relative',
    '(?:sáng |trưa |chiều |tối |đêm |khuya )?(?:ngày )?(?:hôm|bữa) qua|(?:sáng|trưa|chiều|tối|đêm|khuya) qua|hồi hôm',
    read.moved(-1),
  ),
  inWords('relative', '(?:sáng |trưa |chiều |tối |đêm )?(?:hôm|bữa) kia', read.moved(-2)),
  inWords('relative', '(?:hôm|bữa) kìa', read.moved(-3)),
  inWords('relative', '(?:vừa )?mới đây|(?:dạo|thời gian) gần đây', read.moved(-60, 0)),
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
  inWords(
    'relative',
    `${ABOUT}${COUNT} ${UNIT}(?<half> rưỡi)? rồi(?=\\s*(?:$|[.,!?;\\n]|(?:mà|vẫn|chưa|không|mới|giờ|bây giờ|nay|thì|cái|con|chiếc|nó|tiệm|shop|hãng|luật)${WORD_END}))`,
    read.ago,
  ),
  inWords(
    'range',
    `(?:suốt |cả )?${ABOUT}${COUNT} ${UNIT}(?<half> rưỡi)? (?:nay|qua(?! (?:thẻ|app|ví|momo|ngân hàng|zalo|web)${WORD_END}))`,
    read.sinceThen,
  ),
  inWords(
    'relative',
    `(?<!${WORD_START}(?:vé|hàng|quà|đồ|áo|chợ|bánh|giỏ|bay|tàu|sale|mứt|hoa|mai|thưởng|lì xì) )(?:(?<when>giáp|cận|gần|ra|qua) |(?:hồi|dịp|đợt|mùa|lễ|ngày) |(?:mùng|mồng) ${D} )?tết(?: nguyên đán| âm lịch| âm| ta| cổ truyền)?${tetYear()}`,
    read.tet,
  ),
  inWords('range', `(?:(?:${ON}${D}|(?<full>(?:ngày |hôm )?rằm)) )?tháng (?:${M}|(?<month>${MONTH_NAME})) (?:âm lịch|âm)${OF_YEAR}`, read.lunar),
  inWords('range', `(?:${ON})?${D}/${M} (?:âm lịch|âm)${OF_YEAR}`, read.lunar),
  inWords('range', `(?<full>(?:ngày |hôm |dịp )?rằm) tháng (?:${M}|(?<month>${MONTH_NAME}))${OF_YEAR}`, read.lunar),
  inWords('range', `(?:hồi |dịp |đợt |mùa |lễ |ngày )?(?<lunar>tết|năm|xuân) (?<stem>${STEMS}) (?<branch>${BRANCHES})`, read.stemAndBranch),
  inWords('relative', `(?:hồi |dịp |đợt |lễ |ngày )?tết (?:dương lịch|dương|tây)${tetYear()}`, read.newYear),
]

const YEAR_BEHIND = `(?:,?(?: năm | )${Y}|,?(?: năm | )${YY}${NOT_AMOUNT}${NOT_COUNTED}|,? ${NEAR_YEAR}| (?<side>vừa rồi|vừa qua|rồi|này|sắp tới|tới))?`

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
  inWords('range', `hè (?:năm )?(?:${Y}|${YY}|${NEAR_YEAR}|(?<side>vừa rồi|vừa qua|này|tới))`, read.yearly(5, 15, 8, 31)),
  inWords('range', `mùa xuân${YEAR_BEHIND}`, read.yearly(1, 20, 4, 30)),
  inWords('range', `mùa thu${YEAR_BEHIND}`, read.yearly(8, 15, 11, 7)),
  inWords('range', `mùa đông${YEAR_BEHIND}`, read.yearly(11, 1, 12, 31)),
  inWords('range', '(?:hồi|mùa|đợt|từ|lúc|thời|trong) (?:dịch|covid)(?: bệnh)?(?: covid)?', read.between('2020-02-01', '2022-03-15')),
]

function tetYear(): string {
  return `(?:(?: năm | )${Y}|,? ${NEAR_YEAR}| (?<side>vừa rồi|vừa qua|rồi|này|sắp tới|tới))?(?! (?:tóc|trung thu|thiếu nhi|đoan ngọ|hàn thực|nguyên tiêu|dương|tây))`
}

const LAW = 'bộ luật|luật|nghị định|nđ|thông tư|quyết định|qđ|nghị quyết|chỉ thị|công văn|kế hoạch|pháp lệnh|văn bản'
const NOT_IN_A_TITLE = 'thì|mà|tôi|mình|em|anh|chị|mua|hồi|từ|ngày|tháng|khi|có|còn|trước|sau|áp|hiện|đã|vào|được|nào|không'
const DAY_CUE = 'ngày|hôm|bữa|mùng|mồng|lễ'
const CUE = `${DAY_CUE}|từ|trước|sau|đến|tới|hồi|sáng|chiều|tối|trưa|đợt|dịp|vào`
const SHARED_OUT = 'số|giá|tiền|của|phần|khách|người|đơn|sao|điểm|quãng|lượng|chi phí|hợp đồng|tổng|gói|thời|suất|lần|triệu|lít|ký|kg'

/** Pieces that look like dates and are not: numbers and years of documents, addresses, scores, "24/7", fractions. */
export const NOT_DATES: readonly RegExp[] = [
  words(`(?:${LAW}|điều|(?<!(?:chuyển|tài|thanh) )khoản|mục)(?: số)?\\s*\\d+(?:/\\d+)*(?: năm (?:19|20)\\d\\d)?`),
  words('(?:nd|qd|tt|nq|hđ|số)(?: số)?\\s*\\d{1,4}/(?:19|20)\\d\\d'),
  /\d{1,4}\/(?:19|20)\d\d\/\p{L}[\p{L}\d-]*/gu,
  words(
    `(?:${LAW})(?: (?!(?:${NOT_IN_A_TITLE}) )\\p{L}+,?){0,12} (?:năm )?(?:19|20)\\d\\d(?! (?:tôi|tui|em|mình|anh|chị|con|mẹ|ba|nhà|mua|đặt|ký|shop)${WORD_END})`,
  ),
  words('(?:đường|phố|hẻm|ngõ|ngách|kiệt|số|số nhà|lô|căn|phòng|tỷ lệ|tỉ lệ|điểm) \\d{1,3}/\\d{1,3}(?:/\\d{1,3})?(?!/)'),
  words(`(?<!(?:${DAY_CUE}) )24/(?:7|24)`),
  words(`(?<!(?:${DAY_CUE}) |\\d/)\\d{1,2}/\\d{1,2} (?:${SHARED_OUT})`),
  words('(?:hỗ trợ|phục vụ|mở cửa|trực|bán|hoạt động) 7/24'),
  words(`(?<!(?:${CUE}) )(?:1/[2-9]|2/3|3/4)(?!/\\d)(?! (?:năm|vừa)${WORD_END})`),
]
