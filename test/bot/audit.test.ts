import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { appendAudit } from '../../adapters/storage/audit-store.ts'
import { anchorText, BEFORE_FIRST, type ChainedEntry, canonical, chained, parseAnchor, type Verdict, verify } from '../../bot/audit/chain.ts'
import { AUDIT_ACTIONS, auditEntry, type NewEntry, writtenReason } from '../../bot/audit/entry.ts'
import { everyEntry } from '../../bot/audit/ports.ts'
import { command, inStore, tamper } from '../adapters/storage/office.ts'

const at = Date.UTC(2026, 10, 26)

function chainOf(entries: readonly NewEntry[]): ChainedEntry[] {
  const chain: ChainedEntry[] = []
  for (const [i, entry] of entries.entries()) chain.push(chained(entry, at + i, chain.at(-1)))
  return chain
}

const entry = (n: number): NewEntry => ({ actor: 'Lan', action: 'owner.took', subject: `conversation:${n}`, detail: { episode: n } })
const three = () => chainOf([entry(1), entry(2), entry(3)])
const at2 = (chain: ChainedEntry[], change: Partial<ChainedEntry>) => chain.map((row) => (row.number === 2 ? { ...row, ...change } : row))

describe('a chain', () => {
  it('holds together, and says where it ends', async () => {
    const chain = three()
    expect(chain[0]?.previous).toBe(BEFORE_FIRST)
    expect(await verify(chain)).toEqual({ ok: true, count: 3, last: { number: 3, hash: chain[2]?.hash } })
    expect(await verify([])).toEqual({ ok: true, count: 0, last: undefined })
  })

  it('hashes the previous hash and the canonical JSON of the entry', () =>
    expect(chained(entry(1), 5, undefined).hash).toBe('93dfd466ebdb8fe2ad22eb63a39cb97ebe682f362ccddcae39d1fb90902de848'))

  it.each([
    ['at', { at: at + 99 }],
    ['actor', { actor: 'Hoa' }],
    ['action', { action: 'owner.closed' }],
    ['subject', { subject: 'conversation:9' }],
    ['detail', { detail: '{"episode":9}' }],
    ['detail written otherwise', { detail: '{ "episode": 2 }' }],
    ['detail with a field twice', { detail: '{"episode":9,"episode":2}' }],
    ['detail that is no JSON', { detail: 'x' }],
    ['hash', { hash: BEFORE_FIRST }],
    ['previous', { previous: BEFORE_FIRST }],
  ])('finds a changed %s', async (_what, change) => expect(await verify(at2(three(), change))).toEqual({ ok: false, number: 2, why: 'changed' }))

  it('finds an entry changed together with its hash at the next one', async () => {
    const [first, second, third] = three()
    const forged = chained({ ...entry(2), actor: 'Hoa' }, at + 1, first)
    expect(forged.hash).not.toBe(second?.hash)
    expect(await verify([first, forged, third] as ChainedEntry[])).toEqual({ ok: false, number: 3, why: 'broken_link' })
  })

  it('knows a cut tail and a chain written anew only by an anchor kept elsewhere', async () => {
    const chain = three()
    const last = { number: 3, hash: chain[2]?.hash as string }
    const anew = chainOf([entry(1), entry(7), entry(3)])
    expect(await verify(chain.slice(0, 2))).toMatchObject({ ok: true })
    expect(await verify(anew)).toMatchObject({ ok: true })
    expect(await verify(chain, last)).toMatchObject({ ok: true })
    expect(await verify([...chain, ...chainOf([entry(4)])].slice(0, 3), last)).toMatchObject({ ok: true })
    expect(await verify(chain.slice(0, 2), last)).toEqual({ ok: false, number: 3, why: 'cut_off' })
    expect(await verify([], last)).toEqual({ ok: false, number: 1, why: 'cut_off' })
    expect(await verify(anew, last)).toEqual({ ok: false, number: 3, why: 'not_expected' })
  })

  it('is read a page at a time', async () => {
    const chain = chainOf(Array.from({ length: 1_001 }, (_, i) => entry(i)))
    const asked: number[] = []
    const page = async (after: number, limit: number) => {
      asked.push(after)
      return chain.filter((row) => row.number > after).slice(0, limit)
    }
    expect(await verify(everyEntry(page))).toMatchObject({ ok: true, count: 1_001 })
    expect(asked).toEqual([Number.MIN_SAFE_INTEGER, 500, 1_000])
  })
})

const word = fc.stringMatching(/^[a-z0-9:]{1,12}$/)
const anyEntry: fc.Arbitrary<NewEntry> = fc.record({
  actor: fc.constantFrom('Lan', 'Hoa', 'system'),
  action: fc.constantFrom(...AUDIT_ACTIONS),
  subject: word,
  detail: fc.record({ count: fc.nat(), code: word, reason: fc.string() }, { requiredKeys: [] }),
})
const anyChain = fc.array(anyEntry, { minLength: 2, maxLength: 12 }).map(chainOf)
const faultAt = (verdict: Verdict) => (verdict.ok ? undefined : verdict.number)

describe('any chain', () => {
  const index = fc.nat()

  it('verifies as it was made, and as it comes out of JSON', () =>
    fc.assert(
      fc.asyncProperty(anyChain, async (chain) => {
        expect(await verify(JSON.parse(JSON.stringify(chain)))).toMatchObject({ ok: true, count: chain.length })
      }),
    ))

  it('shows an entry removed from before the end by its number', () =>
    fc.assert(
      fc.asyncProperty(anyChain, index, async (chain, i) => {
        const gone = i % (chain.length - 1)
        expect(faultAt(await verify(chain.toSpliced(gone, 1)))).toBe(gone + 1)
      }),
    ))

  it('shows an entry removed and the rest renumbered at the first that moved up', () =>
    fc.assert(
      fc.asyncProperty(anyChain, index, async (chain, i) => {
        const gone = i % (chain.length - 1)
        const renumbered = chain.toSpliced(gone, 1).map((row, place) => ({ ...row, number: place + 1 }))
        expect(faultAt(await verify(renumbered))).toBe(gone + 1)
      }),
    ))

  it('shows two entries that changed places at the first of them', () =>
    fc.assert(
      fc.asyncProperty(anyChain, index, async (chain, i) => {
        const first = i % (chain.length - 1)
        const [a, b] = [chain[first], chain[first + 1]] as [ChainedEntry, ChainedEntry]
        const swapped = chain.toSpliced(first, 2, { ...b, number: a.number }, { ...a, number: b.number })
        expect(faultAt(await verify(swapped))).toBe(first + 1)
      }),
    ))

  it('shows an entry inserted, forged as well as can be, at the next one at the latest', () =>
    fc.assert(
      fc.asyncProperty(anyChain, anyEntry, index, async (chain, extra, i) => {
        const place = i % chain.length
        const forged = chained(extra, at, chain[place - 1])
        const pushed = chain.slice(place).map((row) => ({ ...row, number: row.number + 1 }))
        expect(faultAt(await verify([...chain.slice(0, place), forged, ...pushed]))).toBe(place + 2)
      }),
    ))
})

describe('canonical JSON', () => {
  it('is the same whatever the order of the keys', () => {
    expect(canonical({ b: [1, { d: 'x', c: null }], a: undefined })).toBe('{"b":[1,{"c":null,"d":"x"}]}')
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (value) => {
        const turned = Object.fromEntries(Object.entries(value).reverse())
        expect(canonical(turned)).toBe(canonical(value))
        expect(canonical(JSON.parse(canonical(value)))).toBe(canonical(value))
      }),
    )
  })
})

describe('an anchor', () => {
  it('is read back as it was printed', () => {
    const anchor = { number: 12, hash: 'a'.repeat(64) }
    expect(parseAnchor(anchorText(anchor))).toEqual(anchor)
  })
  it.each(['', '12', `0:${'a'.repeat(64)}`, `1:${'A'.repeat(64)}`, `-1:${'a'.repeat(64)}`, `1:${'a'.repeat(63)}`])('%j is none', (text) =>
    expect(parseAnchor(text)).toBeUndefined(),
  )
})

describe('what an entry may say', () => {
  const good = entry(1)
  it.each([
    ['an unknown field', { detail: { text: 'tôi bị lừa' } }],
    ['a sentence for an id', { subject: 'Nguyễn Văn A' }],
    ['a sentence for a code', { detail: { code: 'Tôi bị lừa' } }],
    ['a count that is none', { detail: { count: 1.5 } }],
    ['an unknown action', { action: 'owner.slept' }],
    ['nobody', { actor: '' }],
    ['somebody on two lines', { actor: 'Lan\nHoa' }],
    ['another field', { text: 'x' }],
  ])('not %s', (_what, change) => expect(() => auditEntry({ ...good, ...change } as NewEntry)).toThrow())

  it('keeps a reason on one line, without numbers that belong to people, and short', () => {
    expect(writtenReason('  người dân\u202e yêu cầu\n qua số 0905 123 456, thư an@example.com  ')).toBe(
      'người dân yêu cầu qua số [số điện thoại đã che], thư [thư điện tử đã che]',
    )
    expect([...writtenReason('ă'.repeat(900))]).toHaveLength(500)
    expect(auditEntry({ ...good, detail: { reason: 'gọi 0905123456' } }).detail.reason).toBe('gọi [số điện thoại đã che]')
  })
})

describe('the command', () => {
  const place = inStore()
  const audit = (...args: string[]) => command('audit', place.folder, args)

  it('proves the chain, prints the anchor, notices a cut tail and a change', async () => {
    for (const n of [1, 2, 3]) await place.store.write((tx) => appendAudit(tx, entry(n), at))
    const sound = await audit('verify')
    const anchor = sound.out.match(/Mục cuối: (3:[0-9a-f]{64})\n/)?.[1] ?? ''
    expect([sound.code, sound.err, anchor]).toEqual([0, '', expect.stringMatching(/^3:/)])
    expect(sound.out).toContain(`npm run -s audit -- verify --expect ${anchor}`)
    expect((await audit('verify', '--expect', anchor)).code).toBe(0)
    expect((await audit('list', '--last', '1')).out).toBe('3  26/11/2026 07:00:00  Lan  owner.took  conversation:3  {"episode":3}\n')
    tamper(place.folder, 'delete from audit where number = 3')
    expect(await audit('verify', '--expect', anchor)).toMatchObject({
      code: 1,
      out: '',
      err: expect.stringMatching(/KHÔNG còn nguyên vẹn, ở mục 3: .*đuôi đã bị cắt/),
    })
    tamper(place.folder, `update audit set actor = 'Hoa' where number = 1`)
    expect(await audit('verify')).toMatchObject({ code: 1, err: expect.stringMatching(/ở mục 1: nội dung đã bị sửa/) })
  })

  it.each([[[]], [['prove']], [['verify', '--expect', '3:x']], [['list', '--last', '0']], [['verify', '--nothing']]])(
    'refuses %j with a sentence',
    async (args) => {
      const { code, out, err } = await audit(...args)
      expect([code, out]).toEqual([1, ''])
      expect(err.trim()).toMatch(/^(Cách dùng: npm run -s audit|--expect phải|--last phải).*$/)
    },
  )
})
