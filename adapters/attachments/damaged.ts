/** What was stored is gone or is no longer what was stored. Not about what a person sends: a broken photo is `AttachmentRefused` with `damaged`. */
export class AttachmentDamaged extends Error {
  override readonly name = 'AttachmentDamaged'
  readonly reason: 'missing' | 'changed'
  /** The name that was asked for. */
  readonly hash: string

  constructor(hash: string, reason: 'missing' | 'changed') {
    super(reason === 'missing' ? 'A stored attachment is missing.' : 'A stored attachment is not what was stored.')
    this.hash = hash
    this.reason = reason
  }
}
