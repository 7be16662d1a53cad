/** Figures as cards, tables and bars. Each says what it rests on. */
import { useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { Figure, FigureRow, FigureSection, Figures, FigureTable } from '../../report-contract.ts'
import { dayOfIso, figureOf } from '../format.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Empty } from '../parts/page.tsx'
import { REPORTS, UNIT_NAMES } from '../words.ts'

export function FiguresView({ figures }: { readonly figures: Figures }) {
  const { period, chatsFrom, sections } = figures
  return (
    <>
      <p class="counts">{REPORTS.period(dayOfIso(period.from), dayOfIso(period.to))}</p>
      {chatsFrom === null && <p class="hint">{REPORTS.noChats}</p>}
      {chatsFrom !== null && chatsFrom > period.from && <p class="hint">{REPORTS.chatsFrom(dayOfIso(chatsFrom))}</p>}
      {sections.map((section) => (
        <SectionView key={section.id} section={section} />
      ))}
    </>
  )
}

/** One section: its figures as cards, its tables with bars. */
export function SectionView({ section: { id, title, figures, tables } }: { readonly section: FigureSection }) {
  const filled = tables.filter(({ rows }) => rows.length > 0)
  return (
    <section class="report-section" aria-labelledby={`section-${id}`}>
      <h2 id={`section-${id}`}>{title}</h2>
      {figures.length === 0 && filled.length === 0 && <Empty>{REPORTS.none}</Empty>}
      <ul class="figures">
        {figures.map((figure) => (
          <li key={figure.id} class="figure">
            <span class="figure-label">{figure.label}</span>
            <Value figure={figure} label={figure.label} big />
          </li>
        ))}
      </ul>
      <div class="report-tables">
        {filled.map((table) => (
          <Table key={table.id} table={table} />
        ))}
      </div>
    </section>
  )
}

function Table({ table: { title, columns, rows } }: { readonly table: FigureTable }) {
  const [first, ...others] = columns
  const most = Math.max(1, ...rows.map(({ cells }) => cells[0]?.value ?? 0))
  return (
    <div class="card table-place">
      <table class="table figures-table">
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">{first}</th>
            {others.map((column) => (
              <th key={column} scope="col" class="number">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.label} row={row} most={most} columns={others} />
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Row({ row: { label, cells }, most, columns }: { readonly row: FigureRow; readonly most: number; readonly columns: readonly string[] }) {
  return (
    <tr>
      <th scope="row">
        {label}
        <Bar share={(cells[0]?.value ?? 0) / most} />
      </th>
      {cells.map((cell, index) => (
        <td key={cell.id} class="number">
          <Value figure={cell} label={`${label}, ${columns[index] ?? ''}`} />
        </td>
      ))}
    </tr>
  )
}

/** How the first column compares; the number beside it says the same, so it is not read out. */
function Bar({ share }: { readonly share: number }) {
  return (
    <svg class="bar-chart" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true">
      <rect class="bar-ground" width="100" height="4" />
      <rect class="bar-value" width={(Math.max(0, Math.min(1, share)) * 100).toFixed(1)} height="4" />
    </svg>
  )
}

/** A number that opens what it rests on. */
function Value({ figure, label, big = false }: { readonly figure: Figure; readonly label: string; readonly big?: boolean }) {
  const [open, setOpen] = useState(false)
  const { value, unit } = figure
  if (value === null) return <span class="hint">{REPORTS.unknown}</span>
  return (
    <>
      <button type="button" class={big ? 'value value-big' : 'value'} aria-haspopup="dialog" onClick={() => setOpen(true)}>
        {figureOf(value, unit)}
        {big && unit !== 'percent' && unit !== 'dong' && <span class="value-unit"> {UNIT_NAMES[unit]}</span>}
      </button>
      {open && <Basis figure={figure} label={label} onClose={() => setOpen(false)} />}
    </>
  )
}

function Basis({ figure: { of, on }, label, onClose }: { readonly figure: Figure; readonly label: string; readonly onClose: () => void }) {
  return (
    <Dialog title={REPORTS.basisOf(label)} onClose={onClose}>
      {on.length === 0 && <Empty>{REPORTS.noBasis}</Empty>}
      {of === 'chat' && on.length > 0 && <p>{REPORTS.chats(on.length)}</p>}
      {of !== 'chat' && (
        <ul class="inline-links">
          {on.map((one) => (
            <li key={one}>
              {of === 'case' ? (
                <Link href={`/cases/${one}`} class="tall">
                  {one}
                </Link>
              ) : of === 'day' ? (
                dayOfIso(one)
              ) : (
                one
              )}
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  )
}
