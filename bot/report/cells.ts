/** A line as the cells of a list, in the order of `CASE_COLUMNS`: what a sheet and a CSV file show of a case. */
import { STATUS_WORDS } from '../wording/cases.ts'
import { audienceName, channelName, RESULT_NAME, YES_NO } from '../wording/report.ts'
import type { CaseLine, QuizLine } from './shape.ts'

/** Null: an empty cell. */
export type Cell = string | number | null

const yesNo = (value: boolean | null): Cell => (value === null ? null : value ? YES_NO.yes : YES_NO.no)

/** @returns the cells of one case; nobody is named in them. */
export function caseCells(line: CaseLine): readonly Cell[] {
  return [
    ...[line.number, line.receivedOn, yesNo(line.carried), channelName(line.channel), yesNo(line.byOfficer), line.person],
    ...[line.group, line.issue, line.platform, line.commune, line.amount, line.suggested, line.chosen],
    ...[STATUS_WORDS[line.status], line.result && RESULT_NAME[line.result], line.closedOn],
    ...[line.lookedAfter, line.transferredAfter, line.bodyAnsweredAfter, yesNo(line.overdue), yesNo(line.satisfied), line.seller],
  ]
}

/** @returns the cells of one attempt at a quiz, in the order of `ATTEMPT_COLUMNS`. */
export function quizCells({ ref, day, quiz, audience, officer, browser, commune, right, total, passed }: QuizLine): readonly Cell[] {
  return [ref, day, quiz, audienceName(audience), officer, browser, commune, right, total, yesNo(passed)]
}
