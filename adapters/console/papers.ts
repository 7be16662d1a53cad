/** The dossier of a case for the body that it goes to: a page to print and a Word file, masked unless all of it is asked for and may be seen. */
import { z } from 'zod'
import { parseCaseNumber } from '../../bot/case/number.ts'
import type { Paper } from '../../bot/complaint/paper.ts'
import { mayDo } from '../../bot/officers/permissions.ts'
import { AUTHORITY_OFFICE } from '../../bot/wording/authority.ts'
import { CASE_OFFICE } from '../../bot/wording/cases.ts'
import { writeDocx } from '../letter/docx.ts'
import { type PageLink, paperPage } from '../letter/page.ts'
import { readCase, type WholeCase } from '../storage/complaint-store.ts'
import type { Store } from '../storage/database.ts'
import { printed } from './printed.ts'
import { type Asked, type ConsoleRoute, Download, route, type SignedIn } from './route.ts'
import { ConsoleTrouble } from './trouble.ts'

export interface PaperParts {
  readonly store: Store
  /** @returns undefined for a record that cannot be read; `no_consent` where all was asked for and the person does not agree to it. */
  readonly write: (found: WholeCase, full: boolean, now: number) => Paper | 'no_consent' | undefined
  /** Writes down that somebody read a case. */
  readonly audited: (officer: SignedIn, number: string, now: number) => Promise<void>
}

const query = z.object({ full: z.literal('1').optional() })
type Query = z.output<typeof query>
type AskedDossier = Pick<Asked, 'officer' | 'params' | 'now'> & { readonly query: Query }

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** @returns the routes of dossiers. */
export function paperRoutes(parts: PaperParts): readonly ConsoleRoute[] {
  return [
    route({ method: 'GET', url: '/cases/:number/dossier', may: 'case.read', query, handle: (asked) => page(parts, asked) }),
    route({ method: 'GET', url: '/cases/:number/dossier.docx', may: 'case.read', query, handle: (asked) => word(parts, asked) }),
  ]
}

async function page(parts: PaperParts, asked: AskedDossier): Promise<Download> {
  const { paper, full, name } = await written(parts, asked)
  return printed(`${name}.html`, (nonce) => paperPage(paper, others(full), nonce))
}

async function word(parts: PaperParts, asked: AskedDossier): Promise<Download> {
  const { paper, name } = await written(parts, asked)
  return new Download(await writeDocx(paper), WORD, `${name}.docx`)
}

/** Beside the page itself. */
function others(full: boolean): readonly PageLink[] {
  return [
    { label: AUTHORITY_OFFICE.word, href: full ? 'dossier.docx?full=1' : 'dossier.docx' },
    full ? { label: AUTHORITY_OFFICE.toMasked, href: 'dossier' } : { label: AUTHORITY_OFFICE.toFull, href: 'dossier?full=1' },
  ]
}

async function written(parts: PaperParts, asked: AskedDossier): Promise<{ readonly paper: Paper; readonly full: boolean; readonly name: string }> {
  const full = asked.query.full !== undefined
  if (full && !mayDo(asked.officer.role, 'case.act')) throw new ConsoleTrouble('not_allowed')
  const found = await foundCase(parts, asked)
  const paper = parts.write(found, full, asked.now)
  if (paper === undefined) throw new ConsoleTrouble('conflict', CASE_OFFICE.unreadable)
  if (paper === 'no_consent') throw new ConsoleTrouble('conflict', AUTHORITY_OFFICE.noConsent)
  await parts.audited(asked.officer, found.number, asked.now)
  return { paper, full, name: AUTHORITY_OFFICE.file(found.number, full) }
}

async function foundCase({ store }: PaperParts, { params }: AskedDossier): Promise<WholeCase> {
  const number = parseCaseNumber(params['number'] ?? '')
  if (typeof number !== 'string') throw new ConsoleTrouble('not_found', CASE_OFFICE.wrongNumber)
  const found = await readCase(store, number)
  if (!found) throw new ConsoleTrouble('not_found', CASE_OFFICE.noCase(number))
  return found
}
