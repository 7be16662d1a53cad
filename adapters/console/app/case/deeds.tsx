/** What may be done with a case now, each asked once in a window. */
import { useState } from 'preact/hooks'
import { CASE_RESULTS, type CaseResult } from '../../../../bot/complaint/status.ts'
import type { AgencyView, CaseDeed, CaseView } from '../../contract.ts'
import type { Api } from '../api.ts'
import { useHouse, useMay } from '../house.ts'
import { CASE_TEXT_MAX } from '../limits.ts'
import type { CaseProps } from '../pages/case.tsx'
import { Ask } from '../parts/dialog.tsx'
import { Empty, When } from '../parts/page.tsx'
import { Area, Select } from '../parts/small.tsx'
import { useLoaded } from '../use.ts'
import { CASE, CASE_DEEDS, DEED_FORM, RESULT_NAMES } from '../words.ts'
import { type DeedKind, deedOf, type Filled } from './deed.ts'

const KINDS = Object.keys(CASE_DEEDS) as readonly DeedKind[]
/** Bound to the office's word that nothing may be erased. */
const HOLDS: readonly DeedKind[] = ['hold', 'release']

/** @returns whether the case allows `kind` now. */
export const mayNow = (view: CaseView, kind: DeedKind): boolean => view.deeds.includes(kind)

export function CaseDeeds({ view, onChanged }: CaseProps) {
  const mayAct = useMay('case.act')
  const mayHold = useMay('case.hold')
  const [open, setOpen] = useState<DeedKind>()
  const kinds = KINDS.filter((kind) => mayNow(view, kind) && (HOLDS.includes(kind) ? mayHold : mayAct))
  return (
    <section class="deeds-place" aria-label={CASE.deeds}>
      {kinds.length === 0 && <Empty>{CASE.noDeeds}</Empty>}
      <div class="deeds">
        {kinds.map((kind, index) => (
          <button key={kind} type="button" class={index === 0 ? 'button strong' : 'button'} aria-haspopup="dialog" onClick={() => setOpen(kind)}>
            {CASE_DEEDS[kind].label}
          </button>
        ))}
      </div>
      {open && <DeedWindow view={view} kind={open} onChanged={onChanged} onClose={() => setOpen(undefined)} />}
    </section>
  )
}

interface DeedWindowProps extends CaseProps {
  readonly kind: DeedKind
  readonly agency?: string
  readonly onClose: () => void
}

export function DeedWindow({ view, kind, agency = '', onChanged, onClose }: DeedWindowProps) {
  const { api, say } = useHouse()
  const [filled, setFilled] = useState<Filled>({ text: '', agency, result: '' })
  const set = (part: Partial<Filled>) => setFilled((before) => ({ ...before, ...part }))
  const { label, lead, text } = CASE_DEEDS[kind]
  const body = deedOf(kind, filled)
  const work = async () => {
    if (body) say(CASE.done(await sendDeed(api, view.number, body)))
    await onChanged()
  }
  return (
    <Ask title={label} lead={lead} submit={label} onClose={onClose} work={work} ready={body !== undefined}>
      {kind === 'transfer' && <Consent view={view} />}
      {(kind === 'choose' || kind === 'transfer') && <Agencies value={filled.agency} onValue={(one) => set({ agency: one })} />}
      {kind === 'close' && <Results value={filled.result} onValue={(result) => set({ result })} />}
      {text && <Area label={text} value={filled.text} onValue={(one) => set({ text: one })} max={CASE_TEXT_MAX} required />}
    </Ask>
  )
}

/** @returns what the person is told of it; empty where nothing is said. */
async function sendDeed(api: Api, number: string, body: CaseDeed): Promise<string> {
  const path = `/cases/${encodeURIComponent(number)}`
  const holding = body.kind === 'hold' || body.kind === 'release'
  const { told = '' } = holding
    ? await api.ask<Told>('POST', `${path}/hold`, { why: body.kind === 'hold' ? body.why : null })
    : await api.ask<Told>('POST', `${path}/event`, body)
  return told
}

interface Told {
  readonly told?: string
}

/** What the person has agreed to stands above the button: nothing of them goes out without their word. */
function Consent({ view: { consents } }: { readonly view: CaseView }) {
  const list = (stands: boolean) => consents.filter((one) => one.stands === stands)
  return (
    <div class="consent">
      <h3>{DEED_FORM.consent}</h3>
      <ConsentList title={DEED_FORM.consented} labels={list(true).map(({ label }) => label)} />
      <ConsentList title={DEED_FORM.refused} labels={list(false).map(({ label }) => label)} />
    </div>
  )
}

function ConsentList({ title, labels }: { readonly title: string; readonly labels: readonly string[] }) {
  if (labels.length === 0) return null
  return (
    <>
      <p>{title}</p>
      <ul class="dots">
        {labels.map((label) => (
          <li key={label}>{label}</li>
        ))}
      </ul>
    </>
  )
}

function Agencies({ value, onValue }: { readonly value: string; readonly onValue: (agency: string) => void }) {
  const loaded = useLoaded<{ readonly agencies: readonly AgencyView[] }>('/agencies')
  return (
    <When loaded={loaded}>
      {({ agencies }) => (
        <>
          <Select label={DEED_FORM.agency} value={value} onValue={onValue} required>
            <option value="">{DEED_FORM.chooseAgency}</option>
            {agencies.map(({ id, name, verified }) => (
              <option key={id} value={id}>
                {verified ? name : `${name} (${DEED_FORM.unverified})`}
              </option>
            ))}
          </Select>
          <p class="hint">{agencies.find(({ id }) => id === value)?.receives}</p>
        </>
      )}
    </When>
  )
}

function Results({ value, onValue }: { readonly value: string; readonly onValue: (result: CaseResult) => void }) {
  return (
    <fieldset class="choices">
      <legend>{DEED_FORM.result}</legend>
      {CASE_RESULTS.filter((one) => one !== 'withdrawn').map((one) => (
        <label key={one} class="choice">
          <input type="radio" name="result" value={one} checked={value === one} onChange={() => onValue(one)} />
          {RESULT_NAMES[one]}
        </label>
      ))}
    </fieldset>
  )
}
