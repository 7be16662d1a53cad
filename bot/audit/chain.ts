/**
 * The chain of the audit: each entry carries the hash of the one before, so that none can be changed, removed, inserted or moved unseen.
 *
 *   previous ─┐                 ┌──▶ previous of the next
 *   entry  ───┴─▶ SHA-256 ─▶ hash ┘
 *
 * What a chain alone cannot show: that its tail was cut off, or that all of it was written anew. For that the last number and hash are kept elsewhere
 * and given back as an {@link Anchor}.
 */
import { createHash } from 'node:crypto'
import type { NewEntry } from './entry.ts'

export interface AuditEntry extends NewEntry {
  /** From 1, without gaps. */
  readonly number: number
  /** Milliseconds UTC. */
  readonly at: number
}

/** An entry as it is stored; `detail` is canonical JSON. Nothing in it is trusted before it is verified. */
export interface ChainedEntry {
  readonly number: number
  readonly at: number
  readonly actor: string
  readonly action: string
  readonly subject: string
  readonly detail: string
  readonly previous: string
  readonly hash: string
}

/** One place of the chain, short enough to be copied by hand. */
export interface Anchor {
  readonly number: number
  readonly hash: string
}

/**
 * `changed`: the entry is not what was hashed. `broken_link`: something before it was rewritten. `missing`: no entry has this number.
 * `out_of_place`: it stands where it cannot. `cut_off`: the chain ends before the anchor. `not_expected`: it is another entry than the anchor names.
 */
export type ChainFault = 'changed' | 'broken_link' | 'missing' | 'out_of_place' | 'cut_off' | 'not_expected'

export type Verdict =
  | { readonly ok: true; readonly count: number; readonly last: Anchor | undefined }
  | { readonly ok: false; readonly number: number; readonly why: ChainFault }

/** What the first entry has for a hash before it. */
export const BEFORE_FIRST = '0'.repeat(64)

/** @returns `value` as JSON with sorted keys and no blanks: the same value always gives the same text. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) => (isRecord(inner) ? sorted(inner) : inner))
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function sorted(record: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1)))
}

/** @returns `entry` as it is stored behind `last`; undefined for the first. */
export function chained(entry: NewEntry, at: number, last: Anchor | undefined): ChainedEntry {
  const previous = last?.hash ?? BEFORE_FIRST
  const numbered = { ...entry, number: (last?.number ?? 0) + 1, at, detail: canonical(entry.detail) }
  return { ...numbered, previous, hash: hashOf(previous, numbered) }
}

function hashOf(previous: string, { number, at, actor, action, subject, detail }: Omit<ChainedEntry, 'previous' | 'hash'>): string {
  const text = canonical({ number, at, actor, action, subject, detail: parsed(detail) })
  return createHash('sha256').update(`${previous}\n${text}`).digest('hex')
}

/** A detail that is no canonical JSON is hashed as the text it is, which no entry ever was. */
function parsed(detail: string): unknown {
  try {
    const value: unknown = JSON.parse(detail)
    return canonical(value) === detail ? value : detail
  } catch {
    return detail
  }
}

/** Reads the chain from its first entry to its last, keeping only one entry in mind. @returns the first fault, or where the chain ends. */
export async function verify(entries: Iterable<ChainedEntry> | AsyncIterable<ChainedEntry>, expected?: Anchor): Promise<Verdict> {
  let last: Anchor | undefined
  for await (const entry of entries) {
    const fault = faultOf(entry, last) ?? unexpected(entry, expected)
    if (fault) return { ok: false, ...fault }
    last = { number: entry.number, hash: entry.hash }
  }
  const count = last?.number ?? 0
  return expected && count < expected.number ? { ok: false, number: count + 1, why: 'cut_off' } : { ok: true, count, last }
}

interface Fault {
  readonly number: number
  readonly why: ChainFault
}

function faultOf(entry: ChainedEntry, last: Anchor | undefined): Fault | undefined {
  const due = (last?.number ?? 0) + 1
  const { number } = entry
  if (number > due) return { number: due, why: 'missing' }
  if (number !== due) return { number, why: 'out_of_place' }
  if (hashOf(entry.previous, entry) !== entry.hash) return { number, why: 'changed' }
  return entry.previous === (last?.hash ?? BEFORE_FIRST) ? undefined : { number, why: 'broken_link' }
}

function unexpected({ number, hash }: ChainedEntry, expected: Anchor | undefined): Fault | undefined {
  return expected?.number === number && expected.hash !== hash ? { number, why: 'not_expected' } : undefined
}

/** @returns the anchor written as `12:9f…`, or undefined when it is none. */
export function parseAnchor(text: string): Anchor | undefined {
  const [, number, hash] = text.trim().match(/^([1-9]\d{0,14}):([0-9a-f]{64})$/) ?? []
  return number && hash ? { number: Number(number), hash } : undefined
}

/** @returns the form that {@link parseAnchor} reads. */
export function anchorText({ number, hash }: Anchor): string {
  return `${number}:${hash}`
}
