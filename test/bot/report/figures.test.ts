/** Every figure of a kept report is counted again from its lists, in another way than it was made. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { everyFigure, figureNamed, figuresOf, nearestRank } from '../../../bot/report/figures.ts'
import { type FrozenReport, frozenReport, readFrozen, reportHash } from '../../../bot/report/frozen.ts'
import type { Basis, CaseLine, Figure } from '../../../bot/report/shape.ts'
import { anyBasis, EMPTY, LINE, READ_AT } from './basis.ts'

function kept(basis: Basis): FrozenReport {
  const content = JSON.stringify(frozenReport(basis, { year: 2026, office: 'Hội' }))
  return readFrozen(content, reportHash(content)) ?? expect.unreachable('not read back')
}

// ── counting again ──────────────────────────────────────────────────────────────────────────────

/** One loop for everything: how many, how much, and of whom. */
function tally(lines: readonly CaseLine[], which: (line: CaseLine) => boolean) {
  const seen = { count: 0, money: 0, withMoney: 0, people: new Set<number>() }
  for (const line of lines)
    if (which(line)) {
      seen.count++
      seen.money += line.amount ?? 0
      if (line.amount !== null) seen.withMoney++
      seen.people.add(line.person)
    }
  return seen
}

const percent = (part: number, whole: number) => (whole === 0 ? null : Math.round((part / whole) * 1_000) / 10)

/** The smallest value below or at which enough of them lie, found by trying each. */
function rank(values: readonly (number | null)[], share: number): number | null {
  const known = values.filter((value) => value !== null)
  const enough = known.filter((value) => known.filter((other) => other <= value).length >= share * known.length)
  return enough.length === 0 ? null : Math.min(...enough)
}

/** Of the open page: how many, how many passed, and from how many browsers. */
function taken(lines: Basis['quizzes'], which: (line: Basis['quizzes'][number]) => boolean) {
  const seen = { attempts: 0, passes: 0, browsers: new Set<number>(), browserPasses: new Set<number>() }
  for (const line of lines)
    if (line.browser !== null && which(line)) {
      seen.attempts++
      seen.browsers.add(line.browser)
      if (line.passed) {
        seen.passes++
        seen.browserPasses.add(line.browser)
      }
    }
  return [seen.attempts, seen.passes, seen.browsers.size, seen.browserPasses.size]
}

function again(id: string, { cases, chats, answers, opinions, quizzes, trained }: Basis): number | null {
  const own = cases.filter(({ carried }) => !carried)
  const cased = (which: (line: CaseLine) => boolean) => tally(own, which)
  const said = (which: (line: Basis['answers'][number]) => boolean) => answers.reduce((all, one) => (which(one) ? all + one.count : all), 0)
  const closed = cased(({ status }) => status === 'closed').count
  const both = (line: CaseLine) => line.suggested !== '' && line.chosen !== ''
  const single: Record<string, () => number | null> = {
    received: () => own.length,
    carried: () => cases.length - own.length,
    people: () => cased(() => true).people.size,
    byOfficer: () => cased(({ byOfficer }) => byOfficer).count,
    messages: () => said(() => true),
    waits: () => chats.length,
    withAmount: () => cased(() => true).withMoney,
    amount: () => cased(() => true).money,
    medianAmount: () =>
      rank(
        own.map(({ amount }) => amount),
        0.5,
      ),
    answered: () => said(({ kind }) => kind === 'answered'),
    abstained: () => said(({ kind }) => kind === 'abstained'),
    abstention: () =>
      percent(
        said(({ kind }) => kind === 'abstained'),
        said(({ kind }) => /^(answered|clarify|first_aid|abstained)$/.test(kind)),
      ),
    closed: () => closed,
    carriedClosed: () => tally(cases, ({ carried, status }) => carried && status === 'closed').count,
    resolved: () => percent(cased(({ status, result }) => status === 'closed' && /^(resolved|partly)$/.test(result ?? '')).count, closed),
    agreed: () => cased((line) => both(line) && line.suggested === line.chosen).count,
    agreement: () => percent(cased((line) => both(line) && line.suggested === line.chosen).count, cased(both).count),
    overdue: () => cased(({ overdue }) => overdue).count,
    unmet: () => chats.length - chats.filter(({ waitedMinutes }) => waitedMinutes !== null).length,
    satisfied: () => cased(({ satisfied }) => satisfied === true).count,
    dissatisfied: () => cased(({ satisfied }) => satisfied === false).count,
    satisfaction: () => percent(cased(({ satisfied }) => satisfied === true).count, cased(({ satisfied }) => satisfied !== null).count),
    up: () => opinions.reduce((all, { up }) => all + up, 0),
    down: () => opinions.reduce((all, { down }) => all + down, 0),
    sellers: () => new Set(own.flatMap(({ seller }) => seller ?? [])).size,
    sellerCases: () => cased(({ seller }) => seller !== null).count,
    officers: () => trained.length,
    trained: () => trained.filter(({ passed }) => passed === 3).length,
    trainedShare: () => percent(trained.filter(({ passed }) => passed === 3).length, trained.length),
    attempts: () => taken(quizzes, () => true)[0] ?? null,
    attemptPasses: () => taken(quizzes, () => true)[1] ?? null,
    browsers: () => taken(quizzes, () => true)[2] ?? null,
    browserPasses: () => taken(quizzes, () => true)[3] ?? null,
  }
  const [, table, key = '', column] = /^(\w+)\.(.*)\.(\d)$/.exec(id) ?? []
  if (!table) return (single[id] ?? expect.unreachable(id))()
  const money = (which: (line: CaseLine) => boolean) => (column === '1' ? cased(which).count : cased(which).money)
  const volume = (of: (one: { channel: string; day: string }) => string) => {
    if (column === '1') return cased((line) => of({ channel: line.channel, day: line.receivedOn }) === key).count
    return column === '2' ? said((one) => of(one) === key) : chats.filter((one) => of(one) === key).length
  }
  const clocks: Record<string, readonly (number | null)[]> = {
    looked: own.map(({ lookedAfter }) => lookedAfter),
    transferred: own.map(({ transferredAfter }) => transferredAfter),
    bodyAnswered: own.map(({ bodyAnsweredAfter }) => bodyAnsweredAfter),
    waited: chats.map(({ waitedMinutes }) => waitedMinutes),
  }
  const clock = (values: readonly (number | null)[] = []) =>
    column === '1' ? values.filter((value) => value !== null).length : rank(values, column === '2' ? 0.5 : 0.9)
  const tables: Record<string, () => number | null> = {
    channels: () => volume(({ channel }) => channel),
    months: () => volume(({ day }) => day.slice(0, 7)),
    groups: () => money(({ group }) => group === key),
    issues: () => money(({ issue }) => issue === key),
    platforms: () => money(({ platform }) => platform === key),
    communes: () => cased(({ commune }) => commune === key).count,
    kinds: () =>
      column === '1'
        ? said(({ kind }) => kind === key)
        : percent(
            said(({ kind }) => kind === key),
            said(() => true),
          ),
    statuses: () => cased(({ status }) => status === key).count,
    results: () => cased(({ status, result }) => status === 'closed' && result === key).count,
    bodies: () => cased((line) => (column === '1' ? line.suggested : line.chosen) === key).count,
    clocks: () => clock(clocks[key]),
    quizAudiences: () => taken(quizzes, ({ audience }) => audience === key)[Number(column) - 1] ?? null,
    quizzes: () => taken(quizzes, ({ quiz }) => quiz === key)[Number(column) - 1] ?? null,
    quizMonths: () => taken(quizzes, ({ day }) => day.startsWith(key))[Number(column) - 1] ?? null,
    quizCommunes: () => taken(quizzes, ({ commune }) => commune === key)[Number(column) - 1] ?? null,
    sellers: () => (column === '1' ? cased(({ seller }) => String(seller) === key).count : cased(({ seller }) => String(seller) === key).people.size),
  }
  return (tables[table] ?? expect.unreachable(id))()
}

// ── what must hold ──────────────────────────────────────────────────────────────────────────────

describe('figures', () => {
  it('can each be counted again from the lists of the kept copy', () => {
    fc.assert(
      fc.property(anyBasis, (basis) => {
        const { figures, basis: lists } = kept(basis)
        for (const { id, value } of everyFigure(figures)) expect([id, value]).toEqual([id, again(id, lists)])
      }),
      { numRuns: 200, seed: 319 },
    )
  })

  it('rest on cases, waits and days that are in the lists, each once; and a number of cases on as many', () => {
    fc.assert(
      fc.property(anyBasis, (basis) => {
        const { figures, basis: lists } = kept(basis)
        const known: Record<Figure['of'], ReadonlySet<string>> = {
          case: new Set(lists.cases.map(({ number }) => number)),
          chat: new Set(lists.chats.map(({ ref }) => ref)),
          day: new Set([...lists.answers, ...lists.opinions].map(({ day }) => day)),
          attempt: new Set(lists.quizzes.map(({ ref }) => ref)),
          officer: new Set(lists.trained.map(({ officer }) => `Cán bộ thứ ${officer}`)),
        }
        for (const { id, value, unit, of, on } of everyFigure(figures)) {
          expect([id, on.filter((item) => !known[of].has(item)), new Set(on).size]).toEqual([id, [], on.length])
          if (['cases', 'chats', 'attempts', 'officers'].includes(unit)) expect([id, on.length]).toEqual([id, value])
          if (on.length === 0) expect([id, value === 0 || value === null]).toEqual([id, true])
        }
      }),
      { numRuns: 100, seed: 319 },
    )
  })

  it('have a place of their own each, from 1 on, and an id of their own', () => {
    fc.assert(
      fc.property(anyBasis, (basis) => {
        const all = everyFigure(figuresOf(basis))
        expect(all.map(({ no }) => no)).toEqual(all.map((_, i) => i + 1))
        expect(new Set(all.map(({ id }) => id)).size).toBe(all.length)
      }),
      { numRuns: 50, seed: 319 },
    )
  })

  it('of nothing are nought, or nothing where there is nothing to count from', () => {
    const figures = figuresOf(EMPTY)
    expect([figureNamed(figures, 'received').value, figureNamed(figures, 'amount').value]).toEqual([0, 0])
    expect([figureNamed(figures, 'abstention').value, figureNamed(figures, 'medianAmount').value]).toEqual([null, null])
    expect(everyFigure(figures).every(({ on }) => on.length === 0)).toBe(true)
  })

  it('of the period leave out what was carried over, which is counted for itself', () => {
    const cases = [LINE, { ...LINE, number: 'GL25-9', carried: true, amount: 9_000_000, status: 'closed' as const }]
    const figures = figuresOf({ ...EMPTY, cases })
    const value = (id: Parameters<typeof figureNamed>[1]) => figureNamed(figures, id).value
    expect([value('received'), value('carried'), value('carriedClosed'), value('amount')]).toEqual([1, 1, 1, 250_000])
  })

  it('show the most frequent first', () => {
    const cases = ['Dịch vụ', 'Hàng hóa', 'Hàng hóa'].map((group, i) => ({ ...LINE, number: `GL26-${i}`, group }))
    const groups = figuresOf({ ...EMPTY, cases }).sections.flatMap(({ tables }) => tables.filter(({ id }) => id === 'groups'))[0]
    expect(groups?.rows.map(({ label, cells }) => [label, cells[0]?.value])).toEqual([
      ['Hàng hóa', 2],
      ['Dịch vụ', 1],
    ])
  })
})

describe('the nearest rank', () => {
  it('is a value that occurs', () => {
    expect([nearestRank([4, 1, 3, 2], 0.5), nearestRank([1, 2, 3], 0.5), nearestRank([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 0.9)]).toEqual([2, 2, 9])
    expect([nearestRank([7], 0.9), nearestRank([], 0.5)]).toEqual([7, null])
  })
})

describe('a kept report', () => {
  it('that was changed by a single character is not read', () => {
    const content = JSON.stringify(frozenReport({ ...EMPTY, cases: [LINE] }, { year: 2026, office: 'Hội' }))
    expect(readFrozen(content.replace('250000', '250001'), reportHash(content))).toBeUndefined()
    expect(readFrozen(content, reportHash(content))?.basis.readAt).toBe(READ_AT)
  })

  it('of another version is not read', () => {
    expect(readFrozen('{"version":2}', reportHash('{"version":2}'))).toBeUndefined()
  })
})
