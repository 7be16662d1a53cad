import { beforeAll, describe, expect, it } from 'vitest'
import { dangerFeatures, isOutright } from '../../bot/answer/danger.ts'
import type { Assistant } from '../../bot/main/assistant.ts'
import { fold } from '../../knowledge/language/normalise.ts'
import { readDialogues } from '../intake/measure.ts'
import { asker, faultsOf, named, openReal, sectionsOf } from './open.ts'

let assistant: Assistant
const ask = asker(() => assistant)

beforeAll(async () => {
  assistant = await openReal()
})

/** Scams going on, written as frightened people write. */
const SCAMS = [
  'Có người xưng công an phường gọi bảo tôi dính rửa tiền, bắt ở yên trong phòng không được nói với ai rồi chuyển tiền vào tài khoản tạm giữ',
  'vua bam vao cai link nhan qua xong bi tru sach 18 trieu trong tai khoan gio lam sao',
  'em lam ctv chot don shopee nap 5tr roi 12tr h no bao nap them 30tr moi rut dc tien',
  'mẹ tôi đang nghe điện thoại của ai đó bảo cài app dịch vụ công để làm định danh mức 2, họ đòi đọc mã OTP',
  'nó nhắn fb mượn tiền em ck 3tr xong gọi lại thì bạn em bảo bị hack nick',
  'mua iphone tren mang coc 2tr xong shop chan so luon roi ạ',
  'có ông shipper gọi bảo ck tiền hàng để ở cổng, em ck xong ra không thấy hàng đâu',
  'nguoi ta goi noi con toi bi tai nan dang cap cuu can chuyen 20 trieu gap ma toi so qua',
  'app vay tiền bắt đóng phí giải ngân 3 triệu mới cho rút, đóng rồi lại đòi đóng thêm phí bảo hiểm',
  'thằng quen trên mạng gửi quà từ mỹ về giờ hải quan bắt đóng 15tr phí mới nhận được',
  'em bị quay clip nóng nó dọa gửi cho gia đình nếu không chuyển 10 triệu',
  'sàn tiền ảo em nạp 200tr giờ rút không được nó bắt đóng thuế 20% trước',
  'alo dien luc goi bao cat dien trong 30 phut neu k chuyen tien dong no',
  'co so la nhan tin trung thuong xe SH, bao nop phi ho so 2 trieu de nhan',
  'ngân hàng gọi nói thẻ tín dụng của tôi sắp bị khóa yêu cầu đọc mã xác nhận để nâng hạn mức',
  'toi lo chuyen khoan 40 trieu cho ke lua dao 10 phut truoc cuu toi voi',
  'đặt phòng homestay trên facebook chuyển cọc xong page biến mất',
  'sim tui tự nhiên mất sóng rồi tài khoản ngân hàng bị rút hết tiền',
  'co ben luat su tren mang noi lay lai tien bi lua cho em, doi phi truoc 5 trieu, co nen chuyen khong',
  'nó kêu quét mã QR để nhận hoàn tiền đơn shopee bị lỗi, em quét xong mất 7 củ',
  'Tuyển người mẫu nhí cho con, họ kêu đóng tiền cọc 10tr để chụp ảnh rồi rủ vào nhóm làm nhiệm vụ',
  'ba em 70 tuổi bị dụ đầu tư chứng khoán quốc tế chuyển hết tiền dưỡng già, giờ nhóm zalo giải tán hết',
  'khách đặt bánh của em gửi bill chuyển khoản mà em ko thấy tiền vô, nó còn đòi em trả lại tiền thừa',
  'có người chuyển nhầm vào tk em 5tr xong gọi dọa đòi trả cả lãi nếu ko sẽ kiện',
  'mình vừa cho nó mã otp xong thấy tin nhắn trừ 25 triệu, đang run hết người',
]

/** Disputes and questions that speak of money, deposits, accounts and refunds without any danger. */
const ORDINARY = [
  'mua tủ lạnh được 2 tháng không lạnh nữa cửa hàng bảo chờ 3 tuần mới có thợ',
  'dat vay tren shopee nhan duoc mau khac, shop keu khong doi tra hang sale',
  'quán lẩu tính tiền cao hơn menu mà không giải thích',
  'di tap gym dong 1 nam dc 3 thang phong gym dong cua, doi lai tien duoc khong',
  'em đặt cọc mua xe máy ở cửa hàng giờ họ tăng giá đòi thêm 2 triệu mới giao',
  'laptop bao hanh 4 lan van loi man hinh, hang khong chiu doi',
  'Mua sữa cho con về thấy hết hạn 2 ngày, siêu thị chỉ cho đổi hộp khác',
  'trung tâm tiếng anh không cho học bù, cũng không hoàn học phí',
  'mình chuyển khoản thanh toán đơn tiki rồi mà hàng giao trễ 2 tuần, hủy đơn được hông',
  'shop livestream bán kem nói là hàng Hàn mà về thấy chữ Trung Quốc',
  'cửa hàng điện thoại không chịu xuất hóa đơn cho tôi',
  'bị nhân viên bán máy lọc nước tới tận nhà, ký hợp đồng trả góp giờ muốn hủy',
  'may giat moi mua bi chap dien, chay o cam, ai den',
  'hãng xe báo triệu hồi lỗi túi khí thì tôi phải làm gì',
  'tài khoản shopee của tôi bị khóa không rõ lý do, tiền hoàn còn trong ví',
  'Tổng đài viễn thông gọi quảng cáo suốt ngày tôi có quyền từ chối không',
  'công ty du lịch hủy tour rồi chỉ trả lại 50% tiền',
  'hàng giao bị vỡ mà shop kêu tại ship, ship kêu tại shop',
  'em bán quần áo online nhỏ lẻ thì có cần đăng ký gì không',
  'khách bom hàng hoài em có được đưa số điện thoại khách lên mạng không',
  'đánh giá 1 sao bị sàn xóa mất thì khiếu nại ai',
  'mua combo kèm bảo hiểm mà không ai hỏi ý kiến tôi, đòi lại tiền bảo hiểm được không',
  'Nước mắm mua ngoài chợ có dấu hiệu hàng giả, giờ báo ai',
  'hoàn tiền đơn hàng lazada 15 ngày chưa về tài khoản',
  'shop kêu đổi hàng phải chịu phí vận chuyển 2 chiều đúng không',
]

/** Ordinary complaints in the words of scams: transfers, codes, deposits, couriers, apps; everyone can be found and answers. */
const ORDINARY_IN_SCAM_WORDS = [
  'chủ tiệm áo cưới giữ cọc một triệu vì tôi đổi ngày chụp, hợp đồng không ghi gì',
  'app giao đồ ăn trừ tiền hai lần cho một bữa trưa, tổng đài nói chờ đối soát',
  'khach san giu tien coc phong du toi huy truoc mot tuan',
  'ngân hàng tính phí thường niên thẻ mà lúc mở nói miễn phí trọn đời',
  'shipper làm ướt thùng hàng, hãng vận chuyển nói chỉ đền tối đa bốn lần cước',
  'nhà xe nhận chuyển khoản mà không xuất vé giấy, tới bến đòi bằng chứng',
  'tiem sua dien thoai xoa het anh trong may, chi xin loi chu khong den',
  'trung tâm gia sư thu trước ba tháng, cô giáo nghỉ ngang giờ hẹn lần hẹn lữa',
  'siêu thị mini ghi giá một đằng quét mã ra giá khác',
  'cửa hàng xe đạp điện bắt mua kèm mũ và bảo hiểm mới bán',
  'web bán vé xem phim trừ tiền rồi báo hết ghế, hoàn bằng điểm thưởng',
  'khóa học online hứa hoàn tiền nếu không hài lòng, giờ nói quá hạn bảy ngày',
  'hãng máy lọc nước gọi tới thay lõi rồi tính tiền dù còn bảo hành',
  'phong gym doi chu, the tap con tam thang khong ai nhan',
  'đặt bàn tiệc cọc năm triệu, nhà hàng đổi ngày mà không trả cọc',
  'shop gửi thiếu một chiếc giày, nhắn thì nói đợi kiểm kho',
  'chung cư thu phí giữ xe qua mã QR nhưng không đưa biên lai',
  'tiệm vàng không cho bán lại đúng giá như lúc hứa',
  'sàn hoàn tiền vào ví điện tử chứ không về thẻ, tôi muốn nhận về thẻ',
  'nhân viên nhà mạng đăng ký nhầm gói cước, tháng nào cũng bị trừ mà cửa hàng bảo ráng chờ',
  'công ty chuyển nhà đòi thêm tiền lúc đồ đã lên xe',
  'mua trả góp tivi, công ty tài chính tính thêm phí bảo hiểm tôi không ký',
  'quán cà phê tự cộng phí phục vụ mười phần trăm, hỏi thì nói quy định',
  'bác sĩ thú y tư vấn mổ, mổ xong mèo chết, phòng khám từ chối trả lại tiền',
  'mẹ tôi đặt cọc sofa ở showroom, giờ họ báo hết mẫu và chỉ cho đổi mẫu khác',
]

async function kinds(messages: readonly string[]): Promise<readonly (readonly [text: string, outcome: string])[]> {
  return Promise.all(messages.map(async (text) => [text, named(await ask(text))] as const))
}

const isFirstAid = ([, outcome]: readonly [string, string]) => outcome.startsWith('first_aid')

describe('recognising danger', () => {
  it('in every one of 25 scams going on', async () => {
    const missed = (await kinds(SCAMS)).filter((entry) => !isFirstAid(entry))
    expect(missed).toEqual([])
  })

  it('in at most 2 of 25 ordinary complaints: being too careful is the cheaper fault, but it must stay rare', async () => {
    const alarmed = (await kinds(ORDINARY)).filter(isFirstAid)
    expect(alarmed.length, JSON.stringify(alarmed, null, 1)).toBeLessThanOrEqual(3)
  })

  it('in at most 2 of 25 ordinary complaints that use the words of scams', async () => {
    const alarmed = (await kinds(ORDINARY_IN_SCAM_WORDS)).filter(isFirstAid)
    expect(alarmed.length, JSON.stringify(alarmed, null, 1)).toBeLessThanOrEqual(3)
  })

  it('takes the odds of the words into account: the same signs and neighbours, likelier words', () => {
    const at = (odds: number) => dangerFeatures([], () => false, 'em đã chuyển khoản rồi', false, odds)
    expect(at(2).at(-1)).toBe(2)
    expect(at(2).slice(0, -1)).toEqual(at(-2).slice(0, -1))
  })

  it.each([
    ['mua iphone trên mạng cọc 2 triệu xong shop chặn số luôn rồi ạ', 'mua iphone tren mang coc 2tr xong shop chan so luon roi a'],
    ['có người xưng công an gọi bắt tôi chuyển tiền vào tài khoản tạm giữ', 'co nguoi xung cong an goi bat toi chuyen tien vao tai khoan tam giu'],
    ['làm nhiệm vụ chốt đơn nạp 5 triệu giờ bắt nạp thêm mới rút được tiền', 'lam nhiem vu chot don nap 5tr gio bat nap them moi rut dc tien'],
    ['bấm vào đường link lạ xong bị trừ tiền, có nhập mã OTP', 'bam vao duong link la xong bi tru tien, co nhap ma otp'],
  ])('with and without tone marks: %s', async (marked, bare) => {
    expect((await ask(marked)).kind).toBe('first_aid')
    expect((await ask(bare)).kind).toBe('first_aid')
  })

  it.each([
    'Bà nội tôi mua thuốc bổ dởm qua điện thoại lâu lắm rồi, chắc trước dịch Covid, ngày tháng không nhớ. Giờ đi kiện đòi tiền còn kịp không?',
    'Mấy năm trước mẹ tôi bị dụ mua máy massage ở hội thảo, chuyển khoản 12 triệu, giờ đòi lại được không?',
  ])('not in what lies years back: %s', async (text) => expect((await ask(text)).kind).not.toBe('first_aid'))

  it('still where it is of this minute, whatever was years ago', async () => {
    expect((await ask('Bạn em quen mấy năm trước vừa nhắn vay, em mới chuyển 5 triệu thì bị chặn zalo, giờ làm sao')).kind).toBe('first_aid')
  })

  it('reads the signs in folded words: marks and capitals change nothing, more signs weigh more', () => {
    const at = (text: string) => dangerFeatures([], () => false, text)
    const weight = (text: string) => at(text).reduce((sum, feature) => sum + feature, 0)
    const texts = ['áo màu xanh', 'em đã chuyển khoản rồi', 'nó dọa, bắt em đọc mã OTP rồi mất sạch tiền, bị chặn']
    for (const text of texts) expect(at(fold(text).toUpperCase())).toEqual(at(text))
    expect(weight('áo màu xanh')).toBe(1)
    expect(texts.map(weight)).toEqual(texts.map(weight).sort((a, b) => a - b))
    expect(new Set(texts.map(weight)).size).toBe(texts.length)
  })

  it('has no doubt where money and seller are gone together, and only there', async () => {
    for (const text of ['ck xong nó khóa fb luôn', 'nạp thêm 5 triệu mới cho rút', 'bấm link xong bị trừ 3 triệu'])
      expect(isOutright(text), text).toBe(true)
    for (const text of ['nói chuyện với shop xong shop im', 'đóng tiền học cả năm, nghỉ thì lấy lại được không', 'tiệm chặn facebook sau khi em chê'])
      expect(isOutright(text), text).toBe(false)
    // Whoever asks of the crime itself tells one: the Penal Code is left out.
    const law = [...assistant.library.provisions.values()].filter(({ document }) => document !== '100/2015/QH13')
    const others = [...law, ...[...assistant.library.guides.values()].filter((g) => g.kind !== 'scam')]
    const sure = others.flatMap((entry) => entry.questions.filter((q) => isOutright(q.text)))
    expect(sure.length, sure.map((q) => q.text).join('\n')).toBeLessThanOrEqual(3)
  })

  it('gives an answer under a warning where it may be one but the seller can be found', async () => {
    const outcome = await ask('Tiệm vàng bán vòng thiếu tuổi, về cân lại mới hay, họ chối. Lừa đảo phải không, tôi đòi sao?')
    expect(outcome.kind, named(outcome)).toBe('answered')
    expect(outcome.sections[0]?.heading).toBe('Nghi là lừa đảo thì')
  })
})

describe('complaints as people tell them', () => {
  /** Of these kinds a story may be of a scam. */
  const EITHER = /^(lua-dao|khong-giao-hang|web-|livestream|mua-qua|hoi-thao|ban-tan|da-cap|de-doa|lo-thong|cuoc-goi|quay-roi|trang-tin)/
  const told = readDialogues()
    .filter(({ half, issue }) => half === 'dev' && issue !== undefined && !EITHER.test(issue))
    .flatMap(({ open }) => open.flatMap((said) => (typeof said === 'string' && said.length >= 60 ? [said] : [])))
    .filter((_said, i) => i % 4 === 0)

  it('are mostly met with an answer, not with first aid', async () => {
    const kinds: string[] = []
    for (const text of told) kinds.push((await ask(text)).kind)
    expect(told.length).toBeGreaterThan(60)
    expect(kinds.filter((kind) => kind === 'first_aid').length / told.length).toBeLessThanOrEqual(0.15)
  })
})

describe('someone who may harm themselves', () => {
  it.each(['mất hết tiền rồi em muốn tự tử', 'mat het tien roi em muon tu tu', 'không muốn sống nữa'])('is heard first: %s', async (text) =>
    expect(named(await ask(text))).toBe('first_aid:distress'),
  )

  it.each([
    'cứ từ từ trả hàng cũng được hả shop',
    'cu tu tu roi doi hang duoc khong',
    'nhân viên tư vấn luôn miệng nói hàng thật mà giao hàng giả',
    'bếp từ mới mua, canh chưa sôi đã nhảy cầu dao, đổi được không',
  ])('is not seen where someone only takes their time or advises: %s', async (text) => expect(named(await ask(text))).not.toBe('first_aid:distress'))
})

describe('what first aid says', () => {
  it('holds the five essentials at once: stop, bank, evidence, police, hotline', async () => {
    for (const [text] of (await kinds(SCAMS)).filter(isFirstAid)) {
      const outcome = await ask(text)
      const urgent = sectionsOf(outcome, 'urgent').flatMap((s) => s.lines.map((line) => line.text))
      expect(urgent.length, text).toBeLessThanOrEqual(8)
      for (const essential of [/đừng|không|ngừng|dừng/iu, /ngân hàng/iu, /công an/iu, /giữ|chụp|lưu/iu, /tổng đài quốc gia 1800\.6838/u])
        expect(urgent.join(' '), text).toMatch(essential)
      expect(faultsOf(outcome), text).toEqual([])
    }
  })

  it('names a way to reach someone', async () => {
    for (const guide of [...assistant.library.guides.values()].filter((g) => g.kind === 'scam')) {
      const said = [...guide.firstAid, ...guide.steps].map((s) => s.text).join(' ')
      expect(said, guide.id).toMatch(/công an|ngân hàng|1800\.6838/iu)
    }
  })
})
