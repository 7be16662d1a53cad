import { gzipSync } from 'node:zlib'
import { transform } from 'esbuild'
import { beforeAll, describe, expect, it } from 'vitest'
import { type Bundle, bundleElement } from '../../../adapters/web-chat/bundle.ts'

let bundle: Bundle
let text: string
beforeAll(async () => {
  bundle = await bundleElement()
  text = Buffer.from(bundle.script).toString('utf8')
})

describe('the script of the chat', () => {
  it('is small enough for a slow line', () => expect(gzipSync(bundle.script).length).toBeLessThanOrEqual(30 * 1024))

  it('is a classic script that needs nothing newer than 2020', async () => {
    expect(/\bimport\(|\bexport\{|import\.meta/.test(text)).toBe(false)
    const [old, latest] = await Promise.all(['es2020', 'esnext'].map((target) => transform(text, { target })))
    expect(old?.code === latest?.code).toBe(true)
  })

  it('makes no code and no markup from text, and knows no other host', () => {
    const makers = /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|\bFunction\(/
    expect(text.match(makers)?.[0]).toBeUndefined()
    expect([...text.matchAll(/https?:\/\/[^"'`\s)]+/g)].map(String)).toEqual(['http://www.w3.org/2000/svg'])
  })

  it('never measures by the page around it', () => {
    const outsideConditions = text.replace(/\((?:min|max)-\w+: ?[\d.]+rem\)/g, '')
    expect(outsideConditions.match(/.{20}\d[\d.]*rem\b/)?.[0]).toBeUndefined()
    expect(text.includes('var(--rem)')).toBe(true)
  })

  it('is the same each time, and its tag changes with it', async () => {
    expect((await bundleElement()).etag).toBe(bundle.etag)
    expect(bundle.etag).toMatch(/^"[\w-]{22}"$/)
    expect(bundle.styleHash).toMatch(/^'sha256-[\w+/]{43}='$/)
  })
})
