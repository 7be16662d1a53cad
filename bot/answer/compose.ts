/** From what was chosen to what is said: the direct reply, conditions, next steps, evidence, related provisions. */
import { type Pointer, parsePointer } from '../../knowledge/citation.ts'
import { fold } from '../../knowledge/language/normalise.ts'
import type { Library, ShelfProvision } from '../../knowledge/library.ts'
import type { Guide, Statement } from '../../knowledge/schema.ts'
import { type Day, formatDay, pointerInForce } from '../../knowledge/validity.ts'
import { GENERAL_STEPS, HEADING, SAY } from '../wording/vi.ts'
import type { Basis } from './basis.ts'
import { type Line, plain, type Section } from './outcome.ts'
import type { AskingAudience, Nearness } from './turn.ts'

/** The direct reply is at most this many lines; the rest of a long clause follows under the conditions. */
const DIRECT_LINES = 5
const MOST_RELEVANT_POINTS = 4

/** In these the points are alternatives: what does not touch the question is left to the citation, not listed as if it were a condition. */
const ALTERNATIVES: ReadonlySet<ShelfProvision['role']> = new Set(['prohibition', 'definition', 'scope', 'principle'])

/** @returns the sections of a guide; sentences whose law is not in force on `day` are left out. */
export function composeGuide(library: Library, basis: Basis, guide: Guide, day: Day): Section[] {
  const lines = (statements: readonly Statement[]) => statements.filter((s) => holds(library, s, day)).map((s) => basis.statement(s))
  return sections([
    ['answer', '', lines(guide.answer)],
    ['conditions', HEADING.conditions, lines(guide.conditions)],
    ['steps', HEADING.steps, lines(guide.steps)],
    ['evidence', HEADING.evidence, guide.evidence.map(plain)],
  ])
}

/** @returns whether every pointer of a sentence is in force on `day`; advice always holds. */
export function holds(library: Library, statement: Statement, day: Day): boolean {
  return statement.cites.every((pointer) => pointerInForce(library, pointer, day))
}

/** @returns the sections of a clause: what it says, its points nearest to the question first, then all of them. */
export function composeProvision(basis: Basis, provision: ShelfProvision, query: string, nearness: Nearness, day: Day): Section[] {
  const here = pointerOf(provision)
  const points = Object.entries(provision.points)
  const head = [basis.line(provision.restatement, [here]), ...deferral(basis, provision, day)]
  const pointLine = ([letter, text]: [string, string]) => basis.line(`${letter}) ${text}`, [{ ...here, point: letter }])
  const tail = provision.closing ? [basis.line(provision.closing, [here])] : []
  if (points.length + tail.length < DIRECT_LINES) return sections([['answer', '', [...head, ...points.map(pointLine), ...tail]]])
  const nearest = nearestPoints(points, query, nearness)
  const others = points.filter((point) => !nearest.includes(point))
  const rest = ALTERNATIVES.has(provision.role) ? [basis.line(HEADING.otherPoints(others.length), [here])] : others.map(pointLine)
  return sections([
    ['answer', '', [...head, ...nearest.map(pointLine)]],
    ['conditions', HEADING.conditions, [...rest, ...tail]],
  ])
}

/** What of a clause need not be done yet on `day`. */
function deferral(basis: Basis, { deferred }: ShelfProvision, day: Day): Line[] {
  return deferred && day < deferred.until ? [basis.line(SAY.deferred(deferred.what, formatDay(deferred.until)), [deferred.by])] : []
}

/** @returns further sources in short: what each clause says in full, or the direct reply of a guide, under its own citations. */
export function composeRelated(
  library: Library,
  basis: Basis,
  related: readonly (ShelfProvision | Guide)[],
  query: string,
  nearness: Nearness,
  day: Day,
): Section[] {
  const lines = related.flatMap((item) =>
    'kind' in item ? guideInShort(library, basis, item, query, nearness, day) : provisionInShort(basis, item, query, nearness, day),
  )
  return sections([['related', HEADING.related, lines]])
}

function provisionInShort(basis: Basis, p: ShelfProvision, query: string, nearness: Nearness, day: Day): Line[] {
  const here = pointerOf(p)
  const points = nearestPoints(Object.entries(p.points), query, nearness)
  return [
    // The title of what nobody has restated is the beginning of its own words.
    basis.line(`${p.verbatimOnly ? p.heading : p.title}: ${p.restatement}`, [here]),
    ...deferral(basis, p, day),
    ...points.map(([letter, text]) => basis.line(`${letter}) ${text}`, [{ ...here, point: letter }])),
    ...(p.closing ? [basis.line(p.closing, [here])] : []),
  ]
}

/** The direct reply, and of the conditions those that are nearest to the question: as many lines as a clause in short has. */
function guideInShort(library: Library, basis: Basis, guide: Guide, query: string, nearness: Nearness, day: Day): Line[] {
  const statements = [...guide.answer, ...guide.conditions].filter((s) => s.cites.length > 0 && holds(library, s, day))
  const first = statements.slice(0, 1)
  const others = nearestPoints(
    statements.slice(1).map((s, i): [string, string] => [String(i), s.text]),
    query,
    nearness,
  )
  const legal = [...first, ...others.map(([i]) => statements[Number(i) + 1] as Statement)]
  return legal.map((s, i) => basis.line(i === 0 ? `${guide.title}: ${s.text}` : s.text, s.cites))
}

/** @returns what to do next: the steps of the guide that fits, else what helps in any dispute. */
export function composeSteps(library: Library, basis: Basis, guide: Guide | undefined, audience: AskingAudience | undefined, day: Day): Section[] {
  const fromGuide = guide ? guide.steps.filter((s) => holds(library, s, day)).map((s) => basis.statement(s)) : []
  const lines: Line[] = fromGuide.length > 0 ? fromGuide : GENERAL_STEPS[audience ?? 'consumer'].map(plain)
  return sections([
    ['steps', HEADING.steps, lines],
    ['evidence', HEADING.evidence, (guide?.evidence ?? []).map(plain)],
  ])
}

/** @returns the pointer of a provision of the shelf. */
export function pointerOf(provision: ShelfProvision): Pointer {
  return parsePointer(provision.id)
}

/** The points nearest to the question, in their own order; to who asks how long or how much, a point with a figure is nearer. */
function nearestPoints(points: readonly [string, string][], query: string, nearness: Nearness): [string, string][] {
  if (points.length <= MOST_RELEVANT_POINTS) return [...points]
  const asksFigure = ASKS_FIGURE.test(fold(query))
  const weight = ([, text]: [string, string]) => (nearness(query, text) + FIGURE_FLOOR) * (asksFigure && FIGURE.test(text) ? FIGURE_NEARER : 1)
  const best = new Set([...points].sort((a, b) => weight(b) - weight(a)).slice(0, MOST_RELEVANT_POINTS))
  return points.filter((point) => best.has(point))
}

/** Asks for a time, a sum or a share. */
const ASKS_FIGURE =
  /\b(bao (lau|nhieu|gio)|may (ngay|bua|hom|thang|nam|lan|tieng|gio|phan|tram|so|ky|tuan)|khi nao|luc nao|chung nao|den (dau|khi|bao)|toi (khi|bao)|thoi han|han (chot|cuoi|la)|toi thieu|it nhat|truoc may|trong vong|(het|qua|con|tre|cham) han)\b/
/** A number with a unit. */
const FIGURE = /\d+ (ngày|giờ|tháng|năm|lần|số|đồng|triệu|%)|\d ?%/u
const FIGURE_NEARER = 2
/** What a point counts for that shares no word with the question: a figure that is asked for may stand in such a point. */
const FIGURE_FLOOR = 0.5

function sections(parts: readonly (readonly [Section['kind'], string, readonly Line[]])[]): Section[] {
  return parts.filter(([, , lines]) => lines.length > 0).map(([kind, heading, lines]) => ({ kind, heading, lines }))
}
