/** What several of these pages share: a list that goes on with older rows, and a table. */
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { queryOf } from '../api.ts'
import { useHouse } from '../house.ts'
import { Trouble } from '../parts/page.tsx'
import { type Loaded, useDeed, useLoaded } from '../use.ts'
import { PRIVACY } from '../words-privacy.ts'

interface Page {
  readonly next: string | null
}

export interface Pages<T extends Page> {
  readonly first: Loaded<T>
  /** The first page as it stands now, then the older ones that were asked for. */
  readonly all: (first: T) => readonly T[]
  readonly older: (first: T) => ComponentChildren
  readonly reload: () => Promise<void>
}

/** Fetches `path` with `query`; older pages follow when they are asked for, and are forgotten when the first is loaded again. */
export function usePages<T extends Page>(path: string, query: Readonly<Record<string, string | undefined>> = {}): Pages<T> {
  const { api } = useHouse()
  const first = useLoaded<T>(path + queryOf(query), () => false)
  const [more, setMore] = useState<readonly T[]>([])
  const deed = useDeed()
  const fetchOlder = (before: string) => deed.run(async () => setMore([...more, await api.get<T>(path + queryOf({ ...query, before }))]))
  const older = (newest: T) => {
    const next = (more.at(-1) ?? newest).next
    return (
      <>
        <Trouble text={deed.trouble} />
        {next !== null && (
          <button type="button" class="button" disabled={deed.busy} onClick={() => fetchOlder(next)}>
            {PRIVACY.more}
          </button>
        )}
      </>
    )
  }
  const reload = async () => {
    setMore([])
    await first.reload()
  }
  return { first, all: (newest) => [newest, ...more], older, reload }
}

interface TableProps {
  readonly heads: readonly string[]
  readonly caption?: string
  readonly children: ComponentChildren
}

export function Table({ heads, caption, children }: TableProps) {
  return (
    <table class="table stacked">
      {caption && <caption>{caption}</caption>}
      <thead>
        <tr>
          {heads.map((head) => (
            <th key={head} scope="col">
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  )
}

interface OptionsProps {
  readonly names: Readonly<Record<string, string>>
  /** What stands for none of them. */
  readonly all?: string
}

export function Options({ names, all }: OptionsProps) {
  return (
    <>
      {all !== undefined && <option value="">{all}</option>}
      {Object.entries(names).map(([value, name]) => (
        <option key={value} value={value}>
          {name}
        </option>
      ))}
    </>
  )
}
