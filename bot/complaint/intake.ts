/**
 * Taking a complaint in conversation, as a function: a draft and a message in, the next draft and what is said out. Nothing is stored, sent or handed on here.
 *
 *   story ─▶ facts that this kind of matter needs, one a turn ─▶ evidence ─▶ contact ─▶ consent, each purpose for itself ─▶ summary ─▶ (exactly the words) confirmed
 *     at any time: a correction · a file · "bỏ qua" · "quay lại" · "để sau" and "tiếp tục hồ sơ" · "hủy" · a question, answered by the answering steps
 */
import { fold } from '../../knowledge/language/normalise.ts'
import { COMPLAINT_CHOICE, FACT_LABEL, INTAKE } from '../wording/complaint.ts'
import { answer, ask, missingOf, summaryChoices } from './asking.ts'
import { confirm } from './confirmed.ts'
import { CONSENT_VERSION, consentIn } from './consent.ts'
import { type Draft, LONGEST_STORY } from './draft.ts'
import type { FactName, Facts } from './facts.ts'
import type { Command, Full, IntakeGuide, IntakeInput, IntakeStep, Issue } from './guide.ts'
import { shownValue, takeWhole } from './shown.ts'

/** Takes one message. */
export function takeIntake(input: IntakeInput, guide: IntakeGuide): IntakeStep {
  const { draft, text } = input
  const command = guide.commandIn(text) ?? COMMAND_CHOICES.find(([words]) => said(text, words))?.[1]
  if (command) return obey({ ...input, guide }, command)
  const kept = withFile(input)
  const correction = guide.correctionIn(text)
  if (correction) return correct({ ...input, draft: kept, guide }, correction)
  if (draft.paused) return ask({ ...input, draft: resumed(kept), guide }, [INTAKE.goOn])
  return hear({ ...input, draft: kept, guide })
}

/** @returns the beginning: with a story, what was read of it; without, the request to tell one. */
export function beginIntake(input: IntakeInput, guide: IntakeGuide): IntakeStep {
  if (input.draft.story === '') return { draft: input.draft, sections: [answer([INTAKE.tell])], choices: [COMPLAINT_CHOICE.cancel] }
  const full = { ...input, draft: { ...input.draft, story: '' }, text: input.draft.story, guide }
  return hearStory(full, [INTAKE.begin])
}

/** @returns the question that stands, asked once more: after something else was answered. */
export function askAgain(input: IntakeInput, guide: IntakeGuide): IntakeStep {
  return ask({ ...input, guide }, [INTAKE.goOn])
}

const COMMAND_CHOICES: readonly (readonly [string, Command])[] = [
  [COMPLAINT_CHOICE.later, 'later'],
  [COMPLAINT_CHOICE.skip, 'skip'],
  [COMPLAINT_CHOICE.cancel, 'cancel'],
  [COMPLAINT_CHOICE.resume, 'resume'],
]

function said(text: string, words: string): boolean {
  return fold(text).trim() === fold(words)
}

// ── commands ────────────────────────────────────────────────────────────────────────────────────

function obey(f: Full, command: Command): IntakeStep {
  const { draft } = f
  switch (command) {
    case 'cancel':
      return { draft: null, sections: [answer([INTAKE.cancelled])], choices: [] }
    case 'later':
      return { draft: { ...draft, paused: true }, sections: [answer([INTAKE.paused])], choices: [COMPLAINT_CHOICE.resume] }
    case 'resume':
      return ask({ ...f, draft: resumed(draft) }, [INTAKE.goOn])
    case 'skip':
      return ask({ ...f, draft: skipped(draft) }, [])
    case 'back':
      return ask({ ...f, draft: steppedBack(draft) }, [])
  }
}

function resumed(draft: Draft): Draft {
  return { ...draft, paused: false }
}

function skipped(draft: Draft): Draft {
  if (draft.asked) return { ...draft, skipped: [...draft.skipped, draft.asked], asked: null }
  return draft.stage === 'evidence' ? { ...draft, stage: 'contact' } : draft
}

/** To the question before: of what was skipped or told last, one is asked again. */
function steppedBack(draft: Draft): Draft {
  const last = draft.skipped.at(-1)
  if (draft.stage === 'summary') return { ...draft, stage: 'consent', consents: [] }
  if (draft.stage === 'consent') return { ...draft, stage: 'contact', facts: { ...draft.facts, phone: undefined } }
  return last ? { ...draft, stage: 'facts', skipped: draft.skipped.slice(0, -1) } : draft
}

// ── hearing ─────────────────────────────────────────────────────────────────────────────────────

function withFile({ draft, attachment, text }: IntakeInput): Draft {
  return attachment === undefined ? draft : { ...draft, evidence: [...draft.evidence, { attachment, caption: text }] }
}

function correct(f: Full, { fact, text }: { readonly fact: FactName; readonly text: string }): IntakeStep {
  const { draft, messageId, asOf, guide } = f
  if (text === '') return ask(f, [INTAKE.howToEdit])
  const read = guide.readFacts(text, { messageId, asOf, asked: fact, known: {} })[fact] ?? takeWhole(fact, text, messageId)
  if (!read) return ask(f, [INTAKE.notChanged(FACT_LABEL[fact].toLowerCase())])
  const facts: Facts = { ...draft.facts, [fact]: read }
  return ask({ ...f, draft: { ...draft, facts, skipped: draft.skipped.filter((name) => name !== fact) } }, [
    INTAKE.changed(FACT_LABEL[fact], shownValue(fact, facts)),
  ])
}

function hear(f: Full): IntakeStep {
  switch (f.draft.stage) {
    case 'story':
      return f.text === '' ? ask(f, [INTAKE.kept]) : hearStory(f, [])
    case 'facts':
    case 'contact':
      return hearFact(f)
    case 'evidence':
      return hearEvidence(f)
    case 'consent':
      return hearConsent(f)
    case 'summary':
      return hearAtSummary(f)
  }
}

function hearStory(f: Full, lead: readonly string[]): IntakeStep {
  const { draft, text, messageId, asOf, guide } = f
  const story = [draft.story, text].filter(Boolean).join('\n')
  const read = guide.readFacts(text, { messageId, asOf, known: draft.facts })
  const facts = { ...draft.facts, ...read }
  const issue = guide.issueOf(story, facts, asOf)
  const cut = story.length > LONGEST_STORY ? [INTAKE.cut] : []
  const next: Draft = { ...draft, story: firstPart(story), facts, issue: issue.id, stage: 'facts', asked: null }
  return ask({ ...f, draft: next }, [...lead, ...cut, ...elsewhere(f, issue, story, facts)], read)
}

/** Not ours: said at once, with the right door. The person may still have it noted. */
function elsewhere({ guide, asOf }: Full, { ours }: Issue, story: string, facts: Facts): readonly string[] {
  if (ours) return []
  return [INTAKE.notOurs, ...guide.competence(story, facts, asOf).map(INTAKE.suggested)]
}

/** Never in the middle of a character. */
function firstPart(story: string): string {
  return story.length <= LONGEST_STORY
    ? story
    : story
        .slice(0, LONGEST_STORY)
        .toWellFormed()
        .replace(/\uFFFD$/, '')
}

/** A short reply is the fact that was asked for; a longer one tells more of the story, and may hold others. */
function hearFact(f: Full): IntakeStep {
  const { draft, text, messageId, asOf, guide } = f
  if (text === '') return ask(f, [INTAKE.kept])
  const asked = draft.asked ?? undefined
  const read = guide.readFacts(text, { messageId, asOf, known: draft.facts, ...(asked ? { asked } : {}) })
  const whole = asked && f.attachment === undefined && !tellsFacts(f) ? takeWhole(asked, text, messageId) : undefined
  const facts: Facts = { ...draft.facts, ...read, ...(asked && whole ? { [asked]: whole } : {}) }
  const heard = Object.keys(read).length > 0 || whole !== undefined
  const story = text.length > TELLING ? firstPart([draft.story, text].filter(Boolean).join('\n')) : draft.story
  return ask({ ...f, draft: { ...draft, facts, story, asked: null } }, heard ? [] : [f.attachment === undefined ? INTAKE.unclear : INTAKE.kept], read)
}

/** Whether the message holds any fact at all, known before or not: then its words are no answer of their own. */
function tellsFacts({ guide, text, messageId, asOf }: Full): boolean {
  return Object.keys(guide.readFacts(text, { messageId, asOf, known: {} })).length > 0
}

/** Longer than the answer to any one question. */
const TELLING = 80

function hearEvidence(f: Full): IntakeStep {
  if (f.attachment !== undefined) return ask(f, [INTAKE.kept])
  return ask({ ...f, draft: { ...f.draft, stage: 'contact' } }, [])
}

function hearConsent(f: Full): IntakeStep {
  const { draft, text, now, messageId } = f
  const agreed = consentIn(text)
  if (!agreed) return ask(f, [INTAKE.consentUnclear])
  if (agreed.length === 0)
    return { draft: { ...draft, paused: true }, sections: [answer([INTAKE.consentNeeded])], choices: [COMPLAINT_CHOICE.resume] }
  if (!agreed.includes('handle')) return ask(f, [INTAKE.firstNeeded])
  const consents = agreed.map((purpose) => ({ purpose, version: CONSENT_VERSION, at: now, message: messageId }))
  return ask({ ...f, draft: { ...draft, consents, stage: 'summary' } }, [])
}

/** Only the words themselves, as a whole message, confirm; what merely contains them does not. */
function hearAtSummary(f: Full): IntakeStep {
  const { draft, text } = f
  if (said(text.trim().replace(/[.!]$/, ''), COMPLAINT_CHOICE.confirm)) return confirmNow(f)
  if (said(text, COMPLAINT_CHOICE.edit)) return { draft, sections: [answer([INTAKE.howToEdit])], choices: summaryChoices }
  if (f.attachment !== undefined) return { draft, sections: [answer([INTAKE.kept, INTAKE.confirmPlainly])], choices: summaryChoices }
  if (WITHDRAWS.test(fold(text))) return ask({ ...f, draft: { ...draft, stage: 'consent', consents: [] } }, [INTAKE.consentAgain])
  return changedAtSummary(f) ?? { draft, sections: [answer([INTAKE.confirmPlainly])], choices: summaryChoices }
}

/** "Không đồng ý cho shop biết nữa": what was agreed to is asked again. */
const WITHDRAWS = /khong (con )?(dong y|cho phep)|rut (lai )?(su )?dong y/

/** What is said otherwise now counts, and is shown. */
function changedAtSummary(f: Full): IntakeStep | undefined {
  const { draft, text, messageId, asOf, guide } = f
  const read = Object.entries(guide.readFacts(text, { messageId, asOf, known: {} })) as [FactName, Facts[FactName]][]
  const changed = read.filter(([name, fact]) => fact && fact.value !== draft.facts[name]?.value)
  if (changed.length === 0) return undefined
  const facts: Facts = { ...draft.facts, ...Object.fromEntries(changed) }
  return ask(
    { ...f, draft: { ...draft, facts } },
    changed.map(([name]) => INTAKE.changed(FACT_LABEL[name], shownValue(name, facts))),
  )
}

function confirmNow(f: Full): IntakeStep {
  const { draft, guide, newCase, now, messageId, asOf } = f
  const issue = guide.issueOf(draft.story, draft.facts, asOf)
  const route = guide.competence(draft.story, draft.facts, asOf)
  const complaint = confirm(draft, { caseNumber: newCase, issueTitle: issue.title, missing: missingOf(draft, issue), route, message: messageId, now })
  if (!complaint) return ask({ ...f, draft: { ...draft, stage: 'consent' } }, [])
  const sections = [answer([INTAKE.confirmed(newCase, guide.spoken(newCase)), INTAKE.whatNext])]
  return { draft: null, sections, choices: [], confirmed: complaint }
}
