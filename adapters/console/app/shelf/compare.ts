/** What somebody who approves must see: line by line and word by word, what is different from what is answered from now. */
import { diffArrays } from 'diff'
import type { GuideContent, WordContent } from '../../../../knowledge/edits.ts'
import { AUDIENCE_NAMES, EDITOR, GUIDE_KIND_NAMES, TOPIC_NAMES } from '../words-shelf.ts'
import { PARTS } from './forms.ts'

export type Content = GuideContent | WordContent

/** A run of words that both have, or one of them. */
export interface Piece {
  readonly kind: 'same' | 'added' | 'removed'
  readonly text: string
}
/** One line; `changed` has pieces of both. */
export interface Row {
  readonly kind: Piece['kind'] | 'changed'
  readonly pieces: readonly Piece[]
}
/** What is different in one part; lines that are the same stand between for the reader to know where. */
export interface PartChange {
  readonly title: string
  readonly rows: readonly Row[]
}

type Lines = ReadonlyMap<string, readonly string[]>
/** What a pointer is called; the pointer itself where nobody knows. */
export type Named = (pointer: string) => string

/** @returns the parts that differ, in their order; none where `after` says what `before` says. Null: there is nothing. */
export function compare(before: Content | null, after: Content | null, named: Named): readonly PartChange[] {
  const [old, written] = [linesOf(before, named), linesOf(after, named)]
  return [...new Set([...old.keys(), ...written.keys()])].flatMap((title) => {
    const rows = rowsOf(old.get(title) ?? [], written.get(title) ?? [])
    return rows.every(({ kind }) => kind === 'same') ? [] : [{ title, rows }]
  })
}

function linesOf(content: Content | null, named: Named): Lines {
  if (content === null) return new Map()
  return 'title' in content ? guideLines(content, named) : wordLines(content)
}

function wordLines({ legal, everyday }: WordContent): Lines {
  return new Map([
    [EDITOR.legal, legal],
    [EDITOR.everyday, everyday],
  ])
}

function guideLines(content: GuideContent, named: Named): Lines {
  const sentences = PARTS.map(
    (part) =>
      [
        EDITOR.parts[part][0],
        content[part].map(({ text, cites }) => (cites.length > 0 ? `${text} (${cites.map(named).join('; ')})` : text)),
      ] as const,
  )
  return new Map<string, readonly string[]>([
    [EDITOR.name, [content.title]],
    [EDITOR.kind, [GUIDE_KIND_NAMES[content.kind]]],
    [EDITOR.audience, content.audience.map((one) => AUDIENCE_NAMES[one])],
    ...sentences,
    [EDITOR.evidence, content.evidence],
    [EDITOR.questions, content.questions],
    [EDITOR.tries, content.tries],
    [EDITOR.topics, content.topics.map((one) => TOPIC_NAMES[one])],
  ])
}

/** Lines that stand at the same place and share words are one line that was changed. */
function rowsOf(before: readonly string[], after: readonly string[]): readonly Row[] {
  const rows: Row[] = []
  let gone: readonly string[] = []
  const flush = () => {
    rows.push(...gone.map((text) => whole('removed', text)))
    gone = []
  }
  for (const { added, removed, value } of diffArrays([...before], [...after])) {
    if (removed) {
      gone = value
      continue
    }
    if (added) {
      rows.push(...pairs(gone, value))
      gone = []
      continue
    }
    flush()
    rows.push(...value.map((text) => whole('same', text)))
  }
  flush()
  return rows
}

const whole = (kind: Piece['kind'], text: string): Row => ({ kind, pieces: [{ kind, text }] })

function pairs(gone: readonly string[], come: readonly string[]): readonly Row[] {
  return Array.from({ length: Math.max(gone.length, come.length) }, (_, i) => pair(gone[i], come[i])).flat()
}

/** So much of the longer line must be in both for a reader to see one line in them. */
const SHARED = 0.3

function pair(gone: string | undefined, come: string | undefined): readonly Row[] {
  if (gone === undefined) return come === undefined ? [] : [whole('added', come)]
  if (come === undefined) return [whole('removed', gone)]
  const pieces = words(gone, come)
  const shared = pieces.filter(({ kind }) => kind === 'same').reduce((sum, { text }) => sum + text.length, 0)
  if (shared < SHARED * Math.max(gone.length, come.length)) return [whole('removed', gone), whole('added', come)]
  return [{ kind: 'changed', pieces }]
}

/** A word keeps the blank after it, so that words which follow each other are one run. */
const cut = (text: string): string[] => text.split(/(?<=\s)(?=\S)/u)

function words(before: string, after: string): readonly Piece[] {
  return diffArrays(cut(before), cut(after)).map(({ added, removed, value }) => ({
    kind: added ? ('added' as const) : removed ? ('removed' as const) : ('same' as const),
    text: value.join(''),
  }))
}
