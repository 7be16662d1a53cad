/** `npm run -s intake -- account NUMBER --why "…"`: opens the account that money was sent to, for bank or police; audited before it is shown. */
import { openSealer } from '../../adapters/operations/sealed-number.ts'
import { appendAudit } from '../../adapters/storage/audit-store.ts'
import { readCase } from '../../adapters/storage/complaint-store.ts'
import type { Store } from '../../adapters/storage/database.ts'
import type { CaseNumber } from '../case/number.ts'
import { Refused } from './office.ts'

export interface AccountAsked {
  readonly number: CaseNumber
  readonly by: string
  /** Written down with the opening; never empty. */
  readonly why: string
}

/** @param key the installation's own. @returns the digits, once the opening is audited. Throws {@link Refused} with a sentence where there are none to open. */
export async function openAccount(store: Store, key: Uint8Array, { number, by, why }: AccountAsked, now: number): Promise<string> {
  if (why.trim() === '') throw new Refused('Phải nói vì sao mở số tài khoản: thêm --why "lý do".')
  const found = await readCase(store, number)
  if (!found) throw new Refused(`Không có hồ sơ ${number}.`)
  const account = found.record?.account
  if (!account) throw new Refused(`Hồ sơ ${number} không có số tài khoản nhận tiền.`)
  const digits = openSealer(key).open(account)
  if (digits === undefined) throw new Refused('Không mở được số này: khóa của máy đã đổi, hoặc bản ghi bị hỏng.')
  await store.write((tx) => appendAudit(tx, { actor: by, action: 'account.opened', subject: `case:${number}`, detail: { reason: why } }, now))
  return digits
}
