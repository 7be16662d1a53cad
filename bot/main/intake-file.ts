/** A case that an officer files for somebody on the telephone or at the counter: read from a JSON file or from flags, the same record as from a chat. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { openLinks } from '../../adapters/intake/links.ts'
import { readSecretKey } from '../../adapters/operations/secret-key.ts'
import { fileCase } from '../../adapters/storage/case-changes.ts'
import { dayInVietnam } from '../../knowledge/validity.ts'
import { type Filing, fileComplaint, filingSchema, type Unfilable } from '../case/filing.ts'
import { newCaseNumber, spoken } from '../case/number.ts'
import { CASE_OFFICE } from '../wording/cases.ts'
import { openComplaintGuide } from './complaint-guide.ts'
import { handoversFor } from './handing-over.ts'
import { firstReplyBy, openCalendar } from './of-cases.ts'
import { type Office, operator, Refused } from './office.ts'

export interface FileArguments {
  readonly json?: string | undefined
  readonly story?: string | undefined
  readonly fact?: string[] | undefined
  readonly consent?: string | undefined
  readonly how?: string | undefined
  readonly by?: string | undefined
}

/** Files it and says its number. */
export async function fileByOfficer({ store, config }: Office, given: FileArguments): Promise<void> {
  const now = Date.now()
  const [by, day] = [operator(given.by), dayInVietnam(new Date(now))]
  const filing = readFiling(given)
  const number = newCaseNumber(randomBytes(16), Number(day.slice(0, 4)))
  const complaint = fileComplaint(filing, { guide: openComplaintGuide(), caseNumber: number, by, now, day })
  if ('wrong' in complaint) throw new Refused(whyNot(complaint))
  const handovers = handoversFor(config, openLinks(readSecretKey(config.dataFolder), config.publicUrl))(complaint, 'office')
  const dueOn = firstReplyBy(openCalendar(), config.firstReplyDays, now)
  if (!(await fileCase(store, complaint, { by, dueOn, handovers }, now))) throw new Refused(CASE_OFFICE.numberTaken)
  console.log(CASE_OFFICE.filed(number, spoken(number)))
}

function whyNot(unfilable: Unfilable): string {
  return unfilable.wrong === 'consent' ? CASE_OFFICE.noConsent : CASE_OFFICE.wrongFacts(unfilable.names)
}

function readFiling(given: FileArguments): Filing {
  const read = filingSchema.safeParse(given.json === undefined ? flagged(given) : fromFile(given.json))
  if (!read.success) throw new Refused(CASE_OFFICE.wrongFiling(z.prettifyError(read.error).replaceAll('\n', ' ')))
  return read.data
}

function fromFile(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    throw new Refused(CASE_OFFICE.noFile(file))
  }
}

/** "--fact amount=450000 --fact name=Lan --consent handle,authority --how telephone" */
function flagged({ story = '', fact = [], consent = '', how = '' }: FileArguments): unknown {
  const facts = fact.map((told) => [told.slice(0, Math.max(0, told.indexOf('='))), told.slice(told.indexOf('=') + 1)])
  const purposes = consent.split(/[\s,]+/).filter(Boolean)
  return { story, facts: Object.fromEntries(facts), consents: purposes.map((purpose) => ({ purpose, how })) }
}
