import { describe, expect, it } from 'vitest'
import { Canary, diedOf } from '../canary.ts'

const died = (route: string) => {
  const canary = new Canary()
  canary.look({ event: 'request', route, status: 200, ms: 3, outcome: 'ok' })
  return () => canary.ask()
}

describe('the canary of logs', () => {
  it.each(['/console/api/search?q=nồi chiên', 'Tran Van Thu', '/x/0912345678', 'a@b.vn', 'không'])('dies of %s', (said) =>
    expect(died(said)).toThrow(said),
  )

  it('reads a printed log, and passes over a line that was cut off', () => {
    const lines = ['{"at":"2026-11-28T01:00:00.000Z","event":"fault","where":"lane","name":"Trần"}', '{"at":"2026-11-28T01', 'listening http://x']
    expect(diedOf(lines.join('\n'))).toEqual(['fault.name: Trần'])
  })

  it.each(['/console/api/chats/:id', 'signed_out', 'SQLITE_BUSY', '/api/chat/messages'])('lives with %s', (said) => expect(died(said)).not.toThrow())
})
