/** The papers of cases, joined from what is stored, the directory of bodies and who runs this: for the door, for links in a reply, for the office. */
import { openLimits } from '../../adapters/http/limits.ts'
import type { LetterDoorParts, PaperKind } from '../../adapters/letter/door.ts'
import { type LetterLinks, letterLink, openLetterLinks } from '../../adapters/letter/links.ts'
import { readCase, type WholeCase } from '../../adapters/storage/complaint-store.ts'
import type { Store } from '../../adapters/storage/database.ts'
import { loadDirectory } from '../../knowledge/agencies.ts'
import { loadKinds } from '../../knowledge/complaint-kinds.ts'
import { type Day, dayInVietnam } from '../../knowledge/validity.ts'
import { parseCaseNumber, spoken } from '../case/number.ts'
import { addedIn } from '../complaint/added.ts'
import { type LetterSources, letterOf, withAdded } from '../complaint/letter.ts'
import type { Paper } from '../complaint/paper.ts'
import { receiptOf } from '../complaint/receipt.ts'
import type { Association, Config, Limits } from '../config.ts'

export type Papers = Readonly<Record<PaperKind, Paper>>

export interface Letters {
  readonly links: LetterLinks
  /** @param agency a body to write to instead of the chosen or suggested one @returns undefined where that body takes no letters, or the record cannot be read */
  write(found: WholeCase, now: number, agency?: string): Papers | undefined
  /** @returns a link to the papers of a case; undefined where people cannot reach this service from outside. */
  link(caseNumber: string, now: number): string | undefined
}

type Sources = LetterSources & { readonly association: Association }

/** @param key the installation's own. Throws `DirectoryError` with a sentence when bodies or kinds cannot be read. */
export function openLetters({ association, publicUrl }: Pick<Config, 'association' | 'publicUrl'>, key: Uint8Array): Letters {
  const links = openLetterLinks(key)
  const sources = sourcesOf(association)
  return {
    links,
    write: (found, now, agency) => written(sources, found, dayInVietnam(new Date(now)), agency),
    link: (caseNumber, now) => letterLink(links, publicUrl, caseNumber, now),
  }
}

/** @returns what the door to the papers needs. */
export function letterDoorParts(letters: Letters, store: Store, limits: Limits, clock: () => number): LetterDoorParts {
  return {
    ...{ links: letters.links, limiter: openLimits(limits, clock), clock },
    papers: async (caseNumber) => {
      const found = await readCase(store, caseNumber)
      return found && letters.write(found, clock())
    },
  }
}

/** An association that has not given its name is called as the directory calls it. */
function sourcesOf(association: Association): Sources {
  const directory = loadDirectory()
  const named = directory.records.find(({ id }) => id === 'hoi')?.name ?? ''
  return { directory, issues: loadKinds().issues, association: { ...association, name: association.name || named } }
}

function written(sources: Sources, found: WholeCase, day: Day, agency: string | undefined): Papers | undefined {
  if (!found.record) return undefined
  const record = withAdded(found.record, addedIn(found.events))
  const chosen = agency ?? found.chosen?.id
  // An officer may choose a body that is not written to, as an online system: then who was suggested is.
  const letter =
    letterOf(sources, record, { day, ...(chosen === undefined ? {} : { agency: chosen }) }) ??
    (agency ? undefined : letterOf(sources, record, { day }))
  return letter && { don: letter, biennhan: receiptOf(record, receiptOrder(sources, found)) }
}

function receiptOrder({ association }: Sources, { number, dueAt }: WholeCase): Parameters<typeof receiptOf>[1] {
  const parsed = parseCaseNumber(number)
  return {
    ...{ association, spoken: typeof parsed === 'string' ? spoken(parsed) : number },
    // The moment is the end of that day.
    ...(dueAt === null ? {} : { firstReplyBy: dayInVietnam(new Date(dueAt - 1)) }),
  }
}
