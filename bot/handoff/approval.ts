/** What a supervisor does with an officer's words that wait: they go out under the writer's name, or back to the writer. Each a pure change, committed once. */
import type { Citation } from '../../knowledge/cite.ts'
import { maskPersonal } from '../../knowledge/language/mask.ts'
import { settleWithNotice } from '../conversation/effects.ts'
import { type OwnerRules, type Ownership, step } from '../conversation/owner.ts'
import type { OfficerAccount } from '../officers/account.ts'
import { mayDo } from '../officers/permissions.ts'
import { type ChangeResult, type OwnerStore, saying } from './officer.ts'

/** Words as they wait. */
export interface Proposed {
  readonly id: string
  readonly conversation: string
  readonly episode: number
  /** The writer. */
  readonly by: string
}

/** @returns whether what `officer` writes is read by a supervisor first. `always`: the office wants it of everybody who is none. */
export function needsApproval({ role, approval }: Pick<OfficerAccount, 'role' | 'approval'>, always: boolean): boolean {
  return !mayDo(role, 'chat.approve') && (always || approval)
}

/** Thrown inside the transaction where the words wait no more: somebody else was faster. */
export class WordsDecided extends Error {
  override readonly name = 'WordsDecided'
}

/** `overtaken`: the writer has the conversation no more, or anew. `decided`: somebody else was faster. */
export type ApprovalResult = ChangeResult | 'overtaken' | 'decided'

interface Office {
  readonly store: OwnerStore
  readonly rules: OwnerRules
  readonly hours: string
}

/** Sends the words, as they stand or as the supervisor changed them. Twice at once: once. */
export async function approve(
  office: Office,
  words: Proposed,
  { text, citations, by }: { readonly text: string; readonly citations: readonly Citation[]; readonly by: string },
  now: number,
): Promise<ApprovalResult> {
  let overtaken = false
  const result = await unlessDecided(
    office.store.change(words.conversation, now, (ownership) => {
      overtaken = !stillTheirs(ownership, words)
      if (ownership.owner !== 'staff' || overtaken) return { refused: 'not_owner' }
      const { officer } = ownership
      const stepped = step(ownership, { kind: 'officer_wrote', officer }, now, office.rules)
      if ('refused' in stepped) return stepped
      const sent = saying({ text: maskPersonal(text).text, id: words.id, citations }, officer)
      const decided = { kind: 'words_decided' as const, id: words.id, state: 'sent' as const, by, reason: null }
      // Decided first: whoever is slower finds that, before anything of theirs is written.
      const effects = [decided, ...settleWithNotice(stepped.effects, office.hours), sent]
      return { ownership: stepped.ownership, effects, act: { actor: by, action: 'words.approved', detail: detailOf(words) } }
    }),
  )
  return overtaken ? 'overtaken' : result
}

/** Gives the words back to their writer. Also where they could not be sent any more. */
export function giveBack(
  { store }: Office,
  words: Proposed,
  { reason, by }: { readonly reason: string; readonly by: string },
  now: number,
): Promise<ApprovalResult> {
  return unlessDecided(
    store.change(words.conversation, now, (ownership) => ({
      ownership,
      effects: [{ kind: 'words_decided', id: words.id, state: 'returned', by, reason: maskPersonal(reason).text }],
      act: { actor: by, action: 'words.returned', detail: detailOf(words) },
    })),
  )
}

function unlessDecided(change: Promise<ChangeResult>): Promise<ApprovalResult> {
  return change.catch((error: unknown) => {
    if (error instanceof WordsDecided) return 'decided'
    throw error
  })
}

function stillTheirs(ownership: Ownership, { by, episode }: Proposed): boolean {
  return ownership.owner === 'staff' && ownership.officer.id === by && ownership.episode === episode
}

/** Whose words, and which. */
const detailOf = ({ id, by }: Proposed) => ({ message: id, code: by })
