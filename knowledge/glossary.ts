/** The glossary that staff keep: how people say things, how the law says them, and what platforms are called. `content/glossary.yaml`; its chat shorthand is read by `language/`. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { load } from 'js-yaml'
import { z } from 'zod'
import { canonical } from './language/normalise.ts'
import { syllables } from './language/syllables.ts'
import { CONTENT } from './library.ts'

export const NAME_KINDS = [
  'sàn thương mại điện tử',
  'mạng xã hội',
  'ví điện tử',
  'vận chuyển',
  'gọi xe, giao đồ ăn',
  'viễn thông',
  'du lịch',
  'khác',
] as const

const forms = z.array(z.string().trim().min(2)).min(1)
const glossary = z.object({
  words: z.array(z.strictObject({ legal: forms, everyday: forms })),
  names: z.array(z.strictObject({ name: z.string().min(2), kind: z.enum(NAME_KINDS), everyday: z.array(z.string().trim().min(2)).default([]) })),
})
export type Glossary = z.output<typeof glossary>

/** Reads the glossary. Throws a ZodError where it has another form. */
export function loadGlossary(root: string = CONTENT): Glossary {
  return glossary.parse(load(readFileSync(join(root, 'glossary.yaml'), 'utf8')))
}

/** @returns every fault in one sentence: a form that stands under two entries, or says the same on both sides. */
export function checkGlossary({ words, names }: Glossary): string[] {
  const owners = new Map<string, string>()
  const faults: string[] = []
  const own = (form: string, owner: string) => {
    const before = owners.get(canonical(form))
    if (before !== undefined) faults.push(`glossary.yaml: "${form}" đứng ở cả "${before}" và "${owner}"`)
    owners.set(canonical(form), owner)
  }
  for (const { legal, everyday } of words) for (const form of everyday) own(form, legal[0] as string)
  for (const { name, everyday } of names) for (const form of everyday) own(form, name)
  return faults
}

/**
 * @returns the everyday words for the legal terms of a text, each entry once, terms and words compared by syllables: what a text that nobody has restated
 * is found by besides its own words.
 */
export function everydayWordsFor(text: string, { words }: Glossary): string[] {
  const said = ` ${syllables(text).join(' ')} `
  return words.filter(({ legal }) => legal.some((term) => said.includes(` ${syllables(term).join(' ')} `))).flatMap(({ everyday }) => everyday)
}
