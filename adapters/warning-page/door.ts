/** GET /canh-bao, /canh-bao/:id and /canh-bao/atom.xml: warnings for everybody, without a script, a cookie or a word about who reads. */
import { randomBytes } from 'node:crypto'
import type { FastifyPluginAsync, FastifyReply } from 'fastify'
import { z } from 'zod'
import type { ShownWarning } from '../../bot/warning/content.ts'
import { Trouble } from '../http/trouble.ts'
import { atomFeed, gonePage, listPage, type PageParts, warningPage } from './page.ts'

export interface WarningPageParts extends PageParts {
  /** What everybody sees now, the latest first. */
  readonly shown: () => Promise<readonly ShownWarning[]>
}

const params = z.object({ id: z.uuid() })

/** @returns the plugin. */
export function warningPages(parts: WarningPageParts): FastifyPluginAsync {
  return async (app) => {
    // What is withdrawn must not be read from a cache for long.
    app.addHook(
      'onRequest',
      async (_request, reply) => void reply.headers({ 'cache-control': 'public, max-age=60', 'referrer-policy': 'no-referrer' }),
    )
    app.get('/canh-bao', async (_request, reply) => {
      const warnings = await parts.shown()
      return sendPage(reply, (nonce) => listPage(warnings, parts, nonce))
    })
    app.get('/canh-bao/atom.xml', async (_request, reply) => {
      const { base } = parts
      if (base === undefined) throw new Trouble('not_found')
      return reply.type('application/atom+xml; charset=utf-8').send(atomFeed(await parts.shown(), { ...parts, base }))
    })
    app.get('/canh-bao/:id', async (request, reply) => {
      const read = params.safeParse(request.params)
      const found = read.success ? (await parts.shown()).find(({ id }) => id === read.data.id) : undefined
      if (!found) return sendPage(reply.code(404), (nonce) => gonePage(parts, nonce))
      return sendPage(reply, (nonce) => warningPage(found, parts, nonce))
    })
  }
}

/** The style of this very answer and the icon: a page of warnings runs nothing. */
function sendPage(reply: FastifyReply, page: (nonce: string) => string): FastifyReply {
  const nonce = randomBytes(16).toString('base64')
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
  return reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(page(nonce))
}
