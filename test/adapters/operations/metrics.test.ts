import { describe, expect, it } from 'vitest'
import { openMetrics, type QueueState } from '../../../adapters/operations/metrics.ts'

const QUEUE: QueueState = {
  ...{ undecided: 3, oldestUndecidedMs: 4_500, unsent: 2, oldestUnsentMs: 60_000, held: 2, undeliverable: 1, waitingForOfficer: 5, withOfficer: 4 },
  ...{ handingOver: 6, oldestHandingOverMs: 7_000, notHandedOver: 8 },
}
const open = (read: () => Promise<QueueState> = async () => QUEUE, streams = 0) => openMetrics(read, () => streams)

/** @returns the samples of our own figures, "name{labels} value". */
async function samples(metrics: ReturnType<typeof openMetrics>): Promise<string[]> {
  return (await metrics.text()).split('\n').filter((line) => /^antam_(?!process|nodejs)/.test(line) && !/_(sum|bucket)/.test(line))
}

describe('the figures', () => {
  it('count what happens, by kinds and codes', async () => {
    const metrics = open()
    metrics.accepted('web', 'new')
    metrics.accepted('web', 'new')
    metrics.accepted('web', 'repeated')
    metrics.decided('answered', 12, 40)
    metrics.step('retrieve', 3)
    metrics.again()
    metrics.delivered('web', 1, 5)
    metrics.delivered('web', 3, 5)
    metrics.undelivered('web', 'unreachable', 'again')
    metrics.undelivered('web', 'blocked', 'final')
    metrics.undelivered('telegram', 'blocked', 'held')
    metrics.repeated('telegram')
    metrics.fetched('telegram', 'kept')
    metrics.ignored('telegram', 'group')
    metrics.used('zalo-bot', { received: 3, sent: 5, people: 2 })
    metrics.handedOver('webhook', 'later', 5)
    metrics.handedOver('webhook', 'delivered', 5)
    metrics.handedOver('mail', 'given_up', 5)
    metrics.fault('turn')
    const got = await samples(metrics)
    for (const line of [
      'antam_messages_accepted_total{channel="web",result="new"} 2',
      'antam_messages_accepted_total{channel="web",result="repeated"} 1',
      'antam_decisions_total{kind="answered"} 1',
      'antam_decision_seconds_count 1',
      'antam_message_wait_seconds_count 1',
      'antam_step_seconds_count{step="retrieve"} 1',
      'antam_superseded_total 1',
      'antam_deliveries_total{channel="web",result="delivered"} 1',
      'antam_deliveries_total{channel="web",result="delivered_after_retry"} 1',
      'antam_deliveries_total{channel="telegram",result="held_blocked"} 1',
      'antam_deliveries_total{channel="telegram",result="repeated"} 1',
      'antam_files_fetched_total{channel="telegram",result="kept"} 1',
      'antam_events_ignored_total{channel="telegram",reason="group"} 1',
      'antam_channel_usage{channel="zalo-bot",what="sent"} 5',
      'antam_deliveries_total{channel="web",result="retry_unreachable"} 1',
      'antam_deliveries_total{channel="web",result="undeliverable_blocked"} 1',
      'antam_delivery_wait_seconds_count 2',
      'antam_handovers_total{way="webhook",result="delivered"} 1',
      'antam_handovers_total{way="mail",result="given_up"} 1',
      'antam_handover_wait_seconds_count 1',
      'antam_handovers_waiting 6',
      'antam_handovers_waiting_age_seconds 7',
      'antam_handovers_stopped 8',
      'antam_faults_total{where="turn"} 1',
    ])
      expect(got).toContain(line)
  })

  it('are in seconds', async () => {
    const metrics = open()
    metrics.decided('answered', 12, 40)
    const text = await metrics.text()
    expect(text).toContain('antam_decision_seconds_sum 0.012')
    expect(text).toContain('antam_message_wait_seconds_sum 0.04')
  })

  it('show the queues as they are at the moment of asking', async () => {
    let state = QUEUE
    const metrics = open(async () => state, 7)
    const gauges = async () => (await samples(metrics)).filter((line) => /^antam_(queue|conversations|streams)/.test(line)).sort()
    expect(await gauges()).toEqual([
      'antam_conversations_waiting 5',
      'antam_conversations_with_officer 4',
      'antam_queue_held 2',
      'antam_queue_undecided 3',
      'antam_queue_undecided_age_seconds 4.5',
      'antam_queue_undeliverable 1',
      'antam_queue_unsent 2',
      'antam_queue_unsent_age_seconds 60',
      'antam_streams 7',
    ])
    state = { ...QUEUE, undecided: 0, oldestUndecidedMs: 0 }
    expect(await gauges()).toContain('antam_queue_undecided 0')
  })

  it('keep the last state of the queues while they cannot be read', async () => {
    let fails = false
    const metrics = open(() => (fails ? Promise.reject(new Error('locked')) : Promise.resolve(QUEUE)))
    await metrics.text()
    fails = true
    expect(await samples(metrics)).toContain('antam_queue_undecided 3')
  })

  it('have no label that could name a person', async () => {
    const metrics = open()
    metrics.accepted('web', 'new')
    metrics.decided('answered', 1, 1)
    metrics.delivered('web', 1, 1)
    const labels = new Set([...(await metrics.text()).matchAll(/[{,]([a-z_]+)="/g)].map(([, name]) => name))
    expect([...labels].filter((name) => !['channel', 'result', 'kind', 'step', 'where', 'le'].includes(name ?? '')).sort()).toEqual(
      [...labels].filter((name) => ['version', 'major', 'minor', 'patch', 'space', 'type', 'quantile'].includes(name ?? '')).sort(),
    )
  })

  it('of two services in one process do not mix', async () => {
    const [one, two] = [open(), open()]
    one.fault('turn')
    expect((await samples(two)).filter((line) => line.startsWith('antam_faults_total{'))).toEqual([])
  })
})
