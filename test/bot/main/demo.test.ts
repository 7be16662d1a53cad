/** A few days of the demonstration, played whole: what stands in its folder afterwards must be what a real office could have left. */
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAudit } from '../../../adapters/storage/audit-store.ts'
import { readCases } from '../../../adapters/storage/complaint-store.ts'
import { openStore, type Store } from '../../../adapters/storage/database.ts'
import { readOfficers } from '../../../adapters/storage/officer-store.ts'
import { readThread } from '../../../adapters/storage/owner-store.ts'
import { readQueueState } from '../../../adapters/storage/queue-state.ts'
import { readShown, readWarnings } from '../../../adapters/storage/warning-store.ts'
import { verify } from '../../../bot/audit/chain.ts'
import { clustersOf } from '../../../bot/case/clusters.ts'
import { parseCaseNumber } from '../../../bot/case/number.ts'
import { wordsIn } from '../../../bot/delivery/message.ts'
import { buildDemo, demoConfig } from '../../../bot/main/demo/build.ts'
import type { Filling } from '../../../bot/main/demo/fill.ts'
import { dated, readTexts, withoutMarks } from '../../../bot/main/demo/texts.ts'
import { arrivals, DAY, inOfficeHours, MINUTE } from '../../../bot/main/demo/times.ts'
import { openCalendar } from '../../../bot/main/of-cases.ts'
import { Refused } from '../../../bot/main/office.ts'
import { fold, hasMarks } from '../../../knowledge/language/normalise.ts'
import { dayInVietnam } from '../../../knowledge/validity.ts'
import { Random } from '../../../retrieval/model/random.ts'
import { SILENT } from '../../../retrieval/open.ts'
import { DATA, openReal } from '../open.ts'

/** Friday, 16:00 in Vietnam. */
const UNTIL = Date.parse('2026-11-27T09:00:00Z')
const FILLING: Filling = { seed: 7, days: 6, chats: 6, complaints: 5, filed: 1, until: UNTIL }
const LAST_SCENE = 6

const folders: string[] = []
let store: Store

beforeAll(async () => {
  await openReal()
  store = await openStore(await filled(FILLING))
}, 240_000)
afterAll(async () => {
  await store?.close()
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'an-tam-demo-'))
  folders.push(folder)
  symlinkSync(join(DATA, 'index'), join(folder, 'index'))
  return folder
}

const build = (folder: string, filling: Filling) => buildDemo(demoConfig(folder, {}), filling, SILENT)

async function filled(filling: Filling): Promise<string> {
  const folder = emptyFolder()
  await build(folder, filling)
  return folder
}

const conversations = (of: Store) =>
  of.read((tx) =>
    tx.selectFrom('conversation').select(['id', 'channel', 'address', 'owner', 'created_at', 'updated_at']).orderBy('address').execute(),
  )

/** Everything that was said, by whom and when, without what is drawn by chance: case numbers and how they are read out. */
async function said(of: Store): Promise<readonly string[]> {
  const lines: string[] = []
  for (const { id, channel, address } of await conversations(of))
    for (const row of await readThread(of, id, 500)) {
      const words = row.from === 'person' ? wordsIn(row.content) : row.body.kind === 'reply' ? row.body.text : row.body.owner
      lines.push(`${channel} ${address} ${row.at} ${row.from}: ${words.replace(/GL\d\d(-[0-9A-Z]{3}){3}( \(đọc: [^)]*\))?/g, 'GL')}`)
    }
  return lines
}

describe('a filled demonstration', () => {
  it('has decided and delivered everything', async () => {
    expect(await readQueueState(store, UNTIL)).toMatchObject({
      undecided: 0,
      unsent: 0,
      held: 0,
      undeliverable: 0,
      waitingForOfficer: 4,
      withOfficer: 2,
    })
    const kinds = await store.read((tx) => tx.selectFrom('decision').select('kind').distinct().execute())
    expect(kinds.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['answered', 'complaint', 'handoff', 'for_staff']))
    expect(kinds.map(({ kind }) => kind)).not.toContain('failed')
  })

  it('has a conversation for everybody who writes, on more than one channel, none of them in the future', async () => {
    const all = await conversations(store)
    expect(all).toHaveLength(FILLING.chats + FILLING.complaints + LAST_SCENE)
    expect(new Set(all.map(({ channel }) => channel)).size).toBeGreaterThan(1)
    const times = all.flatMap(({ created_at, updated_at }) => [created_at, updated_at])
    expect(Math.max(...times)).toBeLessThanOrEqual(UNTIL + MINUTE)
    expect(Math.min(...times)).toBeGreaterThanOrEqual(UNTIL - (FILLING.days + 1) * DAY)
  })

  it('has a case with a valid number for every complaint, told by nobody who exists', async () => {
    const cases = await readCases(store)
    expect(cases).toHaveLength(FILLING.complaints + FILLING.filed)
    for (const { number, record } of cases) {
      expect(parseCaseNumber(number)).toBe(number)
      expect(record?.facts.phone?.value).toMatch(/^09000000\d\d$/)
      expect(record?.facts.name?.value).toMatch(/M[aẫ]u/)
      expect(record?.facts.respondent?.value).toMatch(/Demo$/)
    }
  })

  it('has a seller of whom several people complain', async () => {
    const accused = (await readCases(store)).flatMap(({ record, ...one }) => (record ? [{ ...one, facts: record.facts }] : []))
    expect(clustersOf(accused, UNTIL)[0]).toMatchObject({ respondent: expect.stringMatching(/Hoa Mai Demo/i), people: FILLING.complaints })
  })

  it('is served by officers who have accounts', async () => {
    const officers = await readOfficers(store)
    expect(officers.map(({ login, role }) => `${login} ${role}`)).toEqual(['lan supervisor', 'minh officer', 'quan-tri administrator'])
    const serving = await store.read((tx) => tx.selectFrom('episode').select('officer').where('officer', 'is not', null).execute())
    expect(serving.length).toBeGreaterThan(0)
    for (const { officer } of serving) expect(officers.map(({ id }) => id)).toContain(officer)
  })

  it('has a warning that everybody sees, approved by somebody who did not write it, and one that waits', async () => {
    const shown = await readShown(store, dayInVietnam(new Date(UNTIL)))
    expect(shown).toHaveLength(1)
    expect(shown[0]?.content.signs.length).toBeGreaterThan(1)
    const all = await readWarnings(store)
    expect(all.map(({ status }) => status).sort()).toEqual(['published', 'waiting'])
    const published = all.find(({ status }) => status === 'published')
    expect(published?.writers).not.toContain(published?.changedBy)
  })

  it('has an unbroken audit', async () => {
    const entries = await readAudit(store, 0, 10_000)
    expect(entries.length).toBeGreaterThan(10)
    expect(await verify(entries)).toMatchObject({ ok: true })
  })

  it('is the same again from the same seed', { timeout: 240_000 }, async () => {
    const again = await openStore(await filled(FILLING))
    const [first, second] = [await said(store), await said(again)]
    await again.close()
    expect(first.length).toBeGreaterThan(60)
    expect(second).toEqual(first)
  })
})

describe('a folder that holds anything', () => {
  it('is refused, and left as it was', async () => {
    const folder = emptyFolder()
    writeFileSync(join(folder, 'an-tam.sqlite'), 'something')
    await expect(build(folder, FILLING)).rejects.toThrow(Refused)
    await expect(build(folder, FILLING)).rejects.toThrow(/đã có dữ liệu/)
    rmSync(join(folder, 'an-tam.sqlite'))
  })
})

describe('settings of the demonstration', () => {
  it('reach nothing real, whatever the environment says', () => {
    const env = { ANTAM_DATA: '/real', TELEGRAM_TOKEN: '1:a', INTAKE_URL: 'https://example.vn', SMTP_URL: 'smtp://example.vn', PORT: '4000' }
    const config = demoConfig(join(tmpdir(), 'demo'), env)
    expect(config).toMatchObject({ dataFolder: join(tmpdir(), 'demo'), port: 4000, telegram: undefined, intake: undefined, mail: undefined })
    expect(config.association.name).toContain('bản trình diễn')
  })
})

describe('texts', () => {
  it('name only sellers that are called Demo', () => {
    for (const { answers } of readTexts().complaints) expect(answers.respondent).toMatch(/ Demo$/)
  })

  it('have their days filled in as seen from the day', () => {
    expect(dated('mua {day:6}, nhận {day:0}', Date.parse('2026-11-03T18:00:00Z'))).toBe('mua 29/10, nhận 4/11')
    expect(
      readTexts()
        .complaints.flatMap(({ story }) => story.map((line) => dated(line, UNTIL)))
        .join(),
    ).not.toMatch(/[{}]/)
  })

  it('lose every mark and nothing else', () => {
    for (const { say } of readTexts().chats)
      for (const line of say) {
        expect(hasMarks(withoutMarks(line))).toBe(false)
        expect(fold(withoutMarks(line))).toBe(fold(line))
      }
  })
})

describe('times', () => {
  const calendar = openCalendar()
  const moment = fc.integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2026-12-20T00:00:00Z') })

  it('of officers are in office hours, and a moment in them stays', () => {
    fc.assert(
      fc.property(moment, (at) => {
        const open = inOfficeHours(calendar, at)
        const hour = new Date(open + 7 * 60 * MINUTE).getUTCHours() + new Date(open).getUTCMinutes() / 60
        expect(open).toBeGreaterThanOrEqual(at)
        expect((hour >= 7.5 && hour < 11.5) || (hour >= 13.5 && hour < 17)).toBe(true)
        expect(inOfficeHours(calendar, open)).toBe(open)
      }),
      { seed: 1, numRuns: 200 },
    )
  })

  it('of people lie within the days, in order, fewer at night', () => {
    fc.assert(
      fc.property(moment, fc.integer(), (until, seed) => {
        const found = arrivals(new Random(seed), calendar, { until, days: 30, count: 200 })
        const atNight = found.filter((at) => new Date(at + 7 * 60 * MINUTE).getUTCHours() < 6)
        expect(found).toEqual(found.toSorted((a, b) => a - b))
        expect(found.every((at) => at <= until && at >= until - 30 * DAY)).toBe(true)
        expect(atNight.length).toBeLessThan(30)
      }),
      { seed: 1, numRuns: 20 },
    )
  })
})
