/** What Zalo's error numbers mean for a message: when to try again, and whether it is the person, the whole channel, or us. */
import { DeliveryError } from '../../bot/delivery/relay.ts'
import type { TokenError } from './tokens.ts'

/** The access token is no longer good: -216 and -220 by Zalo's pages. */
const TOKEN_GONE: ReadonlySet<number> = new Set([-216, -220])
/** Said of tokens in lists of third parties, of other things in others. */
const TOKEN_PERHAPS: ReadonlySet<number> = new Set([-124, -201])
/** Not followed, blocked, gone, or not to be written to; the person's next message says that it is over. */
const BLOCKED: ReadonlySet<number> = new Set([-213, -217, -218, -227, -244])
/** The person has not written for seven days. */
const WINDOW_CLOSED: ReadonlySet<number> = new Set([-230, -232])
const NIGHT = -234
const TOO_OFTEN = -32
/** Something that only the operator can put right with Zalo. */
const SETTING: ReadonlySet<number> = new Set([-209, -212, -219, -221, -223, -224, -240, -320, -321])

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

/** @returns whether the access token is at fault: certainly, perhaps, or not. */
export function tokenFault(error: number): 'certain' | 'perhaps' | 'none' {
  if (TOKEN_GONE.has(error)) return 'certain'
  return TOKEN_PERHAPS.has(error) ? 'perhaps' : 'none'
}

/** @returns whether the operator has to put something right with Zalo. */
export function isSetting(error: number): boolean {
  return SETTING.has(error)
}

/**
 * @param error Zalo's number, not 0
 * @param now milliseconds UTC
 * @returns what it means for a message that Zalo did not take, which is certain
 */
export function refusal(error: number, now: number): DeliveryError {
  if (BLOCKED.has(error)) return new DeliveryError('blocked', 'when_heard')
  if (WINDOW_CLOSED.has(error)) return new DeliveryError('window_closed', 'when_heard')
  if (error === NIGHT) return new DeliveryError('night', { afterMs: untilMorning(now) })
  if (error === TOO_OFTEN) return tooOften(MINUTE_MS)
  if (isSetting(error)) return new DeliveryError(`setting_${-error}`, 'later', { wholeChannel: true })
  if (tokenFault(error) === 'certain') return new DeliveryError('token_refused', 'later', { wholeChannel: true })
  return new DeliveryError('refused', 'later')
}

/** @returns that there were too many calls; `afterMs`: until the next may be made. */
export function tooOften(afterMs: number): DeliveryError {
  return new DeliveryError('rate', { afterMs }, { wholeChannel: true })
}

/** @returns what it means for a message that there is no access token: it was not sent. */
export function withoutToken({ code }: TokenError): DeliveryError {
  return code === 'rate' ? tooOften(MINUTE_MS) : new DeliveryError(code, 'later', { wholeChannel: true })
}

/** @returns how long until six in the morning in Vietnam. */
function untilMorning(now: number): number {
  const day = 24 * HOUR_MS
  const sinceMidnight = (now + 7 * HOUR_MS) % day
  return (6 * HOUR_MS - sinceMidnight + day) % day || day
}
