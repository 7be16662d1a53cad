/** A case told on the telephone or at the counter: the same record, consent and number. */
import { useState } from 'preact/hooks'
import { useLocation } from 'wouter-preact'
import type { CaseForm } from '../../contract.ts'
import { type FilledCase, filingOf } from '../filing.ts'
import { useHouse } from '../house.ts'
import { STORY_MAX } from '../limits.ts'
import { newId } from '../new-id.ts'
import { Page, Trouble, When } from '../parts/page.tsx'
import { Area, Select, TextField } from '../parts/small.tsx'
import { useDeed, useLoaded } from '../use.ts'
import { NEW_CASE } from '../words.ts'

const nothing = (): FilledCase => ({ id: newId(), how: '', story: '', facts: {}, consents: [] })

export function NewCasePage() {
  const loaded = useLoaded<CaseForm>('/case-form', () => false)
  return (
    <Page title={NEW_CASE.title} lead={NEW_CASE.lead}>
      <When loaded={loaded}>{(form) => <Form form={form} />}</When>
    </Page>
  )
}

function Form({ form }: { readonly form: CaseForm }) {
  const { api, say } = useHouse()
  const [, go] = useLocation()
  const [filled, setFilled] = useState(nothing)
  const deed = useDeed()
  const set = (part: Partial<FilledCase>) => setFilled((before) => ({ ...before, ...part }))
  const file = async () => {
    const { number } = await api.ask<{ number: string }>('POST', '/cases', filingOf(filled))
    say(NEW_CASE.done(number))
    go(`/cases/${number}`)
  }
  const submit = (event: Event) => {
    event.preventDefault()
    void deed.run(file)
  }
  return (
    <form class="form card" onSubmit={submit}>
      <Area
        label={NEW_CASE.story}
        hint={NEW_CASE.storyHint}
        value={filled.story}
        onValue={(story) => set({ story })}
        rows={6}
        max={STORY_MAX}
        required
      />
      <Facts facts={form.facts} values={filled.facts} onValues={(facts) => set({ facts })} />
      <Ways ways={form.ways} value={filled.how} onValue={(how) => set({ how })} />
      <Consents consents={form.consents} values={filled.consents} onValues={(consents) => set({ consents })} />
      <Trouble text={deed.trouble} />
      <button type="submit" class="button strong" disabled={deed.busy}>
        {NEW_CASE.submit}
      </button>
    </form>
  )
}

function Ways({ ways, value, onValue }: { readonly ways: CaseForm['ways']; readonly value: string; readonly onValue: (id: string) => void }) {
  return (
    <fieldset class="choices">
      <legend>{NEW_CASE.how}</legend>
      {ways.map(({ id, label }) => (
        <label key={id} class="choice">
          <input type="radio" name="how" value={id} required checked={value === id} onChange={() => onValue(id)} />
          <span class="capital">{label}</span>
        </label>
      ))}
    </fieldset>
  )
}

interface FactsProps {
  readonly facts: CaseForm['facts']
  readonly values: FilledCase['facts']
  readonly onValues: (values: FilledCase['facts']) => void
}

function Facts({ facts, values, onValues }: FactsProps) {
  return (
    <fieldset class="grid-fields">
      <legend>{NEW_CASE.facts}</legend>
      {facts.map((fact) => (
        <Fact key={fact.name} fact={fact} value={values[fact.name] ?? ''} onValue={(value) => onValues({ ...values, [fact.name]: value })} />
      ))}
    </fieldset>
  )
}

interface FactProps {
  readonly fact: CaseForm['facts'][number]
  readonly value: string
  readonly onValue: (value: string) => void
}

/** How each is typed; anything else is plain text. */
const KINDS: Readonly<Record<string, 'date' | 'tel' | 'email'>> = {
  boughtOn: 'date',
  deliveredOn: 'date',
  phone: 'tel',
  respondentPhone: 'tel',
  email: 'email',
}

function Fact({ fact: { name, label, choices }, value, onValue }: FactProps) {
  if (choices === null) {
    const inputMode = name === 'amount' ? 'numeric' : 'text'
    return <TextField label={label} value={value} onValue={onValue} type={KINDS[name] ?? 'text'} inputMode={inputMode} autocomplete="off" />
  }
  return (
    <Select label={label} value={value} onValue={onValue}>
      <option value="">{NEW_CASE.notKnown}</option>
      {choices.map((choice) => (
        <option key={choice.value} value={choice.value}>
          {choice.label}
        </option>
      ))}
    </Select>
  )
}

interface ConsentsProps {
  readonly consents: CaseForm['consents']
  readonly values: readonly string[]
  readonly onValues: (values: readonly string[]) => void
}

/** Never ticked beforehand. */
function Consents({ consents, values, onValues }: ConsentsProps) {
  const turn = (purpose: string, on: boolean) => onValues(on ? [...values, purpose] : values.filter((one) => one !== purpose))
  return (
    <fieldset class="choices">
      <legend>{NEW_CASE.consents}</legend>
      <p class="hint">{NEW_CASE.consentsLead}</p>
      {consents.map(({ purpose, text }) => (
        <label key={purpose} class="choice">
          <input type="checkbox" checked={values.includes(purpose)} onChange={({ currentTarget }) => turn(purpose, currentTarget.checked)} />
          {text}
        </label>
      ))}
    </fieldset>
  )
}
