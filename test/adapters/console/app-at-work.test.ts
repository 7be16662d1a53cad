import { describe, expect, it } from 'vitest'
import { Api } from '../../../adapters/console/app/api.ts'
import { AWAY_AFTER_MS, watchWork } from '../../../adapters/console/app/at-work.ts'

describe('an open page', () => {
  it('is at work until nobody has touched it for two minutes, and again at the next touch', () => {
    const place = new EventTarget()
    let now = 1_000
    const atWork = watchWork(place, () => now)
    expect(atWork()).toBe(true)
    now += AWAY_AFTER_MS
    expect(atWork()).toBe(false)
    place.dispatchEvent(new Event('keydown'))
    expect(atWork()).toBe(true)
  })

  it('says so with what it fetches by itself', async () => {
    const sent: (string | undefined)[] = []
    const api = new Api(async (_url, init = {}) => {
      sent.push((init.headers as Record<string, string>)['x-antam-background'])
      return new Response('{}')
    })
    await api.get('/queue')
    api.atWork = () => false
    await api.get('/queue')
    expect(sent).toEqual([undefined, '1'])
  })
})
