/** What somebody of the seller's said, and whether it was said at the sale or when they were asked about what went wrong. */
import type { Place } from '../../../knowledge/language/aligned.ts'
import { HOUSE } from './houses.ts'
import { hasTrouble, startsAsking, wasBought, wentBack } from './passages.ts'
import { justBefore, onceAScene, type Scene, say, sentenceAround, word } from './scene.ts'

/** Who speaks for a seller. "chị", "anh", "chú" also mean others; the family is sorted out by its own words. */
export const SELLER = `(?<![.@/])(?:shop|sốp|họ|nó|hắn|tụi nó|bọn nó|bọn họ|chúng nó|tụi đó|bọn đó|mấy người đó|người ta|bên nó|bên bán|bên đó|bên kia|bên ấy|bên này|bên (?!em|tôi|mình|tui|nhà|con|cháu)[^\\s.,;]+|ngta|chỗ đó|ở đó|phía (?:bên |công ty|shop|họ|người bán)|người bán|người giao|chủ|chủ shop|chủ xưởng|chủ nhà|chủ quán|chủ tiệm|bà chủ|ông chủ|page|kênh|sàn|shopee|tiktok|lazada|tiki|ad|admin|chị ấy|anh ấy|cô ấy|ông ấy|bà ấy|anh chủ|chị chủ|cô chủ|chú chủ|ông bán|bà bán|chị bán|anh bán|cô bán|thằng bán|con bán|con nhỏ bán|nhỏ bán|thằng chủ|con chủ|thằng cha|ông ta|bà ta|cô ta|bả|ổng|cổ|ảnh|mấy ổng|mấy bả|nhân viên|(?:bạn|chị|anh) (?:í|nhân viên|sale|tư vấn|bán hàng)|bạn (?:ấy|đó)|người tư vấn|bên tư vấn|tư vấn viên|o nớ|lễ tân|quản lý|quản lí|giám đốc|kế toán|thu ngân|bảo vệ|tiếp tân|tài xế|phụ xe|lơ xe|thợ máy|tổng đài|tổng đài viên|chăm sóc khách hàng|cskh|bộ phận [^\\s.,]+(?: [^\\s.,]+){0,3}|ban quản lý|ban tổ chức|kỹ thuật|bác sĩ đó|cô giáo|thầy giáo|anh giao hàng|shipper|chị|anh ta|tư vấn|support|hotline|con nhỏ|ôn chủ|bác sĩ bên|rạp|vườn ươm|nhà vườn|nhà thầu|thầu|bệnh viện|viện|lò|sạp|bãi|trại giống|(?:anh|ông|bà|cô|chú)(?= (?!tôi|em|mình|tui|nội|ngoại|ơi|con|cháu|chị|giúp|giùm|già|cán|nào))|thằng (?!bé)[^\\s.,]+|${HOUSE})`

/** "bảo hành", "báo giá", "nói chuyện" say nothing. */
const SAYS =
  '(?:bảo(?! (?:hành|lưu|hiểm|đảm|trì|quản|vệ|hanh|hiem|dam)(?![\\p{L}\\p{M}]))|báo(?! lỗi(?! (?:hệ thống|kho|do|tại))| (?:giá|cáo|công an|gia|hiem|hanh|hiểm)(?![\\p{L}\\p{M}])| \\d)|nói(?! (?:mun|man|mẩn|mụn|(?:một|1) (?:câu|lời|tiếng)|ngọt|dẻo|khéo|xạo|láo|phét|thiệt|có trời|chuyện|vậy|thế|hoài|nhiều|lớn|tiếng|chuyen|miết|hơi)(?![\\p{L}\\p{M}]))|kêu(?! (?:như|ba gác|xe|thợ|to|ầm|rột|è|nhu)(?![\\p{L}\\p{M}]))|biểu|trả lời(?: là)?|đáp|rep|phản hồi|đổ thừa|đổ cho|đổ lỗi|đổ tại|giải thích|viện cớ|viện lý do|viện lí do|lấy cớ|lấy lý do|lấy lí do|chối(?! (?:đây đẩy|bay|biến|phăng|bây))|(?:chối|cãi|chống chế|cười) (?:đây đẩy|bay|biến|hề hề|hì hì|phăng) (?:bảo|nói|kêu)|thách|dọa|doạ|hăm|hù|hô|thông báo|khăng khăng|cho rằng|khẳng định|nhắn lại|nhắn là|nhắn rằng|quát|nạt|lý do là|than|khất|chống chế|xin lỗi nhưng|hỏi ngược lại|phán|thề|reply|dặn|giới thiệu|lặp đi lặp lại(?: một câu)?)(?! (?:điện thoại|vậy thôi)(?![\\p{L}\\p{M}]))'
const THAT =
  '(?: (?:là|rằng|lại|do là|với (?:em|tôi|mình|tui|chị|khách)|(?:cho |với )?(?:em|tôi|mình|tui) (?:là|rằng)))*(?![\\p{L}\\p{M}])(?:[^\\S\\n]|:\\s*)*'
/** The seller was asked, written to, called: what is said next is their answer. */
const ASKS =
  '(?:hỏi|gọi|nhắn|ib|inbox|nt|mess|điện|alo|khiếu nại|đòi|đem|mang|báo|kêu|nói|phản ánh|liên hệ|liên lạc|xin|yêu cầu|gửi thư|gửi mail|gửi email|gửi(?: (?:hình|ảnh|clip|video|lại))?(?= (?:thì|qua|cho))|chat|quay lại|lên|ra|tới|xuống|qua|thắc mắc|cự|ý kiến|phàn nàn)'
const BY_SELLER = say(`${SELLER}(?: (?:[^\\s.,;]+)){0,4}? ${SAYS}${THAT}`)
const AFTER_ASKING = say(
  `${ASKS}(?: [^\\s.!?;|]+){0,12}? (?:thì|là|mà|nó|họ|cô|ông|bà|anh|chị|chú|o|ổng|bả|chủ|cổ|rồi)(?: [^\\s.!?;,|]+){0,2}? ${SAYS}${THAT}`,
)
/** "ngó ngó rồi về, nói tại trời mây", "hôm sau nói đã đóng đủ": who speaks was named before. */
const UNNAMED = say(
  `(?<=(?:[,;.]|cứ|toàn|chỉ|toan|(?:hôm sau|hôm qua|bữa sau|lần sau|sau đó|sau)(?: (?:lại|thì))?|rồi|rồi lại|và)\\s)(?:nói|bảo(?! hành)|biểu|trả lời|noi)(?! (?:chuyện|thật|chung|mun|man))${THAT}`,
)
/** "Út nói mai giảo năm cánh", "nhỏ thợ nói …": whoever it is that neither is the person nor theirs. */
const SOMEBODY = say(
  `(?<=(?:^|[.,;\\n]|thì|mà)\\s{0,2})(?:(?!(?:khi|hồi|lúc|nghe|tôi|em|mình|tui|con|cháu|để|nhưng)[\\s])[^\\s.,;:!?|]+ ){1,3}?(?<!(?:không|chưa|có|phải|để|nghe|ai|hay|xin|muốn|dám|biết|được|cứ|vừa|lời|mà|nên|như|hồi|lúc|đã|cũng|lại|mới|tôi|em|mình|tui|con|cháu) )(?:nói|bảo|biểu|trả lời|đáp|dặn)(?! (?:chuyện|thật|chung|hành|vậy|thế|trước|sao|gì|lưu|hiểm|đảm|vệ))${THAT}`,
)
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
export const speechesIn = onceAScene((scene: Scene): readonly Speech[] =>
  [BY_SELLER, AFTER_ASKING, UNNAMED, NOW, REASONED, ...(scene.withMarks ? [SOMEBODY] : [])]
    .flatMap((pattern) => [...scene.plain.matchAll(pattern)])
    .flatMap(({ index, 0: lead }) => {
      const said = restOfClause(scene, index + lead.length, ENDS_SPEECH, true)
      return said ? [{ at: index, lead, said }] : []
    })
    .filter(
      (speech) =>
        (isSaying(scene, speech.said) || CURT.test(scene.plain.slice(speech.said.start, speech.said.end))) &&
        !isSlip(scene, speech) &&
        !isNamed(scene, speech) &&
        !saysWhere(scene, speech) &&
        !isWished(scene, speech) &&
        !isSelf(scene, speech) &&
        !isFamily(scene, speech),
    )
    .sort((a, b) => a.said.start - b.said.start),
)

/** "tôi cần họ giải thích rõ ràng": what they are to say. */
const WANTED_OF = /(?<!\p{L})(?:cần|muốn|mong|yêu cầu|đề nghị|buộc|can|muon|yeu cau|de nghi)\s+$/u
const isWished = ({ plain }: Scene, { at }: Speech): boolean => WANTED_OF.test(justBefore(plain, at))

/** "Người bán nói ở Kho Ấm Gia": where they are from. */
const saysWhere = ({ caseless, written }: Scene, { said }: Speech): boolean =>
  !caseless && /^\s*(?:là\s+)?(?:ở|bên|tên|của)\s+\p{Lu}[\p{L}\p{M}]*(?:\s+\p{Lu}[\p{L}\p{M}]*)*\s*$/u.test(written(said.start, said.end))

/** In "Lương Quốc Bảo" nobody says anything. */
const NAMED = /(?:^|\s)\p{Lu}[\p{L}\p{M}]*\s+\p{Lu}\p{Ll}[\p{L}\p{M}]*[\s:]*$/u
const isNamed = ({ caseless, written }: Scene, { at, said }: Speech): boolean => !caseless && NAMED.test(written(at, said.start))

/** One word that is an answer. */
const CURT = /^\s*(?:bận|ban|kệ|ke|chịu|chiu|hết|không|khong)\s*$/u

const ENDS_SPEECH = say(
  '(?:mà|nhưng|nhưng mà|thế mà|vậy mà|giờ tôi|giờ em|mình mong|mình muốn|(?<!(?:tại|do|với|cho|của|tai|voi|cua|bảo|kêu|bắt|lỗi|trả|gửi|nhà|tóc|da|mặt|răng|tay|người|xe|máy|bếp|con|bé|điện|nước|mắt) )(?:tôi|em|tui))(?![\\p{L}\\p{M}])',
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
  (!withMarks && /choi\s*$/.test(lead)) ||
  /^\s*(?:là\s+|la\s+)?(?:cái\s+)?(?:gì|chi|sao)(?!\p{L})/u.test(plain.slice(said.start, said.end)) ||
  /^th[iì](?!\p{L})/u.test(plain.slice(said.start, said.start + 4))

/** "gọi thì tôi nói …": the person speaks. */
const SELF_SAYS =
  /(?<![\p{L}\p{M}])(?:tôi|toi|em|mình|minh|tui|e|mk|chúng tôi)\s+(?:(?:có|cũng|mới|lại|đã|phải|thì|vẫn)\s+)*\S+(?:\s+(?:lại|là|rằng|lời|hồi))*[\s:]*$/u
const SELF_ALWAYS = /(?<!\p{L})(?:tôi|toi|em|mình|minh|tui)\s+(?:cứ|cu|toàn|chỉ|phải|phai)\s+$/u
const isSelf = ({ plain }: Scene, { at, lead }: Speech): boolean => SELF_SAYS.test(lead) || SELF_ALWAYS.test(justBefore(plain, at))

/** Without marks only words that mean nobody else: "ban" is also the seller, "ma" also "mà". */
const FAMILY =
  '(?:cháu|chau|con(?! nhỏ (?:nói|bảo|kêu|đó))|(?:thằng |con )?con (?:nuôi|rể|dâu|re|dau)|con trai|con gái|con gai|bé|thằng bé|vợ|vo|chồng|chong|bố|mẹ|me|má|bạn|thợ|tho|thợ sửa|tho sua|hàng xóm|hang xom|người nhà|nguoi nha|người quen|nguoi quen|bác sĩ|bac si)(?: (?:tôi|toi|em|mình|minh|tui|nội|noi|ngoại|ngoai|gái|trai|út|ut|lớn|nhỏ))?'
/** "shop gọi cho cháu nói …": the seller speaks to the family. */
const FAMILY_SPEAKS = new RegExp(
  `(?<![\\p{L}\\p{M}])(?<!(?:cho|với|voi|gọi|goi|nhắn|nhan|bà|ba|của|cua)\\s+)${FAMILY}(?:\\s+(?:nó|no|thì|thi|xem|coi|về|ve|dìa|zìa|tới|rồi|roi|mới|moi|cũng|cung))*\\s+(?:bảo|bao|nói|noi|kêu|keu|trả lời|đáp|báo)(?:\\s+(?:là|la|rằng|rang))*[\\s:]*$`,
  'u',
)
const SPOKEN_AT_HOME = new RegExp(FAMILY_SPEAKS.source.replace(/\$$/, ''), 'u')
/** "cháu tôi xem, nó nói …": "nó" is the one named last, unless it was asked or written to. */
const KIN_LAST =
  /(?<![\p{L}\p{M}])(?:cháu|chau|thằng bé|con trai|con gái|con gai|thợ|tho)(?![\p{L}\p{M}])(?!.*(?:shop|bán|(?<!\p{L})ban(?!\p{L})|công ty|cong ty|tiệm|tiem|nhắn|nhan|gọi|goi|hỏi|hoi|(?<!\p{L})ib(?!\p{L})|khiếu nại|khieu nai))[^.!?\n|]*$/u

/** "cháu nó nói hàng Trung Quốc": somebody of the family speaks, not the seller. */
const isFamily = ({ plain }: Scene, { at, lead }: Speech): boolean =>
  (FAMILY_SPEAKS.test(justBefore(plain, at) + lead) && !isTheirWorker(plain, at, lead) && !isTheirDoctor(plain, lead)) ||
  OTHER_SHOP.test(lead) ||
  othersSpeak({ plain }, at, lead) ||
  (/^n[oó](?!\p{L})/u.test(lead) && KIN_LAST.test(justBefore(plain, at)))

/** "Mang vô tiệm, thằng thợ nói …": of those one went back to. */
const isTheirWorker = (plain: string, at: number, lead: string): boolean =>
  /th(?:ợ|o)(?:\s+\S+)?\s+\S+\s*(?:là\s*)?$/u.test(lead) && wentBack(plain, sentenceAround(plain, { start: at, end: at }).start, at)

/** "Tiệm khác bóc ra nói đồ giả". */
const OTHER_SHOP = /^[^.,;]{2,12}\s(?:khác|khac)\s/u

/** Where a clinic is complained about, its doctor speaks for it. */
const isTheirDoctor = (plain: string, lead: string): boolean =>
  /b[aá]c s[iĩ]|(?<!\p{L})bs(?!\p{L})/u.test(lead) && /nha khoa|phòng khám|thẩm mỹ|thú y|mắt kính|răng|phong kham|tham my|rang su/u.test(plain)

/** Those who look at the goods for the person. */
const OTHERS = word(
  '(?:tiệm|chỗ|nơi|shop|cửa hàng|thợ|người|quán|gara|garage|bên|nhà) (?:khác|quen|chính hãng|rành)|(?:cửa hàng|tiệm|store|shop) hãng|hỏi thợ|kỹ sư|kĩ sư|bệnh viện|trạm y tế|trung tâm kiểm|giám định|kiểm định|kiểm nghiệm|công an|hàng xóm|tổ trưởng|trưởng (?:thôn|làng|ấp|bản)|già làng|ban quản lý chợ|người rành|thú y|khuyến nông|cán bộ|(?:gọi|lên|ra|tới|nhắn)(?: [^\\s.,;]+)? hãng(?: [^\\s.,;]+)? hỏi|hỏi (?:bên )?hãng',
)
/** Whose words are theirs, not a seller's. */
const PLAINLY_SELLER = /(?:shop|nhắn|trại|xưởng|bán|chủ|page|nhân viên|quản lý|tổng đài|sàn|(?<!\p{L})ban(?!\p{L})|chu |nhan vien)/u

/** @returns whether what is told at `at` was told by somebody who looked at the goods: they were named last in the sentence. */
export function othersSpeak({ plain }: Pick<Scene, 'plain'>, at: number, lead = ''): boolean {
  const { start } = sentenceAround(plain, { start: at, end: at })
  const last = [...plain.slice(start, at + lead.length).matchAll(OTHERS)].at(-1)
  return last !== undefined && !PLAINLY_SELLER.test(plain.slice(start + last.index + last[0].length, at + lead.length))
}

/** @returns whether somebody of the family says something in the text, and no seller does. */
export const familySpeaks = ({ plain }: Scene): boolean => SPOKEN_AT_HOME.test(plain) && !WORKER_SPEAKS.test(plain)

/** "Thợ thề là không tráo": who was gone back to. */
const WORKER_SPEAKS = /^\s*(?:thợ|tho|bác sĩ|bac si)\s/u

const COMPLAINED_SURELY = word(
  'hỏi|gọi(?! là)|nhắn|ib|inbox|khiếu nại|phản ánh|phàn nàn|gửi (?:email|mail|thư)|liên hệ|thắc mắc|điện thoại yêu cầu|quay lại|(?:mang|đem|chở) lại|bắt đền|đòi lại',
)

/** @returns whether the seller had been asked or written to before `at`. */
export const wasAsked = ({ plain }: Pick<Scene, 'plain'>, at: number): boolean =>
  has(COMPLAINED_SURELY, plain.slice(Math.max(0, at - ASKED_REACH), at))
const AT_SALE = say(
  '(?:lúc (?:mua|bán|đầu|đặt|ký|chốt|tư vấn)|khi (?:mua|bán|đặt|ký|chốt|tư vấn)|trước khi (?:mua|đặt|ký)|ban đầu|hồi đầu|tư vấn|mời|dụ|giới thiệu|chào hàng|hội thảo)(?![\\p{L}\\p{M}])',
)
const EXCUSE =
  /hết bảo hành|het bao hanh|(?:rồi|roi|xong)\s*$|^\s*(?:(?:là|thôi|cứ|đang|dang|tui|tôi|em|chị|anh|bác|để|cô)\s+)*(?:chờ|cho|đợi|doi|để|de|do|tại|tai|không|khong|ko|chưa|chua|hết|het|hẹn|mai|đang|dang|sẽ|se|thôi|bận|lỗi|vì|thông cảm|chịu|làm rồi|ký rồi|kệ|ráng|rán|đã|mùa|lần sau|xin lỗi|trả|hoàn|đổi|(?:gửi|gui)(?! (?:tiết|tiet|tiền|tien))|giao|bù|kẹt|chỉ|phải|ket)(?![\p{L}\p{M}])/u
/** Nobody sells with these. */
const SURE_EXCUSE =
  /hết bảo hành|het bao hanh|^\s*(?:(?:là|thôi|cứ|đang|dang|tui|tôi|em|chị|anh|bác|cô)\s+)*(?:chờ|đợi|doi|tại|tai|do(?! \p{L}+ (?:sản xuất|làm))|lỗi|loi|hết|het|hẹn|bận|kẹt|ket|thông cảm|thong cam|chịu|ráng|rán|xin lỗi|ký rồi|kệ|vì)(?![\p{L}\p{M}])/u
const REFUSES =
  /(?:không|khong|ko|(?<!\p{L})k)\s+(?:bảo hành|đổi|hoàn|nhận|giải quyết|chịu|hỗ trợ|bao hanh|doi|hoan|nhan|giai quyet|chiu|ho tro)(?!\p{L})/u
/** "bà không trả cọc, nói là làm dơ tường". */
const REFUSED_BEFORE =
  /(?:không|khong|ko|(?<!\p{L})k)\s+(?:chịu\s+|chiu\s+)?(?:bảo hành|đổi|hoàn|trả|giải quyết|bao hanh|doi|hoan|tra|giai quyet)(?!\p{L})(?:\s+[^\s.,;]+){0,3}\s*,\s*$/u
/** "mà hồi bán nó nói chống nước". */
const SAID_WHEN_SOLD = /(?<!\p{L})(?:hồi|lúc|luc|khi|trước khi|hoi)\s+(?:mua|bán|ban|ký|đặt|chốt|tư vấn)(?!\p{L})/u
/** "nghe nó bảo yến không pha". */
const HEARD = /(?<!\p{L})nghe\s+(?:\p{L}+\s+){0,2}$/u
/** Quality that is measured was promised, not an excuse. */
const MEASURED =
  /%|phần trăm|phan tram|\d sao(?!\p{L})|(?:được|chịu|bao)\s+\d|(?:chữa|trị|chống)\s+(?:được\s+)?\p{L}+|(?:dùng|xài|dung|xai)\s+(?:thử|thu)\s+\d|\d\s+(?:ngày|hôm|bữa|tuần|tháng|ngay|hom|bua|tuan)\s+(?:(?:là|thì|la|thi)\s+)?(?:thấy|hết|khỏi|trắng|giảm|đậu|có|thay|het|khoi|trang|giam|co)(?!\p{L})/u
/** How far back the seller may have been asked. */
const ASKED_REACH = 200

/** @returns whether it was said of the goods before they were bought: it is no excuse, nobody had gone back to complain, and it turned out otherwise or stands beside the sale. */
export function isAtSale(scene: Scene, speech: Speech): boolean {
  const { plain } = scene
  const { at, lead, said } = speech
  const words = plain.slice(said.start, said.end)
  if (
    BAD_NEWS.test(words) ||
    SURE_EXCUSE.test(words) ||
    REFUSES.test(words) ||
    REFUSED_BEFORE.test(plain.slice(sentenceAround(plain, said).start, at))
  )
    return false
  if (SAID_WHEN_SOLD.test(plain.slice(Math.max(0, at - 24), said.start)) || (HEARD.test(justBefore(plain, at)) && !/k[eê]u/u.test(lead))) return true
  if (wentBack(lead, 0, lead.length) || REPLIES.test(lead) || /(?:giờ|nay|chừ|gio|chu)\s+$/u.test(justBefore(plain, at))) return false
  if (wentBack(plain, Math.max(0, at - ASKED_REACH), at)) return false
  if (EXCUSE.test(words)) return isSoldWith(scene, speech) && !/(?<!\p{L})(?:hết|het|còn|con)(?!\p{L})/u.test(words)
  if (MEASURED.test(words) && !REMEDY_OFFERED.test(words)) return true
  if (!CLAIMS.test(lead)) return isSoldWith(scene, speech)
  const { start } = sentenceAround(plain, { start: at, end: said.end })
  if (isPraised(scene, speech)) return true
  return turnsOut(plain, said) || has(AT_SALE, plain.slice(start, at) + lead) || isBeforeTrouble(scene, at, said.end)
}

/** @returns whether something shows that it was said after the trouble, to somebody who complained of it; where nothing does, they are asked. */
export function isReply(scene: Scene, { at, lead, said }: Speech): boolean {
  const { plain } = scene
  if (REPLIES.test(lead) || BY_NOW.test(justBefore(plain, at))) return true
  if (GIVES_REASON.test(lead) && !isAsked(scene, at, lead) && !has(TURNED_AWAY, plain.slice(sentenceAround(plain, said).start, at))) return false
  if (!canAnswer(scene, said) || isPriced(scene, at, said.start)) return false
  return isRefusal(scene, at, said) || hasTrouble(scene, 0, at) || isAsked(scene, at, lead)
}

/** An excuse, or what is refused, in what is said or right before it. */
function isRefusal({ plain }: Scene, at: number, said: Place): boolean {
  const { start, end } = sentenceAround(plain, said)
  const goesOn = plain.slice(said.start, end)
  const refuses = REFUSES.test(goesOn) || KEEPS.test(goesOn) || REFUSED_BEFORE.test(plain.slice(start, at))
  return refuses || SURE_EXCUSE.test(plain.slice(said.start, said.end))
}

/** "rách viền không trả cọc". */
const KEEPS = /(?<!\p{L})(?:không|khong|ko|k)\s+(?:trả|tra)\s+(?:lại\s+|lai\s+)?(?:cọc|coc|tiền|tien)(?!\p{L})/u

/** "nó nói hư lốc": what is wrong with a thing promises nothing. */
const BAD_NEWS = /^\s*(?:là\s+|nó\s+|bị\s+|máy\s+|xe\s+)*(?:hư|hỏng|hong|cháy|chay|chết|chet|lỗi|mòn|gãy|gay|bể|vỡ|đứt)(?!\p{L})/u

/** @returns whether something went wrong, or was paid for, before it was said. */
export const canAnswer = (scene: Scene, said: Place): boolean => hasTrouble(scene, 0, said.start) || !isBeforePaying(scene, said)

/** Why a seller did something unasked, as cancelling, is the trouble itself; why they refuse is their answer. */
const GIVES_REASON = /^(?:với|vì|lấy|đưa ra|voi|vi|lay|dua ra)\s.*(?:lý|lí|ly|li) do/u
const TURNED_AWAY = word('từ chối|(?:không|ko|k|chẳng|chả|hổng) (?:chịu|cho|nhận|hoàn|trả|đổi|bảo hành|giải quyết|đồng ý)')

/** @returns whether a price stands among the words, or right before them: "nó lấy một triệu tám nói thay bộ nồi". */
export const isPriced = ({ plain, amounts }: Scene, at: number, to = at + PRICE_NEAR): boolean =>
  amounts.some(({ index, text }) => index < to && index + text.length >= at - 2 && TAKES.test(justBefore(plain, index)))
const PRICE_NEAR = 16
const TAKES = /(?:lấy|thu|tính|hết|giá|lay|tinh|het|gia)(?:\s+(?:của )?(?:tôi|em|mình|tui|là|tiền|toi|minh|tien))*\s+$/u

/** Who asks before they pay, with nothing wrong yet, asks about the goods: "hỏi thì bảo cứ ăn đi tính rẻ". */
const isBeforePaying = ({ amounts }: Scene, { end }: Place): boolean => amounts.length > 0 && amounts.every(({ index }) => index >= end)

/** Right before what is said somebody came back, and not only to buy. */
const isAsked = ({ plain }: Scene, at: number, lead: string): boolean =>
  wentBack(plain, Math.max(0, at - ASKED_REACH), at) || wentBack(lead, 0, lead.length)

/** "giờ nói", "nay bảo". */
const BY_NOW = /(?:giờ|nay|chừ|gio|chu)\s+$/u

/** Bought or paid for before, otherwise behind, and nothing wrong yet. */
function isSoldWith(scene: Scene, { at, said }: Speech): boolean {
  const { plain, amounts } = scene
  const from = Math.max(0, at - ASKED_REACH)
  const words = plain.slice(said.start, said.end)
  if (!QUALITY.test(words) || hasTrouble(scene, said.start, said.end)) return false
  const isSale =
    wasBought(plain, from, said.start) || amounts.some(({ index }) => index >= from && index < at) || wentBack(plain, said.end, plain.length)
  return isSale && (isBeforeTrouble(scene, at, said.end) || (turnsOut(plain, said) && !hasTrouble(scene, 0, at)))
}

/** "lấy một triệu tám, nói thay bộ nồi", "mua của bà, bà nói không pha": beside the price or the buying, and nothing wrong since. */
function isPraised(scene: Scene, { at, lead, said }: Speech): boolean {
  const { plain, amounts } = scene
  const { start } = sentenceAround(plain, { start: at, end: said.end })
  const paid = amounts.find(({ index }) => index >= start && index < at + lead.length)
  if (paid && !hasTrouble(scene, paid.index, said.end)) return true
  return QUALITY.test(plain.slice(said.start, said.end)) && wasBought(plain, Math.max(0, at - ASKED_REACH), at) && !hasTrouble(scene, 0, said.end)
}

/** What goods are said to be: "bảo", "kêu" and "báo" tell this only at a sale. */
const QUALITY =
  /(?<!\p{L})(?:chính hãng|zin|mới(?= (?:\d|nguyên|tinh|seal|cứng|keng)|[,.]|$)|(?:máy|hàng|xe|đồ) mới(?! (?:giải|đổi|trả|hoàn|cho|chịu|được))|(?:không|khong|ko|k) [^,.;]{2,20}(?:hoàn|đền|trả|đổi|dạy|không lấy|khong lay|hoan|den) (?:lại|tiền|cọc|tiếp|mới|gấp|\d|lai|tien|coc)|không (?:pha|phai|xù|hư|hỏng|đụng|trầy|chất|hóa)|phần trăm|\d+ ?%|thật|xịn|nguyên|tốt|đẹp|bền|chuẩn|êm|ngon|sạch|rẻ|miễn phí|free|tặng|bao|trọn gói|phát sinh|đầy đủ|đủ|lời|lãi|size|loại|hàng (?:nhật|mỹ|hàn|đức|thái|ngoại|nội|xách tay|real|auth)|full|lúc nào|chức năng|bảo hành|(?<!(?:phải|phai) )có (?!lỗi|trong|nhận|ai|gì|clip|bằng|video)\p{L}+|chinh hang|that|dep|ben|mien phi|tron goi|day du|xach tay|han quoc|lop|\d+(?:[.,]\d+)?\s*(?:ngày|tháng|năm|tuần|giờ|zem|ly|cm|mm|m2|w|kw|mega|gb|tấn|kg|ký|lít|buổi|ngay|thang|nam)|(?:một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười) (?:ngày|tháng|năm|tuần))(?!\p{L})/u

/** Words of somebody who was asked. */
const REPLIES =
  /(?<!\p{L})(?:trả lời|tra loi|phản hồi|phan hoi|rep|reply|giải thích|giai thich|đổ|chối|cãi|viện|lấy cớ|xin lỗi|than|khất|nhắn lại|nạt|quát|dọa|doạ|hăm|chống chế)(?!\p{L})/u

/** "nhầm lịch, chỉ hoàn 50%": so much is given back, not promised. */
const REMEDY_OFFERED = /(?<!\p{L})(?:hoàn|đền|bù|trả (?:lại )?\d|hoan|chỉ trả|chi tra)(?!\p{L})/u

/** Words of praising; "bảo", "báo", "kêu" also tell what is to be done. */
const CLAIMS = /(?:n[oó]i|dặn|giới thiệu|bi[eể]u|hô|khẳng định|thề)(?:\s|$|:)/u

/** @returns whether it answers somebody who had gone back or asked just before. */
export const answersAsking = ({ plain }: Scene, { at, lead, said }: Speech): boolean =>
  startsAsking(lead) || wentBack(plain, sentenceAround(plain, { start: at, end: said.end }).start, at)

const has = (pattern: RegExp, text: string): boolean => text.matchAll(pattern).next().value !== undefined

/** What was said while nothing had gone wrong, and what went wrong, or the going back, is told behind it. */
const isBeforeTrouble = (scene: Scene, at: number, end: number): boolean =>
  !hasTrouble(scene, 0, at) && (hasTrouble(scene, end, scene.plain.length) || wentBack(scene.plain, end, scene.plain.length))

const turnsOut = (plain: string, { end }: Place): boolean =>
  /^[\s,.]*(?:mà|ma|nhưng|nhung|ai dè|ai ngờ|ai de|đến khi|tới khi|tới nơi|toi noi|về|ve|xài|mở ra|đem về|rốt cuộc|tui mua|nên tôi|nên em|giờ|gio|thế mà|vậy mà)(?![\p{L}\p{M}])/u.test(
    plain.slice(end, end + 16),
  )
