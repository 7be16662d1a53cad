import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadKinds } from '../../knowledge/complaint-kinds.ts'
import { loadStories } from '../../knowledge/complaint-stories.ts'
import { fold } from '../../knowledge/language/normalise.ts'
import { jaccard, ngrams, syllables } from '../../knowledge/language/syllables.ts'
import { type Library, loadLibrary } from '../../knowledge/library.ts'
import { readHalf } from '../../retrieval/evaluate/rows.ts'

const FOLDER = import.meta.dirname
/** Two questions that share this much of their runs of four syllables are one question. */
const SAME = 0.5

interface Asked {
  readonly id: string
  readonly text: string
}

/** Every everyday question that the models were trained on, the index holds and the judgements were fitted to. */
function ownQuestions(library: Library): Asked[] {
  const of = (id: string, texts: readonly string[]) => texts.map((text, i) => ({ id: `${id} [${i}]`, text }))
  return [
    ...[...library.provisions.values()].flatMap((p) =>
      of(
        p.id,
        p.questions.map((q) => q.text),
      ),
    ),
    ...[...library.guides.values()].flatMap((g) =>
      of(
        g.id,
        g.questions.map((q) => q.text),
      ),
    ),
    ...[...library.fields.values()].flatMap((f) => of(f.id, f.questions)),
    ...[...loadKinds().issues.values()].flatMap((issue) => of(issue.id, issue.questions)),
    ...of(
      'story',
      loadStories().map((story) => story.text),
    ),
  ]
}

const runs = (text: string) => ngrams(syllables(fold(text)), 4)

/** @returns near pairs as "evaluation id ~ our id": ids only, for the test half is never looked into. */
function nearPairs(evaluation: readonly Asked[], own: readonly Asked[]): string[] {
  const cut = own.map((q) => ({ id: q.id, runs: runs(q.text) }))
  const holders = new Map<string, number[]>()
  cut.forEach((q, i) => {
    for (const run of q.runs) holders.set(run, [...(holders.get(run) ?? []), i])
  })
  return evaluation.flatMap((row) => {
    const asked = runs(row.text)
    const candidates = new Set([...asked].flatMap((run) => holders.get(run) ?? []))
    return [...candidates].flatMap((i) => {
      const other = cut[i]
      return other && jaccard(asked, other.runs) >= SAME ? [`${row.id} ~ ${other.id}`] : []
    })
  })
}

const own = ownQuestions(loadLibrary())
const half = (name: 'dev' | 'test') => readHalf(FOLDER, name).map((row) => ({ id: row.id, text: row.question }))

describe('the evaluation set', () => {
  it('has a test half that nobody changed', () => {
    const [digest, name] = readFileSync(join(FOLDER, 'test.jsonl.sha256'), 'utf8').trim().split(/\s+/)
    expect(name).toBe('test.jsonl')
    expect(
      createHash('sha256')
        .update(readFileSync(join(FOLDER, 'test.jsonl')))
        .digest('hex'),
    ).toBe(digest)
  })

  it('would be caught sharing a question: one of ours with its marks gone and a word changed is near', () => {
    const [first] = own
    const words = syllables(first?.text ?? '')
    const disguised = fold([...words.slice(0, -1), 'khac'].join(' ')).toUpperCase()
    expect(words.length).toBeGreaterThan(6)
    expect(nearPairs([{ id: 'planted', text: disguised }], own)).toContain(`planted ~ ${first?.id}`)
  })

  it.each(['dev', 'test'] as const)('shares no question of its %s half with the library', (name) => {
    const rows = half(name)
    expect(rows.length).toBeGreaterThanOrEqual(100)
    expect(own.length).toBeGreaterThan(3000)
    expect(nearPairs(rows, own)).toEqual([])
  })

  it('shares no question between its halves, and no id', () => {
    expect(nearPairs(half('test'), half('dev'))).toEqual([])
    const ids = [...half('dev'), ...half('test')].map((row) => row.id)
    expect(new Set(ids).size).toBe(ids.length)
  })
})
