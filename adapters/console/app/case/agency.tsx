/** Who is competent: what was suggested with its basis, and what an officer chose. */
import { useState } from 'preact/hooks'
import type { CaseView, SuggestionView } from '../../contract.ts'
import { dayOf, percentOf } from '../format.ts'
import type { CaseProps } from '../pages/case.tsx'
import { Empty } from '../parts/page.tsx'
import { CASE } from '../words.ts'
import { DeedWindow, mayNow } from './deeds.tsx'

export function Agency({ view, onChanged }: CaseProps) {
  const [choosing, setChoosing] = useState<string>()
  const may = mayNow(view, 'choose')
  return (
    <section class="card">
      <h2>{CASE.agency}</h2>
      <Chosen view={view} />
      <h3>{CASE.suggested}</h3>
      {view.suggestions.length === 0 && <Empty>{CASE.noSuggestion}</Empty>}
      <ul class="clocks">
        {view.suggestions.map((one) => (
          <li key={one.agency} class="stack">
            <Suggestion one={one} onChoose={may ? () => setChoosing(one.agency) : undefined} />
          </li>
        ))}
      </ul>
      {choosing !== undefined && (
        <DeedWindow view={view} kind="choose" agency={choosing} onChanged={onChanged} onClose={() => setChoosing(undefined)} />
      )}
    </section>
  )
}

function Chosen({ view: { chosen, chosenBecause } }: { readonly view: CaseView }) {
  if (chosen === null) return null
  return (
    <>
      <p class="chosen">{chosen}</p>
      {chosenBecause && (
        <p class="hint">
          {CASE.chosenBy(chosenBecause.by, dayOf(chosenBecause.at))}
          {chosenBecause.why && `: ${chosenBecause.why}`}
        </p>
      )}
    </>
  )
}

function Suggestion({ one, onChoose }: { readonly one: SuggestionView; readonly onChoose: (() => void) | undefined }) {
  return (
    <>
      <p>
        <b>{one.name}</b> <span class="hint">{CASE.confidence(percentOf(one.confidence))}</span>
      </p>
      <p class="hint">{one.why}</p>
      <p class="hint">{one.basis}</p>
      {onChoose && (
        <button type="button" class="button" aria-haspopup="dialog" aria-label={`${CASE.choose}: ${one.name}`} onClick={onChoose}>
          {CASE.choose}
        </button>
      )}
    </>
  )
}
