/** The same complaints told over every channel to the whole service, which is stopped and started in between: each becomes the same case as it does in memory. */
import sharp from 'sharp'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { parseCaseNumber } from '../../bot/case/number.ts'
import { recordSchema } from '../../bot/complaint/confirmed.ts'
import type { IntakeGuide } from '../../bot/complaint/guide.ts'
import { dialogueSchema, newDialogue } from '../../bot/conversation/dialogue.ts'
import type { Assistant } from '../../bot/main/assistant.ts'
import { openComplaintGuide } from '../../bot/main/complaint-guide.ts'
import type { Service } from '../../bot/main/service.ts'
import { openReal } from '../bot/open.ts'
import { PLATFORM_NAMES, type PlatformName } from '../crash/platforms.ts'
import { readDialogues } from '../intake/measure.ts'
import { type DialogueRow, type Heard, type Line, MemoryLine, Person, type Played, type Saying, START } from '../intake/person.ts'
import { openTown, type Town } from './open.ts'

vi.setConfig({ testTimeout: 600_000 })

const MANY = '100000'
const ENV = {
  RATE_PER_MINUTE: MANY,
  RATE_PER_HOUR: MANY,
  RATE_PER_ADDRESS: MANY,
  RATE_GLOBAL: MANY,
  ZALO_BOT_MOST_MESSAGES: '0',
  ZALO_BOT_MOST_USERS: '0',
}
const WAIT = { timeout: 60_000, interval: 50 }
/** Of the dialogues that end in a case, every so manieth. */
const EVERY = 14
const MINUTE = 60_000
/** At this turn of every so manieth dialogue everything is stopped and started again. */
const RESTART = { turn: 3, every: 4 }

let assistant: Assistant
let guide: IntakeGuide
let town: Town
let service: Service
let minutes = 0
const clock = () => START + minutes * MINUTE

beforeAll(async () => {
  assistant = await openReal()
  guide = openComplaintGuide(assistant.library)
})
beforeEach(async () => {
  town = await openTown()
  service = await town.start({ clock, env: ENV })
})
afterEach(() => town.close())

const rows = readDialogues()
  .filter(({ half, expect: { mustEndIn } }) => half === 'dev' && mustEndIn === 'confirmed')
  .filter((_, i) => i % EVERY === 0)

/** How a channel takes what somebody says. */
type Say = (said: Saying) => Promise<void>

const picture = (turn: number) =>
  sharp({ create: { width: 8 + turn, height: 8, channels: 3, background: '#808080' } })
    .png()
    .toBuffer()

function platform(name: PlatformName, user: string): Say {
  return async (said) => {
    const file =
      typeof said === 'string' ? undefined : { kind: 'photo' as const, bytes: await picture(minutes), mime: 'image/png', caption: said.caption }
    const { acknowledged } = await (file ? town[name].sendFile(user, file) : town[name].say(user, said as string))
    expect(acknowledged).toBe(true)
  }
}

/** @returns the visitor's way to speak, and their name */
async function visitor(): Promise<{ readonly say: Say; readonly address: string }> {
  const call = async (path: string, body: Buffer | object, token = '') => {
    const headers = {
      'content-type': Buffer.isBuffer(body) ? 'image/png' : 'application/json',
      origin: service.address,
      authorization: `Bearer ${token}`,
    }
    const sent = Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body)
    const answer = await fetch(`${service.address}${path}`, { method: 'POST', headers, body: sent })
    expect(answer.status, path).toBeLessThan(300)
    return (await answer.json()) as Record<string, string>
  }
  const token = (await call('/api/chat/session', {}))['token'] ?? ''
  return {
    address: token.slice(0, token.indexOf('.')),
    say: async (said) => {
      const id = `tin-nhan-${minutes}`
      if (typeof said === 'string') return void (await call('/api/chat/messages', { id, text: said }, token))
      const { attachment } = await call('/api/chat/attachments', await picture(minutes), token)
      await call('/api/chat/messages', { id, attachment, caption: said.caption }, token)
    },
  }
}

interface Row {
  readonly id: string
  readonly dialogue: string
  readonly pending: number
}

/** Over a channel: what was heard and where the dialogue stands is read from what the service has stored. */
class ChannelLine implements Line {
  readonly #say: Say
  readonly #where: string
  readonly #restarts: boolean
  #heard = 0

  constructor(say: Say, channel: string, address: string, restarts: boolean) {
    this.#say = say
    this.#restarts = restarts
    this.#where = `channel = '${channel}' and address = '${address}'`
  }

  async say(said: Saying, turn: number): Promise<Heard> {
    minutes++
    if (this.#restarts && turn === RESTART.turn) await this.#restart()
    await this.#say(said)
    const row = await vi.waitFor(() => this.#settled(), WAIT)
    const replies = town.read<{ body: string }>(
      `select body from outbox where conversation_id = '${row.id}' and author = 'assistant' order by position`,
    )
    const record = town.read<{ record: string }>(`select record from complaint where told_in = '${row.id}'`)[0]?.record
    const fresh = replies.slice(this.#heard)
    this.#heard = replies.length
    return {
      dialogue: dialogueSchema.parse({ ...newDialogue(), ...JSON.parse(row.dialogue) }),
      replies: fresh.map(({ body }) => (JSON.parse(body) as { text: string }).text),
      confirmed: record === undefined ? undefined : recordSchema.parse(JSON.parse(record)),
    }
  }

  #settled(): Row {
    const [row] = town.read<Row>(`select id, dialogue, pending from conversation where ${this.#where}`)
    expect(row?.pending).toBe(0)
    return row as Row
  }

  async #restart(): Promise<void> {
    await service.stop()
    service = await town.start({ clock, env: ENV })
  }
}

const valuesOf = ({ facts }: Played) => Object.fromEntries(Object.entries(facts).map(([name, fact]) => [name, fact?.value]))

function inMemory(row: DialogueRow): Promise<Played> {
  return new Person(row, new MemoryLine(assistant, guide), guide).play()
}

/** What the names of people on a platform begin with. */
const PREFIX = { telegram: '770011', 'zalo-bot': 'c0ffee00000000000', 'zalo-oa': '77001122334455', web: '' } as const

async function over(channel: PlatformName | 'web', row: DialogueRow, n: number): Promise<Played> {
  const user = `${PREFIX[channel]}${String(n).padStart(3, '0')}`
  const { say, address } = channel === 'web' ? await visitor() : { say: platform(channel, user), address: user }
  return new Person(row, new ChannelLine(say, channel, address, n % RESTART.every === 0), guide).play()
}

describe.each([...PLATFORM_NAMES, 'web'] as const)('complaints told over %s, with restarts', (channel) => {
  it('become the same cases as in memory', async () => {
    expect(rows.length).toBeGreaterThan(5)
    for (const [n, row] of rows.entries()) {
      const [wanted, got] = [await inMemory(row), await over(channel, row, n)]
      expect([row.id, valuesOf(got), got.turns, got.confirmedBy]).toEqual([row.id, valuesOf(wanted), wanted.turns, wanted.confirmedBy])
      expect(got.confirmed?.consents.map(({ purpose }) => purpose)).toEqual(wanted.confirmed?.consents.map(({ purpose }) => purpose))
      expect(typeof parseCaseNumber(got.confirmed?.case ?? '')).toBe('string')
    }
  })
})
