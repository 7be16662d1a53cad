/** The platforms of the demonstration, without a network: what is sent there has arrived, and nobody reads it. */
import { TELEGRAM } from '../../../adapters/telegram/read.ts'
import { ZALO_OA } from '../../../adapters/zalo-oa/read.ts'
import type { Channel } from '../../delivery/channel.ts'
import type { Exchangeable } from '../parts.ts'

export const DEMO_PLATFORMS = [TELEGRAM, ZALO_OA] as const

/** @returns the parts of a service with those platforms beside its own channels. */
export function withDemoPlatforms(parts: Exchangeable): Exchangeable {
  return { ...parts, channels: [...parts.channels, ...DEMO_PLATFORMS.map(silent)] }
}

function silent(name: string): Channel {
  return {
    name,
    capabilities: {
      ...{ idempotentSend: true, reachesAway: true, showsOwner: false, typing: false, maxTextLength: null },
      ...{ buttons: Number.POSITIVE_INFINITY, proactiveWindowMs: null },
    },
    send: async () => undefined,
  }
}
