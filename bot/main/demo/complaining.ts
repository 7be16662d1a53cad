/** A complaint from the first word to the case: the person tells it, answers what is asked as far as they know, agrees, and confirms. */
import { WEB } from '../../../adapters/web-chat/channel.ts'
import type { Draft } from '../../complaint/draft.ts'
import { COMPLAINT_CHOICE } from '../../wording/complaint.ts'
import { CHOICE } from '../../wording/vi.ts'
import type { Script, Seen, Stretch } from './deeds.ts'
import type { Fate } from './fates.ts'
import { minutes, type Scene, says, taps } from './scene.ts'
import { type Complaint, dated } from './texts.ts'

/** More than any complaint takes. */
const MOST_TURNS = 30
const SENDS_PHOTO = 0.5
/** How people agree: each means some of the purposes. */
const CONSENTS = ['1 2 3', 'đồng ý 1, 2', 'Đồng ý cả bốn việc', '1 2 3', 'chỉ đồng ý 1']
const ACCOUNT = 'số tài khoản 0000012345678'

/** @returns a whole complaint, and then what becomes of the case. */
export function* complaining(scene: Scene, complaint: Complaint, fate: Fate | undefined): Script {
  const told = { ...complaint, answers: { ...complaint.answers, name: scene.name, phone: scene.phone, commune: scene.commune } }
  let seen = yield* opens(scene, told)
  for (let turn = 0; turn < MOST_TURNS && seen.complaint === undefined; turn++) seen = yield* replies(scene, told, seen)
  if (seen.complaint !== undefined && fate) yield* fate(scene, seen)
}

function* opens(scene: Scene, { story }: Complaint): Stretch {
  const [first = '', ...rest] = story
  let seen = yield* says(scene, dated(first, scene.start), scene.start)
  for (const words of rest) seen = yield* says(scene, dated(words, scene.start), seen.now + minutes(scene, 1, 4))
  if (scene.person.channel !== WEB || scene.random.next() >= SENDS_PHOTO) return seen
  return yield { at: seen.now + minutes(scene, 1, 3), deed: { kind: 'photo', person: scene.person, words: '' } }
}

function* replies(scene: Scene, complaint: Complaint, seen: Seen): Stretch {
  const draft = seen.dialogue?.complaint
  const at = seen.now + minutes(scene, 0, 2)
  if (!draft) return yield* taps(scene, CHOICE.complain, at)
  const tapped = tapFor(scene, complaint, draft, seen.dialogue?.choices ?? [])
  return tapped === undefined ? yield* says(scene, dated(answerTo(scene, complaint, draft), scene.start), at) : yield* taps(scene, tapped, at)
}

/** What is tapped rather than written; undefined where the person writes. */
function tapFor(scene: Scene, complaint: Complaint, draft: Draft, choices: readonly string[]): string | undefined {
  if (draft.paused) return COMPLAINT_CHOICE.resume
  if (draft.evidence.some(({ attachment, clear }) => clear === null && draft.filesAsked.includes(attachment))) return COMPLAINT_CHOICE.clear
  if (draft.contest) return choices[0] ?? COMPLAINT_CHOICE.skip
  if (draft.stage === 'matter') return matterOf(scene, complaint, choices)
  if (draft.stage === 'summary') return COMPLAINT_CHOICE.confirm
  return draft.asked.length > 0 && known(complaint, draft).length === 0 ? COMPLAINT_CHOICE.skip : undefined
}

/** By its title where it is offered, else by way of its group. */
function matterOf({ matters }: Scene, { issue }: Complaint, choices: readonly string[]): string {
  const group = matters?.groups.find(({ issues }) => issues.some(({ id }) => id === issue))
  const title = group?.issues.find(({ id }) => id === issue)?.title
  return [title, group?.title, COMPLAINT_CHOICE.noMatter].find((words) => words !== undefined && choices.includes(words)) ?? COMPLAINT_CHOICE.skip
}

function answerTo({ random }: Scene, complaint: Complaint, draft: Draft): string {
  if (draft.stage === 'consent') return random.pick(CONSENTS)
  if (draft.stage === 'account') return ACCOUNT
  return draft.asked.length > 0 ? known(complaint, draft).join('\n') : (complaint.story.at(-1) ?? '')
}

/** A question that is put again gets no other answer. */
function known({ answers }: Complaint, { asked, tries }: Draft): readonly string[] {
  return tries > 1 ? [] : asked.map((name) => answers[name]).filter((words) => words !== undefined)
}
