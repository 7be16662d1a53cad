/** A progress bar on standard error: standard output stays clean for results. */
import { Presets, SingleBar } from 'cli-progress'
import type { BuildProgress } from '../../retrieval/open.ts'

const REASON = {
  missing: 'Lập chỉ mục lần đầu',
  other: 'Nội dung hoặc mô hình đã đổi, lập lại chỉ mục',
  damaged: 'Tệp chỉ mục bị hỏng, lập lại từ đầu',
} as const

/** @returns a progress that draws a bar on a terminal and one line a tenth elsewhere. */
export function barProgress(): BuildProgress {
  const bar = new SingleBar(
    { format: '{reason} |{bar}| {percentage}% · {value}/{total}', hideCursor: true, noTTYOutput: true, notTTYSchedule: 2000, stream: process.stderr },
    Presets.shades_classic,
  )
  return {
    start: (total, reason) => bar.start(total, 0, { reason: REASON[reason] }),
    step: (done) => bar.update(done),
    stop: () => bar.stop(),
  }
}
