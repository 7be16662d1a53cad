/** What the seller promised, and what came of asking them: the rest of a clause, in the person's words. */
import { eitherMarks, overlaps, type Place } from '../../../knowledge/language/aligned.ts'
import { HOUSE } from './houses.ts'
import { bridged, hasTrouble, inOrder, quotation, wentBack, withMore } from './passages.ts'
import { justBefore, onceAScene, quoted, type Read, type Scene, say, within, word } from './scene.ts'
import {
  answersAsking,
  canAnswer,
  isAtSale,
  isPriced,
  isReply,
  isSaying,
  othersSpeak,
  restOfClause,
  SELLER,
  type Speech,
  speechesIn,
  wasAsked,
} from './speech.ts'

export { familySpeaks } from './speech.ts'

// --- promised ---

/** Where sellers write what they promise. */
const PAPER =
  '(?:trên mạng|mạng|bài đăng|bài viết|tờ chương trình|tờ rơi|tờ quảng cáo|chương trình|mô tả|phần mô tả|hợp đồng|bao bì|ngoài bao|trên bao|vỏ hộp|hộp|nhãn|tem|menu|thực đơn|bảng giá|bảng|phiếu|giấy|web|trang|app|live|livestream|video|clip|hình|ảnh|quảng cáo|tin đăng|shop|họ|nó|page|tiêu đề)'
/** "lúc gọi nói 1 triệu hai một ký". */
const WHEN_SOLD =
  '(?:lúc|hồi|khi|trước khi|hôm|bữa) (?:mua|vào|vô|lắp|thỏa thuận|thoả thuận|gọi món|gọi|đặt|ký|chốt|bán|tư vấn|đăng ký|đky|thuê)(?: (?!đâu|không|chưa|chả|có)[^\\s.,;]+){0,3}?(?: có)? (?:nói|bảo|biểu|kêu|hô|ghi|hứa)'
const PROMISED = say(
  `(?:có )?(?:báo giá(?= \\d)|thề|chốt(?= là )|nói trước(?= là )|(?<=(?:vì|tin|ham|do|mới) )nghe(?: (?:nó|họ|shop|người ta|quảng cáo|giới thiệu))?(?: (?:bảo|nói|kêu|giới thiệu))|${WHEN_SOLD}|thông báo(?= (?:hoàn|đổi|trả|giao|bồi))|hứa|cam kết|cam đoan|đảm bảo|bảo đảm|bao(?= (?:xài|dùng|đổi|trả|test|sống|đậu|ngọt|chín|hoàn|hư|chuẩn|zin|ăn|rớt|lỗi|(?:1|một) đổi)(?![\\p{L}\\p{M}]))|quảng cáo(?! (?:cái|chiếc|con|bộ|trên|qua|ở|của|sai|láo|một đằng|thấy|gian))|lời hứa|hẹn|(?:ghi|mô tả|giới thiệu|rao|đăng)(?: [^\\s,;|]+){0,3}? là|(?<=${PAPER}(?: [^\\s,;|.]+){0,3} )(?:ghi|viết|đề|in)(?: rõ)?|rao(?= ["“])|(?<=(?:hình|ảnh|mô tả|tin đăng|bài đăng)(?: (?:trên|ở) [^\\s,;|.]+)? )(?:có|đăng|giới thiệu)|(?<=(?:với|có) )điều khoản|nhận(?= (?:đóng|làm|chở|may|lắp|thi công|giao|in|chụp|tổ chức|sửa)(?![\\p{L}\\p{M}])))(?: (?:là|rằng|với (?:em|tôi|mình|tui)|sẽ|hẹn|cam kết|với khách))*(?![\\p{L}\\p{M}])[\\s:]*`,
)
/** A promise that was not kept, a fee and a name are no promises. */
const NO_PROMISE =
  /(?:(?:hứa|hẹn|hua|hen)\s+\S+|phí|phi|cứ|toàn|hoài|không|khong|ko|(?<!\p{L})k|hổng|hông|hok|chẳng|chả|chưa|chua|đúng|quá|trễ|lỡ|sai|đúng như|dung nhu|như|nhu|giấy|lịch|tiền|theo|(?:như|nhu|theo)\s+(?:nó|họ|shop|lời nó|lời họ|bên đó))\s+$/u
const ENDS_PROMISE = say(
  '(?:mà|nhưng|nhưng mà|(?<!(?:học|làm|lắp|lắp đặt|thi|xây|sửa|đóng|khám|tập|hoc|lam|lap|xay|sua|dong|kham|tap) )xong|rồi|trong khi|đến nay|tới nay|tới giờ|đến giờ|giờ|thế mà|vậy mà|(?<!(?:không|ko|nếu|khong|neu)(?: [^\\s.,;]+)? )thì)(?![\\p{L}\\p{M}])',
)
/** "Theo cam kết, công ty giao hàng trong vòng 15 ngày". */
const ACCORDING = say(
  `theo (?:như )?(?:cam kết|hợp đồng|quảng cáo|mô tả|thỏa thuận|thoả thuận|lời hứa|lịch|giới thiệu)(?: [^\\s,.;|]+){0,2}?(?:, ?| thì | (?=(?:giao|trả|bảo hành|hoàn|lắp|được|phải|bàn giao) ))(?:(?:${SELLER})(?: (?:sẽ|phải))* )?(?=[^\\s])`,
)

/** @returns all that was promised, behind "hứa", "cam kết", "quảng cáo là", or told at the sale, in the person's words. */
export function readPromised(scene: Scene): Read<string> | undefined {
  const said = promisesIn(scene)
  return quotation(scene, bridged(said, isNothingElse(scene)), 'first')
}

/** Between two promises: nothing but who says them. */
const isNothingElse =
  (scene: Scene) =>
  ({ start, end }: Place): boolean =>
    !hasTrouble(scene, start, end) && !wentBack(scene.plain, start, end) && end - start <= 40

/** What was told at the sale, and every word of promising that is no part of an answer. */
const promisesIn = onceAScene((scene: Scene): readonly Place[] => {
  const speeches = speechesIn(scene)
  const [told, later] = bySale(scene)
  const inAnswer = (place: Place) =>
    later.some((said) => overlaps(said, place)) && wentBack(scene.plain, Math.max(0, place.start - ASKED_REACH), place.start)
  const named = promiseIn(scene).filter((place) => !isToldBack(scene, later, place))
  const claimed = [...boastsIn(scene), ...warranties(scene)].filter((place) => !inAnswer(place))
  const stops = (clause: Place) =>
    hasTrouble(scene, clause.start, clause.end) ||
    wentBack(scene.plain, clause.start, clause.end) ||
    speaks(speeches, clause) ||
    isPrice(scene, clause)
  return inOrder([...told, ...accordingTo(scene), ...asTheySaid(scene), ...named, ...claimed].map((place) => withMore(scene, place, stops)))
})

/** "xin nghỉ thì bà chủ nói viết cam kết bồi thường": a word of promising within an answer. */
const isToldBack = (scene: Scene, later: readonly Place[], { start }: Place): boolean =>
  later.some((said) => said.start < start && start < said.end && wentBack(scene.plain, Math.max(0, said.start - 60), said.start))
/** How far back the seller may have been asked. */
const ASKED_REACH = 200

/** The same words may have been read behind several leads: where one of them asks, they answer. */
const bySale = onceAScene((scene: Scene): readonly [told: Place[], later: Place[]] => {
  const speeches = speechesIn(scene)
  const later = speeches.filter((speech) => !isAtSale(scene, speech)).map(({ said }) => said)
  const told = speeches.map(({ said }) => said).filter((said) => !later.some((other) => overlaps(said, other)))
  return [told, later]
})

/** "…, 2 cặp 3tr6": what was paid, and no sum that is promised. */
const isPrice = ({ plain, amounts }: Scene, { start, end }: Place): boolean =>
  amounts.some(({ index }) => index >= start && index < end) &&
  !/hoàn|đền|tặng|giảm|phạt|thưởng|mỗi|hoan|den|tang|giam|phat/u.test(plain.slice(start, end))

/** Somebody begins to speak there. */
const speaks = (speeches: readonly Speech[], { start, end }: Place): boolean => speeches.some(({ at }) => at >= start && at < end)

function promiseIn(scene: Scene): Place[] {
  return [...scene.plain.matchAll(PROMISED)].flatMap((match) => {
    if (isNoPromise(scene, match)) return []
    // "bao xài 6 tháng" is the promise itself.
    const start = match.index + (/^(?:bao|báo giá)(?!\p{L})/u.test(match[0]) ? 0 : match[0].length)
    const place = restOfClause(scene, start, ENDS_PROMISE)
    const isOne =
      place &&
      (isSaying(scene, place) || ONE_WORD.test(scene.plain.slice(place.start, place.end))) &&
      !NAMES_HOUSE.test(scene.plain.slice(place.start, place.end)) &&
      !isOnlyName(scene, place)
    return isOne ? [place] : []
  })
}

/** "tờ giấy nó để lại ghi Bếp Xanh Miền Trung": a name, and no promise. */
const isOnlyName = (scene: Scene, place: Place): boolean =>
  !scene.caseless && /^\s*\p{Lu}[\p{L}\p{M}]*(?:\s+\p{Lu}[\p{L}\p{M}]*)+[\s,]*$/u.test(scene.written(place.start, place.end))

/** "ghi freeship". */
const ONE_WORD = /^\s*\p{L}{6,}\s*$/u

function isNoPromise(scene: Scene, match: RegExpExecArray): boolean {
  const before = justBefore(scene.plain, match.index)
  if (NO_PROMISE.test(before) || isInName(scene, match.index) || isPutOff(scene, match.index) || isRemedy(scene, match)) return true
  if (/^(?:viết|in|có)(?!\p{L})/u.test(match[0]) && wentBack(scene.plain, Math.max(0, match.index - 60), match.index)) return true
  // Without marks "the", "de", "in" are other words, and "bao" behind somebody is "bảo".
  return !scene.withMarks && (/^(?:the|de|in|nhan|co)(?!\p{L})/u.test(match[0]) || (/^bao(?!\p{L})/u.test(match[0]) && SOMEBODY_SAYS.test(before)))
}

const isPutOff = ({ plain }: Scene, at: number): boolean => [...plain.matchAll(PUTS_OFF)].some(({ index }) => index === at)

/** "cua hang bao doi ve hang …": in a text without marks a seller speaks, and guarantees nothing. */
const SOMEBODY_SAYS = /(?:hang|shop|ho|no|tiem|ong|ba|chi|anh|ly|ty)\s+$/u

const REMEDIES =
  /(?<!\p{L})(?:đổi|hoàn|đền|trả|sửa|bù|chỉnh|xử lý|giải quyết|giao|gửi|gui|cho người|cử|qua|ghé|tới|đến|lên|xuống|coi|xem|kiểm|mai|mốt|tuần sau|bữa sau|hôm sau|chờ|doi|hoan|den|tra|sua|giai quyet|toi|xem|tuan sau)(?!\p{L})/u
const BUT = /\s(?:mà|ma|nhưng|nhung)\s/u
/** "họ hẹn sẽ đổi trong tuần" after they were written to: that is their answer. */
const isRemedy = (scene: Scene, { index, 0: all }: RegExpExecArray): boolean =>
  /^(?:h[uứ]a|h[eẹ]n)(?!\p{L})/u.test(all) &&
  (scene.asked === 'contacted' || wasAsked(scene, index)) &&
  REMEDIES.test(scene.plain.slice(index, index + 40).split(BUT)[0] ?? '')

/** "Bao bì ghi là Công ty …" names who made it. */
const NAMES_HOUSE = new RegExp(
  `^\\s*(?:(?:${eitherMarks(HOUSE)})(?! \\d)|(?:số|so|sđt|sdt|tên|ten|địa chỉ|dia chi|ngày|ngay) ?:?(?= ?\\d)|[\\d/.-]+\\s*$)(?![\\p{L}\\p{M}])`,
  'u',
)

const accordingTo = (scene: Scene): Place[] => restsBehind(scene, ACCORDING, ENDS_PROMISE)

/** The "Hẹn" of "homestay Biển Hẹn". */
const isInName = ({ caseless, written }: Scene, at: number): boolean =>
  !caseless && /\p{Lu}[\p{L}\p{M}]*\s\p{Lu}$/u.test(written(Math.max(0, at - 14), at + 1))

const WARRANTY = say('bảo hành(?: (?:được|tới|đến))? (?:\\d{1,2}|một|hai|ba|năm|mười|mười hai) (?:tháng|năm|tuần)(?![\\p{L}\\p{M}])')

const warranties = (scene: Scene): Place[] =>
  [...scene.plain.matchAll(WARRANTY)]
    .filter(({ index }) => !/(?:hết|het|gọi|goi|không|khong|còn|con)\s+$/u.test(justBefore(scene.plain, index)))
    .map(({ index, 0: words }) => ({ start: index, end: index + words.length }))

const AS_THEY_SAID = say(
  `["“‘«](?<said>[^"”’»\\n|]{3,80})["”’»],? (?:như|y như|giống như|theo) (?:lời )?(?:của )?${SELLER} (?:nói|hứa|ghi|quảng cáo|bảo|đăng)`,
)

/** "chứ hổng phải 'hàng zin theo máy' như lời nó nói". */
function asTheySaid({ plain }: Scene): Place[] {
  const pattern = new RegExp(AS_THEY_SAID.source.replace('(?<![\\p{L}\\p{M}\\p{N}])', ''), 'gu')
  return [...plain.matchAll(pattern)].map(({ index, groups }) => ({ start: index + 1, end: index + 1 + (groups?.['said'] ?? '').length }))
}

const BOAST = say(
  '(?:nói|bảo|kêu|ghi|bảo đảm)(?: là)? (?<boast>(?:[^\\s.,;:!?"”]+ ){0,3}?(?:mới 100%|(?<=(?:hàng|vàng|lốp|đồ|máy|xe|thoại|hang|vang|lop|may) )mới|bạc 925|bạc ta|da bò|da thật|gỗ thật|nguyên con|nội địa|nhập khẩu|xịn|thật|chính hãng|auth|zin|nguyên zin|loại 1|loại một|18k|24k|9999|nguyên chất))(?![\\p{L}\\p{M}])',
)
/** 'áo khoác "real 100%"'. */
const BOAST_QUOTED = /["“](?<boast>[^"”\n|]{0,30}(?:\d{2,3} ?%|chính hãng|auth|real|zin|authentic)[^"”\n|]{0,30})["”]/gu

/** "nói vàng 18k": a quality that was claimed. */
const boastsIn = ({ plain, withMarks }: Scene): Place[] =>
  [...plain.matchAll(BOAST), ...plain.matchAll(BOAST_QUOTED)]
    .filter(({ index }) => !/(?:tên|ten)(?: là)?\s+$/u.test(justBefore(plain, index)))
    .map(({ index, 0: all, groups }) => {
      const end = index + all.replace(/["”]$/u, '').length
      return { start: end - (groups?.['boast'] ?? '').length, end }
    })
    // "xin" is hardly ever "xịn", nor "that" "thật" where marks are written.
    .filter(({ start, end }) => !/(?:^| )xin$/.test(plain.slice(start, end)) && (!withMarks || !/(?:^| )(?:moi|that)$/.test(plain.slice(start, end))))

// --- contacted ---

const NOBODY = word('chưa (?:hề )?(?:liên hệ|nhắn|gọi|báo|nói|khiếu nại|hỏi|phản ánh)(?: (?:lại|với|cho|gì|shop|người bán|bên bán|họ|nó))*(?: ai)?')
const TURNS_AWAY =
  'không chịu|từ chối|không cho|không đồng ý|không nhận|không giải quyết|không trả|không hoàn|không đổi|không bảo hành|không hợp tác|lờ đi|làm ngơ|làm lơ|phớt lờ|né|lánh mặt|tránh mặt|đùn đẩy|cãi|chối|chửi|mắng|nạt|dọa|im lặng|im ru|im re|im luôn|im thin thít|cười (?:hè|khẩy|trừ|ha|hì|nhạt|cợt)|cúp máy|đổi tên|dọn (?:quầy|tiệm|đi|nhà)|(?:khóa|khoá) (?:tài khoản|nick|trang)|bỏ trốn|trốn|vòng vo|quanh co|hẹn lần lữa|lần lữa|khất lần|cười trừ|bỏ đi|đuổi|(?:đòi|bắt)(?= (?:phạt|thêm|phí|trừ|đóng|nộp|chịu|bù|trả|tính|phải)|(?: (?:mk|mình|em|tôi|tui|khách|con|cháu))(?: (?:tự|phải))? (?:trả|chịu|đóng|thêm|bù|nộp|tính))'
const REFUSED = word(
  `(?:(?:${SELLER}) (?:\\S+ ){0,2}?(?:${TURNS_AWAY})|(?:nhất định|kiên quyết|cương quyết|một mực|khăng khăng) (?:là )?không (?:chịu )?[^\\s.,;]+|từ chối(?= (?:bảo hành|đổi|trả|hoàn|nhận|giải quyết|vì|do|với)))`,
)
const SILENT = word(
  '(?:gọi|nhắn|báo|điện|hẹn)(?: [^\\s.,;!?|]+){0,6}? (?:không|ko|chưa|chẳng) (?:thấy |có )?(?:ai )?(?:tới|đến|xuống|qua|ra)(?: (?:sửa|coi|xem|lắp|làm|nhà))*|(?:(?:gọi|nhắn|ib|inbox|nt|liên hệ|alo|mail|email|rep)(?: [^\\s.,;]+){0,3} )?(?:không|ko|k|chẳng|chưa|hok|hông|hổng|khong) (?:thấy |có |ai |thèm |hề )*(?:trả lời|rep|nghe máy|bắt máy|bốc máy|nhấc máy|phản hồi|hồi âm|tl|liên lạc được|gọi được)|(?:gọi|điện)(?: [^\\s.,;]+){0,2} (?:không|ko|k|chẳng|chả) (?:nghe|bắt|bốc)|(?<=(?:thì|rồi|xong) (?:[^\\s.,;]+ )?)im(?= ?[,.;!\\n]|$)|(?:không|chẳng|chưa|hổng|chả) (?:thấy )?(?:ai )?(?:thấy )?(?:xuống|ghé|gọi lại|liên hệ lại|(?<=ai )(?:tới|đến|qua))|cúp máy|không liên lạc được|ko liên lạc dc|thuê bao|block|blok|chặn|hủy kết bạn|huỷ kết bạn|xóa kết bạn|khóa máy|tắt máy|im ru|im lặng|im re|im luôn|mất hút|mất tăm|mất tích|biến mất|bặt tăm|lặn mất|lặn luôn|cười trừ|seen|(?:xóa|xoá|khóa|khoá|đóng|hủy) (?:luôn |hết )?(?:tài khoản|nick|fanpage|page|trang|facebook|zalo)|(?:có|chả|chẳng|nào có) ai (?:thèm )?(?:nghe|bắt|nhấc|trả lời|rep)(?: máy)? đâu|(?:không|ko|k|chẳng|chưa) ai trả lời|(?:nick|trang|page|shop) (?:bị (?:khóa|khoá|xóa|xoá)|(?:khóa|khoá|xóa|xoá) rồi)|(?:kick|kích|đá|xóa|xoá|đuổi|out)(?: [^\\s.,;]+){0,2} (?:ra )?(?:khỏi|ra) (?:nhóm|group|hội)(?: luôn)?|gọi (?:hoài )?(?:không|ko|k) được|tự động trả lời|(?:không|ko|k|chẳng|chả|hổng) ai (?:nhấc|nghe|bắt|bốc|rep)(?: máy)?|(?:gọi|nhắn)? ?(?:mô|đâu|nào) có (?:bắt|nghe|nhấc|trả lời|rep)(?: máy)?',
)

/** @returns all that the seller answered and did when they were asked, in order; or that they are silent, or that nobody was asked yet. */
export function readContacted(scene: Scene): Read<string> | undefined {
  const promised = promisesIn(scene)
  const came = answersIn(scene).filter((place) => !promised.some((other) => overlaps(place, other)))
  const isBetween = ({ start, end }: Place) => !hasTrouble(scene, start, end) && !promised.some((other) => overlaps({ start, end }, other))
  return quotation(scene, bridged(inOrder(came), isBetween), 'last') ?? matched(scene, NOBODY) ?? notYet(scene)
}

function answersIn(scene: Scene): Place[] {
  const speeches = speechesIn(scene)
  const stops = (clause: Place) => speaks(speeches, clause)
  const answers = answering(scene, speeches).map(({ said }) => withMore(scene, said, stops))
  const more = [...remediesIn(scene), ...actsIn(scene), ...offersIn(scene), ...cameOf(scene)].map((place) =>
    withMore(scene, withoutLead(speeches, place), stops),
  )
  return [...answers, ...more, ...refusalsIn(scene), ...silencesIn(scene), ...decisionsIn(scene)]
}

const COMPLAINT = '(?:khiếu nại|tranh chấp|yêu cầu (?:hoàn|trả|đổi|bồi thường)|đơn (?:hoàn|trả|khiếu nại))'
/** "mở tranh chấp hai lần đều bị đóng", "sàn tự đóng khiếu nại": what a platform decided. */
const DECIDED = word(
  `${COMPLAINT}(?: [^\\s.,;]+){0,4}? bị (?:đóng|từ chối|bác|hủy|huỷ|xóa|xoá|treo)|(?:tự (?:động )?)?(?:đóng|bác|từ chối|hủy|huỷ) (?:luôn )?${COMPLAINT}(?: của (?:em|tôi|mình|tui|con|cháu))?`,
)
const decisionsIn = ({ plain }: Scene): Place[] => within(DECIDED, plain, { start: 0, end: plain.length })

/** "chỉ cho bảo lưu", "hoàn đúng 50k", "cử thợ bơm keo": what a seller does of what was wished. */
const OFFERED = say(
  `(?:${SELLER}) (?:(?:cũng|mới|thì|lại|có) )?(?=(?:chỉ (?:cho|trả|đền|hoàn|chịu|bù|hỗ trợ|đổi|đồng ý|nhận)|(?:hoàn|đền|bù|trả lại) (?:đúng|có|được|mỗi)|cử (?:thợ|người|nhân viên)|nhận lỗi)(?![\\p{L}\\p{M}]))`,
)

const offersIn = (scene: Scene): Place[] => restsBehind(scene, OFFERED, ENDS_OFFER)

/** @returns what stands behind each match, to the end of its clause, where it says enough. */
function restsBehind(scene: Scene, pattern: RegExp, ends: RegExp): Place[] {
  return [...scene.plain.matchAll(pattern)].flatMap(({ index, 0: lead }) => {
    const place = restOfClause(scene, index + lead.length, ends)
    return place && isSaying(scene, place) ? [place] : []
  })
}

const ENDS_OFFER = say('(?:mà|nhưng|chứ|trong khi|rồi thôi|thế mà|vậy mà)(?![\\p{L}\\p{M}])')

const NEVER_ENDS = /$^/gu
/** "cứ hẹn mai hẹn mốt", "hẹn tới rồi lại thôi". */
const PUTS_OFF = say(
  '(?<=(?:cứ|toàn|chỉ|hoài|đều|cũng) )(?:hứa|hẹn)(?![\\p{L}\\p{M}])|(?:hứa|hẹn)(?=(?: [^\\s.,;!?]+){0,6} (?:rồi lại|miết|hoài)(?![\\p{L}\\p{M}])| (?:đi|tới|lên|qua|mai|nay|lần|hết lần|ngày)(?: [^\\s.,;]+){0,2} (?:hứa|hẹn|tới lần|lần) )',
)
const REMEDY = say('(?:hứa|hẹn)(?: (?:là|sẽ|rằng))*(?![\\p{L}\\p{M}])\\s*')

function remediesIn(scene: Scene): Place[] {
  const off = [...scene.plain.matchAll(PUTS_OFF)].flatMap(({ index }) => restOfClause(scene, index, NEVER_ENDS) ?? [])
  const remedies = [...scene.plain.matchAll(REMEDY)].flatMap((match) => {
    const isOne = isRemedy(scene, match) && !NO_PROMISE.test(justBefore(scene.plain, match.index))
    return (isOne && restOfClause(scene, match.index, ENDS_PROMISE)) || []
  })
  return [...off, ...remedies]
}

/** Who was asked for the goods, or for the promise, tells what sellers said of them. */
const isAskedElse = ({ asked }: Scene): boolean => asked !== undefined && asked !== 'contacted'

/** "thì [nó nói] hàng hết bảo hành": who says it is no part of it. */
function withoutLead(speeches: readonly Speech[], place: Place): Place {
  const first = speeches.find(({ at, said }) => at === place.start && said.start < place.end)
  return first ? { start: first.said.start, end: Math.max(place.end, first.said.end) } : place
}

function answering(scene: Scene, speeches: readonly Speech[]): Speech[] {
  const boasts = [...scene.plain.matchAll(BOAST)]
  const isBoast = ({ at, lead }: Speech) => boasts.some(({ index }) => index >= at && index < at + lead.length)
  const isAnswer = (speech: Speech) => answersAsking(scene, speech) || (!isBoast(speech) && !isAskedElse(scene))
  const [, later] = bySale(scene)
  const isSure = (speech: Speech) => scene.asked === 'contacted' || isReply(scene, speech)
  return speeches.filter((speech) => later.some((said) => overlaps(said, speech.said)) && isAnswer(speech) && isSure(speech))
}

const A_LEG = /(?:gay|lech|dau|bon|be|long|rung|mon|sung|ngua|cai|hai|mot|ban|ghe|kenh|nut|rach|doi|dai)\s+$/u
const JOINS = /^(?:\s*(?:,|r|rồi|roi|và|va|xong|luôn|không|khong|k|ko)){1,2}\s+$/u

/** "seen k rep", "seen r chặn": one silence after the other is one answer. */
function silencesIn(scene: Scene): Place[] {
  const all = inOrder(
    [...scene.plain.matchAll(SILENT)]
      // Without marks "gay chan" is a broken leg.
      .filter(({ index, 0: words }) => !(/^chan$/u.test(words) && A_LEG.test(justBefore(scene.plain, index))))
      // "em chặn số này nó lấy số khác": the person's own.
      .filter(({ index, 0: words }) => !/^(?:chặn|chan|blo[ck]+)/u.test(words) || !SELF_BEFORE.test(justBefore(scene.plain, index)))
      .map(({ index, 0: words }) => ({ start: index, end: index + words.length })),
  )
  const joined = bridged(all, ({ start, end }) => joins(scene.plain.slice(start, end)))
  // Who is asked says more of it: "chặn [số em luôn]".
  return scene.asked === 'contacted' ? joined.map((place) => withFew(scene, place)) : joined
}

/** With the few words behind it, where they are all of the clause. */
function withFew(scene: Scene, { start, end }: Place): Place {
  const more = restOfClause(scene, end, ENDS_REFUSAL)?.end ?? end
  return { start, end: scene.plain.slice(end, more).trim().split(/\s+/).length <= MOST_REFUSED ? more : end }
}

const joins = (between: string): boolean => /^\s+$/.test(between) || JOINS.test(between)

/** Who was gone back to. */
const ASKING =
  '(?:(?<!(?:cho|xin|muốn) (?:(?:tôi|em|mình|tui|con|cháu|chị|cô) )?)hỏi|gọi|nhắn(?! (?:được|hàng|về|xe|đồ|máy)(?![\\p{L}\\p{M}]))|ib|inbox|nt|chat|(?<!(?:xe|đạp|máy|cơm|bếp|nồi|hết|mất|cúp|tiền|sạc|bình|quạt|tủ|đồ|bàn|thợ|cắm|chập|giật) )điện(?! (?:thoại|lực|máy|nước|tử|lạnh))|alo|khiếu nại|báo(?! (?:giá|trước|cáo))|phản ánh|liên hệ|gửi (?:mail|email|thư|ticket|văn bản)|thắc mắc|góp ý|ý kiến|quay lại|(?:mang|đem|chở|dắt) (?:lại|ra|lên|vô|vào|xuống)|đòi|bắt đền|nói(?= thì)|(?<=(?:tôi|em|mình|tui|con|cháu|lần) )(?:xin|yêu cầu|nói|kêu|lên|ra|tới))'
const NOT_I = '(?!(?:tôi|em|mình|tui|được(?! (?:đền|trả|tặng))|phải|con|cháu)(?![\\p{L}\\p{M}]))'
/** "gọi 2 lần toàn máy tự trả lời", "mang lại thì họ lơ", "tôi hỏi, bên đó đưa ra bảng kê": what came of it, told without a word of saying. */
const CAME_OF = say(
  `${ASKING}(?: [^\\s.,;!?|]+){0,6}?,?(?: (?:mà|thì|nó|họ|shop))* (?=(?:toàn|chỉ|cứ|lượt nào cũng|lần nào cũng) )|${ASKING}(?: [^\\s.,;!?|]+){0,8}? thì ${NOT_I}|${ASKING}(?: [^\\s.,;!?|]+){0,7}?(?:, |\\. )(?=(?:${SELLER}) [^\\s.,;])`,
)

/** In a text with marks "bao" is no "báo". */
const CAME_OF_MARKED = new RegExp(`(?!(?:bao|dien|doi|ra|len|keu|noi|xin|hoi|goi|chat ) )${CAME_OF.source}`, 'gu')

const cameOf = (scene: Scene): Place[] =>
  restsBehind(scene, scene.withMarks ? CAME_OF_MARKED : CAME_OF, ENDS_ACT).filter(
    ({ start }) =>
      canAnswer(scene, { start, end: start }) &&
      !isPriced(scene, start) &&
      !IS_WORTH.test(scene.plain.slice(start, start + 48)) &&
      !othersSpeak(scene, start) &&
      !LOOKED_AT.test(justBefore(scene.plain, start)) &&
      !RUNS_ON.test(scene.plain.slice(start, start + 12)),
  )
const ENDS_ACT = say(
  '(?:mà|giờ|trong khi|thế mà|vậy mà|(?<!(?:cho|với|bắt|của|bảo|kêu|nói|biểu|trả|gửi|tại|do|đòi|đuổi|chửi|mắng|chặn|block) )(?:tôi|em|tui|mình))(?![\\p{L}\\p{M}])',
)
/** "đem ra hãng kiểm tra thì khung bị hàn lại": what was found, not answered. */
const LOOKED_AT =
  /(?:kiểm tra|kiem tra|test|check|coi|xem|cân|can|đo|thử|thu|soi|mở|mo|khám|kham)(?:\s+(?:lại|lai|thử|ra|máy|hàng|kỹ))*,?\s+(?:thì|thi|,)?\s*$/u
/** "qua bên tiệm hỏi thì cái van đó có 190 ngàn": what a thing costs elsewhere. */
const IS_WORTH =
  /^(?:cái|chiếc|con|bộ|nó|cai|chiec|no)\s[^.,;]{0,24}?\s?(?:có|chỉ|giá|bán|co|chi|gia|ban)\s+(?:có\s+|co\s+)?(?:\d|một|hai|ba|bốn|năm|sáu|bảy|tám|chín)/u
/** "mang ra thì mới biết": found out, not answered. */
const RUNS_ON = /^(?:(?:chỉ |chi )?(?:cần|muốn|mong|xin(?! lỗi)|can|muon) |ra |mới |moi |biết |biet |thấy |thay )/u

/** What sellers do who were asked. */
const ACT = say(
  `(?:${SELLER})(?: [^\\s.,;|]+){0,2}? (?=(?:xin lỗi|xin bớt|xin khất|khất|hướng dẫn|gợi ý|đồng ý|yêu cầu|đề nghị|đòi|bắt|thách|mắng|chửi|giảm cho|bớt cho|đưa ra|đóng cửa|nhận lỗi|gỡ|xóa|xoá|khóa|khoá|chặn|block|out|lờ|né|ừ|hứa|hẹn|tiếp(?! tục)|cúp|bỏ|đuổi|trốn|đổi số|im|mất|cầm)(?![\\p{L}\\p{M}]))`,
)

/** Without marks "khoa" is a ward, too. */
const NO_ACT = /^khoa(?! (?:nick|tai|trang|fb|face|may))/u

const actsIn = (scene: Scene): Place[] =>
  restsBehind(scene, ACT, ENDS_ACT).filter(
    ({ start }) =>
      (wasAsked(scene, start) || (ANSWERS_TROUBLE.test(scene.plain.slice(start)) && (isByNow(scene, start) || isAfterTrouble(scene, start)))) &&
      !NO_ACT.test(scene.plain.slice(start, start + 12)) &&
      !WISHED.test(justBefore(scene.plain, start)),
  )
/** "chạy 4 hôm kêu rè rè, shop hướng dẫn …": what went wrong was told in the sentences before, and the seller does something about it. */
/** Nobody does this who was not told of it; to vanish, to lock and to take away is also how trouble begins. */
const ANSWERS_TROUBLE =
  /^(?:khất|xin khất|hướng dẫn|gợi ý|đồng ý|yêu cầu|đề nghị|đòi|thách|mắng|chửi|giảm cho|bớt cho|nhận lỗi|đuổi|lờ|né|khat|huong dan|dong y|yeu cau|de nghi|chui|duoi)(?!\p{L})/u
const isAfterTrouble = (scene: Scene, at: number): boolean => hasTrouble(scene, 0, Math.max(0, at - NEAR_TROUBLE))
const NEAR_TROUBLE = 12
/** "Nay [nhà hàng] đòi tăng lên": what they do by now. */
const BY_NOW = new RegExp(`(?:^|[.,;\\n]\\s*)(?:nay|giờ|bây giờ|gio|bay gio|chừ|tới nay|đến giờ)\\s+(?:${SELLER})(?:\\s+[^\\s.,;|]+){0,2}\\s+$`, 'u')
const isByNow = ({ plain }: Scene, at: number): boolean => BY_NOW.test(justBefore(plain, at))
/** "chỉ cần họ xin lỗi": what is wanted of them. */
const WISHED = /(?<!\p{L})(?:cần|muốn|mong|nhờ|yêu cầu|đề nghị|buộc|can|muon|nho|yeu cau|de nghi)\s+(?:[^\s.,;]+\s+){1,4}$/u

/** "họ không chịu [đổi]": with what they refuse. */
function refusalsIn(scene: Scene): Place[] {
  return [...scene.plain.matchAll(REFUSED)].flatMap((match) => {
    if (CHECKING.test(scene.plain.slice(match.index))) return []
    // Without marks "cai" is mostly "cái".
    if (/ (?:cai|ne|doa)$/.test(match[0]) || SELF_BEFORE.test(justBefore(scene.plain, match.index))) return []
    const whom = SCOLDED.exec(match[0] + scene.plain.slice(match.index + match[0].length))?.[1]?.length ?? 0
    return [withFew(scene, { start: match.index, end: match.index + match[0].length + whom })]
  })
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
