/** A warning drafted by rule: the signs, the steps and the law of the library's own guide to the trick. Nothing of anybody's story goes in. Pure. */
import { pointerId } from '../../knowledge/citation.ts'
import type { Library } from '../../knowledge/library.ts'
import type { Guide, Statement } from '../../knowledge/schema.ts'
import { type Day, pointerInForce } from '../../knowledge/validity.ts'
import { WARNING_DRAFT } from '../wording/warnings.ts'
import { LINE_MAX, LINES_MAX, TITLE_MAX, type WarningContent } from './content.ts'
import { agreed, type ToldCase } from './figures.ts'
import { pairsOf } from './fit.ts'

/** A guide to a trick, to choose from. */
export interface Trick {
  readonly id: string
  readonly title: string
}

/** @returns the guides that a warning can be drafted along, by title. */
export function tricksOf({ guides }: Library): readonly Trick[] {
  return scams(guides)
    .map(({ id, title }) => ({ id, title }))
    .sort((a, b) => a.title.localeCompare(b.title, 'vi'))
}

const scams = (guides: Library['guides']): readonly Guide[] => [...guides.values()].filter(({ kind }) => kind === 'scam')

/**
 * A suggestion that whoever drafts may change. @param guidesOf the guides that a kind of complaint names
 * @returns the trick that most of the cases are about, of those whose people agreed: by their kind, else by their words; undefined where none fits.
 */
export function trickOf(cases: readonly ToldCase[], library: Library, guidesOf: (issue: string) => readonly string[]): string | undefined {
  const told = agreed(cases)
  const tricks = scams(library.guides)
  const ofKind = new Set(told.flatMap(({ issue }) => guidesOf(issue ?? '')))
  const among = tricks.filter(({ id }) => ofKind.has(id))
  return nearest(told, among.length > 0 ? among : tricks, tricks, among.length > 0 ? 0 : LEAST_NEAR)
}

/** Of the words of a story, weighed by how few tricks are told with them. */
const LEAST_NEAR = 6

function nearest(told: readonly ToldCase[], among: readonly Guide[], all: readonly Guide[], least: number): string | undefined {
  if (told.length === 0) return undefined
  const words = new Map(
    all.map((guide) => [
      guide.id,
      pairsOf([guide.title, ...guide.signs.map(({ text }) => text), ...guide.questions.map(({ text }) => text)].join('. ')),
    ]),
  )
  const rare = (pair: string) => Math.log(all.length / [...words.values()].filter((pairs) => pairs.has(pair)).length)
  const said = told.map(({ story }) => [...pairsOf(story)])
  const scored = among.map(({ id }) => {
    const shared = said.map((pairs) => pairs.filter((pair) => words.get(id)?.has(pair)).reduce((sum, pair) => sum + rare(pair), 0))
    return { id, score: shared.reduce((sum, one) => sum + one, 0) / told.length }
  })
  const best = scored.sort((a, b) => b.score - a.score)[0]
  return best && best.score >= least ? best.id : undefined
}

/** @returns the draft along `scam`, its law as it is in force on `today`; an empty one to be written where no such guide exists. */
export function draftAlong(library: Library, scam: string | null, today: Day): WarningContent {
  const guide = scam === null ? undefined : library.guides.get(scam)
  if (guide?.kind !== 'scam') return { ...begun(), title: WARNING_DRAFT.untitled, opening: '', signs: [], steps: [], law: [], scam: null }
  return {
    ...begun(),
    title: WARNING_DRAFT.title(guide.title).slice(0, TITLE_MAX),
    opening: WARNING_DRAFT.opening,
    signs: texts(guide.signs),
    steps: texts([...guide.firstAid, ...guide.steps]),
    law: [...guide.answer, ...guide.firstAid, ...guide.steps].filter(isLaw).filter(inForce(library, today)).slice(0, 4).map(lawOf),
    scam: guide.id,
  }
}

const begun = () => ({ report: [...WARNING_DRAFT.report], endsOn: null })

const isLaw = ({ cites }: Statement): boolean => cites.length > 0
/** A legal sentence stands among the law, with what it rests on. */
const texts = (statements: readonly Statement[]): string[] =>
  statements
    .filter((one) => !isLaw(one) && one.text.length <= LINE_MAX)
    .map(({ text }) => text)
    .slice(0, LINES_MAX)

const inForce =
  (library: Library, today: Day) =>
  ({ cites }: Statement): boolean =>
    cites.every((pointer) => pointerInForce(library, pointer, today))

const lawOf = ({ text, cites }: Statement) => ({ text, cites: cites.map(pointerId) })
