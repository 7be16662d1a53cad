/** Who works in the demonstration's office: accounts of the console, each still to be set up by whoever looks around. */
import { newToken } from '../../../adapters/console/cookies.ts'
import type { Store } from '../../../adapters/storage/database.ts'
import { addLink, createOfficer, type NewOfficer } from '../../../adapters/storage/officer-store.ts'
import type { Officer } from '../../conversation/owner.ts'

/** The first two serve people, who read the name after the word "cán bộ". */
const ACCOUNTS = [
  { login: 'lan', name: 'Lan (trình diễn)', role: 'supervisor' },
  { login: 'minh', name: 'Minh (trình diễn)', role: 'officer' },
  { login: 'quan-tri', name: 'Quản trị (trình diễn)', role: 'administrator' },
] as const satisfies readonly NewOfficer[]

/** How many of them serve people. */
export const SERVING = 2

/** Makes the accounts at `now` (ms UTC). @returns them, those who serve people first. Throws where a login is taken. */
export async function demoOfficers(store: Store, now: number): Promise<readonly Officer[]> {
  const made: Officer[] = []
  for (const account of ACCOUNTS) {
    const id = await createOfficer(store, account, 'demo', now)
    if (id === undefined) throw new Error(`The login ${account.login} is taken.`)
    made.push({ id, name: account.name })
  }
  return made
}

/** Somebody who may set up their account with a token, once. */
export interface Invitation {
  readonly name: string
  readonly token: string
}

/** @returns an invitation for each of `officers`, good for a day from `now` (ms UTC). */
export async function inviteOfficers(store: Store, officers: readonly Officer[], now: number): Promise<readonly Invitation[]> {
  const invitations = officers.map(({ id, name }) => ({ id, name, token: newToken() }))
  for (const { id, token } of invitations) await addLink(store, id, token, 'demo', now)
  return invitations
}
