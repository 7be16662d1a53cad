/** Conversations of the console: queue, thread, deeds, the assistant's draft. */
import { caseItemOf } from '../../../adapters/console/case-view.ts'
import { chatRoutes } from '../../../adapters/console/chats.ts'
import type { DraftView } from '../../../adapters/console/contract.ts'
import { citationView } from '../../../adapters/console/law.ts'
import type { ConsoleRoute } from '../../../adapters/console/route.ts'
import { casesOfChat } from '../../../adapters/storage/complaint-store.ts'
import { stoppedNumbers } from '../../../adapters/storage/handover-store.ts'
import { readOfficer, readOfficers } from '../../../adapters/storage/officer-store.ts'
import { dayInVietnam } from '../../../knowledge/validity.ts'
import { renderText } from '../../answer/render.ts'
import { missingOf } from '../../complaint/asking.ts'
import type { Draft } from '../../complaint/draft.ts'
import { approve, giveBack, needsApproval } from '../../handoff/approval.ts'
import { officerDoes } from '../../handoff/officer.ts'
import type { Parts } from '../parts.ts'
import { viewParts } from './cases.ts'
import { audited, lawDesk, type Names, owners } from './shared.ts'

/** @returns the routes of conversations. */
export function chatsOf(parts: Parts, names: Names): readonly ConsoleRoute[] {
  const { store, live, config, channels } = parts
  return chatRoutes({
    ...{ store, live, rules: config.owner, law: lawDesk(parts), nameOf: names.of },
    capabilities: (channel) => channels.find(({ name }) => name === channel)?.capabilities,
    missing: (draft) => missing(parts, draft),
    casesOf: async (chat, now) => {
      const stopped = await stoppedNumbers(store)
      return (await casesOfChat(store, chat)).map((row) => caseItemOf(viewParts(parts, names), row, stopped, now))
    },
    does: (chat, officer, deed, now) => rung(parts, officerDoes(owners(parts), chat, officer, deed, now)),
    needsApproval: async ({ id }) => {
      const account = await readOfficer(store, id)
      return account === undefined || needsApproval(account, config.approval)
    },
    approve: (words, as, now) => rung(parts, approve(owners(parts), words, as, now)),
    giveBack: (words, as, now) => rung(parts, giveBack(owners(parts), words, as, now)),
    colleague: async (id) => (await readOfficers(store)).find((one) => one.id === id && one.active && one.ready),
    audited: (action, officer, chat, now) => audited(parts, action, officer, `conversation:${chat}`, now),
    draft: (question, previous, now) => draftFor(parts, question, previous, now),
  })
}

async function rung<T extends string>(parts: Parts, result: Promise<T>): Promise<T> {
  const done = await result
  if (done === 'changed') parts.decided.ring()
  return done
}

function missing({ complaints, options }: Parts, draft: Draft): readonly string[] {
  const issue = complaints.issueOf(draft.story, draft.facts, dayInVietnam(new Date(options.clock())), draft.issue ?? undefined)
  return missingOf(draft, issue)
}

/** What the assistant would say, for an officer to edit; nothing where it would not answer. */
async function draftFor({ answerer }: Parts, text: string, previous: readonly string[], now: number): Promise<DraftView | undefined> {
  const asOf = dayInVietnam(new Date(now))
  const outcome = await answerer.answer({ text, asOf, previous }).catch(() => undefined)
  if (outcome?.kind !== 'answered') return undefined
  const { sections, citations } = outcome
  const words = renderText({ kind: 'service', reason: 'draft', sections, citations: [], choices: [] }, asOf)
  return { text: words, citations: citations.map((citation) => citationView(citation, asOf)) }
}
