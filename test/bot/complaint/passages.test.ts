/** What was promised at the sale and what came of asking: told in one breath, each to be read for itself and whole. */
import { describe, expect, it } from 'vitest'
import type { FactName } from '../../../bot/complaint/facts.ts'
import { readFacts } from '../../../bot/complaint/read/read-facts.ts'

const read = (text: string, name: FactName) => readFacts(text, { messageId: 'm1', asOf: '2026-11-24', known: {} })[name]?.value

const TOLD: readonly (readonly [story: string, promised: string | undefined, contacted: string | undefined])[] = [
  [
    'Tui mua cái máy bơm nước ở tiệm Ba Tới hôm mùng 2, ổng nói bơm một ngày không nóng máy, bảo hành sáu tháng. Về bơm có nửa tiếng là khét lẹt. Tui chở ra thì ổng kêu tại tui cắm điện yếu, đòi thêm năm trăm mới coi cho',
    'bơm một ngày không nóng máy, bảo hành sáu tháng',
    'tại tui cắm điện yếu, đòi thêm năm trăm mới coi cho',
  ],
  [
    'em mua ao khoac tren shopee shop Meo Store 250k, shop bao vai day 2 lop, nhan ve mong nhu giay. em nhan tin shop seen k rep, nhan lan 2 shop bao k doi tra hang sale',
    'vai day 2 lop',
    'nhan tin shop seen k rep, nhan lan 2 shop bao k doi tra hang sale',
  ],
  [
    'Kính gửi quý Hội, ngày 12/9/2026 tôi ký hợp đồng với Công ty Nhà Xanh Phát lắp điện mặt trời, hợp đồng ghi công suất 5 kW, bảo hành 10 năm. Đến nay hệ thống chỉ phát được 2 kW. Tôi đã gửi văn bản hai lần, công ty trả lời sẽ cho kỹ thuật kiểm tra nhưng không ai đến.',
    'công suất 5 kW, bảo hành 10 năm',
    'sẽ cho kỹ thuật kiểm tra nhưng không ai đến',
  ],
  [
    'Nhà cháu mua con tủ lạnh giời ơi đất hỡi, người ta quảng cáo tiết kiệm điện với cả bảo hành ba năm cơ. Giờ ngăn đá không đông, gọi tổng đài thì cứ hẹn mai, hôm qua lại bảo nhà cháu tự ý di chuyển nên mất bảo hành.',
    'tiết kiệm điện với cả bảo hành ba năm cơ',
    'cứ hẹn mai, hôm qua lại bảo nhà cháu tự ý di chuyển nên mất bảo hành',
  ],
  [
    'Tôi mua phân bón của đại lý Tám Đức, trên bao ghi đạm 46%. Bón xong lúa vàng lá. Tôi có nói với đại lý, ông Tám bảo tại thời tiết, bảo tôi chờ thêm mươi ngày.',
    'đạm 46%',
    'tại thời tiết, bảo tôi chờ thêm mươi ngày',
  ],
  [
    'Mình đặt homestay qua booking, hình trên web có hồ bơi, đến nơi hồ bơi cạn nước. Mình hỏi chủ nhà thì chị ấy kêu mùa này không mở, không hoàn tiền.',
    'hồ bơi',
    'chị ấy kêu mùa này không mở, không hoàn tiền',
  ],
  [
    'Xe khách Hưng Thịnh nhận chở tới tận bến Miền Đông mà nửa đường sang tôi qua xe khác. Tôi hỏi thì lơ xe nói đi thì đi không đi thì xuống.',
    'chở tới tận bến Miền Đông',
    'đi thì đi không đi thì xuống',
  ],
  ['Tôi mua cái quạt ở chợ về cắm điện cháy khét. Người bán hẹn lên hẹn xuống rồi chặn số tôi.', undefined, 'hẹn lên hẹn xuống rồi chặn số tôi'],
  [
    'tui thue tho Hai Nam son nha bao tron goi 12 trieu hua lam 5 ngay xong. nay 20 ngay chua xong tui goi thi ong noi dang ket cong trinh khac, goi hoai thi tat may',
    'lam 5 ngay',
    'dang ket cong trinh khac, goi hoai thi tat may',
  ],
  [
    'Tôi gửi hàng qua bưu cục Nhanh Nhanh, họ bảo hai ngày tới. Mười ngày rồi chưa tới, hỏi thì nói thất lạc, đền bốn lần cước.',
    'hai ngày tới',
    'nói thất lạc, đền bốn lần cước',
  ],
  [
    'Tập gym ở phòng tập Titan, ký hợp đồng 12 tháng, nhân viên nói được bảo lưu 3 tháng bất cứ lúc nào. Em bị gãy chân xin bảo lưu thì họ bảo hợp đồng không có điều đó, rồi im luôn.',
    'được bảo lưu 3 tháng bất cứ lúc nào',
    'hợp đồng không có điều đó, rồi im luôn',
  ],
  [
    'Tôi 71 tuổi, mua máy đo huyết áp của nhà thuốc An Khang Phúc. Cô dược sĩ bảo máy đo chuẩn như bệnh viện. Đo ba lần ra ba số. Cô ấy bảo bác đo sai cách, không đổi.',
    'máy đo chuẩn như bệnh viện',
    'bác đo sai cách, không đổi',
  ],
  [
    'Chị ơi em làm tóc ở salon Tóc Xinh bị cháy hết, em quay lại thì chị chủ kêu tóc em yếu sẵn rồi, không đền gì hết',
    undefined,
    'tóc em yếu sẵn rồi, không đền gì hết',
  ],
  [
    'Ngày 6/11 shop giao nhầm màu. Mình yêu cầu đổi, shop đồng ý nhưng bắt mình trả phí ship hai chiều, mình không đồng ý thì shop không trả lời nữa.',
    undefined,
    'shop đồng ý nhưng bắt mình trả phí ship hai chiều, mình không đồng ý thì shop không trả lời nữa',
  ],
  [
    'Tôi mua thẻ nghỉ dưỡng của công ty Kỳ Nghỉ Vàng 120 triệu, lúc mời hội thảo họ bảo cho thuê lại lời 12% một năm, muốn rút lúc nào cũng được. Giờ tôi xin rút thì họ nói hợp đồng không cho rút, phải tự tìm người chuyển nhượng.',
    'cho thuê lại lời 12% một năm, muốn rút lúc nào cũng được',
    'hợp đồng không cho rút, phải tự tìm người chuyển nhượng',
  ],
  [
    'em mua my pham cua chi Huong, chi noi hang han quoc xach tay co bill. boi vao noi mun em xin bill chi noi mat roi, em doi tra tien chi noi em tu di ung',
    'hang han quoc xach tay co bill',
    'mat roi, em doi tra tien chi noi em tu di ung',
  ],
  [
    'Kính thưa Hội, tôi có hợp tác mua máy gặt của công ty Cơ Khí Miền Nam với điều khoản bảo dưỡng miễn phí 2 năm tại ruộng. Máy hư giữa vụ, tôi điện thoại yêu cầu, họ trả lời hết nhân viên, hẹn tuần sau, đến nay hơn một tháng không thấy.',
    'bảo dưỡng miễn phí 2 năm tại ruộng',
    'hết nhân viên, hẹn tuần sau',
  ],
  [
    'Hồi bán anh ta nói bao đậu, trúng mùa, giống kháng bệnh. Sầu riêng trồng được bốn tháng chết khô gần hết. Nói với ảnh, ảnh nói tại đất tui phèn.',
    'bao đậu, trúng mùa, giống kháng bệnh',
    'với ảnh, ảnh nói tại đất tui phèn',
  ],
  [
    'em order tui xach page Lan Boutique coc 1 trieu, page hen 15 ngay hang ve. gio 2 thang roi nhan page thi page bao hang ket hai quan, cho nua di. em doi hoan coc page bao coc k hoan',
    '15 ngay hang ve',
    'page bao hang ket hai quan, cho nua di. em doi hoan coc page bao coc k hoan',
  ],
  [
    'Bên bán cam kết chính hãng, sai hoàn tiền 200%. Đến khi em đòi hoàn tiền thì họ yêu cầu giấy giám định rồi lờ luôn.',
    'chính hãng, sai hoàn tiền 200%',
    'họ yêu cầu giấy giám định rồi lờ luôn',
  ],
  [
    'Cháu đặt phòng trọ cọc 2 triệu, cô chủ bảo phòng có máy lạnh. Dọn vào không có máy lạnh, cháu hỏi cô bảo mùa này mát cần gì, cháu xin lại cọc cô mắng cháu.',
    'phòng có máy lạnh',
    'mùa này mát cần gì, cháu xin lại cọc cô mắng cháu',
  ],
  [
    'nhận hàng về thấy thiếu 1 hộp, gọi bên bán thì bên bán nói để kiểm tra camera, hôm sau nói đã đóng đủ, em xin xem camera thì họ không cho',
    undefined,
    'để kiểm tra camera … đã đóng đủ, em xin xem camera thì họ không cho',
  ],
  [
    'Chị Bảy bán yến nói nguyên chất, không pha. Tôi đi kiểm nghiệm ra 40% đường. Chị Bảy biết tôi kiểm nghiệm thì khoá facebook.',
    'nguyên chất, không pha',
    'khoá facebook',
  ],
  [
    'Cửa hàng bảo đây là máy mới nguyên seal, em kích hoạt thì báo đã kích hoạt từ tháng 3. Em mang ra, cửa hàng bảo máy trưng bày thôi chứ có sao đâu và đề nghị đổi cho cái ốp lưng.',
    'đây là máy mới nguyên seal',
    'máy trưng bày thôi chứ có sao đâu và đề nghị đổi cho cái ốp lưng',
  ],
  [
    'Dạ con mua con chuột gaming ở shop Gear Phố, bảo hành 2 năm 1 đổi 1. Dùng 5 tháng bị double click. Con đem ra thì shop giữ 3 tuần rồi trả lại nói không lỗi, con test lại vẫn lỗi, nhắn shop thì shop seen.',
    'bảo hành 2 năm',
    'shop giữ 3 tuần rồi trả lại nói không lỗi … shop seen',
  ],
  [
    'Em mua 2kg tôm khô của bà Tư Cà Mau trên zalo, bả nói tôm đất tự nhiên không phẩm màu. Nấu lên nước đỏ lòm. Em nhắn bả bả nói tôm vậy đó ăn được thì ăn. Rồi bả xoá kết bạn.',
    'tôm đất tự nhiên không phẩm màu',
    'tôm vậy đó ăn được thì ăn. Rồi bả xoá kết bạn',
  ],
  [
    'toi mua may say toc tren tiki ghi hang chinh hang bao hanh 12 thang. may chay 2 thang chet. lien he nha ban thi nha ban bao gui ve sai gon tu tra ship, toi gui roi 1 thang khong thay tra, goi khong nghe',
    'hang chinh hang bao hanh 12 thang',
    'nha ban bao gui ve sai gon tu tra ship … goi khong nghe',
  ],
  [
    'Con đặt vé xem ca nhạc, ban tổ chức thông báo dời ngày, hứa hoàn tiền cho ai không đi được trong 10 ngày. Nay 25 ngày. Con gửi mail họ trả lời đang xử lý, con gửi nữa thì không ai trả lời.',
    'hoàn tiền cho ai không đi được trong 10 ngày',
    'đang xử lý, con gửi nữa thì không ai trả lời',
  ],
  [
    'Cô mua 10kg gạo ST25 ở đại lý Bảy Thơm, bao bì ghi ST25 chính gốc. Nấu ra gạo cứng ngắc. Cô đem trả, chị bán không nhận, nói mở bao rồi.',
    'ST25 chính gốc',
    'chị bán không nhận, nói mở bao rồi',
  ],
  [
    'Lắp mạng Fiber Nhanh, nhân viên nói tặng 2 tháng với modem wifi 6. Hoá đơn vẫn tính đủ, modem thì đời cũ. Gọi 1800 thì báo sẽ kiểm tra, ba tuần không ai gọi lại, hôm qua nhắn nhân viên đó thì ảnh nói chương trình hết từ tháng trước rồi.',
    'tặng 2 tháng với modem wifi 6',
    'báo sẽ kiểm tra, ba tuần không ai gọi lại, hôm qua nhắn nhân viên đó thì ảnh nói chương trình hết từ tháng trước rồi',
  ],
  [
    'Mình đặt cọc 3 triệu giữ phòng trọ, chủ nhà nói không thích thì trả cọc. Mình báo không ở nữa thì chủ nhà nói quá 3 ngày mất cọc.',
    'không thích thì trả cọc',
    'quá 3 ngày mất cọc',
  ],
  [
    'E gửi giặt cái áo vest ở tiệm giặt Sạch Thơm, lấy về cháy 1 lỗ. Tiệm bảo áo cũ sẵn, đền 50k tiền giặt, e đòi đền áo thì bả quát um lên',
    undefined,
    'áo cũ sẵn, đền 50k tiền giặt, e đòi đền áo thì bả quát um lên',
  ],
]

describe('what passed between the two', () => {
  it.each(TOLD)('%s', (story, promised, contacted) => {
    expect(read(story, 'promised')).toBe(promised)
    expect(read(story, 'contacted')).toBe(contacted)
  })

  it.each([
    'mua máy cũ ở tiệm Bảy, đem qua chỗ khác người ta mở ra nói linh kiện cũ y nguyên',
    'Bón xong không tan. Mang mẫu đi hỏi kỹ sư thì người ta nói giống bột đá nhuộm màu, phân giả rồi.',
    'Hàng về logo in lệch. Em mang ra cửa hàng hãng họ bảo hàng nhái.',
  ])('is no word of those who look at the goods for the person: %s', (story) => expect(read(story, 'contacted')).toBeUndefined())

  it.each([
    'Tôi có chiếc xe chết máy đem ra tiệm sửa, nó lấy một triệu hai nói thay bộ nồi, chạy nửa đường lại tắt.',
    'Vô quán hỏi thì bảo cứ ăn đi giá mềm. Tính tiền ra 3.200.000đ, tôi chuyển khoản cho xong.',
    'Có người nhắn Zalo, hình với tên đúng thằng cháu tôi, nói kẹt tiền, nhờ chuyển hai triệu rưỡi. Chủ nhật tôi chuyển khoản.',
    'Hôm sau shop tự hủy đơn với lý do hết hàng, tiền chưa về.',
    'Mua xe đạp điện 9 triệu, sạc đầy đi chưa tới chợ là hết điện, con nhỏ phải dắt bộ.',
    'Bình xài mấy hôm hết. Em gọi lên hãng hỏi thì hãng nói vỏ bình bị sơn lại.',
  ])('is no word of the sale, and no word of the trouble itself: %s', (story) => expect(read(story, 'contacted')).toBeUndefined())

  it.each([
    ['Loa giao tới rè. Mở khiếu nại gửi clip rồi mà sàn tự đóng khiếu nại của em.', 'đóng khiếu nại'],
    ['Hàng chưa tới. Mở tranh chấp hai lần đều bị đóng.', 'tranh chấp hai lần đều bị đóng'],
    ['Nạp ba lần không rút được, nhắn thì nó kick em khỏi nhóm luôn.', 'kick em khỏi nhóm'],
  ])('is also what a platform or a group decided: %s', (story, words) => expect(read(story, 'contacted')).toContain(words))

  it.each([
    ['Họ hứa học thử 7 ngày không hợp thì hoàn 100%. Tôi xin rút thì họ im.', 'học thử 7 ngày không hợp thì hoàn 100%'],
    ['Hợp đồng ghi lắp đặt xong trong 35 ngày. Đến nay chưa có gì.', 'lắp đặt xong trong 35 ngày'],
  ])('a promise goes on behind its condition: %s', (story, promised) => expect(read(story, 'promised')).toBe(promised))

  it('is all of a short answer, when it was asked for', () => {
    const said = (words: string) => readFacts(words, { messageId: 'm', asOf: '2026-11-20', known: {}, asked: 'contacted' }).contacted?.value
    expect(said('họ chối, kêu không phải hàng của họ')).toBe('họ chối, kêu không phải hàng của họ')
    expect(said('em gửi hai lần rồi, giờ shop kêu gửi nữa mà em phải tự chịu tiền ship')).toMatch(/tự chịu tiền ship$/)
    expect(said('block rồi')).toBe('block')
  })

  it('is a short quotation, and the last answer is in it', () => {
    const story = `Mua tủ lạnh 8 triệu, về không đông. ${'Tôi gọi thì chủ tiệm nói thợ đi đám cưới, chờ linh kiện ở Sài Gòn về rồi mới làm được. '.repeat(4)}Tuần rồi tôi ra thì chủ tiệm nói do nhà tôi điện yếu.`
    const contacted = String(read(story, 'contacted'))
    expect(contacted.length).toBeLessThanOrEqual(210)
    expect(contacted).toMatch(/do nhà tôi điện yếu$/)
  })

  it('leaves a wish and a question out', () => {
    expect(read('Tôi không cần gì hết, gọi rồi, chỉ cần họ xin lỗi con tôi một tiếng.', 'contacted')).toBeUndefined()
    expect(read('Cho tôi hỏi, quán cà phê thu phụ phí lễ 20% không báo trước có đúng không?', 'contacted')).toBeUndefined()
  })
})
