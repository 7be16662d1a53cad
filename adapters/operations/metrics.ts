/** Numbers for whoever watches the service, as Prometheus text. prom-client because its format and its histograms are the ones that every monitor reads. No label holds anything of a person. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

/** What is read from the storage at each scrape. */
export interface QueueState {
  /** Messages not decided yet, and how long the oldest has waited, in ms. */
  readonly undecided: number
  readonly oldestUndecidedMs: number
  /** Replies not delivered yet, likewise. */
  readonly unsent: number
  readonly oldestUnsentMs: number
  /** Replies that wait until their person writes again. */
  readonly held: number
  readonly undeliverable: number
  readonly waitingForOfficer: number
  readonly withOfficer: number
  /** Confirmed cases that the intake has not taken yet, and how long the oldest has waited, in ms. */
  readonly handingOver: number
  readonly oldestHandingOverMs: number
  /** Confirmed cases that the intake did not take and that are not tried any more: somebody must look. */
  readonly notHandedOver: number
}

export interface Metrics {
  accepted(channel: string, result: string): void
  decided(kind: string, tookMs: number, waitedMs: number): void
  step(name: string, ms: number): void
  again(): void
  delivered(channel: string, tries: number, waitedMs: number): void
  /** Sent again although it may have arrived. */
  repeated(channel: string): void
  undelivered(channel: string, code: string, what: 'again' | 'held' | 'final'): void
  /** A file of a platform: `kept`, or why not. */
  fetched(channel: string, result: string): void
  ignored(channel: string, reason: string): void
  /** Of the present month, and people at present. */
  used(channel: string, usage: { readonly received: number; readonly sent: number; readonly people: number }): void
  /** A message went out that costs the association something. */
  charged(channel: string): void
  /** A try to hand a case over: `what` became of it. */
  handedOver(way: string, what: string, waitedMs: number): void
  fault(where: string): void
  /** @returns the text of a scrape. */
  text(): Promise<string>
}

const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]

/** @param readQueue reads the state of the queues; a failing read leaves the last figures */
export function openMetrics(readQueue: () => Promise<QueueState>, streams: () => number): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'antam_' })
  const registers = [registry]
  const accepted = new Counter({
    name: 'antam_messages_accepted_total',
    help: 'Messages at the door, by what became of them',
    labelNames: ['channel', 'result'],
    registers,
  })
  const decisions = new Counter({ name: 'antam_decisions_total', help: 'Decisions by kind', labelNames: ['kind'], registers })
  const deciding = new Histogram({ name: 'antam_decision_seconds', help: 'Time from lease to commit', buckets: SECONDS, registers })
  const waiting = new Histogram({ name: 'antam_message_wait_seconds', help: 'Time from arrival to commit', buckets: SECONDS, registers })
  const steps = new Histogram({ name: 'antam_step_seconds', help: 'Time of each answering step', labelNames: ['step'], buckets: SECONDS, registers })
  const again = new Counter({ name: 'antam_superseded_total', help: 'Decisions made again because the conversation had changed', registers })
  const deliveries = new Counter({ name: 'antam_deliveries_total', help: 'Deliveries by result', labelNames: ['channel', 'result'], registers })
  const delivering = new Histogram({ name: 'antam_delivery_wait_seconds', help: 'Time from decision to delivery', buckets: SECONDS, registers })
  const files = new Counter({
    name: 'antam_files_fetched_total',
    help: 'Files fetched from platforms, by result',
    labelNames: ['channel', 'result'],
    registers,
  })
  const ignored = new Counter({
    name: 'antam_events_ignored_total',
    help: 'Events of platforms that are not answered',
    labelNames: ['channel', 'reason'],
    registers,
  })
  const usage = new Gauge({ name: 'antam_channel_usage', help: 'Messages of this month, and people', labelNames: ['channel', 'what'], registers })
  const charges = new Counter({
    name: 'antam_messages_charged_total',
    help: 'Messages that the platform did not say are free',
    labelNames: ['channel'],
    registers,
  })
  const handovers = new Counter({
    name: 'antam_handovers_total',
    help: 'Tries to hand a case over, by result',
    labelNames: ['way', 'result'],
    registers,
  })
  const handing = new Histogram({
    name: 'antam_handover_wait_seconds',
    help: 'Time from confirmation to the intake',
    buckets: [1, 10, 60, 600, 3_600, 21_600, 86_400, 259_200],
    registers,
  })
  const faults = new Counter({ name: 'antam_faults_total', help: 'Faults by where', labelNames: ['where'], registers })
  new Gauge({
    name: 'antam_streams',
    help: 'Open event streams',
    registers,
    collect: function () {
      this.set(streams())
    },
  })
  const refresh = addQueueGauges(registry, readQueue)
  return {
    accepted: (channel, result) => accepted.inc({ channel, result }),
    decided: (kind, tookMs, waitedMs) => {
      decisions.inc({ kind })
      deciding.observe(tookMs / 1_000)
      waiting.observe(waitedMs / 1_000)
    },
    step: (name, ms) => steps.observe({ step: name }, ms / 1_000),
    again: () => again.inc(),
    delivered: (channel, tries, waitedMs) => {
      deliveries.inc({ channel, result: tries > 1 ? 'delivered_after_retry' : 'delivered' })
      delivering.observe(waitedMs / 1_000)
    },
    repeated: (channel) => deliveries.inc({ channel, result: 'repeated' }),
    undelivered: (channel, code, what) => deliveries.inc({ channel, result: `${RESULT[what]}_${code}` }),
    fetched: (channel, result) => files.inc({ channel, result }),
    ignored: (channel, reason) => ignored.inc({ channel, reason }),
    used: (channel, figures) => {
      for (const [what, value] of Object.entries(figures)) usage.set({ channel, what }, value)
    },
    charged: (channel) => charges.inc({ channel }),
    handedOver: (way, what, waitedMs) => {
      handovers.inc({ way, result: what })
      if (what === 'delivered') handing.observe(waitedMs / 1_000)
    },
    fault: (where) => faults.inc({ where }),
    text: async () => {
      await refresh()
      return registry.metrics()
    },
  }
}

const RESULT = { again: 'retry', held: 'held', final: 'undeliverable' } as const

const QUEUE_GAUGES: readonly (readonly [name: string, help: string, read: (state: QueueState) => number])[] = [
  ['antam_queue_undecided', 'Messages not decided yet', (s) => s.undecided],
  ['antam_queue_undecided_age_seconds', 'How long the oldest undecided message has waited', (s) => s.oldestUndecidedMs / 1_000],
  ['antam_queue_unsent', 'Replies not delivered yet', (s) => s.unsent],
  ['antam_queue_unsent_age_seconds', 'How long the oldest undelivered reply has waited', (s) => s.oldestUnsentMs / 1_000],
  ['antam_queue_held', 'Replies that wait until their person writes again', (s) => s.held],
  ['antam_queue_undeliverable', 'Replies that will never be delivered', (s) => s.undeliverable],
  ['antam_conversations_waiting', 'Conversations that wait for an officer', (s) => s.waitingForOfficer],
  ['antam_conversations_with_officer', 'Conversations with an officer', (s) => s.withOfficer],
  ['antam_handovers_waiting', 'Cases that the intake has not taken yet', (s) => s.handingOver],
  ['antam_handovers_waiting_age_seconds', 'How long the oldest of them has waited', (s) => s.oldestHandingOverMs / 1_000],
  ['antam_handovers_stopped', 'Cases that the intake did not take and that are not tried any more', (s) => s.notHandedOver],
]

/** @returns what sets the gauges from one read of the storage; a failing read leaves the last figures. */
function addQueueGauges(registry: Registry, readQueue: () => Promise<QueueState>): () => Promise<void> {
  const gauges = QUEUE_GAUGES.map(([name, help]) => new Gauge({ name, help, registers: [registry] }))
  return async () => {
    const state = await readQueue().catch(() => undefined)
    if (state) for (const [i, [, , read]] of QUEUE_GAUGES.entries()) gauges[i]?.set(read(state))
  }
}
