/** Looks at how SQLite would run the queries that a piece of work sends: an index that no query uses is no index. */
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { vi } from 'vitest'
import { FILE } from './office.ts'

export interface Plan {
  readonly query: string
  readonly steps: readonly string[]
}

type Sent = Map<string, readonly unknown[]>

/** @returns the plan of every query that `work` sends to stores opened in it, with the values that it was sent with: which index fits depends on them. */
export async function plansOf(folder: string, work: () => Promise<unknown>): Promise<readonly Plan[]> {
  const sent = await queriesOf(work)
  const file = new Database(join(folder, FILE))
  const ours = [...sent].filter(([query]) => /^(select|update|insert|delete)/.test(query) && !/kysely_migration|sqlite_|pragma_/.test(query))
  const plans = ours.map(([query, values]) => ({ query, steps: explain(file, query, values) }))
  file.close()
  return plans
}

async function queriesOf(work: () => Promise<unknown>): Promise<Sent> {
  const sent: Sent = new Map()
  const prepare = Database.prototype.prepare
  const spy = vi.spyOn(Database.prototype, 'prepare').mockImplementation(function (this: Database.Database, text: string) {
    return noting(prepare.call(this, text) as Database.Statement, (values) => sent.set(text, values))
  } as typeof prepare)
  try {
    await work()
    return sent
  } finally {
    spy.mockRestore()
  }
}

/** Notes the values with which a statement is run. */
function noting(statement: Database.Statement, note: (values: readonly unknown[]) => void): Database.Statement {
  for (const name of ['all', 'run'] as const) {
    const original = statement[name].bind(statement) as (values: unknown) => unknown
    Object.assign(statement, {
      [name]: (values: readonly unknown[] = []) => {
        note(values)
        return original(values)
      },
    })
  }
  return statement
}

function explain(file: Database.Database, query: string, values: readonly unknown[]): string[] {
  const steps = file.prepare(`explain query plan ${query}`).all(...values) as { detail: string }[]
  return steps.map((step) => step.detail)
}

/** @returns the steps that read a table, or an index, from one end to the other, or sort. */
export function slowSteps(plans: readonly Plan[]): string[] {
  return plans.flatMap(({ query, steps }) => steps.filter((step) => /^SCAN|TEMP B-TREE/.test(step)).map((step) => `${step}: ${query}`))
}
