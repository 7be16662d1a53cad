/** Sums and days as people write them in a complaint, read back exactly. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FactName } from '../../../bot/complaint/facts.ts'
import { readFacts } from '../../../bot/complaint/read/read-facts.ts'

/** A Tuesday. */
const AS_OF = '2026-11-24'
const read = (text: string, asked?: FactName) => readFacts(text, { messageId: 'm1', asOf: AS_OF, known: {}, asked })

/** As an answer to "bạn đã trả bao nhiêu tiền?". */
const SUMS: readonly (readonly [text: string, dong: number])[] = [
  ['1tr2', 1_200_000],
  ['1tr250', 1_250_000],
  ['1tr25', 1_250_000],
  ['1tr05', 1_050_000],
  ['2TR5', 2_500_000],
  ['500k', 500_000],
  ['500K', 500_000],
  ['dạ 500k ạ', 500_000],
  ['khoảng 500k', 500_000],
  ['95k', 95_000],
  ['199k', 199_000],
  ['1k5', 1_500],
  ['2 củ', 2_000_000],
  ['2 cu', 2_000_000],
  ['2 củ rưỡi', 2_500_000],
  ['3 lít', 300_000],
  ['5 xị', 500_000],
  ['hai triệu rưỡi', 2_500_000],
  ['hai trieu ruoi', 2_500_000],
  ['triệu rưỡi', 1_500_000],
  ['triệu hai', 1_200_000],
  ['một triệu hai', 1_200_000],
  ['một triệu hai trăm', 1_200_000],
  ['một triệu hai trăm nghìn', 1_200_000],
  ['một triệu hai trăm năm mươi nghìn đồng', 1_250_000],
  ['mot trieu hai tram nam muoi nghin dong', 1_250_000],
  ['2,5 triệu', 2_500_000],
  ['2.5 triệu', 2_500_000],
  ['2.5tr', 2_500_000],
  ['2,5tr', 2_500_000],
  ['1 triệu 8', 1_800_000],
  ['1 triệu 250', 1_250_000],
  ['1 triệu 250 nghìn', 1_250_000],
  ['1 triệu 250 ngàn', 1_250_000],
  ['3 triệu', 3_000_000],
  ['3tr', 3_000_000],
  ['3 tr', 3_000_000],
  ['3 trieu', 3_000_000],
  ['3trieu', 3_000_000],
  ['3 triệu đồng', 3_000_000],
  ['ba triệu', 3_000_000],
  ['mười triệu', 10_000_000],
  ['muoi trieu', 10_000_000],
  ['mười hai triệu', 12_000_000],
  ['hai mươi lăm triệu', 25_000_000],
  ['ba lăm triệu', 35_000_000],
  ['nửa triệu', 500_000],
  ['1.200.000', 1_200_000],
  ['1.200.000đ', 1_200_000],
  ['1.200.000 đ', 1_200_000],
  ['1.200.000 đồng', 1_200_000],
  ['1,200,000đ', 1_200_000],
  ['1,200,000 đồng', 1_200_000],
  ['1 200 000đ', 1_200_000],
  ['1200000', 1_200_000],
  ['1200000đ', 1_200_000],
  ['1200000 đồng', 1_200_000],
  ['1200000d', 1_200_000],
  ['350.000 ₫', 350_000],
  ['₫350.000', 350_000],
  ['350.000 VNĐ', 350_000],
  ['VND 350.000', 350_000],
  ['350000', 350_000],
  ['350.000', 350_000],
  ['350 nghìn', 350_000],
  ['350 ngàn', 350_000],
  ['350 nghin', 350_000],
  ['350 ngan dong', 350_000],
  ['ba trăm năm mươi nghìn', 350_000],
  ['năm trăm nghìn', 500_000],
  ['nam tram ngan', 500_000],
  ['5 trăm nghìn', 500_000],
  ['một trăm linh năm nghìn', 105_000],
  ['hai trăm ba mươi nghìn', 230_000],
  ['4 triệu 3', 4_300_000],
  ['4tr3', 4_300_000],
  ['4 tr 3', 4_300_000],
  ['10 triệu rưỡi', 10_500_000],
  ['1,5 tỷ', 1_500_000_000],
  ['2 tỉ', 2_000_000_000],
  ['2 ty 500 trieu', 2_500_000_000],
  ['em mua hết 450k', 450_000],
  ['tổng cộng 1tr780', 1_780_000],
  ['giá 990 nghìn', 990_000],
  ['trả 2tr trước rồi', 2_000_000],
  ['chuyển khoản 25 triệu', 25_000_000],
  ['chuyen khoan 25 trieu', 25_000_000],
  ['mất 700k', 700_000],
  ['cọc 500.000', 500_000],
  ['không phải 500k mà 450k', 450_000],
  ['không phải 500k mà là 450k', 450_000],
  ['ko phải 2tr mà 2tr2', 2_200_000],
  ['sửa số tiền thành 1tr2', 1_200_000],
  ['sua so tien thanh 1tr2', 1_200_000],
  ['số tiền sai rồi, là 450k', 450_000],
  ['giá đúng là 320 nghìn', 320_000],
  ['12 triệu mà hôm đó chỉ lấy 6 triệu 800', 6_800_000],
  ['khóa học giá 12 triệu mà hôm đó chỉ lấy 6 triệu 800', 6_800_000],
  ['à nhầm, giá là 790k chứ không phải 700k', 790_000],
  ['thật ra tôi trả 3tr5', 3_500_000],
  ['3tr nhầm 3tr5 mới đúng', 3_500_000],
  ['giá 5 triệu, tôi chỉ trả 3 triệu', 3_000_000],
]

/** Nothing, and less than nothing, is no sum that anybody paid. */
const NO_SUMS = ['0 đồng', '0đ', '0', '0k', '-500k', '−500k', 'giá -500k', '-500.000', '-500000', 'âm 500k']

/** Said within a story, with nothing asked. */
const SUMS_TOLD: readonly (readonly [text: string, dong: number | undefined])[] = [
  ['mua cái quạt giá 350k', 350_000],
  ['tôi chuyển 2 triệu rồi shop chặn', 2_000_000],
  ['mua hết 1tr2, phí ship 30k', 1_200_000],
  ['giá gốc 900k giảm còn 620k', 620_000],
  ['áo 289.000đ không giống hình', 289_000],
  ['chuyển 1tr, shop đòi thêm 500k phí', 1_000_000],
  ['bị lừa 5tr', 5_000_000],
  ['đóng học phí 6 triệu', 6_000_000],
  ['shop hẹn đền 200k', undefined],
  ['vàng 18k mà ra vàng 10k', undefined],
  ['10k lượt bán', undefined],
  ['hai nghìn khách mua rồi', undefined],
  ['giá vài triệu', undefined],
  ['500 anh em', undefined],
  ['giá -500k', undefined],
  ['điện thoại 0905123456', undefined],
  ['luật số 19/2023/QH15', undefined],
  ['khóa học giá 12 triệu mà hôm đó chỉ lấy 6 triệu 800', 6_800_000],
  ['shop chỉ hoàn 200k', undefined],
]

const DAYS: readonly (readonly [text: string, day: string])[] = [
  ['12/11/2026', '2026-11-12'],
  ['12-11-2026', '2026-11-12'],
  ['12.11.2026', '2026-11-12'],
  ['2026-11-12', '2026-11-12'],
  ['12/11', '2026-11-12'],
  ['12-11', '2026-11-12'],
  ['12.11', '2026-11-12'],
  ['12/11/26', '2026-11-12'],
  ['24/7', '2026-07-24'],
  ['02/11/2026', '2026-11-02'],
  ['2/11', '2026-11-02'],
  ['ngày 12', '2026-11-12'],
  ['hôm 12', '2026-11-12'],
  ['bữa 12', '2026-11-12'],
  ['ngày 12/11', '2026-11-12'],
  ['hôm 12/11', '2026-11-12'],
  ['bữa 12/11', '2026-11-12'],
  ['ngay 12/11', '2026-11-12'],
  ['ngày 12 tháng 11', '2026-11-12'],
  ['ngày 12 tháng 11 năm 2026', '2026-11-12'],
  ['ngay 12 thang 11 nam 2026', '2026-11-12'],
  ['12 tháng 11 năm 2026', '2026-11-12'],
  ['mùng 5 tháng 11', '2026-11-05'],
  ['mồng 5 tháng 11', '2026-11-05'],
  ['ngày mùng 5 tháng 11', '2026-11-05'],
  ['mùng năm tháng mười một', '2026-11-05'],
  ['ngày 3/12', '2025-12-03'],
  ['ngày 3 tháng 12 năm ngoái', '2025-12-03'],
  ['3/4/2025', '2025-04-03'],
  ['20/9 năm ngoái', '2025-09-20'],
  ['hôm nay', '2026-11-24'],
  ['sáng nay', '2026-11-24'],
  ['hồi sáng', '2026-11-24'],
  ['tối qua', '2026-11-23'],
  ['hôm qua', '2026-11-23'],
  ['hom qua', '2026-11-23'],
  ['chiều hôm qua', '2026-11-23'],
  ['hqua', '2026-11-23'],
  ['hôm kia', '2026-11-22'],
  ['bữa kia', '2026-11-22'],
  ['3 hôm trước', '2026-11-21'],
  ['3 hôm trc', '2026-11-21'],
  ['ba hôm trước', '2026-11-21'],
  ['3 ngày trước', '2026-11-21'],
  ['3 ngay truoc', '2026-11-21'],
  ['2 bữa trước', '2026-11-22'],
  ['cách đây 3 ngày', '2026-11-21'],
  ['cach day 3 ngay', '2026-11-21'],
  ['cách đây 10 hôm', '2026-11-14'],
  ['8 ngày nay', '2026-11-16'],
  ['cách đây một tuần', '2026-11-17'],
  ['1 tuần trước', '2026-11-17'],
  ['2 tuần trước', '2026-11-10'],
  ['hai tuần trước', '2026-11-10'],
  ['hai tuan truoc', '2026-11-10'],
  ['cách đây 2 tuần', '2026-11-10'],
  ['tuần trước', '2026-11-19'],
  ['tuan truoc', '2026-11-19'],
  ['thứ 3 tuần trước', '2026-11-17'],
  ['thứ hai tuần trước', '2026-11-16'],
  ['chủ nhật tuần trước', '2026-11-22'],
  ['thứ bảy vừa rồi', '2026-11-21'],
  ['chủ nhật vừa rồi', '2026-11-22'],
  ['cách đây 2 tháng', '2026-09-24'],
  ['cách đây một tháng', '2026-10-24'],
  ['tháng trước', '2026-10-16'],
  ['hồi tháng 9', '2026-09-15'],
  ['tháng 9/2026', '2026-09-15'],
  ['mùng 2 tết', '2026-02-18'],
  ['tết dương lịch', '2026-01-01'],
  ['quốc khánh', '2026-09-02'],
  ['mua ngày 12/11, nhận 15/11', '2026-11-12'],
  ['nhận 15/11 chứ mua thì 12/11', '2026-11-12'],
  ['đổi ngày mua là 12/11', '2026-11-12'],
  ['sửa ngày mua thành 12/11', '2026-11-12'],
  ['ngày mua sai rồi, là 12/11', '2026-11-12'],
  ['không phải 12/11 mà là 10/11', '2026-11-10'],
]

/** No day of buying: to come, before living memory, no day of the calendar, no date at all, too vague to ask for one day. */
const NO_DAYS = ['ngày 30/11/2026', 'ngày mai', '12/11/1985', '31/2/2026', '32/11', 'không nhớ', 'lâu rồi', 'điều 12', 'trước 1/7/2024', 'mai mốt']

/** Bought and delivered, told apart by their verbs. */
const BOTH: readonly (readonly [text: string, bought: string | undefined, delivered: string | undefined])[] = [
  ['đặt ngày 5/11 nhận ngày 9/11', '2026-11-05', '2026-11-09'],
  ['đặt 5/11, nhận 9/11', '2026-11-05', '2026-11-09'],
  ['mua hôm 5/11 giao hôm 9/11', '2026-11-05', '2026-11-09'],
  ['5/11 mua 9/11 nhận', '2026-11-05', '2026-11-09'],
  ['ngày 5/11 tôi đặt, ngày 9/11 mới nhận được', '2026-11-05', '2026-11-09'],
  ['dat ngay 5/11 nhan ngay 9/11', '2026-11-05', '2026-11-09'],
  ['hôm qua nhận được hàng', undefined, '2026-11-23'],
  ['hàng giao tới hôm kia', undefined, '2026-11-22'],
  ['mua hôm 2/11 mà hẹn giao 10/11', '2026-11-02', undefined],
  ['mua hôm 2/11, dự kiến giao 30/11', '2026-11-02', undefined],
  ['hôm 6/11 tôi gọi cho shop', undefined, undefined],
  ['Ngày mua: 2/11. Ngày nhận: 4/11', '2026-11-02', '2026-11-04'],
  ['mua tháng trước', undefined, undefined],
  ['quạt hơi nước 700k hôm 8/11 bị hỏng, shop không đổi', '2026-11-08', undefined],
  ['mua bếp ở shop ABC giá 700k hôm 8/11 bị hỏng', '2026-11-08', undefined],
  ['Tôi thuê váy ở Áo Cưới Ngọc giá 3 triệu ngày 1/11', '2026-11-01', undefined],
  ['Áo Cưới Ngọc giá 3 triệu ngày 1/11', '2026-11-01', undefined],
  ['nhận cái quạt 700k hôm 8/11', undefined, '2026-11-08'],
  ['điện thoại giá 5 triệu hôm 8/11 nhận', undefined, '2026-11-08'],
  ['quạt 700k, 8/11 bị hỏng', undefined, undefined],
  ['shop hẹn đền 200k ngày 8/11', undefined, undefined],
]

describe('sums', () => {
  it.each(SUMS)('asked: %s', (text, dong) => expect(read(text, 'amount').amount?.value).toBe(dong))
  it.each(NO_SUMS)('no sum: %s', (text) => expect(read(text, 'amount').amount).toBeUndefined())
  it.each(SUMS_TOLD)('told: %s', (text, dong) => expect(read(text).amount?.value).toBe(dong))
})

describe('days', () => {
  it.each(DAYS)('asked: %s', (text, day) => expect(read(text, 'boughtOn').boughtOn?.value).toBe(day))
  it.each(NO_DAYS)('no day: %s', (text) => expect(read(text, 'boughtOn').boughtOn).toBeUndefined())
  it.each(BOTH)('told: %s', (text, bought, delivered) => {
    const facts = read(text)
    expect([facts.boughtOn?.value, facts.deliveredOn?.value]).toEqual([bought, delivered])
  })
})

it('has at least 150 forms', () => expect(SUMS.length + SUMS_TOLD.length + DAYS.length + NO_DAYS.length + BOTH.length).toBeGreaterThanOrEqual(200))

// --- properties ---

const grouped = (n: number, sign: string) => String(n).replace(/\B(?=(\d{3})+$)/g, sign)
/** Ways to write a sum that is a number of thousands below ten million. */
const WAYS: readonly ((thousands: number) => string)[] = [
  (t) => `${t}k`,
  (t) => `${t} nghìn`,
  (t) => `${t} ngàn đồng`,
  (t) => `${t}000đ`,
  (t) => `${grouped(t * 1000, '.')}đ`,
  (t) => `${grouped(t * 1000, ',')} đồng`,
  (t) => `${grouped(t * 1000, '.')} vnđ`,
  (t) => (t >= 1000 && t % 100 === 0 ? `${Math.floor(t / 1000)}tr${(t % 1000) / 100 || ''}` : `${t}k`),
  (t) => (t >= 1000 && t % 1000 >= 100 ? `${Math.floor(t / 1000)}tr${t % 1000}` : `${t} nghìn`),
  (t) => (t >= 1000 && t % 1000 >= 100 ? `${Math.floor(t / 1000)} triệu ${t % 1000} nghìn` : `${t} nghìn`),
]
const FRAMES = ['giá %', 'em mua hết %', 'đã chuyển khoản % cho shop', 'tổng là %', 'mất % tiền', 'da chuyen % roi', 'Số tiền: %']

describe('a sum written in any form', () => {
  it('is read back exactly', () => {
    const sums = fc.record({ thousands: fc.integer({ min: 10, max: 9_999 }), way: fc.constantFrom(...WAYS), frame: fc.constantFrom(...FRAMES) })
    fc.assert(
      fc.property(sums, ({ thousands, way, frame }) => {
        const text = frame.replace('%', way(thousands))
        expect([text, read(text).amount?.value]).toEqual([text, thousands * 1000])
      }),
      { seed: 5, numRuns: 1_000 },
    )
  })
})

const DAY_WAYS: readonly ((year: string, month: string, day: string) => string)[] = [
  (y, m, d) => `${d}/${m}/${y}`,
  (y, m, d) => `ngày ${Number(d)}/${Number(m)}/${y}`,
  (y, m, d) => `${d}-${m}-${y}`,
  (y, m, d) => `ngày ${Number(d)} tháng ${Number(m)} năm ${y}`,
  (y, m, d) => `ngay ${d} thang ${m} nam ${y}`,
  (y, m, d) => `hôm ${y}-${m}-${d}`,
]

describe('a day written in any form', () => {
  it('is read back exactly when it lies between 1990 and the message, else not at all', () => {
    const days = fc
      .date({ min: new Date('1970-01-01'), max: new Date('2030-12-31'), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10))
    fc.assert(
      fc.property(days, fc.constantFrom(...DAY_WAYS), fc.constantFrom('mua %', 'em đặt hàng %', '% tôi mua'), (day, way, frame) => {
        const text = frame.replace('%', way(...(day.split('-') as [string, string, string])))
        const possible = day >= '1990-01-01' && day <= AS_OF
        expect([text, read(text).boughtOn?.value]).toEqual([text, possible ? day : undefined])
      }),
      { seed: 6, numRuns: 1_000 },
    )
  })
})
