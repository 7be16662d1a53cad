/** A page to print as an answer of the console: shown in a tab of its own, with exactly its own style allowed. */
import { randomBytes } from 'node:crypto'
import { Download } from './route.ts'

/** @param write makes the page; its argument allows the one style on it */
export function printed(name: string, write: (nonce: string) => string): Download {
  const nonce = randomBytes(16).toString('base64')
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
  return new Download(Buffer.from(write(nonce)), 'text/html; charset=utf-8', name, true, policy)
}
