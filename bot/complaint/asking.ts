/** What the intake says next: the first thing that is missing, or everything for the person to check. */
import { fold } from '../../knowledge/language/normalise.ts'
import { plain, type Section } from '../answer/outcome.ts'
import { ASK_ABOUT_US, ASK_TOGETHER, askContact, COMPLAINT_CHOICE, FACT_ASK, FACT_CHOICES, FACT_LABEL, INTAKE } from '../wording/complaint.ts'
import { CONSENT_TEXT, PURPOSES } from './consent.ts'
import type { Draft } from './draft.ts'
import type { FactName, Facts } from './facts.ts'
import { unsaidCount, withFilesAsked } from './files.ts'
import type { Full, IntakeStep, Issue } from './guide.ts'
import { isMatterOpen, matterAsked, matterLeft, matterQuestion } from './matter.ts'
import { answer, answers, listed, type Part } from './parts.ts'
import { sameCase } from './same.ts'
import { factLine, shownValue } from './shown.ts'

/** How to reach the person: asked in one go, after the matter itself. */
export const CONTACT: readonly FactName[] = ['name', 'phone', 'commune']
/** @returns whether the fact is one of how to reach the person. */
export const isContact = (name: FactName): boolean => CONTACT.includes(name)

// ── asking ──────────────────────────────────────────────────────────────────────────────────────

/** The last one is never meant by its number: see `BY_WORDS_ONLY`. */
export const summaryChoices = [COMPLAINT_CHOICE.edit, COMPLAINT_CHOICE.cancel, COMPLAINT_CHOICE.confirm]

/** Asks the next thing that is missing. @param read what this message told, shown with the words it was read from */
export function ask(f: Full, lead: readonly string[], read: Facts = {}): IntakeStep {
  const issue = issueNow(f)
  const draft = placed(f, issue)
  const shown = listed(INTAKE.read, factLines(read))
  return withFilesAsked(questionOf({ ...f, draft }, issue, [...answers([...lead, ...ofChild(draft)]), ...shown]))
}

/** @returns the kind of matter as it stands: what the person chose, or what the story says. */
export function issueNow({ guide, draft, asOf }: Pick<Full, 'guide' | 'draft' | 'asOf'>): Issue {
  return guide.issueOf(draft.story, draft.facts, asOf, draft.matter.chosen)
}

/** @returns the bodies for it. */
export function routeNow({ guide, draft, asOf }: Pick<Full, 'guide' | 'draft' | 'asOf'>): ReturnType<Full['guide']['competence']> {
  return guide.competence(draft.story, draft.facts, asOf, draft.matter.chosen)
}

function questionOf(f: Full, issue: Issue, before: readonly Section[]): Part {
  const { draft } = f
  if (draft.contest) return contestQuestion(draft, before)
  switch (draft.stage) {
    case 'story':
      return { draft, sections: [...before, answer([INTAKE.tell])], choices: [COMPLAINT_CHOICE.cancel] }
    case 'matter':
      return matterQuestion(f, before)
    case 'facts':
    case 'contact':
      return part(draft, before, [`${question(draft, issue)} ${INTAKE.stillAsking}`], offered(draft))
    case 'account':
      return part(draft, before, [INTAKE.account, INTAKE.accountWhy])
    case 'consent':
      return consentQuestion(draft, before)
    case 'summary':
      return summary(f, issue, before)
  }
}

function part(draft: Draft, before: readonly Section[], lines: readonly string[], offers: readonly string[] = []): Part {
  return { draft, sections: [...before, answer(lines)], choices: [...offers, COMPLAINT_CHOICE.skip, COMPLAINT_CHOICE.later] }
}

/** What most people answer, where there are only a few answers. */
function offered({ asked }: Draft): readonly string[] {
  const [first, ...others] = asked
  return first !== undefined && others.every(isContact) ? (FACT_CHOICES[first] ?? []) : []
}

function contestQuestion(draft: Draft, before: readonly Section[]): Part {
  const { fact, told } = draft.contest as NonNullable<Draft['contest']>
  const written = told.map((facts) => `“${facts[fact]?.from.words ?? ''}”`)
  const values = told.map((facts) => shownValue(fact, facts))
  const lines = [INTAKE.whichIsRight(FACT_LABEL[fact].toLowerCase(), written), INTAKE.eitherWay]
  return { draft, sections: [...before, answer(lines)], choices: [...values, COMPLAINT_CHOICE.skip] }
}

/** Numbers mean the purposes: a list of choices beside it would make them mean something else. */
function consentQuestion(draft: Draft, before: readonly Section[]): Part {
  const purposes: Section = { kind: 'steps', heading: '', lines: PURPOSES.map((purpose) => plain(CONSENT_TEXT[purpose])) }
  return { draft, sections: [...before, answer([INTAKE.consent]), purposes], choices: [] }
}

const CHILD = /\b(lop|hoc lop) ([1-9]|1[0-2])\b|\b([6-9]|1[0-7]) tuoi\b/

/** Who says how young they are is asked to bring a grown-up along, before anything is asked about themselves. */
function ofChild({ asked, story, contest }: Draft): readonly string[] {
  return asked.includes('name') && !contest && CHILD.test(fold(story)) ? [INTAKE.child] : []
}

function question({ asked, stage }: Draft, issue: Issue): string {
  const [first, second] = asked
  if (first === undefined) return INTAKE.tell
  if (stage === 'facts' && asked.some(isContact)) return `${askOf('wish', issue)} ${INTAKE.andContact} ${askContact(asked)}`
  if (stage === 'contact' && asked.length > 1) return askContact(asked)
  const together = ASK_TOGETHER.find(([one, other]) => one === first && other === second)
  return together?.[2] ?? askOf(first, issue)
}

const askOf = (name: FactName, { aboutUs }: Issue): string => (aboutUs ? ASK_ABOUT_US[name] : undefined) ?? FACT_ASK[name]

// ── where the draft stands ──────────────────────────────────────────────────────────────────────

/** The first stage at which something is missing, never before the one that was reached. */
function placed(f: Full, issue: Issue): Draft {
  const { stage } = f.draft
  if (!ASKED_OF_FACTS.has(stage)) return asking(f.draft, [])
  if (stage === 'facts' && isMatterOpen(f)) return factsNext(f.draft, { ...issue, required: [] }) ?? asking(matterAsked(f), [])
  const draft = stage === 'facts' ? matterLeft(f.draft) : f.draft
  return (
    (stage === 'facts' ? factsNext(draft, issue) : undefined) ??
    (stage === 'facts' || stage === 'account' ? accountNext(draft, issue) : undefined) ??
    contactNext(draft)
  )
}

const ASKED_OF_FACTS: ReadonlySet<Draft['stage']> = new Set(['facts', 'account', 'contact'])

/** @returns the draft with its question; how often it was put counts on while it is the same, or what is left of it. */
function asking(draft: Draft, asked: readonly FactName[]): Draft {
  const goesOn = asked.length > 0 && asked.every((name) => draft.asked.includes(name))
  return { ...draft, asked: [...asked], tries: goesOn || draft.contest ? draft.tries : 0 }
}

function factsNext(draft: Draft, issue: Issue): Draft | undefined {
  const wanted = [...new Set([...issue.required, ...draft.unsettled])].filter((name) => !isContact(name) && isOpen(draft, name))
  const [first] = wanted
  if (first === 'wish' && wanted.length === 1) return asking(draft, ['wish', ...withContact(draft, issue)])
  return first && asking(draft, [first, ...withPartner(first, wanted)])
}

/** What the person wants is a word or two: where nothing else is missing, how to reach them is asked in the same breath. A button still answers it alone. */
function withContact(draft: Draft, issue: Issue): readonly FactName[] {
  return accountNext(draft, issue) ? [] : CONTACT.filter((name) => isOpen(draft, name))
}

function withPartner(first: FactName, wanted: readonly FactName[]): readonly FactName[] {
  return ASK_TOGETHER.filter(([one, other]) => one === first && wanted.includes(other))
    .map(([, other]) => other)
    .slice(0, 1)
}

/** Whoever paid by hand, by card or not at all sent nothing to anybody's account. */
const SENT: ReadonlySet<string> = new Set(['transfer', 'wallet'])

function accountNext(draft: Draft, issue: Issue): Draft | undefined {
  const { account, accountLeft, facts, stage, tries } = draft
  const sent = facts.payment === undefined || SENT.has(facts.payment.value)
  if (!issue.account || !sent || account || accountLeft) return undefined
  return { ...asking(draft, []), stage: 'account', tries: stage === 'account' ? tries : 0 }
}

function contactNext(draft: Draft): Draft {
  const asked = CONTACT.filter((name) => isOpen(draft, name))
  if (asked.length > 0) return { ...asking(draft, asked), stage: 'contact' }
  // Who changes their matter at the summary has agreed already.
  return { ...asking(draft, []), stage: draft.consents.length > 0 ? 'summary' : 'consent' }
}

function isOpen({ facts, skipped, contest }: Draft, name: FactName): boolean {
  return facts[name] === undefined && !skipped.includes(name) && contest?.fact !== name
}

// ── showing ─────────────────────────────────────────────────────────────────────────────────────

/** @returns what a case still lacks, in words. */
export function missingOf({ facts }: Draft, { required }: Issue): readonly string[] {
  return [...new Set([...required, ...CONTACT])].filter((name) => facts[name] === undefined).map((name) => FACT_LABEL[name])
}

/** @returns what would help and can be sent at any time. */
export function evidenceWanted({ evidence }: Draft, issue: Issue): readonly Section[] {
  const sent = evidence.length > 0 && issue.evidence.length > 0 ? [INTAKE.evidenceSent(evidence.length)] : []
  return listed(INTAKE.evidence, [...issue.evidence, ...sent])
}

function summary(f: Full, issue: Issue, before: readonly Section[]): Part {
  const { draft } = f
  const same = sameCase(draft, f.openCases)
  if (same)
    return {
      draft,
      sections: [...before, answer([INTAKE.sameCase(same.number), INTAKE.sameCaseHow])],
      choices: [COMPLAINT_CHOICE.fresh, COMPLAINT_CHOICE.addTo],
    }
  return { draft, sections: [...before, ...summaryOf(f, issue), answer([INTAKE.check])], choices: summaryChoices }
}

function summaryOf(f: Full, issue: Issue): readonly Section[] {
  const { draft } = f
  const { facts, evidence, consents, story, account } = draft
  const route = routeNow(f).map(INTAKE.suggested)
  return [
    ...listed(INTAKE.summary, [
      ...[`Việc: ${issue.title}.`, ...factLines(facts), ...(account ? [INTAKE.accountLine(account.shown)] : [])],
      ...[`Chuyện bạn kể: ${shortened(story)}`, INTAKE.filesLine(evidence.length, unsaidCount(draft))],
    ]),
    ...listed(INTAKE.missing, missingOf(draft, issue)),
    ...evidenceWanted(draft, issue),
    ...(facts.phone ? [] : [answer([INTAKE.noPhone])]),
    ...listed(
      INTAKE.agreed,
      consents.map(({ purpose }) => CONSENT_TEXT[purpose]),
    ),
    ...notAgreed(draft),
    ...listed(INTAKE.route, [...route, issue.aboutUs ? INTAKE.aboutUsDecided : INTAKE.officerChooses]),
  ]
}

function notAgreed({ consents }: Draft): readonly Section[] {
  const left = PURPOSES.filter((purpose) => !consents.some((one) => one.purpose === purpose))
  return listed(
    INTAKE.notAgreed(left.map((purpose) => PURPOSES.indexOf(purpose) + 1)),
    left.map((purpose) => CONSENT_TEXT[purpose]),
  )
}

const SHOWN_STORY = 300

/** The whole of it is kept; to check the facts the beginning is enough. */
function shortened(story: string): string {
  return story.length <= SHOWN_STORY ? story : `${story.slice(0, SHOWN_STORY).toWellFormed()}… (giữ đủ trong hồ sơ)`
}

function factLines(facts: Facts): readonly string[] {
  return (Object.keys(FACT_LABEL) as FactName[]).flatMap((name) => (facts[name] ? [factLine(name, facts)] : []))
}
