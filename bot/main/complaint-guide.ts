/** The intake's guide: what reads facts, what a kind of matter needs, and who is competent, joined from the rooms that know. */

import { type Issue as Kind, loadKinds } from '../../knowledge/complaint-kinds.ts'
import { loadStories } from '../../knowledge/complaint-stories.ts'
import { type Library, loadLibrary } from '../../knowledge/library.ts'
import type { Day } from '../../knowledge/validity.ts'
import { parseCaseNumber, spoken } from '../case/number.ts'
import type { Suggestion } from '../complaint/confirmed.ts'
import type { Facts } from '../complaint/facts.ts'
import type { IntakeGuide, Issue, Matter, Matters } from '../complaint/guide.ts'
import { commandIn, correctionIn, isQuestion } from '../complaint/read/commands.ts'
import { contestIn } from '../complaint/read/contest.ts'
import { readFacts } from '../complaint/read/read-facts.ts'
import {
  choicesOf,
  labelled,
  openRouter,
  type Suggestion as Ranked,
  type Router,
  type Routing,
  requiredFacts,
  routeChosen,
  routeStory,
  surenessOf,
} from '../complaint/route.ts'
import { IssueWords } from '../complaint/route-words.ts'
import { INTAKE } from '../wording/complaint.ts'
import { keptForms } from './story-forms.ts'

/**
 * @param library read already, where somebody has
 * @param formsIn the file in which the stories are kept as they are compared; undefined: nowhere
 * Throws `DirectoryError` or `ContentError` with a sentence when the data cannot be read.
 */
export function openComplaintGuide(library: Library = loadLibrary(), formsIn?: string): IntakeGuide {
  const router = formsIn === undefined ? openRouter(library) : routerFrom(formsIn, library)
  const tell = remembering(router)
  return {
    readFacts: (text, context) => readFacts(readable(text), context),
    correctionIn: (text) => correctionIn(readable(text)),
    commandIn: (text) => commandIn(readable(text)),
    contestIn: (text, context) => contestIn(readable(text), context),
    isQuestion: (text) => isQuestion(readable(text)),
    issueOf: (story, facts, day, chosen) => issueOf(routing(router, tell, story, facts, day, chosen)),
    competence: (story, facts, day, chosen) => routing(router, tell, story, facts, day, chosen)?.suggestions.slice(0, 2).map(suggested) ?? [],
    matters: mattersOf(router, tell),
    spoken: (number) => spokenAs(number),
  }
}

function routerFrom(file: string, library: Library): Router {
  const kinds = loadKinds()
  return openRouter(library, { kinds, words: new IssueWords(keptForms(file, library, () => labelled(kinds, library, loadStories()))) })
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

type Tell = (story: string, facts: Facts, day: Day) => Routing

/** One turn asks the same of the same story several times over: it is read once. */
function remembering(router: Router): Tell {
  let last: { readonly of: readonly unknown[]; readonly routing: Routing } | undefined
  return (...of) => {
    if (!last?.of.every((one, i) => one === of[i])) last = { of, routing: routeStory(router, readable(of[0]), of[1], of[2]) }
    return last.routing
  }
}

/** Where the story points nowhere for sure, what every complaint needs. */
const ANY: Issue = {
  ...{ id: 'khac', title: INTAKE.anyIssue, ours: true },
  ...{ required: ['respondent', 'goods', 'boughtOn', 'amount', 'wish'], evidence: INTAKE.anyEvidence },
}

/** Under this a wrong kind, and with it a wrong body, is too likely: an officer decides. */
const SURE = 0.3

/** @returns where the matter belongs: the one that the person chose, else what the story says; undefined where that is too little. */
function routing(router: Router, tell: Tell, story: string, facts: Facts, day: Day, chosen?: string | null): Routing | undefined {
  const issue = chosen ? router.kinds.issues.get(chosen) : undefined
  if (issue) return routeChosen(router, issue, readable(story), facts, day)
  const told = tell(story, facts, day)
  return (told.issues[0]?.confidence ?? 0) < SURE ? undefined : told
}

/** From here on the first body was right in 125 of 133 stories that the weights had not seen (`npm run fit:kinds -- --folds 7`), a little below in 185 of 201. */
const CLEAR = 0.9
const OFFERED = 6
const OFFERED_NEXT = 8

function mattersOf(router: Router, tell: Tell): Matters {
  const groups = [...router.kinds.groups].map(([id, { name }]) => ({ id, title: name, issues: mattersIn(router, id) }))
  return {
    groups: groups.filter(({ issues }) => issues.length > 0),
    isClear: (story, facts, day) => surenessOf(router, tell(story, facts, day), facts, day) >= CLEAR,
    likeliest: (story, facts, day) => choicesOf(router, tell(story, facts, day), facts, day, OFFERED).map(asMatter),
    next: (story, facts, day) => {
      const [first, all] = [OFFERED, OFFERED + OFFERED_NEXT].map((most) => choicesOf(router, tell(story, facts, day), facts, day, most))
      return (all ?? []).filter((issue) => !first?.includes(issue)).map(asMatter)
    },
  }
}

const mattersIn = (router: Router, group: string): Matter[] =>
  [...router.kinds.issues.values()].filter((issue) => issue.group === group).map(asMatter)

function asMatter({ id, title, situation }: Kind): Matter {
  return { id, title, ...((situation.money_now ?? 0) > 0 ? { urgent: true } : {}) }
}

/** Names in `complaint-kinds.yaml`: matters in which money went to somebody's account, and those about the association. */
const FRAUD = 'lua-dao'
const ABOUT_US = 'khieu-nai-hoi'

function issueOf(routed: Routing | undefined): Issue {
  const first = routed?.issues[0]?.issue
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
