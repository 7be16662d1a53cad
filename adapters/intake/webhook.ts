/** The intake as a webhook, as Standard Webhooks has it: one POST, signed with every secret that is good at present, so that secrets can be exchanged without a gap. */
import { Webhook } from 'standardwebhooks'
import { z } from 'zod'
import { answered, HANDOVER_TIMEOUT_MS, type Handover, type Reply, type Way } from '../../bot/delivery/handover.ts'
import { CallError, type Called, call } from '../platform/call.ts'
import type { Outside } from '../platform/outside.ts'

export interface WebhookSetting {
  readonly url: string
  /** The latest first. */
  readonly secrets: readonly string[]
}

/** @returns the way; `timeoutMs` is shorter in tests only. */
export function openWebhook(outside: Outside, { url, secrets }: WebhookSetting, clock: () => number, timeoutMs = HANDOVER_TIMEOUT_MS): Way {
  const signers = secrets.map((secret) => new Webhook(secret))
  return { name: 'webhook', send: (handover) => post(outside, { url, headers: headersOf(signers, handover, clock()), timeoutMs }, handover, clock) }
}

interface Post {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly timeoutMs: number
}

function headersOf(signers: readonly Webhook[], { id, body }: Handover, now: number): Record<string, string> {
  const at = new Date(now)
  return {
    'content-type': 'application/json; charset=utf-8',
    'user-agent': 'an-tam',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(now / 1_000)),
    'webhook-signature': signers.map((signer) => signer.sign(id, at, body)).join(' '),
  }
}

async function post(outside: Outside, { url, headers, timeoutMs }: Post, { body }: Handover, clock: () => number): Promise<Reply> {
  if (!isAllowed(outside, new URL(url))) return { kind: 'refused', code: 'not_https' }
  try {
    const answer = await call(outside, { url, headers, body, timeoutMs })
    return answered(answer.status, textOf(answer.headers['retry-after']), receiptOf(answer), clock())
  } catch (error) {
    if (!(error instanceof CallError)) throw error
    return { kind: 'refused', code: error.why }
  }
}

/** In the open only to what the operator listed. */
function isAllowed(outside: Outside, url: URL): boolean {
  return url.protocol === 'https:' || outside.isListed(url)
}

const receipt = z.object({ receipt: z.string().regex(/^[\w.:-]{1,100}$/) })

/** @returns what the receiver calls it, where it says so in the one way that we understand: its other words may repeat what was sent. */
function receiptOf({ status, body }: Called): string {
  const said = receipt.safeParse(body)
  return said.success ? said.data.receipt : `http_${status}`
}

function textOf(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header
}
