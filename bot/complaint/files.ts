/** Whether a photo shows papers or cards: asked once for all that came together, beside the next question, and never in the way of it. */
import { fold } from '../../knowledge/language/normalise.ts'
import { COMPLAINT_CHOICE, INTAKE } from '../wording/complaint.ts'
import type { Draft, EvidenceFile } from './draft.ts'
import type { IntakeInput } from './guide.ts'
import type { Part } from './parts.ts'
import { answer } from './parts.ts'

/** @returns the draft with the file of the message, which nobody opens before the person has said what it shows. */
export function withFile({ draft, attachment, text }: IntakeInput): Draft {
  if (attachment === undefined || draft.evidence.some((file) => file.attachment === attachment)) return draft
  return { ...draft, evidence: [...draft.evidence, { attachment, caption: text, clear: null }] }
}

const unsaid = ({ evidence }: Draft): readonly EvidenceFile[] => evidence.filter(({ clear }) => clear === null)

/** @returns how many files nobody may open yet. */
export const unsaidCount = (draft: Draft): number => unsaid(draft).length

/** At consent numbers mean purposes, so it waits for the summary, where it is asked once more; beside the choice of matters for the next question. */
function isDue(draft: Draft): boolean {
  if (draft.stage === 'consent' || draft.stage === 'matter' || draft.contest) return false
  const open = unsaid(draft)
  if (open.some(({ attachment }) => !draft.filesAsked.includes(attachment))) return true
  return open.length > 0 && draft.stage === 'summary' && !draft.filesAskedAgain
}

/** @returns what is said, with the question about the files where it is due. */
export function withFilesAsked(part: Part): Part {
  const { draft, sections, choices } = part
  if (!isDue(draft)) return part
  const asked = {
    ...draft,
    filesAsked: unsaid(draft).map(({ attachment }) => attachment),
    filesAskedAgain: draft.filesAskedAgain || draft.stage === 'summary',
  }
  return {
    draft: asked,
    sections: [...sections, answer([INTAKE.files, INTAKE.filesHow])],
    choices: [COMPLAINT_CHOICE.clear, COMPLAINT_CHOICE.papers, ...choices],
  }
}

export type FilesAnswer = 'clear' | 'papers'

const OF_FILES = '(?:anh|hinh|tep|file|trong anh|trong hinh)'
const PAPERS = '(?:giay to|can cuoc|cccd|cmnd|the|the ngan hang|so the|giay to gi)'
const NONE = new RegExp(
  `^(?:da |vang )?(?:${OF_FILES} (?:nay |do )?(?:khong|ko|k)(?: co| thay)?(?: ${PAPERS})?(?: nao| gi| dau)?(?: ca| het)?|(?:khong|ko|k)(?: co| thay)? ${PAPERS}(?: nao| gi)?(?: ca| het)?(?: trong anh)?)(?: a| nha| nhe)?$`,
)
const SOME = new RegExp(
  `^(?:da |vang )?(?:${OF_FILES} (?:nay |do )?(?:co|thay)(?: thay)?(?: ca)?(?: ${PAPERS})?|(?:co|thay) (?:thay )?${PAPERS})(?: a| nha| do)?$`,
)
const BARE_NONE = /^(?:da )?(?:khong co|ko co|khong co gi)(?: a| dau)?$/

/** A bare "không có" answers the question about the files only where no other question stands: otherwise it may mean that. A bare "có" or "không" never does. */
export function filesAnswerIn(draft: Draft, text: string): FilesAnswer | undefined {
  if (!unsaid(draft).some(({ attachment }) => draft.filesAsked.includes(attachment))) return undefined
  const said = fold(text).trim().replace(/[.!]$/, '')
  if (NONE.test(said)) return 'clear'
  if (SOME.test(said)) return 'papers'
  if (draft.stage !== 'summary') return undefined
  return BARE_NONE.test(said) ? 'clear' : undefined
}

/** @returns the draft after the answer, what is said of it, and the files that go. */
export function withFilesAnswer(
  draft: Draft,
  said: FilesAnswer,
): { readonly draft: Draft; readonly lead: string; readonly discarded: readonly string[] } {
  const meant = (file: EvidenceFile) => file.clear === null && draft.filesAsked.includes(file.attachment)
  const done = { ...draft, filesAsked: [] }
  if (said === 'clear') {
    const evidence = draft.evidence.map((file) => (meant(file) ? { ...file, clear: true } : file))
    return { draft: { ...done, evidence }, lead: INTAKE.filesClear, discarded: [] }
  }
  const discarded = draft.evidence.filter(meant).map(({ attachment }) => attachment)
  const evidence = draft.evidence.filter((file) => !meant(file))
  return { draft: { ...done, evidence }, lead: INTAKE.filesDropped(discarded.length), discarded }
}
