/** A real service in this process and the three platforms around it. */
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { readConfig } from '../../bot/config.ts'
import type { LogEvent } from '../../bot/main/log.ts'
import { type Service, type ServiceOptions, startService } from '../../bot/main/service.ts'
import { SILENT } from '../../retrieval/open.ts'
import { DATA } from '../bot/open.ts'
import { Canary } from '../canary.ts'
import { environment, PLATFORM_NAMES, type PlatformName } from '../crash/platforms.ts'
import type { Fake, Shown } from '../fakes/fake.ts'
import { type FakeTelegram, startFakeTelegram } from '../fakes/telegram.ts'
import { type FakeZaloBot, startFakeZaloBot } from '../fakes/zalo-bot.ts'
import { type FakeZaloOa, startFakeZaloOa } from '../fakes/zalo-oa.ts'

/** One person on each platform. */
export const PEOPLE: Readonly<Record<PlatformName, string>> = {
  telegram: '50110001',
  'zalo-bot': 'a1b2c3d4e5f6a7b8c9d0',
  'zalo-oa': '8899776655443322110',
}

export interface Town {
  readonly telegram: FakeTelegram
  readonly 'zalo-bot': FakeZaloBot
  readonly 'zalo-oa': FakeZaloOa
  readonly folder: string
  readonly logged: LogEvent[]
  /** Starts the service; `reachable`: the platforms can call it. */
  start(options?: Starting): Promise<Service>
  /** Resolves once such an event is logged, or has been. */
  whenLogged(fits: (event: LogEvent) => boolean): Promise<LogEvent>
  /** What the only person of a platform was shown. */
  shown(name: PlatformName): readonly Shown[]
  read<T>(query: string): readonly T[]
  close(): Promise<void>
}

export interface Starting extends Partial<Pick<ServiceOptions, 'clock' | 'exchange' | 'random'>> {
  readonly reachable?: boolean
  readonly env?: Readonly<Record<string, string>>
}

/**
 * @param index `own` where the test changes the library: the one that all tests share must stay as it is
 * @returns the platforms and an empty folder; the index of the tests must be there.
 */
export async function openTown(index: 'shared' | 'own' = 'shared'): Promise<Town> {
  const folder = mkdtempSync(join(tmpdir(), 'an-tam-town-'))
  if (index === 'own') cpSync(join(DATA, 'index'), join(folder, 'index'), { recursive: true })
  else symlinkSync(join(DATA, 'index'), join(folder, 'index'))
  const fakes = { telegram: await startFakeTelegram(), 'zalo-bot': await startFakeZaloBot({ tries: 100 }), 'zalo-oa': await startFakeZaloOa() }
  const list: readonly Fake[] = PLATFORM_NAMES.map((name) => fakes[name])
  const logged: LogEvent[] = []
  const canary = new Canary()
  const watchers = new Set<() => void>()
  const running: Service[] = []
  const log = (event: LogEvent) => {
    logged.push(event)
    canary.look(event)
    for (const look of watchers) look()
  }
  return {
    ...{ ...fakes, folder, logged },
    start: async ({ reachable = true, env = {}, ...more } = {}) => {
      const config = readConfig({
        ...environment(list),
        ANTAM_DATA: folder,
        PORT: '0',
        ...(reachable ? { PUBLIC_URL: 'http://127.0.0.1' } : {}),
        ...env,
      })
      const service = await startService({ config, log, progress: SILENT, ...more })
      running.push(service)
      if (reachable) for (const fake of list) fake.deliverTo(service.address)
      await service.opened
      return service
    },
    whenLogged: (fits) =>
      new Promise((done) => {
        const look = () => {
          const found = logged.find(fits)
          if (found) done(found)
        }
        watchers.add(look)
        look()
      }),
    shown: (name) => fakes[name].shown(PEOPLE[name]),
    read: (query) => {
      const file = new Database(join(folder, 'an-tam.sqlite'), { readonly: true, timeout: 5_000 })
      try {
        return file.prepare(query).all() as never
      } finally {
        file.close()
      }
    },
    close: async () => {
      // Who has stopped already cannot stop again.
      for (const service of running) await service.stop().catch(() => undefined)
      for (const fake of list) await fake.close()
      rmSync(folder, { recursive: true, force: true })
      canary.ask()
    },
  }
}
