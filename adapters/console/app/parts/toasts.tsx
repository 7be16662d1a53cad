/** Short lines about what has just happened, seen and read aloud, gone after a while. */
import { useCallback, useRef, useState } from 'preact/hooks'

const STAYS_MS = 7_000

export interface Toast {
  readonly id: number
  readonly words: string
}

/** @returns the lines of the moment, and what adds one. */
export function useToasts(): readonly [readonly Toast[], (words: string) => void] {
  const [toasts, setToasts] = useState<readonly Toast[]>([])
  const count = useRef(0)
  const say = useCallback((words: string) => {
    count.current += 1
    const id = count.current
    setToasts((before) => [...before, { id, words }])
    setTimeout(() => setToasts((before) => before.filter((one) => one.id !== id)), STAYS_MS)
  }, [])
  return [toasts, say]
}

export function Toasts({ toasts }: { readonly toasts: readonly Toast[] }) {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.map(({ id, words }) => (
        <p key={id} class="toast">
          {words}
        </p>
      ))}
    </div>
  )
}
