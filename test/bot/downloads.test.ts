/** Fetching people's files as a loop, over a store in memory: what is kept, what is refused and why, what is tried again, and that no message is lost. */
import { describe, expect, it } from 'vitest'
import { Bell } from '../../bot/delivery/bell.ts'
import { type Channel, FetchError, type Fetched } from '../../bot/delivery/channel.ts'
import { type Download, type DownloadOptions, fetchOne, type KeptAttachment, runDownloads } from '../../bot/delivery/downloads.ts'
import type { StoredContent, UnfetchedReason } from '../../bot/delivery/message.ts'

const NOW = Date.UTC(2026, 10, 26, 3)
const FILE: Fetched = { bytes: Buffer.from('ảnh'), declared: 'image/png' }
const KEPT: KeptAttachment = { id: 'tep', mime: 'image/png', size: 3 }
const REMOTE: StoredContent = { kind: 'remote', caption: 'hóa đơn', masked: true }

const download = (id: string, more: Partial<Download> = {}): Download => ({
  ...{ inboxId: id, channel: 'telegram', address: 'a', person: 'telegram:p', source: `nguon-${id}`, attempts: 0, content: REMOTE, ...more },
})

type Fetch = NonNullable<Channel['fetch']>
function channel(fetch?: Fetch): ReadonlyMap<string, Channel> {
  const capabilities = {
    idempotentSend: false,
    reachesAway: true,
    showsOwner: false,
    typing: false,
    maxTextLength: 2_000,
    buttons: 0,
    proactiveWindowMs: null,
  }
  return new Map([['telegram', { name: 'telegram', capabilities, send: async () => undefined, ...(fetch ? { fetch } : {}) }]])
}

/** Downloads over a queue in memory, with a record of everything that happened in order. */
function fetching(fetch: Fetch | undefined, given: Partial<DownloadOptions> = {}) {
  const happened: string[] = []
  const note = (what: string) => void happened.push(what)
  const finished = new Map<string, StoredContent>()
  const waiting: Download[] = []
  const fetched = new Bell()
  fetched.ring = () => note('rang')
  const options: DownloadOptions = {
    store: {
      leaseDownloads: async (_now, leaseMs, limit) => {
        note(`lease ${limit} for ${leaseMs}`)
        return waiting.splice(0, limit)
      },
      finish: async ({ inboxId }, content) => {
        note(`finish ${inboxId} ${content.kind}`)
        finished.set(inboxId, content)
      },
      putOff: async ({ inboxId }, at) => note(`put off ${inboxId} +${at - NOW}`),
    },
    channels: channel(fetch),
    keep: async () => KEPT,
    paused: () => false,
    ...{ work: new Bell(), fetched, clock: () => NOW },
    events: { fetched: (name, result) => note(`${result} on ${name}`), fault: (error) => note(`fault ${(error as Error).message}`) },
    ...given,
  }
  return { options, happened, finished, waiting }
}

const gives: Fetch = async () => FILE
const fails =
  (error: unknown): Fetch =>
  () =>
    Promise.reject(error)

describe('a file', () => {
  it('that is handed out and kept becomes the attachment of its message, which keeps its caption', async () => {
    const sources: string[] = []
    const kept: unknown[] = []
    const work = fetching(
      async (source) => {
        sources.push(source)
        return FILE
      },
      {
        keep: async (whose, file) => {
          kept.push(whose.inboxId, file)
          return KEPT
        },
      },
    )
    await fetchOne(work.options, download('1'))
    expect([sources, kept]).toEqual([['nguon-1'], ['1', FILE]])
    expect(work.finished.get('1')).toEqual({ kind: 'attachment', attachment: 'tep', mime: 'image/png', size: 3, caption: 'hóa đơn', masked: true })
    expect(work.happened).toEqual(['finish 1 attachment', 'kept on telegram', 'rang'])
  })

  it('of a message too many stays one too many, kept or not', async () => {
    const work = fetching(gives)
    await fetchOne(work.options, download('1', { content: { ...REMOTE, tooMany: true } }))
    expect(work.finished.get('1')).toMatchObject({ kind: 'attachment', tooMany: true })
    const refused = fetching(fails(new FetchError('too_large', 'never')))
    await fetchOne(refused.options, download('1', { content: { ...REMOTE, tooMany: true } }))
    expect(refused.finished.get('1')).toEqual({ kind: 'unfetched', reason: 'too_large', caption: 'hóa đơn', masked: true, tooMany: true })
    await fetchOne(work.options, download('2'))
    expect(work.finished.get('2')).not.toHaveProperty('tooMany')
  })

  it.each(['empty', 'too_large', 'kind_unknown', 'not_what_it_says', 'damaged', 'too_many_pixels', 'quota', 'executable', 'unreachable'] as const)(
    'that is not kept leaves the reason: %s',
    async (reason: UnfetchedReason) => {
      const work = fetching(gives, { keep: async () => reason })
      await fetchOne(work.options, download('1'))
      expect(work.finished.get('1')).toEqual({ kind: 'unfetched', reason, caption: 'hóa đơn', masked: true })
      expect(work.happened).toEqual(['finish 1 unfetched', `${reason} on telegram`, 'rang'])
    },
  )

  it.each(['too_large', 'unreachable'] as const)('that the platform will never hand out is not asked for again: %s', async (code) => {
    const work = fetching(fails(new FetchError(code, 'never')))
    await fetchOne(work.options, download('1'))
    expect(work.finished.get('1')).toMatchObject({ kind: 'unfetched', reason: code })
    expect(work.happened).not.toContain(expect.stringContaining('fault'))
  })

  it('is not asked for while files are switched off', async () => {
    const work = fetching(fails(new Error('asked')), { paused: () => true })
    await fetchOne(work.options, download('1'))
    expect(work.finished.get('1')).toMatchObject({ kind: 'unfetched', reason: 'paused' })
    expect(work.happened).toEqual(['finish 1 unfetched', 'paused on telegram', 'rang'])
  })

  it.each([
    ['has no channel any more', download('1', { channel: 'gone' }), gives],
    ['lies on a channel that hands none out', download('1'), undefined],
  ] as const)('that %s is given up at once', async (_what, which, fetch) => {
    const work = fetching(fetch)
    await fetchOne(work.options, which)
    expect(work.finished.get('1')).toMatchObject({ kind: 'unfetched', reason: 'unreachable' })
  })

  it.each([
    [0, 'put off 1 +1000'],
    [1, 'put off 1 +4000'],
    [2, 'put off 1 +10000'],
  ])('that could not be had at try %i is put off', async (attempts, expected) => {
    const work = fetching(fails(new FetchError('unreachable', 'later')))
    await fetchOne(work.options, download('1', { attempts }))
    expect(work.happened).toEqual([expected])
  })

  it.each([3, 4, 99])('is given up after three pauses, with a word to the person: attempts %i', async (attempts) => {
    const work = fetching(fails(new FetchError('unreachable', 'later')))
    await fetchOne(work.options, download('1', { attempts }))
    expect(work.happened).toEqual(['finish 1 unfetched', 'unreachable on telegram', 'rang'])
  })

  it('that fails in a way nobody thought of is told as a fault, put off, and given up at last', async () => {
    const strange = fetching(fails(new TypeError('x')))
    await fetchOne(strange.options, download('1'))
    expect(strange.happened).toEqual(['fault x', 'put off 1 +1000'])
    const last = fetching(fails(new TypeError('x')))
    await fetchOne(last.options, download('1', { attempts: 3 }))
    expect(last.happened).toEqual(['fault x', 'finish 1 unfetched', 'unreachable on telegram', 'rang'])
  })

  it('that could not be kept, as on a full disk, is put off and not lost', async () => {
    const work = fetching(gives, { keep: () => Promise.reject(new Error('disk is full')) })
    await fetchOne(work.options, download('1'))
    expect(work.happened).toEqual(['fault disk is full', 'put off 1 +1000'])
  })

  it('rings for nobody while its message cannot be decided yet', async () => {
    const work = fetching(fails(new FetchError('unreachable', 'later')))
    await fetchOne(work.options, download('1'))
    expect(work.happened).not.toContain('rang')
  })
})

describe('the loop', () => {
  const turn = () => new Promise<void>((resolve) => setImmediate(resolve))
  const until = async (done: () => boolean) => {
    for (let i = 0; i < 1_000 && !done(); i++) await turn()
    expect(done()).toBe(true)
  }

  it('fetches four at a time and no more, and begins with the next as soon as one is done', async () => {
    const open: (() => void)[] = []
    let most = 0
    let now = 0
    const ending = new AbortController()
    const work = fetching(async () => {
      most = Math.max(most, ++now)
      await new Promise<void>((resolve) => open.push(resolve))
      now--
      return FILE
    })
    work.waiting.push(...Array.from({ length: 10 }, (_, i) => download(String(i))))
    const loop = runDownloads(work.options, ending.signal)
    await until(() => open.length === 4)
    for (let i = 0; i < 50; i++) await turn()
    expect(open.length).toBe(4)
    for (let i = 0; i < 10; i++) {
      await until(() => open.length > i)
      open[i]?.()
    }
    await until(() => work.finished.size === 10)
    ending.abort()
    work.options.work.ring()
    await loop
    expect(most).toBe(4)
    expect(work.happened.filter((what) => what.startsWith('lease'))[0]).toBe('lease 4 for 120000')
  })

  it('of one that hangs keeps the others going', async () => {
    let free: () => void = () => undefined
    const ending = new AbortController()
    const work = fetching(async (source) => {
      if (source === 'nguon-slow') await new Promise<void>((resolve) => (free = resolve))
      return FILE
    })
    work.waiting.push(download('slow'), ...Array.from({ length: 8 }, (_, i) => download(String(i))))
    const loop = runDownloads(work.options, ending.signal)
    await until(() => work.finished.size === 8)
    expect(work.finished.has('slow')).toBe(false)
    ending.abort()
    free()
    work.options.work.ring()
    await loop
    expect(work.finished.has('slow')).toBe(true)
  })

  it('ends when told, once what is in hand is done, and begins nothing more', async () => {
    const ending = new AbortController()
    const work = fetching(async () => {
      ending.abort()
      return FILE
    })
    work.waiting.push(download('1'))
    const loop = runDownloads(work.options, ending.signal)
    await until(() => ending.signal.aborted)
    work.waiting.push(download('2'))
    work.options.work.ring()
    await loop
    expect([...work.finished.keys()]).toEqual(['1'])
    expect(work.waiting.map(({ inboxId }) => inboxId)).toEqual(['2'])
  })

  it('does not begin when it is told to end before', async () => {
    const work = fetching(gives)
    await runDownloads(work.options, AbortSignal.abort())
    expect(work.happened).toEqual([])
  })

  it('survives a store that fails, at every place', async () => {
    const ending = new AbortController()
    const work = fetching(gives)
    const failures = ['lease', 'finish', 'put off']
    const failOnce = (where: string) => {
      const at = failures.indexOf(where)
      if (at < 0) return
      failures.splice(at, 1)
      throw new Error(`${where} failed`)
    }
    const { store } = work.options
    let tries = 0
    const options: DownloadOptions = {
      ...work.options,
      store: {
        leaseDownloads: async (...args) => {
          failOnce('lease')
          return store.leaseDownloads(...args)
        },
        finish: async (which, content) => {
          failOnce('finish')
          await store.finish(which, content)
        },
        putOff: async (which, at) => {
          failOnce('put off')
          await store.putOff(which, at)
        },
      },
      keep: async () => {
        if (++tries === 1) throw new FetchError('unreachable', 'later')
        return KEPT
      },
    }
    options.work.ring() // it sleeps once, after the fault
    work.waiting.push(download('1'), download('2'), download('3'))
    const loop = runDownloads(options, ending.signal)
    await until(() => work.finished.size === 1 && failures.length === 0)
    ending.abort()
    options.work.ring()
    await loop
    expect(work.happened.filter((what) => what.startsWith('fault')).sort()).toEqual([
      'fault finish failed',
      'fault lease failed',
      'fault put off failed',
    ])
  })
})
