/** What leaves with a case: the event, its JSON Schema, and everything that must not be in it. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { type ConfirmedComplaint, recordSchema } from '../../../bot/complaint/confirmed.ts'
import { dossierText } from '../../../bot/complaint/dossier.ts'
import { type ComplaintEvent, eventOf, eventSchema, SENT_FACTS } from '../../../bot/complaint/event.ts'
import { FACT_NAMES } from '../../../bot/complaint/facts.ts'
import { ROOT } from '../open.ts'
import { confirmedComplaint, NOW } from './confirmed.ts'

const SCHEMA = 'bot/complaint/complaint.schema.json'
const published = JSON.parse(readFileSync(resolve(ROOT, SCHEMA), 'utf8')) as Record<string, unknown>
const validate = new Ajv2020({ allErrors: true, validateFormats: false }).compile(published)

const link = (attachment: string) => ({ url: `https://antam.example.vn/intake/evidence/${attachment}?until=1&sig=x`, until: NOW + 7 * 86_400_000 })
const noLink = () => undefined

function made(complaint: ConfirmedComplaint, linked = true): ComplaintEvent {
  return eventOf(complaint, { channel: 'web', link: linked ? link : noLink }) ?? expect.unreachable('no event')
}

describe('the event of a confirmed complaint', () => {
  it('is the whole record, with moments as text and files as links', () => {
    const { data, ...head } = made(confirmedComplaint())
    expect(head).toEqual({ type: 'complaint.confirmed', timestamp: '2026-11-26T03:00:00.000Z' })
    expect(data).toMatchObject({
      case: 'GL26-1',
      channel: 'web',
      confirmedAt: head.timestamp,
      confirmedBy: 'm9',
      facts: { amount: { value: 1_200_000 } },
    })
    expect(data.evidence).toEqual([
      { id: 'tep-1', caption: 'ảnh áo', released: true, link: link('tep-1').url, linkEndsAt: '2026-12-03T03:00:00.000Z' },
      { id: 'tep-2', caption: '', released: false, link: link('tep-2').url, linkEndsAt: '2026-12-03T03:00:00.000Z' },
      { id: 'tep-3', caption: '', released: false, link: link('tep-3').url, linkEndsAt: '2026-12-03T03:00:00.000Z' },
    ])
  })

  it('names files without a link where there is no public address', () => {
    expect(made(confirmedComplaint(), false).data.evidence).toMatchObject([
      { id: 'tep-1', link: null, linkEndsAt: null },
      { id: 'tep-2' },
      { id: 'tep-3' },
    ])
  })

  it('is not made for who did not agree that the complaint is handled, whatever else they agreed to', () => {
    const consents = [{ purpose: 'authority' as const, version: '1', at: NOW, message: 'm' }]
    expect(eventOf(confirmedComplaint({ consents }), { channel: 'web', link })).toBeUndefined()
  })

  it('holds nothing that is not named in it: no account, sealed or not', () => {
    const account = { sealed: 'niem-phong-0123456789', shown: '…6789' }
    const facts = { ...confirmedComplaint().facts, account: { value: '0123456789', from: { words: 'stk 0123456789', message: 'm' } } }
    const text = JSON.stringify(made(confirmedComplaint({ account, facts, later: 'điều chưa ai nghĩ tới' } as Partial<ConfirmedComplaint>)))
    for (const secret of ['niem-phong', '6789', 'account', 'nghĩ tới']) expect(text).not.toContain(secret)
  })

  it('sends every fact there is: a new one must be decided on', () => {
    expect(Object.keys(SENT_FACTS).sort()).toEqual([...FACT_NAMES].sort())
  })
})

describe('the published schema', () => {
  it('is the one that the program goes by', () => {
    const own = z.toJSONSchema(eventSchema, { target: 'draft-2020-12', io: 'input' })
    expect(published, `write it anew: npx tsx test/bot/complaint/write-schema.ts`).toEqual(JSON.parse(JSON.stringify(own)))
  })

  it('takes what leaves', () => {
    for (const event of [made(confirmedComplaint()), made(confirmedComplaint({ issue: null, evidence: [], facts: {} }), false)]) {
      validate(event)
      expect(validate.errors ?? []).toEqual([])
    }
  })

  it('and the program agree on whatever is broken', () => {
    const whole = made(confirmedComplaint())
    const places = placesOf(whole)
    const broken = fc.constantFrom<unknown>(null, '', 'chữ', -1, 0.5, true, [], {}, undefined)
    fc.assert(
      fc.property(fc.constantFrom(...places), broken, (place, value) => {
        const event = withValue(whole, place, value)
        expect({ place, value, valid: validate(event) }).toEqual({ place, value, valid: eventSchema.safeParse(event).success })
      }),
      { numRuns: 2_000 },
    )
  })
})

type Place = readonly (string | number)[]

function placesOf(value: unknown, at: Place = []): Place[] {
  if (typeof value !== 'object' || value === null) return [at]
  const inner = Object.entries(value).flatMap(([key, one]) => placesOf(one, [...at, Array.isArray(value) ? Number(key) : key]))
  return at.length === 0 ? inner : [at, ...inner]
}

/** A copy with one place exchanged; undefined takes it out. */
function withValue(whole: unknown, [key, ...rest]: Place, value: unknown): unknown {
  if (key === undefined) return value
  const copy = Array.isArray(whole) ? [...whole] : { ...(whole as Record<string, unknown>) }
  const holder = copy as Record<string | number, unknown>
  holder[key] = withValue(holder[key], rest, value)
  // As it would come out of JSON.
  return JSON.parse(JSON.stringify(copy))
}

describe('the text of the e-mail', () => {
  it('says in plain lines what the event says', () => {
    const text = dossierText(made(confirmedComplaint()))
    expect(text).toContain('Hồ sơ GL26-1, người dân xác nhận lúc 26/11/2026 10:00:00.')
    expect(text).toContain('Số tiền: 1.200.000 đồng')
    expect(text).toContain('Họ tên người khiếu nại: Lê Thị Hoa')
    expect(text).toContain('- ảnh áo: https://antam.example.vn/intake/evidence/tep-1')
    expect(text).toContain('- (không có chú thích): chưa mở được')
    expect(text).toContain('- Sở Công Thương (căn cứ: Điều 1)')
    expect(text).toContain('- Hội lưu và xử lý hồ sơ')
    expect(text).not.toMatch(/undefined|null|\[object/)
  })

  it('has no empty heading where nothing was told', () => {
    const text = dossierText(made(confirmedComplaint({ facts: {}, story: '', evidence: [], route: [], missing: ['ảnh tin rao'] }), false))
    expect(text).not.toMatch(/\n\n\n|Nơi giải quyết|Người dân kể/)
    expect(text).toContain('Còn thiếu: ảnh tin rao.')
  })
})

describe('what the tests call confirmed', () => {
  it('is a record', () => {
    expect(recordSchema.safeParse(confirmedComplaint()).success).toBe(true)
  })
})
