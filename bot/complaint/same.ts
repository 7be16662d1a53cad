/** Whether a complaint is about a matter of which the person has a case already. */
import { fold } from '../../knowledge/language/normalise.ts'
import type { Draft } from './draft.ts'
import type { OpenCase } from './guide.ts'

const HOUSE = /^(?:shop|cua hang|cong ty|cty|tiem|quan|dai ly|sieu thi|page|fanpage)\s+/

/** @returns the open case with the same respondent, and the same order or, where either has none, the same goods. */
export function sameCase({ facts, apart }: Draft, open: readonly OpenCase[] = []): OpenCase | undefined {
  const respondent = name(facts.respondent?.value)
  if (apart || respondent === '') return undefined
  const [order, goods] = [code(facts.order?.value), name(facts.goods?.value)]
  return open.find((one) => name(one.respondent) === respondent && isSame(order, code(one.order), goods, name(one.goods)))
}

function isSame(order: string, itsOrder: string, goods: string, itsGoods: string): boolean {
  return order !== '' && itsOrder !== '' ? order === itsOrder : goods !== '' && goods === itsGoods
}

function name(words = ''): string {
  return fold(words).replace(/\s+/g, ' ').trim().replace(HOUSE, '')
}

function code(words = ''): string {
  return fold(words).replace(/[^a-z0-9]/g, '')
}
