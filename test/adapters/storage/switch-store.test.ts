import { describe, expect, it } from 'vitest'
import { readLastAudit } from '../../../adapters/storage/audit-store.ts'
import { openStore } from '../../../adapters/storage/database.ts'
import { readSwitches, turnOff, turnOn } from '../../../adapters/storage/switch-store.ts'
import { openSwitches, parseTarget, type SwitchTarget } from '../../../bot/operations/switches.ts'
import { inStore, NOW, tamper } from './office.ts'

const place = inStore()
const target = (name: string) => parseTarget(name) as SwitchTarget
const WEB = target('channel:web')
const order = { by: 'Lan', reason: 'trả lời sai' }
const audited = async () => (await readLastAudit(place.store, 100)).map(({ action, subject, actor, detail }) => [action, subject, actor, detail])

describe('switching', () => {
  it('off is read back with when, who and why, and audited', async () => {
    expect(await turnOff(place.store, WEB, order, NOW)).toBe('off')
    expect(await readSwitches(place.store)).toEqual([{ target: WEB, offSince: NOW, ...order }])
    expect(await audited()).toEqual([['switch.off', 'channel:web', 'Lan', '{"reason":"trả lời sai"}']])
  })

  it('off twice keeps the first time and adds nothing', async () => {
    await turnOff(place.store, WEB, order, NOW)
    expect(await turnOff(place.store, WEB, { by: 'Hoa', reason: ' trả lời  sai ' }, NOW + 5)).toBe('already_off')
    expect(await readSwitches(place.store)).toEqual([{ target: WEB, offSince: NOW, ...order }])
    expect(await audited()).toHaveLength(1)
  })

  it('another reason is written and audited; the first time stays', async () => {
    await turnOff(place.store, WEB, order, NOW)
    expect(await turnOff(place.store, WEB, { by: 'Hoa', reason: 'bị phá' }, NOW + 5)).toBe('reason_changed')
    expect(await readSwitches(place.store)).toEqual([{ target: WEB, offSince: NOW, by: 'Hoa', reason: 'bị phá' }])
    expect(await audited()).toHaveLength(2)
  })

  it('on removes it once, and only that one', async () => {
    await turnOff(place.store, WEB, order, NOW)
    await turnOff(place.store, target('answering'), order, NOW + 1)
    expect(await turnOn(place.store, WEB, { by: 'Hoa', reason: 'đã sửa' }, NOW + 2)).toBe('on')
    expect(await turnOn(place.store, WEB, { by: 'Hoa' }, NOW + 3)).toBe('already_on')
    expect((await readSwitches(place.store)).map((row) => row.target.name)).toEqual(['answering'])
    expect((await audited()).slice(2)).toEqual([['switch.on', 'channel:web', 'Hoa', '{"reason":"đã sửa"}']])
  })

  it('takes no empty reason, and keeps no telephone number', async () => {
    await expect(turnOff(place.store, WEB, { by: 'Lan', reason: ' ' }, NOW)).rejects.toThrow('Cần ghi lý do')
    await turnOff(place.store, WEB, { by: 'Lan', reason: 'gọi 0905123456' }, NOW)
    expect(JSON.stringify([await readSwitches(place.store), await audited()])).not.toContain('0905123456')
  })

  it('passes over a row that this version does not know', async () => {
    tamper(place.folder, `insert into switch values ('channel', 'fax', 1, 'Lan', 'x')`)
    expect(await readSwitches(place.store)).toEqual([])
  })
})

describe('a running service', () => {
  it('notices within a second what another process switched', async () => {
    const switches = await openSwitches(() => readSwitches(place.store), Date.now, 500)
    const other = await openStore(place.folder)
    await turnOff(other, WEB, order, NOW)
    const began = Date.now()
    while (switches.isOff('channel', 'web') === undefined && Date.now() - began < 3_000) await new Promise((done) => setTimeout(done, 20))
    expect(switches.isOff('channel', 'web')).toBe('trả lời sai')
    expect(Date.now() - began).toBeLessThan(1_000)
    switches.close()
    await other.close()
  })

  it('is not disturbed by a database that can no longer be read', async () => {
    await turnOff(place.store, WEB, order, NOW)
    const other = await openStore(place.folder)
    const switches = await openSwitches(() => readSwitches(other), Date.now, 60_000)
    await other.close()
    await switches.refresh()
    expect(switches.isOff('channel', 'web')).toBe('trả lời sai')
    switches.close()
  })
})
