/** What is held on a person, as a storage hands it over: every row that names or belongs to the person, JSON columns already read. */

export interface Held {
  /** Pseudonym. */
  readonly person: string
  readonly conversations: readonly HeldConversation[]
  /** Complaints that the person has confirmed; they outlive the conversation. */
  readonly complaints: readonly HeldComplaint[]
  /** What the person asked about their own data by telephone, at the counter or in writing. */
  readonly requests: readonly HeldRequest[]
  /** What the audit says of the person and of the conversations, oldest first. */
  readonly audit: readonly { readonly at: number; readonly action: string; readonly subject: string }[]
}

/** Times in milliseconds UTC. */
export interface HeldRequest {
  readonly id: string
  readonly number: string | null
  readonly kind: string
  readonly way: string
  readonly askedAt: number
  readonly dueAt: number
  readonly by: string
  readonly note: string
  readonly doneAt: number | null
  readonly doneBy: string | null
  readonly result: string | null
  readonly outcome: string | null
}

/** A case with all that stands beside its record. Times in milliseconds UTC. */
export interface HeldComplaint {
  readonly number: string
  readonly channel: string
  readonly toldIn: string
  readonly status: string
  readonly result: string | null
  /** The officer who filed it for the person. */
  readonly filedBy: string | null
  readonly confirmedAt: number
  readonly updatedAt: number
  readonly dueAt: number | null
  readonly closedAt: number | null
  readonly record: unknown
  readonly chosen: unknown
  readonly satisfaction: unknown
  readonly hold: unknown
  readonly events: readonly unknown[]
  readonly files: readonly unknown[]
  /** Who asked to be called back about it. */
  readonly callBacks: readonly HeldCallBack[]
  /** On which ways the record was handed on, and whether it arrived. */
  readonly handovers: readonly { readonly way: string; readonly state: string; readonly createdAt: number; readonly deliveredAt: number | null }[]
}

/** Somebody asked to be called back; number and hours are empty once it is done. Times in milliseconds UTC. */
export interface HeldCallBack {
  readonly id: string
  readonly phone: string
  readonly hours: string
  readonly askedAt: number
  readonly dueAt: number
  readonly takenBy: string | null
  readonly doneAt: number | null
  readonly outcome: string | null
  /** What was agreed to in the chat, as JSON. */
  readonly consent: string | null
  readonly changedAt: number
}

/** That the person asked to be told of warnings, and which they were told of. Times in milliseconds UTC; null where they never asked. */
export interface HeldSubscription {
  readonly since: number | null
  readonly version: string | null
  readonly message: string | null
  readonly endedAt: number | null
  readonly told: readonly { readonly warning: string; readonly state: string; readonly message: string | null; readonly at: number }[]
}

/** Times in milliseconds UTC. */
export interface HeldConversation {
  readonly id: string
  readonly channel: string
  readonly address: string
  readonly owner: string
  readonly createdAt: number
  readonly updatedAt: number
  /** When the person last wrote. */
  readonly heardAt: number | null
  /** Conversations with the same name here are one matter, gone on with on another channel. */
  readonly matter: string | null
  readonly transfers: readonly { readonly hash: string; readonly createdAt: number; readonly expiresAt: number; readonly usedAt: number | null }[]
  /** What officers noted for each other beside the conversation. */
  readonly notes: readonly { readonly id: string; readonly at: number; readonly by: string; readonly text: string; readonly mentions: string }[]
  readonly callBacks: readonly HeldCallBack[]
  readonly warnings: HeldSubscription | null
  /** Case numbers that were tried here with digits that do not fit them; forgotten after a day. */
  readonly caseTries: readonly { readonly message: string; readonly number: string; readonly at: number }[]
  /** The officer who is told of work here; null for a citizen's conversation. */
  readonly alertsOf: { readonly officer: string; readonly connectedAt: number } | null
  /** Wrong codes for it; forgotten after a day. */
  readonly alertTries: readonly { readonly message: string; readonly at: number }[]
  /** Words of officers that waited for a supervisor. */
  readonly proposed: readonly {
    readonly id: string
    readonly episode: number
    readonly by: string
    readonly text: string
    readonly citations: unknown
    readonly at: number
    readonly state: string
    readonly decidedBy: string | null
    readonly decidedAt: number | null
    readonly reason: string | null
  }[]
  /** Files not fetched from the platform yet. */
  readonly downloads: readonly { readonly source: string; readonly attempts: number; readonly nextAttemptAt: number }[]
  /** When the person asked in the chat that everything be erased. */
  readonly erasureAskedAt: number | null
  /** What the assistant remembers between two messages. */
  readonly dialogue: unknown
  readonly ownership: unknown
  /** In and out, by position. */
  readonly messages: readonly HeldMessage[]
  readonly shownOnWeb: readonly {
    readonly number: number
    readonly key: string
    readonly type: string
    readonly data: unknown
    readonly at: number
  }[]
  readonly episodes: readonly HeldEpisode[]
  readonly attachments: readonly {
    readonly id: string
    readonly hash: string
    readonly kind: string
    readonly size: number
    readonly state: string
    readonly receivedAt: number
  }[]
}

export type HeldMessage = HeldReceived | HeldSent

export interface HeldReceived {
  readonly direction: 'in'
  readonly position: number
  readonly at: number
  readonly id: string
  readonly externalId: string
  readonly state: string
  readonly attempts: number
  readonly content: unknown
  readonly decision?: {
    readonly kind: string
    readonly episode: number
    readonly reason: string | null
    readonly citations: unknown
    readonly confidence: number | null
    readonly decidedAt: number
    readonly tookMs: number
  }
}

export interface HeldSent {
  readonly direction: 'out'
  readonly position: number
  readonly at: number
  readonly id: string
  readonly inboxId: string | null
  readonly author: string
  readonly state: string
  readonly attempts: number
  readonly nextAttemptAt: number
  readonly sentAt: number | null
  readonly trouble: string | null
  /** Of a reply in several messages: how many have arrived, whether one is under way, how often its fate was unknown. */
  readonly delivered: number
  readonly sending: number
  readonly doubts: number
  readonly content: unknown
  readonly feedback?: { readonly value: string; readonly word: string | null; readonly at: number }
}

export interface HeldEpisode {
  readonly number: number
  readonly owner: string
  readonly reason: string | null
  readonly officer: string | null
  readonly beganAt: number
  readonly endedAt: number | null
  readonly endedBy: string | null
  readonly outcome: string | null
}
