/** QR codes that open the chat on each channel, for the console and as sheets to hang up. An address that nobody knows is never made up. */
import { toString as qrOf } from 'qrcode'
import { z } from 'zod'
import type { Association } from '../../bot/config.ts'
import { POSTER, POSTER_CHANNEL, POSTER_NEEDS, POSTER_NEEDS_ELSE } from '../../bot/wording/posters.ts'
import type { PostersView, PosterView } from './papers-contract.ts'
import { posterPage, type Sheet } from './poster-page.ts'
import { printed } from './printed.ts'
import { type ConsoleRoute, type Download, route } from './route.ts'
import { ConsoleTrouble } from './trouble.ts'

/** A channel that is on. */
export interface PosterPlace {
  readonly channel: string
  /** Where a person opens the chat; undefined while nobody knows. */
  readonly address: string | undefined
}

export interface PosterParts {
  /** Asked anew each time: a bot may learn its own name late. */
  readonly places: () => readonly PosterPlace[]
  readonly association: Association
}

const query = z.object({ channel: z.string().max(40).optional() })

/** @returns the routes of posters. */
export function posterRoutes({ places, association }: PosterParts): readonly ConsoleRoute[] {
  return [
    route({ method: 'GET', url: '/posters', may: 'report.read', handle: async () => list(places()) }),
    route({
      ...{ method: 'GET', url: '/posters/print', may: 'report.read', query },
      handle: ({ query: { channel } }) => print(places(), association, channel),
    }),
  ]
}

async function list(places: readonly PosterPlace[]): Promise<PostersView> {
  return { posters: await Promise.all(places.map(posterView)) }
}

async function posterView({ channel, address }: PosterPlace): Promise<PosterView> {
  const name = nameOf(channel)
  return address === undefined
    ? { channel, name, address: null, qr: null, note: POSTER_NEEDS[channel] ?? POSTER_NEEDS_ELSE }
    : { channel, name, address, qr: await codeOf(address), note: null }
}

async function print(places: readonly PosterPlace[], association: Association, channel: string | undefined): Promise<Download> {
  const wanted = places.filter((one) => channel === undefined || one.channel === channel)
  const sheets = (await Promise.all(wanted.map(sheetOf))).flat()
  if (sheets.length === 0) throw new ConsoleTrouble('conflict', channel === undefined ? POSTER.none : POSTER.unknown)
  return printed('ap-phich.html', (nonce) => posterPage(sheets, association, nonce))
}

async function sheetOf({ channel, address }: PosterPlace): Promise<readonly Sheet[]> {
  return address === undefined ? [] : [{ name: nameOf(channel), address, qr: await codeOf(address) }]
}

const nameOf = (channel: string): string => POSTER_CHANNEL[channel] ?? channel

/** Paper gets creased and faded: a quarter of the code may be lost. */
function codeOf(address: string): Promise<string> {
  return qrOf(address, { type: 'svg', margin: 2, errorCorrectionLevel: 'Q' })
}
