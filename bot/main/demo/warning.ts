/** Warnings of the demonstration: one that everybody sees, written by one officer and approved by another, and one that waits for a second pair of eyes. */
import { addWarning, changeWarning } from '../../../adapters/storage/warning-store.ts'
import { loadLibrary } from '../../../knowledge/library.ts'
import { dayInVietnam } from '../../../knowledge/validity.ts'
import { basisLines } from '../../answer/render.ts'
import type { Officer } from '../../conversation/owner.ts'
import { draftAlong } from '../../warning/draft.ts'
import { lawDesk } from '../desk/shared.ts'
import type { Parts } from '../parts.ts'
import { DAY, MINUTE } from './times.ts'

const SHOWN = { trick: 'gia-danh-cong-an-can-bo', days: 9 }
const WAITING = { trick: 'cong-tac-vien-lam-nhiem-vu', days: 1 }
/** Between writing and approving. */
const LOOKED_THROUGH = 90 * MINUTE

/** `until`: when the month ends (milliseconds UTC). */
interface Month {
  readonly until: number
  readonly days: number
}

/** Writes them, within the month. */
export async function fillWarnings(parts: Parts, [first, second]: readonly Officer[], { until, days }: Month): Promise<void> {
  if (!first || !second) return
  await asked(parts, WAITING.trick, second, until - WAITING.days * DAY)
  const at = until - Math.min(SHOWN.days, days) * DAY
  const { id, law } = await asked(parts, SHOWN.trick, second, at)
  const basis = basisLines(await lawDesk(parts).inForce(law, at), dayInVietnam(new Date(at)))
  const done = await changeWarning(parts.store, id, { version: 2, event: 'approve', by: first.id, reason: '', basis }, at + LOOKED_THROUGH)
  if (done !== 'done') throw new Error(`The demonstration's warning was not approved: ${done}.`)
}

async function asked({ store }: Parts, trick: string, { id: by }: Officer, at: number) {
  const content = draftAlong(loadLibrary(), trick, dayInVietnam(new Date(at)))
  const id = await addWarning(store, content, [], by, at)
  await changeWarning(store, id, { version: 1, event: 'ask', by, reason: '' }, at + MINUTE)
  return { id, law: content.law.flatMap(({ cites }) => cites) }
}
