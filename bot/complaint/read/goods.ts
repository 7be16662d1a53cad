/** What was bought: of all that the story may mean, what most speaks for. */
import type { Place } from '../../../knowledge/language/aligned.ts'
import { boughtIn, type Candidate, type Cue, candidatesIn, livelihoods } from './goods-cues.ts'
import { scoreOf } from './goods-score.ts'
import { quoted, type Read, type Scene, wordsFrom } from './scene.ts'
import { isNamed, MOST_WORDS, namesIn, thingOf } from './thing-words.ts'

/** @param named what names the seller and the platform. @returns what was bought, without its counter; undefined when none is said. */
export function readGoods(scene: Scene, named: readonly Place[] = []): Read<string> | undefined {
  // What sellers say, and how the person earns their living, names things that nobody bought.
  const taken = [...named, ...livelihoods(scene)]
  const place = scene.asked ? answered(scene, taken) : goodsIn(scene, taken, named)
  return place && quoted(scene, fuller(scene, withQuotation(scene, outside(place, taken))))
}

/** Who was asked for it names it at once, and who was asked for something else tells of it in so many words or not at all. */
function answered(scene: Scene, taken: readonly Place[]): Place | undefined {
  const bought = boughtIn(scene, taken)
  return scene.asked === 'goods' ? bought[0] : bought.find((place) => isNamed(scene, place))
}

/** "cáp quang" in "internet cáp quang". */
const isPart = (one: Place, other: Place): boolean => other.start < one.start && one.end <= other.end

/** What is put right is told with a verb of buying: "thật ra tôi mua …"; "thật ra họ giao váy ố vàng" changes no name. */
const PUTS_RIGHT: ReadonlySet<Cue> = new Set(['labelled', 'bought'])

const isFree = (scene: Scene, one: Candidate, all: readonly Candidate[]): boolean =>
  (one.cue !== 'mentioned' || !all.some((other) => isPart(one, other))) &&
  (PUTS_RIGHT.has(one.cue) || !scene.corrected.some(({ start, end }) => one.start >= start && one.start <= end))

/** With less nothing is said; it is asked for. */
const LEAST = 4.4

/** Of two that speak for themselves alike the first: one says what it is about before what happened to it. */
function goodsIn(scene: Scene, taken: readonly Place[], sellers: readonly Place[]): Place | undefined {
  const all = candidatesIn(scene, taken)
  const candidates = all.filter((one) => isFree(scene, one, all))
  const scored = candidates.map((place) => ({ place, score: scoreOf(scene, place, sellers, candidates) }))
  return scored.sort((a, b) => b.score - a.score || a.place.start - b.place.start).find(({ score }) => score > LEAST)?.place
}

/** "phòng homestay Mây Xanh" of the "homestay Mây Xanh" is a "phòng". */
function outside(place: Place, taken: readonly Place[]): Place {
  const other = taken.find((one) => one.start > place.start && one.start < place.end)
  return other ? { start: place.start, end: other.start } : place
}

/** "Nồi mua ở siêu thị" where a "nồi chiên không dầu" was named: the longer name says more. */
function fuller(scene: Scene, place: Place): Place {
  const name = scene.plain.slice(place.start, place.end)
  if (/\s/.test(name.trim())) return place
  const longer = namesIn(scene, { start: 0, end: scene.plain.length }).find(({ start, end }) => scene.plain.slice(start, end).startsWith(`${name} `))
  return (longer && thingOf(scene, wordsFrom(scene, longer.start, MOST_WORDS))) ?? place
}

/** 'thuốc "xương khớp"': what stands in quotation marks behind a thing is its name. */
function withQuotation({ plain }: Scene, place: Place): Place {
  const name = /^\s*["“‘«][^"”’»\n|]{2,40}["”’»]/u.exec(plain.slice(place.end, place.end + 50))?.[0]
  return name ? { start: place.start, end: place.end + name.length } : place
}
