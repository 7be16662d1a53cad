import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Inbound, Reading } from '../../../adapters/platform/inbound.ts'
import { read } from '../../../adapters/zalo-oa/read.ts'
import { ANN, NOON, readFixture, thereAreFixtures } from './open.ts'

const OA = '4321098765432109876'
const pseudonym = (id: string) => createHash('sha256').update(`key ${id}`).digest('hex').slice(0, 22)
const READING: Reading = { receivedAt: NOON, pseudonym }
const SENT_AT = 1_759_500_000_000
const PERSON = `zalo-oa:${pseudonym(ANN)}`

const event = (event_name: string, message: unknown, more: object = {}) => ({
  ...{ app_id: '1', sender: { id: ANN }, recipient: { id: OA }, event_name, message, timestamp: String(SENT_AT), ...more },
})
const said = (name: string, message: object, more: object = {}) => read(event(name, { msg_id: 'm1', ...message }, more), READING)
const file = (payload: object, text?: string) => ({ attachments: [{ payload, type: 'x' }], ...(text === undefined ? {} : { text }) })
const contentOf = (inbound: Inbound) => (inbound.kind === 'arrival' ? inbound.arrival.content : inbound)
const keyOf = (inbound: Inbound) => (inbound.kind === 'arrival' ? inbound.arrival.externalId : undefined)
const ignored = (reason: string) => ({ kind: 'ignored', reason })

describe.skipIf(!thereAreFixtures)('each documented event (needs ../shared/channel-fixtures)', () => {
  const cases: readonly (readonly [string, object])[] = [
    ['user_send_text', { kind: 'text', text: 'Chào shop', masked: false }],
    ['user_send_text.quote', { kind: 'text', text: 'Cái này ạ', masked: false }],
    ['user_send_image', { kind: 'remote', caption: '', masked: false }],
    ['user_send_file', { kind: 'remote', caption: '', masked: false }],
    ['user_send_sticker', { kind: 'wordless', what: 'sticker' }],
    ['user_send_location', { kind: 'wordless', what: 'location' }],
    ['user_submit_info', { kind: 'wordless', what: 'contact' }],
    ['user_send_group_text', { kind: 'group' }],
    ['follow', { kind: 'joined' }],
    ['user_click_chatnow', { kind: 'joined' }],
    ['unfollow', ignored('left')],
    ['oa_send_text.api-echo', ignored('own_echo')],
    ['user_seen_message', ignored('seen')],
    ['user_received_message', ignored('delivered')],
  ]
  it.each(cases)('%s', (name, expected) => {
    const body: unknown = JSON.parse(readFixture(`zalo-oa/webhook.${name}.json`).toString())
    const inbound = read(body, READING)
    expect(contentOf(inbound)).toEqual(expected)
    if (inbound.kind !== 'arrival') return
    const address = name === 'user_send_group_text' ? 'g-778899' : ANN
    expect(inbound.arrival).toMatchObject({ channel: 'zalo-oa', address, person: `zalo-oa:${pseudonym(address)}`, receivedAt: NOON, sentAt: SENT_AT })
    expect(JSON.stringify(inbound)).not.toMatch(/84900000000|Nguyễn/)
  })
})

describe('what a person sends', () => {
  it('is words, masked', () => {
    const inbound = said('user_send_text', { text: 'stk 19034567890123 của tôi', quote_msg_id: 'q' })
    expect(inbound).toEqual({
      kind: 'arrival',
      arrival: {
        ...{ channel: 'zalo-oa', externalId: 'm:m1', address: ANN, person: PERSON, receivedAt: NOON, sentAt: SENT_AT },
        content: { kind: 'text', text: 'stk [số tài khoản đã che] của tôi', masked: true },
      },
    })
  })

  it.each([
    ['user_send_audio', 'voice'],
    ['user_send_video', 'video'],
    ['user_send_sticker', 'sticker'],
    ['user_send_location', 'location'],
    ['user_send_business_card', 'contact'],
  ])('%s is %s, and nothing of it is kept', (name, what) => {
    const inbound = said(name, file({ url: 'https://example.com/x', description: 'bí mật' }))
    expect(contentOf(inbound)).toEqual({ kind: 'wordless', what })
    expect(JSON.stringify(inbound)).not.toContain('bí mật')
  })

  it.each(['user_send_image', 'user_send_gif'])('%s is a file still with the platform', (name) => {
    const inbound = said(name, file({ url: 'https://f.zdn.vn/a.jpg' }, 'biên lai, stk 19034567890123'))
    expect(inbound).toMatchObject({
      arrival: {
        content: { kind: 'remote', caption: 'biên lai, stk [số tài khoản đã che]', masked: true },
        download: '{"url":"https://f.zdn.vn/a.jpg"}',
      },
    })
  })

  it('is a picture that cannot be had when no address comes with it', () => {
    for (const attachments of [[], [{}], [{ payload: { url: 7 } }], [null], 'x'])
      expect(contentOf(said('user_send_image', { attachments, text: 'đây' }))).toEqual({
        kind: 'unfetched',
        reason: 'unreachable',
        caption: 'đây',
        masked: false,
      })
  })

  it.each([
    [{ type: 'pdf', name: 'x' }, 'remote'],
    [{ type: 'application/pdf' }, 'remote'],
    [{ name: 'Biên lai.JPEG' }, 'remote'],
    [{ name: 'a.png' }, 'remote'],
    [{ type: 'docx', name: 'a.docx' }, 'wordless'],
    [{ name: 'a.pdf.exe', type: 'exe' }, 'wordless'],
    [{}, 'wordless'],
  ])('is a file of which %j is %s', (payload, kind) => {
    expect(contentOf(said('user_send_file', file({ url: 'https://f.zdn.vn/a', ...payload })))).toMatchObject({ kind })
  })

  it.each([
    ['https://shopee.vn/abc', 'link'],
    ['shopee.vn/abc', 'link'],
    ['  <https://a.vn>  www.b.vn ', 'link'],
    ['', 'link'],
    ['Shop này lừa tôi https://a.vn', 'text'],
    ['https://a.vn thật không?', 'text'],
  ])('is a link whose words %j make it %s', (text, kind) => {
    const content = contentOf(said('user_send_link', file({ url: 'https://a.vn', description: 'mô tả của trang' }, text)))
    expect(content).toEqual(kind === 'link' ? { kind: 'wordless', what: 'link' } : { kind, text, masked: false })
  })

  it('is answered even when there is nothing to see in it', () => {
    expect(contentOf(said('user_send_text', { text: ' \n' }))).toEqual({ kind: 'wordless', what: 'hidden' })
    expect(contentOf(said('user_send_text', {}))).toEqual({ kind: 'wordless', what: 'hidden' })
  })

  it('keeps nothing of what was handed over by a form', () => {
    const info = { name: 'Tên', phone: '84900000000' }
    for (const message of [undefined, { text: '{"phone":"84900000000"}' }, 'x']) {
      const inbound = read(event('user_submit_info', message, { info }), READING)
      expect(contentOf(inbound)).toEqual({ kind: 'wordless', what: 'contact' })
      expect(JSON.stringify(inbound)).not.toMatch(/84900000000|Tên/)
    }
  })
})

describe('what is not a message', () => {
  it.each([
    ['unfollow', 'left'],
    ['user_seen_message', 'seen'],
    ['user_received_message', 'delivered'],
    ['user_reacted_message', 'reaction'],
    ['anonymous_send_text', 'anonymous'],
    ['anonymous_send_image', 'anonymous'],
    ['oa_send_group_text', 'group'],
    ['user_send_group_image', 'group'],
    ['shop_has_order', 'unknown_event'],
    ['user_send_hologram', 'unknown_event'],
    ['constructor', 'unknown_event'],
    ['__proto__', 'unknown_event'],
  ])('%s is ignored: %s', (name, reason) => {
    expect(said(name, { text: 'x' })).toEqual(ignored(reason))
  })

  it('is a withdrawal, wherever the person stands', () => {
    const bodies = [{ oa_id: OA, user_id: ANN }, { sender: { id: ANN }, recipient: { id: OA } }, { follower: { id: ANN } }]
    for (const body of bodies)
      expect(read({ event_name: 'user_withdraw', timestamp: SENT_AT, ...body }, READING)).toEqual({ kind: 'withdraw', person: PERSON, at: SENT_AT })
    expect(read({ event_name: 'user_withdraw', timestamp: '1' }, READING)).toEqual(ignored('malformed'))
  })

  it('is somebody who came in: known again by who and when', () => {
    const follow = (timestamp: unknown) => read({ event_name: 'follow', follower: { id: ANN }, oa_id: OA, timestamp }, READING)
    expect(contentOf(follow('5'))).toEqual({ kind: 'joined' })
    expect(keyOf(follow('5'))).toBe(keyOf(follow(5)))
    expect(keyOf(follow('5'))).not.toBe(keyOf(follow('6')))
    expect(keyOf(read({ event_name: 'user_click_chatnow', user_id: ANN, timestamp: '5' }, READING))).not.toBe(keyOf(follow('5')))
  })
})

describe('what the OA itself sends', () => {
  const admin = { sender: { id: OA, admin_id: '555' }, recipient: { id: ANN } }
  const officer = { id: `zalo-oa:${pseudonym('555')}`, name: 'cán bộ của Hội' }

  it('is our own echo without an admin', () => {
    for (const admin_id of [undefined, null, ''])
      expect(said('oa_send_text', { text: 'x' }, { sender: { id: OA, admin_id }, recipient: { id: ANN } })).toEqual(ignored('own_echo'))
    expect(said('oa_send_image', {}, { sender: { id: OA }, recipient: { id: ANN } })).toEqual(ignored('own_echo'))
  })

  it('is an officer with one: the person is who it was sent to', () => {
    expect(said('oa_send_text', { text: 'Em gọi anh ngay, stk 19034567890123' }, admin)).toMatchObject({
      arrival: { address: ANN, person: PERSON, content: { kind: 'officer', officer, text: 'Em gọi anh ngay, stk [số tài khoản đã che]' } },
    })
  })

  it.each([
    ['oa_send_image', { text: 'mẫu đơn' }, '[ảnh] mẫu đơn'],
    ['oa_send_file', {}, '[tệp]'],
    ['oa_send_sticker', {}, '[hình dán]'],
    ['oa_send_list', {}, '[tin nhắn không có chữ]'],
    ['oa_send_list', { text: 'Mời anh chọn' }, 'Mời anh chọn'],
    ['oa_send_text', {}, '[tin nhắn không có chữ]'],
  ])('%s by an officer is shown in words', (name, message, text) => {
    expect(contentOf(said(name, message, admin))).toEqual({ kind: 'officer', officer, text })
  })
})

describe('a group', () => {
  const inGroup = (text: string, more: object = {}) => said('user_send_group_text', { text }, { oa_id: OA, recipient: { id: 'g-1' }, ...more })

  it('is answered where the assistant is called, and nothing of it is kept', () => {
    const inbound = inGroup(`[@${OA}] tôi bị lừa`)
    expect(inbound).toMatchObject({ arrival: { address: 'g-1', person: `zalo-oa:${pseudonym('g-1')}`, content: { kind: 'group' } } })
    expect(JSON.stringify(inbound)).not.toContain('lừa')
  })

  it('is left alone otherwise', () => {
    expect(inGroup('tôi bị lừa')).toEqual(ignored('group'))
    expect(inGroup('[@999] giá?')).toEqual(ignored('group'))
    expect(inGroup(`[@${OA}] giá?`, { oa_id: undefined })).toEqual(ignored('group'))
    expect(inGroup('[@undefined] giá?', { oa_id: undefined })).toEqual(ignored('group'))
  })
})

describe('an event', () => {
  it.each([[null], [7], ['x'], [[]], [{}], [{ event_name: 7 }], [{ event_name: '' }]])('is none: %j', (body) => {
    expect(read(body, READING)).toEqual(ignored('not_an_event'))
  })

  it('is malformed without a person, with a number that is not exact, or without a message', () => {
    for (const sender of [undefined, {}, { id: '' }, { id: 2 ** 62 }, { id: true }])
      expect(said('user_send_text', { text: 'x' }, { sender })).toEqual(ignored('malformed'))
    expect(said('user_send_text', { text: 'x', msg_id: 2 ** 60 })).toEqual(ignored('malformed'))
    expect(read(event('user_send_text', undefined), READING)).toEqual(ignored('malformed'))
    expect(said('oa_send_text', { text: 'x' }, { recipient: undefined, sender: { admin_id: '5' } })).toEqual(ignored('malformed'))
    expect(said('user_send_group_text', { text: 'x' }, { recipient: undefined })).toEqual(ignored('malformed'))
  })

  it('may carry ids as exact numbers', () => {
    expect(said('user_send_text', { text: 'x', msg_id: 12 }, { sender: { id: 34 } })).toMatchObject({
      arrival: { externalId: 'm:12', address: '34', person: `zalo-oa:${pseudonym('34')}` },
    })
  })

  it('may be named message_id', () => {
    expect(keyOf(said('user_send_text', { text: 'x', msg_id: undefined, message_id: 'abc' }))).toBe('m:abc')
  })

  it('is never of the future, and of now where the time is unusable', () => {
    const at = (timestamp: unknown) => said('user_send_text', { text: 'x' }, { timestamp })
    for (const timestamp of [String(NOON + 1), NOON * 2, 'hôm qua', '', null, -5, 1.5, Number.NaN, {}, '9'.repeat(30)])
      expect(at(timestamp)).toMatchObject({ arrival: { sentAt: NOON } })
    expect(at(NOON - 5)).toMatchObject({ arrival: { sentAt: NOON - 5 } })
  })

  const NAMES = [
    'user_send_text',
    'user_send_image',
    'user_send_file',
    'user_send_link',
    'user_send_group_text',
    'oa_send_text',
    'follow',
    'user_withdraw',
    'user_submit_info',
  ]
  const id = fc.oneof(fc.string(), fc.integer(), fc.double(), fc.constant(undefined), fc.jsonValue())
  const likely = fc.record(
    {
      event_name: fc.constantFrom(...NAMES),
      ...{
        sender: fc.oneof(fc.record({ id, admin_id: id }), fc.jsonValue()),
        recipient: fc.record({ id }),
        follower: fc.record({ id }),
        user_id: id,
        oa_id: id,
      },
      message: fc.oneof(
        fc.record({ text: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()), msg_id: id, attachments: fc.jsonValue() }),
        fc.jsonValue(),
      ),
      timestamp: fc.oneof(fc.string(), fc.integer(), fc.jsonValue()),
    },
    { requiredKeys: ['event_name'] },
  )

  it('never throws, whatever JSON it is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), likely, fc.anything()), (body) => ['arrival', 'withdraw', 'ignored'].includes(read(body, READING).kind)),
    )
    const deep: unknown = JSON.parse(
      `{"event_name":"user_send_text","sender":{"id":"1"},"message":{"attachments":[${'['.repeat(50_000)}${']'.repeat(50_000)}]}}`,
    )
    expect(read(deep, READING).kind).toBe('arrival')
  })

  it('has the same name whenever it comes again', () => {
    fc.assert(
      fc.property(likely, fc.nat(), (body, later) => {
        const again: unknown = JSON.parse(JSON.stringify(body))
        expect(keyOf(read(again, { receivedAt: NOON + later, pseudonym }))).toBe(keyOf(read(JSON.parse(JSON.stringify(body)), READING)))
      }),
    )
  })

  it('has a name of its own', () => {
    const one = fc.record({ person: fc.bigInt({ min: 1n, max: 2n ** 63n }).map(String), text: fc.string(), at: fc.nat(), id: fc.option(fc.uuid()) })
    const keyFor = ({ person, text, at, id: name }: { person: string; text: string; at: number; id: string | null }) =>
      keyOf(said('user_send_text', { text, msg_id: name }, { sender: { id: person }, timestamp: at }))
    fc.assert(
      fc.property(one, one, (a, b) => {
        const same = a.id === null && b.id === null ? JSON.stringify(a) === JSON.stringify(b) : a.id === b.id
        expect(keyFor(a) === keyFor(b)).toBe(same)
      }),
    )
    const [a, b] = ['xin chào', 'chào'].map((text) => keyFor({ person: ANN, text, at: 1, id: null }))
    expect(a).not.toBe(b)
  })
})
