/** Words that wait for a supervisor, on the real parts of the service: nothing reaches the person before it is approved, and then once, under the writer's name. */
import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { lanes } from '../../bot/main/loops.ts'
import { APPROVAL_SAYS } from '../../bot/wording/approval.ts'
import { type Answer, type Browser, Desk } from './kit.ts'

let desk: Desk
let admin: Browser
let lan: Browser & { id: string }
let minh: Browser & { id: string }
let ending: AbortController
let running: Promise<unknown>
let person = 0

beforeAll(async () => {
  desk = await new Desk().open()
  await desk.parts.answerer.opened
  ending = new AbortController()
  running = Promise.all(lanes(desk.parts, ending.signal))
  admin = await desk.settle(await desk.firstToken())
  lan = await desk.officer(admin, 'lan', 'officer', 'Chị Lan')
  minh = await desk.officer(admin, 'minh', 'supervisor', 'Anh Minh')
  await flag(true)
})
beforeEach(async () => {
  await desk.signIn(lan, 'lan')
  await desk.signIn(minh, 'minh')
})
afterAll(async () => {
  ending.abort()
  desk.parts.arrived.ring()
  await running
  await desk.close()
})

const flag = (approval: boolean) =>
  admin.send({ method: 'PUT', url: `/officers/${lan.id}`, payload: { name: 'Chị Lan', role: 'officer', active: true, approval } })

async function waiting(): Promise<string> {
  const chat = await desk.says(`nguoi-${person++}`, 'cho tôi gặp cán bộ')
  while (await desk.parts.store.read((tx) => tx.selectFrom('conversation').select('id').where('pending', '>', 0).executeTakeFirst()))
    await new Promise((resolve) => setImmediate(resolve))
  return chat
}

const writes = (by: Browser, chat: string, text: string, id = randomUUID()) => by.post(`/chats/${chat}/write`, { id, text })
const view = async (by: Browser, chat: string) => (await by.get(`/chats/${chat}`)).body
const said = async (chat: string) =>
  (await view(minh, chat)).messages
    .filter(({ from }: { from: string }) => from === 'staff')
    .map(({ name, text }: Record<string, string>) => [name, text])
const sentence = ({ status, body }: Answer) => (status === 200 ? 'done' : `${status} ${body.error.message}`)

async function proposes(text = 'Bạn gửi lại hóa đơn giúp tôi.'): Promise<{ chat: string; words: string; at: string }> {
  const chat = await waiting()
  const words = randomUUID()
  expect((await writes(lan, chat, text, words)).body).toEqual({ proposed: true })
  return { chat, words, at: `/chats/${chat}/proposed/${words}` }
}

describe('words of an officer whose words are read first', () => {
  it('reach nobody, though the officer has the conversation; its clock goes on and the row says so', async () => {
    const { chat, words } = await proposes()
    expect(await said(chat)).toEqual([])
    const seen = await view(lan, chat)
    expect(seen).toMatchObject({ owner: 'staff', officer: { id: lan.id }, proposed: [{ id: words, mine: true, state: 'waiting', by: 'Chị Lan' }] })
    expect(seen.returnsAt).not.toBeNull()
    const row = (await minh.get('/queue')).body.rows.find(({ id }: { id: string }) => id === chat)
    expect(row).toMatchObject({ proposed: true })
    expect(row.waitingSince).not.toBeNull()
    expect((await lan.get('/me')).body.approval).toBe(true)
    expect((await minh.get('/me')).body.approval).toBe(false)
  })

  it('wait once, though they come twice; numbers that must not be kept are covered', async () => {
    const chat = await waiting()
    const words = randomUUID()
    await writes(lan, chat, 'Thẻ của bạn 4111 1111 1111 1111 phải không?', words)
    await writes(lan, chat, 'Thẻ của bạn 4111 1111 1111 1111 phải không?', words)
    const { proposed } = await view(minh, chat)
    expect(proposed).toHaveLength(1)
    expect(proposed[0].text).not.toContain('4111')
    const audit = (await admin.get(`/audit?action=words.proposed&subject=conversation:${chat}`)).body.rows
    expect(audit).toHaveLength(1)
  })

  it('are sent by a supervisor under the writer’s name, once however often it is asked, with both in the audit', async () => {
    const { chat, words, at } = await proposes()
    const answers = await Promise.all([1, 2, 3].map(() => minh.post(`${at}/send`, { text: 'Bạn gửi lại hóa đơn giúp tôi.' })))
    expect(answers.map(sentence).toSorted()).toEqual([`409 ${APPROVAL_SAYS.sent}`, `409 ${APPROVAL_SAYS.sent}`, 'done'])
    expect(await said(chat)).toEqual([['Chị Lan', 'Bạn gửi lại hóa đơn giúp tôi.']])
    expect(await view(lan, chat)).toMatchObject({ proposed: [], returnsAt: null })
    const [entry, ...others] = (await admin.get(`/audit?action=words.approved&subject=conversation:${chat}`)).body.rows
    expect(others).toEqual([])
    expect(entry).toMatchObject({ actor: minh.id, detail: { message: words, code: lan.id } })
  })

  it('are changed and sent, or returned with a reason; of two supervisors who differ one is told', async () => {
    const first = await proposes()
    await minh.post(`${first.at}/send`, { text: 'Bạn gửi lại hóa đơn trong 7 ngày.' })
    expect(await said(first.chat)).toEqual([['Chị Lan', 'Bạn gửi lại hóa đơn trong 7 ngày.']])
    const second = await proposes()
    expect(sentence(await minh.post(`${second.at}/return`, { reason: ' ' }))).toBe(`400 ${APPROVAL_SAYS.reasonMissing}`)
    const both = await Promise.all([
      minh.post(`${second.at}/return`, { reason: 'Thiếu hạn.' }),
      minh.post(`${second.at}/send`, { text: 'Lời khác.' }),
    ])
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1)
    const sent = (await said(second.chat)).length === 1
    const { proposed } = await view(lan, second.chat)
    expect(proposed.map(({ state, reason }: Record<string, string>) => [state, reason])).toEqual(sent ? [] : [['returned', 'Thiếu hạn.']])
  })

  it('are refused and kept where the conversation was handed back, or taken away, meanwhile', async () => {
    const first = await proposes()
    await lan.post(`/chats/${first.chat}/hand-back`, { outcome: 'xong' })
    const second = await proposes()
    await minh.post(`/chats/${second.chat}/assign`, { officer: minh.id })
    for (const { chat, at } of [first, second]) {
      expect(sentence(await minh.post(`${at}/send`, { text: 'Bạn gửi lại hóa đơn giúp tôi.' }))).toBe(`409 ${APPROVAL_SAYS.overtaken}`)
      expect(await said(chat)).toEqual([])
      expect((await view(lan, chat)).proposed).toMatchObject([{ state: 'overtaken', text: 'Bạn gửi lại hóa đơn giúp tôi.' }])
    }
  })

  it('can be taken back by whoever wrote them, and by nobody else', async () => {
    const { chat, at } = await proposes()
    expect(sentence(await minh.post(`${at}/drop`))).toBe(`409 ${APPROVAL_SAYS.notYours}`)
    expect(sentence(await lan.post(`${at}/drop`))).toBe('done')
    expect((await view(lan, chat)).proposed).toEqual([])
    expect(sentence(await minh.post(`${at}/send`, { text: 'x' }))).toBe(`409 ${APPROVAL_SAYS.dropped}`)
  })

  it('are approved by no officer, and go at once where an administrator says so', async () => {
    const { at } = await proposes()
    expect((await lan.post(`${at}/send`, { text: 'x' })).status).toBe(403)
    await desk.signIn(admin, 'quantri')
    await flag(false)
    await desk.signIn(lan, 'lan')
    const chat = await waiting()
    expect((await writes(lan, chat, 'Chào bạn.')).body).toEqual({})
    expect(await said(chat)).toEqual([['Chị Lan', 'Chào bạn.']])
    await flag(true)
  })

  it('go with their conversation', async () => {
    const { chat } = await proposes()
    await desk.parts.store.write((tx) => tx.deleteFrom('conversation').where('id', '=', chat).execute())
    expect(await desk.parts.store.read((tx) => tx.selectFrom('proposed_words').selectAll().where('conversation_id', '=', chat).execute())).toEqual([])
  })
})
