/** Makes the one script that a page loads: classic, minified, its styles inside as text. Nothing of it is written to disk. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build, type Plugin, transform } from 'esbuild'

export interface Bundle {
  readonly script: Uint8Array
  readonly etag: string
  /** For `style-src`: phones from before 2023 know no sheets made by script and need the styles as an element. */
  readonly styleHash: string
}

const ENTRY = fileURLToPath(new URL('./element/element.ts', import.meta.url))
const STYLES = fileURLToPath(new URL('./element/chat.css', import.meta.url))
/** What phones of the last six years understand. */
const TARGET = 'es2020'

export async function bundleElement(): Promise<Bundle> {
  const styles = await readStyles()
  const { outputFiles } = await build({
    entryPoints: [ENTRY],
    bundle: true,
    minify: true,
    format: 'iife',
    target: TARGET,
    charset: 'utf8',
    legalComments: 'none',
    write: false,
    plugins: [stylesAsText(styles)],
  })
  const script = outputFiles[0]?.contents
  if (!script) throw new Error('esbuild gave no script for adapters/web-chat/element/element.ts')
  return { script, etag: `"${sha256(script).slice(0, 22)}"`, styleHash: `'sha256-${sha256(styles, 'base64')}'` }
}

function sha256(content: Uint8Array | string, encoding: 'base64' | 'base64url' = 'base64url'): string {
  return createHash('sha256').update(content).digest(encoding)
}

async function readStyles(): Promise<string> {
  const source = ownSizes(await readFile(STYLES, 'utf8'))
  return (await transform(source, { loader: 'css', minify: true, target: ['chrome80', 'safari14'] })).code
}

/**
 * Inside another page `rem` would follow that page's root, and many set it to 10 px. The styles are written in `rem` and get a size of our own here;
 * conditions of @media keep theirs, which always means the reader's.
 */
function ownSizes(css: string): string {
  return css
    .split('\n')
    .map((line) => (line.startsWith('@media') ? line : line.replace(/(-?[\d.]+)rem\b/g, 'calc($1*var(--rem))')))
    .join('\n')
}

function stylesAsText(styles: string): Plugin {
  return {
    name: 'styles-as-text',
    setup: ({ onLoad }) => {
      onLoad({ filter: /\.css$/ }, () => ({ contents: styles, loader: 'text' }))
    },
  }
}
