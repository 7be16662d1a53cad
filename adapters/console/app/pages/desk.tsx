/** The queue, and beside it (on a phone: instead of it) the open conversation. */
import { Chat } from '../chat/chat.tsx'
import { Queue } from '../chat/queue.tsx'
import { Empty, Heading } from '../parts/page.tsx'
import { NAV, QUEUE } from '../words.ts'

export function Desk({ chat }: { readonly chat?: string }) {
  return (
    <div class={chat === undefined ? 'desk' : 'desk desk-open'}>
      <section class="queue" aria-label={NAV.queue}>
        {chat === undefined ? <Heading key="queue" text={QUEUE.title} /> : <h2>{QUEUE.title}</h2>}
        <Queue chosen={chat} />
      </section>
      {chat === undefined ? <Nothing /> : <Chat key={chat} id={chat} />}
    </div>
  )
}

function Nothing() {
  return (
    <div class="nothing">
      <Empty>{QUEUE.choose}</Empty>
    </div>
  )
}
