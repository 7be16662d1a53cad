/** Passwords as argon2id hashes (OWASP's least: 19 MiB, two passes, one lane). Few are hashed at once, since each takes its memory for a moment. */
import { hash, verify } from '@node-rs/argon2'

const COST = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const
const AT_ONCE = 2
const MOST_WAITING = 20

export interface Passwords {
  /** Whether so many wait that another would wait for seconds. */
  busy(): boolean
  hash(password: string): Promise<string>
  /** @param known undefined for somebody who does not exist: takes as long as for somebody who does, and is false. */
  matches(known: string | undefined, password: string): Promise<boolean>
}

/** @returns what hashes and compares, at most two at a time. */
export function openPasswords(): Passwords {
  const { turn, waiting } = turns(AT_ONCE)
  // Made anew at every start, of something that nobody knows.
  const nobodys = turn(() => hash(crypto.randomUUID(), COST))
  return {
    busy: () => waiting() >= MOST_WAITING,
    hash: (password) => turn(() => hash(password.normalize('NFC'), COST)),
    matches: async (known, password) => {
      const against = known ?? (await nobodys)
      const same = await turn(() => verify(against, password.normalize('NFC')).catch(() => false))
      return same && known !== undefined
    },
  }
}

interface Turns {
  readonly turn: <T>(work: () => Promise<T>) => Promise<T>
  readonly waiting: () => number
}

/** @returns what runs at most `most` works at once; the others wait in order. */
function turns(most: number): Turns {
  const waiting: (() => void)[] = []
  let running = 0
  const turn: Turns['turn'] = async (work) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    else running++
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running--
    }
  }
  return { turn, waiting: () => waiting.length }
}
