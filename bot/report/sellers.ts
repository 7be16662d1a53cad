/** Sellers of whom several people complain, over a whole period: known by number, never by name, for nothing is proved against them. */
import { type Accused, CLUSTER_PEOPLE, clustersOf, keysOf } from '../case/clusters.ts'

interface Group {
  readonly keys: ReadonlySet<string>
  readonly cases: readonly Accused[]
}

/** @returns by case number, which seller it is about; only of sellers who were a cluster at some moment of the period. Numbers go by their first case. */
export function sellersOf(cases: readonly Accused[]): ReadonlyMap<string, number> {
  const inOrder = cases.toSorted((a, b) => a.confirmedAt - b.confirmedAt || (a.number < b.number ? -1 : 1))
  const crowds = grouped(inOrder).filter(isCrowd)
  return new Map(crowds.flatMap(({ cases: theirs }, i) => theirs.map(({ number }) => [number, i + 1] as const)))
}

/** Cases that share any way to know the seller, also through others. In order of the first case of each. */
function grouped(cases: readonly Accused[]): readonly Group[] {
  const groups = new Set<Group>()
  const known = new Map<string, Group>()
  for (const one of cases) {
    const keys = keysOf(one.facts)
    const same = [...new Set(keys.flatMap((key) => known.get(key) ?? []))]
    const joined = join(same, one, keys)
    for (const old of same) groups.delete(old)
    groups.add(joined)
    for (const key of joined.keys) known.set(key, joined)
  }
  return [...groups].sort((a, b) => cases.indexOf(a.cases[0] as Accused) - cases.indexOf(b.cases[0] as Accused))
}

function join(same: readonly Group[], one: Accused, keys: readonly string[]): Group {
  const all = [...same.flatMap(({ cases }) => cases), one].toSorted((a, b) => a.confirmedAt - b.confirmedAt)
  return { keys: new Set([...keys, ...same.flatMap((group) => [...group.keys])]), cases: all }
}

/** Whether the office would have been shown it on the day of one of its cases. */
function isCrowd({ cases }: Group): boolean {
  if (cases.length < CLUSTER_PEOPLE) return false
  return cases.some((last) => {
    const before = cases.filter(({ confirmedAt }) => confirmedAt <= last.confirmedAt)
    return clustersOf(before, last.confirmedAt).length > 0
  })
}
