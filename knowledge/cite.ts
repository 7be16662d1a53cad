/** Citations are made here, by code, from a pointer that resolves; nothing else in the project can make one. */
import { formatCitation, type Pointer, pointerId, provisionId } from './citation.ts'
import { fullText, type Library, resolve, type ShelfProvision } from './library.ts'
import { type Span, spanOf } from './validity.ts'

/** What a reader is shown as the basis of a sentence. */
export interface Citation {
  readonly id: string
  /** `document` = only the document is known, not its text. */
  readonly kind: 'provision' | 'document'
  readonly pointer: Pointer
  readonly label: string
  readonly documentName: string
  readonly title: string
  readonly restatement: string
  readonly inForceFrom: string | null
  readonly inForceTo: string | null
  /** What a reader must know of the text at hand: amendments merged into it, not compared with the signed document. */
  readonly caveat?: string
  /** The law's own words, where the association has taken the document in. */
  readonly verbatim?: string
  /** Our restatement was written from another wording than the verbatim text, and waits to be looked through. */
  readonly restatementInDoubt?: boolean
  /** Nobody has restated it: `restatement` is the law's own words. */
  readonly verbatimOnly?: boolean
}

/** @returns the citation of `pointer`, or undefined when it points at nothing in the library. */
export function cite(library: Library, pointer: Pointer): Citation | undefined {
  const document = library.documents.get(pointer.document)
  if (!document) return undefined
  const shared = {
    id: pointerId(pointer),
    pointer,
    label: formatCitation(pointer, document.name),
    documentName: document.name,
    ...holds(library, pointer),
  }
  if (!pointer.article) return { ...shared, kind: 'document', title: document.name, restatement: '' }
  const reached = resolve(library, pointer)
  const first = reached[0]
  if (!first) return undefined
  const single = reached.length === 1
  return {
    ...shared,
    kind: 'provision',
    ...(document.caveat ? { caveat: document.caveat } : {}),
    ...verbatimOf(library, pointer, first),
    title: single ? first.title : first.heading,
    restatement: single ? wording(first, pointer) : reached.map(fullText).join('\n'),
  }
}

function verbatimOf(library: Library, pointer: Pointer, first: ShelfProvision): Pick<Citation, 'verbatim' | 'restatementInDoubt' | 'verbatimOnly'> {
  const found = library.verbatims?.get(pointerId(pointer)) ?? library.verbatims?.get(provisionId(pointer))
  return {
    ...(found ? { verbatim: found.text } : {}),
    ...(found && !found.agrees ? { restatementInDoubt: true } : {}),
    ...(first.verbatimOnly ? { verbatimOnly: true } : {}),
  }
}

function holds(library: Library, pointer: Pointer): Span {
  const { inForceFrom, inForceTo } = spanOf(library, pointer) ?? { inForceFrom: null, inForceTo: null }
  return { inForceFrom, inForceTo }
}

function wording(provision: ShelfProvision, pointer: Pointer): string {
  const point = pointer.point ? provision.points[pointer.point] : undefined
  return point ? `${provision.restatement}\n${pointer.point}) ${point}` : fullText(provision)
}
