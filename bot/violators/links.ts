/** Addresses and accounts as people write them, brought to one form. Pure. */

/** Sites on which everybody has a page: alone they name nobody. */
const EVERYBODYS =
  /^(?:(?:[\w-]+\.)*(?:facebook\.com|fb\.com|fb\.me|m\.me|zalo\.me|tiktok\.com|instagram\.com|youtube\.com|t\.me|telegram\.me|shopee\.vn|lazada\.vn|tiki\.vn|sendo\.vn|chotot\.com|google\.com|x\.com|twitter\.com))$/
const ENDING =
  '(?:com|net|org|vn|info|shop|store|top|xyz|online|site|club|me|cc|io|app|vip|asia|biz|pro|live|icu|tv|co|us|cn|hk|sg|link|page|website|tech|life|world|fun|win|bet)'
const ADDRESS = new RegExp(
  `(?<![@\\p{L}\\p{N}._-])(?:https?://)?(?:[a-z0-9](?:[a-z0-9-]{0,62})\\.){1,6}${ENDING}(?![a-z0-9.-]*[a-z0-9])(?:[/?#][^\\s,;"'“”)]*)?`,
  'iu',
)
const HANDLE = /(?<![\p{L}\p{N}@.])@([\p{L}\p{N}][\p{L}\p{N}._-]{2,60})/u

/** @returns the first address or account in `text`, as it is written there, and where it stands. */
export function linkIn(text: string): { readonly words: string; readonly index: number } | undefined {
  const found = ADDRESS.exec(text) ?? HANDLE.exec(text)
  return found ? { words: found[0].replace(/[.,!?]+$/, ''), index: found.index } : undefined
}

const bare = (link: string): string =>
  link
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\//, '')
    .replace(/^(?:www|m|web|mobile)\./, '')

/** @returns the host of an address that is a site of its own; undefined for a page on somebody else's, and for a bare account. */
export function hostOf(link: string): string | undefined {
  const host = bare(link).split(/[/?#]/)[0] ?? ''
  return host.includes('.') && !host.startsWith('@') && !EVERYBODYS.test(host) && /^[\p{L}\p{N}.-]+$/u.test(host) ? host : undefined
}

/** @returns the page or account on a site of everybody's: host and path, or the bare account; undefined where it is neither. */
export function linkKey(link: string): string | undefined {
  if (hostOf(link) !== undefined) return undefined
  const plain = bare(link)
    .replace(/[?#].*$/, '')
    .replace(/\/+$/, '')
  const [host = '', ...path] = plain.split('/')
  if (!EVERYBODYS.test(host)) return plain.replace(/^@/, '').length >= 3 ? plain.replace(/^@/, '') : undefined
  const account = path.join('/').replace(/^@/, '')
  return account === '' ? undefined : `${host}/${account}`
}
