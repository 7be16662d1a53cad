/** Reading JSON back from a row: what this version cannot read must hold up that row only. */
import type { z } from 'zod'

/** @returns what `text` holds, or undefined when it is not what `schema` says. Never throws. */
export function parsed<T>(schema: z.ZodType<T>, text: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}
