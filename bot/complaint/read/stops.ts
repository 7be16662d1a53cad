/** Words that end a name or the name of a thing: what follows them tells something else. */
import { bare } from '../../../knowledge/language/aligned.ts'
import type { Word } from './scene.ts'

/** Words with their marks, and the same words without. */
export interface Stops {
  readonly marked: ReadonlySet<string>
  readonly bare: ReadonlySet<string>
}

function stops(words: string): Stops {
  const marked = words.split(/\s+/).filter(Boolean)
  return { marked: new Set(marked), bare: new Set(marked.map(bare)) }
}

/** In a text without marks these pairs begin like a stop and are things: "tai nghe" is no "tại nghe". */
const THINGS = new Set(
  `tai nghe|tu lanh|tu bep|tu quan|tu dong|tu ao|tu giay|do choi|do gia|do dien|do dung|do an|do go|ve xe|ve may|ve so|ve tau|ve hoa|ve xem|mat na|mat kinh|may giat|dem cao|dem lo|dem bong|ban phim|ban ghe|ban hoc|ban ui|ban la|cung cap|nhan vang|nhan cuoi|nhan bac|sang tao|giay dep|bi ngo|gia sach|gia do|gia treo|gia ke|be ca|mo hinh|mi goi|day chuyen|day dien|ma vach|den led|den pin|den ban|den hoc|den nang|kem tron|kem chong|kem duong|kem danh|bao da|bao tay|bao hiem|bao cao|chao chong|dan loa|tra sua|tra giam|tra thao|thuoc giam|thuoc tri|thuoc nam|hang hieu|bo quan|chi tiet|thu bong|dong ho|dong trung|sua bot|sua rua|sua ong|sua tam|sua tuoi|khoa cua|khoa hoc|qua tang|qua cau|khong dau|khong day|khong khi|di dong|ra giuong|nhan tho|tri nam|tri mun`.split(
    '|',
  ),
)

const MARKED_THINGS = new Set([
  'bảo hiểm',
  'bảo hộ',
  'giả da',
  'nhà bếp',
  'nhà tắm',
  'chiều cao',
  'thanh toán',
  'trị nám',
  'trị mụn',
  'trị liệu',
  'trị sẹo',
  'nhân thọ',
  'nhạc chờ',
  'không dầu',
  'không dây',
  'không khí',
  'không gian',
  'không nước',
])

/** "bếp từ Kangaroo", "thẻ từ": the word that elsewhere says "from" is part of the thing, unless a seller, a place or a day follows. */
const MAGNETIC = new Set(['bep', 'the', 'khoa', 'dia', 'day', 'bang', 'cam'])
const FROM_WHERE =
  /^(?:shop|sop|cua|cong|cty|tiem|dai|sieu|nha|ngay|hom|tuan|thang|nam|hoi|dau|cuoi|trang|web|cho|ben|nguoi|mot|khi|luc|do|day|tren|page|fanpage|nick|anh|chi|ong|ba|co|chu|fb|facebook|shopee|lazada|tiki|tiktok|zalo|mang|sang|chieu|toi|truoc|sau|\d.*)$/

function isMagnet(words: readonly Word[], at: number): boolean {
  const [before, word, next] = [words[at - 1], words[at], words[at + 1]]
  return word?.bare === 'tu' && /^t[uừ]$/u.test(word.text) && MAGNETIC.has(before?.bare ?? '') && !FROM_WHERE.test(next?.bare ?? '')
}

/** "cửa nhôm kính": a door, unless it is one of a house that sells. */
const isDoor = (words: readonly Word[], at: number, withMarks: boolean): boolean =>
  withMarks && words[at]?.text === 'cửa' && !/^(?:hàng|hiệu|tiệm)$/.test(words[at + 1]?.text ?? '')

/** @returns whether a thing's (or a person's) name ends before `words[at]`. Marks are compared where the text is written with marks. */
export function stopsAt({ marked, bare: unmarked }: Stops, words: readonly Word[], at: number, withMarks: boolean): boolean {
  const word = words[at]
  if (!word) return true
  const next = words[at + 1]
  if (isMagnet(words, at) || isDoor(words, at, withMarks)) return false
  if (withMarks) return marked.has(word.text) && !MARKED_THINGS.has(`${word.text} ${next?.text ?? ''}`)
  return unmarked.has(word.bare) && !THINGS.has(`${word.bare} ${next?.bare ?? ''}`)
}

/** In a text without capitals a name ends before these. */
export const ENDS_NAME = stops(
  `bán giao gửi ship không ko k hok chưa chẳng đã đang sẽ bị được đc dc trên ở tại qua bên từ với giá hết mất ngày hôm tuần tháng năm hồi lúc khi
   mà thì là và nhưng nên rồi xong nói bảo kêu hứa hẹn lừa chặn block rep trả nhận lại cứ im hoàn đòi đổi hủy huỷ gọi nhắn ib cho tôi em mình tui e m con cháu
   bác mua đặt order của có vẫn mới vừa giờ này kia đó đây ấy nào gì sao vậy luôn thiếu sai nhầm hàng đơn tiền để xin hay hoặc cũng cùng
   quảng cam muốn yêu thấy số sdt sđt dt đt zalo facebook fb shopee tiktok lazada tiki web ạ à nha nhé nhe ơi úp đăm mở nó họ chúng thu lấy bùng chạy
   chịu nhập livestream live rao khóa làm bắt ép phốt nhiều chỗ ai online dùng bom boom trước sau đến tới gần tuyến cạnh trừ vì bằng theo lên xuống đăng chê nhờ giúp đi vô vào xã phường tỉnh huyện đường`,
)

/** What shops are called in general; alone it names none. */
export const GENERAL = stops(
  `quần áo giày dép túi ví mỹ phẩm phụ kiện điện thoại đồ chơi gia dụng hoa trái cây bánh kẹo sữa mẹ bé thời trang trên mạng trực tuyến này đó kia ấy nổi tiếng lớn nhỏ
   nước ngoài uy tín lừa đảo bán hàng online quen gần nhà tạp thức ăn uống văn phòng nghệ cũ mới nào khác thế tóc tay chính hãng xách sách thuốc vàng xe máy tính lý chủ yếu chuyên`,
)

/** Ends what was bought: where, when, for how much, and then what happened. */
export const ENDS_GOODS = stops(
  `của bên ở tại trên qua giá hết với từ ngày hôm bữa tuần tháng hồi lúc khi sáng chiều tối trưa
   mà thì nhưng nên là có về bị không ko k hok chưa đã đang vẫn mới rồi nhận trả ck chuyển thanh ship cod shop công cty cửa tiệm cho bằng online tầm
   trước sau xong bán giao quảng lừa dùng mở mất làm nó họ khoảng tổng nhé ạ nha nhà luôn để vì do cách đây lại cảm được đc dc bảo hứa hẹn
   đem mình em tôi tui như giờ xài bắt thấy gửi đến phải thiếu cũng mỗi người web sàn kém dởm dỏm đểu fake nhái rởm giả lên theo mong shopee tiktok lazada tiki facebook fb zalo sp app nhóm kênh sọp tóp nghe và-còn cứ cọc đặt mua trúng hãng khiếu rẻ sắm sang in chứ ra thành đưa á bữa hổm hổng hông tên gồm trị chỗ trọn ngoài nhân`,
)

/** One counts things with these; they are no part of what the thing is called. */
/** In a clause that begins with one of these somebody does something. */
export const DOES = stops(
  `tôi em e mình tui con cháu bác anh chị cô shop nó họ mất tổng giá phí cọc tiền số lừa chuyển đóng nạp có lấy thu đòi thêm ck trả ship hoàn phạt tính muốn mua đặt bán thuê
   hết còn là thanh giao gửi mới chỉ khoảng xong bị được nhận mỗi trị tầm nay hôm ngày lúc nhưng mà thì và với nên vì khi nếu để cả tới đến về theo hàng đồ`,
)

export const COUNTERS = stops('đơn cái chiếc một món em được trúng phải thêm nhiều vài')
