/** Small things that many pages show. */
import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import type { CitationView } from '../../contract.ts'
import { charactersIn, momentOf, wholeMomentOf } from '../format.ts'
import { COMMON } from '../words.ts'

/** A moment, short; whole on hover and for machines. */
export function Moment({ at, now, prefix = '' }: { readonly at: number; readonly now: number; readonly prefix?: string }) {
  return (
    <time dateTime={new Date(at).toISOString()} title={wholeMomentOf(at)}>
      {prefix}
      {momentOf(at, now)}
    </time>
  )
}

export type Tone = 'plain' | 'brand' | 'warn' | 'urgent' | 'good' | 'staff'

export function Badge({ tone = 'plain', children }: { readonly tone?: Tone; readonly children: ComponentChildren }) {
  return <span class={`badge badge-${tone}`}>{children}</span>
}

interface FieldProps {
  readonly label: string
  readonly hint?: string | undefined
  /** Gets the ids that tie it to its label and hint. */
  readonly children: (ids: { readonly id: string; readonly 'aria-describedby'?: string }) => ComponentChildren
}

/** A label, what is filled in, and a hint below. */
export function Field({ label, hint, children }: FieldProps) {
  const id = useId()
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {children(hint ? { id, 'aria-describedby': `${id}-hint` } : { id })}
      {hint && (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
    </div>
  )
}

interface TextFieldProps {
  readonly label: string
  readonly value: string
  readonly onValue: (value: string) => void
  readonly hint?: string | undefined
  readonly type?: string
  readonly required?: boolean
  readonly autocomplete?: string
  readonly inputMode?: 'numeric' | 'text' | 'email' | 'tel'
  readonly maxLength?: number
}

export function TextField({ label, hint, value, onValue, inputMode = 'text', ...rest }: TextFieldProps) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <input {...ids} {...rest} class="input" inputMode={inputMode} value={value} onInput={({ currentTarget }) => onValue(currentTarget.value)} />
      )}
    </Field>
  )
}

interface AreaProps {
  readonly label: string
  readonly value: string
  readonly onValue: (value: string) => void
  readonly hint?: string | undefined
  readonly rows?: number
  /** In characters; what is left is shown. */
  readonly max?: number
  readonly required?: boolean
}

/** A text over several lines. What is too long stays: whoever wrote it shortens it. */
export function Area({ label, hint, value, onValue, rows = 4, max, required = false }: AreaProps) {
  return (
    <div class="area">
      <Field label={label} hint={hint}>
        {(ids) => (
          <textarea
            {...ids}
            class="input"
            rows={rows}
            required={required}
            value={value}
            onInput={({ currentTarget }) => onValue(currentTarget.value)}
          />
        )}
      </Field>
      {max !== undefined && <Left count={max - charactersIn(value)} max={max} />}
    </div>
  )
}

/** Said only towards the end: nobody counts from the first letter. */
export function Left({ count, max }: { readonly count: number; readonly max: number }) {
  if (count > max / 4) return null
  return <p class={count < 0 ? 'left left-over' : 'left'}>{COMMON.left(count)}</p>
}

interface SelectProps {
  readonly label: string
  readonly value: string
  readonly onValue: (value: string) => void
  readonly children: ComponentChildren
  readonly hint?: string | undefined
  readonly required?: boolean
}

export function Select({ label, hint, value, onValue, children, required = false }: SelectProps) {
  return (
    <Field label={label} hint={hint}>
      {(ids) => (
        <select {...ids} class="input" required={required} value={value} onChange={({ currentTarget }) => onValue(currentTarget.value)}>
          {children}
        </select>
      )}
    </Field>
  )
}

interface TabsProps<T extends string> {
  readonly label: string
  readonly options: readonly (readonly [value: T, label: string])[]
  readonly value: T
  readonly onValue: (value: T) => void
}

/** One of a few, as buttons that stay pressed. */
export function Toggle<T extends string>({ label, options, value, onValue }: TabsProps<T>) {
  return (
    <fieldset class="toggle">
      <legend class="unseen">{label}</legend>
      {options.map(([one, words]) => (
        <button key={one} type="button" class="toggle-button" aria-pressed={one === value} onClick={() => onValue(one)}>
          {words}
        </button>
      ))}
    </fieldset>
  )
}

export function Citations({ list, label }: { readonly list: readonly CitationView[]; readonly label: string }) {
  if (list.length === 0) return null
  return (
    <ul class="citations" aria-label={label}>
      {list.map(({ pointer, text, note }) => (
        <li key={pointer}>
          {text}
          {note && <span class="citation-note"> ({note})</span>}
        </li>
      ))}
    </ul>
  )
}
