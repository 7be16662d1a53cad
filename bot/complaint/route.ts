/** From a story to its kind, and from the kind to the competent bodies: suggestions with their basis; an officer chooses. Deterministic. */
import { agencyOn, type Basis, basisOn, changeSentence, type Directory, dutyOf, loadDirectory, type TRUSTS } from '../../knowledge/agencies.ts'
import { type Body, type ComplaintKinds, type Issue, loadKinds, SITUATIONS, type Situation } from '../../knowledge/complaint-kinds.ts'
import { loadStories, type Story } from '../../knowledge/complaint-stories.ts'
import { fold } from '../../knowledge/language/normalise.ts'
import { expandShorthand } from '../../knowledge/language/shorthand.ts'
import type { Day } from '../../knowledge/validity.ts'
import { FACT_NAMES, type FactName, type Facts } from './facts.ts'
import { type ConceptOdds, loadConceptOdds, SPREAD } from './route-concepts.ts'
import { IssueWords, type LabelledQuestion, THING } from './route-words.ts'

/** What routing needs, read once: the kinds, the directory, how people put each issue, and what speaks for it. */
export interface Router {
  readonly kinds: ComplaintKinds
  readonly directory: Directory
  readonly words: IssueWords
  readonly concepts: ConceptOdds
}

/** Everyday questions of guides and outside matters, by their ids: the library has this shape. */
export interface Speech {
  readonly guides: ReadonlyMap<string, { readonly questions: readonly { readonly text: string }[] }>
  readonly fields: ReadonlyMap<string, { readonly questions: readonly string[] }>
}

/** An issue that a story may be about. */
export interface RankedIssue {
  readonly issue: Issue
  readonly score: number
  /** Between 0 and 1; what is left over stands for "none of these". */
  readonly confidence: number
}

/** A body that may be competent, never without what that rests on. */
export interface Suggestion {
  readonly agency: string
  readonly name: string
  readonly basis: readonly [Basis, ...Basis[]]
  readonly confidence: number
  /** One sentence for the officer and the person. */
  readonly why: string
  readonly trust: (typeof TRUSTS)[number]
}

/** An issue on a day: what `competence` judges. */
export interface Matter {
  readonly issue: Issue
  readonly facts: Facts
  readonly day: Day
  readonly situations: ReadonlySet<Situation>
  /** How sure the issue is; 1 where the person chose it. */
  readonly certainty?: number
}

/** Where a story belongs. `firstAid`: money is being lost now, its steps come before everything else. */
export interface Routing {
  readonly issues: readonly RankedIssue[]
  readonly situations: ReadonlySet<Situation>
  readonly suggestions: readonly Suggestion[]
  readonly firstAid: boolean
}

/** Prepares routing from the library's everyday questions and the stories told for it. Throws `DirectoryError` when a file of kinds or agencies is faulty. */
export function openRouter(
  speech: Speech,
  { kinds = loadKinds(), directory = loadDirectory(), concepts = loadConceptOdds(), words }: Partial<Router> = {},
  stories?: readonly Story[],
): Router {
  return { kinds, directory, concepts, words: words ?? new IssueWords(labelled(kinds, speech, stories ?? loadStories())) }
}

/** @returns every everyday question and story with its issue, in the form that stories are compared in. */
export function labelled(kinds: ComplaintKinds, speech: Speech, stories: readonly Story[]): LabelledQuestion[] {
  const asked = [...kinds.issues.values()].flatMap((issue) => {
    const guides = issue.guides.flatMap((id) => speech.guides.get(id)?.questions.map((q) => q.text) ?? [])
    const fields = issue.fields.flatMap((id) => speech.fields.get(id)?.questions ?? [])
    return [issue.title, ...issue.questions, ...guides, ...fields].map((text) => ({ issue: issue.id, form: storyForm(text) }))
  })
  return [...asked, ...stories.map(({ issue, text }) => ({ issue, form: storyForm(text) }))]
}

// --- reading ---

/** "số điện thoại em là [số điện thoại đã che]": what stands for a number, and whose it is, tells nothing of the matter. */
const COVERED = /(?:\b(?:so|can cuoc|cccd|cmnd|dien thoai|sdt|dt|email|mail|la|cua|toi|em|con|minh)\b[ :]*){0,8}\[[^[\]\n]{0,40}\bda che\]/g

/** @returns the form that stories are compared in: shorthand written out, no marks, words apart, nothing that stands for a covered number. */
export function storyForm(text: string): string {
  return fold(expandShorthand(text).text)
    .replace(COVERED, ' ')
    .replace(/[^a-z0-9%]+/g, ' ')
    .trim()
}

/** The story, and beside it what was already taken from it: someone who chose the issue from a list may have told the rest in pieces. */
function wholeStory(text: string, facts: Facts): string {
  return storyForm(
    [facts.respondent, facts.goods, facts.promised, facts.contacted, text]
      .map((part) => (typeof part === 'object' ? part.value : (part ?? '')))
      .join('\n'),
  )
}

/** A story as signals read it, and as its words are weighed: there the thing bought is only a thing, its name belongs to no issue. */
export interface Told {
  readonly story: string
  readonly words: string
}

/** @returns the story as it is read. */
export function toldIn(text: string, facts: Facts): Told {
  const story = wholeStory(text, facts)
  const thing = storyForm(facts.goods?.value ?? '')
  return { story, words: thing === '' ? story : ` ${story} `.replaceAll(` ${thing} `, ` ${THING} `).trim() }
}

/** After so many days money is not on its way any more. */
const FRESH_DAYS = 30

/** @returns what the story shows beside its issue: money going right now, bought online, at a market, several bodies at odds … */
export function situationsOf({ kinds }: Router, text: string, facts: Facts, day: Day): Set<Situation> {
  const story = wholeStory(text, facts)
  const told = kinds.situations
    .filter((s) => s.signals.some((sign) => sign.test(story)) && !s.unless.some((sign) => sign.test(story)))
    .map((s) => s.id)
  const found = new Set<Situation>(facts.platform ? [...told, 'online'] : told)
  if (facts.boughtOn && daysBetween(facts.boughtOn.value, day) > FRESH_DAYS) found.delete('money_now')
  return found
}

const daysBetween = (from: Day, to: Day): number => (Date.parse(to) - Date.parse(from)) / 86_400_000

// --- which issue ---

/** How much the words count beside the signals. */
const WORDS = 25

/** @returns every issue with a sign of it, the likeliest first; empty when nothing in the story points anywhere. */
export function classify(router: Router, text: string, facts: Facts, day: Day): RankedIssue[] {
  return rank(router, toldIn(text, facts), situationsOf(router, text, facts, day))
}

function rank(router: Router, { story, words: spoken }: Told, situations: ReadonlySet<Situation>): RankedIssue[] {
  const words = router.words.scores(spoken)
  const held = router.concepts.held(story, situations)
  const signs = [...router.kinds.issues.values()].map((issue) => ({
    issue,
    score: scoreOf(issue, signalScore(issue, story, situations), words.get(issue.id) ?? 0, words.size > 0),
  }))
  if (held.length === 0 && !signs.some(({ score }) => score > 0)) return []
  const scored = signs
    .map(({ issue, score }) => ({ issue, score: Math.max(0, score) + router.concepts.pull(issue.id, held) }))
    .sort((a, b) => b.score - a.score || a.issue.id.localeCompare(b.issue.id))
  const total = scored.reduce((sum, { score }) => sum + odds(score), 0)
  return scored.map((s) => ({ ...s, confidence: rounded(odds(s.score) / total) }))
}

const odds = (score: number): number => Math.exp(score / SPREAD)
const rounded = (value: number): number => Math.round(value * 100) / 100

/** What an issue loses that is to be known by a sign and shows none. */
const DOUBT = 2

function scoreOf(issue: Issue, signals: number, words: number, told: boolean): number {
  const doubt = issue.bySign && signals === 0 ? DOUBT : 0
  return signals + WORDS * words + (told ? issue.base : 0) - doubt
}

function signalScore(issue: Issue, story: string, situations: ReadonlySet<Situation>): number {
  const said = issue.signals.filter(({ says }) => says.test(story)).reduce((sum, { weight }) => sum + weight, 0)
  return said + SITUATIONS.filter((s) => situations.has(s)).reduce((sum, s) => sum + (issue.situation[s] ?? 0), 0)
}

/** @returns the facts an issue requires, as names of facts. */
export function requiredFacts(issue: Issue): FactName[] {
  return FACT_NAMES.filter((name) => issue.required.includes(name))
}

// --- which body ---

const TRUST_FACTOR: Readonly<Record<Suggestion['trust'], number>> = { high: 1, medium: 0.9, unverified: 0.7 }
/** Each further suggestion is that much less likely to be the right door. */
const NEXT = 0.7

/** @returns the bodies for a matter on its day, the first the most fitting; each with what it rests on. Nothing whose basis does not hold on that day. */
export function competence({ kinds, directory }: Router, matter: Matter): Suggestion[] {
  const ahead = matter.issue.kind === 'dispute' ? kinds.ahead : []
  const steps = [...ahead, ...matter.issue.bodies].filter((b) => b.when === undefined || matter.situations.has(b.when))
  const found = steps.map((step) => suggestion(directory, step, matter.day)).filter((s) => s !== undefined)
  const once = found.filter((s, i) => found.findIndex((t) => t.agency === s.agency) === i)
  return once.map((s, i) => ({ ...s, confidence: rounded((matter.certainty ?? 1) * TRUST_FACTOR[s.trust] * NEXT ** i) }))
}

function suggestion(directory: Directory, step: Body, day: Day): Suggestion | undefined {
  const agency = agencyOn(directory, step.agency, day)
  const duty = dutyOf(directory, step.agency, step.duty)
  const [first, ...rest] = duty ? basisOn(directory, duty, day) : []
  if (!agency || !duty || !first || agency.role === 'never') return undefined
  const moved = agency.id === step.agency ? undefined : changeSentence(directory, step.agency, day)
  return { agency: agency.id, name: agency.name, basis: [first, ...rest], confidence: 0, why: joined(duty.why, moved), trust: agency.trust }
}

/** Two sentences as one: what the body receives; and since when it is another one. */
const joined = (why: string, moved: string | undefined): string =>
  moved === undefined ? why : `${why.replace(/\.$/, '')}; ${moved.charAt(0).toLowerCase()}${moved.slice(1)}`

/** @returns where a matter belongs that the person said themselves: as sure as can be. */
export function routeChosen(router: Router, issue: Issue, text: string, facts: Facts, day: Day): Routing {
  const situations = situationsOf(router, text, facts, day)
  const suggestions = competence(router, { issue, facts, day, situations })
  return { issues: [{ issue, score: 0, confidence: 1 }], situations, suggestions, firstAid: issue.kind !== 'not_ours' && situations.has('money_now') }
}

/** @returns how likely the likeliest first body is, over all issues that the story may be about. */
export function surenessOf(router: Router, { issues, situations }: Routing, facts: Facts, day: Day): number {
  const bodies = new Map<string, number>()
  for (const { issue, confidence } of issues) {
    const [first] = competence(router, { issue, facts, day, situations })
    if (first) bodies.set(first.agency, (bodies.get(first.agency) ?? 0) + confidence)
  }
  return Math.max(0, ...bodies.values())
}

/** Of those alike that lead to one body so many stand among the choices before others get their place. */
const ALIKE = 2

/** @returns the issues to choose from, the likeliest first: as many different doors among them as there are; the issue for everything else only by way of its group. */
export function choicesOf(router: Router, { issues, situations }: Routing, facts: Facts, day: Day, most: number): Issue[] {
  const seen = new Map<string, number>()
  const ranked = issues
    .filter(({ issue }) => issue.base === 0)
    .map(({ issue }) => {
      const door = competence(router, { issue, facts, day, situations })[0]?.agency ?? ''
      const kind = `${issue.group} ${door}`
      seen.set(kind, (seen.get(kind) ?? 0) + 1)
      return { issue, late: (seen.get(kind) ?? 0) > ALIKE }
    })
  const taken = [...ranked.filter(({ late }) => !late), ...ranked.filter(({ late }) => late)].slice(0, most)
  return ranked.filter((one) => taken.includes(one)).map(({ issue }) => issue)
}

/** Without any sign of an issue the association itself listens first. */
const FALLBACK = 'hoi-quyen'

/**
 * @param known situations that the conversation has already established (an answer gave first aid: `money_now`).
 * @returns where a story belongs on `day`: ranked issues, situations and suggested bodies.
 */
export function routeStory(router: Router, text: string, facts: Facts, day: Day, known: readonly Situation[] = []): Routing {
  const situations = new Set([...known, ...situationsOf(router, text, facts, day)])
  const issues = rank(router, toldIn(text, facts), situations)
  const issue = issues[0]?.issue ?? router.kinds.issues.get(FALLBACK)
  const certainty = issues[0]?.confidence ?? 0
  const suggestions = issue ? competence(router, { issue, facts, day, situations, certainty }) : []
  return { issues, situations, suggestions, firstAid: issue?.kind !== 'not_ours' && situations.has('money_now') }
}
