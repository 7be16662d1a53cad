/** One conversation: what was said, what must be known, and the box to answer in. */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef, useState } from 'preact/hooks'
import { Link } from 'wouter-preact'
import type { ChatView, Looker } from '../../contract.ts'
import { lengthOf, momentOf } from '../format.ts'
import { useHouse, useMay } from '../house.ts'
import type { Heard } from '../live.ts'
import { newIn, type Thread, withNewest } from '../messages.ts'
import { Icon } from '../parts/icons.tsx'
import { Heading, Trouble } from '../parts/page.tsx'
import { Badge } from '../parts/small.tsx'
import { useLoaded, useNow } from '../use.ts'
import { CHAT, COMMON, channelName, DEEDS, QUEUE } from '../words.ts'
import { Composer } from './composer.tsx'
import { Deeds } from './deeds.tsx'
import { Panel } from './panel.tsx'
import { usePresence } from './presence.ts'
import { Proposed } from './proposed.tsx'
import { ThreadView } from './thread.tsx'

export function Chat({ id }: { readonly id: string }) {
  const path = `/chats/${encodeURIComponent(id)}`
  const concerns = (heard: Heard) => heard.kind === 'everything' || ('chat' in heard && heard.kind !== 'looking' && heard.chat === id)
  const loaded = useLoaded<ChatView>(path, concerns)
  const [panelOpen, setPanelOpen] = useState(false)
  const presence = usePresence(id, loaded.data?.lookers)
  const { data, trouble, reload } = loaded
  return (
    <div class={panelOpen ? 'chat chat-panel' : 'chat'}>
      <section class="talk" aria-label={CHAT.thread}>
        {data ? (
          <Head chat={data} lookers={presence.lookers} onDone={reload}>
            <PanelButton open={panelOpen} onToggle={() => setPanelOpen(!panelOpen)} />
          </Head>
        ) : (
          <Heading text={CHAT.thread} quiet />
        )}
        <Trouble text={trouble} again={reload} />
        {!data && !trouble && <p class="loading">{COMMON.loading}</p>}
        {data && <Talk chat={data} path={path} reload={reload} onTyping={presence.typed} />}
      </section>
      {data && <Panel chat={data} path={path} onChanged={reload} />}
    </div>
  )
}

/** On narrow screens the panel stands in place of the messages. */
function PanelButton({ open, onToggle }: { readonly open: boolean; readonly onToggle: () => void }) {
  return (
    <button type="button" class="panel-button button" aria-expanded={open} aria-label={CHAT.panel} title={CHAT.panel} onClick={onToggle}>
      <Icon name={open ? 'close' : 'panel'} />
    </button>
  )
}

interface TalkProps {
  readonly chat: ChatView
  readonly path: string
  readonly reload: () => Promise<void>
  readonly onTyping: () => void
}

function Talk({ chat, path, reload, onTyping }: TalkProps) {
  const [thread, setThread] = useThread(chat)
  const mayAct = useMay('chat.act')
  // Words that came back into the box from outside of it.
  const [taken, setTaken] = useState(0)
  return (
    <>
      <ThreadView thread={thread} onThread={setThread} path={path} />
      <Proposed chat={chat} path={path} onDone={reload} onTakenUp={() => setTaken(taken + 1)} />
      {mayAct && <Composer key={taken} chat={chat} path={path} onSent={reload} onTyping={onTyping} />}
    </>
  )
}

/** Keeps older pages that have been fetched when the newest one comes again; says what is new. */
function useThread(chat: ChatView): readonly [Thread, (thread: Thread) => void] {
  const { say } = useHouse()
  const shown = useRef<ChatView>()
  const [thread, setThread] = useState<Thread>({ messages: chat.messages, more: chat.more })
  useEffect(() => {
    if (shown.current === chat) return
    const next = withNewest(shown.current && thread, chat)
    const fresh = newIn(shown.current && thread, next).findLast(({ from }) => from === 'person')
    if (fresh) say(CHAT.said(CHAT.from.person, fresh.text.slice(0, 200)))
    shown.current = chat
    setThread(next)
  }, [chat, thread, say])
  return [thread, setThread]
}

interface HeadProps {
  readonly chat: ChatView
  readonly lookers: readonly Looker[]
  readonly onDone: () => Promise<void>
  readonly children: ComponentChildren
}

function Head({ chat, lookers, onDone, children }: HeadProps) {
  return (
    <div class="talk-head">
      <div class="talk-title">
        <Link href="/" class="round back" aria-label={CHAT.back} title={CHAT.back}>
          <Icon name="back" />
        </Link>
        <div class="talk-name">
          <Heading text={CHAT.title(channelName(chat.channel))} />
          <p class="talk-state">
            {chat.danger && <Badge tone="urgent">{QUEUE.danger}</Badge>}
            <Badge tone={chat.owner === 'staff' ? 'staff' : chat.owner === 'waiting' ? 'warn' : 'plain'}>{chat.who}</Badge>
            {chat.reasonWords && <span>{chat.reasonWords}</span>}
          </p>
        </div>
        {children}
      </div>
      <Deeds chat={chat} onDone={onDone} />
      <Clocks chat={chat} />
      <Lookers lookers={lookers} />
    </div>
  )
}

function Clocks({ chat: { returnsAt, writableUntil, officer } }: { readonly chat: ChatView }) {
  const { me } = useHouse()
  const now = useNow(10_000)
  const words = [
    returnsAt !== null && officer?.id === me.id && (returnsAt > now ? CHAT.returns(lengthOf(returnsAt - now)) : CHAT.returnsNow),
    officer && officer.id !== me.id && DEEDS.withOther(officer.name),
    writableUntil !== null && (writableUntil > now ? CHAT.window(momentOf(writableUntil, now)) : CHAT.windowEnded),
  ].filter(Boolean)
  return words.length > 0 ? <p class="talk-clock">{words.join(' ')}</p> : null
}

function Lookers({ lookers }: { readonly lookers: readonly Looker[] }) {
  const { me } = useHouse()
  const others = lookers.filter(({ id }) => id !== me.id)
  const names = (typing: boolean) =>
    others
      .filter((one) => one.typing === typing)
      .map(({ name }) => name)
      .join(', ')
  return (
    <p class="talk-lookers" role="status">
      {names(true) && <b>{CHAT.typing(names(true))}. </b>}
      {names(false) && CHAT.looking(names(false))}
    </p>
  )
}
