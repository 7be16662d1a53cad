/** One person's data: found, handed out, erased. */
import { useState } from 'preact/hooks'
import type { PeopleView, PersonView, Said } from '../../privacy-contract.ts'
import { fileAddress, queryOf } from '../api.ts'
import { wholeMomentOf } from '../format.ts'
import { useHouse } from '../house.ts'
import { Ask } from '../parts/dialog.tsx'
import { Empty, Trouble, When } from '../parts/page.tsx'
import { Area, Select, TextField } from '../parts/small.tsx'
import { useDeed, useLoaded } from '../use.ts'
import { channelName } from '../words.ts'
import { PERSON } from '../words-privacy.ts'
import { Options } from './parts.tsx'

/** One of the two. */
type Who = Readonly<Partial<Record<'case' | 'conversation', string>>>

const BY = { case: PERSON.case, code: PERSON.code } as const

export function Person() {
  const [who, setWho] = useState<Who>()
  const [found, setFound] = useState<PeopleView>()
  return (
    <section class="stack">
      <p class="hint">{PERSON.lead}</p>
      <Find
        onCase={(number) => {
          setFound(undefined)
          setWho({ case: number })
        }}
        onFound={(people) => {
          setWho(undefined)
          setFound(people)
        }}
      />
      {found && <Found view={found} onWho={setWho} />}
      {who && <Held key={queryOf(who)} who={who} onGone={() => setWho(undefined)} />}
    </section>
  )
}

interface FindProps {
  readonly onCase: (number: string) => void
  readonly onFound: (people: PeopleView) => void
}

function Find({ onCase, onFound }: FindProps) {
  const { api } = useHouse()
  const [by, setBy] = useState('case')
  const [words, setWords] = useState('')
  const deed = useDeed()
  const submit = (event: Event) => {
    event.preventDefault()
    const given = words.trim()
    if (by === 'case') onCase(given)
    else void deed.run(async () => onFound(await api.get<PeopleView>(`/privacy/people${queryOf({ code: given })}`)))
  }
  return (
    <form class="filters" onSubmit={submit}>
      <Select label={PERSON.by} value={by} onValue={setBy}>
        <Options names={BY} />
      </Select>
      <TextField label={by === 'case' ? PERSON.case : PERSON.code} value={words} onValue={setWords} autocomplete="off" required />
      <button type="submit" class="button strong" disabled={deed.busy}>
        {PERSON.find}
      </button>
      <Trouble text={deed.trouble} />
    </form>
  )
}

function Found({ view: { found }, onWho }: { readonly view: PeopleView; readonly onWho: (who: Who) => void }) {
  if (found.length === 0) return <Empty>{PERSON.notFound}</Empty>
  return (
    <div class="stack">
      <h2>{PERSON.found}</h2>
      {found.length > 1 && <p class="warn">{PERSON.several}</p>}
      <ul class="kept">
        {found.map(({ id, channel, createdAt, updatedAt }) => {
          const words = PERSON.between(channelName(channel), wholeMomentOf(createdAt), wholeMomentOf(updatedAt))
          return (
            <li key={id} class="stack">
              <span>{words}</span>
              <button type="button" class="button" aria-label={`${PERSON.choose}: ${words}`} onClick={() => onWho({ conversation: id })}>
                {PERSON.choose}
              </button>
            </li>
          )
        })}
      </ul>
    </div>
  )
}

function Held({ who, onGone }: { readonly who: Who; readonly onGone: () => void }) {
  const loaded = useLoaded<PersonView>(`/privacy/person${queryOf(who)}`, () => false)
  const [erasing, setErasing] = useState(false)
  return (
    <When loaded={loaded}>
      {({ pseudonyms, sentence, heldCases }) => (
        <div class="card">
          <h2>{PERSON.held}</h2>
          <p>{sentence}</p>
          {pseudonyms.length > 1 && <p>{PERSON.linked(pseudonyms.length)}</p>}
          {heldCases > 0 && <p class="warn">{PERSON.heldCases(heldCases)}</p>}
          <div class="buttons">
            <a class="button" href={fileAddress(`/privacy/person/export${queryOf(who)}`)} download>
              {PERSON.export}
            </a>
            <button type="button" class="button" aria-haspopup="dialog" onClick={() => setErasing(true)}>
              {PERSON.erase}
            </button>
          </div>
          <p class="hint">{PERSON.exportHint}</p>
          {erasing && <Erase who={who} lead={`${sentence}. ${PERSON.eraseLead}`} onGone={onGone} onClose={() => setErasing(false)} />}
        </div>
      )}
    </When>
  )
}

interface EraseProps {
  readonly who: Who
  readonly lead: string
  readonly onGone: () => void
  readonly onClose: () => void
}

function Erase({ who, lead, onGone, onClose }: EraseProps) {
  const { api, say } = useHouse()
  const [why, setWhy] = useState('')
  const work = async () => {
    say((await api.ask<Said>('POST', '/privacy/person/erase', { ...who, why })).sentence)
    onGone()
  }
  return (
    <Ask title={PERSON.eraseTitle} lead={lead} submit={PERSON.erase} onClose={onClose} work={work} ready={why.trim() !== ''} urgent>
      <Area label={PERSON.why} hint={PERSON.whyHint} value={why} onValue={setWhy} rows={2} max={500} required />
    </Ask>
  )
}
