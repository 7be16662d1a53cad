/** One message that tells a fact in two ways: "giá 500k … giá 5tr", bought on two days. Only the same words with two values contradict each other. */
import type { FactName, Facts } from '../facts.ts'
import { readFacts } from './read-facts.ts'
import { justBefore, sceneOf } from './scene.ts'

export interface ToldTwice {
  readonly fact: FactName
  readonly told: readonly Facts[]
}

interface Where {
  readonly messageId: string
  readonly asOf: string
}

/** @returns the first fact that is told in two ways; undefined for none. A correction contradicts nothing. Never throws for a day that is one. */
export function contestIn(text: string, where: Where): ToldTwice | undefined {
  return sumTwice(text, where) ?? dayTwice(text, where)
}

/** The words that name the whole of what was paid; "chuyển" may be said of several payments. */
const WHOLE_SUM =
  /(?:^|[^\p{L}])(?:(?:với |voi )?(?:giá|gia)|(?:số tiền|so tien)|(?:tổng|tong)(?: cộng| cong| tiền| tien)?|(?:em|tôi|toi|mình|minh|tui) (?:trả|tra))(?: (?:là|la|hết|het))?\s*$/u

function sumTwice(text: string, { asOf, messageId }: Where): ToldTwice | undefined {
  const scene = sceneOf(text, { asOf, asked: undefined })
  if (scene.corrected.length > 0) return undefined
  const sums = scene.amounts.filter(({ index, dong }) => dong > 0 && WHOLE_SUM.test(justBefore(scene.plain, index)))
  const [first, second] = sums.filter(({ dong }, at) => sums.findIndex((other) => other.dong === dong) === at)
  const amount = (sum: typeof first): Facts =>
    sum ? { amount: { value: sum.dong, from: { words: scene.written(sum.index, sum.index + sum.text.length), message: messageId } } } : {}
  return first && second ? { fact: 'amount', told: [amount(first), amount(second)] } : undefined
}

const SENTENCES = /[.!?\n]+(?=\s|$)/
const DAYS = ['boughtOn', 'deliveredOn'] as const
const SAID_RIGHT = /nhầm|lộn|đính chính|sửa lại|nói lại|thật ra|đúng ra|mới đúng|nham|dinh chinh/iu
const BOUGHT_ONCE = /(?:mua|đặt|dat|nhận|nhan|giao)/iu

function dayTwice(text: string, where: Where): ToldTwice | undefined {
  if (SAID_RIGHT.test(text)) return undefined
  const told = text
    .split(SENTENCES)
    .filter((part) => BOUGHT_ONCE.test(part))
    .map((part) => readFacts(part, { ...where, known: {} }))
  for (const fact of DAYS) {
    const days = told.filter((facts) => facts[fact] !== undefined)
    const other = days.find((facts) => facts[fact]?.value !== days[0]?.[fact]?.value)
    // Of several purchases each has its day: that is no contradiction.
    if (other && days[0] && sameGoods(told)) return { fact, told: [{ [fact]: days[0][fact] }, { [fact]: other[fact] }] }
  }
  return undefined
}

const sameGoods = (told: readonly Facts[]): boolean => new Set(told.map(({ goods }) => goods?.value).filter(Boolean)).size <= 1
