/** A case told on the telephone or at the counter, as it is filled in and as it is sent. */

export interface FilledCase {
  /** The same at every try to send it. */
  readonly id: string
  readonly how: string
  readonly story: string
  readonly facts: Readonly<Record<string, string>>
  readonly consents: readonly string[]
}
/** Only what is known is sent; each consent with how it was given. */
export function filingOf({ id, story, facts, consents, how }: FilledCase): object {
  const known = Object.entries(facts).flatMap(([name, value]) => (value.trim() ? [[name, value.trim()]] : []))
  return { id, story: story.trim(), facts: Object.fromEntries(known), consents: consents.map((purpose) => ({ purpose, how })) }
}
