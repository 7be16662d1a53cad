import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { KeyTable } from '../../retrieval/lexical/key-table.ts'

describe('KeyTable', () => {
  it('numbers keys as a Map would, in the order in which they came, however many there are', () =>
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.nat(50), fc.maxSafeNat()), { maxLength: 200 }), fc.nat(40), (keys, expected) => {
        const [table, oracle] = [new KeyTable(expected), new Map<number, number>()]
        for (const key of keys) {
          if (!oracle.has(key)) oracle.set(key, oracle.size)
          expect(table.add(key)).toBe(oracle.get(key))
        }
        for (const key of [...keys, 7, 2 ** 40]) expect(table.get(key)).toBe(oracle.get(key) ?? -1)
        expect([...table.keys()]).toEqual([...oracle.keys()])
      }),
      { seed: 20261126 },
    ))
})
