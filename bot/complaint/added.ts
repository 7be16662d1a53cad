/** What a person told after confirming, read out of the events of their case. */
import { z } from 'zod'
import { recordSchema } from './confirmed.ts'
import type { Added } from './letter.ts'

const addedSchema = z.object({ facts: recordSchema.shape.facts, evidence: recordSchema.shape.evidence })

/** An event as it is stored. */
export interface StoredEvent {
  /** Milliseconds UTC. */
  readonly at: number
  readonly kind: string
  readonly words: string
  readonly detail: unknown
}

/** @returns what was added, in order; what another version wrote in a form that cannot be read is left out. */
export function addedIn(events: readonly StoredEvent[]): readonly (Added & { readonly at: number })[] {
  return events.flatMap(({ at, kind, words, detail }) => {
    const read = kind === 'added' ? addedSchema.safeParse(detail) : undefined
    return read?.success ? [{ ...read.data, at, story: words }] : []
  })
}
