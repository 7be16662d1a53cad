/**
 * Photos and PDFs that people send as evidence: checked, images made anew, stored by hash, and shown to nobody until a later step lets them out.
 * Two conversations that send the same content share one file: who removes it makes sure that nobody else still names it.
 */
import type { NamedLimits } from '../../bot/wording/attachments.ts'
import { cleanImage } from './image.ts'
import { type Kind, kindOf } from './kinds.ts'
import { checkPdf } from './pdf.ts'
import { AttachmentRefused } from './refused.ts'
import { openStore, type Store } from './store.ts'

export { AttachmentDamaged } from './damaged.ts'
export { KINDS, type Kind } from './kinds.ts'
export { AttachmentRefused } from './refused.ts'

/** `maxBytes` of one file as it comes, `maxPixels` (width × height) of one image, `quotaBytes` that one conversation may have stored. */
export type AttachmentLimits = NamedLimits

export const DEFAULT_LIMITS: AttachmentLimits = { maxBytes: 10 * 1024 * 1024, maxPixels: 50_000_000, quotaBytes: 50 * 1024 * 1024 }

export interface Quarantined {
  /** SHA-256 of what is stored, in hexadecimal: not of what came, where that was an image. */
  readonly hash: string
  readonly kind: Kind
  /** Bytes of what is stored; an image made anew may be larger than it came. */
  readonly size: number
  /** Pixels; images only. */
  readonly width?: number
  readonly height?: number
}

export interface Quarantine extends Pick<Store, 'read' | 'remove' | 'sweep'> {
  /**
   * @param bytes the file as it came
   * @param declared the Content-Type it came with; the kind is decided by the first bytes, and both must agree
   * @param used bytes this conversation already has stored. Two files of one conversation at once both see the same: whoever records them adds up again.
   * @returns what is stored, once it is safe on the disk
   * @throws {AttachmentRefused} when it is not taken; nothing is stored then
   */
  take(bytes: Uint8Array, declared: string, used: number): Promise<Quarantined>
}

/** What a file is once it is safe to store. */
interface Safe {
  readonly bytes: Buffer
  readonly width?: number
  readonly height?: number
}

/**
 * @param folder made when absent; one process at a time
 * @throws {RangeError} when a limit is not a whole number from 1; and whatever the disk says when the folder cannot be made
 */
export function openQuarantine(folder: string, limits: AttachmentLimits = DEFAULT_LIMITS): Quarantine {
  checkLimits(limits)
  const { put, read, remove, sweep } = openStore(folder)

  async function take(bytes: Uint8Array, declared: string, used: number): Promise<Quarantined> {
    checkSize(bytes.length, used, limits)
    // A copy: what is stored is what was checked, whatever the caller does with the bytes meanwhile.
    const file = Buffer.from(bytes)
    const kind = kindOf(file, declared)
    const { bytes: safe, ...pixels } = await makeSafe(file, kind, limits)
    if (used + safe.length > limits.quotaBytes) throw new AttachmentRefused('quota')
    return { hash: await put(safe), kind, size: safe.length, ...pixels }
  }

  return { take, read, remove, sweep }
}

function checkLimits(limits: AttachmentLimits): void {
  for (const [name, value] of Object.entries(limits)) {
    if (!Number.isSafeInteger(value) || value < 1) throw new RangeError(`The limit ${name} must be a whole number from 1, not ${value}.`)
  }
}

/** All that can be said before a byte is looked at. */
function checkSize(size: number, used: number, { maxBytes, quotaBytes }: AttachmentLimits): void {
  if (!(used >= 0)) throw new RangeError(`The bytes already stored must be a number from 0, not ${used}.`)
  if (size === 0) throw new AttachmentRefused('empty')
  if (size > maxBytes) throw new AttachmentRefused('too_large')
  if (used >= quotaBytes) throw new AttachmentRefused('quota')
}

async function makeSafe(bytes: Buffer, kind: Kind, { maxPixels }: AttachmentLimits): Promise<Safe> {
  if (kind !== 'application/pdf') return cleanImage(bytes, kind, maxPixels)
  await checkPdf(bytes)
  return { bytes }
}
