/** Makes what the console's page loads: one script and one sheet of styles, minified. Nothing of it is written to disk. */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { build, transform } from 'esbuild'

export interface ConsoleAsset {
  /** Below `/console`. */
  readonly url: string
  readonly type: string
  readonly bytes: Buffer
  /** Quoted, as the header takes it. */
  readonly tag: string
}

export interface ConsolePages {
  /** The same for every address of the page. */
  readonly index: Buffer
  readonly assets: readonly ConsoleAsset[]
}

const SCRIPT_TARGET = 'es2022'
const STYLES_TARGET = ['chrome100', 'safari15.4', 'firefox100']

/** @returns the page and what it loads. Throws when a source does not compile. */
export async function bundleConsole(): Promise<ConsolePages> {
  const [index, script, styles] = await Promise.all([readFile(pathOf('index.html')), bundleScript(), minifyStyles()])
  return { index, assets: [asset('/app.js', 'text/javascript; charset=utf-8', script), asset('/app.css', 'text/css; charset=utf-8', styles)] }
}

const pathOf = (name: string) => fileURLToPath(new URL(`./app/${name}`, import.meta.url))

async function bundleScript(): Promise<Buffer> {
  const { outputFiles } = await build({
    entryPoints: [pathOf('main.tsx')],
    bundle: true,
    minify: true,
    format: 'esm',
    target: SCRIPT_TARGET,
    charset: 'utf8',
    legalComments: 'none',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    write: false,
  })
  const script = outputFiles[0]?.contents
  if (!script) throw new Error('esbuild gave no script for adapters/console/app/main.tsx')
  return Buffer.from(script)
}

async function minifyStyles(): Promise<Buffer> {
  const source = await readFile(pathOf('console.css'), 'utf8')
  return Buffer.from((await transform(source, { loader: 'css', minify: true, target: STYLES_TARGET })).code)
}

function asset(url: string, type: string, bytes: Buffer): ConsoleAsset {
  return { url, type, bytes, tag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"` }
}
