/** Where messages come in: the web chat and the platforms' addresses, each a plugin that cannot see the others. */
import type { FastifyInstance, FastifyPluginAsync } from 'fastify'
import { KINDS } from '../../adapters/attachments/quarantine.ts'
import { type Limiter, openLimits } from '../../adapters/http/limits.ts'
import { buildServer } from '../../adapters/http/server.ts'
import { type EvidenceParts, evidenceDoor } from '../../adapters/intake/evidence.ts'
import { letterDoor } from '../../adapters/letter/door.ts'
import { type Inbound, onceEach, type Taken, type Taking, take } from '../../adapters/platform/inbound.ts'
import { platformDoor } from '../../adapters/platform/webhook.ts'
import { quizDoor } from '../../adapters/quiz-page/door.ts'
import { appendAudit } from '../../adapters/storage/audit-store.ts'
import { judge, openFiles } from '../../adapters/storage/file-store.ts'
import { releasedFile } from '../../adapters/storage/handover-store.ts'
import { isErased } from '../../adapters/storage/inbox-store.ts'
import { choiceSent, personSince } from '../../adapters/storage/platform-store.ts'
import { removeFiles } from '../../adapters/storage/tombstone-file.ts'
import { openWebEvents } from '../../adapters/storage/web-event-store.ts'
import { warningPages } from '../../adapters/warning-page/door.ts'
import { WEB } from '../../adapters/web-chat/channel.ts'
import { webPages } from '../../adapters/web-chat/pages.ts'
import { type WebChatParts, webChat } from '../../adapters/web-chat/routes.ts'
import type { Config } from '../config.ts'
import { FUNCTION_PAUSED, pauseSentence } from '../wording/operations.ts'
import { letterDoorParts } from './letters.ts'
import { accept, erase, fault, fileLimits, type Parts } from './parts.ts'
import { quizDoorParts } from './quizzes.ts'
import { warningPageParts } from './warnings.ts'

/** @returns the server, not listening yet. */
export function buildDoors(parts: Parts, console: FastifyPluginAsync): FastifyInstance {
  const { config, answerer, options, metrics } = parts
  return buildServer({
    ready: () => (answerer.ready() ? { ok: true } : { ok: false, waitingFor: ['answerer'] }),
    metrics: metrics.text,
    plugins: [
      webPages,
      webChat(webParts(parts)),
      ...platformDoors(parts),
      evidenceDoor(evidenceParts(parts)),
      papersDoor(parts),
      warningPages(warningPageParts(parts)),
      quizDoor(quizDoorParts(parts)),
      console,
    ],
    log: (event) => options.log({ event: 'request', ...event }),
    fault: fault(parts, 'http'),
    ...(config.trustProxy === undefined ? {} : { trustProxy: config.trustProxy }),
  })
}

/** A person reads the papers of their case behind a link that ends. */
function papersDoor({ letters, store, config, options }: Parts): FastifyPluginAsync {
  return letterDoor(letterDoorParts(letters, store, config.limits, options.clock))
}

/** The intake fetches the bytes of evidence itself; each time it does is audited. */
function evidenceParts({ links, store, quarantine, switches, options }: Parts): EvidenceParts {
  return {
    ...{ links, clock: options.clock, released: (attachment) => releasedFile(store, attachment), read: quarantine.read },
    audited: async (attachment, number) => {
      const entry = { actor: 'intake', action: 'attachment.read' as const, subject: `case:${number}`, detail: { attachment } }
      await store.write((tx) => appendAudit(tx, entry, options.clock()))
    },
    paused: () => switches.isOff('function', 'intake') !== undefined,
  }
}

function platformDoors(parts: Parts): FastifyPluginAsync[] {
  const { platforms, options } = parts
  const shared = { ...takingParts(parts), clock: options.clock, pseudonym: platforms.pseudonym, seal: platforms.seal }
  return platforms.list.flatMap(({ adapter }) => (adapter.door ? [platformDoor(adapter.door, shared)] : []))
}

/** @returns what takes an event of a platform, however it came. */
export function taking(parts: Parts): (channel: string, inbound: Inbound) => Promise<Taken> {
  const shared = takingParts(parts)
  return (channel, inbound) => take(shared, channel, inbound)
}

function takingParts(parts: Parts): Taking {
  const { store, metrics, options, config } = parts
  const limiter = personLimits(config, options.clock)
  const tell = fault(parts, 'inbox')
  return {
    accept: async (arrival) => {
      try {
        return await accept(parts, arrival)
      } catch (error) {
        tell(error)
        throw error
      }
    },
    wordsOf: (channel, address, data) => choiceSent(store, channel, address, data),
    withdraw: async (person, at) => {
      const known = await personSince(store, person, at)
      if (known !== undefined) await erase(parts, known, 'người dùng rút lại đồng ý trên nền tảng')
    },
    hasRoom: onceEach((person) => limiter.admit('message', person, '').ok),
    ignored: (channel, reason) => {
      metrics.ignored(channel, reason)
      options.log({ event: 'ignored', channel, reason })
    },
  }
}

/** Of platforms only the person is known: there is no network address, and what all of them send together is taken and waits. */
function personLimits({ limits }: Config, clock: () => number): Limiter {
  const { perVisitorPerMinute, perVisitorPerHour } = limits
  return openLimits(
    { perVisitorPerMinute, perVisitorPerHour, perAddressPerMinute: MANY, globalPerSecond: MANY, sessionsPerAddressPerHour: MANY },
    clock,
  )
}

const MANY = 1_000_000

function webParts(parts: Parts): WebChatParts {
  const { config, tokens, store, quarantine, hub, switches, options } = parts
  return {
    ...{ tokens, hub, quarantine, fileLimits: fileLimits(config), clock: options.clock, events: openWebEvents(store), files: openFiles(store) },
    limiter: openLimits(config.limits, options.clock),
    origins: { publicUrl: config.publicUrl, listed: config.embedOrigins },
    accept: (arrival) => accept(parts, arrival),
    seal: parts.platforms.seal,
    judge: (visitor, messageId, judgement) => judge(store, visitor, messageId, judgement, options.clock()),
    discard: async (hash) => void (await removeFiles(store, quarantine, [hash])),
    erase: (person) => erase(parts, person, 'người dùng tự xóa cuộc trò chuyện'),
    isErased: (person) => isErased(store, person),
    paused: () => (switches.isOff('channel', WEB) === undefined ? undefined : pauseSentence()),
    filesPaused: () => (switches.isOff('function', 'attachments') === undefined ? undefined : FUNCTION_PAUSED.attachments),
    about: () => ({
      association: config.association,
      keptDays: config.conversationDays,
      attachments: { kinds: KINDS, maxBytes: config.attachmentMaxBytes },
      maxCharacters: 10_000,
    }),
  }
}
