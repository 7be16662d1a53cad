/**
 * What officers are told of outside the console, and when. Pure: what there is to tell is read anew each time, so nothing is told that no longer holds.
 *
 *   all matters ─ not for them, switched off, told already ─▶ left out
 *               ─ console open and somebody before it? ─▶ nothing; what the page has just shown counts as told
 *               ─ outside the hours? ─▶ only danger, for who wants that
 *               ─ told of something a moment ago? ─▶ gathered; danger waits least
 */

/** Kinds that an officer can switch, in the order in which they are shown. */
export const ALERT_KINDS = ['danger', 'waiting', 'assigned', 'mention', 'proposed', 'call_back', 'stopped', 'digest'] as const
export type AlertKind = (typeof ALERT_KINDS)[number]

/** One thing to be told, once an officer. */
export interface Matter {
  /** The same for ever: what is told is remembered by it. */
  readonly key: string
  readonly kind: AlertKind
  /** Since when it is so. Milliseconds UTC. */
  readonly since: number
  /** Whom it is for; undefined: everybody. */
  readonly for?: readonly string[]
  /** Of a digest. */
  readonly counts?: DigestCounts
}

export interface DigestCounts {
  readonly dueToday: number
  readonly late: number
}

/** An officer who is told outside the console. */
export interface Alerted {
  readonly officer: string
  /** Kinds that are switched off. */
  readonly off: ReadonlySet<AlertKind>
  /** Told of danger at any hour. */
  readonly night: boolean
  readonly connectedAt: number
  /** When they were last sent something; null: never. */
  readonly lastAt: number | null
  /** Keys that were told already. */
  readonly told: ReadonlySet<string>
}

export interface AlertMoment {
  readonly now: number
  /** Whether the office works. */
  readonly open: boolean
  /** The officer sits before the console. */
  readonly watching: boolean
}

/** Between two messages to one officer. */
export const GATHER_MS = 3 * 60_000
export const DANGER_GATHER_MS = 30_000

/** What the page says by itself while it is looked at, and what stays in its lists. */
const SHOWN_ONCE: ReadonlySet<AlertKind> = new Set(['mention', 'assigned'])
/** Things that happened before somebody asked to be told are not told after it. */
const NEWS: ReadonlySet<AlertKind> = new Set(['mention', 'assigned'])

export interface Telling {
  /** To be said now, in one message; empty: nothing. */
  readonly say: readonly Matter[]
  /** Told from now on, though nothing is sent. */
  readonly seen: readonly Matter[]
}

/** @returns what is said to an officer now, and what they have seen by themselves. */
export function tellingOf(one: Alerted, matters: readonly Matter[], { now, open, watching }: AlertMoment): Telling {
  const news = matters.filter((matter) => isNews(one, matter))
  if (watching) return { say: [], seen: news.filter(({ kind }) => SHOWN_ONCE.has(kind)) }
  const timely = open ? news : news.filter(({ kind }) => kind === 'danger' && one.night)
  return { say: mayFollow(one, timely, now) ? timely : [], seen: [] }
}

function isNews({ officer, off, told, connectedAt }: Alerted, { key, kind, since, for: whom }: Matter): boolean {
  if (off.has(kind) || told.has(key) || (whom && !whom.includes(officer))) return false
  return !NEWS.has(kind) || since >= connectedAt
}

function mayFollow({ lastAt }: Alerted, matters: readonly Matter[], now: number): boolean {
  const pause = matters.some(({ kind }) => kind === 'danger') ? DANGER_GATHER_MS : GATHER_MS
  // A clock that was set back must keep nobody waiting.
  return lastAt === null || now - lastAt >= pause || now < lastAt
}
