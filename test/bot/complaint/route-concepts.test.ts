/** What a story says apart from its words: seen, weighed, and never with weights that were fitted for something else. */
import { describe, expect, it } from 'vitest'
import { openRouter, routeStory, storyForm } from '../../../bot/complaint/route.ts'
import { ConceptOdds, featuresOf, loadConceptOdds, SPREAD, withoutWeights } from '../../../bot/complaint/route-concepts.ts'
import { loadConcepts } from '../../../knowledge/complaint-concepts.ts'
import { loadStories } from '../../../knowledge/complaint-stories.ts'
import { loadLibrary } from '../../../knowledge/library.ts'

const TODAY = '2026-11-20'
const concepts = [
  { id: 'hu', signs: [/hu/u] },
  { id: 'lua', signs: [/lua/u] },
]
const features = featuresOf(concepts)
const odds = new ConceptOdds(concepts, { features, issues: { a: [0.5, 2, -1, 3, 0, 0, 0, 0, 0] } })

describe('weighing', () => {
  it('adds up what an issue has of its own and what is held, situations too', () => {
    const held = odds.held('may hu', new Set(['money_now'] as const))
    expect(held.map((at) => features[at])).toEqual(['hu', 'money_now'])
    expect(odds.pull('a', held)).toBeCloseTo(SPREAD * (0.5 + 2 + 3))
    expect(odds.pull('a', [])).toBeCloseTo(SPREAD * 0.5)
  })

  it('knows nothing of an issue that nothing was fitted for', () => expect(odds.pull('b', [0, 1])).toBe(0))

  it('refuses weights of other concepts, with the remedy', () => {
    expect(() => new ConceptOdds(concepts.slice(1), { features, issues: {} })).toThrow(/npm run fit:kinds/)
  })
})

describe('the weights that ship', () => {
  const library = loadLibrary()
  const router = openRouter(library)

  it('belong to the concepts that ship, and weigh every issue for each', () => {
    expect(() => loadConceptOdds()).not.toThrow()
    const some = router.concepts.held(storyForm('em mua cái quạt về hư hoài, tiệm không chịu bảo hành'), new Set())
    expect(some.length).toBeGreaterThan(0)
    for (const id of router.kinds.issues.keys()) expect(router.concepts.pull(id, some), id).not.toBe(0)
  })

  it('every concept is told of by some story: none is there for nothing', () => {
    const forms = loadStories().map(({ text }) => storyForm(text))
    const unused = loadConcepts().filter(({ signs }) => !forms.some((form) => signs.some((sign) => sign.test(form))))
    expect(unused.map(({ id }) => id)).toEqual([])
  })

  it('tell more of the stories apart than signs and words alone, where the words know none of these stories', () => {
    const [unseen, others] = [loadStories().filter((_one, i) => i % 6 === 0), loadStories().filter((_one, i) => i % 6 !== 0)]
    const right = (one: typeof router) => unseen.filter(({ issue, text }) => routeStory(one, text, {}, TODAY).issues[0]?.issue.id === issue).length
    expect(right(openRouter(library, {}, others))).toBeGreaterThan(right(openRouter(library, { concepts: withoutWeights() }, others)) * 1.2)
  })
})
