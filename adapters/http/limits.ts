/**
 * Who may ask how much, decided before any work is done: token buckets for the visitor, for the network address and for the whole service.
 *
 * Why not a library: rate-limiter-flexible counts in fixed windows on `Date.now` with a timer a key, keeps a Map without a bound, and charges a request
 * that it refuses; @fastify/rate-limit limits one route by one key on its own clock; `limiter` is a single bucket on its own clock. None can ask three
 * buckets and charge all or none. What is left is the arithmetic of one bucket, below.
 *
 * A bucket is kept as what is *used* of it, which drains as time goes by, so a bucket that is not there is an unused one:
 *
 *   used ▲   ┌ cost of one request = the window in ms
 *   room ┤   │   refused, nothing charged
 *        │  ┌┤  ╲         drains `limit` a millisecond,
 *        │ ┌┘     ╲       all of it in one window
 *        └─┴────────╲──▶ ms
 *
 * In these units (requests × ms) everything is a whole number and nothing is ever rounded. In any stretch as long as the window at most twice the limit
 * gets through (a full bucket, and what drains meanwhile).
 */
import { isIPv4, isIPv6 } from 'node:net'
import type { Limits } from '../../bot/config.ts'
import type { LimitCode } from '../../bot/wording/limits.ts'

export type { Limits }

export type RequestKind = 'message' | 'session' | 'attachment' | 'ask'

/** `retryAfterSeconds`: whole seconds, at least 1, after which the same request gets through if nobody else took the room meanwhile. */
export type Admission = { readonly ok: true } | { readonly ok: false; readonly code: LimitCode; readonly retryAfterSeconds: number }

export interface Limiter {
  /**
   * Charges every bucket that the request falls into, or, when one of them has no room, none.
   * @param visitor the visitor whose token was verified; undefined where there is none. A name that was not verified must not come here: it would be a fresh bucket.
   * @param address as the server saw it; anything that is no IP address counts as one and the same address
   * @returns on refusal the narrowest limit that was met: visitor before address before global
   */
  admit(kind: RequestKind, visitor: string | undefined, address: string): Admission
  /** @returns how many visitors and addresses are remembered: at most {@link MOST_KEPT} of each */
  size(): { readonly visitors: number; readonly addresses: number }
}

/** Most visitors, and most addresses, that are remembered. */
export const MOST_KEPT = 10_000
const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
/** The longest window: after this long without a request every bucket is unused, so no more time than this ever matters. */
const LONGEST = HOUR

const ADMITTED: Admission = { ok: true }

/** How wide a bucket is. */
interface Rule {
  readonly code: LimitCode
  readonly limit: number
  readonly windowMs: number
}

/** What was used of one bucket at a moment of the limiter's own time; in requests × ms. */
interface Bucket {
  used: number
  at: number
}

/** The buckets of one visitor or address, by rule. */
type Owner = Map<Rule, Bucket>

/** A bucket that a request falls into: the rule, and where what is used is kept. */
interface Charge {
  readonly rule: Rule
  readonly shelf: Shelf
  readonly key: string
}

/**
 * @param limits all whole numbers from 1
 * @param clock milliseconds, as `Date.now`; may jump: backwards counts as no time at all, forwards as at most an hour
 * @throws {RangeError} naming the limit that is not a whole number from 1
 */
export function openLimits(limits: Limits, clock: () => number): Limiter {
  checkLimits(limits)
  const rules = rulesOf(limits)
  const visitors = new Shelf()
  const addresses = new Shelf()
  const everyone = new Shelf()
  const time = steadyTime(clock)

  function chargesOf(kind: RequestKind, visitor: string | undefined, address: string): Charge[] {
    const from = addressKey(address)
    const charges: Charge[] = []
    const add = (rule: Rule, shelf: Shelf, key: string) => charges.push({ rule, shelf, key })
    if (visitor !== undefined) {
      add(rules.visitorMinute, visitors, visitor)
      add(rules.visitorHour, visitors, visitor)
    }
    add(rules.addressMinute, addresses, from)
    if (kind === 'session' && visitor === undefined) add(rules.sessions, addresses, from)
    add(rules.global, everyone, '')
    return charges
  }

  return {
    admit(kind, visitor, address) {
      const now = time()
      const charges = chargesOf(kind, visitor, address)
      const refusal = refusalOf(charges, now)
      if (refusal) return refusal
      for (const { rule, shelf, key } of charges) shelf.charge(rule, key, now)
      return ADMITTED
    },
    size: () => ({ visitors: visitors.size, addresses: addresses.size }),
  }
}

function checkLimits(limits: Limits): void {
  for (const [name, value] of Object.entries(limits)) {
    if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`The limit ${name} must be a whole number from 1, not ${value}.`)
  }
}

/** Narrowest first: the first that has no room names the refusal. */
function rulesOf(limits: Limits) {
  return {
    visitorMinute: { code: 'visitor', limit: limits.perVisitorPerMinute, windowMs: MINUTE },
    visitorHour: { code: 'visitor', limit: limits.perVisitorPerHour, windowMs: HOUR },
    addressMinute: { code: 'address', limit: limits.perAddressPerMinute, windowMs: MINUTE },
    sessions: { code: 'address', limit: limits.sessionsPerAddressPerHour, windowMs: HOUR },
    global: { code: 'global', limit: limits.globalPerSecond, windowMs: SECOND },
  } as const satisfies Record<string, Rule>
}

/** @returns the refusal, or undefined when every bucket has room. The wait is that of the bucket that takes longest. */
function refusalOf(charges: readonly Charge[], now: number): Admission | undefined {
  let code: LimitCode | undefined
  let wait = 0
  for (const { rule, shelf, key } of charges) {
    const ms = waitFor(rule, shelf.used(rule, key, now))
    if (ms > 0) code ??= rule.code
    wait = Math.max(wait, ms)
  }
  return code && { ok: false, code, retryAfterSeconds: Math.ceil(wait / SECOND) }
}

/** @returns milliseconds until one more request has room; 0 when it has */
function waitFor({ limit, windowMs }: Rule, used: number): number {
  return Math.ceil(Math.max(0, used + windowMs - limit * windowMs) / limit)
}

function drained({ limit }: Rule, { used, at }: Bucket, now: number): number {
  return Math.max(0, used - (now - at) * limit)
}

/**
 * The limiter's own time: whole milliseconds since it was opened, the sum of the clock's forward steps. A clock set back thus stops nobody for longer
 * than before and gives nobody anything; one that says nonsense (NaN, Infinity) does no harm that lasts.
 */
function steadyTime(clock: () => number): () => number {
  let last = Math.floor(clock())
  let time = 0
  return () => {
    const reading = Math.floor(clock())
    const step = reading - last
    if (step > 0) time += Math.min(step, LONGEST)
    last = reading
    return time
  }
}

/** How many of the longest unseen are looked at when one must go. */
const LOOKED_AT = 32

/** Buckets by owner, the longest unseen first (a Map keeps the order of insertion), at most {@link MOST_KEPT} owners. */
class Shelf {
  readonly #owners = new Map<string, Owner>()

  get size(): number {
    return this.#owners.size
  }

  /** Also marks the owner as just seen, so that whoever keeps hammering, refused or not, is not forgotten. Makes no bucket. */
  used(rule: Rule, key: string, now: number): number {
    const owner = this.#owners.get(key)
    if (!owner) return 0
    this.#owners.delete(key)
    this.#owners.set(key, owner)
    const bucket = owner.get(rule)
    return bucket ? drained(rule, bucket, now) : 0
  }

  charge(rule: Rule, key: string, now: number): void {
    const used = this.used(rule, key, now) + rule.windowMs
    const owner = this.#owners.get(key) ?? this.#welcome(key, now)
    owner.set(rule, { used, at: now })
  }

  #welcome(key: string, now: number): Owner {
    if (this.#owners.size >= MOST_KEPT) this.#forgetOne(now)
    const owner: Owner = new Map()
    this.#owners.set(key, owner)
    return owner
  }

  /**
   * Of the longest unseen the one that used least: forgetting an unused bucket loses nothing, and a flood of newcomers, each with one request, pushes
   * out its own kind rather than somebody who has met a limit and waits for the flood to wash that away.
   */
  #forgetOne(now: number): void {
    let least: { key: string; share: number } | undefined
    let looked = 0
    for (const [key, owner] of this.#owners) {
      const share = shareUsed(owner, now)
      if (!least || share < least.share) least = { key, share }
      if (++looked === LOOKED_AT) break
    }
    if (least) this.#owners.delete(least.key)
  }
}

/** @returns how full the fullest bucket is, 0 to 1 */
function shareUsed(owner: Owner, now: number): number {
  let most = 0
  for (const [rule, bucket] of owner) most = Math.max(most, drained(rule, bucket, now) / (rule.limit * rule.windowMs))
  return most
}

/** Counted as one address: whatever is no IP address. */
const GARBAGE = 'garbage'

/**
 * @param address as the socket or the proxy says it, with or without a zone (`%eth0`)
 * @returns the key it is counted by: IPv4 whole (also when mapped into IPv6, `::ffff:1.2.3.4`), IPv6 by its /64
 */
export function addressKey(address: string): string {
  if (isIPv4(address)) return address
  if (!isIPv6(address)) return GARBAGE
  const groups = groupsOf(address)
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (isMapped) return dotted(groups.slice(6))
  return groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')
}

/** @param address a valid IPv6 address @returns its eight 16-bit groups */
function groupsOf(address: string): number[] {
  const [bare = ''] = address.split('%')
  const [head = '', tail] = bare.split('::')
  const before = groupsIn(head)
  if (tail === undefined) return before
  const after = groupsIn(tail)
  return [...before, ...Array<number>(8 - before.length - after.length).fill(0), ...after]
}

function groupsIn(part: string): number[] {
  if (part === '') return []
  return part.split(':').flatMap((group) => (isIPv4(group) ? pairs(group.split('.').map(Number)) : [Number.parseInt(group, 16)]))
}

const pairs = ([a = 0, b = 0, c = 0, d = 0]: number[]): number[] => [a * 256 + b, c * 256 + d]

const dotted = (groups: readonly number[]): string => groups.flatMap((group) => [group >> 8, group & 255]).join('.')
