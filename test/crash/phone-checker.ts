/**
 * Compares what the people of the platforms saw on their phones with what was decided. Knows nothing of how the service cuts a reply: white space apart, what the phone
 * shows one below the other must be the replies, one below the other.
 *
 *   I3  phone_lost, phone_invented, phone_unmarked, phone_repeats      I6  phone_order
 */
import { CHANNEL_SAY } from '../../bot/wording/channels.ts'
import { BY_WORDS_ONLY } from '../../bot/wording/deliberate.ts'
import type { Shown } from '../fakes/fake.ts'
import type { History } from './history.ts'
import type { Platforms } from './platforms.ts'

export interface PhoneRow {
  readonly id: string
  readonly body: string
  readonly author: string
  readonly state: string
}

/** A person with a telephone, as far as it is looked at. */
export interface Phone {
  readonly key: string
  readonly channel: string
  /** Has blocked us, so that something may be held. */
  readonly blocked: boolean
  /** A backup from before was put back: what it shows is no longer what the service knows. */
  readonly restored: boolean
  readonly erasing: 'no' | 'maybe'
  /** Parts that were shown again, as counted here. */
  repeats: number
  shown(): readonly Shown[]
}

type Say = (code: string, detail: string) => void

/** Choices that a channel shows as buttons; what is more is numbered in the text. */
const BUTTONS: Readonly<Record<string, number>> = { telegram: 8 }

const squeezed = (text: string): string => text.replaceAll(/\s+/g, '')
/** What a number must never mean stands by itself. */
function numbered(choices: readonly string[]): readonly string[] {
  const lines = choices.flatMap((choice, i) => (BY_WORDS_ONLY.has(choice) ? [] : [`${i + 1}. ${choice}`]))
  const inWords = choices.filter((choice) => BY_WORDS_ONLY.has(choice)).map(CHANNEL_SAY.inWords)
  return [...(lines.length > 0 ? [CHANNEL_SAY.choose, ...lines] : []), ...inWords]
}

const MARK = squeezed(CHANNEL_SAY.again)

/** One reply as it must read on the phone, without white space. */
interface Due {
  readonly id: string
  readonly text: string
  readonly state: string
}

/** @param rows of one conversation, in order, those without words left out */
export function checkPhone(person: Phone, rows: readonly PhoneRow[], say: Say): void {
  const due = rows.map((row) => ({ id: row.id, state: row.state, text: wordsOf(row, person.channel) }))
  const seen = person.shown().map(({ text }) => seenOf(text))
  if (person.restored) checkLoosely(person, due, seen, say)
  else person.repeats = follow(person, due, seen, say).repeats
}

function wordsOf({ body, author }: PhoneRow, channel: string): string {
  const { text, choices, officer } = JSON.parse(body) as { text: string; choices: readonly string[]; officer?: string }
  const who = author !== 'staff' ? '' : officer ? `Cán bộ ${officer}:` : 'Cán bộ của Hội:'
  const shown = choices.length <= (BUTTONS[channel] ?? 0)
  return squeezed([who, text, ...(shown ? [] : numbered(choices))].join(''))
}

interface Seen {
  readonly text: string
  readonly marked: boolean
}

function seenOf(text: string): Seen {
  const whole = squeezed(text)
  const marked = whole.startsWith(MARK)
  return { text: marked ? whole.slice(MARK.length) : whole, marked }
}

/** Where in the replies the phone may be, and how many repeats it took at least to get there. */
interface Place {
  readonly row: number
  readonly from: number
  readonly repeats: number
}

/** Every way to read what was seen is followed at once: two replies may have the same words. */
function follow(person: Phone, due: readonly Due[], seen: readonly Seen[], say: Say): { readonly repeats: number } {
  let places = spread(due, [{ row: 0, from: 0, repeats: 0 }])
  for (const [i, one] of seen.entries()) {
    const next = spread(
      due,
      places.flatMap((place) => after(due, place, one, seen[i - 1]?.text)),
    )
    if (next.length === 0) {
      say(...wrong(person, due, places, one, seen.slice(0, i)))
      return { repeats: 0 }
    }
    places = next
  }
  const ended = places.filter(({ row }) => due.slice(row).every(({ state }) => state !== 'sent'))
  const furthest = places.at(-1)
  if (ended.length === 0) say('phone_lost', `${person.channel}: the reply ${due[furthest?.row ?? 0]?.id} is sent and was not shown whole`)
  return { repeats: Math.min(...(ended.length > 0 ? ended : places).map(({ repeats }) => repeats)) }
}

/** Where the phone may be after one more message. */
function after(due: readonly Due[], { row, from, repeats }: Place, { text, marked }: Seen, last: string | undefined): Place[] {
  const places: Place[] = []
  if (marked && text === last) places.push({ row, from, repeats: repeats + 1 })
  const reply = due[row]
  if (!reply?.text.startsWith(text, from) || text === '') return places
  const end = from + text.length
  places.push(end === reply.text.length ? { row: row + 1, from: 0, repeats } : { row, from: end, repeats })
  return places
}

/** What went out elsewhere need not be shown here. Of several ways to one place, the one with the fewest repeats. */
function spread(due: readonly Due[], places: readonly Place[]): Place[] {
  const best = new Map<string, Place>()
  const add = (place: Place): void => {
    const key = `${place.row} ${place.from}`
    if ((best.get(key)?.repeats ?? Number.POSITIVE_INFINITY) <= place.repeats) return
    best.set(key, place)
    if (due[place.row]?.state === 'moved') add({ row: place.row + 1, from: 0, repeats: place.repeats })
  }
  for (const place of places) add(place)
  return [...best.values()].sort((a, b) => a.row - b.row || a.from - b.from)
}

function wrong(person: Phone, due: readonly Due[], places: readonly Place[], one: Seen, before: readonly Seen[]): [string, string] {
  const at = places[0]?.row ?? 0
  const where = `${person.channel}, message ${before.length + 1} of ${person.shown().length}, due is part of reply ${at + 1} of ${due.length}: "${one.text.slice(0, 60)}"`
  if (before.some(({ text }) => text === one.text)) return [one.marked ? 'phone_order' : 'phone_unmarked', `shown again, ${where}`]
  return [due.some(({ text }) => text.includes(one.text)) ? 'phone_order' : 'phone_invented', where]
}

/** After a backup was put back: whatever the service holds to be sent was shown whole, at some time. */
function checkLoosely(person: Phone, due: readonly Due[], seen: readonly Seen[], say: Say): void {
  for (const { id, text } of due.filter(({ state }) => state === 'sent')) {
    if (!wasShown(text, seen)) say('phone_lost', `${person.channel}: the reply ${id} is sent and was never shown whole`)
  }
}

/** Every way to read it at once: the end of one reply may be the beginning of the end of another. */
function wasShown(text: string, seen: readonly Seen[]): boolean {
  const ends = new Set([0])
  for (const one of seen) for (const from of [...ends]) if (one.text !== '' && text.startsWith(one.text, from)) ends.add(from + one.text.length)
  return ends.has(text.length)
}

/** A part is shown again only where the service could not know that it had arrived: the answer was lost, or it was stopped before it could note it down. */
export function checkRepeats(platforms: Platforms, people: Iterable<Phone>, history: History, say: Say): void {
  const breaks = [...history.counts.kills.values()].reduce((sum, times) => sum + times, 0)
  const all = [...people]
  for (const { name, met } of platforms.list) {
    const own = all.filter((person) => person.channel === name && !person.restored)
    const repeats = own.reduce((sum, person) => sum + person.repeats, 0)
    const lost = met.get('lost_ack') ?? 0
    history.counts.repeats.set(name, Math.max(repeats, history.counts.repeats.get(name) ?? 0))
    if (repeats > lost + breaks * Math.min(16, own.length))
      say('phone_repeats', `${name}: ${repeats} after ${lost} lost answers and ${breaks} breaks`)
    for (const person of own)
      if (person.repeats > lost + breaks)
        say('phone_repeats', `${name}: ${person.repeats} to one person after ${lost} lost answers and ${breaks} breaks`)
  }
}
