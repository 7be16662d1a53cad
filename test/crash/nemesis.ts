/** What goes wrong. Each action leaves the service running again, or dead for the next action to start it. */
import { copyFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStore } from '../../adapters/storage/database.ts'
import type { Disk } from './disk.ts'
import { pause } from './sse.ts'
import { Visitor, type World } from './visitors.ts'

export const FAILPOINTS = [
  'after-inbox-commit',
  'after-model',
  'after-outcome-commit',
  'after-send-before-mark',
  'after-handover-before-mark',
] as const
export type Failpoint = (typeof FAILPOINTS)[number]

/** Longer than any traffic needs to come by; ends only an action whose place is never reached. */
const REACHED_MS = 60_000

/** A backup that was taken, and when. */
export interface Backup {
  readonly file: string
  readonly at: number
}

export class Nemesis {
  readonly #world: World
  readonly #disk: Disk | undefined
  readonly #backupFile: string
  /** How often each failpoint was used: the next kill there comes one hit later. */
  readonly #depth = new Map<Failpoint, number>()
  #backup: Backup | undefined

  constructor(world: World, disk: Disk | undefined, backupFile: string) {
    this.#world = world
    this.#disk = disk
    this.#backupFile = backupFile
  }

  /** Starts the service on an empty folder, killed between the statements of its migration: at each of `places` in turn, or at every one there is. @returns once it runs */
  async duringMigration(places: readonly number[] | 'every'): Promise<void> {
    const { service, history } = this.#world
    for (let n = 1; ; n++) {
      const place = places === 'every' ? n : places[n - 1]
      if (place === undefined) break
      if ((await service.start(`mid-migration:${place}`)) === 'up') return
      history.killed('mid-migration')
    }
    await service.start()
  }

  async #ensureUp(): Promise<void> {
    if (!this.#world.service.running) await this.#world.service.start()
    await this.#world.service.up()
  }

  /** Dies at the n-th hit of a place, one deeper each time. */
  async atFailpoint(place: Failpoint): Promise<void> {
    const { service, history } = this.#world
    const n = (this.#depth.get(place) ?? 0) + 1
    this.#depth.set(place, n)
    if (service.running) await this.#killNow('random')
    await service.start(`${place}:${n}`)
    const exit = await service.exit(REACHED_MS)
    if (exit?.signal === 'SIGKILL') history.killed(place)
    else history.counts.notes.add(`${place}:${n} was not reached`)
  }

  /** Dies some time after a start: while it opens, while it reads the index, or in the middle of its work. */
  async atRandom(): Promise<void> {
    const { service, random } = this.#world
    if (!service.running) service.launch()
    await pause(random.between(0, 4_000))
    await this.#killNow('random')
  }

  async #killNow(kind: string): Promise<void> {
    this.#world.history.killed(kind)
    await this.#world.service.kill()
  }

  /** Stands still for some seconds, as in a machine that swaps or is moved. */
  async standStill(): Promise<void> {
    await this.#ensureUp()
    const { service, random, history } = this.#world
    history.killed('stand-still')
    this.#world.stopped = true
    service.signal('SIGSTOP')
    await pause(random.between(1_000, 5_000))
    service.signal('SIGCONT')
    this.#world.stopped = false
  }

  /** Is asked to stop in the middle of its work. */
  async terminate(): Promise<void> {
    await this.#ensureUp()
    const { service, history } = this.#world
    const exit = await service.terminate()
    history.killed('terminate')
    if (exit.code !== 0) history.broken('stop', `SIGTERM ended with ${exit.signal ?? exit.code}`)
  }

  /** The clock jumps ahead by hours while it runs, and back by hours while replies are decided and not yet sent. */
  async jumpClock(): Promise<void> {
    await this.#ensureUp()
    const { random, history } = this.#world
    const hours = () => random.between(1, 7) * 3_600_000 + random.between(0, 60_000)
    this.setClock(hours())
    await this.atFailpoint('after-outcome-commit')
    this.setClock(-hours())
    await this.#ensureUp()
    history.killed('clock')
  }

  setClock(offsetMs: number): void {
    writeFileSync(`${this.#world.clockFile}.new`, String(offsetMs))
    renameSync(`${this.#world.clockFile}.new`, this.#world.clockFile)
    this.#world.clockSettings.push({ at: Date.now(), offset: offsetMs })
  }

  /** Nothing can be written: what comes is refused honestly, and taken as soon as there is room. */
  async fillDisk(): Promise<void> {
    const disk = this.#disk
    if (!disk) return void this.#world.history.counts.notes.add('full disk: not possible on this machine')
    await this.#ensureUp()
    const probe = new Visitor(this.#world)
    await probe.join()
    const { service, history } = this.#world
    const pid = service.pid ?? 0
    const refused: (() => Promise<void>)[] = []
    try {
      disk.fill(pid)
      const deadline = performance.now() + REACHED_MS
      while (refused.length < 3 && performance.now() < deadline) {
        const answer = await probe.tryOnce(`khi đĩa đầy ${'x'.repeat(2_000)} ${history.sent.size}`)
        if (answer?.status === 503 && answer.code === 'not_kept') refused.push(answer.again)
        else if (answer && answer.status !== 202) history.broken('full_disk', `answered ${answer.status} ${answer.code}`)
      }
    } finally {
      disk.free(pid)
    }
    history.killed(`full-disk (${disk.kind})`)
    if (refused.length === 0) history.broken('full_disk', 'was never refused')
    for (const again of refused) await again()
  }

  /** A backup while running; then somebody who is in it has everything erased. */
  async backUp(): Promise<void> {
    await this.#ensureUp()
    const leaver = new Visitor(this.#world)
    await leaver.join()
    for (let i = 0; i < 2; i++) await leaver.write()
    await leaver.sendNumbers()
    await leaver.sendFile()
    const at = performance.now()
    const store = await openStore(this.#world.folder)
    try {
      rmSync(this.#backupFile, { force: true })
      await store.backup(this.#backupFile)
    } finally {
      await store.close()
    }
    this.#backup = { file: this.#backupFile, at }
    await leaver.erase()
    this.#world.history.killed('backup+erasure')
  }

  /** Puts the last backup in place of the database, as an operator would with the service stopped. @returns whether there was one */
  restore(): boolean {
    if (!this.#backup) return false
    const file = join(this.#world.folder, 'an-tam.sqlite')
    for (const part of ['', '-wal', '-shm']) rmSync(`${file}${part}`, { force: true })
    copyFileSync(this.#backup.file, file)
    this.#world.history.restored(this.#backup.at)
    for (const { id, at } of this.#world.intake.received()) if (at >= this.#backup.at) this.#world.history.forgivenHandovers.add(id)
    this.#world.history.killed('restore')
    this.#backup = undefined
    return true
  }
}
