/** The three messaging platforms of a run: the fakes, their weather, and what the service must be started with to talk to them. */
import type { Fake, Trouble } from '../fakes/fake.ts'
import { startFakeTelegram } from '../fakes/telegram.ts'
import { startFakeZaloBot } from '../fakes/zalo-bot.ts'
import { type FakeZaloOa, startFakeZaloOa } from '../fakes/zalo-oa.ts'
import type { Random } from './random.ts'

export const PLATFORM_NAMES = ['telegram', 'zalo-bot', 'zalo-oa'] as const
export type PlatformName = (typeof PLATFORM_NAMES)[number]

export interface Platform {
  readonly name: PlatformName
  readonly fake: Fake
  /** How often each trouble was met on the way out. */
  readonly met: Map<Trouble['kind'], number>
}

export interface Platforms {
  readonly list: readonly Platform[]
  readonly oa: FakeZaloOa
  /** For the service. */
  readonly env: Readonly<Record<string, string>>
  /** What may be in nothing that the service prints. */
  readonly secrets: readonly string[]
  /** `patient`: also what takes half a minute to notice. */
  bad(patient: boolean): void
  fair(): void
  /** Zalo gave up on a webhook that did not answer; the operator switches it on again. */
  resubscribe(): void
  deliverTo(service: string): void
  close(): Promise<void>
}

/** A person tries for as long as it takes, and so do these platforms: who gives up would only be typed again. */
const MANY_TRIES = 4_000
const AGAIN_MS = 150
const LIKELY = 0.2

/** @returns the platforms, in fair weather. */
export async function startPlatforms(random: Random): Promise<Platforms> {
  const telegram = await startFakeTelegram({ mostTries: MANY_TRIES })
  const zaloBot = await startFakeZaloBot({ tries: MANY_TRIES, retryPauseMs: AGAIN_MS })
  const oa = await startFakeZaloOa({ pausesMs: Array.from({ length: MANY_TRIES }, () => AGAIN_MS) })
  const platform = (name: PlatformName, fake: Fake): Platform => ({ name, fake, met: new Map() })
  const list = [platform('telegram', telegram), platform('zalo-bot', zaloBot), platform('zalo-oa', oa)]
  const chances = list.map(() => random.fork())
  return {
    list,
    oa,
    env: { ...environment(list.map(({ fake }) => fake)), ZALO_BOT_MOST_USERS: '0', ZALO_BOT_MOST_MESSAGES: '0' },
    secrets: list.flatMap(({ fake }) => secretsOf(fake)),
    bad: (patient) => {
      for (const [i, one] of list.entries()) {
        const kinds = [...QUICK[one.name], ...(patient ? SLOW : [])]
        one.fake.badDay(LIKELY, kinds, counting(chances[i] ?? random, kinds, one.met))
      }
    },
    fair: () => {
      for (const { fake } of list) fake.badDay(0, [], () => 1)
    },
    resubscribe: () => oa.resubscribe(),
    deliverTo: (service) => {
      for (const { fake } of list) fake.deliverTo(service)
    },
    close: async () => void (await Promise.all(list.map(({ fake }) => fake.close()))),
  }
}

/** Lists of hosts are joined, everything else stands side by side. */
export function environment(fakes: readonly Fake[]): Record<string, string> {
  const joined = (name: string) =>
    fakes
      .map(({ env }) => env[name])
      .filter(Boolean)
      .join(',')
  const all = Object.assign({}, ...fakes.map(({ env }) => env)) as Record<string, string>
  return { ...all, ALLOW_PRIVATE_HOSTS: joined('ALLOW_PRIVATE_HOSTS'), ZALO_MEDIA_HOSTS: joined('ZALO_MEDIA_HOSTS') }
}

function secretsOf({ env }: Fake): string[] {
  const named = Object.entries(env).filter(([name]) => /TOKEN|SECRET/.test(name))
  // Tokens that Zalo hands out later begin like these.
  return [...named.map(([, value]) => value), 'access-of-the-fake', 'refresh-of-the-fake']
}

const LOST: Trouble = { kind: 'lost_ack' }
const BROKEN: readonly Trouble[] = [{ kind: 'status', status: 500 }, LOST, LOST, { kind: 'reset' }, { kind: 'not_json' }]
/** After too many calls Zalo lets a channel rest for a minute: the run lets that minute pass by the clock of the service. */
const QUICK: Readonly<Record<PlatformName, readonly Trouble[]>> = {
  telegram: [...BROKEN, { kind: 'rate', retryAfter: 1 }],
  'zalo-bot': [...BROKEN, { kind: 'rate', retryAfter: 0 }],
  'zalo-oa': [...BROKEN, { kind: 'rate', retryAfter: 0 }],
}
const SLOW: readonly Trouble[] = [{ kind: 'hang' }]

/** A fake draws twice: whether there is trouble, and then which. */
function counting(random: Random, kinds: readonly Trouble[], met: Map<Trouble['kind'], number>): () => number {
  let picking = false
  return () => {
    const drawn = random.next()
    const kind = picking ? kinds[Math.floor(drawn * kinds.length)]?.kind : undefined
    picking = !picking && drawn < LIKELY
    if (kind) met.set(kind, (met.get(kind) ?? 0) + 1)
    return drawn
  }
}
