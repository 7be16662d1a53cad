/** The one thing the web server needs from the assistant: a question in, a reply out. Whoever composes the program passes a function of this shape. */

/** How the assistant dealt with the question: the kinds of Outcome. */
export type AskStatus = 'answered' | 'clarify' | 'first_aid' | 'abstained' | 'refused' | 'complaint' | 'handoff' | 'service' | 'failed'

/** `urgent` is what must be done before anything else; the page shows it first wherever it stands in the list. */
export type SectionKind = 'answer' | 'urgent' | 'conditions' | 'steps' | 'evidence' | 'related' | 'way_out' | 'note'

export interface AskRequest {
  /** What the person wrote, at most 10,000 characters and never blank. Over-long for the assistant is the assistant's to say. */
  text: string
  /** Up to three earlier questions of the same conversation, oldest first. */
  previous?: string[]
  /** Absent while the person has not chosen a side: the assistant may then recognise a seller by the question. */
  audience?: 'consumer' | 'seller'
}

export interface AskLine {
  readonly text: string
  /** Indexes in {@link AskReply.citations}. */
  readonly citations: readonly number[]
}

export interface AskSection {
  readonly heading: string
  readonly kind: SectionKind
  readonly lines: readonly AskLine[]
}

export interface AskCitation {
  /** "điểm b khoản 3 Điều 38 Luật … (19/2023/QH15)" */
  readonly label: string
  /** The number of the document, "19/2023/QH15". */
  readonly document: string
  readonly documentName: string
  readonly article?: string
  readonly clause?: string
  readonly point?: string
  readonly title: string
  readonly inForceFrom: string | null
  /** The first day on which it is no longer in force. */
  readonly inForceTo: string | null
  /** In the association's own words; empty where only the number of the document is known. */
  readonly restatement: string
  readonly verbatim: false
}

export interface AskReply {
  readonly status: AskStatus
  /** The whole reply as plain text. The page shows it only when there are no sections. */
  readonly text: string
  readonly sections: readonly AskSection[]
  readonly citations: readonly AskCitation[]
  /** Words offered as buttons; tapping one sends exactly these words. */
  readonly choices: readonly string[]
}

/** Answers one question. It should say its own failures as `failed`; a rejection is shown as a general trouble without its message. */
export type Ask = (request: AskRequest) => Promise<AskReply>
