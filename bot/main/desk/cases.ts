/** Cases of the console: what may be done with them and what is told of it, filing, letters. */

import { randomBytes } from 'node:crypto'
import { caseRoutes } from '../../../adapters/console/cases.ts'
import type { ConsoleRoute, SignedIn } from '../../../adapters/console/route.ts'
import { ConsoleTrouble } from '../../../adapters/console/trouble.ts'
import { changeCase, fileCase } from '../../../adapters/storage/case-changes.ts'
import { agencyOn, loadDirectory } from '../../../knowledge/agencies.ts'
import { loadKinds } from '../../../knowledge/complaint-kinds.ts'
import { dayInVietnam } from '../../../knowledge/validity.ts'
import { type Filing, fileComplaint } from '../../case/filing.ts'
import type { OfficerEvent } from '../../case/life.ts'
import { newCaseNumber } from '../../case/number.ts'
import { type CiteText, toldOf, wordsFor } from '../../case/told.ts'
import { CASE_OFFICE, WHAT_ELSE } from '../../wording/cases.ts'
import { openAccount } from '../account.ts'
import { handoversFor } from '../handing-over.ts'
import { firstReplyBy } from '../of-cases.ts'
import { Refused } from '../office.ts'
import type { Parts } from '../parts.ts'
import { audited, type Names } from './shared.ts'

export const directory = loadDirectory()
export const kinds = loadKinds()

/** @returns what a case is shown with. */
export function viewParts({ calendar, options }: Parts, names: Names) {
  const agencyNamed = (name: string) => {
    const known = directory.records.find((record) => record.name === name)
    return known && agencyOn(directory, known.id, dayInVietnam(new Date(options.clock())))
  }
  return { kinds, calendar, agencyNamed, nameOf: names.of }
}

/** @returns the routes of cases. */
export function casesOf(parts: Parts, names: Names): readonly ConsoleRoute[] {
  const { store, letters, quarantine, key } = parts
  return caseRoutes({
    ...{ ...viewParts(parts, names), store, directory },
    change: (number, event, officer, now) => change(parts, number, event, officer, now),
    file: (filing, officer, now) => file(parts, filing, officer, now),
    papers: (found, now) => letters.write(found, now),
    readFile: (hash) => quarantine.read(hash),
    account: (number, why, officer, now) => openAccount(store, key, { number, by: officer.id, why }, now).catch(refusedHere),
    audited: (action, officer, number, detail, now) => audited(parts, action, officer, `case:${number}`, now, detail),
    stirred: () => parts.toHandOver.ring(),
  })
}

/** What an operator would read at the command line an officer reads in the page. */
function refusedHere(error: unknown): never {
  throw error instanceof Refused ? new ConsoleTrouble('conflict', error.message) : error
}

async function change(parts: Parts, number: string, event: OfficerEvent, officer: SignedIn, now: number) {
  const notice = toldOf(event, { number, day: dayInVietnam(new Date(now)), cite: await citing(parts, event, now) })
  const note = 'why' in event ? event.why.trim() : ''
  const done = await changeCase(parts.store, number, { event, by: officer.id, notice, words: wordsFor(event), note }, now)
  if (!('refused' in done)) parts.decided.ring()
  return done
}

/** The library is asked only where law is said; while it is not open that part of the notice is left out. */
async function citing({ answerer }: Parts, { kind }: OfficerEvent, now: number): Promise<CiteText> {
  if (kind !== 'close') return () => undefined
  const pointers = [...new Set(WHAT_ELSE.flatMap(([, cites]) => cites))]
  const found = await answerer.look({ kind: 'cite', pointers, day: dayInVietnam(new Date(now)) }).catch(() => [])
  return (pointer) => found.find((one) => one.pointer === pointer)?.citation
}

async function file(parts: Parts, filing: Filing, officer: SignedIn, now: number): Promise<string> {
  const { store, config, complaints, calendar, links } = parts
  const day = dayInVietnam(new Date(now))
  const number = newCaseNumber(randomBytes(16), Number(day.slice(0, 4)))
  const complaint = fileComplaint(filing, { guide: complaints, caseNumber: number, by: officer.id, now, day })
  if ('wrong' in complaint)
    throw new ConsoleTrouble('bad_request', complaint.wrong === 'consent' ? CASE_OFFICE.noConsent : CASE_OFFICE.wrongFacts(complaint.names))
  const handovers = handoversFor(config, links)(complaint, 'office')
  const dueOn = firstReplyBy(calendar, config.firstReplyDays, now)
  const filed = await fileCase(store, complaint, { by: officer.id, id: filing.id, dueOn, handovers }, now)
  if (filed === undefined) throw new ConsoleTrouble('conflict')
  parts.toHandOver.ring()
  return filed
}
