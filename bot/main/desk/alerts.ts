/** Telling officers of work, as the console sets it. */
import { alertRoutes } from '../../../adapters/console/alerts.ts'
import type { ConsoleRoute } from '../../../adapters/console/route.ts'
import { isSpare } from '../alerting.ts'
import type { Parts } from '../parts.ts'
import { posterPlaces } from '../posters.ts'

export function alertsOf(parts: Parts): readonly ConsoleRoute[] {
  const { store, config, channels, platforms } = parts
  return alertRoutes({
    ...{ store, hours: config.alerts.hours, isSpare: (channel, now) => isSpare(parts, channel, now) },
    channels: () => {
      const places = posterPlaces(parts)
      return channels.map(({ name, capabilities }) => ({
        ...{ name, capabilities, address: places.find(({ channel }) => channel === name)?.address },
        mostMessages: platforms.list.find((one) => one.name === name)?.plan.mostMessages ?? 0,
      }))
    },
  })
}
