/** Conversations that are no complaint: questions, thanks, anger, and whoever wants a person. */
import { WEB } from '../../../adapters/web-chat/channel.ts'
import type { Script, Seen, Stretch } from './deeds.ts'
import { atTheOffice, minutes, type Scene, says, serves } from './scene.ts'
import type { Chat, OfficerPart } from './texts.ts'

/** Hours until an officer takes somebody up who waits. */
const TAKEN_AFTER_HOURS = 0.4
const THANKS = 0.25
const JUDGES = 0.4
const LIKES = 0.75

/** @returns what a person says, and what an officer does where it comes to that. */
export function* chatting(scene: Scene, { say, officer }: Chat): Script {
  let seen = yield* tells(scene, say)
  if (seen.owner === 'waiting') seen = yield* served(scene, seen, officer ?? usualPart(scene), atTheOffice(scene, seen.now, TAKEN_AFTER_HOURS))
  else if (scene.random.next() < THANKS) seen = yield* says(scene, scene.random.pick(scene.texts.people.thanks), seen.now + minutes(scene, 0, 3))
  yield* judges(scene, seen)
}

/** @returns somebody who waits for an officer whom nobody has taken up yet. */
export function* waitingFor(scene: Scene, { say }: Chat): Script {
  yield* tells(scene, say)
}

/** @returns somebody whom an officer has just taken up and answered. */
export function* beingServed(scene: Scene, { say, officer }: Chat): Script {
  const seen = yield* tells(scene, say)
  const part = officer ?? usualPart(scene)
  const taken = yield* serves(scene, seen, { kind: 'take' }, seen.now + minutes(scene, 1, 2))
  const written = yield* serves(scene, taken, { kind: 'write', text: part.say[0] ?? '' }, taken.now + minutes(scene, 1, 2))
  const replied = yield* says(scene, part.replies[0] ?? '', written.now + minutes(scene, 1, 2))
  yield* serves(scene, replied, { kind: 'write', text: part.say[1] ?? '' }, replied.now + minutes(scene, 1, 2))
}

function* tells(scene: Scene, [first = '', ...rest]: readonly string[]): Stretch {
  let seen = yield* says(scene, first, scene.start)
  for (const words of rest) seen = yield* says(scene, words, seen.now + minutes(scene, 0, 3))
  return seen
}

/** The officer takes them up, both say their lines in turn, and the officer ends it with what came of it. */
function* served(scene: Scene, before: Seen, { say, replies, end, outcome }: OfficerPart, at: number): Stretch {
  let seen = yield* serves(scene, before, { kind: 'take' }, at)
  for (const [turn, text] of say.entries()) {
    seen = yield* serves(scene, seen, { kind: 'write', text }, seen.now + minutes(scene, 1, 6))
    const reply = replies[turn]
    if (reply !== undefined) seen = yield* says(scene, reply, seen.now + minutes(scene, 1, 9))
  }
  return yield* serves(scene, seen, { kind: end, outcome }, seen.now + minutes(scene, 1, 5))
}

function usualPart({ random, texts: { office } }: Scene): OfficerPart {
  const say = [random.pick(office.greet), random.pick(office.answer)]
  return { say, replies: [random.pick(office.reply)], end: 'hand_back', outcome: random.pick(office.outcome) }
}

/** Only the page asks whether an answer helped. */
function* judges({ person, random, texts }: Scene, { conversation, decision, now }: Seen): Script {
  if (person.channel !== WEB || conversation === undefined || decision !== 'answered' || random.next() >= JUDGES) return
  const value = random.next() < LIKES ? 'up' : 'down'
  yield { at: now + 20_000, deed: { kind: 'judge', person, conversation, value, words: random.pick(texts.people.feedback) } }
}
