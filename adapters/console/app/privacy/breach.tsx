/** Whom a breach touches, and the clock of the law. */
import { useState } from 'preact/hooks'
import type { BreachView } from '../../privacy-contract.ts'
import { fileAddress, queryOf } from '../api.ts'
import { clockOf, isoDayOf, lengthOf, numberOf, wholeMomentOf } from '../format.ts'
import { When } from '../parts/page.tsx'
import { Select, TextField } from '../parts/small.tsx'
import { useLoaded, useNow } from '../use.ts'
import { CHANNELS, COMMON, channelName } from '../words.ts'
import { BREACH, BREACH_SCOPE_NAMES } from '../words-privacy.ts'
import { Options, Table } from './parts.tsx'

const DAY_MS = 86_400_000
/** As a field for date and time takes it, in Vietnam. */
const fieldOf = (at: number) => `${isoDayOf(at)}T${clockOf(at)}`
const nowAsked = () => ({ from: fieldOf(Date.now() - DAY_MS), to: fieldOf(Date.now()), channel: '', scope: 'active', foundAt: fieldOf(Date.now()) })
type Asked = ReturnType<typeof nowAsked>

export function Breach() {
  const [asked, setAsked] = useState<Asked>()
  return (
    <section class="stack">
      <p class="hint">{BREACH.lead}</p>
      <Choose onAsked={setAsked} />
      {asked && <Shown key={queryOf(asked)} asked={asked} />}
    </section>
  )
}

function Choose({ onAsked }: { readonly onAsked: (asked: Asked) => void }) {
  const [filled, setFilled] = useState(nowAsked)
  const set = (part: Partial<Asked>) => setFilled((before) => ({ ...before, ...part }))
  const submit = (event: Event) => {
    event.preventDefault()
    onAsked(filled)
  }
  return (
    <form class="filters" onSubmit={submit}>
      <TextField label={BREACH.from} type="datetime-local" value={filled.from} onValue={(from) => set({ from })} required />
      <TextField label={BREACH.to} type="datetime-local" value={filled.to} onValue={(to) => set({ to })} required />
      <TextField label={BREACH.foundAt} type="datetime-local" value={filled.foundAt} onValue={(foundAt) => set({ foundAt })} />
      <Select label={BREACH.channel} value={filled.channel} onValue={(channel) => set({ channel })}>
        <Options names={CHANNELS} all={COMMON.all} />
      </Select>
      <Select label={BREACH.scope} value={filled.scope} onValue={(scope) => set({ scope })}>
        <Options names={BREACH_SCOPE_NAMES} />
      </Select>
      <button type="submit" class="button strong">
        {BREACH.count}
      </button>
    </form>
  )
}

function Shown({ asked }: { readonly asked: Asked }) {
  const { foundAt: _foundAt, ...span } = asked
  const loaded = useLoaded<BreachView>(`/privacy/breach${queryOf(asked)}`, () => false)
  return (
    <When loaded={loaded}>
      {(view) => (
        <>
          <Counts view={view} />
          <a class="button" href={fileAddress(`/privacy/breach/people.csv${queryOf(span)}`)} download>
            {BREACH.list}
          </a>
          <p class="hint">{BREACH.listHint}</p>
          <h2>{BREACH.law}</h2>
          {view.noticeUntil !== null && <NoticeClock until={view.noticeUntil} />}
          <ul class="stack">
            {view.law.map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
        </>
      )}
    </When>
  )
}

function Counts({ view: { people, conversations, cases, withPhone, channels } }: { readonly view: BreachView }) {
  const figures = [
    [BREACH.people, people],
    [BREACH.conversations, conversations],
    [BREACH.cases, cases],
    [BREACH.withPhone, withPhone],
  ] as const
  return (
    <>
      <dl class="facts">
        {figures.map(([label, count]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{numberOf(count)}</dd>
          </div>
        ))}
      </dl>
      {channels.length > 0 && <ByChannel channels={channels} />}
    </>
  )
}

function ByChannel({ channels }: Pick<BreachView, 'channels'>) {
  return (
    <Table heads={[BREACH.channel, BREACH.people, BREACH.cases]} caption={BREACH.byChannel}>
      {channels.map(({ channel, people, cases }) => (
        <tr key={channel}>
          <th scope="row">{channelName(channel)}</th>
          <td data-label={BREACH.people} class="number">
            {numberOf(people)}
          </td>
          <td data-label={BREACH.cases} class="number">
            {numberOf(cases)}
          </td>
        </tr>
      ))}
    </Table>
  )
}

function NoticeClock({ until }: { readonly until: number }) {
  const now = useNow(60_000)
  return (
    <p class="warn">
      {BREACH.until(wholeMomentOf(until))} {now <= until ? BREACH.left(lengthOf(until - now)) : BREACH.past(lengthOf(now - until))}
    </p>
  )
}
