import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { expandShorthand, repairTyping, shortForms, undoRewriting } from '../../../knowledge/language/shorthand.ts'
import { isSyllable } from '../../../knowledge/language/syllable-shape.ts'

const SENTENCES: [short: string, full: string][] = [
  ['shop k trả tiền', 'shop không trả tiền'],
  ['shop ko đổi', 'shop không đổi'],
  ['hok biết', 'không biết'],
  ['hông chịu', 'không chịu'],
  ['kh trả lời', 'không trả lời'],
  ['được k?', 'được không?'],
  ['mua cho kh 3 món', 'mua cho khách hàng 3 món'],
  ['dc hoàn tiền', 'được hoàn tiền'],
  ['đc đổi hàng', 'được đổi hàng'],
  ['có dk trả hàng', 'có được trả hàng'],
  ['phải dk tài khoản', 'phải đăng ký tài khoản'],
  ['đủ đk hoàn', 'đủ điều kiện hoàn'],
  ['mk mua máy', 'mình mua máy'],
  ['lộ mk rồi', 'lộ mật khẩu rồi'],
  ['cho mik hỏi', 'cho mình hỏi'],
  ['e mua máy', 'em mua máy'],
  ['E mua máy', 'Em mua máy'],
  ['a ơi', 'anh ơi'],
  ['cảm ơn c', 'cảm ơn chị'],
  ['c ơi cho e hỏi', 'chị ơi cho em hỏi'],
  ['mn ơi', 'mọi người ơi'],
  ['làm j', 'làm gì'],
  ['sao z', 'sao vậy'],
  ['ntn vậy', 'như thế nào vậy'],
  ['xong r', 'xong rồi'],
  ['chán lắm r, làm s', 'chán lắm rồi, làm sao'],
  ['sp lỗi', 'sản phẩm lỗi'],
  ['khóa tk', 'khóa tài khoản'],
  ['mua vs giá rẻ', 'mua với giá rẻ'],
  ['e k bt', 'em không biết'],
  ['máy vẫn bt', 'máy vẫn bình thường'],
  ['đt bị nóng', 'điện thoại bị nóng'],
  ['cho xin sđt', 'cho xin số điện thoại'],
  ['đã ck cho shop', 'đã chuyển khoản cho shop'],
  ['vợ ck e bị lừa', 'vợ chồng em bị lừa'],
  ['đã ib mà k rep', 'đã nhắn tin mà không trả lời'],
  ['phí ship', 'phí giao hàng'],
  ['mua trên sop', 'mua trên Shopee'],
  ['đặt trên shoppe', 'đặt trên Shopee'],
  ['xem tóp tóp', 'xem TikTok'],
  ['toptop shop', 'TikTok shop'],
  ['qua fb', 'qua Facebook'],
  ['ng bán', 'người bán'],
  ['nta nói', 'người ta nói'],
  ['lm sao', 'làm sao'],
  ['mấy h giao', 'mấy giờ giao'],
  ['bh máy 12 tháng', 'bảo hành máy 12 tháng'],
  ['bh em phải làm', 'bây giờ em phải làm'],
  ['muốn kn', 'muốn khiếu nại'],
  ['hủy gd', 'hủy giao dịch'],
  ['gh chậm', 'giao hàng chậm'],
  ['ký hđ với tiệm', 'ký hợp đồng với tiệm'],
  ['không xuất hđ đỏ', 'không xuất hóa đơn đỏ'],
  ['quyền của ntd', 'quyền của người tiêu dùng'],
  ['luật bvntd', 'luật bảo vệ người tiêu dùng'],
  ['sàn tmđt', 'sàn thương mại điện tử'],
  ['nđ 52/2013', 'nghị định 52/2013'],
  ['theo qđ của shop', 'theo quy định của shop'],
  ['qđ 07/2024', 'quyết định 07/2024'],
  ['khônggg chịu đổi', 'không chịu đổi'],
  ['chán lắmmm', 'chán lắm'],
  ['quáaa đáng', 'quá đáng'],
  ['rồiii', 'rồi'],
  ['kooo', 'không'],
  ['lâu wá', 'lâu quá'],
  ['wên mật khẩu', 'quên mật khẩu'],
  ['zậy hả', 'vậy hả'],
  ['thui kệ', 'thôi kệ'],
  ['dzậy sao', 'vậy sao'],
  ['iu cầu hoàn tiền', 'yêu cầu hoàn tiền'],
  ['fải trả fí', 'phải trả phí'],
  ['fòng trọ', 'phòng trọ'],
  ['vậy thôj', 'vậy thôi'],
  ['bít rồj', 'bít rồi'],
  ['ký hợp đồng zới họ', 'ký hợp đồng với họ'],
  ['KO trả', 'Không trả'],
  ['nói chuyện vs nv', 'nói chuyện với nhân viên'],
  ['đt hư r, e xài dc 3 ngày', 'điện thoại hư rồi, em xài được 3 ngày'],
]

const LEFT_ALONE = [
  'điểm a khoản 2 Điều 39',
  'a) trả hàng b) đổi hàng',
  'vitamin c 500k',
  'áo size s',
  'k3 đ38 luật 19/2023/QH15',
  'nghị định 52/2013/NĐ-CP',
  'www.shop.vn/k và e@k.com',
  'shop.vn',
  'mã đơn SPX0123K',
  'hahaha kkkk',
  'công ty A và ông B',
  'chương iii',
  'gửi từ Hồng Kông',
  'zalo app boom shop web free',
  'mua hàng bị lỗi muốn trả lại',
  'toi mua hang bi loi muon tra lai',
  '@k #e',
  '500 k',
  '',
]

describe('expandShorthand', () => {
  it.each(SENTENCES)('%s', (short, full) => expect(expandShorthand(short).text).toBe(full))
  it.each(LEFT_ALONE)('left alone: %s', (text) => expect(expandShorthand(text)).toEqual({ text, changed: [] }))

  it('has at least sixty sentences and a hundred and eighty short forms', () => {
    expect(SENTENCES.length).toBeGreaterThanOrEqual(60)
    expect(shortForms().length).toBeGreaterThanOrEqual(180)
  })

  it('says what it changed, where', () => {
    expect(expandShorthand('Shop k rep mk').changed).toEqual([
      { from: 'k', to: 'không', index: 5 },
      { from: 'rep', to: 'trả lời', index: 7 },
      { from: 'mk', to: 'mình', index: 11 },
    ])
  })

  it('leaves alone what it has written', () => {
    for (const [, full] of SENTENCES) expect(expandShorthand(full).text).toBe(full)
  })
})

const TYPED: [typed: string, meant: string][] = [
  ['dduowcj', 'được'],
  ['dduwowcj', 'được'],
  ['duocwjd', 'được'],
  ['khoong', 'không'],
  ['tieenf', 'tiền'],
  ['tieefn', 'tiền'],
  ['nguwowif', 'người'],
  ['tooi', 'tôi'],
  ['muoons', 'muốn'],
  ['trar hangf', 'trả hàng'],
  ['Tooi bij luwaf ddaor', 'Tôi bị lừa đảo'],
  ['chuyeern khoanr', 'chuyển khoản'],
  ['hoangf tieenf coocj', 'hoàng tiền cộc'],
  ['quas', 'quá'],
  ['quyeenf', 'quyền'],
  ['giuwx', 'giữ'],
  ['gif', 'gif'],
  ['nghieejp', 'nghiệp'],
  ['thuowng maij', 'thương mại'],
  ['d9u7o7c5', 'được'],
  ['d9uo7c5', 'được'],
  ['tra3', 'trả'],
  ['tie62n', 'tiền'],
  ['kho6ng', 'không'],
  ['ngu7o7i2', 'người'],
  ['d9o62', 'đồ'],
  ['ha2ng', 'hàng'],
]
const KNOWN = new Set(
  'được không tiền người tôi muốn trả hàng bị lừa đảo chuyển khoản hoàng cộc quá quyền giữ nghiệp thương mại đồ tên bên môn hải lát tã bôm làn tháng nậm điệu hót mót quên'.split(
    ' ',
  ),
)
const ORDINARY = [
  'shop zalo order access free ship app boom',
  'Facebook Shopee TikTok Lazada review livestream',
  'test list host post last been teen queen hair tax room',
  'lan2 thang3 dieu38 nam1 iphone15 covid19 b12 t3 k3 q7',
  'toi mua hang bi loi',
  'SPX0123456789 19/2023/QH15 shop@mail.com www.tooi.com',
]

describe('repairTyping', () => {
  const knows = (syllable: string) => KNOWN.has(syllable.toLowerCase())
  it.each(TYPED)('%s → %s', (typed, meant) => expect(repairTyping(typed, knows).text).toBe(meant))
  it.each(ORDINARY)('left alone: %s', (text) => expect(repairTyping(text, () => true)).toEqual({ text, changed: [] }))

  it('decodes only into known syllables', () => expect(repairTyping('dduowcj tieenf', () => false).changed).toEqual([]))
  it('says what it changed', () => expect(repairTyping('k dduowcj', knows).changed).toEqual([{ from: 'dduowcj', to: 'được', index: 2 }]))
})

describe('isSyllable', () => {
  it.each(['quyền', 'nghiêng', 'khuỷu', 'giếng', 'gì', 'quốc', 'yêu', 'ý', 'được', 'thuở', 'quýt', 'xoong', 'hòa', 'hoà', 'GIỮ'])('%s', (word) =>
    expect(isSyllable(word)).toBe(true),
  )
  it.each(['shop', 'free', 'kái', 'qán', 'cèo0', 'hảt', 'nge', 'ghan', 'zậy', 'fòng', 'được0', 'đđ', ''])('not %s', (word) =>
    expect(isSyllable(word)).toBe(false),
  )
})

const PIECES = [
  'k',
  'e',
  'a',
  'dc',
  'khônggg',
  'rồj',
  'fải',
  'A',
  'điểm',
  '500',
  '.',
  ')',
  '/',
  '@',
  '\n',
  'tóp',
  'hđ',
  'kooo',
  'dduowcj',
  'tra3',
  '\u200b',
  'e\u0301',
]
const texts = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 12 }).map((words) => words.join(' ')),
)

describe('properties', () => {
  it('every rewriting can be undone, and its changes say what stood where', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const rewritten of [expandShorthand(text), repairTyping(text, () => true)]) {
          expect(undoRewriting(rewritten)).toBe(text)
          for (const { from, to, index } of rewritten.changed) {
            expect(text.slice(index, index + from.length)).toBe(from)
            expect(to).not.toBe(from)
          }
        }
      }),
      { seed: 9, numRuns: 800 },
    )
  })
})
