/** Whether complaints are about the same seller: shown to an officer, never merged. A seller has many names, so each way to know one counts for itself. */
import { fold } from '../../knowledge/language/normalise.ts'
import type { Facts } from '../complaint/facts.ts'

/** A case as far as it tells whom it is about. */
export interface Accused {
  readonly number: string
  readonly person: string
  readonly confirmedAt: number
  readonly facts: Facts
}

/** Several people complain of one seller. */
export interface Cluster {
  /** As the latest of them calls the seller. */
  readonly respondent: string
  readonly people: number
  /** The latest first. */
  readonly cases: readonly string[]
  readonly firstAt: number
  readonly lastAt: number
}

const DAY_MS = 86_400_000
/** Of a cluster: so many people within so many days. */
export const CLUSTER_PEOPLE = 3
export const CLUSTER_DAYS = 90

/** What people put before a name, folded. */
const BEFORE_NAME =
  /^(ten |cai |ben |shop|cua hang|cong ty|cty|co so|ho kinh doanh|trang|page|fanpage|tai khoan|nick|kenh|tiktok|facebook|fb|tnhh|co phan|cp|mtv|online)\b/
/** Too little to tell anybody from anybody. */
const SHORTEST_NAME = 4

/** @returns a seller's name without marks and without what everybody calls a shop; empty where nothing is left. */
export function plainName(name: string): string {
  let left = fold(name)
    .replace(/[^\p{L}\p{N} ]+/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  for (let shorter = left.replace(BEFORE_NAME, '').trim(); shorter !== left; shorter = left.replace(BEFORE_NAME, '').trim()) left = shorter
  return left.replaceAll(' ', '')
}

/** @returns the digits of a telephone number, as they are dialled in Vietnam; empty for none. */
export function plainPhone(phone: string): string {
  const digits = phone.replace(/\D/g, '').replace(/^84(?=\d{9}$)/, '0')
  return digits.length >= 9 ? digits : ''
}

/** Pages that everybody's shop is on: alone they name nobody. */
const EVERYBODYS = /^(?:[\w-]+\.)?(shopee\.vn|tiktok\.com|lazada\.vn|tiki\.vn|facebook\.com|fb\.com|zalo\.me|instagram\.com)\/?$/

/** @returns host and path of a link, without what differs from visit to visit; a bare account name as it is; empty for none. */
export function plainLink(link: string): string {
  const [bare = ''] = link
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^(www|m|web)\./, '')
    .split(/[?#\s]/)
  const plain = bare.replace(/\/+$/, '').replace(/^@/, '')
  return EVERYBODYS.test(plain) || plain.length < SHORTEST_NAME ? '' : plain
}

/** @returns every way in which the seller is known; a name counts on its platform only, for names are short and platforms are large. */
export function keysOf({ respondent, respondentPhone, link, platform }: Facts): readonly string[] {
  const name = plainName(respondent?.value ?? '')
  const [phone, page] = [plainPhone(respondentPhone?.value ?? ''), plainLink(link?.value ?? '')]
  return [
    ...(name.length >= SHORTEST_NAME ? [`name:${platform?.value ?? ''}:${name}`] : []),
    ...(phone === '' ? [] : [`phone:${phone}`]),
    ...(page === '' ? [] : [`link:${page}`]),
  ]
}

/** @returns sellers of whom at least three people complained within ninety days before `now`, the most people first. */
export function clustersOf(cases: readonly Accused[], now: number): readonly Cluster[] {
  const recent = cases.filter(({ confirmedAt }) => confirmedAt > now - CLUSTER_DAYS * DAY_MS)
  return groups(recent)
    .map(clusterOf)
    .filter(({ people }) => people >= CLUSTER_PEOPLE)
    .sort((a, b) => b.people - a.people || b.lastAt - a.lastAt)
}

/** Cases that share any key, also through others: A knows the telephone, B the telephone and the page, C the page. */
function groups(cases: readonly Accused[]): readonly (readonly Accused[])[] {
  const found: { keys: Set<string>; cases: Accused[] }[] = []
  for (const one of cases) {
    const keys = new Set(keysOf(one.facts))
    if (keys.size === 0) continue
    const same = found.filter((group) => [...keys].some((key) => group.keys.has(key)))
    const joined = { keys: new Set([...keys, ...same.flatMap((group) => [...group.keys])]), cases: [...same.flatMap((group) => group.cases), one] }
    for (const group of same) found.splice(found.indexOf(group), 1)
    found.push(joined)
  }
  return found.map((group) => group.cases)
}

function clusterOf(cases: readonly Accused[]): Cluster {
  const latest = cases.toSorted((a, b) => b.confirmedAt - a.confirmedAt)
  const times = latest.map(({ confirmedAt }) => confirmedAt)
  return {
    respondent: latest.map(({ facts }) => facts.respondent?.value ?? '').find((name) => name !== '') ?? '',
    people: new Set(cases.map(({ person }) => person)).size,
    cases: latest.map(({ number }) => number),
    ...{ firstAt: Math.min(...times), lastAt: Math.max(...times) },
  }
}
