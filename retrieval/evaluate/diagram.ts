/** The reliability diagram and the curve of abstention, as text for a terminal and as one SVG for a report. */
import type { BandPoint, CurvePoint } from './abstention.ts'
import type { Bin } from './calibration.ts'

const BAR = 20

/** @returns the reliability diagram as a table: per bin what was predicted, what came true, how many; a mark where the two stand on a scale. */
export function reliabilityTable(bins: readonly Bin[]): string[] {
  return ['dự đoán   đúng thật    số câu   0 (d = dự đoán, T = thật, + = trùng) 1', ...bins.map(reliabilityRow)]
}

function reliabilityRow({ predicted, right, n }: Bin): string {
  const place = (p: number) => Math.round(p * BAR)
  const cells = Array.from({ length: BAR + 1 }, (_, i) => {
    const [isPredicted, isRight] = [i === place(predicted), i === place(right)]
    return isPredicted && isRight ? '+' : isPredicted ? 'd' : isRight ? 'T' : '·'
  })
  return `${predicted.toFixed(3).padEnd(10)}${right.toFixed(3).padEnd(10)}${String(n).padStart(9)}   ${cells.join('')}`
}

/** What one picture shows. */
export interface Picture {
  readonly title: string
  readonly bins: readonly Bin[]
  readonly curve: readonly CurvePoint[]
  readonly band: readonly BandPoint[]
  /** Figures written under the panels. */
  readonly notes: readonly string[]
}

const [WIDTH, HEIGHT, SIDE, TOP] = [960, 520, 340, 84]
/** Left edges of the two panels. */
const PANELS = [80, 560] as const
/** The curve only moves in its upper corner: both of its axes begin here. */
const CURVE_FROM = 0.5
const RATES = [0.9, 0.93] as const
const INK = '#1f2933'
const [BLUE, GREY, RED] = ['#1f5fa8', '#8a94a0', '#b3261e']

interface Axes {
  readonly x: (value: number) => number
  readonly y: (value: number) => number
  readonly left: number
  readonly from: number
}

function axesOf(left: number, from: number): Axes {
  const scale = (value: number) => ((Math.max(from, value) - from) / (1 - from)) * SIDE
  return { left, from, x: (value) => left + scale(value), y: (value) => TOP + SIDE - scale(value) }
}

/** @returns the two panels side by side as an SVG document. It is read by people, so its words are Vietnamese. */
export function drawSvg({ title, bins, curve, band, notes }: Picture): string {
  const [reliable, abstaining] = [axesOf(PANELS[0], 0), axesOf(PANELS[1], CURVE_FROM)]
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}" role="img" aria-label="${escaped(title)}" font-family="'Noto Sans', 'DejaVu Sans', Arial, sans-serif" font-size="13" fill="${INK}">`,
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    text(WIDTH / 2, 30, title, 'font-size="17" text-anchor="middle" font-weight="bold"'),
    ...frame(reliable, 'Độ tin cậy: xác suất nói ra và thực tế', 'xác suất dự đoán', 'tỉ lệ nguồn đầu đúng'),
    line(reliable, [0, 0], [1, 1], `stroke="${GREY}" stroke-dasharray="5 4"`),
    ...bins.flatMap((bin) => dot(reliable, bin, bins)),
    ...frame(abstaining, 'Từ chối đúng lúc khi trả lời nhiều dần', 'tỉ lệ trả lời câu trong phạm vi', 'tỉ lệ câu ngoài phạm vi không bị trả lời'),
    ...RATES.map((rate) => line(abstaining, [rate, CURVE_FROM], [rate, 1], `stroke="${GREY}" stroke-dasharray="2 4"`)),
    ...shade(abstaining, band),
    ...steps(abstaining, curve),
    ...notes.map((note, i) => text(PANELS[0], TOP + SIDE + 66 + 18 * i, note)),
    '</svg>',
    '',
  ].join('\n')
}

function frame(axes: Axes, heading: string, below: string, beside: string): string[] {
  const { left, from } = axes
  const middle = TOP + SIDE / 2
  const ticks = Array.from({ length: 6 }, (_, i) => from + ((1 - from) * i) / 5)
  return [
    text(left + SIDE / 2, TOP - 18, heading, 'text-anchor="middle" font-weight="bold"'),
    `<rect x="${left}" y="${TOP}" width="${SIDE}" height="${SIDE}" fill="none" stroke="${INK}"/>`,
    ...ticks.map((t) => text(round(axes.x(t)), TOP + SIDE + 18, t.toFixed(1), 'text-anchor="middle"')),
    ...ticks.map((t) => text(left - 8, round(axes.y(t)) + 4, t.toFixed(1), 'text-anchor="end"')),
    text(left + SIDE / 2, TOP + SIDE + 38, below, 'text-anchor="middle"'),
    text(left - 46, middle, beside, `text-anchor="middle" transform="rotate(-90 ${left - 46} ${middle})"`),
  ]
}

/** A dot whose area grows with the number of questions. */
function dot(axes: Axes, bin: Bin, bins: readonly Bin[]): string[] {
  const most = Math.max(...bins.map((b) => b.n))
  const radius = round(3 + 5 * Math.sqrt(bin.n / most))
  const [x, y] = [round(axes.x(bin.predicted)), round(axes.y(bin.right))]
  const told = `dự đoán ${bin.predicted.toFixed(3)}, đúng ${bin.right.toFixed(3)}, ${bin.n} câu`
  return [`<circle cx="${x}" cy="${y}" r="${radius}" fill="${BLUE}" fill-opacity="0.75"><title>${told}</title></circle>`]
}

/** Between two thresholds nothing changes: the curve is a stair. */
function steps(axes: Axes, curve: readonly CurvePoint[]): string[] {
  if (curve.length === 0) return [text(axes.left + SIDE / 2, TOP + SIDE / 2, 'không có câu ngoài phạm vi để đo', 'text-anchor="middle"')]
  const [head, ...rest] = curve.map((p) => [round(axes.x(p.answerRate)), round(axes.y(p.abstention))] as const)
  const path = rest.map(([x, y]) => `V${y}H${x}`).join('')
  return [`<path d="M${head?.[0]} ${head?.[1]}${path}" fill="none" stroke="${RED}" stroke-width="2"/>`]
}

/** Where the curve lies in 95 of 100 resamples. */
function shade(axes: Axes, band: readonly BandPoint[]): string[] {
  if (band.length === 0) return []
  const edge = (of: 'low' | 'high', points: readonly BandPoint[]) => points.map((p) => `${round(axes.x(p.answerRate))},${round(axes.y(p[of]))}`)
  const outline = [...edge('high', band), ...edge('low', [...band].reverse())].join(' ')
  return [`<polygon points="${outline}" fill="${RED}" fill-opacity="0.15" stroke="none"/>`]
}

function line(axes: Axes, [x1, y1]: readonly [number, number], [x2, y2]: readonly [number, number], style: string): string {
  return `<line x1="${round(axes.x(x1))}" y1="${round(axes.y(y1))}" x2="${round(axes.x(x2))}" y2="${round(axes.y(y2))}" ${style}/>`
}

function text(x: number, y: number, content: string, style = ''): string {
  return `<text x="${x}" y="${y}"${style ? ` ${style}` : ''}>${escaped(content)}</text>`
}

const ESCAPED: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

function escaped(content: string): string {
  return content.replace(/[&<>"]/g, (sign) => ESCAPED[sign] as string)
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
