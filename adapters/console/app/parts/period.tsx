/** A stretch of days to look at, and the same as a table to take away. */
import { useState } from 'preact/hooks'
import { fileAddress, queryOf } from '../api.ts'
import { isoDayOf } from '../format.ts'
import { useMay } from '../house.ts'
import { TextField } from './small.tsx'

export interface Period {
  readonly from: string
  readonly to: string
}

/** @returns from the first day of the year to the day of `now` (ms UTC). */
export const thisYear = (now: number): Period => ({ from: `${isoDayOf(now).slice(0, 4)}-01-01`, to: isoDayOf(now) })

interface ChooseProps {
  readonly period: Period
  readonly onPeriod: (period: Period) => void
  readonly words: { readonly from: string; readonly to: string; readonly show: string; readonly csv: string }
  /** Where the table of a period is. */
  readonly csv: string
}

export function ChoosePeriod({ period, onPeriod, words, csv }: ChooseProps) {
  const [filled, setFilled] = useState(period)
  const mayExport = useMay('export')
  const submit = (event: Event) => {
    event.preventDefault()
    onPeriod(filled)
  }
  return (
    <form class="filters" onSubmit={submit}>
      <TextField label={words.from} value={filled.from} onValue={(from) => setFilled({ ...filled, from })} type="date" required />
      <TextField label={words.to} value={filled.to} onValue={(to) => setFilled({ ...filled, to })} type="date" required />
      <button type="submit" class="button strong">
        {words.show}
      </button>
      {mayExport && (
        <a class="button" href={fileAddress(`${csv}${queryOf({ ...period })}`)} download>
          {words.csv}
        </a>
      )}
    </form>
  )
}
