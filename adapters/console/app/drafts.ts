/** What an officer has written and not yet sent, kept per conversation for as long as the tab is open: a reload or an ended session loses nothing. */
import type { CitationView } from '../contract.ts'
import { newId } from './new-id.ts'

/** A message on its way. Its id is made once: however often it is tried, it is written once. */
export interface Outgoing {
  readonly id: string
  readonly text: string
  readonly citations: readonly CitationView[]
}

export interface Draft {
  readonly text: string
  readonly citations: readonly CitationView[]
  /** Sent, and the answer has not come. */
  readonly outgoing: Outgoing | null
}

export const EMPTY_DRAFT: Draft = { text: '', citations: [], outgoing: null }

export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem' | 'key' | 'length'>

const PREFIX = 'antam.draft.'

export class Drafts {
  private readonly storage: DraftStorage
  private readonly prefix: string
  /** On a shared computer nobody finds what somebody else was writing. */
  constructor(storage: DraftStorage, officer: string) {
    this.storage = storage
    this.prefix = `${PREFIX}${officer}.`
  }

  read(chat: string): Draft {
    return draftIn(this.storage.getItem(this.prefix + chat)) ?? EMPTY_DRAFT
  }

  write(chat: string, draft: Draft): void {
    if (draft.text === '' && draft.citations.length === 0 && !draft.outgoing) this.storage.removeItem(this.prefix + chat)
    else this.storage.setItem(this.prefix + chat, JSON.stringify(draft))
  }

  /** Whoever signs out leaves nothing behind, of nobody. */
  clear(): void {
    const keys = Array.from({ length: this.storage.length }, (_, index) => this.storage.key(index) ?? '')
    for (const key of keys) if (key.startsWith(PREFIX)) this.storage.removeItem(key)
  }
}

/** @returns the draft that is stored; undefined where something else stands there. */
function draftIn(stored: string | null): Draft | undefined {
  try {
    const value = JSON.parse(stored ?? 'null') as Draft | null
    const whole = typeof value?.text === 'string' && Array.isArray(value.citations)
    return whole ? value : undefined
  } catch {
    return undefined
  }
}

// ── what happens to a draft ─────────────────────────────────────────────────────────────────────

/** Puts words from elsewhere (a canned reply, the assistant) below what is already there: nothing that was typed is lost. */
export function insertInto(draft: Draft, text: string, citations: readonly CitationView[]): Draft {
  const parts = [draft.text.trimEnd(), text].filter((part) => part !== '')
  return { ...draft, text: parts.join('\n\n'), citations: withCitations(draft.citations, citations) }
}

/** @returns both lists in order, each clause once. */
export function withCitations(has: readonly CitationView[], more: readonly CitationView[]): readonly CitationView[] {
  const known = new Set(has.map(({ pointer }) => pointer))
  return [...has, ...more.filter(({ pointer }) => !known.has(pointer))]
}

/** Empties the box and makes the message that goes out. */
export function departing(draft: Draft, id: string = newId()): Draft & { readonly outgoing: Outgoing } {
  return { ...EMPTY_DRAFT, outgoing: { id, text: draft.text.trim(), citations: draft.citations } }
}

/** The server refused it: its words come back into the box, above what was typed since. */
export function returned(draft: Draft): Draft {
  if (!draft.outgoing) return draft
  const { text, citations } = draft.outgoing
  return insertInto({ text, citations, outgoing: null }, draft.text, draft.citations)
}
