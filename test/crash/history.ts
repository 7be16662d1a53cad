/** What happened, as the outside saw it: what was sent and acknowledged, what tabs were shown, what officers did, what was erased. The checker compares it with the disk. */

/** A promise of the service that was not kept. `code` is fixed, so that the self-test can ask for it. */
export interface Violation {
  readonly code: string
  readonly detail: string
}

export interface SentMessage {
  readonly visitor: string
  readonly clientId: string
  /** As it must lie in the inbox: masked. */
  readonly kept: string
  /** By the parent's own steady clock. */
  readonly firstTriedAt: number
  ackedAt?: number
  /** How often it was answered "taken, and new". */
  news: number
  /** It came after the backup that was put back: it may be there or not. */
  forgiven: boolean
}

/** Something that happened on a platform and was told to the service. */
export interface PlatformEvent {
  readonly channel: string
  /** The chat. */
  readonly address: string
  /** The platform's name of it; empty until the platform has given one. */
  name: string
  readonly kind: 'text' | 'press' | 'file' | 'other' | 'takeover'
  /** As it must lie in the inbox, masked; undefined where that is not compared. */
  readonly kept: string | undefined
  /** Begins every mark that this person puts into their words. */
  readonly mark: string
  readonly firstTriedAt: number
  ackedAt?: number
  /** Whether it must be taken; what was sent before the service's clock was set back past an erasure need not. */
  due: boolean
  /** The person asked to be erased after it. */
  leaving: boolean
  /** The erasure was seen to be done. */
  gone: boolean
  forgiven: boolean
}

export interface KeptFile {
  readonly visitor: string
  readonly id: string
  readonly ackedAt: number
  forgiven: boolean
}

export interface Deed {
  readonly kind: 'take' | 'write' | 'hand_back' | 'close'
  readonly conversation: string
  readonly text: string
  /** `uncertain`: the database refused or the answer never came, so it may have happened. */
  result: 'changed' | 'uncertain'
  readonly at: number
}

export interface StreamEvent {
  readonly number: number
  readonly type: string
  readonly data: string
}

export class History {
  /** By the name that the message has in the inbox. */
  readonly sent = new Map<string, SentMessage>()
  readonly files: KeptFile[] = []
  /** Of the platforms, oldest first. */
  readonly events: PlatformEvent[] = []
  readonly deeds: Deed[] = []
  /** Visitors whose erasure was confirmed. */
  readonly erased = new Set<string>()
  /** Visitors, and people of platforms as "channel:chat", who asked to be erased, confirmed or not. */
  readonly leaving = new Set<string>()
  /** Must never be in what the service prints. */
  readonly secrets = new Set<string>()
  /** Must never be in the bytes of the database, whatever happened. */
  readonly unkept = new Set<string>()
  /** Words of erased people: must be gone from the disk in the end. */
  readonly forgotten = new Set<string>()
  /** Events of the intake that came after the backup that was put back: their cases may be gone. */
  readonly forgivenHandovers = new Set<string>()
  readonly violations: Violation[] = []
  readonly counts = {
    answersShown: 0,
    kills: new Map<string, number>(),
    resumed: 0,
    restarts: 0,
    longestRecoveryMs: 0,
    notKept: 0,
    faults: 0,
    checked: 0,
    notes: new Set<string>(),
    decided: new Set<string>(),
    replied: new Set<string>(),
    /** Of the platforms: deliveries beyond the first, blocks, erasures that were seen, matters that went on elsewhere, and parts shown again, by channel. */
    redelivered: 0,
    blocks: 0,
    erasures: 0,
    moves: 0,
    repeats: new Map<string, number>(),
    held: 0,
    /** Complaints that were told to their end, one way or the other; cases on the disk, and requests at the intake. */
    confirmed: 0,
    cancelled: 0,
    cases: new Set<string>(),
    handed: 0,
  }

  told(how: 'confirmed' | 'cancelled' | 'went_home'): void {
    if (how !== 'went_home') this.counts[how]++
  }

  killed(kind: string): void {
    this.counts.kills.set(kind, (this.counts.kills.get(kind) ?? 0) + 1)
  }

  broken(code: string, detail: string): void {
    this.violations.push({ code, detail })
  }

  /** The service answered 202. */
  acknowledged(message: SentMessage, repeated: boolean): void {
    message.ackedAt ??= performance.now()
    if (repeated) return
    message.news++
    if (message.news > 1) this.broken('taken_twice', `${message.visitor}:${message.clientId} was answered as new ${message.news} times`)
  }

  /** A backup taken at `backupAt` was put back: what came later may be gone. */
  restored(backupAt: number): void {
    for (const message of this.sent.values()) {
      if (message.ackedAt === undefined || message.ackedAt >= backupAt) message.forgiven = true
      message.news = 0
    }
    for (const event of this.events) if (event.ackedAt === undefined || event.ackedAt >= backupAt) event.forgiven = true
    for (const file of this.files) if (file.ackedAt >= backupAt) file.forgiven = true
    for (const deed of this.deeds) if (deed.at >= backupAt) deed.result = 'uncertain'
  }

  /** @returns whether the checker may ask for this message */
  isDue(message: SentMessage): boolean {
    return message.ackedAt !== undefined && !message.forgiven && !this.leaving.has(message.visitor)
  }
}
