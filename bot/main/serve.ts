/** `npm start`: the service with its page. Prints the address and a question to try; stops in order on SIGTERM and SIGINT, within a deadline. */
import { firstLinkWords } from '../wording/console.ts'
import { runCommand } from './assistant.ts'
import { logTo } from './log.ts'
import { barProgress } from './progress.ts'
import { type Service, startService } from './service.ts'

const TRY = 'Mua áo trên mạng giao không giống ảnh, shop không cho trả thì làm sao?'
const log = logTo(process.stderr, Date.now)

/** Ends the process when a stop takes too long: what is not finished is on disk and goes on at the next start. */
function stopWithin(service: Service, ms: number): void {
  log({ event: 'stopping' })
  setTimeout(() => {
    log({ event: 'stop_forced' })
    process.exit(1)
  }, ms).unref()
  void service.stop().then(() => {
    log({ event: 'stopped' })
    process.exit(0)
  })
}

await runCommand(async (config) => {
  const starting = startService({ config, log, progress: barProgress() })
  // A stop that is asked for during the start happens right after it.
  let asked = false
  const stop = () => {
    // npm and tsx hand a signal on that the process has had already: the second one must not cut the stop short.
    if (asked) return
    asked = true
    void starting.then(
      (service) => stopWithin(service, config.stopMs),
      () => undefined,
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  const service = await starting
  try {
    await service.opened
  } catch (error) {
    await service.stop()
    throw error
  }
  console.log(`An Tâm đang chạy ở ${config.publicUrl ?? service.address}`)
  console.log(`Mở trang đó rồi thử hỏi: ${TRY}`)
  if (service.firstLink) console.log(firstLinkWords(service.firstLink))
})
