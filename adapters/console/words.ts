/** What an officer writes, as it comes in: neither empty nor longer than is read. */
import { z } from 'zod'
import { CONSOLE_SAYS } from '../../bot/wording/console.ts'
import { ConsoleTrouble } from './trouble.ts'

const TEXT_MOST = 4_000

/** Whatever is longer than this is no text of anybody's. */
export const text = z.string().max(TEXT_MOST * 2)

/** @returns the words. Throws {@link ConsoleTrouble} with a sentence. */
export function checked(given: string): string {
  const words = given.trim()
  if (words === '') throw new ConsoleTrouble('bad_request', CONSOLE_SAYS.textMissing)
  if ([...words].length > TEXT_MOST) throw new ConsoleTrouble('bad_request', CONSOLE_SAYS.textTooLong(TEXT_MOST))
  return words
}
