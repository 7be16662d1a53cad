/** What an officer has filled in for a deed, and the deed as it is sent. */
import type { CaseResult } from '../../../../bot/complaint/status.ts'
import type { CaseDeed } from '../../contract.ts'
import { charactersIn } from '../format.ts'
import { CASE_TEXT_MAX } from '../limits.ts'

export type DeedKind = CaseDeed['kind']

export interface Filled {
  readonly text: string
  readonly agency: string
  readonly result: CaseResult | ''
}

/** @returns the deed as it is sent; undefined while something is missing. */
export function deedOf(kind: DeedKind, { text: written, agency, result }: Filled): CaseDeed | undefined {
  const text = written.trim()
  const said = text !== '' && charactersIn(text) <= CASE_TEXT_MAX
  switch (kind) {
    case 'receive':
    case 'handle':
    case 'reopen':
    case 'release':
      return { kind }
    case 'ask_info':
    case 'answer':
      return said ? { kind, text } : undefined
    case 'choose':
      return said && agency ? { kind, agency, why: text } : undefined
    case 'transfer':
      return agency ? { kind, agency } : undefined
    case 'close':
      return said && result ? { kind, result, text } : undefined
    case 'hold':
      return said ? { kind, why: text } : undefined
  }
}
