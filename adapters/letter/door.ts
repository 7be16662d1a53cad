/**
 * GET /letters/:case?until=&sig=[&what=don|biennhan&format=page|docx]: the papers of a case behind a signed link.
 * Without a form it is a page to choose from. Whatever is wrong reads the same: nobody learns whether a case exists.
 */
import { randomBytes } from 'node:crypto'
import type { FastifyInstance, FastifyPluginAsync, FastifyReply } from 'fastify'
import { z } from 'zod'
import type { Paper } from '../../bot/complaint/paper.ts'
import { LETTER_DOOR } from '../../bot/wording/letter.ts'
import { waitPlease } from '../../bot/wording/limits.ts'
import { momentText } from '../../bot/wording/operations.ts'
import type { Limiter } from '../http/limits.ts'
import { Trouble } from '../http/trouble.ts'
import { writeDocx } from './docx.ts'
import type { LetterLinks } from './links.ts'
import { coverPage, gonePage, type PageLink, paperPage } from './page.ts'

export const PAPERS = ['don', 'biennhan'] as const
export type PaperKind = (typeof PAPERS)[number]

export interface LetterDoorParts {
  readonly links: LetterLinks
  /** A paper costs more than a line of chat to write. */
  readonly limiter: Pick<Limiter, 'admit'>
  readonly clock: () => number
  /** @returns the papers of a case as it stands now; undefined where there is no such case (any more). */
  papers(caseNumber: string): Promise<Readonly<Record<PaperKind, Paper>> | undefined>
}

const FORMATS = ['page', 'docx'] as const
type Format = (typeof FORMATS)[number]

const asked = z.object({
  params: z.object({ case: z.string().max(40) }),
  query: z.object({
    until: z.string().max(11),
    sig: z.string().max(60),
    what: z.enum(PAPERS).default('don'),
    format: z.enum(FORMATS).optional(),
  }),
})

const FILE: Readonly<Record<PaperKind, string>> = { don: 'don', biennhan: 'bien-nhan' }
const PAPER_NAME: Readonly<Record<PaperKind, string>> = { don: LETTER_DOOR.letter, biennhan: LETTER_DOOR.receipt }
const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

/** @returns the plugin. */
export function letterDoor(parts: LetterDoorParts): FastifyPluginAsync {
  return async (app) => addRoute(app, parts)
}

function addRoute(app: FastifyInstance, { links, limiter, clock, papers }: LetterDoorParts): void {
  app.addHook('onRequest', async (_request, reply) => {
    reply.headers({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer', 'x-robots-tag': 'noindex' })
  })
  app.get('/letters/:case', async (request, reply) => {
    const read = asked.safeParse({ params: request.params, query: request.query })
    if (!read.success) return gone(reply)
    const { params, query } = read.data
    const until = links.verify(params.case, query.until, query.sig, clock())
    if (until !== undefined) admit(limiter, params.case, request.ip)
    const found = until === undefined ? undefined : await papers(params.case)
    if (until === undefined || !found) return gone(reply)
    const signed = `?until=${query.until}&sig=${query.sig}`
    if (query.format === undefined) return sendPage(reply, (nonce) => coverPage(choices(signed), momentText(until), nonce))
    return sendPaper(reply, found[query.what], query.what, query.format, signed, params.case)
  })
}

function admit(limiter: LetterDoorParts['limiter'], caseNumber: string, address: string): void {
  const admission = limiter.admit('message', `letters:${caseNumber}`, address)
  if (admission.ok) return
  const { code, retryAfterSeconds } = admission
  throw new Trouble('too_many', { sentence: waitPlease(code, retryAfterSeconds), retryAfterSeconds })
}

async function sendPaper(reply: FastifyReply, paper: Paper, what: PaperKind, format: Format, signed: string, caseNumber: string) {
  if (format === 'page') return sendPage(reply, (nonce) => paperPage(paper, others(signed, what), nonce))
  const name = `${FILE[what]}-${caseNumber.replace(/[^\w-]/g, '')}.docx`
  return reply
    .type(WORD)
    .header('content-disposition', `attachment; filename="${name}"`)
    .send(await writeDocx(paper))
}

/** The style of this very answer and nothing else: a page of papers runs and loads nothing. */
function sendPage(reply: FastifyReply, page: (nonce: string) => string): FastifyReply {
  const nonce = randomBytes(16).toString('base64')
  const policy = `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
  return reply.header('content-security-policy', policy).type('text/html; charset=utf-8').send(page(nonce))
}

function gone(reply: FastifyReply): FastifyReply {
  reply.request.outcome = 'letter_unknown'
  return sendPage(reply.code(404), gonePage)
}

const link = (label: string, signed: string, what: PaperKind, format: Format): PageLink => ({
  label,
  href: `${signed}&what=${what}&format=${format}`,
})

function choices(signed: string) {
  return PAPERS.map((what) => ({
    title: PAPER_NAME[what],
    links: [link(LETTER_DOOR.open, signed, what, 'page'), link(LETTER_DOOR.word, signed, what, 'docx')],
  }))
}

function others(signed: string, what: PaperKind): readonly PageLink[] {
  const other = PAPERS.find((one) => one !== what) ?? what
  return [link(LETTER_DOOR.word, signed, what, 'docx'), link(PAPER_NAME[other], signed, other, 'page')]
}
