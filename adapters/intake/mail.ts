/**
 * The intake as a mailbox of the association: one e-mail a case, the record attached as JSON.
 *
 *   smtps://            TLS from the first byte              smtp://   STARTTLS, or nothing is sent
 *   smtp:// to a host that the operator listed as private: in the open, on the association's own network
 *
 * Certificates are always verified, and no address leads to a private network unless it is listed. A repeat has the same Message-ID, so that a mailbox can tell.
 */
import { createTransport } from 'nodemailer'
import { dossierText } from '../../bot/complaint/dossier.ts'
import { eventSchema } from '../../bot/complaint/event.ts'
import { HANDOVER_TIMEOUT_MS, type Handover, type Reply, type Way } from '../../bot/delivery/handover.ts'
import { HANDOVER_SAYS } from '../../bot/wording/handover.ts'
import { connectOutside } from '../platform/outside.ts'

export interface MailSetting {
  /** As smtps://user:password@mail.example.vn or smtp://user:password@mail.example.vn:587. */
  readonly url: string
  readonly from: string
  readonly to: string
}

export interface MailOptions {
  readonly allowPrivate: readonly string[]
  /** Broken off when this is aborted. */
  readonly closing: AbortSignal
  /** Shorter in tests only. */
  readonly timeoutMs?: number
  /** Trusted besides the system's, in tests only: an operator has NODE_EXTRA_CA_CERTS. */
  readonly ca?: string
}

/** @returns the way. */
export function openMail(setting: MailSetting, options: MailOptions): Way {
  return { name: 'mail', send: (handover) => send(setting, options, handover) }
}

async function send(setting: MailSetting, options: MailOptions, handover: Handover): Promise<Reply> {
  const ending = new AbortController()
  const end = () => ending.abort()
  const timer = setTimeout(end, options.timeoutMs ?? HANDOVER_TIMEOUT_MS)
  options.closing.addEventListener('abort', end, { once: true })
  try {
    if (options.closing.aborted) return { kind: 'refused', code: 'stopping' }
    const { response } = await transportTo(setting, options, ending.signal).sendMail({ ...messageOf(setting, handover), signal: ending.signal })
    return { kind: 'taken', receipt: receiptOf(response) }
  } catch (error) {
    return { kind: 'refused', code: codeOf(error) }
  } finally {
    clearTimeout(timer)
    options.closing.removeEventListener('abort', end)
  }
}

function transportTo({ url: address }: MailSetting, { allowPrivate, ca, timeoutMs = HANDOVER_TIMEOUT_MS }: MailOptions, signal: AbortSignal) {
  const url = new URL(address)
  const { host, port, secure } = serverOf(url)
  const open = !secure && isListed(allowPrivate, url.hostname, port)
  return createTransport({
    ...{ host, port, secure, requireTLS: !secure && !open, ignoreTLS: open, connectionTimeout: timeoutMs, greetingTimeout: timeoutMs },
    ...{ socketTimeout: timeoutMs, tls: { minVersion: 'TLSv1.2', ...(ca === undefined ? {} : { ca }) } },
    ...(url.username ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } } : {}),
    // Nothing is read from files or fetched from addresses on behalf of a message.
    ...{ disableFileAccess: true, disableUrlAccess: true },
    getSocket: (_options, callback) => {
      connectOutside(allowPrivate, host, port, signal).then(
        (connection) => callback(null, { connection }),
        (error) => callback(error as Error, false),
      )
    },
  })
}

const SMTPS_PORT = 465
const SMTP_PORT = 587

function serverOf(url: URL) {
  const secure = url.protocol === 'smtps:'
  return { host: url.hostname.replace(/^\[|\]$/g, ''), port: Number(url.port) || (secure ? SMTPS_PORT : SMTP_PORT), secure }
}

function isListed(allowPrivate: readonly string[], host: string, port: number): boolean {
  return allowPrivate.some((entry) => entry.toLowerCase() === `${host}:${port}`.toLowerCase())
}

function messageOf({ from, to }: MailSetting, { id, number, body, createdAt }: Handover) {
  return {
    ...{ from: { name: HANDOVER_SAYS.sender, address: from }, to, messageId: `<${id}@${from.slice(from.lastIndexOf('@') + 1)}>` },
    // The moment of the confirmation at every try, so that a repeat is the same message.
    ...{ date: new Date(createdAt), subject: HANDOVER_SAYS.subject(number), text: textOf(body) },
    attachments: [{ filename: `${number}.json`, content: body, contentType: 'application/json; charset=utf-8' }],
  }
}

/** What was stored by another version is sent as it is, with no more words than that. */
function textOf(body: string): string {
  const event = eventSchema.safeParse(JSON.parse(body))
  return event.success ? dossierText(event.data) : HANDOVER_SAYS.attached
}

/** The server's own name of it, as in "250 2.0.0 Ok: queued as 4B1F2": without what could be an address. */
function receiptOf(response: string): string {
  return response
    .replace(/\S*@\S*/g, '')
    .replace(/[^\w .:-]/g, '')
    .trim()
    .slice(0, 100)
}

/** @returns a code; the words of a mail server repeat addresses. */
function codeOf(error: unknown): string {
  const { code, responseCode } = (error ?? {}) as { code?: unknown; responseCode?: unknown }
  if (typeof responseCode === 'number') return `smtp_${responseCode}`
  return typeof code === 'string' && /^[A-Z][A-Z_0-9]{1,40}$/.test(code) ? code : 'unexpected'
}
