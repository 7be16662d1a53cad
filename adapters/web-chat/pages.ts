/** The page at `/` and the script of the element: read and bundled once, served with a tag so that an unchanged file is not sent again. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { bundleElement } from './bundle.ts'

const PAGE_FILES = [
  { url: '/', file: 'index.html', type: 'text/html; charset=utf-8' },
  { url: '/page.css', file: 'page.css', type: 'text/css; charset=utf-8' },
  { url: '/icon.svg', file: 'icon.svg', type: 'image/svg+xml' },
  { url: '/old-browser.js', file: 'old-browser.js', type: 'text/javascript; charset=utf-8' },
] as const

/** @returns the plugin that serves the page and the element. */
export const webPages: FastifyPluginAsync = async (app) => {
  const { script, etag, styleHash } = await bundleElement()
  await app.register(async (scope) => {
    scope.addHook('onSend', async (_request, reply) => allowStyles(reply, styleHash))
    for (const { url, file, type } of PAGE_FILES) {
      const bytes = readFileSync(new URL(`page/${file}`, import.meta.url))
      serve(scope, url, type, bytes, tagOf(bytes))
    }
  })
  await app.register(async (scope) => {
    // Other origins may load the script: it refuses by itself where the server refuses it.
    scope.addHook('onSend', async (_request, reply) => void reply.header('cross-origin-resource-policy', 'cross-origin'))
    serve(scope, '/an-tam-chat.js', 'text/javascript; charset=utf-8', Buffer.from(script), etag)
  })
}

/** Phones that know no sheets made by script get the element's styles as an element: these very styles and no others are allowed inline. */
function allowStyles(reply: FastifyReply, styleHash: string): void {
  const policy = String(reply.getHeader('content-security-policy') ?? '')
  reply.header('content-security-policy', policy.replace("style-src 'self'", `style-src 'self' ${styleHash}`))
}

function serve(app: FastifyInstance, url: string, type: string, bytes: Buffer, etag: string): void {
  app.get(url, async (request, reply) => {
    reply.header('etag', etag).header('cache-control', 'no-cache')
    return knows(request, etag) ? notModified(reply) : reply.type(type).send(bytes)
  })
}

function notModified(reply: FastifyReply): FastifyReply {
  return reply.code(304).send()
}

function tagOf(bytes: Buffer): string {
  return `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`
}

/** @returns whether If-None-Match names this tag; proxies may have marked it weak (`W/`) when they compressed. */
function knows(request: FastifyRequest, etag: string): boolean {
  const tags = request.headers['if-none-match']?.split(',') ?? []
  return tags.some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag)
}
