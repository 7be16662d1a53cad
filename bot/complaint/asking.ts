/** What the intake says next: the first thing that is missing, or everything for the person to check. */
import { fold } from '../../knowledge/language/normalise.ts'
import { plain, type Section } from '../answer/outcome.ts'
import { COMPLAINT_CHOICE, FACT_ASK, FACT_LABEL, INTAKE } from '../wording/complaint.ts'
import { CONSENT_TEXT, PURPOSES } from './consent.ts'
import type { Draft, Stage } from './draft.ts'
import type { FactName, Facts } from './facts.ts'
import type { Full, IntakeStep, Issue } from './guide.ts'
import { factLine } from './shown.ts'

const CONTACT: readonly FactName[] = ['name', 'phone', 'commune']

// ── asking ──────────────────────────────────────────────────────────────────────────────────────

/** The last one is never meant by its number: see `BY_WORDS_ONLY`. */
export const summaryChoices = [COMPLAINT_CHOICE.edit, COMPLAINT_CHOICE.cancel, COMPLAINT_CHOICE.confirm]

/** Asks the next thing that is missing. @param read what this message told, shown with the words it was read from */
export function ask(f: Full, lead: readonly string[], read: Facts = {}): IntakeStep {
  const issue = f.guide.issueOf(f.draft.story, f.draft.facts, f.asOf)
  const draft = placed(f.draft, issue)
  const shown = listed(INTAKE.read, factLines(read))
  switch (draft.stage) {
    case 'story':
      return { draft, sections: [answer([...lead, INTAKE.tell])], choices: [COMPLAINT_CHOICE.cancel] }
    case 'facts':
    case 'contact':
      return {
        draft,
        sections: [...answers([...lead, ...ofChild(draft)]), ...shown, answer([question(draft)])],
        choices: [COMPLAINT_CHOICE.skip, COMPLAINT_CHOICE.later],
      }
    case 'evidence':
      return {
        draft,
        sections: [...answers(lead), ...shown, ...listed(INTAKE.evidence, issue.evidence), answer([INTAKE.askEvidence])],
        choices: [COMPLAINT_CHOICE.done, COMPLAINT_CHOICE.later],
      }
    case 'consent':
      return {
        draft,
        sections: [answer([...lead, INTAKE.consent]), { kind: 'steps', heading: '', lines: PURPOSES.map((purpose) => plain(CONSENT_TEXT[purpose])) }],
        // Numbers mean the purposes above: a list of choices beside it would make them mean something else.
        choices: [],
      }
    case 'summary':
      return { draft, sections: [...answers(lead), ...summary(f, draft, issue), answer([INTAKE.check])], choices: summaryChoices }
  }
}

const CHILD = /\b(lop|hoc lop) ([1-9]|1[0-2])\b|\b([6-9]|1[0-7]) tuoi\b/

/** Who says how young they are is asked to bring a grown-up along, before anything is asked about themselves. */
function ofChild({ asked, story }: Draft): readonly string[] {
  return asked === 'name' && CHILD.test(fold(story)) ? [INTAKE.child] : []
}

function question({ asked }: Draft): string {
  return asked ? `${FACT_ASK[asked]} ${INTAKE.stillAsking}` : INTAKE.tell
}

/** The first stage at which something is missing, never before the one that was reached. */
function placed(draft: Draft, issue: Issue): Draft {
  const { stage } = draft
  if (stage === 'story' || stage === 'consent' || stage === 'summary') return { ...draft, asked: null }
  // How to reach the person is asked in one go, after the matter itself.
  const fact = nextFact(
    draft,
    issue.required.filter((name) => !CONTACT.includes(name)),
  )
  if (stage === 'facts' && fact) return { ...draft, asked: fact }
  if (stage === 'facts' || stage === 'evidence')
    return stage === 'facts' && issue.evidence.length > 0 ? { ...draft, stage: 'evidence', asked: null } : evidenceOver(draft, stage)
  return contactNext(draft)
}

function evidenceOver(draft: Draft, stage: Stage): Draft {
  return stage === 'evidence' ? { ...draft, asked: null } : contactNext({ ...draft, stage: 'contact' })
}

function contactNext(draft: Draft): Draft {
  const fact = nextFact(draft, CONTACT)
  return fact ? { ...draft, stage: 'contact', asked: fact } : { ...draft, stage: 'consent', asked: null }
}

function nextFact({ facts, skipped }: Draft, wanted: readonly FactName[]): FactName | undefined {
  return wanted.find((name) => facts[name] === undefined && !skipped.includes(name))
}

// ── showing ─────────────────────────────────────────────────────────────────────────────────────

/** @returns what a case still lacks, in words. */
export function missingOf({ facts }: Draft, { required }: Issue): readonly string[] {
  return [...new Set([...required, ...CONTACT])].filter((name) => facts[name] === undefined).map((name) => FACT_LABEL[name])
}

function summary({ guide, asOf }: Full, draft: Draft, issue: Issue): readonly Section[] {
  const { facts, evidence, consents, story } = draft
  const lines = [`Việc: ${issue.title}.`, ...factLines(facts), `Chuyện bạn kể: ${shortened(story)}`, `Ảnh, tệp đã gửi: ${evidence.length}.`]
  return [
    ...listed(INTAKE.summary, lines),
    ...listed(INTAKE.missing, missingOf(draft, issue)),
    ...(facts.phone ? [] : [answer([INTAKE.noPhone])]),
    ...listed(
      INTAKE.agreed,
      consents.map(({ purpose }) => CONSENT_TEXT[purpose]),
    ),
    ...listed(INTAKE.route, [...guide.competence(story, facts, asOf).map(INTAKE.suggested), INTAKE.officerChooses]),
  ]
}

const SHOWN_STORY = 300

/** The whole of it is kept; to check the facts the beginning is enough. */
function shortened(story: string): string {
  return story.length <= SHOWN_STORY ? story : `${story.slice(0, SHOWN_STORY).toWellFormed()}… (giữ đủ trong hồ sơ)`
}

function factLines(facts: Facts): readonly string[] {
  return (Object.keys(FACT_LABEL) as FactName[]).flatMap((name) => (facts[name] ? [factLine(name, facts)] : []))
}

/** @returns lines as a section without heading. */
export function answer(lines: readonly string[]): Section {
  return { kind: 'answer', heading: '', lines: lines.map(plain) }
}

function answers(lines: readonly string[]): readonly Section[] {
  return lines.length > 0 ? [answer(lines)] : []
}

function listed(heading: string, lines: readonly string[]): readonly Section[] {
  return lines.length > 0 ? [{ kind: 'conditions', heading, lines: lines.map(plain) }] : []
}
