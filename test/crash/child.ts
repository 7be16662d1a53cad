/**
 * The real service as `npm start` runs it, with three handles for the crash suite: a clock that the parent shifts, a place to die, and a planted bug for the self-test.
 *
 *   CRASH_CLOCK  file holding milliseconds to add to the clock       CRASH_AT  "after-model:3": SIGKILL at the third hit
 *   CRASH_BUG    one of bugs.ts
 */
import { readFileSync } from 'node:fs'
import Database from 'better-sqlite3'
import { readConfig } from '../../bot/config.ts'
import { logTo } from '../../bot/main/log.ts'
import { type Service, startService } from '../../bot/main/service.ts'
import { SILENT } from '../../retrieval/open.ts'
import { planted } from './bugs.ts'

const { CRASH_CLOCK = '', CRASH_AT = '', CRASH_BUG } = process.env
const [place, nth] = CRASH_AT.split(':')
let hits = 0

function hit(name: string): void {
  if (name !== place) return
  hits++
  if (hits === Number(nth)) process.kill(process.pid, 'SIGKILL')
}

/** No migration has a failpoint of its own: each of its statements is one. */
function dieBetweenMigrations(): void {
  const { prepare } = Database.prototype
  Database.prototype.prepare = function (this: Database.Database, text: string) {
    if (/^create (table|index|unique)/i.test(text)) hit('mid-migration')
    return prepare.call(this, text)
  } as typeof prepare
}

function clock(): number {
  return Date.now() + (CRASH_CLOCK ? Number(readFileSync(CRASH_CLOCK, 'utf8')) : 0)
}

/** As in bot/main/serve.ts, which cannot be imported without being run. */
function stopWithin(service: Service, ms: number): void {
  setTimeout(() => process.exit(1), ms).unref()
  void service.stop().then(() => process.exit(0))
}

dieBetweenMigrations()
const config = readConfig(process.env)
const exchange = planted(CRASH_BUG)
const log = logTo(process.stderr, clock)
const service = await startService({ config, log, clock, failpoint: hit, progress: SILENT, ...(exchange ? { exchange } : {}) })
process.once('SIGTERM', () => stopWithin(service, config.stopMs))
console.log(`listening ${service.address}`)
await service.opened
console.log('ready')
