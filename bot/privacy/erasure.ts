/** Erasing a person: who is erased, what is left of it, and how it is repeated after a backup is restored. */

/** Says that a person was erased, so that a restored backup can be cleansed again. Holds nothing but the pseudonym, the moment and the written reason. */
export interface Tombstone {
  readonly person: string
  /** Milliseconds UTC. */
  readonly erasedAt: number
  readonly why: string
}

/** `by`: who does it; `why`: a written reason without names or numbers. */
export interface ErasureOrder {
  readonly person: string
  readonly by: string
  readonly why: string
}

/** What was, or would be, removed. */
export interface ErasedCounts {
  readonly conversations: number
  readonly messages: number
  readonly attachments: number
  readonly cases: number
  /** Cases that stay, since an officer wrote down why. */
  readonly heldCases: number
}

export interface Erased extends ErasedCounts {
  /** Hashes of files that neither a conversation nor a case names any more: the caller removes them from the disk. */
  readonly unusedHashes: readonly string[]
  /** Whether anything was written: false when the person had been erased already and nothing new was found. */
  readonly changed: boolean
}

/** @returns the sentence of what was or would be removed. */
export function countsText({ conversations, messages, attachments, cases, heldCases = 0 }: Counts): string {
  const filed = cases > 0 ? `, ${cases} hồ sơ` : ''
  const held = heldCases > 0 ? ` (giữ lại ${heldCases} hồ sơ theo lý do cán bộ đã ghi)` : ''
  return `${conversations} cuộc trò chuyện, ${messages} tin nhắn, ${attachments} tệp đính kèm${filed}${held}`
}

type Counts = Omit<ErasedCounts, 'heldCases'> & { readonly heldCases?: number }
