/** People who tell a whole complaint and confirm it, or think better of it at the last moment. They go by what they are shown and know nothing of how it is asked. */
import { COMPLAINT_CHOICE, INTAKE } from '../../bot/wording/complaint.ts'
import type { Random } from './random.ts'
import { pause } from './sse.ts'

/** Whoever tells, on whatever channel. */
export interface Teller {
  /** @returns once it was taken */
  say(words: string): Promise<void>
  /** Everything that the service said to them so far, in order, with what it offered to choose from. */
  heard(): readonly string[]
  /** @returns whether it is time to go home */
  over(): boolean
}

/** A case number as people are told it. */
export const SHOWN_NUMBER = /Số hồ sơ: (GL\d{2}(?:-[0-9A-Z]{3}){3})\b/g

/** @returns the case numbers in what somebody was shown */
export function numbersIn(text: string): readonly string[] {
  return [...text.matchAll(SHOWN_NUMBER)].map(([, number]) => number ?? '')
}

const BEGIN = 'Tôi muốn khiếu nại'
/** Longer than any telling takes. */
const MOST_TURNS = 30
/** An answer comes in parts. */
const SETTLE_MS = 250
const LOOK_MS = 50
/** Whoever hears nothing for so long says it again in other words. */
const SILENCE_MS = 15_000
/** Every so often somebody thinks better of it. */
const CANCELS = 0.25

export type Told = 'confirmed' | 'cancelled' | 'went_home'

/** Tells one complaint. @param mark stands in the story and nowhere else */
export async function tellComplaint(teller: Teller, random: Random, mark: string): Promise<Told> {
  const last = random.chance(CANCELS) ? COMPLAINT_CHOICE.cancel : COMPLAINT_CHOICE.confirm
  let words = BEGIN
  for (let turn = 0; turn < MOST_TURNS && !teller.over(); turn++) {
    const before = teller.heard().length
    await teller.say(words)
    const answer = await answerAfter(teller, before)
    if (numbersIn(answer).length > 0) return 'confirmed'
    if (words === COMPLAINT_CHOICE.cancel && answer !== '') return 'cancelled'
    words = nextWords(answer, last, mark)
  }
  return 'went_home'
}

async function answerAfter(teller: Teller, before: number): Promise<string> {
  const until = performance.now() + SILENCE_MS
  while (teller.heard().length === before && performance.now() < until && !teller.over()) await pause(LOOK_MS)
  for (let count = -1; teller.heard().length !== count; await pause(SETTLE_MS)) count = teller.heard().length
  return teller.heard().slice(before).join('\n')
}

/** What is asked first in the list is answered, whatever stands beside it; what nobody thought of is skipped, which is always allowed. */
function nextWords(answer: string, last: string, mark: string): string {
  const replies: readonly (readonly [asked: string, words: string])[] = [
    [COMPLAINT_CHOICE.confirm, last],
    [INTAKE.consent.slice(0, 30), '1 2'],
    [COMPLAINT_CHOICE.fresh, COMPLAINT_CHOICE.fresh],
    [COMPLAINT_CHOICE.resume, COMPLAINT_CHOICE.resume],
    ['Bạn kể chuyện', story(mark)],
    [COMPLAINT_CHOICE.skip, COMPLAINT_CHOICE.skip],
  ]
  return replies.find(([asked]) => answer.includes(asked))?.[1] ?? BEGIN
}

function story(mark: string): string {
  return `Tôi mua áo của shop Áo Đẹp ${mark} trên Shopee ngày 12/10/2026 hết 350k, trả khi nhận hàng, họ giao áo khác ảnh. Tôi nhắn mà họ không trả lời. Tôi muốn trả lại tiền.`
}
