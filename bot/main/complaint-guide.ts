/** The intake's guide: what reads facts, what a kind of matter needs, and who is competent, joined from the rooms that know. */
import { type Library, loadLibrary } from '../../knowledge/library.ts'
import type { Day } from '../../knowledge/validity.ts'
import { parseCaseNumber, spoken } from '../case/number.ts'
import type { Suggestion } from '../complaint/confirmed.ts'
import type { Facts } from '../complaint/facts.ts'
import type { IntakeGuide, Issue } from '../complaint/guide.ts'
import { commandIn, correctionIn, isQuestion } from '../complaint/read/commands.ts'
import { contestIn } from '../complaint/read/contest.ts'
import { readFacts } from '../complaint/read/read-facts.ts'
import { openRouter, type Suggestion as Ranked, type Router, type Routing, requiredFacts, routeStory } from '../complaint/route.ts'
import { INTAKE } from '../wording/complaint.ts'

/** @param library read already, where somebody has. Throws `DirectoryError` or `ContentError` with a sentence when the data cannot be read. */
export function openComplaintGuide(library: Library = loadLibrary()): IntakeGuide {
  const router = openRouter(library)
  return {
    readFacts: (text, context) => readFacts(readable(text), context),
    correctionIn: (text) => correctionIn(readable(text)),
    commandIn: (text) => commandIn(readable(text)),
    contestIn: (text, context) => contestIn(readable(text), context),
    isQuestion: (text) => isQuestion(readable(text)),
    issueOf: (story, facts, day) => issueOf(router, readable(story), facts, day),
    competence: (story, facts, day) =>
      sureOf(routeStory(router, readable(story), facts, day))
        ?.suggestions.slice(0, 2)
        .map(suggested) ?? [],
    spoken: (number) => spokenAs(number),
  }
}

const LONGEST_READ = 2_000
const LONGEST_WORD = 60

/** Reading is done between two messages of everybody: neither a novel nor an endless word may hold it up. What is told is kept whole all the same. */
function readable(text: string): string {
  return text
    .slice(0, LONGEST_READ)
    .toWellFormed()
    .replace(/\S{61,}/g, (word) => word.slice(0, LONGEST_WORD))
}

/** Where the story points nowhere for sure, what every complaint needs. */
const ANY: Issue = {
  ...{ id: 'khac', title: INTAKE.anyIssue, ours: true },
  ...{ required: ['respondent', 'goods', 'boughtOn', 'amount', 'wish'], evidence: INTAKE.anyEvidence },
}

/** Under this a wrong kind, and with it a wrong body, is too likely: an officer decides. */
const SURE = 0.3

function sureOf(routing: Routing): Routing | undefined {
  return (routing.issues[0]?.confidence ?? 0) < SURE ? undefined : routing
}

/** Names in `complaint-kinds.yaml`: matters in which money went to somebody's account, and those about the association. */
const FRAUD = 'lua-dao'
const ABOUT_US = 'khieu-nai-hoi'

function issueOf(router: Router, story: string, facts: Facts, day: Day): Issue {
  const first = sureOf(routeStory(router, story, facts, day))?.issues[0]?.issue
  if (!first) return ANY
  const { id, title, group, kind, evidence } = first
  return {
    ...{ id, title, ours: kind !== 'not_ours', required: requiredFacts(first), evidence: evidence.map(({ text }) => text) },
    ...{ account: group === FRAUD, aboutUs: id === ABOUT_US },
  }
}

function suggested({ name, basis, confidence, why }: Ranked): Suggestion {
  return { agency: name, basis: basis[0].label, confidence, why }
}

function spokenAs(number: string): string {
  const parsed = parseCaseNumber(number)
  return typeof parsed === 'string' ? spoken(parsed) : number
}
