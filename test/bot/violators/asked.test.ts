/** Which messages ask whether a seller is to be trusted, and about whom; and what is near to a name without being it. */
import { describe, expect, it } from 'vitest'
import { sellerAnswered, sellerAskedIn, sellerNamedIn } from '../../../bot/violators/asked.ts'
import { hostOf, linkIn, linkKey } from '../../../bot/violators/links.ts'
import { isNearHost, isNearName, keysAsked } from '../../../bot/violators/match.ts'
import { fold } from '../../../knowledge/language/normalise.ts'

const NAMED: readonly (readonly [text: string, words: string])[] = [
  ['trang abc.vn có lừa đảo không', 'abc.vn'],
  ['công ty X có uy tín không', 'công ty X'],
  ['Công ty TNHH Hoa Mai có uy tín không ạ', 'Công ty TNHH Hoa Mai'],
  ['cho em hỏi shop Hoa Mai Store có uy tín không', 'Hoa Mai Store'],
  ['Hội ơi kiểm tra giúp em trang muahangre.top với', 'muahangre.top'],
  ['có nên mua hàng của shop Bé Bông không', 'Bé Bông'],
  ['Em thấy shop Hoa Mai Store trên facebook bán rẻ. Shop này có uy tín không?', 'Hoa Mai Store'],
  ['https://facebook.com/hoamai có bị cảnh báo không', 'https://facebook.com/hoamai'],
  ['có ai bị shop Hoa Mai lừa chưa', 'Hoa Mai'],
  ['shop Hoa Mai có nằm trong danh sách đen không', 'Hoa Mai'],
  ['shop Hoa Mai đã bị ai phản ánh chưa', 'Hoa Mai'],
  ['em định mua ở shop Mỹ Phẩm Lan Anh có uy tín không', 'Mỹ Phẩm Lan Anh'],
  ['app VayNhanh có lừa đảo không', 'VayNhanh'],
  ['shop Lan Anh bán trên tiktok có tin được không', 'Lan Anh'],
  ['tài khoản @hoamai.store có lừa đảo không', '@hoamai.store'],
  ['shop tên Hoa Mai có lừa không', 'Hoa Mai'],
]
const UNNAMED = [
  'shop này có bị cảnh báo chưa?',
  'công ty này có bị xử phạt lần nào chưa',
  'bên đó có đáng tin không',
  'shop này có uy tín ko vậy ad',
  'trang này có lừa đảo không',
]
const OTHERS = [
  'shop ABC lừa tôi 2 triệu',
  'shop bán hàng giả có bị phạt không',
  'công ty gọi điện báo trúng thưởng có lừa đảo không',
  'tuyển cộng tác viên làm nhiệm vụ có lừa đảo không',
  'mua hàng trên mạng có uy tín không',
  'em vừa chuyển tiền cho shop Hoa Mai, shop có lừa đảo không',
  'shop không giao hàng có bị phạt chưa',
  'làm sao biết shop uy tín',
  'shop Hoa Mai giao hàng giả, có bị xử lý thế nào',
  'gọi từ ngân hàng yêu cầu OTP có phải lừa đảo không',
  'có cảnh báo nào mới không',
  'shop bán hàng giả có lừa đảo không',
  'người bán có phải xuất hóa đơn không',
  'sàn có trách nhiệm gì không',
  'shop có bị khóa không',
  'hàng này có đảm bảo không',
  'đây có phải lừa đảo không',
  'cái này có lừa đảo không',
  'trang này không có dấu xanh xác nhận thì có phải lừa không',
  'kiểm tra cửa hàng phải có mấy bước theo thứ tự ạ',
  'họ nói đầu tư nhiều vị trí thì lãi nhiều hơn. Nghe có lừa không?',
  'Người bán đưa cái thẻ không có hình, chỉ có tên, tui nên tin không?',
  'người bán đất bảo tin nhắn cam kết là như công chứng rồi, có tin được không',
  'app bên em chỉ có nút tải hợp đồng về máy, vậy có bị kể là làm dịch vụ tin cậy không',
  'công ty quay số bằng phần mềm, không ai lập biên bản, kết quả vậy tin được không',
  'Trả cho công ty lấy lại tiền còn được không?',
  'mẹ em bị shop Hoa Mai lừa rồi, shop này có bị cảnh báo chưa',
  'shop Hoa Mai lừa em, shop có bị cảnh báo chưa',
  'Theo luật thì shop này có bị phạt không',
  'Tôi mua nồi chiên của Shop Mai Vàng trên Facebook, chuyển khoản 1.200.000 đồng rồi shop chặn máy, không giao hàng.',
]

describe('a question about a seller', () => {
  it.each(NAMED)('"%s" is about %s, with marks and without', (text, words) => {
    expect(sellerAskedIn(text)?.words).toBe(words)
    expect(fold(sellerAskedIn(fold(text))?.words ?? '')).toBe(fold(words))
  })

  it.each(UNNAMED)('"%s" is about somebody who is not named', (text) => {
    for (const typed of [text, fold(text), text.toUpperCase()]) expect(sellerAskedIn(typed)).toEqual({ words: undefined })
  })

  it.each(OTHERS)('"%s" is none', (text) => {
    for (const typed of [text, fold(text)]) expect(sellerAskedIn(typed)).toBeUndefined()
  })

  it.each([
    ['Mình định mua ở shop Hoa Mai Store trên facebook', 'Hoa Mai Store'],
    ['minh dinh mua o shop hoa mai store tren facebook ban re', 'hoa mai store'],
    ['em xem ở trang abc.vn, thấy rẻ', 'abc.vn'],
    ['nồi chiên hỏng thì đổi ở đâu', undefined],
    ['shop này giao chậm', undefined],
  ])('the seller that "%s" speaks of is %s', (text, words) => expect(sellerNamedIn(text)).toBe(words))

  it.each([
    ['Hoa Mai Store', 'Hoa Mai Store'],
    ['shop hoa mai', 'hoa mai'],
    ['dạ tên là Hoa Mai ạ', 'Hoa Mai ạ'],
    ['abc.vn', 'abc.vn'],
    ['em không biết', undefined],
    ['Gặp cán bộ', undefined],
    ['em vừa bị lừa mất 5 triệu', undefined],
    ['hàng giả thì bị phạt thế nào?', undefined],
  ])('"%s" answers which one with %s', (text, words) => expect(sellerAnswered(text)).toBe(words))
})

describe('links', () => {
  it('are found in a text, with their signs left out', () => {
    expect(linkIn('xem ở https://abc.vn/x, rồi')?.words).toBe('https://abc.vn/x')
    expect(linkIn('giá 1.500.000 và 3.5kg')).toBeUndefined()
    expect(linkIn('mail a@b.com')?.words).toBeUndefined()
  })

  it('are a site of their own, or a page of somebody on everybody’s', () => {
    expect([hostOf('https://www.ABC.vn/khuyen-mai?a=1'), hostOf('m.facebook.com/hoamai'), hostOf('@hoamai')]).toEqual([
      'abc.vn',
      undefined,
      undefined,
    ])
    expect([linkKey('https://m.facebook.com/HoaMai/?ref=1'), linkKey('facebook.com'), linkKey('@HoaMai'), linkKey('abc.vn')]).toEqual([
      'facebook.com/hoamai',
      undefined,
      'hoamai',
      undefined,
    ])
  })
})

describe('what is asked for in the list', () => {
  const has = (words: string, kind: string, key: string) => keysAsked(words).some((one) => one.kind === kind && one.key === key)

  it('is the name as it stands, and without what the person puts before it', () => {
    expect(has('shop Hoa Mai Store', 'name', 'shop hoa mai store')).toBe(true)
    expect(has('shop Hoa Mai Store', 'name', 'hoa mai store')).toBe(true)
    expect(has('Công ty TNHH Hoa Mai', 'name', 'cong ty tnhh hoa mai')).toBe(true)
    expect(has('cty trách nhiệm hữu hạn Hoa Mai', 'name', 'cong ty tnhh hoa mai')).toBe(true)
  })

  it('is a tax number, a site, an account', () => {
    expect(has('MST 0312345678', 'tax', '0312345678')).toBe(true)
    expect(has('https://www.abc.vn/x', 'host', 'abc.vn')).toBe(true)
    expect(has('@hoamai.store', 'link', 'hoamai.store')).toBe(true)
  })

  it('is near only where it could be mistaken', () => {
    expect(isNearName('hoa mai store', 'hoa mai shop')).toBe(true)
    expect(isNearName('cong ty hoa mai', 'cong ty tnhh tm hoa mai')).toBe(true)
    expect(isNearName('nhat quang mobile', 'nhat quan mobile')).toBe(true)
    expect(isNearName('shop lanh', 'cua hang lanh')).toBe(true)
    expect(isNearName('hoa mai', 'hoa mai')).toBe(false)
    expect(isNearName('hoa mai', 'hoa lan')).toBe(false)
    expect(isNearName('an', 'an')).toBe(false)
    expect(isNearName('shop', 'cua hang')).toBe(false)
    expect(isNearHost('muahangre.com', 'muahangre.vn')).toBe(true)
    expect(isNearHost('mua-hang-re.vn', 'muahangre.vn')).toBe(true)
    expect(isNearHost('tin.muahangre.vn', 'muahangre.vn')).toBe(true)
    expect(isNearHost('vnexpress.net', 'muahangre.vn')).toBe(false)
    expect(isNearHost('abc.vn', 'abd.vn')).toBe(false)
  })
})
