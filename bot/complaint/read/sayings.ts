/** What the seller promised, and what came of asking them: the rest of a clause, in the person's words. */

import type { Place } from '../../../knowledge/language/aligned.ts'
import { HOUSE } from './houses.ts'
import { justBefore, quoted, type Read, type Scene, say, sentenceAround, word } from './scene.ts'

const PROMISED = say(
  '(?:có )?(?:thông báo(?= (?:hoàn|đổi|trả|giao|bồi))|hứa|cam kết|cam đoan|đảm bảo|bảo đảm|quảng cáo(?! (?:trên|qua|ở|của|sai|láo|một đằng|thấy|gian))|lời hứa|hẹn|(?:ghi|mô tả|giới thiệu|rao|đăng)(?: [^\\s,;|]+){0,3}? là)(?: (?:là|rằng|với (?:em|tôi|mình|tui)|sẽ|hẹn|cam kết|với khách))*(?![\\p{L}\\p{M}])[\\s:]*',
)
/** A promise that was not kept, a fee and a name are no promises. */
const NO_PROMISE = /(?:phí|phi|không|khong|ko|chưa|chua|đúng như|dung nhu|như|nhu|giấy|lịch|tiền)\s+$/u
const ENDS_PROMISE = say(
  '(?:mà|nhưng|nhưng mà|xong|rồi|đến nay|tới nay|tới giờ|đến giờ|giờ|thế mà|vậy mà|(?<!(?:không|ko|nếu|khong|neu) )thì)(?![\\p{L}\\p{M}])',
)
const ENDS_ANSWER = say(
  '(?:mà|nhưng|nhưng mà|thế mà|vậy mà|giờ tôi|giờ em|mình mong|mình muốn|(?<!(?:tại|do|với|cho|của|tai|voi|cua|bảo|kêu|bắt) )(?:tôi|em|tui))(?![\\p{L}\\p{M}])',
)
const CLAUSE = /[;!?\n|…()]|[.,](?=\s|$)| - /u
const MOST = 160

/** @returns the words behind "hứa", "cam kết", "quảng cáo là", to the end of their clause. */
export function readPromised(scene: Scene): Read<string> | undefined {
  for (const match of scene.plain.matchAll(PROMISED)) {
    if (NO_PROMISE.test(scene.plain.slice(Math.max(0, match.index - 10), match.index)) || isInName(scene, match.index)) continue
    const place = restOfClause(scene, match.index + match[0].length, ENDS_PROMISE)
    if (place && isSaying(scene, place)) return quoted(scene, place)
  }
  return boastIn(scene) ?? toldAtSale(scene) ?? warranty(scene)
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

/** "Họ nói xem được ban đêm mà tối thui": said of the goods before they were bought, for it turned out otherwise. */
function toldAtSale(scene: Scene): Read<string> | undefined {
  for (const match of scene.plain.matchAll(ANSWERED)) {
    const place = restOfClause(scene, match.index + match[0].length, ENDS_ANSWER)
    if (place && isSaying(scene, place) && isToldAtSale(scene, match, place)) return quoted(scene, place)
  }
  return undefined
}

const COMPLAINED = say('(?:hỏi|gọi|nhắn|ib|inbox|điện|khiếu nại|đòi|đem|báo|ra|kêu|phản ánh|liên hệ|xin|yêu cầu)(?![\\p{L}\\p{M}])')
const EXCUSE = /^\s*(?:chờ|cho|đợi|doi|để|de|do|tại|tai|không|khong|ko|chưa|chua|hết|het|hẹn|mai|đang|dang|sẽ|se|thôi|bận|lỗi|vì)(?![\p{L}\p{M}])/u

function isToldAtSale({ plain }: Scene, { index, 0: all }: RegExpExecArray, { start, end }: Place): boolean {
  if (!/n[oó]i(?:\s|$)/u.test(all) || !/^\s*(?:mà|nhưng)(?![\p{L}\p{M}])/u.test(plain.slice(end, end + 8)) || EXCUSE.test(plain.slice(start, end)))
    return false
  const sentence = plain.slice(sentenceAround(plain, { start: index, end }).start, index)
  return [...sentence.matchAll(COMPLAINED)].length === 0
}

const BOAST = say(
  '(?:nói|bảo|kêu|ghi|bảo đảm)(?: là)? (?<boast>(?:\\S+ ){0,3}?(?:mới 100%|(?<=(?:hàng|vàng|lốp|đồ|máy|xe|thoại|hang|vang|lop|may) )mới|bạc 925|bạc ta|da bò|da thật|gỗ thật|nguyên con|nội địa|nhập khẩu|xịn|thật|chính hãng|auth|zin|nguyên zin|loại 1|loại một|18k|24k|9999|nguyên chất))(?![\\p{L}\\p{M}])',
)

/** "nói vàng 18k": a quality that was claimed. */
function boastIn(scene: Scene): Read<string> | undefined {
  const match = scene.plain.matchAll(BOAST).next().value
  const end = match ? match.index + match[0].length : 0
  return match && quoted(scene, { start: end - (match.groups?.['boast'] ?? '').length, end })
}

const isSaying = ({ plain }: Scene, { start, end }: Place): boolean => /\p{L}{2,}\P{L}+\p{L}|\d/u.test(plain.slice(start, end))

function restOfClause(scene: Scene, start: number, stop: RegExp): Place | undefined {
  const rest = scene.plain.slice(start, start + MOST)
  const clause = rest.search(CLAUSE)
  const text = clause < 0 ? rest : rest.slice(0, clause)
  const end = [...text.matchAll(stop)].find((match) => match.index > 0)?.index ?? text.length
  return end > 0 ? { start, end: start + end } : undefined
}

const NOBODY = word('chưa (?:hề )?(?:liên hệ|nhắn|gọi|báo|nói|khiếu nại|hỏi|phản ánh)(?: (?:lại|với|cho|gì|shop|người bán|bên bán|họ|nó))*(?: ai)?')
const SELLER = `(?<![.@/])(?:shop|họ|nó|tụi nó|bọn nó|bên bán|bên đó|bên kia|người bán|chủ|chủ shop|chủ xưởng|chủ nhà|page|kênh|sàn|shopee|tiktok|lazada|tiki|chị ấy|anh ấy|cô ấy|ông ấy|ông bán|bà bán|chị bán|anh bán|ông ta|bà ta|bả|ổng|nhân viên|lễ tân|quản lý|bên ấy|chị|anh ta|${HOUSE})`
const ANSWERED = say(
  `(?:${SELLER}(?: (?:\\S+)){0,3}?|(?:hỏi|nhắn|gọi|nói|khiếu nại)(?: [^\\s.,;]+){0,2} thì) (?:bảo|nói|kêu|trả lời|trả lời là|đáp|rep|phản hồi|đổ thừa|báo)(?! (?:hành|hiểm|đảm|giá|trì|quản|hanh|hiem|dam)(?![\\p{L}\\p{M}]))(?: (?:là|rằng|lại|với (?:em|tôi|mình)))*(?![\\p{L}\\p{M}])[\\s:]*`,
)
const REFUSED = word(
  `${SELLER} (?:\\S+ ){0,2}?(?:không chịu|từ chối|không cho|không đồng ý|không nhận|lờ đi|làm ngơ|cãi|chối|chửi|im lặng|im ru|im re|im luôn|im thin thít|hẹn lần lữa|cười trừ)`,
)
const SILENT = word(
  '(?:gọi|nhắn|báo|điện|hẹn)(?: [^\\s.,;!?|]+){0,6}? (?:không|ko|chưa|chẳng) (?:thấy |có )?(?:ai )?(?:tới|đến|xuống|qua|ra)(?: (?:sửa|coi|xem|lắp|làm|nhà))*|(?:(?:gọi|nhắn|ib|inbox|nt|liên hệ|alo)(?: \\S+){0,2} )?(?:không|ko|k|chẳng|chưa|hok|hông|khong) (?:thấy |có |ai |thèm |hề )*(?:trả lời|rep|nghe máy|bắt máy|phản hồi|hồi âm|tl|liên lạc được|gọi được)|không liên lạc được|ko liên lạc dc|thuê bao|block|blok|chặn|hủy kết bạn|huỷ kết bạn|xóa kết bạn|khóa máy|tắt máy|im ru|im lặng|im re|im luôn|mất hút|biến mất|lặn mất|cười trừ|seen',
)

/** @returns what the seller answered, that they are silent, or that nobody was asked yet. */
export function readContacted(scene: Scene): Read<string> | undefined {
  return answerIn(scene) ?? refusedIn(scene) ?? matched(scene, SILENT) ?? matched(scene, NOBODY) ?? notYet(scene)
}

function answerIn(scene: Scene): Read<string> | undefined {
  for (const match of scene.plain.matchAll(ANSWERED)) {
    const place = restOfClause(scene, match.index + match[0].length, ENDS_ANSWER)
    if (
      place &&
      isSaying(scene, place) &&
      !isBoast(scene, match) &&
      !isSlip(scene, match, place) &&
      !isFamily(scene, match) &&
      !isToldAtSale(scene, match, place)
    )
      return quoted(scene, place)
  }
  return undefined
}

/** Without marks only words that mean nobody else: "ban" is also the seller, "ma" also "mà". */
const FAMILY =
  '(?:cháu|chau|con|con trai|con gái|con gai|bé|thằng bé|vợ|vo|chồng|chong|bố|mẹ|me|má|bạn|thợ|tho|thợ sửa|tho sua|hàng xóm|hang xom|người nhà|nguoi nha|người quen|nguoi quen|bác sĩ|bac si)(?: (?:tôi|toi|em|mình|minh|tui|nội|noi|ngoại|ngoai|gái|trai|út|ut|lớn|nhỏ))?'
/** "shop gọi cho cháu nói …": the seller speaks to the family. */
const FAMILY_SPEAKS = new RegExp(
  `(?<![\\p{L}\\p{M}])(?<!(?:cho|với|voi|gọi|goi|nhắn|nhan|bà|ba|của|cua)\\s+)${FAMILY}(?:\\s+(?:nó|no|thì|thi|xem|coi|về|ve|rồi|roi|mới|moi|cũng|cung))*\\s+(?:bảo|bao|nói|noi|kêu|keu|trả lời|đáp|báo)(?:\\s+(?:là|la|rằng|rang))*[\\s:]*$`,
  'u',
)

const SPOKEN_AT_HOME = new RegExp(FAMILY_SPEAKS.source.replace(/\$$/, ''), 'u')
/** "cháu tôi xem, nó nói …": "nó" is the one named last, unless it was asked or written to. */
const KIN_LAST =
  /(?<![\p{L}\p{M}])(?:cháu|chau|thằng bé|con trai|con gái|con gai|thợ|tho)(?![\p{L}\p{M}])(?!.*(?:shop|bán|(?<!\p{L})ban(?!\p{L})|công ty|cong ty|tiệm|tiem|nhắn|nhan|gọi|goi|hỏi|hoi|(?<!\p{L})ib(?!\p{L})|khiếu nại|khieu nai))[^.!?\n|]*$/u

/** "cháu nó nói hàng Trung Quốc": somebody of the family speaks, not the seller. */
const isFamily = ({ plain }: Scene, { index, 0: all }: RegExpExecArray): boolean =>
  FAMILY_SPEAKS.test(justBefore(plain, index) + all) || (/^n[oó](?!\p{L})/u.test(all) && KIN_LAST.test(justBefore(plain, index)))

/** @returns whether somebody of the family says something in the text, and no seller does. */
export const familySpeaks = ({ plain }: Scene): boolean => SPOKEN_AT_HOME.test(plain)

/** "tiệm có bao lâu" is no "bảo lâu", and "tin báo thì …" no answer. */
const isSlip = ({ plain, withMarks }: Scene, { 0: all }: RegExpExecArray, { start }: Place): boolean =>
  (withMarks && /(?:^|\s)(?:bao|noi|keu)\s*$/.test(all)) || /tin b[aá]o\s*$/u.test(all) || /^th[iì](?!\p{L})/u.test(plain.slice(start, start + 4))

const isBoast = ({ plain }: Scene, { index, 0: all }: RegExpExecArray): boolean =>
  [...plain.matchAll(BOAST)].some((boast) => boast.index >= index && boast.index < index + all.length)

/** "họ không chịu [đổi]": with what they refuse. */
function refusedIn(scene: Scene): Read<string> | undefined {
  for (const match of scene.plain.matchAll(REFUSED)) {
    // Without marks "cai" is mostly "cái".
    if (/ cai$/.test(match[0])) continue
    const end = match.index + match[0].length
    const more = restOfClause(scene, end, ENDS_REFUSAL)?.end ?? end
    return quoted(scene, { start: match.index, end: scene.plain.slice(end, more).trim().split(/\s+/).length <= MOST_REFUSED ? more : end })
  }
  return undefined
}

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
