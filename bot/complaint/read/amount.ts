/** The sum at stake: of several sums the one that was paid or asked as the price. */
import { eitherMarks } from '../../../knowledge/language/aligned.ts'
import type { FoundAmount } from '../../../knowledge/language/amounts.ts'
import { readAmounts } from '../../../knowledge/language/amounts.ts'
import { numberInWords } from '../../../knowledge/language/numbers.ts'
import { COUNTERS, readByCount } from './counted.ts'
import { justBefore, type Read, type Scene, say, sentenceAround, word } from './scene.ts'

const PAID = word(
  'chuyển khoản|chuyển|ck|thanh toán|trả|đóng|nạp|mất|lừa|cọc|tốn|quẹt thẻ|đưa|giá|số tiền|hết|còn|trị giá|chỉ|bay|lấy|khoảng|gửi(?: tiết kiệm)?|đầu tư|góp vốn|bị trừ|trừ|thu|ra(?= (?:\\d|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười))',
)
/** Right before a sum these say that it was paid; others ("giá") also that it was asked. */
const PAYS =
  /(?<!(?:phải|phai|bắt|bat|đòi|doi|chịu|chiu)\s+(?:\S+\s+)?)(?<!\p{L})(?:thanh toán|thanh toan|chuyển khoản|chuyen khoan|chuyển|chuyen|ck|trả|tra|đóng|dong|nộp|nop|đưa|dua)(?:\s+(?:đủ|du|hết|het|luôn|luon|tiền|tien|là|la|tổng|tong|gần|khoảng|cho \S+))*\s*$/u
/** "trả 10 triệu tiền mặt, còn lại chuyển khoản": a part. */
const REST_BEHIND = /^[^.;|]{0,30}(?:còn lại|con lai|phần còn|nửa còn|nửa kia)(?!\p{L})/u
/** What all parts come to. */
const TOTAL = say(
  '(?:tổng(?: cộng| tiền| đơn| hết| là| hóa đơn| thiệt hại| cả)*|cộng(?: hết| lại| dồn)|trọn (?:gói|bộ|khóa|khoá)|cả (?:bữa|bàn|đơn|nhóm|nhà|gói|hai|ba)|tất cả(?: là| hết)?|hết thảy|vị chi|cả thảy|thành(?: ra| tiền)?|tính ra|tức(?: là)?|ra tổng|hết sạch|hết trơn|nữa là|thêm là)(?![\\p{L}\\p{M}])(?:\\s+(?:là|hết|tiền|cả|mất|phải|trả))*[\\s:]*$|(?:=>|=|->|→)\\s*$|\\+[^.;\\n]{1,24}\\slà\\s*$',
)
/** "195k tính luôn ship". */
const ALL_IN = /^\s*(?:tính|tinh|kể|ke|gồm|bao gồm|gom)\s+(?:luôn|luon|cả|ca)(?:\s+(?:ship|phí|công|tiền))/u
/** Of one of many, or what was only asked: it counts where no other sum is told. */
const EACH = say(`(?:mỗi|một|1) (?:${COUNTERS}|tháng|buổi|lần)(?: (?:là|giá|hết|tính))*[\\s:]*$`)
const EACH_BEHIND = say(`(?:/\\s*|mỗi |một |1 )(?:${COUNTERS}|buổi)(?![\\p{L}\\p{M}])|/\\s*(?:tháng|năm|ngày|lần)(?![\\p{L}\\p{M}])`)
/** Of what went wrong: a doctor, a repair. It counts where no other sum is told. */
const AFTERMATH =
  /(?:khám|kham|thuốc|thuoc|chữa|chua(?= mat)|bác sĩ|bac si|bệnh viện|benh vien|nằm viện|đi viện|sửa|sua|cứu hộ|grab|taxi|thay)(?:\s+[^\s.,;]+){0,3}\s+(?:(?:mất|mat|hết|het|tốn|ton)(?:\s+thêm)?|(?<=(?:khám|kham|thuốc|thuoc|viện|vien)\s+))\s*$|(?:sửa|thay)\s+$/u
const AFTERMATH_BEHIND = say('(?:tiền )?(?:thuốc|tiền khám|tiền thuốc|sửa|tiền sửa)(?![\\p{L}\\p{M}])')
/** Asked for, or paid elsewhere since: "cần họ trả tiền khám 900k", "chịu ship 2 chiều 62k", "tốn thêm 900k". */
const DEMANDED =
  /(?:muốn|muon|cần|can|đòi|doi|yêu cầu|yeu cau|bắt|bat|kêu|keu)\s+(?:[^\s.,;]+\s+){0,4}(?:trả|tra|đền|den|bù|đóng|dong|chịu|chiu|thêm|them)(?:\s+[^\s.,;]+){0,4}\s+$|(?:chịu|chiu)\s+(?:[^\s.,;]+\s+){0,3}$|(?:mất|mat|tốn|ton)\s+(?:thêm|them)\s+$|(?:chưa kể|chua ke|chưa tính|chua tinh)\s+(?:\S+\s+){0,2}$/u
/** "không chịu hoàn 170 ngàn tiền vé": what is not given back was paid. */
const KEPT =
  /(?:không|khong|ko|(?<!\p{L})k|chưa|chua)\s+(?:chịu\s+|chiu\s+)?(?:hoàn|hoan|trả|tra)(?:\s+(?:lại|lai|tiền|tien|cọc|coc|trả|cho \S+))*\s*$/u
const QUOTED = say('(?:báo giá|báo|giá niêm yết|giá rao)(?: [^\\s.,;]+){0,3}[\\s:]*$')
const BOUGHT = word('đổ|mua|đặt|order|book|sắm|tậu|thuê|đơn|bán|gói|vé|hợp đồng|lấy|nhập|lắp|làm|ăn|đăng ký|khóa|khoá|combo')
/** Sums that are spoken of, not paid for the goods. */
const OTHER = say(
  '(?:thêm|(?<!(?:học|hoc) )phí|phí ship|tiền ship|ship thêm|giảm|giảm giá|voucher|bồi thường|đền|đền bù|hoàn|hoàn lại|giá gốc|niêm yết|lương|phạt|viện phí|tặng|khuyến mãi|thưởng|trả lại|góp mỗi tháng|vàng|nhận được|nhận lại|rút được|rút ra được|lấy lại được|lấy lại|đòi lại|xin lại|được nhận|hoàn cho|công)(?![\\p{L}\\p{M}])(?:\\s+(?:tiền|còn|là|thêm|của|\\d+%))?[\\s:(]*$',
)
const OTHER_BEHIND = say('(?:tiền )?(?:viện phí|phí|tiền khám|tiền ship|mỗi tháng|một tháng|voucher|giảm giá)')
/** Longer sums are slips of the keyboard or no sums. */
const MOST = 100_000_000_000
/** "7 triệu mấy": the sum itself is told elsewhere, if it is. */
const ABOUT_BEHIND = /^\s+(?:mấy|may|ngoài|ngoai|hơn|lẻ)(?!\p{L})/u
/** "giảm còn 620k" is what was paid in the end. */
const REDUCED =
  /(?:giảm|giam|sale|khuyến mãi|khuyen mai|bớt|bot|xuống|xuong|ưu đãi|uu dai|áp mã|ap ma|mã giảm|voucher|trừ|phiếu)[^.;\n|]{0,24}(?:còn|con)(?:\s+(?:trả|tra|có|lại))?[\s:]*$/u
/** "giá 12 triệu mà hôm đó chỉ lấy 6 triệu": what was taken in the end outweighs the price. */
const ONLY_TAKEN =
  /(?:(?:tôi|toi|em|mình|minh|tui|con|cháu|chau)\s+(?:chỉ|chi)\s+(?:(?:phải|phai)\s+)?(?:trả|tra|chuyển|chuyen|đóng|dong|đưa|dua)|(?:chỉ|chi)\s+(?:(?:phải|phai|có|co)\s+)?(?:lấy|lay|thu|tính|tinh|còn|con|mất|mat))(?:\s+(?:tôi|toi|em|mình|minh|còn|con|có|co))?[\s:]*$/u
/** A part paid ahead is all that was paid, unless the rest followed or is owed: then it says less than the price does. */
const DEPOSIT = /(?:cọc|coc|trước|truoc|trc|nửa|nua|góp|gop)[\s:]*(?:(?!thêm|them)\S+\s+)?$/u
/** "còn mười triệu khất", "nửa kia 1tr6": what is paid later is a part, too. */
const REST = /(?:còn|con|nợ|no|nốt|not|phần còn lại|còn lại|con lai|nửa kia)(?:\s+(?:lại|lai|thiếu|nợ))?[\s:]*$/u
/** "Phần còn lại tôi chưa trả". */
const REST_UNPAID = /(?:còn lại|con lai)(?:\s+[^\s.,;]+){0,3}\s+(?:chưa|chua)\s+(?:trả|tra|đưa|dua|đóng|dong|chuyển|chuyen|thanh toán)(?!\p{L})/u
const PAID_ON =
  /(?:trả|tra|mua|đóng|dong)\s+(?:góp|gop)|(?:còn lại|con lai|phần còn|nửa kia|nửa còn|đưa nốt|trả nốt|thanh toán nốt|còn nợ|khất|còn thiếu|số còn)(?![\p{L}\p{M}])/u
/** "bill 3 triệu 280". */
const ON_BILL = /(?<!\p{L})(?:bill|hóa đơn|hoá đơn|hoa don)(?:\s+(?:là|la|hết|het|ghi|tính|tinh|tổng|ra))?[\s:]*$/u
/** "89k + ship 16k5 là 105.500đ". */
const ADDED_UP = /\+[^.;\n]{1,24}\s(?:là|la|=|thành|hết)\s*$/u
/** "tháng rồi 300 ngàn, tháng này nhảy lên 980 ngàn": what it rose to is what the complaint is about. */
const RISEN =
  /(?<!\p{L})(?:(?:lên|len|vọt|vot|nhảy|nhay|tăng|tang|đội)(?:\s+(?:lên|len|giá|gia|tới|toi|đến|den|thành|thanh|hơn))*|(?:tháng|thang)(?:\s+(?:này|nay|sau|rồi|\d{1,2}))?(?:\s+(?:lại|thì|mà|tiền))?\s+(?:tới|toi|đến|den))[\s:]*$/u
/** "giấy điện lực thì có hơn 2 ngàn", "coi nói cái van đó có 200 ngàn", "có chị đóng tới 120 triệu": what it is worth, and what others paid. */
const SPOKEN_OF =
  /(?:chỗ khác|cho khac|(?:nhỏ |thằng |con )?bạn (?:em|tôi|mình|tui|cùng lớp|học)|ngoài tiệm|ngoai tiem|hàng xóm|nhà bên)(?:\s+[^\s.,;]+){0,8}\s+$|(?<!\p{L})(?:thì|thi|đó|ấy|này|nó|kia)\s+(?:(?:chỉ|chi|cũng|đâu)\s+)?(?:có|co)\s+(?:(?:hơn|hon|chừng|khoảng|mấy)\s+)?$|(?<!\p{L})(?:có|gặp|nghe|thấy)\s+(?:chị|anh|người|bạn|cô|nhà|ông|bà|đứa|bác)(?:\s+\S+){0,2}\s+(?:đóng|dong|mất|mat|mua|nạp|nap|chuyển|trả)(?:\s+(?:tới|toi|hơn|hết|gần))*\s+$/u
/** "hủy đơn rồi đăng bán lại giá 3 triệu": what others are to pay. */
const RESOLD = /(?:bán|ban|đăng|rao|kệ|ke|lên)\s+(?:bán\s+|ban\s+)?(?:lại|lai)(?:\s+[^\s.,;]+){0,3}\s+(?:giá|gia|với giá)\s+$/u
const REACH = 32

/** @returns the sum that was paid or the price; undefined when several stand there and nothing tells them apart. Never throws. */
export function readAmount(scene: Scene): Read<number> | undefined {
  const sums = sumsIn(scene).filter((found) => possible(scene, found))
  const candidates = [
    ...sums.map((found) => ({ found, weight: weightOf(scene, found) })),
    ...counted(scene, sums),
    ...inParts(scene, sums),
    ...addedUp(scene, sums),
    ...inTheEnd(scene, sums),
  ]
  const best = [...candidates, ...wholeAnswer(scene, sums)].filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight)[0]
  const only =
    new Set(candidates.filter(({ weight }) => weight >= 0).map(({ found }) => found.dong)).size === 1
      ? candidates.find(({ weight }) => weight >= 0)
      : undefined
  const first = scene.asked ? undefined : candidates.find(({ weight }) => weight >= 0)
  const chosen = best ?? only ?? first ?? (scene.asked === 'amount' ? candidates[0] : undefined)
  return chosen ? placed(chosen.found) : scene.asked === 'amount' ? bareReply(scene) : undefined
}

/** Less than a total or a deposit, more than any other sum. */
const COUNTED_WEIGHT = 3.5

const counted = (scene: Scene, sums: readonly FoundAmount[]): { found: FoundAmount; weight: number }[] => {
  const product = readByCount(scene, sums)
  return product ? [{ found: product, weight: COUNTED_WEIGHT }] : []
}

/** Told together with its parts, or in the end. */
const TOLD_IN_ALL = 5.8

/** "hai triệu tám, cọc một triệu, xong trả một triệu tám", "340k cộng ship 25k, tức 365k": what two others come to is what was paid, unless a part is still owed. */
function addedUp(scene: Scene, sums: readonly FoundAmount[]): { found: FoundAmount; weight: number }[] {
  if (OWED.test(scene.plain) || sums.length < 3) return []
  const parts = [...sums.filter((sum) => !TAKEN_OFF.test(justBefore(scene.plain, sum.index))), ...counted(scene, sums).map(({ found }) => found)]
  const isSum = ({ dong }: FoundAmount) => parts.some((a, i) => parts.some((b, k) => k > i && a.index !== b.index && a.dong + b.dong === dong))
  const whole = sums.find(isSum)
  return whole ? [{ found: whole, weight: TOLD_IN_ALL }] : []
}

/** "trừ phiếu quà 300 nghìn": no part of what was paid. */
const TAKEN_OFF = /(?:trừ|bớt|giảm|voucher|phiếu|tặng|khuyến mãi|hoàn|đền|tru|bot|giam|tang|hoan)(?:\s+[^\s.,;]+){0,3}\s+$/u

/** "báo giá 350 nghìn, sửa xong tính 2 triệu 8", "giá 1tr29 còn 890k", "trọn gói 25 triệu, mới đóng đợt đầu 8 triệu": not the first sum. */
const IN_THE_END =
  /(?:(?:xong|cuối cùng|cuoi cung|rốt cuộc|tới lúc tính|lúc trả|ra về)(?:\s+(?:thì|lại|mới|việc))?\s+(?:họ |nó |ổng |bả |thợ |chủ )?(?:tính|tinh|đòi|doi|lấy|lay|thu|ra)(?:\s+(?:tới|toi|lên|len|thành|luôn|tiền|của \S+))*|(?:mới|moi)\s+(?:đóng|dong|trả|tra|đưa|dua|nộp|nop|chuyển|chuyen)(?:\s+(?:đợt|dot|lần|lan|phần|trước|đầu|dau|được|duoc))*)\s+$/u
const NOW_ONLY = /^(?:\s+\S+){0,2}\s+(?:còn|con)\s+(?:có\s+|co\s+|lại\s+)?$/u

function inTheEnd({ plain }: Scene, sums: readonly FoundAmount[]): { found: FoundAmount; weight: number }[] {
  return sums.flatMap((found, i) => {
    const before = sums[i - 1]
    if (before === undefined) return []
    const between = plain.slice(before.index + before.text.length, found.index)
    const reduced =
      NOW_ONLY.test(between) && found.dong < before.dong && found.dong > before.dong / 10 && !REST_UNPAID.test(plain) && !OWED.test(plain)
    return reduced || IN_THE_END.test(justBefore(plain, found.index)) ? [{ found, weight: TOLD_IN_ALL - 0.4 }] : []
  })
}

/** Of two parts that were both paid. */
const PARTS_WEIGHT = 5.5
const PAID_SINCE =
  /(?<!\p{L})(?:nốt|not|trả đủ|tra du|trả hết|tra het|đóng đủ|khi nhận|lúc nhận|khi giao|lúc giao|nhận hàng|khi nhan|luc nhan|nhan hang|lắp xong|lap xong)(?!\p{L})/u
const OWED = /(?<!\p{L})(?:chưa (?:trả|đưa|đóng|thanh toán|chuyển)|chua (?:tra|dua|dong|chuyen)|khất|khat|nợ|no|hẹn|hen|sẽ)(?!\p{L})/u

/** "trả trước 7 triệu, còn 5 triệu lúc nhận máy tôi trả đủ": both together. */
function inParts(scene: Scene, sums: readonly FoundAmount[]): { found: FoundAmount; weight: number }[] {
  const partOf = (pattern: RegExp, { index }: FoundAmount) => pattern.test(justBefore(scene.plain, index))
  const first = sums.find((sum) => partOf(DEPOSIT, sum))
  const second = first && sums.find((sum) => sum.index > first.index && partOf(REST, sum) && !partOf(REDUCED, sum))
  if (!first || !second) return []
  const { end } = sentenceAround(scene.plain, placed(second))
  const told = scene.plain.slice(first.index, end)
  if (!PAID_SINCE.test(told) || OWED.test(told)) return []
  return [{ found: { ...second, dong: first.dong + second.dong }, weight: PARTS_WEIGHT }]
}

/** Of an answer that goes on to its parts. */
const ANSWER_WEIGHT = 2.5
const LEADS_ANSWER = /^\s*(?:(?:dạ|da|thì|thi|là|la|hết|het|tổng|khoảng|khoang|em|tôi|toi|mình|tui|trả|tra|mất|mat)\s+){0,3}$/u

/** "bảy triệu mốt, tôi chuyển khoản năm triệu, còn lại tiền mặt": asked for the sum, the person says it first. */
function wholeAnswer({ plain, asked }: Scene, sums: readonly FoundAmount[]): { found: FoundAmount; weight: number }[] {
  const [first, ...parts] = sums
  const isWhole = first && asked === 'amount' && LEADS_ANSWER.test(plain.slice(0, first.index)) && parts.every(({ dong }) => dong < first.dong)
  return isWhole ? [{ found: first, weight: ANSWER_WEIGHT }] : []
}

const GROUPED = /(?<![\p{L}\p{N}.,/-])[1-9]\d{0,2}(?:\.\d{3}){2,3}(?![\p{L}\p{M}\p{N}]|[.,/-]\d)/gu

/** What thousands of are no money. */
const MEASURES =
  'km|cây số|người|lượt|view|like|follow|sub|mah|kwh|kw|btu|vòng|bước|con|cái|cây|tờ|viên|hạt|chữ|lần|giờ|ngày|năm|mét|m2|lít|kg|ký|tấn|ha|usd|đô|tệ|won|yên|euro|khách|thành viên'
const ALONE = new RegExp(
  `(?<![\\p{L}\\p{N}.,/-])[1-9]\\d{1,2}\\.000(?![\\p{L}\\p{M}\\p{N}]|[.,/-]\\d|\\s*(?:${eitherMarks(MEASURES)})(?![\\p{L}\\p{M}]))`,
  'gu',
)
/** "triệu chín": a million and nine hundred thousand, where money is spoken of. */
const MILLION_AND =
  /(?<=(?:giá|gia|hết|het|tốn|ton|mất|mat|trả|tra|đưa|dua|lấy|lay|cọc|coc|đóng|dong|chuyển|chuyen|ck|bán|ban|tiền|là)\s+)(?:triệu|trieu)\s+(ba|bốn|bon|năm|nam|lăm|lam|sáu|sau|bảy|bay|tám|tam|chín|chin)(?!\s+(?:trăm|tram|chục|mươi|nghìn|ngàn|người|cái|tháng|ngày))(?![\p{L}\p{M}])/gu

/** Also "2.640.000" with no word beside it: nothing else is written so. */
function sumsIn({ plain, amounts }: Scene): FoundAmount[] {
  const grouped = [...plain.matchAll(GROUPED)].map(({ index, 0: text }) => ({ index, text, dong: Number(text.replaceAll('.', '')) }))
  const alone = [...plain.matchAll(ALONE)].map(({ index, 0: text }) => ({ index, text, dong: Number(text.replaceAll('.', '')) }))
  const spoken = [...plain.matchAll(MILLION_AND)].map(({ index, 0: text, 1: more = '' }) => ({ index, text, dong: 1e6 + numberInWords(more) * 1e5 }))
  const more = [...grouped, ...alone, ...spoken].filter(
    (sum) => !amounts.some((known) => known.index < sum.index + sum.text.length && sum.index < known.index + known.text.length),
  )
  return [...amounts, ...more].sort((a, b) => a.index - b.index)
}

const placed = ({ dong, index, text }: FoundAmount): Read<number> => ({ value: dong, start: index, end: index + text.length })

function possible(scene: Scene, { dong, index }: FoundAmount): boolean {
  return dong > 0 && dong <= MOST && !MINUS.test(justBefore(scene.plain, index))
}

/** "-500k" and "âm 500k" are no sums that anybody paid; "- 500k" is a line of a list. */
const MINUS = /(?:^|[\s:])(?:[-–−]|âm\s+)$|^\s*trừ\s+$/u

/** What is put right outweighs what was said before. */
function weightOf(scene: Scene, found: FoundAmount): number {
  const weight = weightAlone(scene, found)
  return weight >= 0 && scene.corrected.some(({ start, end }) => found.index >= start && found.index <= end) ? 7 : weight
}

/** Positive beside words of paying, negative beside words of other sums; the nearest word decides. */
function weightAlone(scene: Scene, found: FoundAmount): number {
  const { start } = sentenceAround(scene.plain, placed(found))
  const previous = scene.amounts.findLast((other) => other.index < found.index)
  const from = Math.max(start, found.index - REACH, previous ? previous.index + previous.text.length : 0)
  const before = scene.plain.slice(from, found.index)
  const behind = found.index + found.text.length
  if (/(?:tổng|tong)\s+(?:cộng\s+)?(?:mất|mat|thiệt hại|thiet hai)[^.;|]{0,12}$/u.test(before)) return 6
  if (ON_BILL.test(before)) return 3.8
  if (ADDED_UP.test(scene.plain.slice(start, found.index))) return 4
  if (DEPOSIT.test(before)) return PAID_ON.test(scene.plain) && !REST_UNPAID.test(scene.plain) ? 0.9 : 5
  if (lastEnd(TOTAL, before) >= 0 || ALL_IN.test(scene.plain.slice(behind, behind + 24))) return 4
  if (startsAt(OTHER_BEHIND, scene.plain, behind)) return isFeePaid(scene, found, before) ? 0.5 : -1
  if (RESOLD.test(before) || SPOKEN_OF.test(before)) return -1
  if (ABOUT_BEHIND.test(scene.plain.slice(behind, behind + 8)))
    return sumsIn(scene).some((other) => other.index !== found.index && Math.abs(other.dong / found.dong - 1) < 0.2) ? -1 : 0.9
  if (startsAt(EACH_BEHIND, scene.plain, behind) || lastEnd(EACH, before) >= 0) return 0.5
  if (RISEN.test(before)) return 3.8
  if (DEMANDED.test(before)) return -1
  if (KEPT.test(before)) return 0.9
  if (AFTERMATH.test(before) || startsAt(AFTERMATH_BEHIND, scene.plain, behind)) return 0
  if (REDUCED.test(before)) return 3
  if (lastEnd(QUOTED, before) >= 0) return 1
  if (lastEnd(OTHER, before) >= 0 && !REDUCED.test(before) && !isNameBefore(scene, found)) return -1
  if (ONLY_TAKEN.test(before)) return 3
  if (REST.test(before) && !REDUCED.test(before)) return 0.9
  if (PAYS.test(before)) return REST_BEHIND.test(scene.plain.slice(behind, behind + 50)) && !REST_UNPAID.test(scene.plain) ? 0.9 : 2.3
  if (lastEnd(PAID, before) >= 0) return 2
  return lastEnd(BOUGHT, scene.plain.slice(start, found.index)) >= 0 ? 1 : 0
}

/** The "Phat" of "dien may Hoa Phat 12tr" is no "phạt". */
const isNameBefore = ({ caseless, written }: Scene, { index }: FoundAmount): boolean =>
  !caseless && /\p{Lu}[\p{L}\p{M}]*\s+\p{Lu}[\p{L}\p{M}]*\s*$/u.test(written(Math.max(0, index - 20), index))

/** "đóng 300k phí nhận lớp": where nothing else was paid, the fee is what was paid. */
const isFeePaid = ({ plain, amounts }: Scene, { index, text }: FoundAmount, before: string): boolean =>
  amounts.length === 1 && lastEnd(PAID, before) >= 0 && /^\s*(?:tiền |tien )?ph[ií](?!\p{L})/u.test(plain.slice(index + text.length))

const lastEnd = (pattern: RegExp, text: string): number => {
  const last = [...text.matchAll(pattern)].at(-1)
  return last ? last.index + last[0].length : -1
}

function startsAt(pattern: RegExp, plain: string, at: number): boolean {
  const behind = plain.slice(at, at + 24)
  const first = behind.search(new RegExp(pattern.source, 'u'))
  return first >= 0 && /^\s*$/.test(behind.slice(0, first))
}

const LEAD = 'giá '
const NUMBER_ALONE = /^\D{0,12}?(\d{4,11})\D{0,12}$/u

/** "3 lít", "1200000": what only the question makes a sum. A bare "500" may be đồng or thousands, so it is asked again. */
function bareReply(scene: Scene): Read<number> | undefined {
  const slang = readAmounts(LEAD + scene.plain)[0]
  if (slang && slang.index >= LEAD.length) {
    const found = { ...slang, index: slang.index - LEAD.length }
    return possible(scene, found) ? placed(found) : undefined
  }
  const digits = NUMBER_ALONE.exec(scene.plain)?.[1]
  if (!digits || digits.startsWith('0')) return undefined
  const start = scene.plain.indexOf(digits)
  return MINUS.test(justBefore(scene.plain, start)) ? undefined : { value: Number(digits), start, end: start + digits.length }
}
