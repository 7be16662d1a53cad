/** What can be found: provisions, guides and outside fields, each with fields for the lexical index and faces for the vectors. */
import { parsePointer, provisionId } from '../knowledge/citation.ts'
import type { Library, ShelfProvision } from '../knowledge/library.ts'
import { fullText } from '../knowledge/library.ts'
import type { Audience, Field, Guide, GuideKind, Provision, Statement } from '../knowledge/schema.ts'
import { spanOf } from '../knowledge/validity.ts'
import type { LexicalDocument } from './lexical/bm25f.ts'

/** `field` = a matter outside the shelf; `refusal` = a wish that is not served; `distractor` = other law, only for measuring. */
export type EntryKind = 'provision' | 'guide' | 'field' | 'refusal' | 'distractor'

/** What an entry is, apart from its words. */
export interface Traits {
  readonly audience: readonly Audience[]
  /** Of a provision. */
  readonly role?: Provision['role']
  /** It says what breaking the law costs. */
  readonly penal?: boolean
  /** Of a guide. */
  readonly guideKind?: GuideKind
  /** First day on which it holds. */
  readonly from?: string
  /** "document#article" of a provision. */
  readonly article?: string
  /** Ids of the provisions that it is (itself) or that its direct reply rests on. */
  readonly rests: readonly string[]
}

/** One findable thing. `faces` are the texts that its vectors are made of; the best one counts. */
export interface Entry {
  readonly id: string
  readonly kind: EntryKind
  readonly title: string
  readonly fields: LexicalDocument['fields']
  readonly faces: readonly string[]
  readonly traits?: Traits
}

/** @returns every entry of the library, in a fixed order. */
export function entriesOf(library: Library): Entry[] {
  return [
    ...[...library.provisions.values()].map((p) => provisionEntry(p, library)),
    ...[...library.guides.values()].map((g) => guideEntry(g, library)),
    ...[...library.fields.values()].map(fieldEntry),
  ]
}

function provisionEntry(p: ShelfProvision, library: Library): Entry {
  const document = library.documents.get(p.document)
  const questions = p.questions.map((q) => q.text)
  const points = Object.values(p.points)
  return {
    id: p.id,
    kind: 'provision',
    title: p.title,
    fields: {
      heading: `${p.heading}. ${p.title}`,
      questions: [...questions, ...everyday(p)].join('\n'),
      body: fullText(p),
      document: document?.name ?? '',
    },
    faces: [
      `${p.heading}. ${p.title}`,
      ...pieces(p).map((piece) => `${p.title}. ${piece}`),
      ...points.map((point) => `${p.title}. ${point}`),
      ...questions,
    ],
    traits: provisionTraits(p, library),
  }
}

const everyday = (one: { readonly everyday?: readonly string[] }) => (one.everyday?.length ? [one.everyday.join(', ')] : [])

const PIECE = 120

/** A text of ours is one face; a long one of the law's own is cut, so that no part of it drowns in the mean of all. */
function pieces({ restatement, verbatimOnly }: ShelfProvision): string[] {
  const words = restatement.split(/\s+/)
  if (!verbatimOnly || words.length <= PIECE) return [restatement]
  return Array.from({ length: Math.ceil(words.length / PIECE) }, (_, i) => words.slice(i * PIECE, (i + 1) * PIECE).join(' '))
}

function provisionTraits(p: ShelfProvision, library: Library): Traits {
  const from = spanOf(library, parsePointer(p.id))?.inForceFrom
  return {
    ...{ audience: p.audience, role: p.role, article: `${p.document}#${p.article}`, rests: [p.id] },
    penal: p.topics.includes('xu-ly-vi-pham'),
    ...(from ? { from } : {}),
  }
}

function guideEntry(g: Guide, library: Library): Entry {
  const questions = g.questions.map((q) => q.text)
  const join = (statements: readonly Statement[]) => statements.map((s) => s.text).join(' ')
  const body = [...g.signs, ...g.answer, ...g.conditions]
  return {
    id: g.id,
    kind: 'guide',
    title: g.title,
    fields: { heading: g.title, questions: [...questions, ...everyday(g)].join('\n'), body: join(body), document: '' },
    faces: [g.title, join(g.answer), ...questions],
    traits: guideTraits(g, library),
  }
}

function guideTraits(g: Guide, library: Library): Traits {
  const cites = g.answer.flatMap((s) => s.cites)
  // The guide holds from the day on which all that it rests on does.
  const from = cites
    .map((pointer) => spanOf(library, pointer)?.inForceFrom ?? '')
    .sort()
    .at(-1)
  return {
    ...{ audience: g.audience, guideKind: g.kind, rests: [...new Set(cites.map(provisionId))] },
    penal: g.topics.includes('xu-ly-vi-pham'),
    ...(from ? { from } : {}),
  }
}

function fieldEntry(f: Field): Entry {
  return {
    id: f.id,
    kind: f.outcome === 'refused' ? 'refusal' : 'field',
    title: f.name,
    fields: { heading: f.name, questions: f.questions.join('\n'), body: '', document: '' },
    faces: [f.name, ...f.questions],
  }
}
