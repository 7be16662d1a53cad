import { describe, expect, it } from 'vitest'
import { Hub, type Listener } from '../../../adapters/web-chat/hub.ts'

/** Listens and notes what it is told; goes when told to end, if `goes`. */
function listener(hub: Hub, visitor: string, name: string, happened: string[], goes = true): () => void {
  const one: Listener = {
    wake: () => happened.push(`${name} woken`),
    typing: ({ author, on }) => happened.push(`${name} ${author} ${on}`),
    end: () => {
      happened.push(`${name} ended`)
      if (goes) leave()
    },
  }
  const leave = hub.join(visitor, one)
  return leave
}

describe('who listens', () => {
  it('is woken and told who types, each visitor for themselves', () => {
    const hub = new Hub()
    const happened: string[] = []
    for (const [visitor, name] of ['a1', 'a2', 'b1'].map((name) => [name[0] as string, name] as const)) listener(hub, visitor, name, happened)
    hub.wake('a')
    hub.typing('b', { author: 'staff', on: true })
    hub.wake('ai đó')
    expect(happened).toEqual(['a1 woken', 'a2 woken', 'b1 staff true'])
  })

  it('is counted, and forgotten when gone, however often it says so', () => {
    const hub = new Hub()
    const leaves = ['a', 'a', 'b'].map((visitor, i) => listener(hub, visitor, `${i}`, []))
    expect(hub.size).toBe(3)
    leaves[0]?.()
    leaves[0]?.()
    expect(hub.size).toBe(2)
    for (const leave of leaves) leave()
    expect(hub.size).toBe(0)
  })

  it('is ended alone, or with everybody', () => {
    const hub = new Hub()
    const happened: string[] = []
    for (const name of ['a1', 'a2', 'b1']) listener(hub, name[0] as string, name, happened)
    hub.end('a')
    expect([happened, hub.size]).toEqual([['a1 ended', 'a2 ended'], 1])
    listener(hub, 'c', 'c1', happened)
    hub.end()
    expect([happened.slice(2), hub.size]).toEqual([['b1 ended', 'c1 ended'], 0])
  })

  it('with more than eight streams loses the oldest', () => {
    const hub = new Hub()
    const happened: string[] = []
    for (let i = 1; i <= 10; i++) listener(hub, 'a', `${i}`, happened)
    expect([happened, hub.size]).toEqual([['1 ended', '2 ended'], 8])
    for (let i = 1; i <= 8; i++) listener(hub, 'b', `b${i}`, happened)
    expect(happened).toHaveLength(2)
  })

  it('with many streams that are slow to go has all but the newest eight told to', () => {
    const hub = new Hub()
    const happened: string[] = []
    for (let i = 1; i <= 12; i++) listener(hub, 'a', `${i}`, happened, false)
    expect(new Set(happened)).toEqual(new Set(['1 ended', '2 ended', '3 ended', '4 ended']))
  })

  it('may go, or come, while all are told', () => {
    const hub = new Hub()
    const happened: string[] = []
    hub.join('a', { wake: () => listener(hub, 'a', 'late', happened), typing: () => {}, end: () => {} })
    listener(hub, 'a', 'two', happened)
    hub.wake('a')
    expect(happened).toEqual(['two woken'])
  })
})
