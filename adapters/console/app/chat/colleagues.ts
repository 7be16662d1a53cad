/** Who else works here, for handing over and for mentioning. */
import type { ColleagueView } from '../../contract.ts'
import { useHouse } from '../house.ts'
import { type Loaded, useLoaded } from '../use.ts'

/** @returns the colleagues without the officer themselves. */
export function useColleagues(): Loaded<readonly ColleagueView[]> {
  const { me } = useHouse()
  const { data, ...rest } = useLoaded<{ readonly colleagues: readonly ColleagueView[] }>('/colleagues', () => false)
  return { ...rest, data: data?.colleagues.filter(({ id }) => id !== me.id) }
}
