/** The quizzes of the demonstration: believable, by the rules of the service, the same from the same seed. */
import { describe, expect, it } from 'vitest'
import { createOfficer } from '../../../adapters/storage/officer-store.ts'
import { standings } from '../../../adapters/storage/quiz-store.ts'
import { fillQuizzes } from '../../../bot/main/demo/quizzing.ts'
import { forOfficers, hasPassed } from '../../../bot/quiz/lines.ts'
import { loadQuizzes } from '../../../knowledge/quizzes.ts'
import { lawsAt } from '../../adapters/quiz-page/kit.ts'
import { rows } from '../../adapters/storage/lanes.ts'
import { DAY, inStore, NOW } from '../../adapters/storage/office.ts'

const place = inStore()

async function filled() {
  const officers = []
  for (const login of ['lan', 'minh'])
    officers.push({ id: (await createOfficer(place.store, { login, name: login, role: 'officer' }, 'demo', NOW)) ?? '', name: login })
  await fillQuizzes(place.store, officers, await lawsAt(NOW), { seed: 2026, days: 30, until: NOW, mark: 80 })
  return officers
}

describe('the quizzes of a demonstration', () => {
  it('all ended within the month, most on the open page, some of them passed', async () => {
    await filled()
    const all = await rows(place.store, 'quiz_attempt')
    for (const { started_at, finished_at, given, total } of all) {
      expect([started_at > NOW - 30 * DAY, (finished_at ?? Number.NaN) <= NOW]).toEqual([true, true])
      expect(JSON.parse(given)).toHaveLength(total)
    }
    const open = all.filter(({ officer }) => officer === null)
    expect(open.length).toBeGreaterThan(40)
    expect(new Set(open.map(({ browser }) => browser)).size).toBeLessThan(open.length)
    expect(new Set(open.map(({ passed }) => passed))).toEqual(new Set([0, 1]))
    expect(open.some(({ commune }) => commune !== '')).toBe(true)
  })

  it('one officer has passed all, the other not yet', async () => {
    const [lan, minh] = await filled()
    const known = await standings(place.store)
    const passed = (id = '') => forOfficers(loadQuizzes()).map((quiz) => hasPassed(known, id, quiz))
    expect([passed(lan?.id), passed(minh?.id).every(Boolean)]).toEqual([[true, true, true], false])
  })

  it('are the same from the same seed', async () => {
    const officers = await filled()
    const before = (await rows(place.store, 'quiz_attempt')).map(({ officer, ...rest }) => rest)
    await place.store.write((tx) => tx.deleteFrom('quiz_attempt').execute())
    await fillQuizzes(place.store, officers, await lawsAt(NOW), { seed: 2026, days: 30, until: NOW, mark: 80 })
    expect((await rows(place.store, 'quiz_attempt')).map(({ officer, ...rest }) => rest)).toEqual(before)
  })
})
