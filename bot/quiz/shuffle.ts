/** Orders drawn by a seed: the same seed and name give the same order, on every machine and after every restart. */
import { createHash } from 'node:crypto'

/** @returns the numbers from 0 to `count` - 1, each once, in an order that `seed` and `name` alone decide. */
export function shuffled(count: number, seed: number, name: string): readonly number[] {
  const order = Array.from({ length: count }, (_, i) => i)
  return order
    .map((i) => [drawn(seed, name, i), i] as const)
    .sort(([a, i], [b, j]) => (a < b ? -1 : a > b ? 1 : i - j))
    .map(([, i]) => i)
}

function drawn(seed: number, name: string, i: number): string {
  return createHash('sha256').update(`${seed}\n${name}\n${i}`).digest('hex')
}
