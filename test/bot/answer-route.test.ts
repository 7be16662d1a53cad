/** The wish to complain: heard in its many forms, told apart from questions about complaining, never before first aid. */
import { beforeAll, describe, expect, it } from 'vitest'
import type { Assistant } from '../../bot/main/assistant.ts'
import { asker, faultsOf, named, openReal } from './open.ts'

let assistant: Assistant
const ask = asker(() => assistant)

beforeAll(async () => {
  assistant = await openReal()
})

describe('a wish to complain is heard', () => {
  it.each([
    'e mún khíu nại shop á',
    'tui muốn khiếu nại bà con ơi',
    'con muốn khiếu nại ạ',
    'cháu muốn khiếu nại giùm bà ngoại cháu',
    'mình muốn kiện cái cửa hàng',
    'bác muốn khiếu nại',
    'tụi em muốn khiếu nại',
    'tôi muốn khiếu nại shop Nội Thất Mộc bán ghế sofa 5tr5 giao sai màu ngày 9/11',
    'toi muon khieu nai shop noi that moc ban ghe sofa 5tr5 giao sai mau ngay 9/11',
    'dạ con chào cô, con muốn khiếu nại tiệm điện thoại',
    'admin ơi cho em khiếu nại shop này với',
    'Hội giúp tôi khiếu nại cửa hàng xe máy với',
    'vợ chồng tôi muốn tố cáo một công ty du lịch',
    'em cần làm đơn khiếu nại gara sửa xe',
    'Kính gửi quý hội, tôi xin phản ánh việc sau',
    'bà muốn khiếu nại cháu ơi',
    'muốn khiếu nại shop bán giày',
  ])('%s', async (text) => {
    const outcome = await ask(text)
    expect(named(outcome)).toBe('complaint:asked_to_complain')
    expect(faultsOf(outcome)).toEqual([])
  })
})

describe('a wish to complain that goes on into its story is heard', () => {
  it.each([
    'Tôi muốn khiếu nại: ngày 3/11 tôi mua máy giặt ở điện máy Hoàng Long giá 7 triệu, về chạy hai hôm thì hư, cửa hàng không chịu đổi. Giờ tôi phải làm sao?',
    'em muốn tố cáo shop Hoa Hồng trên shopee vì giao giày giả, nhắn tin thì shop không trả lời, em đã trả 450k',
    'cho tôi khiếu nại cửa hàng nội thất, đặt cái tủ 8 triệu mà giao tới trầy xước hết, gọi thì họ nói không đổi được',
    'Tôi tên là Nguyễn Thị Lan, tôi muốn khiếu nại tiệm vàng vì bán cho tôi chiếc nhẫn thiếu tuổi, đòi đổi không cho',
    'Con tên Lan Anh, ở xã Ia Grai. Con muốn khiếu nại tiệm điện thoại bán máy cũ mà nói máy mới, con mua 4 triệu 2',
    'Tôi muốn kiện hãng xe máy, xe mới mua ba tháng mà sửa bốn lần vẫn chết máy giữa đường, hãng cứ hẹn',
    'con muon khieu nai gium me con, me con mua cai noi com dien ve nau khong chin, cua hang khong nhan lai',
    'Xin chào, mình muốn phản ánh tiệm bánh ở Pleiku. Bánh sinh nhật đặt trước ba hôm mà tới ngày lấy thì tiệm nói không có, giờ còn ai dám tin nữa?',
  ])('%s', async (text) => expect(named(await ask(text))).toBe('complaint:asked_to_complain'))
})

describe('a wish behind the story is heard', () => {
  it.each([
    'Ngày 25/10 tôi ký hợp đồng tour Lý Sơn với công ty du lịch, chuyển khoản đủ 11 triệu. Sát ngày họ báo hoãn, chỉ cho bảo lưu. Đề nghị Hội can thiệp giúp tôi.',
    'Tôi mua máy trợ thính 4 triệu 8, đeo vào nó hú. Tôi gọi ba lần cửa hàng không tới sửa. Nhờ Hội giải quyết cho tôi việc này. Xin cảm ơn.',
    'bà con mua cái nồi 900 ngàn ở siêu thị về nấu hổng chín, đem trả người ta hổng nhận, mong hội đòi lại tiền giúp con',
    'chi mua may xay cua shop tren lazada 650k ve khong chay, nhan tin shop khong tra loi. nho hoi giup chi doi lai tien',
    'em mua áo khoác 320k hàng khác hình, ib shop thì shop kêu chờ hoài. Giờ em muốn khiếu nại ạ',
    'Xưởng nhận cọc 20 triệu hẹn 35 ngày mà ba tháng chưa làm gì. Nay tôi làm đơn khiếu nại',
    'Tôi đóng 9 triệu tiền học mà trung tâm đổi giáo viên liên tục, không đúng cam kết. Nay tôi đề nghị trung tâm hoàn lại học phí cho gia đình.',
    'Nồi chiên mua 1.890.000 đồng đang nướng thì nổ, vợ tôi bỏng tay. Tôi muốn cửa hàng bồi thường tiền thuốc và tiền nồi.',
    'Tủ lạnh mới mua hai tháng đã hư, gọi bảo hành ba tuần không ai tới. Rất mong được quý Hội quan tâm giúp đỡ.',
    'Cân thiếu hai lạng một ký, nói thì bà bán hàng chửi. Mong các cô chú trong Hội xử lý để bà con đỡ bị gạt.',
    'mình bị trừ tiền gói nhạc 3 tháng nay, tổng đài nói mình tự đăng ký. Hội giúp mình lấy lại tiền với',
    'Shop bán giày giả giá 450k, em trả hàng shop không nhận. Nhờ Hội giúp em với ạ',
  ])('%s', async (text) => expect(named(await ask(text))).toBe('complaint:asked_to_complain'))
})

describe('a question behind a story stays one', () => {
  it.each([
    'Em mua áo khoác 320k hàng khác hình, shop không cho trả. Em muốn khiếu nại thì làm sao',
    'Tôi mua nồi chiên bị lỗi, siêu thị không cho đổi. Nhờ Hội tư vấn giúp tôi có đòi lại tiền được không',
    'Tủ lạnh hư ba lần rồi vẫn chưa sửa xong. Mong Hội hướng dẫn giúp tôi phải đòi thế nào cho đúng luật',
    'Mua điện thoại cũ bị lỗi màn hình, shop từ chối. Tôi đề nghị đổi máy khác mà họ không chịu, vậy có đúng luật không?',
    'Tôi yêu cầu hoàn tiền vé mà hãng chỉ trả lại một nửa, quy định nào cho họ làm vậy',
    'Hội cho em hỏi, shop giao sai màu áo thì em được trả lại trong mấy ngày',
    'Họ nói nếu tôi muốn khiếu nại thì phải ra tòa, nói vậy có đúng không',
    'Kiện đòi tiền nhỏ mà tòa xử theo thủ tục rút gọn thì có từ ngày nào? Ba em đang tính kiện tiệm điện máy.',
    'Em tính kiện garage đòi 45 triệu. Luật mới áp dụng hơn hai tháng rồi, giờ tòa có xử nhanh cho mình được chưa?',
    'Nồi cơm điện nổ, tôi muốn kiện tiệm nhưng phải đi giám định tốn mấy triệu. Ra hàng dỏm thì ai trả tiền giám định cho tôi',
    'Sàn khóa tài khoản của tôi rồi, tôi cần lấy lại dữ liệu các đơn cũ để kê khai. Sàn phải cho tải trong mấy năm?',
  ])('%s', async (text) => expect((await ask(text)).kind).not.toBe('complaint'))
})

describe('what is no wish to complain goes on to be answered', () => {
  it.each([
    'khiếu nại thì gửi ở đâu?',
    'thời hạn giải quyết khiếu nại là bao lâu',
    'muốn khiếu nại thì cần giấy tờ gì',
    'tôi muốn khiếu nại thì gửi đơn ở đâu',
    'em muốn khiếu nại shop online cần những giấy tờ gì ạ',
    'khách muốn khiếu nại shop em thì em phải làm gì',
    'em muốn khiếu nại khách bom hàng được không',
    'Tôi muốn tố cáo công ty bán hàng gạt người trên cả nước thì cấp bộ có nhận giải quyết không',
    'em muốn kiện tiệm bán xe cũ tua công tơ mét thì đứng tên em kiện luôn được không, tòa xử theo luật nào',
    'Tôi muốn kiện cửa hàng điện máy ra tòa, có phải nộp tạm ứng án phí không?',
    'chị tôi muốn khiếu nại tiệm áo cưới mà tiệm nói hết hạn rồi, vậy có đúng không',
    'tôi không muốn khiếu nại, chỉ hỏi luật cho trả hàng trong mấy ngày',
    'tôi muốn làm đơn ly hôn',
    'muốn kiện shop mà chỉ có cái nick, nhờ sàn đưa tên tuổi địa chỉ người bán được không',
    'Em định kiện chỗ bán vé concert ảo thì tòa làm theo quy trình riêng hay như án thường ạ',
    'tui muốn kiến nghị sửa luật cho nông dân mua vật tư đỡ bị lừa, có quyền đó không',
    'tôi muốn kiện hàng giao tới nhà',
    'Tôi là chủ shop, khách của tôi muốn khiếu nại món hàng đã dùng, tôi có phải đổi không',
    'em là sinh viên, em muốn khiếu nại phòng trọ thì gửi đơn ở đâu',
    'khách nhắn “tôi muốn khiếu nại” rồi đòi hoàn tiền dù hàng đã dùng, shop em phải làm sao',
  ])('%s', async (text) => expect((await ask(text)).kind).not.toBe('complaint'))
})

describe('danger comes before a complaint that is told at length', () => {
  it.each([
    'Tôi muốn khiếu nại: sáng nay tôi chuyển khoản 3 triệu cọc mua điện thoại trên facebook, chuyển xong thì nó chặn luôn, gọi không được',
    'em muốn tố cáo: có người xưng công an gọi bắt em chuyển hết tiền vào tài khoản tạm giữ, đang giục em chuyển gấp',
    'cho em khieu nai voi, em lam ctv chot don shopee nap 5tr roi 12tr h no bao nap them 30tr moi rut dc tien',
    'tôi muốn tố cáo nó vừa lừa tôi cọc 2 triệu rồi chặn zalo',
    'tôi muốn khiếu nại shop lừa hết tiền, giờ tôi không muốn sống nữa',
    'em vừa chuyển 5 triệu cọc xe cho nó xong thì nó chặn zalo, khóa máy luôn. Nhờ Hội giúp em lấy lại tiền gấp với',
  ])('%s', async (text) => expect((await ask(text)).kind).toBe('first_aid'))
})
