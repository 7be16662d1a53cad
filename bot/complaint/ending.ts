/** How a draft ends well: as a case of its own, or as an addition to one that there is already. */
import { formatDay } from '../../knowledge/validity.ts'
import { INTAKE } from '../wording/complaint.ts'
import { ask, evidenceWanted, issueNow, missingOf, routeNow } from './asking.ts'
import { confirm } from './confirmed.ts'
import type { Draft } from './draft.ts'
import type { Full, IntakeStep, Issue } from './guide.ts'
import { answer, listed } from './parts.ts'

/** @returns the step that makes the case; asks for consent where it was never given. */
export function confirmNow(f: Full): IntakeStep {
  const { newCase, now, messageId } = f
  const [issue, route] = [issueNow(f), routeNow(f)]
  const draft: Draft = { ...f.draft, issue: issue.id }
  const complaint = confirm(draft, { caseNumber: newCase, issueTitle: issue.title, missing: missingOf(draft, issue), route, message: messageId, now })
  if (!complaint) return ask({ ...f, draft: { ...draft, stage: 'consent' } }, [])
  return { draft: null, sections: receipt(f, issue), choices: [], confirmed: complaint }
}

/** What happens next, who, by when, how to take it back, and what is still missing. */
function receipt({ draft, guide, newCase, firstReplyBy, letterLink }: Full, issue: Issue): IntakeStep['sections'] {
  const next = issue.aboutUs ? INTAKE.aboutUsNext : INTAKE.whatNext(firstReplyBy === undefined ? undefined : formatDay(firstReplyBy))
  return [
    answer([INTAKE.confirmed(newCase, guide.spoken(newCase)), next]),
    ...listed(INTAKE.missing, missingOf(draft, issue)),
    ...evidenceWanted(draft, issue),
    answer([INTAKE.afterwards(newCase), ...(letterLink === undefined ? [] : [INTAKE.papers(letterLink)])]),
  ]
}

/** @returns the step that adds what was told to the case that the person has. */
export function addToCase({ draft }: Full, number: string): IntakeStep {
  const { story, facts, evidence } = draft
  return { draft: null, sections: [answer([INTAKE.added(number)])], choices: [], added: { number, story, facts, evidence } }
}
