import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Answer } from '../../../adapters/web-chat/element/api.ts'
import { Connection } from '../../../adapters/web-chat/element/connection.ts'
import { Tabs } from '../../../adapters/web-chat/element/tabs.ts'

const ok = (): Answer<Response> => ({ kind: 'ok', body: new Response(': \n\n') })
const turn = () => new Promise((resolve) => setTimeout(resolve, 0))

describe('the connection', () => {
  it('says nothing more once it has ended, although its stream opens only then', async () => {
    const lines: string[] = []
    let opened = (_answer: Answer<Response>) => {}
    const open = () => new Promise<Answer<Response>>((resolve) => (opened = resolve))
    const connection = new Connection({ open, event: () => {}, beat: () => lines.push('beat'), line: (line) => lines.push(line) })
    connection.start()
    connection.end()
    opened(ok())
    await turn()
    expect(lines).toEqual([])
  })
})

describe('a tab', () => {
  afterEach(() => void vi.unstubAllGlobals())

  it('tells nothing on a channel that is closed', () => {
    vi.stubGlobal('navigator', { locks: { request: () => new Promise(() => {}) } })
    const nothing = () => {}
    const tabs = new Tabs('test', {
      open: async () => ok(),
      event: nothing,
      caughtUp: nothing,
      line: nothing,
      last: () => 0,
      after: () => [],
      erased: nothing,
    })
    tabs.start()
    tabs.end()
    expect(() => tabs.tellErased()).not.toThrow()
  })
})
