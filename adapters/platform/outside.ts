/** The way out: no call reaches a private address but those that the operator listed. */
import { type LookupAddress, lookup } from 'node:dns'
import { BlockList, connect, isIP, type LookupFunction, type Socket } from 'node:net'
import { Agent, buildConnector, type Dispatcher } from 'undici'

export interface Outside {
  readonly dispatcher: Dispatcher
  /** @returns whether the operator listed exactly this host and port, so that it may be private and need no TLS. */
  isListed(url: URL): boolean
  close(): Promise<void>
}

/** A connection that was refused because it led to an address that is not public; without the address. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError'
  readonly code = 'EPRIVATE'
  constructor() {
    super('the address is not public')
  }
}

const CONNECT_MS = 10_000

/**
 * The name is looked up once for each connection, and the connection goes to the addresses that were checked: an answer that changes in between reaches nothing.
 * Redirects are never followed: undici's `request` follows none.
 *
 * @param allowPrivate hosts that may be private, as "127.0.0.1:8080", "may-chu.lan:443" or "[::1]:8080"; the host as written in the URL, or the address behind it
 */
export function openOutside(allowPrivate: readonly string[]): Outside {
  const listed = new Set(allowPrivate.map(listedKey))
  const agent = new Agent({ connect: guarded(listed) })
  return {
    dispatcher: agent,
    isListed: (url) => listed.has(keyOf(url.hostname, portOf(url))),
    close: () => agent.destroy(),
  }
}

/** Spelled as a URL spells it, so that 127.1 and 127.0.0.1 are the same. Throws for what is no host and port. */
function listedKey(entry: string): string {
  const url = new URL(`http://${entry}`)
  return keyOf(url.hostname, portOf(url))
}

/** @returns the port of an address, the usual one of its protocol where it names none. */
export function portOf({ port, protocol }: URL): string {
  return port || (protocol === 'https:' ? '443' : '80')
}

function keyOf(host: string, port: string): string {
  return `${host.replace(/^\[|\]$/g, '').toLowerCase()}:${port}`
}

/** One connector a port: what resolves a name is not told the port, yet an address may be listed with one port only. */
function guarded(listed: ReadonlySet<string>): buildConnector.connector {
  const connectors = new Map<string, buildConnector.connector>()
  const open = buildConnector({ timeout: CONNECT_MS })
  return (options, callback) => {
    const port = String(options.port || (options.protocol === 'https:' ? 443 : 80))
    const allowed = (host: string) => listed.has(keyOf(host, port))
    if (allowed(options.hostname)) return open(options, callback)
    // An address needs no look-up, so it is checked here.
    if (isIP(bare(options.hostname)) !== 0 && !isPublic(bare(options.hostname))) return callback(new PrivateAddressError(), null)
    const connect = connectors.get(port) ?? buildConnector({ timeout: CONNECT_MS, lookup: checkedLookup(allowed) } as buildConnector.BuildOptions)
    connectors.set(port, connect)
    return connect(options, callback)
  }
}

/**
 * A connection for what is not HTTP, under the same rules; the caller begins TLS on it. @returns the socket, once it is connected; rejects with the network's own error, or
 * with {@link PrivateAddressError}.
 */
export function connectOutside(allowPrivate: readonly string[], host: string, port: number, signal: AbortSignal): Promise<Socket> {
  const listed = new Set(allowPrivate.map(listedKey))
  const allowed = (name: string) => listed.has(keyOf(name, String(port)))
  return new Promise((resolve, reject) => {
    if (isIP(bare(host)) !== 0 && !isPublic(bare(host)) && !allowed(host)) return reject(new PrivateAddressError())
    const socket = connect({ host: bare(host), port, signal, ...(allowed(host) ? {} : { lookup: checkedLookup(allowed) }) })
    socket.once('connect', () => {
      socket.off('error', reject)
      resolve(socket)
    })
    socket.once('error', reject)
  })
}

const bare = (host: string) => host.replace(/^\[|\]$/g, '')

/** @returns a look-up that knows only addresses which are public or `allowed`; what it hands out is what is connected to. */
function checkedLookup(allowed: (address: string) => boolean): LookupFunction {
  return (hostname, options, callback) =>
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const safe = error ? [] : addresses.filter(({ address }) => isPublic(address) || allowed(address))
      const [first] = safe
      if (error || !first) return callback(error ?? new PrivateAddressError(), '')
      if (options.all) return callback(null, safe satisfies LookupAddress[])
      return callback(null, first.address, first.family)
    })
}

const NOT_PUBLIC_4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
]

/** Inside of what is handed out to the world, what leads elsewhere: Teredo and other tunnels, documentation, 6to4. */
const NOT_PUBLIC_6: readonly (readonly [string, number])[] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]

function blockList(nets: readonly (readonly [string, number])[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList()
  for (const [net, prefix] of nets) list.addSubnet(net, prefix, family)
  return list
}

const privateV4 = blockList(NOT_PUBLIC_4, 'ipv4')
const privateV6 = blockList(NOT_PUBLIC_6, 'ipv6')
/** Everything else of IPv6 is loopback, link-local, unique-local, multicast, an IPv4 address in disguise, or reserved. */
const worldV6 = blockList([['2000::', 3]], 'ipv6')

/** @returns whether an IP address can be reached from anywhere in the world; false for what is no address. */
export function isPublic(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !privateV4.check(address, 'ipv4')
  // A zone ("fe80::1%eth0") only ever belongs to an address that is not public.
  return family === 6 && !address.includes('%') && worldV6.check(address, 'ipv6') && !privateV6.check(address, 'ipv6')
}
