/** A report that is kept as it was made: what it counted, what came out and its words. Nothing that happens later changes it. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { figuresOf } from './figures.ts'
import type { ReportPaper } from './paper.ts'
import type { Basis, Figures } from './shape.ts'
import { yearlyPaper } from './yearly.ts'

const VERSION = 1

export interface FrozenReport {
  readonly version: typeof VERSION
  readonly basis: Basis
  readonly figures: Figures
  readonly paper: ReportPaper
}

/** @returns the report of `year` on `basis`. */
export function frozenReport(basis: Basis, about: { readonly year: number; readonly office: string }): FrozenReport {
  const figures = figuresOf(basis)
  return { version: VERSION, basis, figures, paper: yearlyPaper(figures, about) }
}

/** @returns the hash by which a stored report is known to be unchanged, in hexadecimal. */
export function reportHash(content: string): string {
  return createHash('sha256').update(content).digest('hex')
}

// Its hash is checked before: what it holds beyond its version is what was written.
const versionSchema = z.looseObject({ version: z.literal(VERSION) })

/** Lists that reports did not have when the first were kept. */
const LATER = { quizzes: [], trained: [] } as const

/** @returns the stored report; undefined where it is not what was stored, or of another version. Never throws. */
export function readFrozen(content: string, hash: string): FrozenReport | undefined {
  if (reportHash(content) !== hash) return undefined
  const read: unknown = JSON.parse(content)
  if (!versionSchema.safeParse(read).success) return undefined
  const report = read as FrozenReport
  return { ...report, basis: { ...LATER, ...report.basis } }
}
