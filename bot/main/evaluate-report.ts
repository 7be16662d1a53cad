/** What an evaluation leaves behind: tables on the terminal; figures, curves and pictures in the data folder; what changed since the last run. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fold } from '../../knowledge/language/normalise.ts'
import { syllables } from '../../knowledge/language/syllables.ts'
import { drawSvg, reliabilityTable } from '../../retrieval/evaluate/diagram.ts'
import { formatShare } from '../../retrieval/evaluate/score.ts'
import type { Curves, Figures } from './evaluate-figures.ts'

/** One variant of one half: its name ("riêng · dev · clean"), figures and curves. */
export interface Measured {
  readonly name: string
  readonly figures: Figures
  readonly curves: Curves
}

/** Prints the figures, the reliability diagram and the curve at a few answer rates. */
export function printMeasured({ name, figures, curves }: Measured): void {
  console.log(`\n${name}`)
  for (const [label, s] of Object.entries(figures)) console.log(`  ${label.padEnd(34)} ${formatShare(s)}`)
  if (curves.bins.length > 0) for (const row of ['độ tin cậy:', ...reliabilityTable(curves.bins)]) console.log(`  ${row}`)
  for (const row of curveTable(curves)) console.log(`  ${row}`)
}

const SHOWN_RATES = [0.8, 0.85, 0.9, 0.93, 0.95, 0.97] as const

function curveTable({ band }: Curves): string[] {
  if (band.length === 0) return []
  const at = (rate: number) => band.find((p) => Math.abs(p.answerRate - rate) < 1e-6)
  const rows = SHOWN_RATES.map((rate) => {
    const point = at(rate)
    const kept = point
      ? `${point.value.toFixed(3)} [${point.low.toFixed(2)}–${point.high.toFixed(2)}]`
      : 'không ngưỡng nào trả lời được nhiều đến thế'
    return `${rate.toFixed(2)}               ${kept}`
  })
  return ['trả lời ít nhất   thì giữ im trước câu ngoài phạm vi', ...rows]
}

/** Where an evaluation keeps what it found, under the data folder. */
const FOLDER = 'evaluation'

/**
 * Keeps `measured` in `dataFolder`: figures in last.json, bins and curves in curves.json (runs of other names stay), one picture each.
 * @returns the sentences about what changed by a point or more since the last run of the same name.
 */
export function keep(dataFolder: string, measured: readonly Measured[]): string[] {
  const folder = join(dataFolder, FOLDER)
  mkdirSync(folder, { recursive: true })
  const before = readKept<Figures>(join(folder, 'last.json'))
  const byName = <T>(of: (m: Measured) => T) => Object.fromEntries(measured.map((m) => [m.name, of(m)]))
  write(
    join(folder, 'last.json'),
    byName((m) => m.figures),
  )
  write(
    join(folder, 'curves.json'),
    byName((m) => m.curves),
  )
  for (const m of measured) writeFileSync(join(folder, pictureName(m.name)), picture(m))
  return measured.flatMap(({ name, figures }) => changes(name, before[name] ?? {}, figures))
}

function readKept<T>(file: string): Record<string, T> {
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {}
}

function write(file: string, runs: Record<string, unknown>): void {
  writeFileSync(file, JSON.stringify({ ...readKept(file), ...runs }, null, 1))
}

const POINT = 0.01

function changes(name: string, before: Figures, now: Figures): string[] {
  return Object.entries(now).flatMap(([label, s]) => {
    const old = before[label]
    const moved = old && Math.abs(old.value - s.value) >= POINT
    return moved ? [`so với lần trước: ${name} · ${label.trim()}: ${old.value.toFixed(3)} → ${s.value.toFixed(3)}`] : []
  })
}

/** @returns a file name out of "với kho luật · dev · clean": "do-tin-cay-voi-kho-luat-dev-clean.svg". */
function pictureName(name: string): string {
  return `do-tin-cay-${syllables(fold(name)).join('-')}.svg`
}

function picture({ name, figures, curves }: Measured): string {
  const told = (label: string, words: string) => (figures[label] ? [`${words}: ${formatShare(figures[label])}`] : [])
  const notes = [
    ...told('probability: AUROC', 'AUROC của xác suất'),
    ...told('probability: calibration error', 'Sai số hiệu chỉnh kỳ vọng (ECE, mười nhóm)'),
  ]
  return drawSvg({ title: name, ...curves, notes })
}
