/** Text as it may stand on paper: what people write can hold characters that no XML may hold, or that turn the order of what is read. */
import { clean } from '../../knowledge/language/normalise.ts'

/** Never characters, in any text; XML refuses some of them. */
const NO_CHARACTERS = /\p{Noncharacter_Code_Point}/gu

/** @returns `text` without control, invisible and broken characters; words and lines stay as they are. */
export function printable(text: string): string {
  return clean(text.toWellFormed()).replace(NO_CHARACTERS, '\uFFFD')
}

/** @returns its lines, each on its own; empty ones between paragraphs are dropped. */
export function printableLines(text: string): readonly string[] {
  return printable(text)
    .split('\n')
    .filter((line) => line !== '')
}
