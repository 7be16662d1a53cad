/** A part of a guide as it is written: sentences, each with the clauses that it rests on. */
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { CitationView } from '../../contract.ts'
import { CitationPicker } from '../chat/pickers.tsx'
import { Icon } from '../parts/icons.tsx'
import { Area } from '../parts/small.tsx'
import { EDITOR } from '../words-shelf.ts'
import type { Part, Sentence } from './forms.ts'

interface SentencesProps {
  readonly part: Part
  readonly list: readonly Sentence[]
  readonly onList: (list: Sentence[]) => void
  /** How clauses are called. */
  readonly labels: ReadonlyMap<string, string>
  readonly onPicked: (citation: CitationView) => void
}

export function Sentences({ part, list, onList, labels, onPicked }: SentencesProps) {
  const [name, hint] = EDITOR.parts[part]
  const place = useFocusIn()
  const change = (next: Sentence[], focus: number) => {
    place.goTo(focus)
    onList(next)
  }
  const at = (place: number, change: Partial<Sentence>) => onList(list.map((one, i) => (i === place ? { ...one, ...change } : one)))
  return (
    <fieldset class="part" ref={place.part}>
      <legend>{name}</legend>
      {hint && <p class="hint">{hint}</p>}
      <ol class="sentences">
        {list.map((sentence, i) => (
          <li key={i} class="sentence">
            <Area label={EDITOR.sentence(name, i + 1)} value={sentence.text} onValue={(text) => at(i, { text })} rows={2} max={2_000} />
            <Cites {...{ part, labels, onPicked }} number={i + 1} cites={sentence.cites} onCites={(cites) => at(i, { cites })} />
            <div class="buttons">
              {i > 0 && (
                <button
                  type="button"
                  class="button"
                  aria-label={EDITOR.up(name, i + 1)}
                  title={EDITOR.up(name, i + 1)}
                  onClick={() => change(swapped(list, i), i - 1)}
                >
                  ↑
                </button>
              )}
              <button
                type="button"
                class="round"
                aria-label={EDITOR.dropSentence(name, i + 1)}
                onClick={() => change(withoutOne(list, i), Math.min(i, list.length - 2))}
              >
                <Icon name="close" />
              </button>
            </div>
          </li>
        ))}
      </ol>
      <button type="button" class="button" aria-label={EDITOR.addTo(name)} onClick={() => change([...list, { text: '', cites: [] }], list.length)}>
        {EDITOR.addSentence}
      </button>
    </fieldset>
  )
}

/** The button that was pressed is gone, or is another sentence's now: whoever works by keyboard goes on in the sentence that it was about. */
function useFocusIn() {
  const part = useRef<HTMLFieldSetElement>(null)
  const wanted = useRef<number>()
  useLayoutEffect(() => {
    if (wanted.current === undefined) return
    const sentences = part.current?.querySelectorAll('textarea')
    const add = part.current?.querySelector<HTMLButtonElement>(':scope > button')
    ;(sentences?.[wanted.current] ?? add)?.focus()
    wanted.current = undefined
  })
  const goTo = (place: number) => {
    wanted.current = place
  }
  return { part, goTo }
}

const withoutOne = (list: readonly Sentence[], place: number): Sentence[] => list.filter((_, i) => i !== place)

function swapped(list: readonly Sentence[], place: number): Sentence[] {
  const moved = [...list]
  const [one] = moved.splice(place, 1)
  if (one) moved.splice(place - 1, 0, one)
  return moved
}

interface CitesProps extends Pick<SentencesProps, 'part' | 'labels' | 'onPicked'> {
  readonly number: number
  readonly cites: readonly string[]
  readonly onCites: (cites: string[]) => void
}

function Cites({ part, number, cites, onCites, labels, onPicked }: CitesProps) {
  const [picking, setPicking] = useState(false)
  const pick = (citation: CitationView) => {
    onPicked(citation)
    onCites([...new Set([...cites, citation.pointer])])
  }
  return (
    <div>
      {cites.length > 0 && (
        <ul class="chips">
          {cites.map((pointer) => (
            <li key={pointer} class="chip">
              <span>{labels.get(pointer) ?? pointer}</span>
              <button
                type="button"
                class="round"
                aria-label={EDITOR.dropCitation(labels.get(pointer) ?? pointer)}
                onClick={() => onCites(cites.filter((one) => one !== pointer))}
              >
                <Icon name="close" />
              </button>
            </li>
          ))}
        </ul>
      )}
      <button
        type="button"
        class="button"
        aria-haspopup="dialog"
        aria-label={EDITOR.addCitationTo(EDITOR.parts[part][0], number)}
        onClick={() => setPicking(true)}
      >
        {EDITOR.addCitation}
      </button>
      {picking && <CitationPicker onClose={() => setPicking(false)} onPick={pick} />}
    </div>
  )
}
