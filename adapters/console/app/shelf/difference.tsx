/** What an edit changes of what is answered from now, for whoever approves it. */
import { useMemo } from 'preact/hooks'
import type { EditView } from '../../shelf-contract.ts'
import { COMPARED } from '../words-shelf.ts'
import { compare, type PartChange, type Piece, type Row } from './compare.ts'

export function Difference({ edit }: { readonly edit: EditView }) {
  const { stands, content, citations, state } = edit
  const changes = useMemo(() => {
    const labels = new Map(citations.map(({ pointer, text }) => [pointer, text]))
    return compare(stands, content, (pointer) => labels.get(pointer) ?? pointer)
  }, [stands, content, citations])
  if (stands === null) return <p class="hint">{COMPARED.nothing}</p>
  return (
    <details class="card" open={state === 'asked'}>
      <summary>{COMPARED.title(changes.length)}</summary>
      {changes.length === 0 ? <p class="hint">{COMPARED.same}</p> : changes.map((change) => <Part key={change.title} change={change} />)}
    </details>
  )
}

function Part({ change: { title, rows } }: { readonly change: PartChange }) {
  return (
    <section>
      <h2>{title}</h2>
      <ul class="difference">
        {rows.map((row, i) => (
          // Lines may be alike: only their place tells them apart.
          <li key={i} class={row.kind}>
            {SAID[row.kind] && <span class="unseen">{SAID[row.kind]} </span>}
            <Pieces row={row} />
          </li>
        ))}
      </ul>
    </section>
  )
}

/** For whoever hears the page; a changed line says it at each of its words. */
const SAID: Readonly<Record<Row['kind'], string>> = { same: '', changed: '', added: COMPARED.added, removed: COMPARED.removed }

function Pieces({ row }: { readonly row: Row }) {
  return row.pieces.map((piece, i) => <Words key={i} piece={piece} />)
}

function Words({ piece: { kind, text } }: { readonly piece: Piece }) {
  if (kind === 'added') return <ins>{text}</ins>
  return kind === 'removed' ? <del>{text}</del> : text
}
