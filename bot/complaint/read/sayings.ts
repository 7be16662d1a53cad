/** What the seller promised, and what came of asking them: the rest of a clause, in the person's words. */
import { eitherMarks } from '../../../knowledge/language/aligned.ts'
import { HOUSE } from './houses.ts'
import { justBefore, quoted, type Read, type Scene, say, word } from './scene.ts'
import { answersAsking, isAtSale, isSaying, restOfClause, SELLER, type Speech, speechesIn, wasAsked } from './speech.ts'

export { familySpeaks } from './speech.ts'

// --- promised ---

/** Where sellers write what they promise. */
const PAPER =
  '(?:trên mạng|mạng|bài đăng|bài viết|tờ chương trình|tờ rơi|tờ quảng cáo|chương trình|mô tả|phần mô tả|hợp đồng|bao bì|ngoài bao|trên bao|vỏ hộp|hộp|nhãn|tem|menu|thực đơn|bảng giá|bảng|phiếu|giấy|web|trang|app|live|livestream|video|clip|hình|ảnh|quảng cáo|tin đăng|shop|họ|nó|page|tiêu đề)'
/** "lúc gọi nói 1 triệu hai một ký". */
const WHEN_SOLD =
  '(?:lúc|hồi|khi|trước khi) (?:mua|gọi món|gọi|đặt|ký|chốt|bán|tư vấn|đăng ký|đky|thuê)(?: [^\\s.,;]+){0,3}? (?:nói|bảo|biểu|kêu|hô|ghi|hứa)'
const PROMISED = say(
  `(?:có )?(?:báo giá(?= \\d)|thề|chốt(?= là )|nói trước(?= là )|(?<=(?:vì|tin|ham|do|mới) )nghe(?: (?:nó|họ|shop|người ta|quảng cáo|giới thiệu))?(?: (?:bảo|nói|kêu|giới thiệu))|${WHEN_SOLD}|thông báo(?= (?:hoàn|đổi|trả|giao|bồi))|hứa|cam kết|cam đoan|đảm bảo|bảo đảm|bao(?= (?:xài|dùng|đổi|trả|test|sống|đậu|ngọt|chín|hoàn|hư|chuẩn|zin|ăn|rớt|lỗi|(?:1|một) đổi)(?![\\p{L}\\p{M}]))|quảng cáo(?! (?:cái|chiếc|con|bộ|trên|qua|ở|của|sai|láo|một đằng|thấy|gian))|lời hứa|hẹn|(?:ghi|mô tả|giới thiệu|rao|đăng)(?: [^\\s,;|]+){0,3}? là|(?<=${PAPER}(?: [^\\s,;|.]+){0,3} )(?:ghi|viết|đề|in)(?: rõ)?|rao(?= ["“]))(?: (?:là|rằng|với (?:em|tôi|mình|tui)|sẽ|hẹn|cam kết|với khách))*(?![\\p{L}\\p{M}])[\\s:]*`,
)
/** A promise that was not kept, a fee and a name are no promises. */
const NO_PROMISE =
  /(?:phí|phi|cứ|toàn|hoài|không|khong|ko|(?<!\p{L})k|hổng|hông|hok|chẳng|chả|chưa|chua|đúng như|dung nhu|như|nhu|giấy|lịch|tiền|theo|(?:như|nhu|theo)\s+(?:nó|họ|shop|lời nó|lời họ|bên đó))\s+$/u
const ENDS_PROMISE = say(
  '(?:mà|nhưng|nhưng mà|xong|rồi|trong khi|đến nay|tới nay|tới giờ|đến giờ|giờ|thế mà|vậy mà|(?<!(?:không|ko|nếu|khong|neu) )thì)(?![\\p{L}\\p{M}])',
)
/** "Theo cam kết, công ty giao hàng trong vòng 15 ngày". */
const ACCORDING = say(
  `theo (?:như )?(?:cam kết|hợp đồng|quảng cáo|mô tả|thỏa thuận|thoả thuận|lời hứa|lịch|giới thiệu)(?: [^\\s,.;|]+){0,2}?(?:, ?| thì )(?:(?:${SELLER})(?: (?:sẽ|phải))* )?(?=[^\\s])`,
)

/** @returns the words behind "hứa", "cam kết", "quảng cáo là", to the end of their clause. */
export function readPromised(scene: Scene): Read<string> | undefined {
  return promiseIn(scene) ?? accordingTo(scene) ?? boastIn(scene) ?? toldAtSale(scene) ?? asTheySaid(scene) ?? warranty(scene)
}

function promiseIn(scene: Scene): Read<string> | undefined {
  for (const match of scene.plain.matchAll(PROMISED)) {
    if (NO_PROMISE.test(justBefore(scene.plain, match.index)) || isInName(scene, match.index)) continue
    if (
      !scene.withMarks &&
      (/^the(?!\p{L})/u.test(match[0]) || (/^bao(?!\p{L})/u.test(match[0]) && SOMEBODY_SAYS.test(justBefore(scene.plain, match.index))))
    )
      continue
    if (isPutOff(scene, match.index) || (!scene.withMarks && /^(?:de|in)(?!\p{L})/u.test(match[0]))) continue
    // "bao xài 6 tháng" is the promise itself.
    const start = match.index + (/^(?:bao|báo giá)(?!\p{L})/u.test(match[0]) ? 0 : match[0].length)
    const place = restOfClause(scene, start, ENDS_PROMISE)
    if (isRemedy(scene, match)) continue
    if (place && isSaying(scene, place) && !NAMES_HOUSE.test(scene.plain.slice(place.start, place.end))) return quoted(scene, place)
  }
  return undefined
}

const isPutOff = ({ plain }: Scene, at: number): boolean => [...plain.matchAll(PUTS_OFF)].some(({ index }) => index === at)

/** "cua hang bao doi ve hang …": in a text without marks a seller speaks, and guarantees nothing. */
const SOMEBODY_SAYS = /(?:hang|shop|ho|no|tiem|ong|ba|chi|anh|ly|ty)\s+$/u

const REMEDIES = /(?<!\p{L})(?:đổi|hoàn|đền|trả|sửa|bù|chỉnh|xử lý|giải quyết|giao|gửi|gui|cho người|cử|doi|hoan|den|tra|sua|giai quyet)(?!\p{L})/u
/** "họ hẹn sẽ đổi trong tuần" after they were written to: that is their answer. */
const isRemedy = (scene: Scene, { index, 0: all }: RegExpExecArray): boolean =>
  /^(?:h[uứ]a|h[eẹ]n)(?!\p{L})/u.test(all) &&
  (scene.asked === 'contacted' || wasAsked(scene, index)) &&
  REMEDIES.test(scene.plain.slice(index, index + 40))

/** "Bao bì ghi là Công ty …" names who made it. */
const NAMES_HOUSE = new RegExp(
  `^\\s*(?:(?:${eitherMarks(HOUSE)})(?! \\d)|(?:số|so|sđt|sdt|tên|ten|địa chỉ|dia chi|ngày|ngay) ?:?(?= ?\\d)|[\\d/.-]+\\s*$)(?![\\p{L}\\p{M}])`,
  'u',
)

function accordingTo(scene: Scene): Read<string> | undefined {
  for (const match of scene.plain.matchAll(ACCORDING)) {
    const place = restOfClause(scene, match.index + match[0].length, ENDS_PROMISE)
    if (place && isSaying(scene, place)) return quoted(scene, place)
  }
  return undefined
}

/** The "Hẹn" of "homestay Biển Hẹn". */
const isInName = ({ caseless, written }: Scene, at: number): boolean =>
  !caseless && /\p{Lu}[\p{L}\p{M}]*\s\p{Lu}$/u.test(written(Math.max(0, at - 14), at + 1))

const WARRANTY = say('bảo hành(?: (?:được|tới|đến))? (?:\\d{1,2}|một|hai|ba|năm|mười|mười hai) (?:tháng|năm|tuần)(?![\\p{L}\\p{M}])')

function warranty(scene: Scene): Read<string> | undefined {
  const match = scene.plain.matchAll(WARRANTY).next().value
  return match && !/(?:hết|het|gọi|goi|không|khong|còn|con)\s+$/u.test(justBefore(scene.plain, match.index))
    ? quoted(scene, { start: match.index, end: match.index + match[0].length })
    : undefined
}

/** "Họ nói xem được ban đêm mà tối thui". */
function toldAtSale(scene: Scene): Read<string> | undefined {
  const told = speechesIn(scene).find((speech) => isAtSale(scene, speech))
  return told && quoted(scene, told.said)
}

const AS_THEY_SAID = say(
  `["“‘«](?<said>[^"”’»\\n|]{3,80})["”’»],? (?:như|y như|giống như|theo) (?:lời )?(?:của )?${SELLER} (?:nói|hứa|ghi|quảng cáo|bảo|đăng)`,
)

/** "chứ hổng phải 'hàng zin theo máy' như lời nó nói". */
function asTheySaid(scene: Scene): Read<string> | undefined {
  const match = scene.plain.matchAll(new RegExp(AS_THEY_SAID.source.replace('(?<![\\p{L}\\p{M}\\p{N}])', ''), 'gu')).next().value
  return match && quoted(scene, { start: match.index + 1, end: match.index + 1 + (match.groups?.['said'] ?? '').length })
}

const BOAST = say(
  '(?:nói|bảo|kêu|ghi|bảo đảm)(?: là)? (?<boast>(?:\\S+ ){0,3}?(?:mới 100%|(?<=(?:hàng|vàng|lốp|đồ|máy|xe|thoại|hang|vang|lop|may) )mới|bạc 925|bạc ta|da bò|da thật|gỗ thật|nguyên con|nội địa|nhập khẩu|xịn|thật|chính hãng|auth|zin|nguyên zin|loại 1|loại một|18k|24k|9999|nguyên chất))(?![\\p{L}\\p{M}])',
)
/** 'áo khoác "real 100%"'. */
const BOAST_QUOTED = /["“](?<boast>[^"”\n|]{0,30}(?:\d{2,3} ?%|chính hãng|auth|real|zin|authentic)[^"”\n|]{0,30})["”]/gu

/** "nói vàng 18k": a quality that was claimed. */
function boastIn(scene: Scene): Read<string> | undefined {
  const match = scene.plain.matchAll(BOAST).next().value ?? scene.plain.matchAll(BOAST_QUOTED).next().value
  const end = match ? match.index + match[0].replace(/["”]$/u, '').length : 0
  return match && quoted(scene, { start: end - (match.groups?.['boast'] ?? '').length, end })
}

// --- contacted ---

const NOBODY = word('chưa (?:hề )?(?:liên hệ|nhắn|gọi|báo|nói|khiếu nại|hỏi|phản ánh)(?: (?:lại|với|cho|gì|shop|người bán|bên bán|họ|nó))*(?: ai)?')
const TURNS_AWAY =
  'không chịu|từ chối|không cho|không đồng ý|không nhận|không giải quyết|không trả|không hoàn|không đổi|không bảo hành|không hợp tác|lờ đi|làm ngơ|làm lơ|phớt lờ|né|lánh mặt|tránh mặt|đùn đẩy|cãi|chối|chửi|mắng|nạt|dọa|im lặng|im ru|im re|im luôn|im thin thít|cười (?:hè|khẩy|trừ|ha|hì|nhạt|cợt)|cúp máy|đổi tên|dọn (?:quầy|tiệm|đi|nhà)|(?:khóa|khoá) (?:tài khoản|nick|trang)|bỏ trốn|trốn|vòng vo|quanh co|hẹn lần lữa|lần lữa|khất lần|cười trừ|bỏ đi|đuổi|(?:đòi|bắt)(?= (?:phạt|thêm|phí|trừ|đóng|nộp|chịu|bù|trả|tính|phải)|(?: (?:mk|mình|em|tôi|tui|khách|con|cháu))(?: (?:tự|phải))? (?:trả|chịu|đóng|thêm|bù|nộp|tính))'
const REFUSED = word(
  `(?:(?:${SELLER}) (?:\\S+ ){0,2}?(?:${TURNS_AWAY})|(?:nhất định|kiên quyết|cương quyết|một mực|khăng khăng) (?:là )?không (?:chịu )?[^\\s.,;]+|từ chối(?= (?:bảo hành|đổi|trả|hoàn|nhận|giải quyết|vì|do|với)))`,
)
const SILENT = word(
  '(?:gọi|nhắn|báo|điện|hẹn)(?: [^\\s.,;!?|]+){0,6}? (?:không|ko|chưa|chẳng) (?:thấy |có )?(?:ai )?(?:tới|đến|xuống|qua|ra)(?: (?:sửa|coi|xem|lắp|làm|nhà))*|(?:(?:gọi|nhắn|ib|inbox|nt|liên hệ|alo|mail|email|rep)(?: [^\\s.,;]+){0,3} )?(?:không|ko|k|chẳng|chưa|hok|hông|hổng|khong) (?:thấy |có |ai |thèm |hề )*(?:trả lời|rep|nghe máy|bắt máy|bốc máy|nhấc máy|phản hồi|hồi âm|tl|liên lạc được|gọi được)|không liên lạc được|ko liên lạc dc|thuê bao|block|blok|chặn|hủy kết bạn|huỷ kết bạn|xóa kết bạn|khóa máy|tắt máy|im ru|im lặng|im re|im luôn|mất hút|mất tăm|mất tích|biến mất|bặt tăm|lặn mất|lặn luôn|cười trừ|seen|(?:xóa|xoá|khóa|khoá|đóng|hủy) (?:luôn |hết )?(?:tài khoản|nick|fanpage|page|trang|facebook|zalo)|(?:có|chả|chẳng|nào có) ai (?:thèm )?(?:nghe|bắt|nhấc|trả lời|rep)(?: máy)? đâu|(?:không|ko|k|chẳng|chưa) ai trả lời|(?:nick|trang|page|shop) (?:bị (?:khóa|khoá|xóa|xoá)|(?:khóa|khoá|xóa|xoá) rồi)|gọi (?:hoài )?(?:không|ko|k) được|tự động trả lời|(?:không|ko|k|chẳng|chả|hổng) ai (?:nhấc|nghe|bắt|bốc|rep)(?: máy)?|(?:gọi|nhắn)? ?(?:mô|đâu|nào) có (?:bắt|nghe|nhấc|trả lời|rep)(?: máy)?',
)

/** @returns what the seller answered, that they are silent, or that nobody was asked yet. */
export function readContacted(scene: Scene): Read<string> | undefined {
  return (
    answerIn(scene) ??
    remedyIn(scene) ??
    refusedIn(scene) ??
    silentIn(scene) ??
    offeredIn(scene) ??
    cameOf(scene) ??
    matched(scene, NOBODY) ??
    notYet(scene)
  )
}

/** "chỉ cho bảo lưu", "hoàn đúng 50k", "cử thợ bơm keo": what a seller does of what was wished. */
const OFFERED = say(
  `(?:${SELLER}) (?:(?:cũng|mới|thì|lại|có) )?(?=(?:chỉ (?:cho|trả|đền|hoàn|chịu|bù|hỗ trợ|đổi|đồng ý|nhận)|(?:hoàn|đền|bù|trả lại) (?:đúng|có|được|mỗi)|cử (?:thợ|người|nhân viên)|nhận lỗi)(?![\\p{L}\\p{M}]))`,
)

function offeredIn(scene: Scene): Read<string> | undefined {
  for (const match of scene.plain.matchAll(OFFERED)) {
    const place = restOfClause(scene, match.index + match[0].length, ENDS_OFFER)
    if (place && isSaying(scene, place)) return quoted(scene, place)
  }
  return undefined
}
const ENDS_OFFER = say('(?:mà|nhưng|chứ|trong khi|rồi thôi|thế mà|vậy mà)(?![\\p{L}\\p{M}])')

const NEVER_ENDS = /$^/gu
/** "cứ hẹn mai hẹn mốt", "hẹn tới rồi lại thôi". */
const PUTS_OFF = say(
  '(?<=(?:cứ|toàn|chỉ|hoài) )(?:hứa|hẹn)(?![\\p{L}\\p{M}])|(?:hứa|hẹn)(?=(?: [^\\s.,;!?]+){0,6} (?:rồi lại|miết|hoài)(?![\\p{L}\\p{M}]))',
)
const REMEDY = say('(?:hứa|hẹn)(?: (?:là|sẽ|rằng))*(?![\\p{L}\\p{M}])\\s*')

function remedyIn(scene: Scene): Read<string> | undefined {
  const off = scene.plain.matchAll(PUTS_OFF).next().value
  const rest = off && restOfClause(scene, off.index, NEVER_ENDS)
  if (rest) return quoted(scene, rest)
  for (const match of scene.plain.matchAll(REMEDY)) {
    const place = restOfClause(scene, match.index, ENDS_PROMISE)
    if (place && isRemedy(scene, match) && !NO_PROMISE.test(justBefore(scene.plain, match.index))) return quoted(scene, place)
  }
  return undefined
}

/** Who was asked for the goods, or for the promise, tells what sellers said of them. */
const isAskedElse = ({ asked }: Scene): boolean => asked !== undefined && asked !== 'contacted'

function answerIn(scene: Scene): Read<string> | undefined {
  const boasts = [...scene.plain.matchAll(BOAST)]
  const promised = promiseIn(scene)
  const isBoast = ({ at, lead }: Speech) => boasts.some(({ index }) => index >= at && index < at + lead.length)
  const isPromise = ({ said }: Speech) => promised !== undefined && promised.start <= said.end && said.start <= promised.end
  const answers = speechesIn(scene).filter((speech) => !isBoast(speech) && !isPromise(speech) && !isAtSale(scene, speech))
  const answer = answers.find((speech) => answersAsking(scene, speech)) ?? (isAskedElse(scene) ? undefined : answers[0])
  return answer && quoted(scene, answer.said)
}

const JOINS = /^(?:\s*(?:,|r|rồi|roi|và|va|xong|luôn|không|khong|k|ko)){1,2}\s+$/u

/** "seen k rep", "seen r chặn": one silence after the other is one answer. */
function silentIn(scene: Scene): Read<string> | undefined {
  const all = [...scene.plain.matchAll(SILENT)].map(({ index, 0: words }) => ({ start: index, end: index + words.length }))
  const [first] = all
  if (!first) return undefined
  const end = all.reduce((to, next) => (next.start > to && joins(scene.plain.slice(to, next.start)) ? next.end : to), first.end)
  // Who is asked says more of it: "chặn [số em luôn]".
  const more = scene.asked === 'contacted' ? restOfClause(scene, end, ENDS_REFUSAL)?.end : undefined
  return quoted(scene, { start: first.start, end: more && scene.plain.slice(end, more).trim().split(/\s+/).length <= MOST_REFUSED ? more : end })
}

const joins = (between: string): boolean => /^\s+$/.test(between) || JOINS.test(between)

/** "gọi 2 lần toàn máy tự trả lời", "mang lại thì họ lơ": what came of it, told without a word of saying. */
const CAME_OF = say(
  '(?:hỏi|gọi|nhắn|ib|inbox|nt|chat|điện|alo|khiếu nại|báo hỏng|phản ánh|liên hệ|gửi mail)(?: [^\\s.,;!?|]+){0,6}?,?(?: (?:mà|thì|nó|họ|shop))* (?=(?:toàn|chỉ|cứ|lượt nào cũng|lần nào cũng) )|(?:hỏi|gọi|nhắn|ib|inbox|nt|chat|điện|khiếu nại|báo hỏng|liên hệ|mang lại|đem lại|quay lại|góp ý)(?: [^\\s.,;!?|]+){0,6}? thì (?!(?:tôi|em|mình|tui|được(?! (?:đền|trả|tặng))|phải|con|cháu)(?![\\p{L}\\p{M}]))',
)

function cameOf(scene: Scene): Read<string> | undefined {
  for (const match of scene.plain.matchAll(CAME_OF)) {
    const place = restOfClause(scene, match.index + match[0].length, ENDS_PROMISE)
    if (place && isSaying(scene, place)) return quoted(scene, place)
  }
  return undefined
}

/** "họ không chịu [đổi]": with what they refuse. */
function refusedIn(scene: Scene): Read<string> | undefined {
  for (const match of scene.plain.matchAll(REFUSED)) {
    if (CHECKING.test(scene.plain.slice(match.index))) continue
    // Without marks "cai" is mostly "cái".
    if (/ (?:cai|ne|doa)$/.test(match[0]) || SELF_BEFORE.test(justBefore(scene.plain, match.index))) continue
    const end = match.index + match[0].length + (SCOLDED.exec(match[0] + scene.plain.slice(match.index + match[0].length))?.[1]?.length ?? 0)
    const more = restOfClause(scene, end, ENDS_REFUSAL)?.end ?? end
    return quoted(scene, { start: match.index, end: scene.plain.slice(end, more).trim().split(/\s+/).length <= MOST_REFUSED ? more : end })
  }
  return undefined
}

/** Who hands over a parcel answers nobody: "shipper không cho kiểm hàng". */
const CHECKING =
  /^(?:shipper|shiper|bưu tá|người giao|anh giao)[^.,;]{0,20}\s(?:không cho|khong cho|ko cho)\s+(?:đồng )?(?:kiểm|kiem|xem|mở|mo|coi|bóc|khui)(?!\p{L})/u

/** "chửi [tôi]". */
const SCOLDED = /^[^.,;]{0,60}?(?:chửi|mắng|nạt|dọa|đuổi|chui|duoi)((?:\s+(?:tôi|toi|em|mình|minh|tui|mẹ|ba|má))+)(?!\p{L})/u
const SELF_BEFORE = /(?<!\p{L})(?:tôi|toi|em|e|mình|minh|tui|mk)\s+$/u
const MOST_REFUSED = 5
const ENDS_REFUSAL = say('(?:mà|nhưng|nên|rồi|vì|do|tại|với lý do|em|tôi|mình|tui|giờ)(?![\\p{L}\\p{M}])')

function matched(scene: Scene, pattern: RegExp): Read<string> | undefined {
  for (const match of scene.plain.matchAll(pattern)) return quoted(scene, { start: match.index, end: match.index + match[0].length })
  return undefined
}

const NOT_YET = /^\s*(?:dạ |da |ủa )?(?:chưa|chua|ch|chx|chưa ạ|chưa có|không|khong|ko)(?: (?:ạ|a|có|co|hề|he|luôn|luon|anh|chị|ai))*[.!\s]*$/u
export const NOBODY_ASKED = 'chưa liên hệ người bán'

/** "chưa" as an answer to "bạn đã liên hệ shop chưa?". */
function notYet(scene: Scene): Read<string> | undefined {
  const whole = scene.asked === 'contacted' && NOT_YET.test(scene.plain) ? quoted(scene, { start: 0, end: scene.plain.length }) : undefined
  return whole && { ...whole, value: NOBODY_ASKED }
}
