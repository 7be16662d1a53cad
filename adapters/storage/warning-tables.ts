/** The tables of public warnings and of the published list, as kysely sees them. */
import type { BatchKind, KeyKind, ViolatorStatus } from '../../bot/violators/entry.ts'
import type { WarningEvent, WarningStatus } from '../../bot/warning/life.ts'

/** A public warning. */
export interface WarningTable {
  id: string
  /** Rises with every change; whoever changes it names the one they saw. */
  version: number
  status: WarningStatus
  /** What is being written, as JSON. */
  content: string
  /** What everybody sees, as JSON, frozen when it was approved; null: nothing. */
  shown: string | null
  /** Officers who have written in it since it was last approved, as JSON. */
  writers: string
  made_by: string
  made_at: number
  changed_by: string
  changed_at: number
  first_shown_at: number | null
  shown_at: number | null
}

/** What happened to a warning, in order; never changed. */
export interface WarningStepTable {
  warning_id: string
  seq: number
  at: number
  by: string
  kind: WarningEvent
  reason: string
  /** The words as they stood after it, as JSON; null where they did not change. */
  content: string | null
}

/** The cases that a warning was drafted from: counted again whenever it is approved, and their sellers are never named in it. */
export interface WarningCaseTable {
  warning_id: string
  number: string
}

/** Who asked to be told of warnings, in a conversation. */
export interface SubscriberTable {
  conversation_id: string
  since: number
  /** Of the words that were agreed to. */
  version: string
  /** The message that asked for it. */
  message: string | null
  ended_at: number | null
}

/** One warning for one subscriber: one row, whatever becomes of it. */
export interface WarningDeliveryTable {
  warning_id: string
  conversation_id: string
  /** `next_time`: the channel took nothing then; told in a line when they write. `told`: it was. `left_out`: the warning ended before. */
  state: 'queued' | 'next_time' | 'told' | 'left_out'
  outbox_id: string | null
  at: number
}

/** Names that came in together and are decided about together. */
export interface ViolatorBatchTable {
  id: string
  kind: BatchKind
  /** The name of the file; empty where somebody typed it. */
  file: string
  status: 'waiting' | 'approved' | 'refused'
  by: string
  at: number
  decided_by: string | null
  decided_at: number | null
  reason: string
}

/** One name that an authority has made public. */
export interface ViolatorTable {
  id: string
  batch_id: string
  status: ViolatorStatus
  name: string
  /** Of the decision: the same one is listed once. */
  identity: string
  /** All that was published, as JSON. */
  entry: string
  /** The last day on which it is shown; null: until it is removed. */
  ends_on: string | null
  /** The entry that it corrects. */
  replaces: string | null
  changed_by: string
  changed_at: number
  reason: string
}

/** By what an entry is found. */
export interface ViolatorKeyTable {
  violator_id: string
  kind: KeyKind
  key: string
}

export interface WarningTables {
  warning: WarningTable
  warning_step: WarningStepTable
  warning_case: WarningCaseTable
  subscriber: SubscriberTable
  warning_delivery: WarningDeliveryTable
  violator_batch: ViolatorBatchTable
  violator: ViolatorTable
  violator_key: ViolatorKeyTable
}
