/** Fetching a person's file from the platform: only from hosts that are known, never through a redirect, and never more than may be kept. */
import { request } from 'undici'
import { FetchError, type Fetched } from '../../bot/delivery/relay.ts'
import { type Outside, portOf } from './outside.ts'

export interface FileRules {
  /** The host of the address must be one of these or lie below one; "host:port" where the port is not the usual one. */
  readonly hosts: readonly string[]
  readonly maxBytes: number
  /** For everything, from the look-up to the last byte. */
  readonly timeoutMs: number
  readonly headers?: Readonly<Record<string, string>>
}

/** @returns the file. Throws {@link FetchError}, which never holds the address: it may carry a token. */
export async function fetchFile(outside: Outside, url: string, rules: FileRules): Promise<Fetched> {
  if (!isAllowed(outside, url, rules.hosts)) throw new FetchError('unreachable', 'never')
  try {
    return await download(outside, url, rules)
  } catch (error) {
    // What the network said is left behind: it repeats the address.
    throw error instanceof FetchError ? error : new FetchError('unreachable', 'later')
  }
}

function isAllowed(outside: Outside, address: string, hosts: readonly string[]): boolean {
  if (!URL.canParse(address)) return false
  const url = new URL(address)
  if (url.username !== '' || url.password !== '') return false
  if (url.protocol !== 'https:' && !(url.protocol === 'http:' && outside.isListed(url))) return false
  return hosts.some((entry) => covers(entry.toLowerCase(), url))
}

/** "zdn.vn" covers https://zdn.vn and https://f1.zdn.vn, with the usual port only, and not https://evilzdn.vn. */
function covers(entry: string, url: URL): boolean {
  const { hostname } = url
  const usual = url.protocol === 'https:' ? '443' : '80'
  const [, host = entry, port = usual] = /^(.*?):(\d+)$/.exec(entry) ?? []
  return port === portOf(url) && (hostname === host || hostname.endsWith(`.${host}`))
}

async function download(outside: Outside, url: string, { maxBytes, timeoutMs, headers }: FileRules): Promise<Fetched> {
  const response = await request(url, {
    method: 'GET',
    dispatcher: outside.dispatcher,
    signal: AbortSignal.timeout(timeoutMs),
    ...(headers ? { headers } : {}),
  })
  const { statusCode, body } = response
  try {
    if (statusCode !== 200) throw new FetchError('unreachable', worthAnotherTry(statusCode) ? 'later' : 'never')
    if (Number(response.headers['content-length'] ?? 0) > maxBytes) throw new FetchError('too_large', 'never')
    return { bytes: await readUpTo(body, maxBytes), declared: String(response.headers['content-type'] ?? '') }
  } finally {
    // What is not wanted to the end is not read to the end.
    body.on('error', () => undefined).destroy()
  }
}

/** A redirect, and whatever the platform refuses, stays as it is. */
function worthAnotherTry(status: number): boolean {
  return status >= 500 || status === 408 || status === 425 || status === 429
}

async function readUpTo(body: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > maxBytes) throw new FetchError('too_large', 'never')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
