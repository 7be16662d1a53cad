/** Where people open the chat on each channel that is on, as far as the service itself knows. */
import type { PosterPlace } from '../../adapters/console/posters.ts'
import type { Parts } from './parts.ts'

/** @returns the channels, the web first. */
export function posterPlaces({ config, platforms }: Pick<Parts, 'config' | 'platforms'>): readonly PosterPlace[] {
  const others = platforms.list.map(({ name, adapter }) => ({ channel: name, address: withoutCode(adapter.invitation?.('')?.address) }))
  return [{ channel: 'web', address: config.publicUrl }, ...others]
}

/** An invitation ends with the code of one person's matter; a poster is for everybody. */
function withoutCode(address: string | undefined): string | undefined {
  if (address === undefined) return undefined
  const url = new URL(address)
  url.search = ''
  return url.href
}
