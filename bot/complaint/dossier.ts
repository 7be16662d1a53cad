/** A handed-over case as the office reads it in a letter-box: plain lines, nothing that the event does not say. */
import { HANDOVER_SAYS, OFFICE_LABEL, PURPOSE_LABEL } from '../wording/handover.ts'
import { type ComplaintEvent, SENT_FACTS } from './event.ts'
import type { FactName, Facts } from './facts.ts'
import { shownValue } from './shown.ts'

type Data = ComplaintEvent['data']

/** @returns the text of the e-mail that carries `event`. */
export function dossierText({ data }: ComplaintEvent): string {
  return [head(data), facts(data), story(data), files(data), route(data), agreed(data), [HANDOVER_SAYS.attached]]
    .map((lines) => lines.join('\n'))
    .filter((part) => part !== '')
    .join('\n\n')
}

function head({ case: number, confirmedAt, issueTitle, channel }: Data): readonly string[] {
  return [HANDOVER_SAYS.confirmed(number, Date.parse(confirmedAt)), HANDOVER_SAYS.matter(issueTitle, channel)]
}

function facts({ facts: told, missing }: Data): readonly string[] {
  const known = (Object.keys(SENT_FACTS) as FactName[]).filter((name) => (told as Facts)[name] !== undefined)
  return [...known.map((name) => `${OFFICE_LABEL[name]}: ${shownValue(name, told as Facts)}`), HANDOVER_SAYS.missing(missing)]
}

function story(data: Data): readonly string[] {
  return data.story === '' ? [] : [HANDOVER_SAYS.story, data.story]
}

function files({ evidence }: Data): readonly string[] {
  if (evidence.length === 0) return [HANDOVER_SAYS.noFiles]
  return [HANDOVER_SAYS.files(evidence.length), ...evidence.map((one) => `- ${HANDOVER_SAYS.file(one.caption)}: ${whereIs(one)}`)]
}

function whereIs({ released, link, linkEndsAt }: Data['evidence'][number]): string {
  if (link === null || linkEndsAt === null) return HANDOVER_SAYS.noAddress
  return released ? HANDOVER_SAYS.open(link, Date.parse(linkEndsAt)) : HANDOVER_SAYS.withheld
}

function route({ route: bodies }: Data): readonly string[] {
  return bodies.length === 0 ? [] : [HANDOVER_SAYS.route, ...bodies.map(({ agency, basis }) => `- ${HANDOVER_SAYS.suggestion(agency, basis)}`)]
}

function agreed({ consents }: Data): readonly string[] {
  return [HANDOVER_SAYS.agreed, ...consents.map(({ purpose }) => `- ${PURPOSE_LABEL[purpose]}`)]
}
