/** The thread as it grows at both ends. */
import type { ChatView, MessageView } from '../contract.ts'

export interface Thread {
  /** Oldest first. */
  readonly messages: readonly MessageView[]
  /** Whether there are older ones than the first. */
  readonly more: boolean
}

type Page = Pick<ChatView, 'messages' | 'more'>

/** Puts the newest page onto what is already shown: what is on both is taken from the page, since its delivery may have gone on. */
export function withNewest(thread: Thread | undefined, page: Page): Thread {
  const first = page.messages[0]
  if (!thread || !first || !joins(thread, first)) return { messages: page.messages, more: page.more }
  const older = thread.messages.filter(({ position }) => position < first.position)
  return { messages: [...older, ...page.messages], more: older.length > 0 ? thread.more : page.more }
}

/** Whether the page begins within what is shown: a gap between them would go unseen. */
const joins = ({ messages }: Thread, first: MessageView) => (messages.at(-1)?.position ?? -1) >= first.position

/** Puts an older page before what is shown. */
export function withOlder(thread: Thread, page: Page): Thread {
  const first = thread.messages[0]?.position ?? Number.POSITIVE_INFINITY
  return { messages: [...page.messages.filter(({ position }) => position < first), ...thread.messages], more: page.more }
}

/** @returns what people have said since `before` was shown; nothing for a thread that has only just been opened. */
export function newIn(before: Thread | undefined, after: Thread): readonly MessageView[] {
  if (!before) return []
  const last = before.messages.at(-1)?.position ?? -1
  return after.messages.filter(({ position }) => position > last)
}
