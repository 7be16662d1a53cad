/** Who sold, when, for how much and how it was paid, told in many voices: one line a way of telling. */
import { describe, expect, it } from 'vitest'
import type { FactName } from '../../../bot/complaint/facts.ts'
import { readFacts } from '../../../bot/complaint/read/read-facts.ts'

/** A Friday. */
const AS_OF = '2026-11-20'
type Told = readonly [text: string, expected: Partial<Record<FactName, string | number | undefined>>, asked?: FactName]

const read = (text: string, asked: FactName | undefined, names: readonly string[]) => {
  const facts = readFacts(text, { messageId: 'm1', asOf: AS_OF, known: {}, asked })
  return Object.fromEntries(names.map((name) => [name, facts[name as FactName]?.value]))
}

const SELLERS: readonly Told[] = [
  ['Mẹ em mua nửa ký nấm linh chi, người bán tên Hai Nấm, về ngâm ra màu đỏ', { respondent: 'Hai Nấm' }],
  ['tôi thuê xe tự lái của Đức Anh Rental 2 ngày', { respondent: 'Đức Anh Rental' }],
  ['em mua con S22 ultra bên Táo Xanh Mobile 9tr8', { respondent: 'Táo Xanh Mobile' }],
  ['quạt mua ở siêu thị Điện Máy Sài Gòn Số 1 ngày 6/10', { respondent: 'siêu thị Điện Máy Sài Gòn Số 1' }],
  ['đặt tiệc ở nhà hàng Ngọc Lan Viên 10 mâm', { respondent: 'nhà hàng Ngọc Lan Viên' }],
  ['em mua máy lọc không khí hãng Airzen trên tiktok shop của Gia Dụng Sạch, 1tr990', { respondent: 'Gia Dụng Sạch' }],
  ['gửi 3 thùng xoài qua xe khách Thành Bưởi Cao Nguyên vô Sài Gòn', { respondent: 'xe khách Thành Bưởi Cao Nguyên' }],
  ['đặt cọc giữ chỗ lớp tiếng Nhật bên Sakura Gia Lai', { respondent: 'Sakura Gia Lai' }],
  ['mua cái kính lão của hiệu kính Ánh Sáng', { respondent: 'hiệu kính Ánh Sáng' }],
  ['len hoi thi nhan vien keu cho doi soat', { respondent: undefined }],
  ['trên shopee shop có tên mebong_store99', { respondent: 'mebong_store99' }, 'respondent'],
  ['Facebook tên “Trang Đồng Hồ Real”', { respondent: 'Trang Đồng Hồ Real', promised: undefined }, 'respondent'],
  ['sàn đồ cũ, người bán ghi là Lê Hữu Phát', { respondent: 'Lê Hữu Phát' }, 'respondent'],
  ['họ nói shop tên Minh Châu Luxury', { respondent: 'Minh Châu Luxury', name: undefined }, 'respondent'],
  ['em mua đầm ở shop Không Gian Váy 420k hôm 9/11', { respondent: 'Không Gian Váy' }],
  ['mua trà sữa quán Có Còn Hơn Không hôm qua 45k', { respondent: 'quán Có Còn Hơn Không' }],
  ['Nhà tôi thuê anh thợ tên Đức sơn lại cái cổng', { respondent: 'Đức' }],
  ['kêu thú y tên Sáu Hưng tới chích ba mũi thuốc', { respondent: 'Sáu Hưng' }],
  ['tui mua cái máy bơm chỗ ông Bảy Điện Cơ', { respondent: 'Bảy Điện Cơ' }],
  ['em bị một chị tên facebook là Mai Anh Order lừa', { respondent: 'Mai Anh Order' }],
  ['e mua serum tren shop lanhuong.beauty24 gia 385k', { respondent: 'lanhuong.beauty24' }],
  ['Tôi mua máy khoan của seller ToolPro VN trên sàn Lazada', { respondent: 'ToolPro VN' }],
  ['nhờ bên quảng cáo Ánh Dương Đỏ làm cái bảng hiệu', { respondent: 'quảng cáo Ánh Dương Đỏ' }],
  ['Tôi đổ xăng ở cây xăng số 5 Petro Bình An', { respondent: 'cây xăng số 5 Petro Bình An' }],
  ['shop bán áo khoác Zenzi Outfit gửi hàng lỗi', { respondent: 'Zenzi Outfit' }],
  ['bà bán xôi ngồi trước cây xăng Phú Tài', { respondent: undefined }],
  ['đem ra sửa ngay chân cầu Ông Nghè sửa hôm thứ hai', { respondent: undefined }],
  ['cháu là Lò Văn Sơn ạ', { name: 'Lò Văn Sơn', respondent: undefined }],
  ['tiệm không có bảng hiệu người ta kêu là ông Bảy ngay chân cầu', { respondent: 'Bảy ngay chân cầu' }, 'respondent'],
]

const SUMS: readonly Told[] = [
  ['Má tui mua cặp gà đá của thằng Bảy Lé, ba trăm ngàn một con', { amount: 600_000 }],
  ['tui mua 5 tạ phân bò của ông Năm Râu, hai ngàn rưởi một ký, cân lại thiếu gần 60 ký', { amount: 1_250_000 }],
  ['chụp kỷ yếu cho lớp, 45 bạn mỗi bạn 350k', { amount: 15_750_000 }],
  ['rạp chỉ cho đổi vé ngày khác chứ không hoàn tiền 170 ngàn', { amount: 170_000 }],
  ['nha e mua may say cua dien may Hoa Phat 12tr, giao 3/11', { amount: 12_000_000 }],
  ['gọi một nồi nhỏ mà tính nồi lớn bốn trăm tám', { amount: 480_000 }],
  ['đi xe khách vé 350.000 mà bắt khách đứng', { amount: 350_000 }],
  ['mua máy bơm hết triệu chín', { amount: 1_900_000 }],
  ['bình thường tháng 9 là 120 nghìn, tháng 10 tới 980 nghìn', { amount: 980_000 }],
  ['tính tôi đĩa rau 150 nghìn, cả bữa 1 triệu 350 nghìn', { amount: 1_350_000 }],
  ['tour giá 3.990.000đ, em thanh toán 15.960.000đ', { amount: 15_960_000 }],
  ['gói 90k/tháng mà bị trừ 300k', { amount: 300_000 }],
  ['dép 89k + ship 16k5 là 105.500đ', { amount: 105_500 }],
  ['lần đầu đóng 10 triệu, lần hai 15 triệu, tổng 25tr', { amount: 25_000_000 }],
  ['bảy triệu mốt, tôi chuyển khoản năm triệu còn lại tiền mặt', { amount: 7_100_000 }, 'amount'],
]

const DAYS: readonly Told[] = [
  ['rằm tháng 9 âm lịch vừa rồi tôi mua con heo quay cúng', { boughtOn: '2026-10-24' }],
  ['ram thang 8 toi mua hop banh', { boughtOn: '2026-09-25' }],
  ['mùng 2 tháng 9 âm tôi mua con heo', { boughtOn: '2026-10-11' }],
  ['hôm 10/9 âm tui mua con gà', { boughtOn: '2026-10-19' }],
  ['tuần trước, thứ tư', { boughtOn: '2026-11-11' }, 'boughtOn'],
  ['nồi mua 11.11 đó nhân dịp sale', { boughtOn: '2026-11-11' }],
  ['nệm ship về trả tiền cho shipper 12/11', { deliveredOn: '2026-11-12', boughtOn: undefined }],
  ['họ cắt mạng nhà tôi 10 hôm nay', { boughtOn: undefined }],
  ['Tui hói mười mấy năm nay, đặt hai chai', { boughtOn: undefined }],
  ['em đặt vé nhà xe Phúc An, đi Sài Gòn tối thứ 7 vừa rồi', { boughtOn: undefined }],
  ['Thứ bảy vừa rồi gia đình tôi xuống biển, vào quán hải sản ăn trưa.', { boughtOn: '2026-11-14' }],
  ['hôm thứ sáu tuần trước nữa tui đem xe đi rửa, đưa 50 ngàn', { boughtOn: '2026-11-06' }],
  ['em đặt áo từ đợt sale 10.11', { boughtOn: '2026-11-10' }],
  ['12 tây tháng 10 họ chở tới', { deliveredOn: '2026-10-12' }, 'deliveredOn'],
]

const OTHERS: readonly Told[] = [
  ['nhắn 4 lần nó toàn auto reply\nđổi cái khác cho tui', { contacted: 'toàn auto reply' }],
  ['mình mua vé của page Vé Rẻ, ra cổng quét mã báo vé đã dùng', { payment: undefined }],
  ['hết ba triệu tám, trả tiền tại chỗ', { payment: 'cash' }],
  ['dịch vụ chuyển nhà Phúc Vận lấy em 1tr8 mà làm bể cái tủ kính', { goods: 'chuyển nhà' }],
  ['mua cái đai lưng massage nghe nói chữa thoát vị', { goods: 'đai lưng massage' }],
  ['con bé nhà em học múa ở trung tâm Sao Nhí, trung tâm đóng cửa không báo', { goods: 'học múa' }],
  ['nay trả phòng bà không trả cọc, nói là làm dơ tường', { promised: undefined, contacted: 'bà không trả cọc, nói là làm dơ tường' }],
  ['hom nay nhan duoc thi gay chan', { contacted: undefined }],
  ['đem ra hãng kiểm tra thì khung bị hàn lại. Tôi điện thì anh ta tắt máy', { contacted: 'anh ta tắt máy' }],
  ['họ giao tủ trầy góc, em chụp hình gửi thì nói để báo xưởng', { contacted: 'để báo xưởng' }],
  ['trả đồ đúng hẹn mà chị chủ nói rách viền không trả cọc', { promised: undefined, contacted: 'rách viền không trả cọc' }],
  ['cọc 5 triệu hôm 1/11. Nay nhà hàng đòi tăng lên 1 triệu 9 một mâm', { contacted: 'đòi tăng lên 1 triệu 9 một mâm' }],
  ['thợ hẹn mai. Đo toàn 40-50Mbps, thú y nói bò chưa tiêm gì', { contacted: undefined }],
  ['em mua chậu mai hồi 20 tháng chạp', { boughtOn: '2026-02-07' }],
  ['bố tôi trả 2.450.000đ cho bưu tá', { payment: 'cash_on_delivery' }],
  ['nó bắt em chuyển 1 triệu 5. Em chưa chuyển.', { payment: 'unpaid' }],
  ['Tour bị hủy mà không trả tiền', { payment: undefined }],
  ['nạp game qua thẻ cào Viettel', { payment: undefined }],
  ['đặt phòng bắt đầu 6/6, chuyển đủ 1.960.000', { payment: 'transfer' }],
  ['sửa không được thì trả tiền lại cho tui', { wish: 'refund' }],
  ['tôi muốn kiểm tra lại đồng hồ', { wish: 'information' }],
  ['Nhắn đòi đền thì shop nói cơ địa kém', { wish: undefined }],
  ['em chỉ muốn không thu thêm nữa', { wish: 'stop' }],
  ['TRẢ TIỀN LẠI CHO TAO', { wish: 'refund' }],
  ['địa chỉ: thôn 3\nđiện thoại: 0327 654 987', { phone: '0327654987' }],
  ['shop: Hoa Mai\nđiện thoại: 0327 654 987', { phone: undefined }],
  ['không chín không năm ba ba ba bốn bốn bốn', { phone: '0905333444' }, 'phone'],
  ['o9o5 123 789', { phone: '0905123789' }, 'phone'],
  ['em tên Bảo, Huỳnh Gia Bảo', { name: 'Huỳnh Gia Bảo' }],
  ['Tôi là Nguyễn Hữu Tài 45 tuổi ở Vân Canh', { name: 'Nguyễn Hữu Tài', commune: 'Vân Canh' }],
  ['Hợp đồng số 45/HĐMB ký ngày 20 tháng 5 năm 2025', { order: '45/HĐMB' }],
  ['code vé K8J2QX', { order: 'K8J2QX' }],
  ['Bên Sàn đất Rạng Đông gọi tôi ngày sáu bảy cuộc mời mua đất nền, số 0287 650 1194', { phone: undefined, respondentPhone: '02876501194' }],
  ['Số nó gọi cho tui là 0592 386 174, còn số tui để tui coi lại đã', { phone: undefined, respondentPhone: '0592386174' }, 'phone'],
  ['0905,123,456', { phone: '0905123456' }, 'phone'],
  ['không chín không lăm một hai ba 456', { phone: '0905123456' }, 'phone'],
  ['sdt e: 0 3 9 6 . 7 1 5 . 2 8 0', { phone: '0396715280' }, 'phone'],
  ['do một cô tên Ngọc Trinh VIP mời', { name: undefined }],
  ['Tiền mặt, đưa tận tay, có biết chuyển khoản là gì đâu', { payment: 'cash' }, 'payment'],
  ['đóng 14tr tm, giờ nó bắt đóng thêm 3tr, em chưa đóng', { payment: 'cash' }],
  ['giao tới ổng đưa ship 3 triệu chẵn', { payment: 'cash_on_delivery' }],
  ['Hàng gửi bưu điện thu tiền hộ ngày 20/11', { payment: 'cash_on_delivery', deliveredOn: '2026-11-20' }],
  ['bà sợ quá lấy tiền bán lúa ra đưa nó', { payment: 'cash' }],
  ['Em muốn máy mới, 1 đổi 1. Bạn em nói đòi tiền, shop thì đòi sửa', { wish: 'exchange' }, 'wish'],
  ['Đưa lại hết tiền cho tui là êm', { wish: 'refund' }, 'wish'],
  ['Tôi chỉ cần họ cho tôi biết rõ gói mới gồm những gì, chứ tôi không đòi tiền bạc', { wish: 'information' }, 'wish'],
  ['Cô chủ tiệm nói xin lỗi rồi hứa làm cái khác', { wish: undefined }],
  ['Em xin trả lại tiền thì lễ tân nói tiền vô sổ rồi không rút ra được', { promised: undefined, contacted: 'tiền vô sổ rồi không rút ra được' }],
  ['mua nồi hư. Qua bên tiệm hỏi thì cái nồi đó có 190 ngàn', { contacted: undefined }],
  ['Tới tối thằng cháu dìa coi nó nói ngoài tiệm bán có chín trăm ngàn', { promised: undefined, contacted: undefined }],
  ['kêu thợ lại coi, nó nói hư lốc, thay hết hai triệu hai', { promised: undefined }],
  ['Người bán nói ở Kho Ấm Gia, em mua cái chăn', { promised: undefined, contacted: undefined }],
  ['ông bán trâu để mua cái đệm 16 triệu', { goods: 'đệm' }],
  ['mua ở tiệm Laptop Sinh Viên 247 đường Hai Bà Trưng, máy chai pin', { goods: undefined }],
  ['Một khóa học làm bánh online', { goods: 'Một khóa học làm bánh online' }, 'goods'],
  ['Ban đầu tôi hỏi mua tủ lạnh mà hết hàng, thế là tôi đổi ý lấy cái máy rửa chén', { goods: 'máy rửa chén' }, 'goods'],
  ['Sạp thịt Hai Khuê, trong chợ, đối diện hàng cá bà Lượm', { respondent: 'Sạp thịt Hai Khuê' }, 'respondent'],
  ['Lúc đầu hỏi bên Rèm Minh Nguyệt, cuối cùng tôi mua của Rèm Khải Hoàn', { respondent: 'Rèm Khải Hoàn' }, 'respondent'],
  ['không biết tên, chỉ biết cái web giaysale99', { respondent: 'web giaysale99' }, 'respondent'],
  ['công ty bán Vươn Cao Kids', { respondent: 'công ty bán Vươn Cao Kids' }, 'respondent'],
  ['shop instagram tên hạ.vy.closet á', { respondent: 'hạ.vy.closet' }],
]

/** Of other sums, and of days on which something came. */
const MORE: readonly Told[] = [
  ['giấy điện lực gửi thì có hơn 2 ngàn. Tháng này phòng em phải đóng 945k tiền điện', { amount: 945_000 }],
  ['em mua combo 35 triệu. Có chị đóng tới 120 triệu', { amount: 35_000_000 }],
  ['tôi mua chiếc nhẫn 18K, mười bốn triệu hai, tiền mặt', { amount: 14_200_000 }],
  ['flash sale 990k, tôi thanh toán thẻ. Nó hủy rồi lên kệ lại giá 2tr9', { amount: 990_000 }],
  ['mua xe đẩy giá 1tr29 còn 890k, thanh toán thẻ', { amount: 890_000 }],
  ['thợ báo giá 350 nghìn, sửa xong tính 2 triệu 8, cậu đưa luôn', { amount: 2_800_000 }],
  ['niềng răng trọn gói 25 triệu, mới đóng đợt đầu 8 triệu', { amount: 8_000_000 }],
  ['nhận đám hỏi nhà tôi, hai triệu tám, cọc một triệu, xong tiệc trả một triệu tám', { amount: 2_800_000 }],
  ['mua quần 340k cộng ship 25k, tức 365k', { amount: 365_000 }],
  ['mua máy 4,5 triệu, trừ phiếu quà 300 nghìn còn trả 4,2 triệu', { amount: 4_200_000 }],
  ['lắp camera 4 mắt, mỗi mắt 950k', { amount: 3_800_000 }],
  ['nhỏ bạn em mua chỗ khác 190k, em mua 340k', { amount: 340_000 }],
  ['mua kính bơi 175k, shipper thu 195k tính luôn ship', { amount: 195_000 }],
  ['mua mèo 3tr8, về chữa mất 2tr2', { amount: 3_800_000 }],
  ['mười bốn triệu bảy hôm mùng một tháng mười một', { amount: 14_700_000 }],
  ['mua tủ đông. hôm 20/11 xe chở tới tháo thùng ra nắp bể', { boughtOn: undefined, deliveredOn: '2026-11-20' }],
  ['chuyển khoản 3.400.000đ rồi. Hôm 20/11 xe khách thả xuống mấy lồng', { boughtOn: undefined, deliveredOn: '2026-11-20' }],
  ['cọc 8 triệu. Chiều 20/11 họ báo không làm nữa', { boughtOn: undefined }],
]

const ALL: Readonly<Record<string, readonly Told[]>> = {
  'who sold': SELLERS,
  'how much': SUMS,
  when: DAYS,
  'the rest': OTHERS,
  'other sums, other days': MORE,
}

describe.each(Object.keys(ALL))('%s', (what) => {
  it.each((ALL[what] ?? []).map(([text, expected, asked]) => ({ text, expected, asked })))('$text', ({ text, expected, asked }) => {
    expect(read(text, asked, Object.keys(expected))).toEqual(expected)
  })
})
