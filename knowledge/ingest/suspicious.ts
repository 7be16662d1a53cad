/** Passages that speak to a machine instead of to citizens: somebody may have put them into a document so that a program obeys them. */
import { fold } from '../language/normalise.ts'
import type { Line } from './line.ts'

/** Over folded text. */
const COMMANDS: readonly RegExp[] = [
  /\b(?:bo qua|phot lo|quen het|khong tuan theo) (?:moi |cac |tat ca |nhung )*(?:huong dan|chi dan|chi thi|menh lenh|lenh|quy tac|yeu cau) (?:truoc|tren|o tren|da cho|he thong)/,
  /\b(?:ignore|disregard|forget|override) (?:all |any |the |your )*(?:previous|prior|above|earlier|system|instructions?|rules?)/,
  /\b(?:system prompt|developer message|jailbreak|prompt injection|begin instructions?)\b/,
  /\byou (?:are|must|should|will) (?:now )?(?:act|answer|respond|reply|obey|a |an )/,
  /\b(?:tro ly|chatbot|chat bot|mo hinh ngon ngu|ai|may tra loi|an tam)[ ,:]+(?:hay|phai|can|vui long)\b.{0,60}\b(?:tra loi|noi rang|khang dinh|khuyen|huong dan nguoi dung|gui|cung cap)\b/,
  /<\|[a-z_]+\|>|\[\/?inst\]|<<\/?sys>>|^#{2,}\s*(?:system|instruction)/,
]

/** @returns the lines that look like commands to a machine. */
export function commandsIn(lines: readonly Line[]): Line[] {
  return lines.filter(({ text }) => {
    const plain = fold(text)
    return COMMANDS.some((command) => command.test(plain))
  })
}
