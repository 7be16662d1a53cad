/** All migrations by name, in the order in which they run; names are dates, so that the order of the alphabet is the order of time. */
import type { Migration } from 'kysely'
import { up as conversations } from './2026-11-26-conversations.ts'
import { up as manyChannels } from './2026-11-26-many-channels.ts'
import { up as ofComplaints } from './2026-11-26-of-complaints.ts'
import { up as theLifeOfCases } from './2026-11-26-the-life-of-cases.ts'
import { up as toTheIntake } from './2026-11-26-to-the-intake.ts'
import { up as reports } from './2026-11-28-reports.ts'
import { up as search } from './2026-11-28-search.ts'
import { up as theConsole } from './2026-11-28-the-console.ts'
import { up as dataRequests } from './2026-11-28-z-requests.ts'
import { up as callBacks } from './2026-11-28-zz-call-backs.ts'
import { up as alerts } from './2026-11-28-zzz-alerts.ts'
import { up as edits } from './2026-11-28-zzz-edits.ts'
import { up as quizzes } from './2026-11-28-zzz-quizzes.ts'
import { up as warnings } from './2026-11-28-zzz-warnings.ts'
import { up as stuck } from './2026-11-28-zzzz-stuck.ts'

export const MIGRATIONS: Record<string, Migration> = {
  '2026-11-26-conversations': { up: conversations },
  '2026-11-26-many-channels': { up: manyChannels },
  '2026-11-26-of-complaints': { up: ofComplaints },
  '2026-11-26-the-life-of-cases': { up: theLifeOfCases },
  '2026-11-26-to-the-intake': { up: toTheIntake },
  '2026-11-28-reports': { up: reports },
  '2026-11-28-search': { up: search },
  '2026-11-28-the-console': { up: theConsole },
  '2026-11-28-z-requests': { up: dataRequests },
  '2026-11-28-zz-call-backs': { up: callBacks },
  '2026-11-28-zzz-alerts': { up: alerts },
  '2026-11-28-zzz-edits': { up: edits },
  '2026-11-28-zzz-quizzes': { up: quizzes },
  '2026-11-28-zzz-warnings': { up: warnings },
  '2026-11-28-zzzz-stuck': { up: stuck },
}
