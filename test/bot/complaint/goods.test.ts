/** What was bought, out of stories in many voices: one thing of several that a story names. */
import { describe, expect, it } from 'vitest'
import { readFacts } from '../../../bot/complaint/read/read-facts.ts'

const read = (text: string) => readFacts(text, { messageId: 'm1', asOf: '2026-11-20', known: {} }).goods?.value

const TOLD: readonly (readonly [story: string, goods: string | undefined])[] = [
  ['Con mình bị hăm vì tã giấy mua ở siêu thị Baby Mart, 349k 1 bịch, mở ra thấy mùi mốc.', 'tã giấy'],
  ['Công ty tôi sử dụng dịch vụ kế toán thuế của công ty Đại Tín, 2 triệu/tháng, họ nộp tờ khai trễ làm chúng tôi bị phạt.', 'dịch vụ kế toán thuế'],
  ['Công ty tôi đặt 120 hộp bánh trung thu của cơ sở Bảo Phước tặng nhân viên, mở ra mốc gần 30 hộp, giá 210.000đ/hộp.', '120 hộp bánh trung thu'],
  ['Em cọc 2 triệu thuê xe 16 chỗ của nhà xe Hải Âu Trắng cho đoàn đi Măng Đen, sát ngày họ hủy kèo.', 'xe 16 chỗ'],
  ['Em thuê bên Hỷ Sự Trọn Vẹn làm rạp đám cưới, trọn gói 18 triệu, tới ngày cưới thì rạp sập một góc, bàn ghế thiếu.', 'rạp đám cưới'],
  ['Em đi nhổ răng khôn ở nha khoa Tâm Phúc, hết 2 triệu, nhổ xong sưng một bên mặt cả tháng, quay lại thì bác sĩ nói tại cơ địa.', 'nhổ răng khôn'],
  ['Em đi taxi của hãng Taxi Cao Nguyên từ sân bay về nhà 8 cây số mà tính 420 ngàn, tài xế không bật đồng hồ.', 'taxi'],
  ['Giỏ trái cây viếng tang đặt ở shop Quả Ngọt, 800 ngàn, giao tới toàn trái dập giấu ở dưới.', 'trái cây viếng tang'],
  [
    'Hồi vay tiền mua xe máy ở ngân hàng Bình Minh, nhân viên bắt tôi mua bảo hiểm khoản vay 3 triệu 2, nay trả hết nợ trước hạn xin lại thì không cho.',
    'bảo hiểm khoản vay',
  ],
  [
    'Mình săn sale được cái đồng hồ Casio ở gian hàng Time Zone trên Lazada 1tr290, nhận về kính xước, máy chạy chậm 10 phút mỗi ngày.',
    'đồng hồ Casio',
  ],
  ['Người tàn tật chúng tôi bị mạo danh bán chổi, bà con mua chổi 120 ngàn một cây tưởng ủng hộ hội người mù.', 'chổi'],
  ['Nhà sách đặt in 500 cuốn lịch ở nhà in Thống Nhất, 21 triệu, in sai ngày âm lịch hết.', '500 cuốn lịch'],
  [
    'Nhà đang xây, tôi ký hợp đồng với xưởng Nhôm Kính Gia Lai làm 6 bộ cửa nhôm Xingfa, ứng trước 25 triệu, giờ 2 tháng không thấy lắp.',
    '6 bộ cửa nhôm Xingfa',
  ],
  ['Trường mình thuê âm thanh ánh sáng của Sự Kiện Ánh Sao cho đêm văn nghệ, 9 triệu, tới giờ diễn loa tắt ngúm 40 phút.', 'âm thanh ánh sáng'],
  ['Tui chơi hụi của bà Tám Sương, 2 triệu một tháng, giờ bả ôm tiền trốn.', 'hụi'],
  [
    'Tôi kêu thợ của trung tâm điện tử Sáu Sửa tới nhà sửa tivi, lấy 1 triệu 3 nói thay bo mạch, hôm sau tivi lại tắt, kêu thì không ai tới.',
    'sửa tivi',
  ],
  ['Tôi mở thẻ tín dụng của ngân hàng Phương Nam, nhân viên nói miễn phí thường niên, giờ trừ của tôi 1 triệu 1 phí thường niên.', 'phí thường niên'],
  ['Tôi thuê nhà thầu Tân Phát xây nhà cấp 4, giao 120 triệu, xây tới lanh tô rồi bỏ đi.', 'xây nhà cấp 4'],
  ['Tôi xài sim của nhà mạng MobiSao, tự nhiên bị trừ tiền gói nhạc chờ mỗi ngày 2 ngàn, tôi đâu có đăng ký.', 'gói nhạc chờ'],
  [
    'Tôi đặt cọc 50 triệu giữ chỗ căn chung cư dự án Green Bay với công ty Địa ốc Phúc Hưng, họ hứa 3 tháng ký hợp đồng mà 1 năm rồi chưa có gì.',
    'căn chung cư dự án Green Bay',
  ],
  ['Văn phòng em gọi 10 bình nước uống đóng bình của cơ sở Suối Mơ, mở ra nước có mùi và cặn xanh.', '10 bình nước uống đóng bình'],
  ['Xưởng tôi thuê Cơ Điện Lạnh Tiến Phát lắp dàn lạnh kho đông 95 triệu, nhiệt độ không xuống nổi âm 10.', 'dàn lạnh kho đông'],
  ['ba em mua 5 lit mat ong cua ong chu ban dao, 1tr5, de tu lanh dong duong het tron, biet la mat gia', 'lit mat ong'],
  ['chi mua 2 bao gao st25 cua vua gao hong phat, ve nau com kho nhu gao thuong, hoi thi ho noi giong nhau.', 'bao gao st25'],
  ['chi mua hai vi trung ga o sieu thi mini xanh mart, dap ra thui 5 qua, dem lai no bao qua ngay roi khong doi.', 'hai vi trung ga'],
  ['chị hai em xài kem trị nám của spa Hoa Hậu bán, 1tr2 một hũ, mặt nám nặng hơn, lột da từng mảng', 'kem trị nám'],
  [
    'Nhà em có cái tủ lạnh cũ Toshiba xài mười năm rồi, bữa rồi nó hư nên em ra siêu thị Điện Máy Nam Long mua cái tủ lạnh Samsung mới 8tr9. Về chạy được tuần thì ngăn mát không mát.',
    'tủ lạnh Samsung',
  ],
  ['Tôi đặt làm khung ảnh gỗ cho phòng thờ ở tiệm Khung Tranh Hữu Nghị, hai triệu mốt, khung bị cong vênh.', 'khung ảnh gỗ'],
  ['Đeo vào nó hú, tai càng điếc. Tôi gọi ba lần cửa hàng mới nghe máy.', undefined],
  ['tui muốn khiếu nại thằng cha bán dép', undefined],
  ['Nhà chỉ có hai vợ chồng già, dùng cái quạt với cái ti vi, mà hoá đơn điện tháng 10 lên tới 1.840.000 đồng', 'hoá đơn điện'],
  ['Vì nhà có nhiều đồ nên tôi không dám thuê xe ba gác, nhờ anh Tám chở bộ bàn ghế hết 500 ngàn', 'chở bộ bàn ghế'],
  ['tụi em thuê studio Hạt Nắng chụp hình với quay phóng sự, trọn gói 13 triệu', 'chụp hình với quay phóng sự'],
  ['mua bếp từ tuần trước', 'bếp'],
]

const DRESS = { value: 'váy cưới', from: { words: 'váy cưới', message: 'm1' } }

describe('what was bought', () => {
  it.each(TOLD)('%s: %s', (story, goods) => expect(read(story)).toBe(goods))

  it('is not put right by how it came', () => {
    const facts = readFacts('thật ra tôi trả 3tr5, họ giao váy ố vàng nên tôi muốn trả lại váy', {
      messageId: 'm2',
      asOf: '2026-11-20',
      known: { goods: DRESS },
    })
    expect(facts.goods).toBeUndefined()
  })
})
