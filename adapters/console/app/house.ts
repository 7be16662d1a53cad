/** What every page of a signed-in officer can reach. */
import { createContext } from 'preact'
import { useContext } from 'preact/hooks'
import type { Permission } from '../../../bot/officers/permissions.ts'
import type { Me } from '../contract.ts'
import type { Api } from './api.ts'
import type { Drafts } from './drafts.ts'
import type { Live } from './live.ts'

export interface House {
  readonly me: Me
  readonly api: Api
  readonly live: Live
  readonly drafts: Drafts
  /** Shows a line for some seconds and has it read aloud. */
  readonly say: (words: string) => void
  readonly signOut: () => Promise<void>
}

export const HouseContext = createContext<House | undefined>(undefined)

/** @returns the house around. Throws outside of it: a fault of the page. */
export function useHouse(): House {
  const house = useContext(HouseContext)
  if (!house) throw new Error('useHouse stands outside of <HouseContext.Provider>')
  return house
}

/** @returns whether the officer may do what `permission` stands for. */
export function useMay(permission: Permission): boolean {
  return useHouse().me.may.includes(permission)
}
