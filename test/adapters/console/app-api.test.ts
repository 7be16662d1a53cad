import { describe, expect, it, vi } from 'vitest'
import { Api, ApiTrouble, queryOf, sentenceOf } from '../../../adapters/console/app/api.ts'
import { TROUBLE } from '../../../adapters/console/app/words.ts'

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status })

function open(answer: () => Response | Promise<Response>) {
  const asked: { readonly url: string; readonly init: RequestInit }[] = []
  const api = new Api(async (url, init = {}) => {
    asked.push({ url: String(url), init })
    return answer()
  })
  return { api, asked }
}
const troubleOf = (work: Promise<unknown>) =>
  work.then(
    () => undefined,
    (thrown) => thrown as ApiTrouble,
  )

describe('the api', () => {
  it('reads without the token against forgery and writes with it', async () => {
    const { api, asked } = open(() => json({ ok: 1 }))
    api.csrf = 'token'
    expect(await api.get('/queue')).toEqual({ ok: 1 })
    await api.ask('POST', '/chats/a/take')
    await api.ask('PUT', '/replies/1', { title: 'Đổi trả' })
    await api.ask('DELETE', '/replies/1')
    expect(asked.map(({ url, init }) => [init.method, url, init.body, new Headers(init.headers).get('x-antam-csrf')])).toEqual([
      ['GET', '/console/api/queue', undefined, null],
      ['POST', '/console/api/chats/a/take', '{}', 'token'],
      ['PUT', '/console/api/replies/1', '{"title":"Đổi trả"}', 'token'],
      ['DELETE', '/console/api/replies/1', undefined, 'token'],
    ])
  })

  it('shows the sentence of a refusal as it is', async () => {
    const { api } = open(() => json({ error: { code: 'conflict', message: 'Minh vừa nhận cuộc này.' } }, 409))
    const trouble = await troubleOf(api.get('/queue'))
    expect([trouble?.code, sentenceOf(trouble), trouble?.unsure]).toEqual(['conflict', 'Minh vừa nhận cuộc này.', false])
  })

  it.each([
    ['the network is gone', () => Promise.reject(new TypeError('failed')), TROUBLE.network],
    ['a proxy answers', () => new Response('<html>', { status: 502 }), TROUBLE.broken],
    ['an answer breaks off', () => new Response('{"rows":[', { status: 200 }), TROUBLE.broken],
  ])('does not know whether it was done when %s', async (_what, answer, sentence) => {
    const { api } = open(answer)
    const trouble = await troubleOf(api.ask('POST', '/chats/a/write', {}))
    expect(trouble).toBeInstanceOf(ApiTrouble)
    expect([trouble?.unsure, trouble?.sentence]).toEqual([true, sentence])
  })

  it('says when nobody is signed in any more, and not when a password was wrong', async () => {
    let code = 'wrong_sign_in'
    const { api } = open(() => json({ error: { code, message: 'x' } }, 401))
    const out = vi.fn()
    api.onSignedOut = out
    await troubleOf(api.ask('POST', '/session', {}))
    expect(out).not.toHaveBeenCalled()
    code = 'signed_out'
    await troubleOf(api.get('/queue'))
    expect(out).toHaveBeenCalledOnce()
  })

  it('takes an answer without content', async () => {
    const { api } = open(() => new Response(null, { status: 204 }))
    expect(await api.ask('POST', '/x')).toBeUndefined()
  })

  it('leaves empty conditions out of an address', () => {
    expect([queryOf({ q: 'nồi & cơm', kind: '', from: undefined }), queryOf({})]).toEqual(['?q=n%E1%BB%93i+%26+c%C6%A1m', ''])
  })
})
