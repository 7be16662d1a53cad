/** Comparing what somebody asks about with what was published: the very same name, address or tax number, or only a near one. Never anything in between. Pure. */
import { type EntryKey, nameKey } from './entry.ts'
import { hostOf, linkIn, linkKey } from './links.ts'

/** @returns by what `words` may be found exactly: as they stand, and without what the person puts before a name. */
export function keysAsked(words: string): readonly EntryKey[] {
  const link = linkIn(words)?.words
  const rest = link === undefined ? words : words.replace(link, ' ')
  const names = namesAsked(rest)
  const host = link === undefined ? undefined : hostOf(link)
  const page = link === undefined ? undefined : linkKey(link)
  return [
    ...(host === undefined ? [] : [{ kind: 'host' as const, key: host }]),
    ...(page === undefined ? [] : [{ kind: 'link' as const, key: page }]),
    ...[...rest.matchAll(TAX)].map(([number]): EntryKey => ({ kind: 'tax', key: number.replace(/[\s.-]/g, '') })),
    ...names.map((key): EntryKey => ({ kind: 'name', key })),
    // Somebody's account, written without its sign.
    ...names.filter((name) => !name.includes(' ') && name.length >= 4).map((key): EntryKey => ({ kind: 'link', key })),
  ]
}

const TAX = /(?<!\d)\d{10}(?:[ -]?\d{3})?(?!\d)/g
/** What somebody calls a seller; it is no part of a name that does not have it. */
const CALLED =
  /^(?:(?:cai|con|ben|may|cac) )?(?:shop|cua hang|tiem|quan|trang|trang web|web|website|page|fanpage|tai khoan|nick|kenh|app|ung dung|san|nguoi ban|don vi|doanh nghiep|cong ty|ten|la|ma so thue|mst) (?=\S)/

function namesAsked(words: string): readonly string[] {
  const whole = nameKey(words.replace(TAX, ' '))
  let short = whole
  while (CALLED.test(short)) short = short.replace(CALLED, '')
  return [...new Set([whole, short])].filter((name) => name.length >= 2)
}

/** Legal forms and trades: many have them. */
const COMMON = new Set(
  'cong ty tnhh cp mtv tm dv cua hang shop store tiem co so ho kinh doanh tap doan chi nhanh va xuat nhap khau san xuat dau tu viet nam official online'.split(
    ' ',
  ),
)
const coreOf = (name: string): string => {
  const left = name.split(' ').filter((word) => !COMMON.has(word))
  return (left.length > 0 ? left : name.split(' ')).join('')
}

/** Of a short core everything is near. */
const SHORTEST_CORE = 4

/** @returns whether two names, as {@link nameKey} has them, are close enough to be mistaken for one another, and not the same. */
export function isNearName(asked: string, listed: string): boolean {
  if (asked === listed) return false
  const [a, b] = [coreOf(asked), coreOf(listed)]
  if (a.length < SHORTEST_CORE || b.length < SHORTEST_CORE) return false
  if (a === b) return true
  const [short, long] = a.length <= b.length ? [a, b] : [b, a]
  if (short.length >= 6 && long.includes(short) && short.length * 2 > long.length) return true
  return short.length >= 6 && differ(a, b, short.length >= 10 ? 2 : 1)
}

/** @returns whether two sites are named alike: one letter apart, the same under another ending, or one below the other. */
export function isNearHost(asked: string, listed: string): boolean {
  if (asked === listed) return false
  if (asked.endsWith(`.${listed}`) || listed.endsWith(`.${asked}`)) return true
  const [a, b] = [labelOf(asked), labelOf(listed)]
  if (a.length < 5 || b.length < 5) return false
  return a === b || a.replaceAll('-', '') === b.replaceAll('-', '') || differ(a, b, 1)
}

const labelOf = (host: string): string => {
  const parts = host.split('.')
  const second = parts.length > 2 && /^(?:com|net|org|gov|edu|info)$/.test(parts.at(-2) ?? '')
  return parts.at(second ? -3 : -2) ?? ''
}

/** @returns whether at most `most` letters are added, left out, changed or exchanged with their neighbour. */
function differ(a: string, b: string, most: number): boolean {
  if (Math.abs(a.length - b.length) > most) return false
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1
      let least = Math.min((row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1, (row[j - 1] ?? 0) + same)
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) least = Math.min(least, (before[j - 2] ?? 0) + 1)
      next.push(least)
    }
    ;[before, row] = [row, next]
  }
  return (row[b.length] ?? most + 1) <= most
}
