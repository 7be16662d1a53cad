/**
 * `npm run fit:order [-- --ablation] [--write]`: fits the order in which the library's own shelf answers (retrieval/rerank/shelf.json).
 *
 * Data: the development half of the evaluation set, each question in every way it is typed. Prints what is reached by weights that were fitted without
 * the question, in five parts; `--ablation` also without each group of features; `--write` fits on all and keeps it. The test half is never read.
 */
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readHalf, readShorthand } from '../../retrieval/evaluate/rows.ts'
import { weigh } from '../../retrieval/rerank/listwise.ts'
import { SHELF_FEATURES } from '../../retrieval/rerank/shelf-features.ts'
import { orderFile, SHELF_ORDER } from '../../retrieval/rerank/shelf-order.ts'
import { openAssistant, runCommand } from './assistant.ts'
import { FOLDS } from './fit-folds.ts'
import { type Judged, judgedQuestions, orderWithout } from './order-examples.ts'
import { barProgress } from './progress.ts'

const FOLDER = fileURLToPath(new URL('../../test/evaluation', import.meta.url))

/** Groups of features, by how their names begin. */
const GROUPS: Readonly<Record<string, RegExp>> = {
  'điểm theo chữ (BM25F)': /^words|^fused/,
  'véc-tơ': /^cosine|^fused/,
  'trùng lặp với tiêu đề': /^heading/,
  'trùng lặp với câu hỏi đời thường': /^question/,
  'trùng lặp và độ gần trong nội dung': /^body/,
  'người hỏi là ai': /^audience|^for/,
  'hiệu lực (tuổi của văn bản)': /^young/,
  'vai trò của khoản, chế tài': /^role|^penal/,
  'cùng điều, hướng dẫn dựa trên khoản': /^article|^linked/,
}

/** @returns the place of the first right candidate of each question, from 1; infinity where none was found. */
function places(dev: readonly Judged[], scoreOf: (one: Judged, row: number) => number): number[] {
  return dev.map((one) => {
    const order = [...one.labels.keys()].sort((a, b) => scoreOf(one, b) - scoreOf(one, a))
    const place = order.findIndex((row) => one.labels[row] === 1)
    return place < 0 ? Number.POSITIVE_INFINITY : place + 1
  })
}

function print(label: string, found: readonly number[]): void {
  const share = (most: number) => (found.filter((place) => place <= most).length / found.length).toFixed(3)
  const mrr = found.reduce((sum, place) => sum + (place <= 10 ? 1 / place : 0), 0) / found.length
  console.log(`${label}: R@1 ${share(1)} · R@3 ${share(3)} · R@5 ${share(5)} · R@10 ${share(10)} · MRR@10 ${mrr.toFixed(3)}`)
}

/** Each question ordered by weights that were fitted without its part. */
function crossFitted(dev: readonly Judged[], kept: (name: string) => boolean): number[] {
  const weights = Array.from({ length: FOLDS }, (_, part) => orderWithout(dev, part, kept))
  return places(dev, ({ question, rows }, row) => weigh(weights[question % FOLDS] ?? [], rows, row * SHELF_FEATURES.length))
}

await runCommand(async (config) => {
  const { values } = parseArgs({ options: { ablation: { type: 'boolean' }, write: { type: 'boolean' } } })
  const assistant = await openAssistant(config, { progress: barProgress(), order: 'plain' })
  const dev = await judgedQuestions(assistant, readHalf(FOLDER, 'dev'), readShorthand(FOLDER))
  const fused = SHELF_FEATURES.indexOf('fused')
  console.log(`${dev.length} câu (mỗi câu phát triển trong mọi cách gõ)`)
  print(
    'hai bộ máy cộng lại, không xếp lại',
    places(dev, ({ rows }, row) => rows[row * SHELF_FEATURES.length + fused] ?? 0),
  )
  print(
    'xếp lại, mọi đặc trưng',
    crossFitted(dev, () => true),
  )
  if (values.ablation)
    for (const [name, group] of Object.entries(GROUPS))
      print(
        `không có ${name}`,
        crossFitted(dev, (feature) => !group.test(feature)),
      )
  if (!values.write) return
  writeFileSync(SHELF_ORDER, orderFile(orderWithout(dev), dev.length))
  console.error(`Đã ghi ${SHELF_ORDER}`)
})
