/** What a file is, by its first bytes. Its name is never asked; what the browser says it is can only speak against it. */
import { AttachmentRefused } from './refused.ts'

export const KINDS = ['image/jpeg', 'image/png', 'image/webp', 'application/pdf'] as const
export type Kind = (typeof KINDS)[number]

/**
 * @param bytes the whole file, not empty
 * @param declared the Content-Type it came with; parameters are ignored; empty and `application/octet-stream` say nothing
 * @throws {AttachmentRefused} `executable`, `kind_unknown`, or `not_what_it_says` when the two disagree
 */
export function kindOf(bytes: Buffer, declared: string): Kind {
  if (couldRun(bytes)) throw new AttachmentRefused('executable')
  const kind = KINDS.find((candidate) => LOOKS_LIKE[candidate](bytes))
  if (!kind) throw new AttachmentRefused('kind_unknown')
  if (!agrees(plainType(declared), kind)) throw new AttachmentRefused('not_what_it_says')
  return kind
}

/** Social apps save WebP under .jpg, and browsers believe the name: one image called another is an everyday thing, and images are made anew anyway. */
function agrees(said: string, kind: Kind): boolean {
  return said === '' || said === kind || (IMAGES.has(said) && IMAGES.has(kind))
}

const IMAGES: ReadonlySet<string> = new Set(KINDS.filter((kind) => kind.startsWith('image/')))

const LOOKS_LIKE: Readonly<Record<Kind, (bytes: Buffer) => boolean>> = {
  'image/jpeg': (bytes) => startsWith(bytes, '\xff\xd8\xff'),
  'image/png': (bytes) => startsWith(bytes, '\x89PNG\r\n\x1a\n'),
  'image/webp': (bytes) => startsWith(bytes, 'RIFF') && bytes.toString('latin1', 8, 12) === 'WEBP',
  // Some writers put a byte order mark or an empty line first. Anything else before it could be read as another kind of file.
  'application/pdf': (bytes) => textStart(bytes).startsWith('%pdf-'),
}

/** First bytes of what runs or unpacks. */
const RUNS: readonly string[] = [
  'MZ', // Windows
  '\x7fELF', // Linux, Android
  '\xfe\xed\xfa\xce', // macOS and iOS: these four, and `cafebabe`, which is also Java
  '\xfe\xed\xfa\xcf',
  '\xce\xfa\xed\xfe',
  '\xcf\xfa\xed\xfe',
  '\xca\xfe\xba\xbe',
  'dex\n', // Android
  '\x00asm', // WebAssembly
  'L\x00\x00\x00\x01\x14\x02\x00', // Windows shortcut
  '\xd0\xcf\x11\xe0', // old Office, Windows installer
  'PK\x03\x04', // zip: also Office, apk, jar
  'PK\x05\x06',
  'PK\x07\x08',
  'Rar!',
  '7z\xbc\xaf\x27\x1c',
  '\x1f\x8b', // gzip
  'MSCF', // cab
]

/** How text starts that a browser or a shell would run; in lower case, after white space. `<?` and `<!` are XML (SVG), PHP, HTML and their comments. */
const RUNS_AS_TEXT: readonly string[] = ['#!', '<?', '<!', '<%', '<html', '<head', '<body', '<script', '<svg', '<iframe', '@echo', '{\\rtf']

function couldRun(bytes: Buffer): boolean {
  if (RUNS.some((head) => startsWith(bytes, head))) return true
  const text = textStart(bytes)
  return RUNS_AS_TEXT.some((head) => text.startsWith(head))
}

/** @param head one character a byte */
function startsWith(bytes: Buffer, head: string): boolean {
  return bytes.toString('latin1', 0, head.length) === head
}

/** @returns the first characters as text, in lower case, without byte order mark and leading white space */
function textStart(bytes: Buffer): string {
  return bytes
    .toString('latin1', 0, 256)
    .replace(/^\xef\xbb\xbf/, '')
    .trimStart()
    .toLowerCase()
}

/** What browsers and phones call these kinds besides their proper names; the empty name says nothing. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  'image/jpg': 'image/jpeg',
  'image/pjpeg': 'image/jpeg',
  'application/x-pdf': 'application/pdf',
  'application/octet-stream': '',
}

function plainType(declared: string): string {
  const [type = ''] = declared.split(';')
  const name = type.trim().toLowerCase()
  return OTHER_NAMES[name] ?? name
}
