/** One name that an authority has made public, and by what it is found. Plain JSON; nothing in it comes from a complaint. */
import { z } from 'zod'
import { fold } from '../../knowledge/language/normalise.ts'
import { isDay } from '../../knowledge/validity.ts'
import { hostOf, linkKey } from './links.ts'

export type ViolatorStatus = 'waiting' | 'listed' | 'refused' | 'removed' | 'replaced'
export type BatchKind = 'file' | 'hand' | 'correction'
export const KEY_KINDS = ['name', 'link', 'host', 'tax'] as const
export type KeyKind = (typeof KEY_KINDS)[number]

const words = (max: number) =>
  z
    .string()
    .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim())
    .pipe(z.string().max(max))
const day = z.string().refine(isDay)
/** Ten digits, or thirteen for a branch. */
const tax = z
  .string()
  .transform((text) => text.replace(/[\s.-]/g, ''))
  .pipe(z.string().regex(/^(\d{10}|\d{13})?$/))
const list = z.array(words(200).pipe(z.string().min(1))).max(20)
/** Whoever doubts it can read it there. */
const source = z.url({ protocol: /^https?$/ }).max(500)

export const entrySchema = z.strictObject({
  name: words(200).pipe(z.string().min(2)),
  otherNames: list.default([]),
  /** Sites, pages, accounts. */
  links: list.default([]),
  tax: tax.default(''),
  /** For what, as the authority has it. */
  what: words(600).pipe(z.string().min(3)),
  authority: words(200).pipe(z.string().min(3)),
  decision: words(100).default(''),
  decidedOn: day.nullable().default(null),
  publishedOn: day,
  source,
  endsOn: day.nullable().default(null),
})
export type Entry = z.output<typeof entrySchema>

/** One as it is listed. Times in milliseconds UTC. */
export interface ListedEntry extends Entry {
  readonly id: string
}

/** What the list holds of a name that was asked about: the very same, and those that are only near to it. */
export interface Published {
  readonly exact: readonly ListedEntry[]
  readonly near: readonly ListedEntry[]
}

export interface EntryKey {
  readonly kind: KeyKind
  readonly key: string
}

/** @returns everything by which the entry is found exactly, each once. */
export function keysOf({ name, otherNames, links, tax: number }: Entry): readonly EntryKey[] {
  const keys: EntryKey[] = [
    ...[name, ...otherNames].map((one): EntryKey => ({ kind: 'name', key: nameKey(one) })),
    ...links.flatMap(linkKeys),
    ...(number === '' ? [] : [{ kind: 'tax' as const, key: number }]),
  ]
  return [...new Map(keys.filter(({ key }) => key !== '').map((one) => [`${one.kind} ${one.key}`, one])).values()]
}

function linkKeys(link: string): readonly EntryKey[] {
  const [host, key] = [hostOf(link), linkKey(link)]
  return [...(host ? [{ kind: 'host' as const, key: host }] : []), ...(key ? [{ kind: 'link' as const, key }] : [])]
}

const SHORT_FORMS: readonly (readonly [RegExp, string])[] = [
  [/\bcty\b/g, 'cong ty'],
  [/\btrach nhiem huu han\b/g, 'tnhh'],
  [/\bco phan\b/g, 'cp'],
  [/\bmot thanh vien\b/g, 'mtv'],
  [/\bthuong mai\b/g, 'tm'],
  [/\bdich vu\b/g, 'dv'],
]

/** @returns a name as it is compared: no marks, no signs, the usual short forms, single blanks. */
export function nameKey(name: string): string {
  const plain = fold(name)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return SHORT_FORMS.reduce((text, [long, short]) => text.replace(long, short), plain)
}

/** @returns what makes an entry the same decision about the same name: listed once, however often it comes in. */
export function identityOf({ name, authority, decision, decidedOn, publishedOn }: Entry): string {
  return [nameKey(name), nameKey(authority), nameKey(decision), decidedOn ?? publishedOn].join('|')
}
