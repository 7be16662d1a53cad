/** Colleagues see who has a conversation open and who is writing in it. */
import { useCallback, useEffect, useRef, useState } from 'preact/hooks'
import type { Looker } from '../../contract.ts'
import { useHouse } from '../house.ts'

const REPEAT_MS = 20_000
/** After the last key, somebody counts as writing for this long. */
const TYPING_MS = 6_000

export interface Presence {
  readonly lookers: readonly Looker[]
  /** A key was pressed in the box. */
  readonly typed: () => void
}

/** Says every 20 s that this conversation is open here. @returns who else has it open, from the view or as heard since. */
export function usePresence(chat: string, seen: readonly Looker[] | undefined): Presence {
  const { api, live } = useHouse()
  const [heard, setHeard] = useState<readonly Looker[]>()
  const typing = useRef(false)
  const ends = useRef<ReturnType<typeof setTimeout>>()
  const tell = useCallback(
    // Nothing is lost when it does not arrive: it is said again soon.
    (leaving = false) => void api.ask('POST', `/chats/${encodeURIComponent(chat)}/looking`, { typing: typing.current, leaving }).catch(() => {}),
    [api, chat],
  )
  const typed = useCallback(() => {
    clearTimeout(ends.current)
    ends.current = setTimeout(() => change(false), TYPING_MS)
    if (!typing.current) change(true)
    function change(on: boolean) {
      typing.current = on
      tell()
    }
  }, [tell])
  useEffect(() => {
    tell()
    const timer = setInterval(tell, REPEAT_MS)
    return () => {
      clearInterval(timer)
      clearTimeout(ends.current)
      tell(true)
    }
  }, [tell])
  useEffect(() => live.hear((one) => one.kind === 'looking' && one.chat === chat && setHeard(one.lookers)), [live, chat])
  return { lookers: heard ?? seen ?? [], typed }
}
