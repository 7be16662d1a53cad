/** `npm run -s bench`: time per question, median and p95, split by step, over the development questions. */
import { fileURLToPath } from 'node:url'
import { dayInVietnam } from '../../knowledge/validity.ts'
import { percentile } from '../../retrieval/evaluate/ranking.ts'
import { readHalf } from '../../retrieval/evaluate/rows.ts'
import { openAssistant, runCommand } from './assistant.ts'
import { barProgress } from './progress.ts'

const FOLDER = fileURLToPath(new URL('../../test/evaluation', import.meta.url))
const ROUNDS = 3

await runCommand(async (config) => {
  const opened = performance.now()
  const assistant = await openAssistant(config, { progress: barProgress() })
  const start = performance.now() - opened
  const times = new Map<string, number[]>()
  const keep = (name: string, ms: number) => times.set(name, [...(times.get(name) ?? []), ms])
  const rows = readHalf(FOLDER, 'dev')
  const asOf = dayInVietnam(new Date())
  for (let round = 0; round <= ROUNDS; round++)
    for (const row of rows) {
      const began = performance.now()
      // The first round warms the code and is not counted.
      await assistant.answer({ text: row.question, asOf }, round === 0 ? {} : { onStep: keep })
      if (round > 0) keep('cả câu', performance.now() - began)
    }
  console.log(`mở trợ lý ${start.toFixed(0)} ms · bộ nhớ ${(process.memoryUsage().rss / 1e6).toFixed(0)} MB · ${rows.length} câu × ${ROUNDS}`)
  console.log('bước            trung vị ms    p95 ms')
  for (const [name, all] of times) {
    console.log(`${name.padEnd(14)} ${percentile(all, 0.5).toFixed(2).padStart(12)} ${percentile(all, 0.95).toFixed(2).padStart(9)}`)
  }
})
