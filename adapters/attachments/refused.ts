import type { AttachmentRefusal } from '../../bot/wording/attachments.ts'

/** The person's file is not taken; `code` says why. Not for faults of ours (a full disk, a bug): those are thrown as they come. */
export class AttachmentRefused extends Error {
  override readonly name = 'AttachmentRefused'
  readonly code: AttachmentRefusal

  constructor(code: AttachmentRefusal, options?: ErrorOptions) {
    super(code, options)
    this.code = code
  }
}
