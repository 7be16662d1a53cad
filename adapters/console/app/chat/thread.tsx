/** What was said. Whoever reads further up stays where they are; whoever is at the end sees the newest. */
import { type MutableRef, useLayoutEffect, useRef, useState } from 'preact/hooks'
import type { ChatView, MessageView } from '../../contract.ts'
import { useHouse } from '../house.ts'
import { type Thread, withOlder } from '../messages.ts'
import { Icon } from '../parts/icons.tsx'
import { Empty, Trouble } from '../parts/page.tsx'
import { Citations, Moment } from '../parts/small.tsx'
import { useDeed, useNow } from '../use.ts'
import { CHAT } from '../words.ts'

const AT_END_PX = 80

interface Props {
  readonly thread: Thread
  readonly onThread: (thread: Thread) => void
  readonly path: string
}

export function ThreadView({ thread, onThread, path }: Props) {
  const box = useRef<HTMLDivElement>(null)
  const { fresh, toEnd, scrolled } = useStay(box, thread)
  return (
    <div class="thread-place">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard. */}
      <div class="thread" ref={box} onScroll={scrolled} tabIndex={0} role="log" aria-live="off" aria-label={CHAT.thread}>
        {thread.more && <Older thread={thread} onThread={onThread} path={path} />}
        {thread.messages.length === 0 && <Empty>{CHAT.none}</Empty>}
        <Messages messages={thread.messages} />
      </div>
      {fresh && (
        <button type="button" class="fresh" onClick={toEnd}>
          <Icon name="down" />
          {CHAT.fresh}
        </button>
      )}
    </div>
  )
}

/** Keeps the eye where it was when the thread grows at either end. */
function useStay(box: MutableRef<HTMLDivElement | null>, { messages }: Thread) {
  const atEnd = useRef(true)
  const before = useRef({ first: -1, last: -1, height: 0 })
  const [fresh, setFresh] = useState(false)
  const first = messages[0]?.position ?? -1
  const last = messages.at(-1)?.position ?? -1
  useLayoutEffect(() => {
    const node = box.current
    if (!node) return
    const was = before.current
    if (first < was.first) node.scrollTop += node.scrollHeight - was.height
    else if (atEnd.current) node.scrollTop = node.scrollHeight
    else if (last > was.last) setFresh(true)
    before.current = { first, last, height: node.scrollHeight }
  }, [box, first, last])
  const scrolled = () => {
    const node = box.current
    if (!node) return
    atEnd.current = node.scrollHeight - node.scrollTop - node.clientHeight < AT_END_PX
    if (atEnd.current) setFresh(false)
  }
  const toEnd = () => box.current?.scrollTo({ top: box.current.scrollHeight })
  return { fresh, toEnd, scrolled }
}

function Older({ thread, onThread, path }: Props) {
  const { api } = useHouse()
  const deed = useDeed()
  const fetchOlder = () =>
    deed.run(async () => onThread(withOlder(thread, await api.get<ChatView>(`${path}?before=${thread.messages[0]?.position ?? 0}`))))
  return (
    <div class="older">
      <button type="button" class="button" disabled={deed.busy} onClick={fetchOlder}>
        {CHAT.older}
      </button>
      <Trouble text={deed.trouble} />
    </div>
  )
}

function Messages({ messages }: { readonly messages: readonly MessageView[] }) {
  const now = useNow(60_000)
  return (
    <ol class="messages">
      {messages.map((message) => (
        <li key={message.id} class={`message message-${message.from}`}>
          <Message message={message} now={now} />
        </li>
      ))}
    </ol>
  )
}

const LATE = ['held', 'undeliverable'] as const

function Message({ message, now }: { readonly message: MessageView; readonly now: number }) {
  const { from, name, at, text, attachment, citations, delivery, deliveryWords } = message
  if (from === 'system') {
    return (
      <p class="event">
        {text} <Moment at={at} now={now} />
      </p>
    )
  }
  return (
    <>
      <p class="message-head">
        <b>{name || CHAT.from[from]}</b> <Moment at={at} now={now} />
      </p>
      <div class="bubble">
        {text && <p class="message-text">{text}</p>}
        {attachment && <p class="attachment">{attachment}</p>}
        <Citations list={citations} label={CHAT.basis} />
      </div>
      {delivery && <p class={LATE.some((one) => one === delivery) ? 'delivery delivery-late' : 'delivery'}>{deliveryWords}</p>}
    </>
  )
}
