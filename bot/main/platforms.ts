/** The messaging platforms that are switched on: opened here, joined with the core, and named nowhere else. */
import { createHmac } from 'node:crypto'
import { openSealer } from '../../adapters/operations/sealed-number.ts'
import type { PlatformAdapter } from '../../adapters/platform/adapter.ts'
import { type Outside, openOutside } from '../../adapters/platform/outside.ts'
import { openTelegram } from '../../adapters/telegram/adapter.ts'
import { openZaloBot } from '../../adapters/zalo-bot/adapter.ts'
import { openZaloOa } from '../../adapters/zalo-oa/adapter.ts'
import { openTokenFile } from '../../adapters/zalo-oa/token-file.ts'
import type { Config } from '../config.ts'
import type { Seal } from '../delivery/message.ts'

export interface Platform {
  readonly name: string
  readonly adapter: PlatformAdapter
  /** What the plan allows; 0: without a limit. */
  readonly plan: Plan
}

export interface Plan {
  readonly mostUsers: number
  /** A month, in both directions. */
  readonly mostMessages: number
}

export interface Platforms {
  readonly list: readonly Platform[]
  /** @returns the pseudonym under which a person of a channel is known: the same for ever, and nobody can tell the id from it without this installation's key. */
  pseudonym(channel: string, id: string): string
  /** Seals the account that money was sent to. */
  readonly seal: Seal
  /** Breaks what is still under way; it is tried again at the next start. */
  close(): Promise<void>
}

interface PlatformParts {
  readonly config: Config
  readonly key: Buffer
  readonly clock: () => number
  /** A code of something that is not as it should be. */
  readonly told: (channel: string, code: string) => void
  /** A message went out that costs something. */
  readonly charged: (channel: string) => void
}

const UNLIMITED: Plan = { mostUsers: 0, mostMessages: 0 }

/** @returns the platforms that the settings switch on. */
export function openPlatforms(parts: PlatformParts): Platforms {
  const outside = openOutside(parts.config.allowPrivateHosts)
  return {
    list: [...telegram(parts, outside), ...zaloBot(parts, outside), ...zaloOa(parts, outside)],
    pseudonym: (channel, id) => createHmac('sha256', parts.key).update(`person\0${channel}\0${id}`).digest('hex').slice(0, 32),
    seal: openSealer(parts.key).seal,
    close: () => outside.close(),
  }
}

function telegram({ config, clock }: PlatformParts, outside: Outside): Platform[] {
  if (!config.telegram) return []
  const adapter = openTelegram({ setting: config.telegram, outside, clock, maxFileBytes: config.attachmentMaxBytes })
  return [{ name: adapter.channel.name, adapter, plan: UNLIMITED }]
}

function zaloBot({ config }: PlatformParts, outside: Outside): Platform[] {
  if (!config.zaloBot) return []
  const { mostUsers, mostMessages } = config.zaloBot
  const adapter = openZaloBot({ setting: config.zaloBot, outside, maxFileBytes: config.attachmentMaxBytes })
  return [{ name: adapter.channel.name, adapter, plan: { mostUsers, mostMessages } }]
}

function zaloOa({ config, key, clock, told, charged }: PlatformParts, outside: Outside): Platform[] {
  if (!config.zaloOa) return []
  const name = 'zalo-oa'
  const tokens = openTokenFile(config.dataFolder, key, (code) => told(name, code))
  const events = { trouble: (code: string) => told(name, code), charged: () => charged(name) }
  const adapter = openZaloOa({ setting: config.zaloOa, outside, clock, tokens, events, maxFileBytes: config.attachmentMaxBytes })
  return [{ name: adapter.channel.name, adapter, plan: UNLIMITED }]
}
