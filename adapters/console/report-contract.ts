/** What the console's page and the server say to each other about reports. Types only: nothing here runs, and nothing of Node is needed to read it. */
import type { CaseLine, Figures } from '../../bot/report/shape.ts'

export type { CaseLine, Figure, FigureRow, FigureSection, Figures, FigureTable, Period, SectionId, Unit } from '../../bot/report/shape.ts'

/** `GET /reports/dashboard?from&to`: sections in the order in which they are shown; every figure lists the case numbers (or days) it rests on. */
export type Dashboard = Figures

/** A report that was made. Times in milliseconds UTC. */
export interface ReportSummary {
  readonly id: string
  readonly year: number
  readonly madeAt: number
  readonly madeBy: string
  readonly sha256: string
}

/** `GET /reports`. */
export interface ReportList {
  /** The day, YYYY-MM-DD, up to which this year's report is to be sent. */
  readonly dueOn: string
  /** The latest first. */
  readonly reports: readonly ReportSummary[]
}

/** `POST /reports {year}`. */
export interface ReportMade {
  readonly id: string
}

/** `GET /reports/:id`. */
export interface ReportView extends ReportSummary {
  readonly figures: Figures
  readonly cases: readonly CaseLine[]
}
