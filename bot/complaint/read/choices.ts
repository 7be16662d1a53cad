/** Facts with few possible values: where it was bought, how it was paid, what the person wishes. */
import { eitherMarks } from '../../../knowledge/language/aligned.ts'
import type { Payment, Platform, Wish } from '../facts.ts'
import { justBefore, type Read, type Scene, sentenceAround, word } from './scene.ts'

type Table<T> = readonly (readonly [T, RegExp])[]

// --- platform ---

const PLATFORM_WORDS: Table<Platform> = [
  ['tiktok', word('tiktok(?: shop)?|tik tok(?: shop)?|tiktokshop|tictok|tik tóc|tíc tóc|tích tóc|tóp tóp|top top|tót tót|tt shop|ttshop|tts')],
  ['shopee', word('shopee|shoppe|shoppee|shopê|sopee|sope|sopi|shopi|shope|sọp pi|sốp pi|xốp pi|sóp pi|sốp pe|sóp pe|sọp bi|shop pi|sóp-pi|s\\.pee')],
  ['lazada', word('lazada|lzd|laz|la za đa|lazađa|ladaza')],
  ['tiki', word('tiki|ti ki')],
  ['facebook', word('facebook|fb|f b|phây búc|phây|phê búc|phây búp|face book|face|fbook|fanpage|page|marketplace|messenger')],
  ['instagram', word('instagram|insta|ig|in ta')],
  [
    'zalo',
    word('(?<=(?:trên|qua|bên|từ|nhóm|group|ở|bằng|mạng|ngoài|lên|trong|kênh|dưới|tren|tu|nhom|o|bang|mang|ngoai|len) )(?:zalo|za lô|zl)|nick zalo'),
  ],
  [
    'other',
    word(
      'telegram|threads|viber|whatsapp|sendo|temu|shein|agoda|traveloka|airbnb|klook|vexere|booking\\.com|(?<=(?:qua|trên|app|tren) )booking|taobao|1688|alibaba|amazon|chợ tốt|chotot|nhà tốt',
    ),
  ],
  ['website', word('website|trang web|trang mạng|web|wed|wep|oép|trang điện tử')],
]
/** Words that mean a platform only as an answer, or right behind "trên". */
const PLATFORM_SHORT: Table<Platform> = [
  ['shopee', word('sp|spee|s')],
  ['tiktok', word('tt|tik|tóp')],
  ['zalo', word('zalo|za lô|zl|zép lào')],
  ['facebook', word('fb|mess')],
  ['website', word('mạng|trang mạng|google')],
  [
    'other',
    word(
      'chợ|ngoài chợ|mua trực tiếp|trực tiếp|tại tiệm|ngoài tiệm|tiệm|cửa hàng|siêu thị|tại nhà|tận nhà|telegram|sendo|temu|shein|taobao|1688|alibaba|amazon|youtube|khác|chỗ khác',
    ),
  ],
]
const ON_SHORT: Table<Platform> = [
  ['shopee', word('(?<=(?:trên|app|sàn|tren|san) )sp(?=\\s*(?:$|[.,!?;\\n]|giá|hết|mà|shop|của|ngày|hôm|được|gia|het|ma|cua|ngay|hom))')],
  ['tiktok', word('(?<=(?:trên|app|sàn|tren|san) )tt(?=\\s*(?:$|[.,!?;\\n]|giá|hết|mà|shop|của|ngày|hôm|được|gia|het|ma|cua|ngay|hom))')],
]
const ADDRESSES: Table<Platform> = [
  ['shopee', /shopee\.vn|shp\.ee/gu],
  ['tiktok', /tiktok\.com/gu],
  ['lazada', /lazada\.vn/gu],
  ['tiki', /tiki\.vn/gu],
  ['facebook', /(?:facebook|fb)\.com|fb\.me/gu],
  ['instagram', /instagram\.com/gu],
  ['zalo', /zalo\.me/gu],
]
const PLACE_BEFORE = /(?:trên|tren|qua|bên|ben|ở|o|sàn|san|app|từ|tu|mua|đặt|dat|lên|len|của|cua)\s*:?\s*$/u

/** @returns where it was bought: the first name behind "trên", "qua" …, else the first name. */
export function readPlatform(scene: Scene): Read<Platform> | undefined {
  const found = matches([...PLATFORM_WORDS, ...ON_SHORT, ...ADDRESSES], scene.plain).filter(
    ({ end }) => !/^\s*pay(?![\p{L}])/u.test(scene.plain.slice(end, end + 6)),
  )
  const placed = found.find(({ start }) => PLACE_BEFORE.test(scene.plain.slice(Math.max(0, start - 10), start)))
  return (
    placed ??
    found[0] ??
    (scene.asked === 'platform' && isShort(firstClause(scene.plain)) ? matches(PLATFORM_SHORT, firstClause(scene.plain))[0] : undefined)
  )
}

/** "Zalo nhé, họ kết bạn rồi gửi ảnh": the answer comes first. */
const firstClause = (text: string): string => /^[^,;.!?\n]*/u.exec(text)?.[0] ?? text

const isShort = (text: string): boolean => text.trim().split(/\s+/).length <= 8

/** Every match in reading order; of two that begin together the longer is first. */
function matches<T>(table: Table<T>, plain: string): Read<T>[] {
  const all = table.flatMap(([value, pattern]) =>
    [...plain.matchAll(pattern)].map((match) => ({ value, start: match.index, end: match.index + match[0].length })),
  )
  return all.sort((a, b) => a.start - b.start || b.end - a.end)
}

// --- payment ---

const NOT_YET = '(?:chưa|chửa)'
/** Earlier rows win: cash handed to the carrier is cash on delivery. */
const PAYMENT_WORDS: Table<Payment> = [
  [
    'unpaid',
    word(
      `${NOT_YET} (?:đóng|nộp)(?=\\s*(?:$|[.,;!])| tiền)|${NOT_YET} (?:trả|thanh toán|chuyển khoản|ck|đưa)(?: trước)?(?: (?:tiền|đồng nào|gì|cho shop|xu nào|khoản nào|1 đồng|một đồng))+|${NOT_YET} (?:chuyển khoản|ck|thanh toán)|${NOT_YET} chuyển(?=\\s*(?:$|[.,;!]))|chưa mất (?:tiền|đồng nào)|chưa (?:bị )?mất (?:gì|tiền)|(?<=(?:^|tôi|em|mình|tui|con|cháu|nên|toi|minh|chau|nhận,)\\s{0,3})(?:không|ko) trả tiền(?=\\s*(?:$|[.,;!]))|(?:không|ko) nhận hàng`,
    ),
  ],
  [
    'cash_on_delivery',
    word(
      'cod|c\\.o\\.d|ship cod|thu (?:tiền )?hộ|đưa (?:tiền )?ship(?= (?:\\d|một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười))|đưa (?:cho )?(?:anh|chú|bạn|thằng|ông) (?:ship|giao hàng)|(?:shipper|shiper|ship|bưu tá|bưu điện)(?:,? [^\\s.,;]+){1,6} trả tiền|trả tiền (?:mới|rồi mới) (?:được|cho) (?:lấy|nhận|xem|mở|coi|khui|kiểm)|(?:chở|giao|ship|tới) (?:tới )?(?:nơi|nhà) (?:rồi |mới )+(?:trả|đưa)(?: tiền| đủ)?|đưa (?:tiền |tiền mặt )?(?:cho )?(?:anh |bạn |thằng )?(?:shipper|shiper|bưu tá|người giao hàng|người giao|anh giao hàng)|trả (?:tiền )?(?:mặt )?(?:cho )?(?:anh |bạn |thằng )?(?:shipper|shiper|ship|người giao hàng|bưu tá|anh giao hàng)|(?:trả tiền mặt|trả tiền|thanh toán tiền mặt|thanh toán|trả) (?:khi|lúc|sau khi) (?:nhận|giao)(?: hàng)?|nhận(?: được)? hàng (?:rồi |mới |thì |xong )?(?:trả tiền|thanh toán)|nhận (?:rồi|mới) trả|(?:tiền mặt|đưa tiền) cho (?:shipper|shiper|ship)|(?:đưa|trả|đóng|nộp|gửi|giao)(?: (?:[\\d.,]+[^\\s.,;]*|[^\\s.;!?|]+)){1,4} cho (?:anh |bạn |thằng |chú |ông )?(?:shipper|shiper|ship|bưu tá|người giao hàng|người giao|giao hàng|bưu điện)|(?:shipper|shiper|ship|bưu tá|người giao hàng) (?:lấy|thu|đòi|cầm)(?: \\S+){0,2} tiền|(?:lấy|nhận|giao|cầm) hàng (?:mới |rồi |thì |xong )?(?:đưa|trả|thanh toán)(?: tiền)?|nhận trả|trả ship|(?:trả|giả) (?:tiền |đủ )?(?:cho )?(?:anh ấy|thằng nhỏ chở|(?:anh|chú|thằng|người|bạn) (?:chở|giao))|giả (?:tiền )?(?:cho )?(?:anh |bạn |chú )?(?:shipper|shiper|ship|bưu tá|người giao hàng)|(?:trả|đưa)(?: [^\\s.,;]+){1,4} (?:khi|lúc) nhận(?: hàng)?',
    ),
  ],
  [
    'wallet',
    word(
      'momo|mô mô|zalopay|zalo pay|shopeepay|shopee pay|spay|spaylater|vnpay|vn pay|viettel money|viettelpay|ví điện tử|ví airpay|airpay|ví tiktok|ví shopee|(?:bằng|qua|trừ|trong) ví',
    ),
  ],
  [
    'card',
    word(
      'thẻ tín dụng|thẻ visa|thẻ ngân hàng|thẻ atm|thẻ ghi nợ|thẻ master|thẻ mastercard|quẹt thẻ|cà thẻ|quet the|(?:trong|từ) thẻ (?:bị |nó )?trừ|trừ (?:thẳng |luôn |tiền )?(?:vào|trong) thẻ|(?:bằng|qua|trừ|trả|thanh toán) thẻ(?! (?:cào|game|nạp|điện thoại|thành viên|hội viên|tập|xe|quà|cao|nap|dien thoai))|visa|mastercard|trả góp qua thẻ',
    ),
  ],
  [
    'transfer',
    word(
      'chuyển khoản|chuyen khoan|ck|c\\.khoản|banking|bank|internet banking|quét mã(?! (?:vạch|vé|báo|thì|ra|không|ko|k|check|kiểm|xem|trên|tem|xác|sản|lên|vào|hộp)(?![\\p{L}\\p{M}]))|quét qr|quẹt qr|quẹt mã|(?<!(?:check|soi|tra|xem|quét|kiểm tra) )mã qr(?! (?:trên|in|không|ko|k|thì|ra)(?![\\p{L}\\p{M}]))|qua stk|(?<!(?:ký|bán|mua|tư vấn|vay|ky) )qua ngân hàng|vietcombank|vcb|agribank|techcombank|mbbank|mb bank|bidv|vietinbank|sacombank|acb|tpbank|vpbank|(?:đã|lỡ|vừa|mới|bị|em|tôi|mình|tui|bác|cháu) chuyển(?: tiền| cho [^\\s.,]+| trước| cọc| đủ)*(?= [\\d])|chuyển (?:đủ|hết|trước)(?= \\d)|chuyển tiền (?:cho|qua|trước|rồi|xong)|chuyển (?:vào|qua|tới|sang) (?:stk|tài khoản|tk|số tài khoản)|(?:chuyển|trả|đóng|nộp) (?:(?:tiền|đủ|hết|rồi) )*qua (?:app )?(?:ngân hàng|bank)|(?:qua|bằng|trên) app ngân hàng|đã chuyển tiền|tiền đã chuyển',
    ),
  ],
  [
    'cash',
    word(
      '(?:lấy|móc|vét|đếm)(?: [^\\s.,;]+){1,7} ra (?:đưa|trả)|đưa liền tại chỗ|tiền mặt|tiền tươi|(?<=\\d\\S{0,8} )tm|trả tiền (?:ngay )?(?:tại chỗ|tại tiệm|tại quán|tại quầy|liền tay)|tiền trao cháo múc|đưa tận tay|trả tại quầy|trả (?:ngay )?(?:tại chỗ|tại tiệm|tại quán|trên xe|liền tay)|trả tận tay|(?:móc|đếm|rút) tiền(?: [^\\s.,;]+){0,2} (?:đưa|trả)|đưa tiền trực tiếp|trả trực tiếp',
    ),
  ],
  ['unpaid', word('nợ (?:gối đầu )?chưa trả|ghi nợ|mua thiếu|mua chịu')],
]
/** Said of all of it, not of what is left to pay. */
const OF_THE_REST = /(?:còn lại|con lai|phần còn|nốt|nửa kia)(?:\s+\S+){0,2}\s+$/u
const PAYMENT_SHORT: Table<Payment> = [
  ['unpaid', word('chưa|chua|chưa trả|chưa ạ|không trả')],
  ['card', word('thẻ|the')],
  ['transfer', word('chuyển|chuyển tiền|chuyển rồi|bank')],
  ['cash', word('mặt|cash|tm|trả tiền liền|(?:đưa|trả)(?: tiền)? (?:liền|ngay|tại chỗ|luôn|trực tiếp)')],
  ['cash_on_delivery', word('ship|khi nhận|lúc nhận')],
]
const SOMEBODY_ASKS = /(?:bảo|bao|đòi|doi|kêu|keu|(?:bắt|bat)(?!\s+(?:đầu|dau))|yêu cầu|yeu cau|hẹn|hen|hứa|hua)\s+(?:\S+\s+){0,2}$/u
const NOT_BEFORE = /(?:chưa|chua|không|khong|ko)\s+$/u

/** @returns how it was paid. What the seller demanded is no payment. */
export function readPayment(scene: Scene): Read<Payment> | undefined {
  // "Tiền mặt, có biết chuyển khoản là gì đâu": the answer comes first.
  const first = scene.asked === 'payment' && isShort(firstClause(scene.plain)) ? { ...scene, plain: firstClause(scene.plain) } : undefined
  const said = (first && firstRow(PAYMENT_WORDS, first)) ?? firstRow(PAYMENT_WORDS, scene)
  const before = said?.value === 'unpaid' ? firstRow(PAYMENT_WORDS.slice(1), { ...scene, plain: scene.plain.slice(0, said.start) }) : undefined
  // "đóng 14 triệu tiền mặt, giờ bắt thêm 3 triệu, chưa đóng": what was paid was paid.
  if (before) return before
  return said ?? (scene.asked === 'payment' && isShort(scene.plain) ? firstRow(PAYMENT_SHORT, scene) : undefined)
}

function firstRow(table: Table<Payment>, { plain }: Scene): Read<Payment> | undefined {
  for (const row of table) {
    const paid = matches([row], plain).find(
      ({ value, start }) =>
        !SOMEBODY_ASKS.test(justBefore(plain, start)) &&
        (value === 'unpaid'
          ? !SOMEBODY_ELSE.test(justBefore(plain, start)) && !OF_THE_REST.test(justBefore(plain, start))
          : !NOT_BEFORE.test(justBefore(plain, start))),
    )
    if (paid) return paid
  }
  return undefined
}

// --- wish ---

const WANTS =
  'muốn|want|nói thẳng|mún|mong|mong muốn|yêu cầu|đòi|đề nghị|(?<=(?:tôi|toi|em|mình|minh|tui|chỉ|chi|con|cháu|chau) )cần|xin(?! lỗi)|nhờ|nguyện vọng|giúp|giùm|kiến nghị|(?<=^\\s*|[.,;!?\\n]\\s*)cho (?:em|tôi|mình|tui|con|cháu|bác)|chỉ cần|đừng'
const MONEY = '(?:tiền|tìn|tièn|xiền|xèng|tiềm|tien|cọc|học phí|vé|đủ tiền|đủ cọc|phí|tiền cọc|tiền vé|đủ(?! \\d))'
const WISH_WORDS: readonly (readonly [Wish, string])[] = [
  [
    'compensation',
    'bồi thường|bồi hoàn|đền bù|đền tiền|đền|đền cho|bù tiền|bù (?:phần )?chênh lệch|trả (?:phần |tiền )?chênh lệch|giảm tiền|giảm giá|bớt tiền|chịu (?:tiền|chi phí|phí)|lo (?:tiền|chi phí)|trả (?:tiền )?(?:viện phí|tiền viện|tiền thuốc|thuốc men|chi phí|khám)|(?:đòi|lấy) (?:lại )?tiền (?:thuốc|khám|viện|sửa)',
  ],
  [
    'refund',
    `hoàn lại ${MONEY}|hoàn trả ${MONEY}|hoàn ${MONEY}|hoàn lại|hoàn trả|trả lại ${MONEY}|trả ${MONEY} lại|trả lại lấy tiền|trả(?: [^\\s.,;]+){1,3} lấy (?:lại )?${MONEY}|lấy lại ${MONEY}|lấy ${MONEY} (?:về|lại)|trả (?:lại )?(?:phần |khoản |số |tiền )+(?:thu |tính |đóng |trả )?(?:dư|lố|thừa|quá)|đòi lại ${MONEY}|đòi (?:tiền|tìn|cọc|học phí|đủ tiền|đủ cọc|đủ)|lại (?:cọc|vé|đồng)|(?<!(?:kiểm|điều|tra) )trả(?=\\s*(?:$|[.,;!]))|(?<=đòi )trả(?= (?:thì|mà))|trả ${MONEY}|refund|rút lại ${MONEY}|rút ${MONEY}|nhận lại ${MONEY}|trả hàng|trả máy|trả đồ|trả lại|lại tiền|thối (?:lại )?${MONEY}|(?:lấy|đòi|nhận|rút|xin|thu|đưa) lại(?! (?:(?:\\d|một) )?(?:hàng|máy|xe|đồ|giấy|cái|chiếc|con|bộ|đôi|tài khoản|sim|nick)(?![\\p{L}\\p{M}]))|hoàn(?=\\s*(?:$|[.,;]| (?:thì|đi|cho|lại|mà)(?![\\p{L}\\p{M}])))|hoàn (?:\\d+%?|một nửa|nửa|toàn bộ|hết|đủ|phần)`,
  ],
  [
    'exchange',
    '(?:1|một) đổi (?:1|một)|thay (?:máy|cái|con|chiếc|bộ|đôi|hàng|mới|món|sản phẩm)(?: khác| mới)?|thay(?: [^\\s.,;]+){1,4} (?:khác|mới|đúng|chính hãng)|làm lại (?:bộ|cái|đôi|chiếc|con|đồ)|làm cái khác|(?:cái|con|máy|hàng|bộ|chiếc) mới|đổi cái|đổi máy|đổi hàng|đổi mới|đổi trả|đổi sang|đổi size|đổi lại|đổi đôi|đổi con|đổi chiếc|đổi bộ|đổi sản phẩm|đổi món|đổi',
  ],
  [
    'repair',
    'sửa|sửa chữa|sửa lại|bảo hành|khắc phục|làm lại|(?:sơn|lợp|xây|dán|hàn|giặt|nhuộm|trám|chỉnh|may|đóng|cắt|khâu|hiệu chỉnh) lại|phục hồi|làm (?:cho )?xong|làm nốt|làm tiếp|lắp lại',
  ],
  ['apology', 'xin lỗi|lời xin lỗi'],
  [
    'stop',
    'dừng|ngừng|ngưng|chấm dứt|(?:không|ko|đừng) (?:được )?(?:thu|trừ|tính|đòi|bắt|nhắn|gửi|gọi)(?: [^\\s.,;]+){0,4} nữa|thôi gọi|không gọi|đừng gọi|gọi nữa|không làm phiền|đừng làm phiền|đừng(?: [^\\s.,;]+){1,7} nữa|đừng (?:khủng bố|quấy|trừ|lừa|gian|đăng|bán|thu|ép)|gỡ (?:bỏ|bài|hình|ảnh|livestream|video|clip|tin|trang|xuống)|xóa (?:bài|hình|ảnh|số|tên)|gạch tên|thôi (?:trừ|thu|làm phiền|quấy|khủng bố)|khóa (?:số|thuê bao)|hết bị|đóng cửa',
  ],
  [
    'information',
    'hỏi thông tin|biết thông tin|tư vấn|biết thêm|giải thích|giải trình|(?:Hội|hội) (?:biết|kiểm tra|nhắc|xem|coi)|kiểm tra|(?:được )?(?:coi|xem) (?:lại |chỉ số|số|sổ|hóa đơn|hồ sơ)|cho rõ|cho (?:em|tôi|mình|tui|con|cháu|bác) biết|nhắc nhở|làm rõ|ra lẽ|nói rõ|(?:được )?(?:coi|xem) (?:camera|chứng từ|giấy tờ)|(?:cho )?biết (?:trong|tại sao|vì sao|lô|lý do|lí do|ai)',
  ],
]
/** To be given what was missing. Money comes before it: "gửi bù hoặc trả tiền". */
const MADE_GOOD: Table<Wish> = [
  ['exchange', word('giao bù|gửi bù|ship bù|bù hàng|bù (?:cái|chiếc|phần|đủ|cho)|giao (?:lại|đủ|thêm)|gửi lại (?:cái|hàng)')],
]
/** Deeds that are wishes where a clause asks for them: they are told of others in other clauses. */
const REQUESTS: Table<Wish> = [
  ['refund', word(`(?:hoàn|trả)(?: lại)?(?= (?:em|tôi|mình|mk|tui|con|cháu|bác|nửa|đủ|hết|phần|số|cọc|tiền|\\d|${MONEY}))|lấy lại|rút ${MONEY}`)],
  ['compensation', word('đền(?: tiền)?|bồi thường|chịu tiền|trả tiền (?:khám|thuốc|viện)')],
  ['exchange', word('đổi|thay|in lại|may lại|giao bù|gửi bù|lấy (?:cái|máy|con|chiếc|bộ) (?:mới|khác)')],
  [
    'repair',
    word('sửa|bảo hành|khắc phục|(?:làm|lợp|cày|xây|sơn|lắp|dán|hàn|đóng|dọn|giặt|phun|lát|trát|trám|chỉnh) lại|làm cho xong|xuống (?:sửa|làm|lợp)'),
  ],
  ['stop', word('dẹp|cắt(?! tóc)|hủy|ngưng|ngừng|dừng|khóa (?:số|sim|nick|tài khoản|cái)|gỡ|đóng cửa')],
]
/** Who is to do it, before the deed: "bắt nó", "ổng phải". */
const LET_THEM =
  '(?:(?:bắt|kêu|bảo|buộc|nói) (?:nó|họ|shop|ổng|bả|hắn|tụi nó|bên đó|chủ|[^\\s.,;]+ [^\\s.,;]+) |(?:nó|họ|shop|ông|bà|ổng|bả|hắn|tụi nó|bên đó) phải |cái này )?'
const REQUEST_HEAD = new RegExp(
  `(?:^|[.,;:!?\\n…)(])\\s{0,3}(?:(?:dạ|da|làm ơn|lam on|mong|nhờ|nho|hãy|thôi|thoi|thì|giờ|gio|phải)\\s{1,3}){0,2}${eitherMarks(LET_THEM)}$`,
  'u',
)
/** What makes a clause a request: "giùm", "cho tôi", "đi", "là được". */
const ASKED_FOR =
  /(?<!\p{L})(?:giùm|giúp|dùm|hộ|gium|giup|dum|(?:cho|trả|hoàn) (?:em|e|tôi|toi|t|mình|minh|mk|tui|tụi|con|cháu|chau|bác|bac|chị|anh|ông bà|ong ba|ổng)(?!\p{L})|(?:lại )?(?:tôi|tui|em|mình|mk)\s[^.,;!?\n]{1,20}\s(?:đi|di)(?=\s*[.!\n]|\s*$)|(?:đi|đây|thôi|với|nha|nhé|di|day|thoi|chứ)(?=\s*[.,!\n]|\s*$)|(?:là|la)\s+(?:đc|dc|được|duoc|xong|vui|mừng|thôi|ok|t|tôi|em|mình|bỏ qua))/u
const LET_THEM_BEFORE = new RegExp(`${eitherMarks('(?:bắt|buộc|phải|bắt đền)')}\\s+(?:\\S+\\s+){0,2}$`, 'u')

/** "trả mình 680k là được". */
const IS_ENOUGH =
  /^(?:\s+[^\s.,;!?]+){1,6}\s+(?:là|la)\s+(?:(?:mình|em|tui|t|tôi|con|coi như)\s+)?(?:đc|dc|được|duoc|xong|vui|mừng|đủ|im|huề)(?!\p{L})/u
const IS_DONE = /^[^.,;!?\n]{0,60}\s(?:rồi|roi|r)(?!\p{L})/u

/** "Thay cho tôi 3 tấm đó", "Bắt nó đền tiền thuốc": a clause that begins with the deed and asks for it. */
function requested({ plain, asked }: Scene): Read<Wish>[] {
  if (asked !== undefined && asked !== 'wish') return []
  return matches(REQUESTS, plain).filter(({ start, end }) => {
    const before = plain.slice(Math.max(0, start - 40), start)
    const rest = /^[^.;!?\n]{0,70}[.!\n]?/u.exec(plain.slice(end))?.[0] ?? ''
    return (
      IS_ENOUGH.test(rest) ||
      (REQUEST_HEAD.test(before) && (LET_THEM_BEFORE.test(before) || ASKED_FOR.test(plain.slice(start, end) + rest)) && !IS_DONE.test(rest))
    )
  })
}

/** A clause that begins with the deed and ends with asking for it: "đổi giúp", "trả tiền lại đây". */
const HEAD = '(?:^|[.,;!?\\n])\\s{0,3}(?:(?:dạ|làm ơn|mong|nhờ|hãy|thôi)\\s{1,3}){0,2}'
const PLEASE = '(?:giúp|giùm|dùm|hộ|đi|đây|cho (?:em|tôi|mình|tui|con|cháu|bác|chị))'
/** Wishes that need no word of wanting. */
const PLAIN_WISHES: Table<Wish> = [
  [
    'refund',
    word(
      `(?:hoàn|trả|giả)(?: lại)? ${MONEY}(?: lại)? cho (?:em|tôi|mình|tui|con|cháu|bác|cô|bà|chị)(?! (?:ấy|đó|bán|chủ|shop|shipper))|đòi lại ${MONEY}|lấy lại ${MONEY}|trả lại lấy tiền`,
    ),
  ],
  ['refund', word(`${MONEY} (?:về|lại)(?= (?:là|thì) (?:được|đủ|mừng|vui|xong|thôi))`)],
  ['compensation', word('bồi thường cho (?:em|tôi|mình|tui|con|cháu|bác)|đền (?:tiền )?cho (?:em|tôi|mình|tui)')],
  [
    'refund',
    word(
      `(?<=^\\s{0,3}(?:(?:dạ|da|thôi|thoi|vậy|em|tôi|toi)\\s{1,3}){0,3})(?:hoàn|hoàn lại|hoàn trả|trả lại) ${MONEY}(?: lại)?(?=(?: (?:đi|ạ|nha|nhé|thôi|luôn|cho))*\\s*(?:$|[.,!]))`,
    ),
  ],
  [
    'refund',
    word(
      `(?<=${HEAD})(?:hoàn|trả|giả|thối|gửi|gởi)(?: lại)? (?:${MONEY}|số dư)(?: lại)? (?:[^\\s.,;]+ ){0,2}cho (?:em|tôi|mình|tui|con|cháu|bác|cô|bà|chị|tao|tau|tụi|chúng|dân|mẹ|má|ba|bố|nội|ngoại|quỹ|lớp|khách|gia đình|vợ|chồng|mọi|cả|phụ huynh)(?! (?:bán|chủ|đó|ấy))`,
    ),
  ],
  ['refund', word(`(?<=${HEAD})(?:thối|hoàn|trả) lại (?:số dư|số tiền)(?: [^\\s.,;]+){0,3} cho`)],
  ['exchange', word('(?<=(?:^|[.,;!?\\n])\\s{0,3})(?:giao|gửi|ship) bù(?!.{0,40} rồi)')],
  ['exchange', word(`(?<=${HEAD})đổi(?: [^\\s.,;]+){0,4} ${PLEASE}`)],
  ['repair', word(`(?<=${HEAD})(?:sửa|bảo hành)(?: [^\\s.,;]+){0,4} ${PLEASE}`)],
  ['refund', word(`(?<=${HEAD})(?:hoàn|trả|trả lại|hoàn lại|lấy|đòi) (?:lại )?${MONEY}(?: [^\\s.,;]+){0,4} ${PLEASE}`)],
  [
    'refund',
    word('(?:đòi|lấy|hoàn|trả)(?: lại)?(?: tiền)? được (?:không|ko|k|hông)|(?:cách|sao|thế nào)(?: [^\\s.,;]+){0,3} (?:lấy|đòi) (?:lại|được)'),
  ],
  ['refund', word('(?:đòi|lấy lại|đòi lại)(?: [^\\s.,;]+){0,2} (?:kiểu gì|cách nào|cách gì)')],
  ['compensation', word('(?:tiền|chi phí|viện phí|hư hại)(?: [^\\s.;!?]+){1,8} ai (?:chịu|đền|lo|trả)|ai đền cho (?:con|em|tôi|tui|mình|cháu)')],
  [
    'compensation',
    word(
      '(?:shop|họ|nó|quán|tiệm|công ty|cửa hàng|bên đó|ổng|bả|chủ|hãng|nhà xe|khách sạn|spa) phải (?:chịu (?:tiền|khoản|chi phí|viện phí|trách nhiệm)|đền|bồi thường)',
    ),
  ],
  ['apology', word('xin lỗi(?: [^\\s.,;]+){0,5} là (?:được|đủ|xong|vui)|nợ (?:em|tôi|mình|tui|con|cháu|bác|khách)(?: một)? lời xin lỗi')],
  ['information', word('chỉ hỏi|hỏi cho biết|hỏi thôi|chỉ muốn hỏi|chỉ cần thông tin|hỏi thông tin')],
]
const NOT_WANTED = word(
  '(?:không|ko|k|hổng|hông|hok|chẳng|chả|không chịu|không hề|đâu) (?:muốn|cần|đòi|xin|giúp|cho (?:em|tôi|mình|tui|con|cháu|bác))',
)
const SOMEBODY_ELSE =
  /(?:shop|họ|(?<![\p{L}])ho|nó|(?<![\p{L}])no|bên bán|ben ban|người bán|nguoi ban|công ty|cong ty|cửa hàng|cua hang|sàn|đại lý)\s+(?:cứ |lại |còn )?$|,\s+(?:còn|con)\s+$/u
/** How far behind the word of wanting the wish may stand. */
const REACH = 64
/** "… chứ không đổi nữa": what is ruled out is no wish. The words that end something have their own "không". */
const RULED_OUT =
  /(?:^|[^\p{L}])(?:không|khong|ko|k|hổng|hông|hong|hok|chẳng|chả|khỏi|khoi|chứ đừng|thôi không|đâu có|(?<=\d\S{0,6} )mới)\s+(?:(?:muốn|muon|cần|can|đòi|thích|thich|chịu|chiu|cho|được|dc)\s+)?$/u
/** "sửa không được thì trả tiền": the first is given up for the second. */
const FAILING = /^(?:\s+[^\s.,;!?]+){0,3}\s+(?:không|khong|ko|k|hổng|hông|chẳng)\s+(?:được|duoc|dc|đc|xong|nổi|noi)\s+(?:thì|thi)(?!\p{L})/u
/** In "kiểm tra lại" nothing is given back. */
const LOOKS_INTO = /(?:kiểm|kiem|điều|dieu|thanh)\s+$/u
const isRuledOut = (plain: string, { value, start, end }: Read<Wish>): boolean =>
  (value !== 'stop' && RULED_OUT.test(justBefore(plain, start))) ||
  FAILING.test(plain.slice(end, end + 60)) ||
  (/^tra(?!\p{L})/u.test(plain.slice(start, end)) && LOOKS_INTO.test(justBefore(plain, start)))
const WANTING = word(WANTS)
const WISHED: Table<Wish> = WISH_WORDS.map(([wish, source]) => [wish, word(source)])
/** Money or another remedy comes before ending something, and both before a question. */
const LAST: ReadonlySet<Wish> = new Set(['apology', 'stop', 'information'])

/** @returns what the person wants; a remedy comes before an apology, "dừng lại" and a question. */
export function readWish(scene: Scene): Read<Wish> | undefined {
  const wish = wishIn(scene)
  return wish && { ...wish, end: wish.end + (REST_OF_WISH.exec(scene.plain.slice(wish.end))?.[0].length ?? 0) }
}

/** "bù tiền [chênh lệch]", "giao bù cái [cánh thôi]": a few words to the end of the clause belong to the wish, and to nothing else. */
const REST_OF_WISH =
  /^(?:[^\S\n]+(?!(?:shop|sốp|tên|ten|của|cua|bên|ben|công|cong|cửa|tiệm|tiem|mua|và|va|hoặc|hay|số|sđt|sdt|ở|trên|tại|page|nick)(?![\p{L}\p{M}]))[\p{L}\p{M}]+){1,4}(?=\s*(?:$|[,.;!?\n]))/u

function wishIn(scene: Scene): Read<Wish> | undefined {
  const wishes = [
    ...preferred(
      wanted(scene, WISHED).filter((wish) => !isRuledOut(scene.plain, wish)),
      scene,
    ),
    ...matches(PLAIN_WISHES, scene.plain),
    ...requested(scene),
  ]
  const bare = scene.asked === 'wish' ? [WISHED, MADE_GOOD].map((table) => answered(scene, table)) : []
  const meant = (all: Read<Wish>[]) => byRank(all.filter((wish) => !isRuledOut(scene.plain, wish)))
  return [wishes, wanted(scene, MADE_GOOD), ...bare].map(meant).find(Boolean) ?? asksOnly(scene)
}

/** "Bạn em nói đòi tiền, … còn em thì em muốn máy mới": where others want something too, what the person says they want. */
function preferred(wishes: readonly Read<Wish>[], { plain }: Scene): readonly Read<Wish>[] {
  const own = wishes.filter(({ value, start }) => !LAST.has(value) && I_WANT.test(plain.slice(Math.max(0, start - 30), start)))
  return own.length > 0 ? own : wishes
}

const I_WANT =
  /(?<!\p{L})(?:tôi|toi|em|mình|minh|tui|con|cháu|chau)\s+(?:thì\s+|chỉ\s+|chi\s+|giờ\s+|vẫn\s+)*(?:muốn|muon|mong|cần|can)\s+(?:[^\s.,;]+\s+){0,3}$/u

/** Who asks what the rules are or whom to turn to, and wants nothing else. */
const ASKS_ONLY = word(
  '(?:phải|nên|cần) (?:báo|làm|gọi|liên hệ|kêu|khiếu nại|gửi|nhờ|đi) (?:cho )?(?:ai|sao|gì|đâu|thế nào|cơ quan nào)|(?:có|vậy có|thế có)(?: \\S+){0,3} (?:đúng luật|đúng quy định|sai luật|trái luật|phạm luật|hợp pháp)(?: \\S+){0,6} (?:không|ko|k|hông)|(?:quy định|luật)(?: \\S+){0,3} (?:thế nào|ra sao|sao)|xử sao|tính sao giờ|muốn biết',
)

const asksOnly = ({ plain, asked }: Scene): Read<Wish> | undefined => (asked ? undefined : matches([['information', ASKS_ONLY] as const], plain)[0])

/** "nhắn đòi đền thì shop nói cơ địa kém": what was asked of the seller and refused is told of the past; what the person wants now may be something else. */
const HAD_ASKED =
  /(?:đã|da|có|co|từng|tung|nhắn|nhan|gọi|goi|ib|inbox|nt|lên|len|ra|tới|toi|qua|đem|dem|mang|lại|lai|liên hệ|lien he|chat)\s+(?:[^\s.,;]+\s+){0,3}(?:đòi|doi|yêu cầu|yeu cau|xin|đề nghị|de nghi|nhờ|nho)$/u
const REFUSED =
  /(?:thì|thi|mà|ma|nhưng|nhung|,)\s+(?:[^\s.,;]+\s+){0,3}(?:nói|noi|bảo|bao|kêu|keu|biểu|từ chối|tu choi|không|khong|ko|k|im|chặn|chan|block|hẹn|hen|đòi|chửi|lơ|cãi|viện|đuổi|đổ)(?!\p{L})/u

/** An answer may give its reason: "hủy hợp đồng trả lại tiền mấy tháng chưa xài". Of a longer one each sentence that is no longer, where nobody else speaks. */
function answered({ plain }: Scene, table: Table<Wish>): Read<Wish>[] {
  if (isOneAnswer(plain)) return matches(table, plain)
  return [...plain.matchAll(/[^.!?\n]+/gu)]
    .flatMap(({ index, 0: sentence }) =>
      isOneAnswer(sentence) ? [{ index, text: sentence }] : [{ index, text: /^[^,;]*/u.exec(sentence)?.[0] ?? '' }],
    )
    .filter(({ text }) => isOneAnswer(text) && !THEY_SPEAK.test(text))
    .flatMap(({ index, text }) => matches(table, text).map((wish) => ({ ...wish, start: index + wish.start, end: index + wish.end })))
}

const isOneAnswer = (text: string): boolean => text.trim().split(/\s+/).length <= 16

/** "Rồi họ nói thôi bớt cho ít tiền". */
const THEY_SPEAK =
  /(?<!\p{L})(?:họ|ho|nó|no|shop|bên đó|ben do|má|mẹ|ba|bạn|chủ|ổng|bả)(?:\s+\S+){0,2}\s+(?:nói|noi|bảo|hứa|hua|gọi|goi|kêu|đòi|doi|biểu)(?!\p{L})/u

const byRank = (wishes: readonly Read<Wish>[]): Read<Wish> | undefined =>
  [...wishes].sort((a, b) => rank(a.value) - rank(b.value) || a.start - b.start || b.end - a.end)[0]

const rank = (wish: Wish): number => (LAST.has(wish) ? [...LAST].indexOf(wish) + 1 : 0)

function wanted({ plain }: Scene, table: Table<Wish>): Read<Wish>[] {
  const denied = [...plain.matchAll(NOT_WANTED)].map(({ index, 0: all }) => index + all.length)
  return [...plain.matchAll(WANTING)].flatMap((match) => {
    const start = match.index + match[0].length
    if (denied.includes(start) || SOMEBODY_ELSE.test(justBefore(plain, match.index))) return []
    const { end } = sentenceAround(plain, { start, end: start })
    if (HAD_ASKED.test(justBefore(plain, start)) && REFUSED.test(plain.slice(start, end))) return []
    const reach = plain.slice(match.index, Math.min(end, start + REACH))
    return matches(table, reach)
      .filter(
        ({ value, start: at, end: to }) =>
          (at > 0 || /\s/.test(reach.slice(at, to)) || value !== 'stop') && (at > 0 || (value !== 'exchange' && value !== 'apology')),
      )
      .map((wish) => ({ value: wish.value, start: match.index + wish.start, end: match.index + wish.end }))
  })
}
