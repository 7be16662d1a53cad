/** What else happens while a complaint is told: several facts in a reply, photos, contradictions, the same matter twice, insults, a complaint about ourselves. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FactName } from '../../../bot/complaint/facts.ts'
import type { IntakeGuide } from '../../../bot/complaint/guide.ts'
import { commandIn, correctionIn, isQuestion } from '../../../bot/complaint/read/commands.ts'
import { contestIn } from '../../../bot/complaint/read/contest.ts'
import { readFacts } from '../../../bot/complaint/read/read-facts.ts'
import { ASK_TOGETHER, askContact, COMPLAINT_CHOICE, FACT_ASK, INTAKE } from '../../../bot/wording/complaint.ts'
import { plainGuide } from './guide.ts'
import { atSummary, NUMBER, REACH, STORY, Teller } from './teller.ts'

const issue = plainGuide.issueOf('', {}, '2026-11-26')

function needing(...required: readonly FactName[]): IntakeGuide {
  return { ...plainGuide, issueOf: () => ({ ...issue, required }) }
}

/** Reads as the real one does; what is needed is said here. */
function real(...required: readonly FactName[]): IntakeGuide {
  return { ...needing(...required), readFacts, commandIn, correctionIn, isQuestion, contestIn }
}

const valuesOf = ({ draft }: Teller) => Object.fromEntries(Object.entries(draft?.facts ?? {}).map(([name, fact]) => [name, fact?.value]))

describe('how to reach a person', () => {
  const asked = () => new Teller('', real()).all('mua đồ bị hỏng')

  it('is one question', () => expect(asked().words).toContain(askContact(['name', 'phone', 'commune'])))

  it.each([
    ['Nguyễn Thị Lành, 0905123456, phường Pleiku', 'Nguyễn Thị Lành', '0905123456', 'phường Pleiku'],
    ['Trần Văn Hùng 0905 123 456 Hội Phú', 'Trần Văn Hùng', '0905123456', 'Hội Phú'],
    ['dạ em tên Vy, sdt e 0977 888 999\nở p. Diên Hồng', 'Vy', '0977888999', 'p. Diên Hồng'],
    ['xã Ia Grai, Siu Hlinh, 0355666777', 'Siu Hlinh', '0355666777', 'xã Ia Grai'],
    ['Hồ Sĩ Phúc. Chữ Sĩ i ngắn, hôm trước họ ghi y dài. Số 0913 804 276. Nhà ở thôn Tân Lập, xã Đak Pơ.', 'Hồ Sĩ Phúc', '0913804276', 'xã Đak Pơ'],
    ['Cứ ghi Tư Rạng là ai cũng biết, hỏi ngoài chợ người ta chỉ liền. Xã Hoài Ân. 0984 362 075', 'Tư Rạng', '0984362075', 'Xã Hoài Ân'],
    ['lam thi cam tu xa cat tien 0798 254 316 nghe cung', 'lam thi cam tu', '0798254316', 'xa cat tien'],
    ['la van thiet. so 0702 451 896. xa canh vinh.', 'la van thiet', '0702451896', 'xa canh vinh'],
    ['Tên phụ huynh: Cao Thị Gấm; con là Cao Minh Quân. ĐT 0967 082 415. Phường Ayun Pa', 'Cao Thị Gấm', '0967082415', 'Phường Ayun Pa'],
    ['Kiều Thanh Phong 0919 263 840. Giấy cũ ghi xã Nhơn Lộc chứ giờ là xã An Nhơn Tây.', 'Kiều Thanh Phong', '0919263840', 'xã An Nhơn Tây'],
    ['Ông tên Trịnh Văn Hoè. Số ông không chín một ba, bảy hai không, 468. Nhà ông xã Đức Cơ.', 'Trịnh Văn Hoè', '0913720468', 'xã Đức Cơ'],
    ['Mai|0905123456ạ|Ia Grai', 'Mai', '0905123456', 'Ia Grai'],
    ['sđt mình 0906321321, mình tên Yến, thì Pleiku chứ đâu', 'Yến', '0906321321', 'thì Pleiku chứ đâu'],
  ])('%o tells all three', (reply, name, phone, commune) => {
    const teller = asked().all(reply)
    expect([valuesOf(teller), teller.draft?.stage]).toEqual([expect.objectContaining({ name, phone }), 'consent'])
    expect(String(valuesOf(teller)['commune'])).toContain(commune.replace('thì Pleiku chứ đâu', 'Pleiku'))
  })

  it.each(['chờ dì chút, dì đi kiếm cái kiếng đã', 'dạ đợi tí', 'Chừ tui bận đi đón con', 'Tui quay lại rồi đây'])(
    '%o asks for time: nothing is read, nothing is given up',
    (reply) => {
      const teller = asked().all(reply, reply)
      expect([teller.draft?.asked, valuesOf(teller)['name'], teller.words.includes(INTAKE.takeTime)]).toEqual([
        ['name', 'phone', 'commune'],
        undefined,
        true,
      ])
    },
  )

  it('who asks for time and answers all the same is heard', () =>
    expect(valuesOf(asked().all('chờ chút nha, em tên Lan, 0905123456'))).toMatchObject({ name: 'Lan', phone: '0905123456' }))

  it('what others do not know declines nothing', () => {
    const teller = asked().all('mà chồng em không biết vụ này')
    expect(teller.draft?.skipped).toEqual([])
  })

  it('a number that turns out to be the seller’s is the person’s no more', () => {
    const teller = new Teller('', real('respondentPhone')).all('mua đồ bị hỏng, số của em 02876501194')
    expect(valuesOf(teller)).toMatchObject({ phone: '02876501194' })
    expect(valuesOf(teller.all('02876501194'))).toMatchObject({ respondentPhone: '02876501194' })
    expect(valuesOf(teller)).not.toHaveProperty('phone')
  })

  it('what is missing of it is asked once more, together, and then left open', () => {
    const teller = asked().all('Lan')
    expect([teller.draft?.asked, teller.words.includes(askContact(['phone', 'commune']))]).toEqual([['phone', 'commune'], true])
    teller.say('0905123456')
    expect([teller.draft?.stage, teller.draft?.skipped]).toEqual(['consent', ['commune']])
  })

  it('who says that they have none is not asked again', () => {
    const teller = asked().all('con tên Bin, không có điện thoại, con ở phường Thống Nhất')
    expect([teller.draft?.stage, teller.draft?.skipped]).toEqual(['consent', ['phone']])
  })

  it.each(['tụi mày lề mề quá, có giải quyết được không thì nói', 'làm gì mà lâu quá, giải quyết nhanh đi', 'cảm ơn nha'])(
    '%o is nobody’s name and no place',
    (reply) => {
      expect(valuesOf(asked().all(reply))).not.toHaveProperty('name')
      expect(valuesOf(asked().all(reply))).not.toHaveProperty('commune')
    },
  )

  it('comes to consent whatever is said twice, and never throws', () => {
    const piece = fc.constantFrom('Lan', '0905123456', 'phường Pleiku', 'không', 'ạ', ',', '\n', ' ', 'ở', 'tên', '12', '😀', 'không có số')
    fc.assert(
      fc.property(fc.array(fc.array(piece, { minLength: 1, maxLength: 8 }), { minLength: 2, maxLength: 2 }), (replies) => {
        const teller = asked()
        for (const words of replies) if (teller.draft?.stage === 'contact' && !teller.draft.paused) teller.say(words.join(''))
        expect(['contact', 'consent']).toContain(teller.draft?.stage)
      }),
      { seed: 5, numRuns: 100 },
    )
  })
})

describe('facts that belong together', () => {
  it('are asked in one question where both are missing, and read out of one reply', () => {
    const teller = new Teller('', real('goods', 'amount', 'boughtOn')).all('tôi bị shop lừa')
    expect(teller.words).toContain(ASK_TOGETHER.find(([first]) => first === 'goods')?.[2])
    teller.say('giày 850k')
    expect(valuesOf(teller)).toMatchObject({ goods: 'giày', amount: 850_000 })
    expect(teller.draft?.asked).toEqual(['boughtOn'])
  })

  it('one that is known leaves the other’s own question', () => {
    const teller = new Teller('', real('goods', 'amount')).all('tôi mua giày bị hở keo')
    expect([teller.draft?.asked, teller.words.includes(FACT_ASK.amount)]).toEqual([['amount'], true])
  })

  it('two days are told apart by their order', () => {
    const teller = new Teller('', real('boughtOn', 'deliveredOn')).all('hàng vỡ', '7/11, 10/11')
    expect(valuesOf(teller)).toMatchObject({ boughtOn: '2026-11-07', deliveredOn: '2026-11-10' })
  })

  it('who does not know the seller is still asked what they want', () => {
    const teller = new Teller('', real('respondent', 'wish')).all('hàng vỡ')
    expect(teller.draft?.asked).toEqual(['respondent', 'wish'])
    teller.say('bỏ qua')
    expect([teller.draft?.asked[0], teller.draft?.skipped]).toEqual(['wish', ['respondent']])
  })

  describe('what they want, left alone, is asked with how to reach them', () => {
    const asked = () => new Teller('', real('wish')).all('hàng vỡ')

    it('in one question, with the few answers to choose from, and read out of one reply', () => {
      expect(asked().draft?.asked).toEqual(['wish', 'name', 'phone', 'commune'])
      expect(asked().words).toContain(askContact(['name', 'phone', 'commune']))
      expect(asked().step.choices).toContain('Trả lại tiền')
      const teller = asked().all('đổi cái khác cho tôi, Bùi Văn Tám, 0905123456, xã Ia Grai')
      expect(valuesOf(teller)).toMatchObject({ wish: 'exchange', name: 'Bùi Văn Tám', phone: '0905123456', commune: 'xã Ia Grai' })
      expect(teller.draft?.stage).toBe('consent')
    })

    it.each([
      ['hoàn tiền lại cho mình\nTạ Hoàng Yến Nhi\n0393 617 248\nphường Thống Nhất, Pleiku', 'refund', 'Tạ Hoàng Yến Nhi', 'phường Thống Nhất'],
      [
        'trả lại tiền vé cho tôi, đủ không thiếu một đồng\nLương Quốc Bảo\n0906238157\nphường Diên Hồng',
        'refund',
        'Lương Quốc Bảo',
        'phường Diên Hồng',
      ],
      ['toi muon tra lai tien\nPham Van Duc\n0933222111\nxa Chu Se', 'refund', 'Pham Van Duc', 'xa Chu Se'],
      ['trả hàng, Lê Thị Mùi, 0905111222, Ia Grai', 'refund', 'Lê Thị Mùi', 'Ia Grai'],
      [
        'họ phải đền tiền thuốc cho mẹ tôi, tôi tên Rmah Hbuôn, làng Plei Bông xã Ayun, điện thoại 0397445566',
        'compensation',
        'Rmah Hbuôn',
        'xã Ayun',
      ],
      ['bồi thường. Hồ Văn Trả. 0905 222 111. Phường Quy Nhơn', 'compensation', 'Hồ Văn Trả', 'Phường Quy Nhơn'],
      ['xin lỗi là được, con tên Bảo, Huỳnh Gia Bảo 0911223344 xã Hoài Ân', 'apology', 'Huỳnh Gia Bảo', 'xã Hoài Ân'],
      ['tiền về là được\nchị Hương\n0905.777.123', 'refund', 'chị Hương', undefined],
      ['lấy lại tiền cho bà\nSiu Y Nhơn\n0905123123\nxã Ia Dom', 'refund', 'Siu Y Nhơn', 'xã Ia Dom'],
      ['làm lại mắt kính đúng số hoặc trả tiền\nPhan Thị Hoa\n0905123123\nphường An Phú', 'repair', 'Phan Thị Hoa', 'phường An Phú'],
      ['giao lại thùng mới hạn còn xa\nHồ Thị Mận\n0905123123\nphường An Phú', 'exchange', 'Hồ Thị Mận', 'phường An Phú'],
      ['đóng lại cái khác bằng gỗ thật y hợp đồng\nVõ Thị Quý\n0905123123\nQuy Nhơn', 'repair', 'Võ Thị Quý', 'Quy Nhơn'],
      ['trả lại 3 triệu cho em\ncô tên Trần Thị Nụ\n0905123123\nxã Ia Dom', 'refund', 'Trần Thị Nụ', 'xã Ia Dom'],
      ['trả cọc\nĐinh Văn Tèo, hỏi gì hỏi dữ\n0905123123\nxã Ia Dom', 'refund', 'Đinh Văn Tèo', 'xã Ia Dom'],
      ['tôi cần họ giải thích vì sao tính vậy, Tran Gia Huy, 0905123123, phuong An Phu', 'information', 'Tran Gia Huy', 'phuong An Phu'],
      ['ngưng gọi nữa, Phan Thị Cần, 0387123456, phường An Bình', 'stop', 'Phan Thị Cần', 'phường An Bình'],
    ])('%o tells each of them', (reply, wish, name, commune) => {
      const told = valuesOf(asked().all(reply))
      expect([told['wish'], told['name'], told['commune'], told['contacted']]).toEqual([wish, name, commune, undefined])
    })

    it('a button answers it alone, and loses no try', () => {
      const teller = asked().all('Trả lại tiền')
      expect([teller.draft?.stage, teller.draft?.asked, teller.draft?.tries]).toEqual(['contact', ['name', 'phone', 'commune'], 0])
    })

    it('left open, how to reach them is still asked', () => {
      const teller = asked().all('bỏ qua')
      expect([teller.draft?.skipped, teller.draft?.asked]).toEqual([['wish'], ['name', 'phone', 'commune']])
    })

    it('the part that was not answered is asked once more', () => {
      const teller = asked().all('Bùi Văn Tám, 0905123456, xã Ia Grai')
      expect([teller.draft?.stage, teller.draft?.asked]).toEqual(['facts', ['wish']])
      expect(teller.all('ờm thì').draft?.skipped).toEqual(['wish'])
    })
  })

  it('what nobody can read is asked once more and then left open', () => {
    const teller = new Teller('', real('amount')).all('hàng vỡ', 'ờm thì', 'ờm thì')
    expect([teller.draft?.stage, teller.draft?.skipped, teller.words.includes(INTAKE.leftOpen)]).toEqual(['contact', ['amount'], true])
  })

  it('a picture in between is no try', () => {
    const teller = new Teller('', real('amount')).all('hàng vỡ', 'ờm thì')
    teller.say('hình đây', 'tep')
    expect([teller.draft?.asked, teller.draft?.skipped]).toEqual([['amount'], []])
  })

  it('only what the matter needs is asked', () => {
    const teller = new Teller('', needing()).all('hàng vỡ')
    expect(teller.draft?.stage).toBe('contact')
  })
})

describe('evidence', () => {
  it('is no stage: what would help stands at the summary and with the receipt', () => {
    const teller = atSummary()
    expect(teller.words).toMatch(/kể cả sau khi đã nộp:?\n?[\s\S]*ảnh tin rao/)
    teller.say(COMPLAINT_CHOICE.confirm)
    expect(teller.words).toMatch(/kể cả sau khi đã nộp:?\n?[\s\S]*ảnh tin rao/)
  })
})

describe('a photo', () => {
  const sent = () => {
    const teller = new Teller('', plainGuide).all(STORY)
    teller.say('ảnh cái áo', 'tep-1')
    return teller
  }

  it('is asked about beside the question that stands, once for all that came', () => {
    const teller = sent()
    expect([teller.words.includes(INTAKE.files), teller.words.includes(FACT_ASK.amount)]).toEqual([true, true])
    expect(teller.step.choices.slice(0, 2)).toEqual([COMPLAINT_CHOICE.clear, COMPLAINT_CHOICE.papers])
    teller.say('amount=5')
    expect([teller.words.includes(INTAKE.files), teller.draft?.evidence[0]?.clear]).toEqual([false, null])
  })

  it.each([COMPLAINT_CHOICE.clear, 'ảnh không có', 'không có giấy tờ nào'])('%o lets it into the case, and the question stands', (words) => {
    const teller = sent()
    const { discarded } = teller.say(words)
    expect([discarded, teller.draft?.evidence[0]?.clear, teller.draft?.asked]).toEqual([undefined, true, ['amount']])
  })

  it.each([COMPLAINT_CHOICE.papers, 'ảnh có cccd', 'có thẻ ngân hàng'])('%o leaves all of that batch out, and asks for a covered one', (words) => {
    const teller = sent()
    teller.say('', 'tep-2')
    const { discarded } = teller.say(words)
    expect([discarded, teller.draft?.evidence]).toEqual([['tep-1', 'tep-2'], []])
    expect(teller.words).toContain('gửi lại')
  })

  it('a bare "không có" may mean the other question: it opens no photo', () => {
    const teller = sent()
    teller.say('không có')
    expect(teller.draft?.evidence[0]?.clear).toBeNull()
  })

  it('nobody is held up: it is asked once more at the summary, and confirmed unanswered it stays closed', () => {
    const teller = sent().all('amount=5', REACH)
    expect([teller.words.includes(INTAKE.files), teller.step.choices]).toEqual([false, []])
    teller.say('1')
    expect([teller.draft?.stage, teller.words.includes(INTAKE.files)]).toEqual(['summary', true])
    const { confirmed } = teller.say(COMPLAINT_CHOICE.confirm)
    expect(confirmed?.evidence).toEqual([{ attachment: 'tep-1', caption: 'ảnh cái áo', clear: null }])
  })

  it('at the summary, where nothing else is asked, a bare "không có" is an answer', () => {
    const teller = sent().all('amount=5', REACH, '1', 'không có')
    expect([teller.draft?.stage, teller.draft?.evidence[0]?.clear]).toEqual(['summary', true])
  })
})

describe('what cannot be right', () => {
  const askedAmount = () => new Teller('', real('amount', 'boughtOn')).all('tôi mua áo của shop Hoa bị lỗi ngày 3/11')

  it.each(['0 đồng', '-500k', '999999999999999 tỷ', '200 tỷ'])('%o is said plainly and asked again, never stored', (words) => {
    const teller = askedAmount().all(words)
    expect([teller.words.includes(INTAKE.absurdAmount), valuesOf(teller)['amount'], teller.draft?.asked]).toEqual([true, undefined, ['amount']])
  })

  it('a day to come is named and asked again, also where the story tells it', () => {
    const asked = new Teller('', real('boughtOn')).all('hàng vỡ', 'ngày 25/12/2026')
    const told = new Teller('', real('boughtOn')).all('tôi mua áo ngày 25/12/2026 bị lỗi')
    for (const teller of [asked, told])
      expect([teller.words.includes(INTAKE.futureDay('25/12/2026')), valuesOf(teller)['boughtOn']]).toEqual([true, undefined])
  })

  it('delivered before it was bought: both days are asked again, once', () => {
    const teller = new Teller('', real('boughtOn')).all('tôi mua áo ngày 10/11, nhận hàng ngày 3/11, áo rách')
    expect([teller.draft?.asked, teller.words.includes('trước ngày mua')]).toEqual([['boughtOn', 'deliveredOn'], true])
    teller.say('mua 1/11 nhận 3/11')
    expect(valuesOf(teller)).toMatchObject({ boughtOn: '2026-11-01', deliveredOn: '2026-11-03' })
  })

  it('two sums in one story: both are named, and the person says which', () => {
    const teller = new Teller('', real('amount')).all('tôi mua áo giá 500k. Shop Hoa giao áo rách, giá 5tr mà thế à')
    expect([valuesOf(teller)['amount'], teller.words]).toEqual([undefined, expect.stringMatching(/“500k” và “5tr”/)])
    expect(teller.step.choices).toEqual(['500.000 đồng', '5.000.000 đồng', COMPLAINT_CHOICE.skip])
    teller.say('5.000.000 đồng')
    expect([valuesOf(teller)['amount'], teller.draft?.contest]).toEqual([5_000_000, null])
  })

  it('another sum later, without a word of correction, is asked about; with one it counts', () => {
    const later = () => new Teller('', real('amount', 'boughtOn')).all('tôi mua áo giá 500k của shop Hoa bị lỗi')
    const teller = later().all('mua 3/11, giá 5tr')
    expect(teller.draft?.contest?.fact).toBe('amount')
    expect(valuesOf(later().all('mua 3/11. À nhầm, giá 5tr'))['amount']).toBe(5_000_000)
  })

  it('left undecided it stands as missing', () => {
    const teller = new Teller('', real('amount')).all('tôi mua áo giá 500k. Shop giao áo rách, giá 5tr', 'bỏ qua')
    expect([teller.draft?.contest, teller.draft?.skipped, teller.draft?.stage]).toEqual([null, ['amount'], 'contact'])
  })

  it.each([
    'mua váy giá 3 triệu, trả cọc 1 triệu',
    'giá gốc 700k, giảm còn 620k',
    'chuyển 2 triệu hôm 1/11 rồi chuyển 3 triệu hôm 3/11',
    'mua son 250k ngày 1/11, mua kem 480k ngày 5/11',
    'không phải 500k mà 450k',
  ])('%o contradicts nothing', (text) => expect(contestIn(text, { messageId: 'm', asOf: '2026-11-26' })).toBeUndefined())
})

describe('the same matter twice', () => {
  const openCases = [{ number: 'GL26-OLD-1', respondent: 'shop ShopHoa', order: '', goods: 'Áo' }]

  it('is asked at the summary, and nothing is confirmed before it is answered', () => {
    const teller = atSummary(plainGuide, { openCases })
    expect([teller.words, teller.step.choices]).toEqual([
      expect.stringContaining(INTAKE.sameCase('GL26-OLD-1')),
      [COMPLAINT_CHOICE.fresh, COMPLAINT_CHOICE.addTo],
    ])
    expect(teller.say(COMPLAINT_CHOICE.confirm).confirmed).toBeUndefined()
  })

  it('added to the old case, there is no new one', () => {
    const { draft, added, confirmed } = atSummary(plainGuide, { openCases }).say(COMPLAINT_CHOICE.addTo)
    expect([draft, confirmed, added]).toEqual([null, undefined, { number: 'GL26-OLD-1', story: STORY, facts: expect.anything(), evidence: [] }])
  })

  it('a new one when the person says so', () => {
    const teller = atSummary(plainGuide, { openCases }).all(COMPLAINT_CHOICE.fresh)
    expect(teller.words).toContain(INTAKE.check)
    expect(teller.say(COMPLAINT_CHOICE.confirm).confirmed?.case).toBe(NUMBER)
  })

  it.each([
    [{ number: 'a', respondent: 'ShopLan', order: '', goods: 'áo' }],
    [{ number: 'a', respondent: 'ShopHoa', order: '', goods: 'giày' }],
    [{ number: 'a', respondent: '', order: '', goods: '' }],
  ])('%o is another matter', (one) => expect(atSummary(plainGuide, { openCases: [one] }).words).toContain(INTAKE.check))

  it('where both have an order code that decides, not the goods', () => {
    const story = `${STORY} order=AB-1`
    const told = (order: string) =>
      new Teller('', plainGuide, { openCases: [{ number: 'a', respondent: 'ShopHoa', order, goods: 'áo' }] }).all(story, 'amount=5', REACH, '1')
    expect([told('ab1').words.includes(INTAKE.check), told('XY-9').words.includes(INTAKE.check)]).toEqual([false, true])
  })
})

describe('an insult', () => {
  it('is answered calmly, once; the question stands and no try is lost', () => {
    const teller = new Teller('', real('amount')).all('hàng vỡ', 'mày ngu vcl, hỏi hoài')
    expect([teller.words.includes(INTAKE.calm), teller.draft?.asked, teller.draft?.tries]).toEqual([true, ['amount'], 0])
    teller.say('đồ ngu')
    expect([teller.words.includes(INTAKE.calm), teller.draft?.asked]).toEqual([false, ['amount']])
  })

  it('with a fact in it is heard for the fact', () => {
    expect(valuesOf(new Teller('', real('amount')).all('hàng vỡ', 'giá 500k đm'))['amount']).toBe(500_000)
  })
})

describe('a complaint about the association itself', () => {
  const aboutUs: IntakeGuide = { ...plainGuide, issueOf: () => ({ ...issue, ours: false, aboutUs: true, required: ['promised'] }) }

  it('is told that we do not judge ourselves, with the right door, and asked in its own words', () => {
    const teller = new Teller('', aboutUs).all('cán bộ Hội hẹn ba lần không gặp')
    expect(teller.words).toMatch(/Hội không tự phân xử[\s\S]*Sở Công Thương/)
    expect(teller.words).not.toContain(FACT_ASK.promised)
  })

  it('no officer is said to decide it, before or after', () => {
    const teller = new Teller('', aboutUs).all('cán bộ Hội hẹn ba lần không gặp', 'promised=hẹn', REACH, '1')
    expect([teller.words.includes(INTAKE.officerChooses), teller.words.includes(INTAKE.aboutUsDecided)]).toEqual([false, true])
    teller.say(COMPLAINT_CHOICE.confirm)
    expect([teller.step.confirmed?.case, teller.words.includes(INTAKE.aboutUsNext)]).toEqual([NUMBER, true])
  })
})

describe('the receipt', () => {
  it('says who, by when where that is promised, how to take it back and what is missing', () => {
    const teller = new Teller('', plainGuide, { firstReplyBy: '2026-12-01' }).all(STORY, 'bỏ qua', REACH, '1', COMPLAINT_CHOICE.confirm)
    for (const words of ['01/12/2026', `rút hồ sơ ${NUMBER}`, 'Số tiền', 'ảnh tin rao']) expect(teller.words).toContain(words)
  })

  it('promises no day where none is given', () => expect(atSummary().all(COMPLAINT_CHOICE.confirm).words).not.toContain('chậm nhất'))
})
