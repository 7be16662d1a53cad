/** What a story says apart from the words it says it in, as reviewed data: each concept with the ways people put it. A concept knows no issue. */
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { readData } from './agencies.ts'
import { sign } from './complaint-kinds.ts'

const CONTENT = fileURLToPath(new URL('./content', import.meta.url))

const file = z.record(z.string().regex(/^[a-z0-9-]+$/), z.array(sign).min(1))

/** A concept and its patterns, over text in the form that stories are compared in. */
export interface Concept {
  readonly id: string
  readonly signs: readonly RegExp[]
}

/** Reads the concepts from `root`. Throws `DirectoryError` when the file has another shape, or a pattern is written with marks. */
export function loadConcepts(root: string = CONTENT): Concept[] {
  return Object.entries(readData(file, root, 'complaint-concepts.yaml')).map(([id, signs]) => ({ id, signs }))
}
