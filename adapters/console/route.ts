/** One address of the console's interface: who may use it, what it takes, what it does. All of them stand in lists, so that one test can walk them. */
import type { z } from 'zod'
import type { Permission, Role } from '../../bot/officers/permissions.ts'

/** Who is signed in. */
export interface SignedIn {
  readonly id: string
  readonly name: string
  readonly role: Role
  /** The session's own id, never its token. */
  readonly session: string
}

/** A request that has been let in; `query` and `body` are what the route's schemas made of them. */
export interface Asked {
  readonly officer: SignedIn
  readonly params: Readonly<Record<string, string>>
  readonly query: unknown
  readonly body: unknown
  /** Milliseconds UTC. */
  readonly now: number
}

/** A file instead of JSON; it is saved, or shown where `inline`. */
export class Download {
  readonly bytes: Uint8Array
  readonly type: string
  readonly name: string
  readonly inline: boolean
  /** The content security policy of a page of its own; undefined: the console's. */
  readonly policy: string | undefined
  constructor(bytes: Uint8Array, type: string, name: string, inline = false, policy?: string) {
    this.bytes = bytes
    this.type = type
    this.name = name
    this.inline = inline
    this.policy = policy
  }
}

/** The session goes on under another token, which its browser gets; a copy of the one before is good for nothing. */
export class Exchanged {
  readonly token: string
  constructor(token: string) {
    this.token = token
  }
}

export interface ConsoleRoute {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** Below `/console/api`, as fastify writes it: "/cases/:number". */
  readonly url: string
  readonly may: Permission
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  /** The body is a file of at most so many bytes, handed on as it is. */
  readonly upload?: number
  /** @returns what is answered as JSON, or a {@link Download}. Throws {@link ConsoleTrouble} with a sentence for the officer. */
  readonly handle: (asked: Asked) => Promise<unknown>
}

/** @returns a route whose handler sees its query and body as its schemas say. */
export function route<Q extends z.ZodType, B extends z.ZodType>(
  given: Omit<ConsoleRoute, 'handle' | 'query' | 'body'> & {
    readonly query?: Q
    readonly body?: B
    readonly handle: (asked: Omit<Asked, 'query' | 'body'> & { readonly query: z.output<Q>; readonly body: z.output<B> }) => Promise<unknown>
  },
): ConsoleRoute {
  return given as ConsoleRoute
}
