import { describe, expect, it } from 'vitest'
import { bundleConsole } from '../../../adapters/console/bundle.ts'

describe("what the console's page loads", () => {
  it('is one script and one sheet, the same tag for the same content', async () => {
    const [once, again] = await Promise.all([bundleConsole(), bundleConsole()])
    expect(once.assets.map(({ url, type, tag }) => [url, type, tag])).toEqual(again.assets.map(({ url, type, tag }) => [url, type, tag]))
    expect(once.assets.map(({ url }) => url)).toEqual(['/app.js', '/app.css'])
    for (const { tag } of once.assets) expect(tag).toMatch(/^"[\w-]{22}"$/)
    expect(once.assets[0]?.tag).not.toBe(once.assets[1]?.tag)
  })

  it('carries nothing inline that the policy would forbid, and asks no other host', async () => {
    const { index, assets } = await bundleConsole()
    const page = index.toString()
    expect(page).not.toMatch(/<style|style=|<script(?![^>]+src=)|\son\w+=/)
    for (const [, address] of page.matchAll(/(?:src|href)="([^"]*)"/g)) expect(address).toMatch(/^\/(console\/)?[\w.-]+$/)
    for (const { url } of assets) expect(page).toContain(`"/console${url}"`)
    expect(assets[1]?.bytes.toString()).not.toMatch(/url\(|@import/)
  })

  it('leaves the server out and stays small', async () => {
    const { assets } = await bundleConsole()
    const script = assets[0]?.bytes ?? Buffer.of()
    expect(script.toString()).not.toMatch(/ZodError|node:|kysely/)
    expect(script.length).toBeLessThan(260_000)
  })
})
