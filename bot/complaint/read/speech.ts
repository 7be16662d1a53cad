/** What somebody of the seller's said, and whether it was said at the sale or when they were asked about what went wrong. */
import type { Place } from '../../../knowledge/language/aligned.ts'
import { HOUSE } from './houses.ts'
import { justBefore, type Scene, say, sentenceAround, word } from './scene.ts'

/** Who speaks for a seller. "chị", "anh", "chú" also mean others; the family is sorted out by its own words. */
export const SELLER = `(?<![.@/])(?:shop|sốp|họ|nó|hắn|tụi nó|bọn nó|bọn họ|chúng nó|tụi đó|bọn đó|mấy người đó|người ta|bên nó|bên bán|bên đó|bên kia|bên ấy|bên này|bên (?!em|tôi|mình|tui|nhà|con|cháu)[^\\s.,;]+|ngta|chỗ đó|ở đó|phía (?:bên |công ty|shop|họ|người bán)|người bán|người giao|chủ|chủ shop|chủ xưởng|chủ nhà|chủ quán|chủ tiệm|bà chủ|ông chủ|page|kênh|sàn|shopee|tiktok|lazada|tiki|ad|admin|chị ấy|anh ấy|cô ấy|ông ấy|bà ấy|anh chủ|chị chủ|cô chủ|chú chủ|ông bán|bà bán|chị bán|anh bán|cô bán|thằng bán|con bán|con nhỏ bán|nhỏ bán|thằng chủ|con chủ|thằng cha|ông ta|bà ta|cô ta|bả|ổng|cổ|ảnh|mấy ổng|mấy bả|nhân viên|(?:bạn|chị|anh) (?:í|nhân viên|sale|tư vấn|bán hàng)|bạn (?:ấy|đó)|người tư vấn|bên tư vấn|tư vấn viên|o nớ|lễ tân|quản lý|quản lí|giám đốc|kế toán|thu ngân|bảo vệ|tiếp tân|tài xế|phụ xe|lơ xe|thợ máy|tổng đài|tổng đài viên|chăm sóc khách hàng|cskh|bộ phận [^\\s.,]+(?: [^\\s.,]+){0,3}|ban quản lý|ban tổ chức|kỹ thuật|bác sĩ đó|cô giáo|thầy giáo|anh giao hàng|shipper|chị|anh ta|tư vấn|support|hotline|con nhỏ|ôn chủ|bác sĩ bên|(?:anh|ông|bà|cô|chú)(?= (?!tôi|em|mình|tui|nội|ngoại|ơi|con|cháu|chị|giúp|giùm|già|cán|nào))|thằng (?!bé)[^\\s.,]+|${HOUSE})`

/** "bảo hành", "báo giá", "nói chuyện" say nothing. */
const SAYS =
  '(?:bảo(?! (?:hành|lưu|hiểm|đảm|trì|quản|vệ|hanh|hiem|dam))|báo(?! (?:giá|cáo|công an|gia|hiem|hanh|hiểm))|nói(?! (?:(?:một|1) (?:câu|lời|tiếng)|chuyện|vậy|thế|hoài|nhiều|lớn|tiếng|chuyen|miết|hơi))|kêu(?! (?:như|ba gác|xe|thợ|to|ầm|rột|è|nhu))|biểu|trả lời(?: là)?|đáp|rep|phản hồi|đổ thừa|đổ lỗi|đổ tại|giải thích|viện cớ|viện lý do|viện lí do|lấy cớ|lấy lý do|lấy lí do|chối(?! (?:đây đẩy|bay|biến|phăng|bây))|(?:chối|cãi|chống chế|cười) (?:đây đẩy|bay|biến|hề hề|hì hì|phăng) (?:bảo|nói|kêu)|thách|dọa|doạ|hăm|hù|hô|thông báo|khăng khăng|cho rằng|khẳng định|nhắn lại|nhắn là|nhắn rằng|quát|nạt|lý do là|than|khất|chống chế|xin lỗi nhưng|hỏi ngược lại|phán|thề|reply|lặp đi lặp lại(?: một câu)?)(?! (?:điện thoại|vậy thôi)(?![\\p{L}\\p{M}]))'
const THAT = '(?: (?:là|rằng|lại|do là|với (?:em|tôi|mình|tui|chị|khách)|(?:cho |với )?(?:em|tôi|mình|tui) (?:là|rằng)))*(?![\\p{L}\\p{M}])[\\s:]*'
/** The seller was asked, written to, called: what is said next is their answer. */
const ASKS =
  '(?:hỏi|gọi|nhắn|ib|inbox|nt|mess|điện|alo|khiếu nại|đòi|đem|mang|báo|kêu|nói|phản ánh|liên hệ|liên lạc|xin|yêu cầu|gửi thư|gửi mail|gửi email|chat|quay lại|lên|ra|tới|xuống|qua|thắc mắc|cự|ý kiến|phàn nàn)'
const BY_SELLER = say(`${SELLER}(?: (?:[^\\s.,;]+)){0,4}? ${SAYS}${THAT}`)
const AFTER_ASKING = say(
  `${ASKS}(?: [^\\s.!?;|]+){0,12}? (?:thì|là|mà|nó|họ|cô|ông|bà|anh|chị|chú|o|ổng|bả|chủ|cổ|rồi)(?: [^\\s.!?;,|]+){0,2}? ${SAYS}${THAT}`,
)
/** "ngó ngó rồi về, nói tại trời mây": who speaks was named before. */
const UNNAMED = say(`(?<=(?:[,;.]|cứ|toàn|chỉ|toan)\\s)(?:nói|bảo(?! hành)|biểu|trả lời|noi)(?! (?:chuyện|thật|chung))${THAT}`)
/** "giờ báo dời qua sảnh nhỏ", "bây giờ nói chỉ đền gấp ba". */
const NOW = say(`(?<=(?:bây giờ|giờ|nay|chừ) )(?:nói|báo|bảo(?! (?:hành|lưu))|kêu|đòi)(?! (?:kiểu|sao|thế nào|lại|thì|ra|chuyện|vậy))${THAT}`)
/** "với lý do thợ nghỉ lễ": nobody needs to be named. */
const REASONED = say('(?:với|vì|lấy|đưa ra|viện|nêu) (?:cái )?(?:lý do|lí do|cớ)(?: (?:là|rằng))*(?![\\p{L}\\p{M}])[\\s:]*')

export interface Speech {
  /** Where who speaks begins, and all up to what is said. */
  readonly at: number
  readonly lead: string
  /** What is said: to the end of its clause. */
  readonly said: Place
}

/** @returns everything a seller says, in reading order. What the person and their family say is left out. */
export function speechesIn(scene: Scene): Speech[] {
  return [BY_SELLER, AFTER_ASKING, UNNAMED, NOW, REASONED]
    .flatMap((pattern) => [...scene.plain.matchAll(pattern)])
    .flatMap(({ index, 0: lead }) => {
      const said = restOfClause(scene, index + lead.length, ENDS_SPEECH, true)
      return said ? [{ at: index, lead, said }] : []
    })
    .filter(
      (speech) =>
        (isSaying(scene, speech.said) || CURT.test(scene.plain.slice(speech.said.start, speech.said.end))) &&
        !isSlip(scene, speech) &&
        !isSelf(speech) &&
        !isFamily(scene, speech),
    )
    .sort((a, b) => a.said.start - b.said.start)
}

/** One word that is an answer. */
const CURT = /^\s*(?:bận|ban|kệ|ke|chịu|chiu|hết|không|khong)\s*$/u

const ENDS_SPEECH = say(
  '(?:mà|nhưng|nhưng mà|thế mà|vậy mà|giờ tôi|giờ em|mình mong|mình muốn|(?<!(?:tại|do|với|cho|của|tai|voi|cua|bảo|kêu|bắt|lỗi|trả|gửi) )(?:tôi|em|tui))(?![\\p{L}\\p{M}])',
)
const CLAUSE = /[;!?\n|…()]|[.,](?=\s|$)| - /u
const QUOTATION = /^\s*["“‘«]([^"”’»\n|]{3,160})["”’»]/u
const MOST = 160

/** @returns the stretch from `start` to the end of its clause or to one of the words that begin another; words in quotation marks are one stretch. */
export function restOfClause(scene: Scene, start: number, stop: RegExp, overComma = false): Place | undefined {
  const rest = scene.plain.slice(start, start + MOST)
  const quotation = QUOTATION.exec(rest)
  if (quotation) return { start, end: start + quotation[0].length }
  const clause = rest.search(CLAUSE)
  const text = clause < 0 ? rest : rest.slice(0, overComma ? clauseEnd(rest, clause) : clause)
  const end = [...text.matchAll(stop)].find((match) => match.index > 0 && !OWNED.test(text.slice(0, match.index)))?.index ?? text.length
  return end > 0 ? { start, end: start + end } : undefined
}

/** "do xe [tui] bị chập điện": whose the cause is, not who goes on. */
const OWNED = /^\s*(?:là\s+|la\s+)?(?:do|tại|tai|vì|vi|lỗi|loi)(?:\s+[^\s.,;]+)?\s+(?!(?:tôi|toi|em|tui|mình)\s*$)[^\s.,;]+\s*$/u

const NEXT_CLAUSE =
  /^,(?!\s*(?:mà|ma|nhưng|nhung|giờ|gio|nay|tháng|thang|tuần|tuan|về|ve|tôi|toi|em|mình|minh|tui|đem|xài|tới|toi|rồi|roi|nên|nhận|mua|chuyển|trả|tiền)(?!\p{L}))(?:\s+[^\s,.;!?|]+){2,4}(?=\s*(?:[.,;!?|\n]|$))/u

/** "hết bột, không làm kịp": two or three words before a comma are not all that was said. */
function clauseEnd(rest: string, first: number): number {
  const words = rest.slice(0, first).trim().split(/\s+/).length
  return words === 2 || words === 3 ? first + (NEXT_CLAUSE.exec(rest.slice(first))?.[0].length ?? 0) : first
}

/** @returns whether the stretch holds two words or a number: enough to be said. */
export const isSaying = ({ plain }: Scene, { start, end }: Place): boolean => /\p{L}{2,}\P{L}+\p{L}|\d/u.test(plain.slice(start, end))

/** "tiệm có bao lâu" is no "bảo lâu", and "tin báo thì …" no answer. */
const isSlip = ({ plain, withMarks }: Scene, { lead, said }: Speech): boolean =>
  (withMarks && /(?:^|(?<!(?:shop|ho|ngta|ben do))\s)(?:bao|noi|keu|bat|than|dap)\s*$/.test(lead)) ||
  (!withMarks && /^(?:dien|ra|len|toi|qua|mang|dem|xin|doi)(?!\p{L})/u.test(lead)) ||
  (!withMarks && /(?:^|\s)(?:quat|ho|hu|nat|hu|ham|doa|than|thach|khat|chong che)\s*$/.test(lead)) ||
  (!withMarks && (/^(?:co|ba|chu) /.test(lead) || /(?:^|\s)(?:dap|phan|the)\s*$/.test(lead))) ||
  /^\s*(?:giùm|giúp|hộ|dùm|gium|giup)(?!\p{L})/u.test(plain.slice(said.start, said.end)) ||
  /tin b[aá]o\s*$/u.test(lead) ||
  /^th[iì](?!\p{L})/u.test(plain.slice(said.start, said.start + 4))

/** "gọi thì tôi nói …": the person speaks. */
const SELF_SAYS =
  /(?<![\p{L}\p{M}])(?:tôi|toi|em|mình|minh|tui|e|mk|chúng tôi)\s+(?:(?:có|cũng|mới|lại|đã|phải|thì|vẫn)\s+)*\S+(?:\s+(?:lại|là|rằng|lời|hồi))*[\s:]*$/u
const isSelf = ({ lead }: Speech): boolean => SELF_SAYS.test(lead)

/** Without marks only words that mean nobody else: "ban" is also the seller, "ma" also "mà". */
const FAMILY =
  '(?:cháu|chau|con(?! nhỏ (?:nói|bảo|kêu|đó))|con trai|con gái|con gai|bé|thằng bé|vợ|vo|chồng|chong|bố|mẹ|me|má|bạn|thợ|tho|thợ sửa|tho sua|hàng xóm|hang xom|người nhà|nguoi nha|người quen|nguoi quen|bác sĩ|bac si)(?: (?:tôi|toi|em|mình|minh|tui|nội|noi|ngoại|ngoai|gái|trai|út|ut|lớn|nhỏ))?'
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
const isFamily = ({ plain }: Scene, { at, lead }: Speech): boolean =>
  (FAMILY_SPEAKS.test(justBefore(plain, at) + lead) && !isTheirWorker(plain, at, lead)) ||
  OTHER_SHOP.test(lead) ||
  (/^n[oó](?!\p{L})/u.test(lead) && KIN_LAST.test(justBefore(plain, at)))

/** "Mang vô tiệm, thằng thợ nói …": of those one went back to. */
const isTheirWorker = (plain: string, at: number, lead: string): boolean =>
  /th(?:ợ|o)(?:\s+\S+)?\s+\S+\s*(?:là\s*)?$/u.test(lead) && wentBack(plain, sentenceAround(plain, { start: at, end: at }).start, at)

/** "Tiệm khác bóc ra nói đồ giả". */
const OTHER_SHOP = /^[^.,;]{2,12}\s(?:khác|khac)\s/u

/** @returns whether somebody of the family says something in the text, and no seller does. */
export const familySpeaks = ({ plain }: Scene): boolean => SPOKEN_AT_HOME.test(plain)

const COMPLAINED_SURELY = word('hỏi|gọi(?! là)|nhắn|ib|inbox|khiếu nại|phản ánh|phàn nàn|gửi (?:email|mail|thư)|liên hệ|thắc mắc')

/** @returns whether the seller had been asked or written to before `at`. */
export const wasAsked = ({ plain }: Pick<Scene, 'plain'>, at: number): boolean =>
  [...plain.slice(Math.max(0, at - ASKED_REACH), at).matchAll(COMPLAINED_SURELY)].length > 0
const AT_SALE = say(
  '(?:lúc (?:mua|bán|đầu|đặt|ký|chốt|tư vấn)|khi (?:mua|bán|đặt|ký|chốt|tư vấn)|trước khi (?:mua|đặt|ký)|ban đầu|hồi đầu|tư vấn|mời|dụ|giới thiệu|chào hàng|hội thảo)(?![\\p{L}\\p{M}])',
)
const EXCUSE =
  /hết bảo hành|het bao hanh|(?:rồi|roi|xong)\s*$|^\s*(?:(?:là|thôi|cứ|đang|dang|tui|tôi|em|chị|anh|bác|để|cô)\s+)*(?:chờ|cho|đợi|doi|để|de|do|tại|tai|không|khong|ko|chưa|chua|hết|het|hẹn|mai|đang|dang|sẽ|se|thôi|bận|lỗi|vì|thông cảm|chịu|làm rồi|ký rồi|kệ|ráng|rán|đã|mùa|lần sau|xin lỗi|trả|hoàn|đổi|(?:gửi|gui)(?! (?:tiết|tiet|tiền|tien))|giao|bù|kẹt|chỉ|phải|ket)(?![\p{L}\p{M}])/u
/** "mà hồi bán nó nói chống nước". */
const SAID_WHEN_SOLD = /(?<!\p{L})(?:hồi|lúc|luc|khi|trước khi|hoi)\s+(?:mua|bán|ban|ký|đặt|chốt|tư vấn)(?!\p{L})/u
/** Quality that is measured was promised, not an excuse. */
const MEASURED =
  /%|phần trăm|phan tram|\d sao(?!\p{L})|(?:được|chịu|bao)\s+\d|(?:chữa|trị|chống)\s+(?:được\s+)?\p{L}+|(?:dùng|xài|dung|xai)\s+(?:thử|thu)\s+\d|\d\s+(?:ngày|hôm|bữa|tuần|tháng|ngay|hom|bua|tuan)\s+(?:(?:là|thì|la|thi)\s+)?(?:thấy|hết|khỏi|trắng|giảm|đậu|có|thay|het|khoi|trang|giam|co)(?!\p{L})/u
/** How far back the seller may have been asked. */
const ASKED_REACH = 200

/** @returns whether it was said of the goods before they were bought: it is no excuse, nobody had gone back to complain, and it turned out otherwise or stands beside the sale. */
export function isAtSale({ plain }: Scene, { at, lead, said }: Speech): boolean {
  if (EXCUSE.test(plain.slice(said.start, said.end))) return false
  if (SAID_WHEN_SOLD.test(plain.slice(Math.max(0, at - 24), said.start))) return true
  if (startsAsking(lead)) return false
  const measured =
    MEASURED.test(plain.slice(said.start, said.end)) &&
    !REMEDY_OFFERED.test(plain.slice(said.start, said.end)) &&
    !wentBack(plain, Math.max(0, at - ASKED_REACH), at)
  if (measured || !CLAIMS.test(lead)) return measured
  const { start } = sentenceAround(plain, { start: at, end: said.end })
  if (turnsOut(plain, said) && !wentBack(plain, start, at)) return true
  if (wentBack(plain, Math.max(0, at - ASKED_REACH), at)) return false
  return has(AT_SALE, plain.slice(start, at) + lead) || isBeforeTrouble(plain, at, said.end)
}

/** "nhầm lịch, chỉ hoàn 50%": so much is given back, not promised. */
const REMEDY_OFFERED = /(?<!\p{L})(?:hoàn|đền|bù|trả (?:lại )?\d|hoan|chỉ trả|chi tra)(?!\p{L})/u

/** Words of praising; "bảo", "báo", "kêu" also tell what is to be done. */
const CLAIMS = /(?:n[oó]i|bi[eể]u|hô|khẳng định|thề)(?:\s|$|:)/u

const startsAsking = (lead: string): boolean => lead.matchAll(WENT_BACK).next().value?.index === 0

/** @returns whether it answers somebody who had gone back or asked just before. */
export const answersAsking = ({ plain }: Scene, { at, lead, said }: Speech): boolean =>
  startsAsking(lead) || wentBack(plain, sentenceAround(plain, { start: at, end: said.end }).start, at)

const has = (pattern: RegExp, text: string): boolean => text.matchAll(pattern).next().value !== undefined

/** Who goes back to a seller, or asks, has something to complain of; "cho tôi hỏi" is said to us. */
const WENT_BACK = say(
  '(?:(?<!(?:cho|xin) (?:(?:tôi|em|mình|tui|con|cháu|hội|chị|anh) )?)hỏi(?! (?:ơi|oi))|mắng vốn|phản ứng|trách móc|cự lại|nhắn|ib|inbox|khiếu nại|phản ánh|phàn nàn|góp ý|báo lại|báo hỏng|gửi (?:email|mail|thư)|thắc mắc|đòi|bắt đền|gọi (?:lại|ra|lên|tới|vào|vô|hỏi|điện|cho|ổng|họ|nó|shop|số|tổng đài|hoài|thì)|alo (?:thì|hỏi|lại)|điện (?:lại|ra|lên|hỏi|cho|thì)|(?:lên|ra|tới|đến|xuống|qua|đem|mang|chở|quay|trở|ghé|dắt|chạy)(?: [^\\s.,;]+){0,5}? (?:lại|trả|hỏi|đổi|thì|ngược)|(?:mang|đem|chở|dắt) (?:ra|vô|vào|lên|tới|qua|đến|xuống|lại))(?![\\p{L}\\p{M}])',
)
const wentBack = (plain: string, from: number, to: number): boolean => has(WENT_BACK, plain.slice(from, to))

const TROUBLE = word(
  'hư|hỏng|bể|vỡ|lỗi|cháy|khét|chết|rách|mốc|hết hạn|tróc|gãy|nứt|sọc|sai|thiếu|nhầm|giả|đem về|về nhà|mở ra|bóc ra|khui ra|tới nơi|không (?:chạy|lên|nóng|lạnh|vô|được|thấy)|chưa (?:giao|thấy|nhận)|hủy|giữ (?:luôn )?(?:cọc|tiền)',
)

/** What was said while nothing had gone wrong, and what went wrong, or the going back, is told behind it. */
const isBeforeTrouble = (plain: string, at: number, end: number): boolean =>
  !has(TROUBLE, plain.slice(0, at)) && (has(TROUBLE, plain.slice(end)) || wentBack(plain, end, plain.length))

const turnsOut = (plain: string, { end }: Place): boolean =>
  /^[\s,.]*(?:mà|ma|nhưng|nhung|ai dè|ai ngờ|ai de|đến khi|tới khi|tới nơi|toi noi|về|ve|xài|mở ra|đem về|rốt cuộc|tui mua|nên tôi|nên em|giờ|gio|thế mà|vậy mà)(?![\p{L}\p{M}])/u.test(
    plain.slice(end, end + 16),
  )
