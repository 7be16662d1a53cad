/** Cases for the tests of reports: filed on a day, with what happened to them. */
import { changeCase, fileCase } from '../../../adapters/storage/case-changes.ts'
import type { Store } from '../../../adapters/storage/database.ts'
import type { OfficerEvent } from '../../../bot/case/life.ts'
import { type ConfirmedComplaint, confirm } from '../../../bot/complaint/confirmed.ts'
import { PURPOSES } from '../../../bot/complaint/consent.ts'
import { newDraft } from '../../../bot/complaint/draft.ts'
import type { Facts } from '../../../bot/complaint/facts.ts'

/** @returns the moment that clocks in Vietnam show as "2026-01-01T00:00". */
export const inVietnam = (moment: string): number => Date.parse(`${moment}:00+07:00`)

export const fact = <T>(value: T) => ({ value, from: { words: 'lời kể', message: 'm' } })

function complaint(number: string, now: number, facts: Facts): ConfirmedComplaint {
  const consents = PURPOSES.map((purpose) => ({ purpose, version: '1', at: now, message: 'm' }))
  const draft = { ...newDraft('chị Nguyễn Thị Bí Mật kể', now), stage: 'summary' as const, issue: 'hang-khong-giong', consents, facts }
  const route = [{ agency: 'Sở Công Thương', basis: '', confidence: 1, why: '' }]
  const made = confirm(draft, { caseNumber: number, issueTitle: 'Hàng không giống', missing: [], route, message: 'm', now })
  if (!made) throw new Error('not confirmed')
  return made
}

/** Files a case at `now`; `facts` beside a name and a telephone number. */
export async function file(store: Store, number: string, now: number, facts: Facts = {}): Promise<void> {
  const told = { name: fact('Nguyễn Thị Bí Mật'), phone: fact('0905 123 456'), ...facts }
  if (!(await fileCase(store, complaint(number, now, told), { by: 'lan', dueOn: undefined }, now))) throw new Error(`${number} is taken`)
}

export async function officer(store: Store, number: string, event: OfficerEvent, now: number): Promise<void> {
  const changed = await changeCase(store, number, { event, by: 'lan', notice: undefined, words: '', note: '' }, now)
  if ('refused' in changed) throw new Error(changed.refused)
}
