/** Every address of the console × every role × signed out: what is let in is exactly what the permissions say. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ConsoleRoute } from '../../adapters/console/route.ts'
import { mayDo, permissionsOf, ROLES, type Role } from '../../bot/officers/permissions.ts'
import { type Browser, Desk } from './kit.ts'

let desk: Desk
const browsers = new Map<Role, Browser>()

beforeAll(async () => {
  desk = await new Desk().open()
  const admin = await desk.settle(await desk.firstToken())
  for (const role of ROLES) browsers.set(role, await desk.officer(admin, `ma-tran-${role}`, role, `Cán bộ ${role}`))
})
afterAll(() => desk.close())

/** With ids that are nobody's: whoever is let in is told that there is none, or that the body is wrong. */
const urlOf = ({ url }: ConsoleRoute) => url.replace(/:[a-z]+/g, '00000000-0000-4000-8000-000000000000')
const ask = (browser: Browser, route: ConsoleRoute) =>
  browser.send({ method: route.method, url: urlOf(route), ...(route.method === 'GET' ? {} : { payload: {} }) })

describe('the matrix', () => {
  it('knows enough routes that it could go wrong', () => {
    expect(desk.routes.length).toBeGreaterThan(30)
    expect(new Set(desk.routes.map(({ method, url }) => `${method} ${url}`)).size).toBe(desk.routes.length)
  })

  it('lets nobody in who is signed out', async () => {
    const open: string[] = []
    for (const route of desk.routes) {
      const { status, body } = await ask(desk.browser(), route)
      if (status !== 401 || body.error.code !== 'signed_out') open.push(`${route.method} ${route.url} ${status}`)
    }
    expect(open).toEqual([])
  })

  it.each(ROLES)('lets an account of role %s in exactly where its permissions say', async (role) => {
    const wrong: string[] = []
    for (const route of desk.routes) {
      const { status, body } = await ask(browsers.get(role) as Browser, route)
      const refused = status === 403 && body.error.code === 'not_allowed'
      if (refused === mayDo(role, route.may) || status === 401 || status >= 500) wrong.push(`${route.method} ${route.url} ${status}`)
    }
    expect(wrong).toEqual([])
  })

  it('takes no change without the word of the session, from anybody', async () => {
    const taken: string[] = []
    for (const route of desk.routes.filter(({ method }) => method !== 'GET')) {
      const browser = browsers.get('administrator') as Browser
      const { status } = await browser.send({ method: route.method, url: urlOf(route), payload: {}, headers: { 'x-antam-csrf': 'no' } })
      if (status !== 403) taken.push(`${route.method} ${route.url} ${status}`)
    }
    expect(taken).toEqual([])
  })
})

describe('permissions', () => {
  it('grow from role to role, and each is somebody’s', () => {
    const [officer, supervisor, administrator] = ROLES.map(permissionsOf)
    expect(supervisor).toEqual(expect.arrayContaining([...(officer ?? [])]))
    expect(administrator).toEqual(expect.arrayContaining([...(supervisor ?? [])]))
    expect(mayDo('officer', 'officer.manage')).toBe(false)
    expect(mayDo('supervisor', 'audit.read')).toBe(false)
  })
})

describe('the rest of the service', () => {
  it('cannot be seen from the console, nor the console from it', async () => {
    const admin = browsers.get('administrator') as Browser
    expect((await admin.get('/nowhere')).body.error.code).toBe('not_found')
    const page = await desk.app.inject({ url: '/', headers: { accept: 'text/html' } })
    expect(String(page.headers['set-cookie'] ?? '')).toBe('')
    expect(
      (await desk.app.inject({ url: '/api/chat/session', method: 'POST', cookies: Object.fromEntries(admin.cookies) })).headers['set-cookie'],
    ).toBeUndefined()
  })

  it('serves the page at every address below /console with a policy that lets nothing in', async () => {
    for (const url of ['/console/', '/console/chats/x', '/console/set-up/abc']) {
      const { statusCode, headers } = await desk.app.inject({ url })
      expect(statusCode).toBe(200)
      expect(headers['content-security-policy']).toContain("default-src 'none'")
      expect(headers['content-security-policy']).not.toContain('unsafe')
      expect(headers['x-frame-options']).toBe('DENY')
    }
  })
})
