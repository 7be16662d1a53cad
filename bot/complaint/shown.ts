/** Facts as they are shown, each with the words it was read from; and a reply taken as a fact whole, where any words will do. */
import { fold } from '../../knowledge/language/normalise.ts'
import { formatDay } from '../../knowledge/validity.ts'
import { FACT_LABEL, INTAKE, PAYMENT_NAME, PLATFORM_NAME, WISH_NAME } from '../wording/complaint.ts'
import type { FactName, Facts } from './facts.ts'
import { namesHouse } from './read/houses.ts'

/** @returns the value as people read it; empty for a fact that is not known. */
export function shownValue(name: FactName, facts: Facts): string {
  switch (name) {
    case 'platform':
      return facts.platform ? PLATFORM_NAME[facts.platform.value] : ''
    case 'payment':
      return facts.payment ? PAYMENT_NAME[facts.payment.value] : ''
    case 'wish':
      return facts.wish ? WISH_NAME[facts.wish.value] : ''
    case 'amount':
      return facts.amount ? `${facts.amount.value.toLocaleString('vi-VN')} đồng` : ''
    case 'boughtOn':
    case 'deliveredOn':
      return facts[name] ? formatDay(facts[name].value) : ''
    default:
      return facts[name]?.value ?? ''
  }
}

/** @returns "Số tiền: 1.200.000 đồng (bạn viết “1tr2”)"; without the words where they are the value. */
export function factLine(name: FactName, facts: Facts): string {
  const words = facts[name]?.from.words ?? ''
  const value = saidValue(name, facts)
  return `${FACT_LABEL[name]}: ${value}${words === '' || words === value ? '' : ` (${INTAKE.from(words)})`}`
}

/** @returns the value as people read it, no surer than it was said: "khoảng 17/11/2026"; empty for a fact that is not known. */
export function saidValue(name: FactName, facts: Facts): string {
  return `${isVague(name, facts[name]?.from.words ?? '') ? INTAKE.about : ''}${shownValue(name, facts)}`
}

/** "Tuần trước" is a week: the day in its middle is only about right. */
function isVague(name: FactName, words: string): boolean {
  return (name === 'boughtOn' || name === 'deliveredOn') && /^(đầu|giữa|cuối|tuần|tháng|năm|khoảng|hồi|mấy|vài)/i.test(words.normalize('NFC'))
}

const ANY_WORDS: ReadonlySet<FactName> = new Set(['respondent', 'link', 'goods', 'order', 'promised', 'contacted', 'name', 'commune'])
const LONGEST_FACT = 300

/** What people say that is no answer to anything. */
const FILLER = /^(xong( roi)?|ok(e|ie)?|u+m*|da|vang|roi|a lo|alo|co|khong|ko|k|hi|\d{1,2}|[\p{P}\p{S}\s]*)$/u

/** Thanks, anger, giving up: said to us, not of the matter. */
const SAID_TO_US = /cam on|khong lam nua|thoi khoi|met qua|buc qua|muon chet|tu tu|lua dao qua|do (ngu|khung|dien)|dm|vcl|chua cho/
/** Numbers that were covered, or so long that they are no name. */
const NUMBERS = /đãche|\d{8,}/
const NAME_WORDS = 6

function couldBe(name: FactName, words: string): boolean {
  const folded = fold(words)
  if (FILLER.test(folded) || SAID_TO_US.test(folded) || NUMBERS.test(words.replace(/[ .]/g, ''))) return false
  return name !== 'name' || (!/\d/.test(words) && !namesHouse(words) && words.split(/\s+/).length <= NAME_WORDS)
}

/** @returns the reply itself as the fact that was asked for, where any words will do. */
export function takeWhole(name: FactName, text: string, message: string): Facts[FactName] {
  const words = text.trim().slice(0, LONGEST_FACT).toWellFormed()
  return ANY_WORDS.has(name) && couldBe(name, words) ? ({ value: words, from: { words, message } } as Facts[FactName]) : undefined
}
