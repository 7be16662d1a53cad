/**
 * What no log may say, looked for in every event of every service that a test starts: the words, names and numbers of people. All that a log has to say is
 * codes, names of places and counts; whatever else stands in a field came from somebody.
 */
import type { LogEvent } from '../bot/main/log.ts'

/** Vietnamese words have letters that no code has; telephone, account and paper have nine digits and more; an address has an @. */
const SOMEBODYS = /[^\x20-\x7e]|\d{9}|@|\s\S+\s/u

/** Looks at events; `died` is what any of them said of somebody's, `ask` throws when one of them said something of somebody's. */
export class Canary {
  readonly died: string[] = []

  look(event: LogEvent): void {
    for (const [field, value] of Object.entries(event))
      if (typeof value === 'string' && SOMEBODYS.test(value)) this.died.push(`${event.event}.${field}: ${value}`)
  }

  ask(): void {
    if (this.died.length > 0) throw new Error(`a log said what is somebody's:\n${this.died.join('\n')}`)
  }
}

/** @returns what the events among the lines of a printed log said of somebody's. A line that a kill cut off is none. */
export function diedOf(printed: string): readonly string[] {
  const canary = new Canary()
  for (const line of printed.split('\n').filter((one) => /^\{"at":.*\}$/.test(one))) {
    const { at: _, ...event } = JSON.parse(line)
    canary.look(event)
  }
  return canary.died
}
