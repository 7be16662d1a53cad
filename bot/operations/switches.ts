/** The kill switches: what can be switched off while the service runs, and how a running service notices. A row present means off; nothing present means all is on. */
import { writtenReason } from '../audit/entry.ts'

export const CHANNEL_NAMES = ['web', 'telegram', 'zalo-bot', 'zalo-oa'] as const
export const FUNCTION_NAMES = ['answering', 'attachments', 'handoff', 'delivery', 'intake'] as const
export type ChannelName = (typeof CHANNEL_NAMES)[number]
export type FunctionName = (typeof FUNCTION_NAMES)[number]

/** One thing that can be switched off. */
export type SwitchTarget = { readonly scope: 'channel'; readonly name: ChannelName } | { readonly scope: 'function'; readonly name: FunctionName }

export interface SwitchedOff {
  readonly target: SwitchTarget
  /** Milliseconds UTC; switching off what is off already keeps the first time. */
  readonly offSince: number
  readonly by: string
  /** Why, for the office; a citizen does not read it. */
  readonly reason: string
}

/** Every target there is, channels first. */
export const SWITCH_TARGETS: readonly SwitchTarget[] = [
  ...CHANNEL_NAMES.map((name) => ({ scope: 'channel' as const, name })),
  ...FUNCTION_NAMES.map((name) => ({ scope: 'function' as const, name })),
]

/** @returns the form in which a target is typed and audited: `channel:web`, `function:answering`. */
export function targetText({ scope, name }: SwitchTarget): string {
  return `${scope}:${name}`
}

/** @returns the target that `text` names, the scope of a function may be left out; undefined when there is none: a mistyped kill switch must not seem to work. */
export function parseTarget(text: string): SwitchTarget | undefined {
  return SWITCH_TARGETS.find((target) => targetText(target) === text || (target.scope === 'function' && target.name === text))
}

/** @returns what happens while `target` is off, for the operator. */
export function whileOff(target: SwitchTarget): string {
  return target.scope === 'channel' ? CHANNEL_OFF[target.name] : FUNCTION_OFF[target.name]
}

/** A platform must always be told that a message was taken, or it gives us up: there nothing is refused, and replies wait. */
const HELD_BACK = 'tin của người dân vẫn được nhận và giữ; mọi trả lời đợi đến khi bật lại'
const CHANNEL_OFF: Readonly<Record<ChannelName, string>> = {
  web: 'kênh web tạm nghỉ, người dân đọc câu báo tạm nghỉ',
  telegram: `kênh telegram tạm nghỉ: ${HELD_BACK}`,
  'zalo-bot': `kênh zalo-bot tạm nghỉ: ${HELD_BACK}`,
  'zalo-oa': `kênh zalo-oa tạm nghỉ: ${HELD_BACK}`,
}

const FUNCTION_OFF: Readonly<Record<FunctionName, string>> = {
  answering: 'trợ lý không tự trả lời; cán bộ vẫn nhắn được',
  attachments: 'không nhận tệp đính kèm mới',
  handoff: 'không chuyển cho cán bộ; người dân được chỉ tới tổng đài',
  delivery: 'tin trả lời được giữ lại, gửi sau khi bật lại',
  intake: 'hồ sơ đã xác nhận vẫn được lưu; việc chuyển đi (webhook, thư) và đường dẫn tới ảnh, tệp đợi đến khi bật lại',
}

/** @returns what is wrong with switching off for `reason`, as a sentence; undefined when nothing is. */
export function reasonProblem(reason: string | undefined): string | undefined {
  return writtenReason(reason ?? '') === '' ? 'Cần ghi lý do: --reason "…" (không ghi tên hay số điện thoại của người dân).' : undefined
}

/** What a running service asks. Answers come from memory. */
export interface Switches {
  /** @returns why it is off, or undefined when it is on. Never throws and never waits: while the database cannot be read, the last known state holds. */
  isOff(scope: SwitchTarget['scope'], name: string): string | undefined
  /** @returns everything that is off. */
  off(): readonly SwitchedOff[]
  /** When the state was last read, by the clock given. */
  readAt(): number
  /** Reads now. */
  refresh(): Promise<void>
  /** Stops reading. */
  close(): void
}

/**
 * Reads the switches now and again `everyMs` after each reading. @returns them once read; rejects when they cannot be read at the start: a service must not
 * begin without knowing whether it was switched off.
 */
export async function openSwitches(read: () => Promise<readonly SwitchedOff[]>, clock: () => number, everyMs: number): Promise<Switches> {
  let known = byKey(await read())
  let readAt = clock()
  let timer: NodeJS.Timeout | undefined
  let closed = false
  const refresh = async () => {
    try {
      known = byKey(await read())
      readAt = clock()
    } catch {
      // Busy or failing: what was known stays true until it can be read again; `readAt` tells how old it is.
    }
  }
  const schedule = () => {
    if (closed) return
    timer = setTimeout(() => void refresh().then(schedule), everyMs).unref()
  }
  schedule()
  return {
    isOff: (scope, name) => known.get(`${scope}:${name}`)?.reason,
    off: () => [...known.values()],
    readAt: () => readAt,
    refresh,
    close: () => {
      closed = true
      clearTimeout(timer)
    },
  }
}

function byKey(rows: readonly SwitchedOff[]): ReadonlyMap<string, SwitchedOff> {
  return new Map(rows.map((row) => [targetText(row.target), row]))
}
