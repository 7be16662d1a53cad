/** The figures of one variant of one half: each a share or an area with its interval, by name. */
import { abstentionAt, abstentionBand, abstentionCurve, type BandPoint, type CurvePoint, type Decided } from '../../retrieval/evaluate/abstention.ts'
import { type Bin, calibrationError, reliability } from '../../retrieval/evaluate/calibration.ts'
import { SLICES, type Slice } from '../../retrieval/evaluate/rows.ts'
import { errorFigure, figure, type Share, share } from '../../retrieval/evaluate/score.ts'
import { auroc, type Scored } from '../../retrieval/logistic.ts'
import { type Judged, RECALL_AT } from './evaluate-ask.ts'

export const ANSWERABLE: readonly Slice[] = ['consumer', 'seller', 'procedure']
/** The answer rates at which abstention must hold. */
const ANSWER_RATES = [0.9, 0.93] as const

/** Figures by name; those without a value are left out. */
export type Figures = Readonly<Record<string, Share>>

const of = (judged: readonly Judged[], slices: readonly Slice[]) => judged.filter((j) => slices.includes(j.row.slice))
const known = (table: Figures): Figures => Object.fromEntries(Object.entries(table).filter(([, s]) => s.n > 0 && !Number.isNaN(s.value)))

/** @returns all figures of `judged`. */
export function figures(judged: readonly Judged[]): Figures {
  return known({ ...answering(judged), ...finding(judged), ...believing(judged), ...abstaining(judged) })
}

function answering(judged: readonly Judged[]): Figures {
  const answerable = of(judged, ANSWERABLE)
  const cited = (rows: readonly Judged[]) => share(rows.map((j) => j.verdict.status && j.verdict.anyArticle))
  return {
    'answer rate': share(answerable.map((j) => j.verdict.answered)),
    'cited article right': cited(answerable),
    'first citation right': share(answerable.map((j) => j.verdict.status && j.verdict.firstArticle)),
    'cited clause right': share(answerable.map((j) => j.verdict.status && j.verdict.anyClause)),
    'must mention': share(answerable.map((j) => j.verdict.status && j.verdict.mention && !j.verdict.forbidden)),
    ...Object.fromEntries(ANSWERABLE.map((slice) => [`  ${slice}: cited article`, cited(of(judged, [slice]))])),
    'scam: first aid': share(of(judged, ['scam']).map((j) => j.verdict.status)),
    'scam: must mention': share(of(judged, ['scam']).map((j) => j.verdict.status && j.verdict.mention)),
    'dates: all right': share(of(judged, ['dates']).map(rightOn)),
    'out of scope: right outcome': share(of(judged, ['out_of_scope']).map((j) => j.verdict.status)),
  }
}

/** What search alone finds: provisions in their order, before anything is composed of them. */
function finding(judged: readonly Judged[]): Figures {
  const recall = (rows: readonly Judged[], at: number) => share(rows.map((j) => j.recalled[at] === true))
  const tables = ([['engine', ANSWERABLE], ...ANSWERABLE.map((slice) => [`  ${slice}`, [slice]] as const)] as const).flatMap(([name, slices]) =>
    RECALL_AT.map((k, at) => [`${name}: recall@${k}`, recall(of(judged, slices), at)] as const),
  )
  return Object.fromEntries(tables)
}

function believing(judged: readonly Judged[]): Figures {
  const believed = (slices: readonly Slice[]) => predicted(of(judged, slices))
  const error = (slices: readonly Slice[]) => errorFigure(believed(slices), calibrationError)
  const slices = [...ANSWERABLE, 'out_of_scope' as const]
  return {
    'first source right': share(predicted(of(judged, ANSWERABLE)).map((s) => s.label)),
    'probability: AUROC': figure(believed(SLICES), auroc),
    'probability: calibration error': error(SLICES),
    ...Object.fromEntries(ANSWERABLE.map((slice) => [`  ${slice}: AUROC`, figure(believed([slice]), auroc)])),
    ...Object.fromEntries(slices.map((slice) => [`  ${slice}: calibration error`, error([slice])])),
  }
}

function abstaining(judged: readonly Judged[]): Figures {
  const all = decided(judged)
  const outside = withoutAnswer(judged)
  const at = (rate: number) => [`abstention at answer rate ${rate.toFixed(2)}`, figure(all, (chosen) => abstentionAt(chosen, rate))] as const
  return { 'out of scope: not answered': share(outside.map((j) => !j.verdict.answered)), ...Object.fromEntries(ANSWER_RATES.map(at)) }
}

/** Questions of the answerable slices and of matters outside, by probability. Scams, dates and wishes not served are other steps' to judge. */
export function predicted(judged: readonly Judged[]): Scored[] {
  const asked = of(judged, [...ANSWERABLE, 'out_of_scope']).filter((j) => !j.row.expect.status.includes('refused'))
  return asked.map((j) => ({ score: j.probability, label: j.firstRight }))
}

/** Questions of the answerable slices, and those that must not be answered. */
function decided(judged: readonly Judged[]): Decided[] {
  const as = (answerable: boolean) => (j: Judged) => ({ score: j.score, answerable })
  return [...of(judged, ANSWERABLE).map(as(true)), ...withoutAnswer(judged).map(as(false))]
}

function withoutAnswer(judged: readonly Judged[]): Judged[] {
  return of(judged, ['out_of_scope']).filter((j) => !j.row.expect.status.includes('answered'))
}

/** What the pictures are drawn from, and kept beside the figures. */
export interface Curves {
  readonly bins: readonly Bin[]
  readonly curve: readonly CurvePoint[]
  readonly band: readonly BandPoint[]
}

/** @returns the reliability bins and the abstention curve of `judged`. */
export function curves(judged: readonly Judged[]): Curves {
  const all = decided(judged)
  return { bins: reliability(predicted(judged)), curve: abstentionCurve(all), band: abstentionBand(all) }
}

/** @returns whether everything about an answer is right, as far as the row says what must be. */
export function rightOn({ verdict: v, row }: Judged): boolean {
  const cited = row.expect.anyOf.length === 0 || !v.answered || v.anyArticle
  return v.status && cited && v.mention && !v.forbidden
}
