/**
 * `npm run fit:kinds`: fits how much each concept speaks for each issue, on the stories of knowledge/content/complaint-stories-*.yaml, and writes the weights.
 * `--folds 7` writes nothing and says how well stories are told apart that the fit has not seen. No labelled case of test/evaluation is ever read.
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { loadConcepts } from '../../knowledge/complaint-concepts.ts'
import { loadKinds } from '../../knowledge/complaint-kinds.ts'
import { loadStories, type Story } from '../../knowledge/complaint-stories.ts'
import { loadLibrary } from '../../knowledge/library.ts'
import { readFacts } from '../complaint/read/read-facts.ts'
import { competence, openRouter, type Router, routeStory, situationsOf, toldIn } from '../complaint/route.ts'
import { featuresOf, SPREAD, WEIGHTS_FILE, type Weights, withoutWeights } from '../complaint/route-concepts.ts'

/** A story as it is fitted on: the score of each issue without concepts, what it holds, whose it is, and where each issue would lead. */
interface Example {
  readonly scores: readonly number[]
  readonly held: readonly number[]
  readonly issue: number
  readonly doors: readonly string[]
}

const ROUNDS = 150
const RATE = 3
const MOMENTUM = 0.9
const SHRINK = 0.002
/** The same day each time, so that the same stories give the same weights. */
const ASKED_ON = '2026-11-20'

const ids = [...loadKinds().issues.keys()]
const features = featuresOf(loadConcepts())
const width = features.length + 1

/** Told apart by words of others only: a story would be nearest to itself. */
const PARTS = 8

/** @returns the examples in the order of the stories. */
function examplesOf(stories: readonly Story[]): Example[] {
  const library = loadLibrary()
  const routers = Array.from({ length: PARTS }, (_, part) =>
    openRouter(
      library,
      { concepts: withoutWeights() },
      stories.filter((_one, i) => i % PARTS !== part),
    ),
  )
  return stories.map((story, i) => exampleOf(routers[i % PARTS] as Router, story))
}

function exampleOf(bare: Router, { issue, text }: Story): Example {
  const facts = readFacts(text, { messageId: '', asOf: ASKED_ON, known: {} })
  const situations = situationsOf(bare, text, facts, ASKED_ON)
  const scores = new Map(routeStory(bare, text, facts, ASKED_ON).issues.map((ranked) => [ranked.issue.id, ranked.score]))
  const doors = [...bare.kinds.issues.values()].map((one) => competence(bare, { issue: one, facts, day: ASKED_ON, situations })[0]?.agency ?? '')
  const held = bare.concepts.held(toldIn(text, facts).story, situations)
  return { scores: ids.map((id) => scores.get(id) ?? 0), held, issue: ids.indexOf(issue), doors }
}

function shares(weights: Float64Array, { scores, held }: Example): number[] {
  const logits = scores.map((score, i) =>
    held.reduce((sum, at) => sum + (weights[i * width + 1 + at] as number), score / SPREAD + (weights[i * width] as number)),
  )
  const most = Math.max(...logits)
  const odds = logits.map((logit) => Math.exp(logit - most))
  const total = odds.reduce((sum, one) => sum + one, 0)
  return odds.map((one) => one / total)
}

/** Softmax regression with the scores as they are, by gradient descent with momentum and L2. */
function fitted(examples: readonly Example[]): Float64Array {
  const weights = new Float64Array(ids.length * width)
  const speed = new Float64Array(weights.length)
  for (let round = 0; round < ROUNDS; round++) {
    const gradient = gradientOf(weights, examples)
    for (let j = 0; j < weights.length; j++) {
      const pull = (gradient[j] as number) / examples.length + SHRINK * (weights[j] as number)
      speed[j] = MOMENTUM * (speed[j] as number) - RATE * pull
      weights[j] = (weights[j] as number) + (speed[j] as number)
    }
  }
  return weights
}

function gradientOf(weights: Float64Array, examples: readonly Example[]): Float64Array {
  const gradient = new Float64Array(weights.length)
  for (const example of examples)
    for (const [i, share] of shares(weights, example).entries()) {
      const error = share - (i === example.issue ? 1 : 0)
      for (const at of [0, ...example.held.map((place) => place + 1)]) gradient[i * width + at] = (gradient[i * width + at] as number) + error
    }
  return gradient
}

const rounded = (value: number): number => Math.round(value * 100) / 100

function written(weights: Float64Array): Weights {
  const rows = ids.map((id, i) => [id, [...weights.subarray(i * width, (i + 1) * width)].map(rounded)] as const)
  return { features, issues: Object.fromEntries(rows) }
}

/** How well stories are told apart that the fit has not seen. */
function crossed(examples: readonly Example[], folds: number): string {
  const unseen = Array.from({ length: folds }, (_, fold) => {
    const weights = fitted(examples.filter((_one, i) => i % folds !== fold))
    return examples.filter((_one, i) => i % folds === fold).map((example) => ({ example, share: shares(weights, example) }))
  })
    .flat()
    .map((one) => ({ ...one, order: orderOf(one.share), door: doorOf(one) }))
  const share = (right: (one: (typeof unseen)[number]) => boolean) => (unseen.filter(right).length / unseen.length).toFixed(3)
  const first = share(({ example, order }) => order[0] === example.issue)
  const four = share(({ example, order }) => order.slice(0, 4).includes(example.issue))
  const body = share(({ example, order }) => example.doors[order[0] as number] === example.doors[example.issue])
  const clear = CLEAR.map((least) => {
    const sure = unseen.filter(({ door }) => door.share >= least)
    return `${least}: ${sure.filter(({ door }) => door.right).length}/${sure.length}`
  })
  return `${examples.length} stories in ${folds} folds: issue ${first} · among the first four ${four} · first body ${body} · right where the first body is at least so sure: ${clear.join(', ')}`
}

const CLEAR = [0.8, 0.85, 0.9, 0.93, 0.95, 0.97]

/** The likeliest body over all issues, as the conversation judges whether a story is clear. */
function doorOf({ example, share }: { readonly example: Example; readonly share: readonly number[] }): {
  readonly share: number
  readonly right: boolean
} {
  const bodies = new Map<string, number>()
  for (const [i, one] of share.entries()) bodies.set(example.doors[i] as string, (bodies.get(example.doors[i] as string) ?? 0) + one)
  const [body, most] = [...bodies].sort((a, b) => b[1] - a[1])[0] ?? ['', 0]
  return { share: most, right: body === example.doors[example.issue] }
}

const orderOf = (values: readonly number[]): number[] => values.map((_, i) => i).sort((a, b) => (values[b] as number) - (values[a] as number))

const { values } = parseArgs({ options: { folds: { type: 'string' } } })
const examples = examplesOf(loadStories())
if (values.folds === undefined) {
  writeFileSync(WEIGHTS_FILE, `${JSON.stringify(written(fitted(examples)))}\n`)
  console.log(`${examples.length} stories, ${features.length} features, ${ids.length} issues: ${WEIGHTS_FILE}`)
} else console.log(crossed(examples, Number(values.folds)))
