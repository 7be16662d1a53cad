/** `npm run -s switch -- list | off channel:web --reason "…" [--by "…"] | on channel:web [--by "…"]`: the kill switches; a running service notices within a second. */
import type { Store } from '../../adapters/storage/database.ts'
import { readSwitches, turnOff, turnOn } from '../../adapters/storage/switch-store.ts'
import { parseTarget, reasonProblem, SWITCH_TARGETS, type SwitchTarget, targetText, whileOff } from '../operations/switches.ts'
import { momentText } from '../wording/operations.ts'
import { operator, Refused, readArguments, runOffice } from './office.ts'

const USAGE = 'Cách dùng: npm run -s switch -- list | off TÊN --reason "…" [--by "…"] | on TÊN [--reason "…"] [--by "…"]'
const OPTIONS = { reason: { type: 'string' }, by: { type: 'string' } } as const

function targetOf(name: string): SwitchTarget {
  const target = parseTarget(name)
  if (!target) throw new Refused(`Không có công tắc "${name}". Có: ${SWITCH_TARGETS.map(targetText).join(', ')}.`)
  return target
}

function reasonOf(reason: string | undefined): string {
  const problem = reasonProblem(reason)
  if (problem) throw new Refused(problem)
  return reason ?? ''
}

async function list(store: Store): Promise<void> {
  const off = new Map((await readSwitches(store)).map((row) => [targetText(row.target), row]))
  for (const name of SWITCH_TARGETS.map(targetText)) {
    const row = off.get(name)
    console.log(row ? `TẮT  ${name}  từ ${momentText(row.offSince)}, ${row.by}: ${row.reason}` : `bật  ${name}`)
  }
}

async function off(store: Store, target: SwitchTarget, reason: string, by: string): Promise<void> {
  const name = targetText(target)
  const said = {
    off: `Đã tắt ${name}: ${whileOff(target)}. Bật lại: npm run -s switch -- on ${name}`,
    already_off: `${name} đã tắt từ trước với đúng lý do này; không đổi gì.`,
    reason_changed: `${name} đã tắt từ trước; đã ghi lý do mới.`,
  }
  console.log(said[await turnOff(store, target, { by, reason }, Date.now())])
}

async function on(store: Store, target: SwitchTarget, reason: string | undefined, by: string): Promise<void> {
  const name = targetText(target)
  const said = { on: `Đã bật lại ${name}.`, already_on: `${name} đang bật; không đổi gì.` }
  console.log(said[await turnOn(store, target, { by, ...(reason === undefined ? {} : { reason }) }, Date.now())])
}

await runOffice(
  async ({ store }) => {
    const { values, positionals } = readArguments(OPTIONS, USAGE)
    const [command = '', name = '', ...more] = positionals
    if (more.length > 0) throw new Refused(USAGE)
    if (command === 'list' && name === '') return list(store)
    if (command === 'off') return off(store, targetOf(name), reasonOf(values.reason), operator(values.by))
    if (command === 'on') return on(store, targetOf(name), values.reason, operator(values.by))
    throw new Refused(USAGE)
  },
  { mayCreate: true },
)
