/** A case told on the telephone or at the counter, as it is filled in and as it is sent. */

export interface FilledCase {
  readonly how: string
  readonly story: string
  readonly facts: Readonly<Record<string, string>>
  readonly consents: readonly string[]
}
/** Only what is known is sent; each consent with how it was given. */
export function filingOf({ story, facts, consents, how }: FilledCase): object {
  const known = Object.entries(facts).flatMap(([name, value]) => (value.trim() ? [[name, kept(name, value.trim())]] : []))
  return { story: story.trim(), facts: Object.fromEntries(known), consents: consents.map((purpose) => ({ purpose, how })) }
}

/** "1.200.000 đ" is a number to whoever types it. */
const kept = (name: string, value: string) => (name === 'amount' ? value.replace(/\D/g, '') : value)
