import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newVisitor, openTokens, spoken, TOKEN_DAYS } from '../../../adapters/web-chat/token.ts'
import { DAY, NOW } from './open.ts'

const KEY = Buffer.alloc(32, 7)
const tokens = openTokens(KEY)

describe('the name of a visitor', () => {
  it('is 26 letters and digits that are not mistaken for each other, and never the same', () => {
    const names = Array.from({ length: 2_000 }, newVisitor)
    for (const name of names) expect(name).toMatch(/^[a-hj-kmnp-tv-z0-9]{26}$/)
    expect(new Set(names).size).toBe(names.length)
    // 130 bits: every one of the 32 letters and digits comes at every place.
    for (let place = 0; place < 26; place++) expect(new Set(names.map((name) => name[place])).size).toBe(32)
  })

  it('can be said on the phone', () => {
    expect(spoken('abcd0123456789abcd0123456789')).toBe('ABCD')
  })
})

describe('a token', () => {
  it('proves the visitor until it is too old, to the millisecond', () => {
    const visitor = newVisitor()
    const { token, expiresAt } = tokens.issue(visitor, NOW)
    expect(expiresAt).toBe(NOW + TOKEN_DAYS * DAY)
    expect(tokens.verify(token, NOW)).toBe(visitor)
    expect(tokens.verify(token, expiresAt - 1)).toBe(visitor)
    expect(tokens.verify(token, expiresAt)).toBeUndefined()
    expect(token.length).toBeLessThanOrEqual(200)
  })

  it('holds also when the clock is set back', () => {
    const { token } = tokens.issue('a'.repeat(26), NOW)
    expect(tokens.verify(token, 0)).toBe('a'.repeat(26))
  })

  it('of another key is nobody’s', () => {
    const { token } = openTokens(Buffer.alloc(32, 8)).issue(newVisitor(), NOW)
    expect(tokens.verify(token, NOW)).toBeUndefined()
  })

  it('made with the same key for another purpose is nobody’s', () => {
    const claim = `${newVisitor()}.${(NOW + DAY).toString(36)}`
    for (const said of [claim, `console:${claim}`]) {
      const mac = createHmac('sha256', KEY).update(said).digest('base64url')
      expect(tokens.verify(`${claim}.${mac}`, NOW)).toBeUndefined()
    }
  })

  it('changed anywhere, in any way, is nobody’s', () => {
    const { token } = tokens.issue(newVisitor(), NOW)
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/ \n\u0000ạ']
    for (let at = 0; at < token.length; at++)
      for (const letter of letters)
        if (letter !== token[at]) expect(tokens.verify(token.slice(0, at) + letter + token.slice(at + 1), NOW), `${letter} at ${at}`).toBeUndefined()
    for (let end = 0; end < token.length; end++) expect(tokens.verify(token.slice(0, end), NOW)).toBeUndefined()
    for (const more of ['', '.', 'a', '=', '\n', ' ']) if (more) expect(tokens.verify(token + more, NOW)).toBeUndefined()
  })

  it('mixed from two is nobody’s', () => {
    const [one, two] = [tokens.issue(newVisitor(), NOW), tokens.issue(newVisitor(), NOW + 1)].map(({ token }) => token.split('.'))
    const parts = [0, 1].flatMap((a) => [0, 1].flatMap((b) => [0, 1].map((c) => [a, b, c])))
    for (const [a, b, c] of parts) {
      const mixed = [[one, two][a ?? 0]?.[0], [one, two][b ?? 0]?.[1], [one, two][c ?? 0]?.[2]].join('.')
      expect(tokens.verify(mixed, NOW) !== undefined, mixed).toBe(a === b && b === c)
    }
  })

  it('that is any text at all is nobody’s, and breaks nothing', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.base64String(), fc.stringMatching(/^[a-z0-9]{26}\.[0-9a-z]{1,11}\.[A-Za-z0-9_-]{43}$/)),
        (text) => {
          expect(tokens.verify(text, NOW)).toBeUndefined()
        },
      ),
      { seed: 20261126, numRuns: 500 },
    )
  })
})
