/** `npm run demo -- [--folder F] [--seed N] [--only-fill]`: a month of an office that does not exist, played through the real parts, and then the service on it. */
import { resolve } from 'node:path'
import type { Config } from '../config.ts'
import { runCommand } from './assistant.ts'
import { buildDemo, demoConfig } from './demo/build.ts'
import { withDemoPlatforms } from './demo/channels.ts'
import { MONTH } from './demo/fill.ts'
import type { Invitation } from './demo/officers.ts'
import { DAY, SECOND } from './demo/times.ts'
import { logTo } from './log.ts'
import { Refused, readArguments } from './office.ts'
import { barProgress } from './progress.ts'
import { type Service, startService } from './service.ts'

const USAGE = 'Cách dùng: npm run demo -- [--folder THƯ-MỤC] [--seed SỐ] [--only-fill]'
const OPTIONS = {
  folder: { type: 'string', default: './data-demo' },
  seed: { type: 'string', default: String(MONTH.seed) },
  'only-fill': { type: 'boolean', default: false },
} as const

async function build(config: Config, seed: number): Promise<readonly Invitation[]> {
  const began = performance.now()
  const until = Date.now()
  const { deeds, invitations } = await buildDemo(config, { ...MONTH, seed, until }, barProgress(), dayTeller(until))
  const took = Math.round((performance.now() - began) / SECOND)
  console.error(`Đã dựng xong: ${MONTH.days} ngày, ${deeds} việc, mất ${took} giây.`)
  return invitations
}

/** @returns what says every fifth day that it is played. */
function dayTeller(until: number): (at: number) => void {
  let told = 0
  return (at) => {
    const day = MONTH.days - Math.ceil((until - at) / DAY)
    if (day < told + 5) return
    told = day
    console.error(`Đang dựng: ngày ${day}/${MONTH.days}`)
  }
}

async function serve(config: Config, invitations: readonly Invitation[]): Promise<void> {
  const log = logTo(process.stderr, Date.now)
  const service = await startService({ config, log, progress: barProgress(), exchange: withDemoPlatforms })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(service))
  await service.opened
  console.log(`Bản trình diễn đang chạy ở ${service.address}`)
  console.log('Vào bàn làm việc của cán bộ: mở một liên kết dưới đây (dùng một lần, trong một ngày), đặt mật khẩu và mã xác thực.')
  for (const { name, token } of invitations) console.log(`  ${name}: ${service.address}/console/set-up/${token}`)
}

async function stop(service: Service): Promise<void> {
  await service.stop()
  process.exit(0)
}

await runCommand(async () => {
  const { values } = readArguments(OPTIONS, USAGE)
  if (!/^\d{1,9}$/.test(values.seed)) throw new Refused(USAGE)
  const config = demoConfig(resolve(values.folder), process.env)
  const invitations = await build(config, Number(values.seed))
  if (!values['only-fill']) await serve(config, invitations)
})
