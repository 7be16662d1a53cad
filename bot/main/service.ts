/**
 * The service: every part opened in order, joined, run, and closed in the opposite order.
 *
 *   lock → store → erase again what a restored backup brought back → doors (HTTP) → turns, downloads, handovers, polls, relays, timers
 *   stop: doors → turns, downloads, handovers, polls and timers finish what is in hand → relays send what is due → store → lock
 *
 * Messages are taken as soon as the store is open, also while the index is still being read: they wait in the inbox.
 */
import type { FastifyInstance } from 'fastify'
import { StorageError } from '../../adapters/storage/database.ts'
import { lockService } from '../../adapters/storage/service-lock.ts'
import type { Config } from '../config.ts'
import { alerts } from './alerting.ts'
import { firstLink, officersConsole } from './console.ts'
import { watchDesk } from './console-watch.ts'
import { buildDoors } from './doors.ts'
import { faultEvent } from './log.ts'
import { downloads, handovers, housekeeping, lanes, polls, relays, tending, timers, warnings } from './loops.ts'
import { closeParts, openParts, type Parts, type ServiceOptions } from './parts.ts'

export type { Exchangeable, ServiceOptions } from './parts.ts'

export interface Service {
  /** Where it listens. */
  readonly address: string
  /** Resolves once questions can be answered; rejects with a sentence when they never will be. */
  readonly opened: Promise<void>
  /** With which the first administrator of the console sets their account up, once; undefined where somebody can sign in already. */
  readonly firstLink: string | undefined
  /** Stops in order. Resolves when everything is on disk and closed. */
  stop(): Promise<void>
}

/** Opens and starts everything. Throws a sentence for the operator when something of it cannot be had; then nothing is left running and the folder is free again. */
export async function startService(given: ServiceOptions): Promise<Service> {
  const unlock = lockService(given.config.dataFolder)
  try {
    return await startLocked(given, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

async function startLocked(given: ServiceOptions, unlock: () => void): Promise<Service> {
  const parts = await openParts(given)
  try {
    let base = given.config.publicUrl
    const { door } = await officersConsole(parts, () => base ?? '')
    const server = buildDoors(parts, door)
    const address = await listen(server, given.config)
    base ??= address
    return { address, opened: parts.answerer.opened, firstLink: await firstLink(parts, base), stop: stopper(parts, server, unlock) }
  } catch (error) {
    await closeParts(parts)
    throw error
  }
}

async function listen(server: FastifyInstance, { host, port }: Config): Promise<string> {
  try {
    return await server.listen({ host, port })
  } catch (error) {
    await server.close()
    const code = (error as NodeJS.ErrnoException).code ?? ''
    const why = LISTEN_TROUBLE[code]
    throw why === undefined ? error : new StorageError(`Không mở được cổng ${port} trên ${host}: ${why}.`, { cause: error })
  }
}

const LISTEN_TROUBLE: Readonly<Record<string, string>> = {
  EADDRINUSE: 'một chương trình khác đang dùng cổng này; dừng nó hoặc đặt PORT sang số khác',
  EACCES: 'không có quyền mở cổng này; đặt PORT từ 1024 trở lên',
  EADDRNOTAVAIL: 'máy này không có địa chỉ đó; kiểm tra HOST',
}

/** Starts the loops, now that the doors are open. @returns what stops everything in order. */
function stopper(parts: Parts, server: FastifyInstance, unlock: () => void): () => Promise<void> {
  const ending = new AbortController()
  const closing = new AbortController()
  const { signal } = ending
  const loops = [
    ...lanes(parts, signal),
    downloads(parts, signal),
    handovers(parts, signal),
    ...polls(parts, signal),
    ...tending(parts, signal),
    timers(parts, signal),
    warnings(parts, signal),
    alerts(parts, signal),
    watchDesk(parts, signal),
    housekeeping(parts, signal),
  ]
  const sending = relays(parts)
  const running = sending.map((relay) => relay.run(closing.signal))
  return async () => {
    parts.live.endAll()
    await server.close()
    ending.abort()
    ring(parts)
    const hurry = hurryAfter(parts)
    await Promise.all(loops)
    closing.abort()
    ring(parts)
    await Promise.all(running)
    for (const relay of sending) await relay.sendDue().catch((error) => parts.options.log(faultEvent('relay', error)))
    clearTimeout(hurry)
    await closeParts(parts)
    unlock()
  }
}

function ring({ arrived, decided, toFetch, toHandOver, stirred }: Parts): void {
  for (const bell of [arrived, decided, toFetch, toHandOver, stirred]) bell.ring()
}

/** A platform that does not answer must not hold up a stop: what is under way is broken off, and tried again at the next start. */
function hurryAfter({ config, platforms, intake }: Parts): NodeJS.Timeout {
  return setTimeout(() => void Promise.all([platforms.close(), intake.close()]), config.stopMs / 2).unref()
}
