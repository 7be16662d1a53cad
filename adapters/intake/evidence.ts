/** Hands out the bytes of evidence to whoever follows a link of a handed-over case. Wrong, too old, withheld or unknown is all the same answer: nothing can be found out here. */
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { Trouble } from '../http/trouble.ts'
import { EVIDENCE_PATH, type Links } from './links.ts'

/** A file that may go. */
export interface Released {
  readonly hash: string
  readonly mime: string
  /** Of its case. */
  readonly number: string
}

export interface EvidenceParts {
  readonly links: Links
  readonly clock: () => number
  /** @returns undefined for what is no file of a confirmed case, or may not go. */
  released(attachment: string): Promise<Released | undefined>
  /** Writes down that it goes; nothing goes before that is on disk. */
  audited(attachment: string, number: string): Promise<void>
  read(hash: string): Promise<Buffer>
  /** Whether nothing may go now. */
  paused(): boolean
}

const asked = z.object({ until: z.string().max(20), sig: z.string().max(100) })
const named = z.object({ id: z.uuid() })

/** @returns the plugin that serves the links. */
export function evidenceDoor(parts: EvidenceParts): FastifyPluginAsync {
  return async (app) => {
    app.get(`${EVIDENCE_PATH}:id`, { exposeHeadRoute: false }, async (request, reply) => hand(parts, request, reply))
  }
}

async function hand(parts: EvidenceParts, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (parts.paused()) throw new Trouble('paused')
  const id = attachmentAsked(parts, request)
  const file = id === undefined ? undefined : await parts.released(id)
  if (id === undefined || !file) throw new Trouble('link_ended')
  const bytes = await parts.read(file.hash)
  await parts.audited(id, file.number)
  return reply
    .header('cache-control', 'private, no-store')
    .header('x-content-type-options', 'nosniff')
    .header('content-disposition', `attachment; filename="${file.number}-${id.slice(0, 8)}.${EXTENSION[file.mime] ?? 'bin'}"`)
    .type(file.mime)
    .send(bytes)
}

/** @returns the file that is asked for with a good link; undefined for any other request. */
function attachmentAsked({ links, clock }: EvidenceParts, request: FastifyRequest): string | undefined {
  const [name, query] = [named.safeParse(request.params), asked.safeParse(request.query)]
  if (!name.success || !query.success) return undefined
  return links.holds(name.data.id, query.data.until, query.data.sig, clock()) ? name.data.id : undefined
}

const EXTENSION: Readonly<Record<string, string>> = { 'image/jpeg': 'jpg', 'image/png': 'png', 'image/webp': 'webp', 'application/pdf': 'pdf' }
