/** The hooks of the console. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import { sentenceOf } from './api.ts'
import { gather } from './gather.ts'
import { useHouse } from './house.ts'
import type { Heard } from './live.ts'

const GATHER_MS = 200

export interface Loaded<T> {
  /** Undefined until the first answer; afterwards the last good one, also while a newer is on its way. */
  readonly data: T | undefined
  readonly trouble: string | undefined
  readonly reload: () => Promise<void>
}

/**
 * Fetches what stands at `path`, again when `path` changes and whenever `wakes` says so of something heard. What is shown stays until the newer has come,
 * so that nothing jumps under somebody's hands.
 */
export function useLoaded<T>(path: string, wakes: (heard: Heard) => boolean = onlyEverything): Loaded<T> {
  const { api, live } = useHouse()
  const [data, setData] = useState<T>()
  const [trouble, setTrouble] = useState<string>()
  const asked = useRef(0)
  const reload = useCallback(async () => {
    asked.current += 1
    const mine = asked.current
    const [value, problem] = await api.get<T>(path).then(
      (got) => [got, undefined] as const,
      (thrown) => [undefined, sentenceOf(thrown)] as const,
    )
    // An older answer that comes late must not replace a newer one.
    if (mine !== asked.current) return
    if (value !== undefined) setData(() => value)
    setTrouble(problem)
  }, [api, path])
  useEffect(() => void reload(), [reload])
  useHeard(live, reload, wakes)
  return { data, trouble, reload }
}

const onlyEverything = ({ kind }: Heard) => kind === 'everything'

function useHeard(live: ReturnType<typeof useHouse>['live'], reload: () => Promise<void>, wakes: (heard: Heard) => boolean): void {
  const says = useRef(wakes)
  says.current = wakes
  useEffect(() => {
    const gathered = gather(reload, GATHER_MS)
    const deaf = live.hear((heard) => says.current(heard) && gathered.wake())
    return () => {
      deaf()
      gathered.stop()
    }
  }, [live, reload])
}

export interface Deed {
  readonly busy: boolean
  readonly trouble: string | undefined
  /** Does `work` unless something is being done already. @returns whether it was done. */
  readonly run: (work: () => Promise<unknown>) => Promise<boolean>
}

/** For what a button does: one at a time, and what went wrong as a sentence. */
export function useDeed(): Deed {
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<string>()
  const doing = useRef(false)
  const run = async (work: () => Promise<unknown>) => {
    if (doing.current) return false
    doing.current = true
    setBusy(true)
    setTrouble(undefined)
    try {
      await work()
      return true
    } catch (thrown) {
      setTrouble(sentenceOf(thrown))
      return false
    } finally {
      doing.current = false
      setBusy(false)
    }
  }
  return { busy, trouble, run }
}

/** @returns what time it is, again every `everyMs`, for words such as "chờ 12 phút". */
export function useNow(everyMs = 20_000): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs)
    return () => clearInterval(timer)
  }, [everyMs])
  return now
}
