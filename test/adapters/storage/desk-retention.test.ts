import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readLastAudit } from '../../../adapters/storage/audit-store.ts'
import { openStore, type Store } from '../../../adapters/storage/database.ts'
import { forgetEnded, planDesk, runDesk } from '../../../adapters/storage/desk-retention.ts'
import { addLink, beginSession, createOfficer } from '../../../adapters/storage/officer-store.ts'
import { RETENTION_CLASSES } from '../../../bot/privacy/retention.ts'

const NOW = Date.parse('2026-11-28T02:00:00Z')
const DAY = 86_400_000
let folder = ''
let store: Store

const RULES = { conversationDays: 90, caseDays: 1_825, attemptDays: 400 }

/** What is due is what is told beforehand; the audit says of it what was done; a second run finds nothing. */
async function runOnce(): Promise<void> {
  const planned = await store.read((tx) => planDesk(tx, RULES, NOW))
  const due = Object.values(planned).reduce((sum, one) => sum + one.due, 0)
  expect(due).toBeGreaterThan(0)
  expect(await runDesk(store, RULES, NOW, 'service')).toBe(due)
  const said = (await readLastAudit(store, 99)).map(({ action, subject, detail }) => [action, subject, detail])
  const classes = Object.entries(planned).filter(([, one]) => one.due > 0)
  expect(said).toEqual(classes.map(([name, one]) => ['retention.ran', `retention:${name}`, JSON.stringify({ class: name, count: one.due })]))
  expect(await runDesk(store, RULES, NOW, 'service')).toBe(0)
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'an-tam-desk-'))
  store = await openStore(folder)
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('what the desk keeps', () => {
  it('of call-backs: no telephone number a month after it was due, though nobody called', async () => {
    for (const [id, days] of [
      ['cu', RETENTION_CLASSES.call_back.days + 1],
      ['moi', RETENTION_CLASSES.call_back.days - 1],
    ] as const)
      await store.write((tx) =>
        tx
          .insertInto('call_back')
          .values({
            ...{ id, conversation_id: null, number: null, phone: '0900000001', hours: 'buổi sáng', asked_at: NOW - 60 * DAY },
            ...{ due_at: NOW - days * DAY, taken_by: null, done_at: null, outcome: null },
          })
          .execute(),
      )
    await runOnce()
    const rows = await store.read((tx) => tx.selectFrom('call_back').select(['id', 'phone', 'hours']).orderBy('id').execute())
    expect(rows).toEqual([
      { id: 'cu', phone: '', hours: '' },
      { id: 'moi', phone: '0900000001', hours: 'buổi sáng' },
    ])
  })

  it('of requests: who asked and what was written, a year after they were answered', async () => {
    for (const [id, doneAt] of [
      ['cu', NOW - (RETENTION_CLASSES.data_request.days + 1) * DAY],
      ['moi', NOW - DAY],
      ['cho', null],
    ] as const)
      await store.write((tx) =>
        tx
          .insertInto('data_request')
          .values({
            ...{
              id,
              person: 'web:p1',
              number: null,
              kind: 'access',
              way: 'telephone',
              asked_at: NOW - 400 * DAY,
              due_at: NOW - 398 * DAY,
              by: 'lan',
            },
            ...{ note: 'ghi chú', done_at: doneAt, done_by: 'lan', result: null, outcome: 'đã trả lời' },
          })
          .execute(),
      )
    await runOnce()
    const rows = await store.read((tx) => tx.selectFrom('data_request').select(['id', 'person', 'note', 'outcome']).orderBy('id').execute())
    expect(rows).toEqual([
      { id: 'cho', person: 'web:p1', note: 'ghi chú', outcome: 'đã trả lời' },
      { id: 'cu', person: null, note: '', outcome: null },
      { id: 'moi', person: 'web:p1', note: 'ghi chú', outcome: 'đã trả lời' },
    ])
  })

  it('of itself: no session past its longest time, no link that has ended', async () => {
    const officer = (await createOfficer(store, { login: 'lan', name: 'Lan', role: 'officer' }, 'system', NOW)) as string
    await beginSession(store, { officer, token: 'cu', agent: 'a', proof: { step: 1 } }, NOW - DAY)
    await beginSession(store, { officer, token: 'moi', agent: 'a', proof: { step: 2 } }, NOW)
    await addLink(store, officer, 'lien-ket', 'system', NOW - 2 * DAY)
    await forgetEnded(store, NOW)
    const left = await store.read(async (tx) => ({
      sessions: await tx.selectFrom('officer_session').select('began_at').execute(),
      links: await tx.selectFrom('officer_link').select('officer').execute(),
    }))
    expect(left).toEqual({ sessions: [{ began_at: NOW }], links: [] })
  })
})
