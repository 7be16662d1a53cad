/** The sign that an answer is being made, with time at hand. */
import { expect, test } from 'vitest'
import { type Timers, typingSigns } from '../../../adapters/telegram/typing.ts'
import { openAgainstFake } from './open.ts'

/** A clock that stands still until it is told. */
function handTimers(): Timers & { forward(ms: number): void; readonly waiting: number } {
  let now = 0
  const waiting = new Set<{ readonly at: number; readonly run: () => void }>()
  return {
    get waiting() {
      return waiting.size
    },
    after(ms, run) {
      const timer = { at: now + ms, run }
      waiting.add(timer)
      return () => void waiting.delete(timer)
    },
    forward(ms) {
      const until = now + ms
      for (;;) {
        const next = [...waiting].filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0]
        if (!next) break
        now = next.at
        waiting.delete(next)
        next.run()
      }
      now = until
    },
  }
}

function start() {
  const timers = handTimers()
  const shown: string[] = []
  return { timers, shown, typing: typingSigns((address) => void shown.push(address), timers) }
}

test('an answer that is there at once shows no sign', () => {
  const { timers, shown, typing } = start()
  typing('1', true)
  timers.forward(699)
  typing('1', false)
  timers.forward(60_000)
  expect(shown).toEqual([])
})

test('a slow one shows it after 700 ms and every five seconds, until it is there', () => {
  const { timers, shown, typing } = start()
  typing('1', true)
  timers.forward(700)
  expect(shown.length).toBe(1)
  timers.forward(4_999)
  expect(shown.length).toBe(1)
  timers.forward(1)
  expect(shown.length).toBe(2)
  typing('1', false)
  timers.forward(60_000)
  expect(shown.length).toBe(2)
})

test('after half a minute it ends by itself, and can begin anew', () => {
  const { timers, shown, typing } = start()
  typing('1', true)
  timers.forward(600_000)
  expect(shown.length).toBe(6)
  expect(timers.waiting).toBe(0)
  typing('1', true)
  timers.forward(700)
  expect(shown.length).toBe(7)
})

test('each chat has its own sign, and only one', () => {
  const { timers, shown, typing } = start()
  typing('1', true)
  typing('1', true)
  typing('2', true)
  typing('3', false)
  timers.forward(700)
  expect(shown).toEqual(['1', '2'])
  typing('1', false)
  timers.forward(5_000)
  expect(shown).toEqual(['1', '2', '2'])
})

test('the sign is Telegram’s; that it is refused is nobody’s concern', async () => {
  const timers = handTimers()
  const { fake, adapter, close } = await openAgainstFake({ timers })
  fake.know('501')
  adapter.channel.typing?.('501', true)
  adapter.channel.typing?.('999', true)
  timers.forward(700)
  await fake.whenCalled('sendChatAction', 2)
  expect(fake.bodies('sendChatAction')).toContainEqual({ chat_id: '501', action: 'typing' })
  adapter.channel.typing?.('501', false)
  adapter.channel.typing?.('999', false)
  expect(timers.waiting).toBe(0)
  await close()
})
