/** What can be found: provisions, guides and outside fields, each with fields for the lexical index and faces for the vectors. */
import type { Library, ShelfProvision } from '../knowledge/library.ts'
import { fullText } from '../knowledge/library.ts'
import type { Field, Guide, Statement } from '../knowledge/schema.ts'
import type { LexicalDocument } from './lexical/bm25f.ts'

/** `field` = a matter outside the shelf; `refusal` = a wish that is not served; `distractor` = other law, only for measuring. */
export type EntryKind = 'provision' | 'guide' | 'field' | 'refusal' | 'distractor'

/** One findable thing. `faces` are the texts that its vectors are made of; the best one counts. */
export interface Entry {
  readonly id: string
  readonly kind: EntryKind
  readonly title: string
  readonly fields: LexicalDocument['fields']
  readonly faces: readonly string[]
}

/** @returns every entry of the library, in a fixed order. */
export function entriesOf(library: Library): Entry[] {
  return [
    ...[...library.provisions.values()].map((p) => provisionEntry(p, library.documents.get(p.document)?.name ?? '')),
    ...[...library.guides.values()].map(guideEntry),
    ...[...library.fields.values()].map(fieldEntry),
  ]
}

function provisionEntry(p: ShelfProvision, documentName: string): Entry {
  const questions = p.questions.map((q) => q.text)
  const points = Object.values(p.points)
  return {
    id: p.id,
    kind: 'provision',
    title: p.title,
    fields: { heading: `${p.heading}. ${p.title}`, questions: questions.join('\n'), body: fullText(p), document: documentName },
    faces: [`${p.heading}. ${p.title}`, `${p.title}. ${p.restatement}`, ...points.map((point) => `${p.title}. ${point}`), ...questions],
  }
}

function guideEntry(g: Guide): Entry {
  const questions = g.questions.map((q) => q.text)
  const join = (statements: readonly Statement[]) => statements.map((s) => s.text).join(' ')
  const body = [...g.signs, ...g.answer, ...g.conditions]
  return {
    id: g.id,
    kind: 'guide',
    title: g.title,
    fields: { heading: g.title, questions: questions.join('\n'), body: join(body), document: '' },
    faces: [g.title, join(g.answer), ...questions],
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
