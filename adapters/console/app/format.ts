/** Numbers and times as Vietnamese writes them, in the zone of Vietnam. Pure: what time it is comes as a parameter (ms UTC). */

import type { Unit } from '../../../bot/report/shape.ts'

const ZONE = 'Asia/Ho_Chi_Minh'
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

const clockFormat = new Intl.DateTimeFormat('vi-VN', { timeZone: ZONE, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const dayFormat = new Intl.DateTimeFormat('en-GB', { timeZone: ZONE, day: '2-digit', month: '2-digit', year: 'numeric' })
const isoFormat = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, year: 'numeric', month: '2-digit', day: '2-digit' })

/** "14:05" */
export const clockOf = (at: number): string => clockFormat.format(at)

/** "28/11/2026" */
export const dayOf = (at: number): string => dayFormat.format(at)

/** "2026-11-28", as a date field takes it. */
export const isoDayOf = (at: number): string => isoFormat.format(at)

/** "28/11/2026" of "2026-11-28"; anything else stays as it is. */
export const dayOfIso = (iso: string): string => iso.replace(/^(\d{4})-(\d{2})-(\d{2})$/, '$3/$2/$1')

/** @returns as much of the moment as tells it from others near `now`: "14:05", "hôm qua 14:05", "28/11 14:05", "28/11/2025". */
export function momentOf(at: number, now: number): string {
  if (dayOf(at) === dayOf(now)) return clockOf(at)
  if (dayOf(at) === dayOf(now - DAY)) return `hôm qua ${clockOf(at)}`
  const [day, month, year] = dayOf(at).split('/')
  return dayOf(now).endsWith(`/${year}`) ? `${day}/${month} ${clockOf(at)}` : dayOf(at)
}

/** "14:05 ngày 28/11/2026" */
export const wholeMomentOf = (at: number): string => `${clockOf(at)} ngày ${dayOf(at)}`

/** @returns how long a stretch is, in its two greatest units: "dưới 1 phút", "12 phút", "3 giờ 5 phút", "2 ngày 4 giờ". */
export function lengthOf(ms: number): string {
  if (ms < MINUTE) return 'dưới 1 phút'
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} phút`
  if (ms < DAY) return twoUnits(ms, HOUR, 'giờ', MINUTE, 'phút')
  return twoUnits(ms, DAY, 'ngày', HOUR, 'giờ')
}

function twoUnits(ms: number, big: number, bigName: string, small: number, smallName: string): string {
  const rest = Math.floor((ms % big) / small)
  return `${Math.floor(ms / big)} ${bigName}${rest > 0 ? ` ${rest} ${smallName}` : ''}`
}

/** @returns the whole calendar days of Vietnam from `now` to `at`; negative when it is past. */
export const daysUntil = (at: number, now: number): number => Math.round((Date.parse(isoDayOf(at)) - Date.parse(isoDayOf(now))) / DAY)

/** "1.234" or "1,5" */
export const numberOf = (value: number, digits = 0): string => value.toLocaleString('vi-VN', { maximumFractionDigits: digits })

/** "5.000.000 ₫" */
export const moneyOf = (amount: number): string => `${numberOf(amount)} ₫`

/** "42 %" of 0.42 */
export const percentOf = (share: number): string => `${numberOf(share * 100, share > 0 && share < 0.1 ? 1 : 0)} %`

/** "1,2 MB" */
export function sizeOf(bytes: number): string {
  return bytes < 1_000_000 ? `${numberOf(Math.max(1, bytes / 1_000))} kB` : `${numberOf(bytes / 1_000_000, 1)} MB`
}

/** @returns the length in characters as a reader counts them, not in UTF-16 units. */
export const charactersIn = (text: string): number => [...text].length

/** @returns a figure of a report as it is read: with its sign for money and shares, otherwise the bare number. */
export function figureOf(value: number, unit: Unit): string {
  switch (unit) {
    case 'dong':
      return moneyOf(value)
    case 'percent':
      return `${numberOf(value, 1)} %`
    default:
      return numberOf(value, 1)
  }
}
