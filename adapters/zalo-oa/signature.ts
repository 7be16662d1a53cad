/** Whether an event comes from Zalo: a plain SHA-256 over the app's id, the bytes as they came, the time as it is written in them, and the OA's secret key. */
import { createHash, timingSafeEqual } from 'node:crypto'

/**
 * Retries come up to an hour after the event, so its age says nothing; repeats are known by their name.
 *
 * @param header X-ZEvent-Signature: "mac=<hex>" or the hex alone, in any case
 * @param secretKey the OA's secret key, not the app's
 * @returns whether the signature is right; compares in constant time, never throws
 */
export function verify(raw: Buffer, header: unknown, appId: string, secretKey: string): boolean {
  const said = macIn(header)
  if (!said) return false
  const right = createHash('sha256').update(appId).update(raw).update(timestampIn(raw)).update(secretKey).digest()
  return timingSafeEqual(said, right)
}

function macIn(header: unknown): Buffer | undefined {
  const hex = typeof header === 'string' ? /^\s*(?:mac\s*=\s*)?([0-9a-f]{64})\s*$/i.exec(header)?.[1] : undefined
  return hex === undefined ? undefined : Buffer.from(hex, 'hex')
}

/**
 * @returns the outermost "timestamp" exactly as written, without quotes; '' where there is none. Who knows the key may sign an event without a time: it is read
 * as any other, and found to be none.
 */
export function timestampIn(raw: Buffer): string {
  const text = raw.toString('utf8')
  // Only in what is JSON can each piece be found in one go, whatever a stranger sends.
  return isObject(text) ? outermostTimestamp(text) : ''
}

function isObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}

const PIECE = /"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g

/** The last one counts, as it does for JSON.parse. */
function outermostTimestamp(json: string): string {
  let depth = 0
  let key = ''
  let before = ''
  let found = ''
  for (const [piece] of json.matchAll(PIECE)) {
    if (piece === ':' && depth === 1) key = unquoted(before)
    else if (before === ':' && depth === 1 && key === 'timestamp') found = /^["\d-]/.test(piece) ? unquoted(piece) : ''
    if (piece === '{' || piece === '[') depth += 1
    if (piece === '}' || piece === ']') depth -= 1
    before = piece
  }
  return found
}

function unquoted(piece: string): string {
  return piece.startsWith('"') ? String(JSON.parse(piece)) : piece
}
