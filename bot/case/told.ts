/** What a person is told of a change of their case: the notice as it goes out, with what it means and what they can do. */
import type { Citation } from '../../knowledge/cite.ts'
import type { Day } from '../../knowledge/validity.ts'
import { type Line, plain, type Section } from '../answer/outcome.ts'
import { renderText } from '../answer/render.ts'
import type { CaseResult } from '../complaint/status.ts'
import type { Outgoing } from '../delivery/message.ts'
import { CASE_CHOICE, TOLD, WHAT_ELSE } from '../wording/cases.ts'
import type { OfficerEvent } from './life.ts'

/** @returns the citation of a pointer like "19/2023/QH15#56.1"; undefined where its text is not on the shelf. */
export type CiteText = (pointer: string) => Citation | undefined

export interface Telling {
  readonly number: string
  readonly day: Day
  readonly cite: CiteText
}

/** @returns the notice; undefined for what is the office's own matter. */
export function toldOf(event: OfficerEvent, { number, day, cite }: Telling): Outgoing | undefined {
  const lines = wordsOf(event, number)
  if (!lines) return undefined
  const sections = [spoken(lines)]
  return event.kind === 'close' ? closing(event.result, sections, { number, day, cite }) : notice(sections, [], [], day)
}

/** @returns the words for the person, as they are kept with the event. */
export function wordsFor(event: OfficerEvent): string {
  return 'text' in event ? event.text.trim() : ''
}

function wordsOf(event: OfficerEvent, number: string): readonly string[] | undefined {
  switch (event.kind) {
    case 'receive':
    case 'handle':
    case 'reopen':
      return TOLD[event.kind](number)
    case 'ask_info':
    case 'answer':
      return TOLD[event.kind](number, event.text.trim())
    case 'transfer':
      return TOLD.transfer(number, event.agency.name)
    case 'close':
      return TOLD.close(number, event.result, event.text.trim())
    case 'choose':
    case 'hold':
    case 'release':
      return undefined
  }
}

/** The result, what else can be done where it did not help, and two taps on how it was. */
function closing(result: CaseResult, told: readonly Section[], { day, cite }: Telling): Outgoing {
  const citations: Citation[] = []
  const steps = result === 'resolved' || result === 'withdrawn' ? [] : whatElse(citations, cite)
  const section: Section[] = steps.length > 0 ? [{ kind: 'conditions', heading: TOLD.whatElse, lines: steps }] : []
  const asked = spoken([...(result === 'resolved' ? [] : [TOLD.stillBad]), TOLD.askRating])
  return notice([...told, ...section, asked], citations, [CASE_CHOICE.satisfied, CASE_CHOICE.dissatisfied], day)
}

function whatElse(citations: Citation[], cite: CiteText): readonly Line[] {
  return WHAT_ELSE.flatMap(([text, pointers]) => {
    const found = pointers.map(cite).filter((citation) => citation !== undefined)
    if (found.length < pointers.length) return []
    citations.push(...found)
    return [{ text, citations: found.map((citation) => citations.indexOf(citation)) }]
  })
}

function spoken(lines: readonly string[]): Section {
  return { kind: 'answer', heading: '', lines: lines.filter((line) => line !== '').map(plain) }
}

function notice(sections: readonly Section[], citations: readonly Citation[], choices: readonly string[], day: Day): Outgoing {
  const text = renderText({ kind: 'service', reason: 'case', sections, citations, choices }, day)
  return { kind: 'reply', author: 'assistant', status: 'notice', text, sections, citations, choices }
}
