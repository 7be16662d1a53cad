/** Stories that certainty is measured on: whole, of known issues, told once, and none of those that we measure the rest with. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadKinds } from '../../knowledge/complaint-kinds.ts'
import { alike, checkStories, loadStories } from '../../knowledge/complaint-stories.ts'

const kinds = loadKinds()
const stories = loadStories()

describe('the stories', () => {
  it('have no fault', () => expect(checkStories(stories, kinds)).toEqual([]))

  it('are told without marks too', () => {
    const bare = stories.filter(({ text }) => !/[đĐ]|\p{M}/u.test(text.normalize('NFD')))
    expect(bare.length * 4).toBeGreaterThanOrEqual(stories.length)
  })

  it.each(['competence.jsonl', 'competence-blind.jsonl'])('none is one of %s told again', (name) => {
    const rows = readFileSync(join(import.meta.dirname, '../evaluation', name), 'utf8')
      .split('\n')
      .filter(Boolean)
    const told = rows.map((line) => String(JSON.parse(line).text))
    expect(told.length).toBeGreaterThan(100)
    const ours = stories.map(({ text }) => text)
    expect(alike(ours, told).length).toBe(0)
  })
})

describe('a fault is named', () => {
  const [first] = stories
  if (!first) throw new Error('no stories')

  it.each([
    ['an issue nobody knows', { issue: 'khong-co', text: 'một chuyện chẳng giống chuyện nào khác ở đây cả' }, /không có vấn đề "khong-co"/],
    ['a number', { issue: first.issue, text: 'gọi hoài vô số 0905 123 456 mà chẳng ai thèm nghe máy' }, /có số dài/],
    ['a story told twice in other marks', { issue: first.issue, text: `${first.text.toLowerCase()}!` }, /gần giống/],
  ])('%s', (_, more, said) => expect(checkStories([...stories, more], kinds).join('\n')).toMatch(said))

  it('an issue with too few', () => {
    expect(checkStories(stories.filter(({ issue }) => issue !== first.issue).concat(first), kinds)).toEqual([expect.stringMatching(/có 1 chuyện/)])
  })
})
