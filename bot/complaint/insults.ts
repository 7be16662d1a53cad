/** Swearing at whoever asks: it is answered calmly, and is no fact of anything. */
import { fold } from '../../knowledge/language/normalise.ts'

const INSULT =
  /\b(may|mi|bot|tui bay|tui may|chung may|do|con|thang) (qua |may )?(ngu|oc|dien|khung|khon|cho|ran|rac|vo dung|mat day)\b|\b(dm|dmm|dcm|vcl|vkl|clm|cl|dit me|deo|cam mom|im mom|ngu (qua|vai|nhu|the))\b|\b(vo dung|tui may|chung may)\b/

/** @returns whether the words insult somebody who listens. Never throws. */
export function isInsulting(words: string): boolean {
  return INSULT.test(fold(words))
}
