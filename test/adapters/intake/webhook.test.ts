/** The webhook against a real receiver: what it gets, and what its bad days are taken for. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openWebhook } from '../../../adapters/intake/webhook.ts'
import { type Outside, openOutside } from '../../../adapters/platform/outside.ts'
import type { Handover } from '../../../bot/delivery/handover.ts'
import { FAKE_SECRET, type FakeIntake, startFakeIntake } from '../../fakes/intake.ts'

const SECOND_SECRET = 'whsec_qVfQ8JtNxBnDBbIBdUmJZ2Cy9cW3Rw4f'
const BODY = JSON.stringify({ type: 'complaint.confirmed', data: { story: 'mua áo “đẹp”, nhận áo khác \u0000 😀 \ud800' } })
const handover: Handover = { id: 'case_1', way: 'webhook', number: 'GL26-1', body: BODY, linksEndAt: null, attempts: 0, createdAt: 0 }

let intake: FakeIntake
let outside: Outside
beforeEach(async () => {
  intake = await startFakeIntake()
  outside = openOutside([intake.host])
})
afterEach(async () => {
  await outside.close()
  await intake.close()
})

const way = (secrets: readonly string[] = [FAKE_SECRET], url = intake.url, timeoutMs = 20_000) =>
  openWebhook(outside, { url, secrets }, Date.now, timeoutMs)

describe('a case that is handed over', () => {
  it('arrives byte for byte, verified by the library of the standard, and leaves a receipt', async () => {
    expect(await way().send(handover)).toEqual({ kind: 'taken', receipt: 'nhan-case_1' })
    const [received] = intake.received()
    expect(received?.body).toBe(BODY)
    expect(received?.headers['content-type']).toBe('application/json; charset=utf-8')
    const headers = received?.headers as Record<string, string>
    expect(new Webhook(FAKE_SECRET).verify(received?.body ?? '', headers)).toEqual(JSON.parse(BODY))
    expect(() => new Webhook(SECOND_SECRET).verify(received?.body ?? '', headers)).toThrow(/No matching signature/)
    expect(() => new Webhook(FAKE_SECRET).verify(`${received?.body} `, headers)).toThrow(/No matching signature/)
  })

  it('has the same id at every try, and is taken once though it comes twice', async () => {
    intake.trouble({ kind: 'lost_ack' })
    expect(await way().send(handover)).toEqual({ kind: 'refused', code: 'UND_ERR_SOCKET' })
    expect((await way().send(handover)).kind).toBe('taken')
    expect(intake.received().map(({ id, taken }) => [id, taken])).toEqual([
      ['case_1', true],
      ['case_1', true],
    ])
    expect([...intake.taken()]).toEqual([['case_1', BODY]])
  })

  it('is signed with every secret while they are exchanged', async () => {
    await way([SECOND_SECRET, FAKE_SECRET]).send(handover)
    const [received] = intake.received()
    expect(received?.genuine).toBe(true)
    const headers = received?.headers as Record<string, string>
    for (const secret of [FAKE_SECRET, SECOND_SECRET]) expect(new Webhook(secret).verify(received?.body ?? '', headers)).toEqual(JSON.parse(BODY))
  })

  it('is not taken from who does not know the secret, nor from another time', async () => {
    expect(await way([SECOND_SECRET]).send(handover)).toEqual({ kind: 'refused', code: 'http_401' })
    const yesterday = openWebhook(outside, { url: intake.url, secrets: [FAKE_SECRET] }, () => Date.now() - 86_400_000)
    expect(await yesterday.send(handover)).toEqual({ kind: 'refused', code: 'http_401' })
    expect([...intake.taken()]).toEqual([])
  })
})

describe('a bad day of the receiver', () => {
  it.each([
    [
      { kind: 'status', status: 500 },
      { kind: 'refused', code: 'http_500' },
    ],
    [
      { kind: 'status', status: 429, retryAfter: '120' },
      { kind: 'refused', code: 'http_429', retryAfterMs: 120_000 },
    ],
    [
      { kind: 'status', status: 503, retryAfter: '999999' },
      { kind: 'refused', code: 'http_503', retryAfterMs: 86_400_000 },
    ],
    [
      { kind: 'status', status: 410 },
      { kind: 'gone', code: 'http_410' },
    ],
  ] as const)('%o is %o', async (trouble, reply) => {
    intake.trouble(trouble)
    expect(await way().send(handover)).toEqual(reply)
  })

  it('is cut off after its time', async () => {
    intake.trouble({ kind: 'hang' })
    expect(await way([FAKE_SECRET], intake.url, 200).send(handover)).toEqual({ kind: 'refused', code: 'TimeoutError' })
  })

  it('that redirects is refused, and nothing goes where it points', async () => {
    let followed = 0
    const elsewhere = createServer((_request, response) => {
      followed++
      response.end()
    })
    await new Promise<void>((done) => void elsewhere.listen(0, '127.0.0.1', done))
    const { port } = elsewhere.address() as AddressInfo
    const both = openOutside([intake.host, `127.0.0.1:${port}`])
    intake.trouble({ kind: 'redirect', to: `http://127.0.0.1:${port}/` })
    const reply = await openWebhook(both, { url: intake.url, secrets: [FAKE_SECRET] }, Date.now).send(handover)
    expect([reply, followed]).toEqual([{ kind: 'refused', code: 'http_307' }, 0])
    await both.close()
    elsewhere.close()
  })

  it('that is not there is refused with a code that names no address', async () => {
    const { url } = intake
    await intake.close()
    expect(await way([FAKE_SECRET], url).send(handover)).toEqual({ kind: 'refused', code: 'ECONNREFUSED' })
  })
})

describe('a private address', () => {
  it('that is not listed is not reached, in the open or not', async () => {
    const guarded = openOutside([])
    const to = (url: string) => openWebhook(guarded, { url, secrets: [FAKE_SECRET] }, Date.now).send(handover)
    expect(await to(intake.url)).toEqual({ kind: 'refused', code: 'not_https' })
    expect(await to(intake.url.replace('http:', 'https:'))).toEqual({ kind: 'refused', code: 'EPRIVATE' })
    expect(intake.received()).toEqual([])
    await guarded.close()
  })
})
