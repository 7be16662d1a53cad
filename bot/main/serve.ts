/** `npm start`: the page to ask on. Prints the address and a question to try; stops cleanly on SIGTERM and SIGINT. */
import type { AskReply, AskRequest } from '../../adapters/http/ask-port.ts'
import { buildServer } from '../../adapters/http/server.ts'
import type { Citation } from '../../knowledge/cite.ts'
import { type Day, dayInVietnam } from '../../knowledge/validity.ts'
import type { Outcome } from '../answer/outcome.ts'
import { renderText } from '../answer/render.ts'
import { type Assistant, openAssistant, runCommand } from './assistant.ts'
import { barProgress } from './progress.ts'

const TRY = 'Mua áo trên mạng giao không giống ảnh, shop không cho trả thì làm sao?'

async function reply(assistant: Assistant, request: AskRequest): Promise<AskReply> {
  const onFault = (error: unknown) => event({ fault: error instanceof Error ? error.name : 'unknown' })
  const asOf = dayInVietnam(new Date())
  return toReply(await assistant.answer({ ...request, asOf }, { onFault }), asOf)
}

/** One event a line on standard error. Events have no field that a person's words could go into. */
function event(fields: object): void {
  process.stderr.write(`${JSON.stringify(fields)}\n`)
}

function toReply(outcome: Outcome, asOf: Day): AskReply {
  const { kind: status, sections, choices, citations } = outcome
  return { status, text: renderText(outcome, asOf), sections, choices, citations: citations.map(toCitation) }
}

function toCitation(citation: Citation): AskReply['citations'][number] {
  const { label, documentName, title, inForceFrom, inForceTo, restatement, pointer } = citation
  return { ...pointer, label, documentName, title, inForceFrom, inForceTo, restatement, verbatim: false }
}

await runCommand(async (config) => {
  let assistant: Assistant | undefined
  const server = buildServer({
    ask: (request) => (assistant ? reply(assistant, request) : Promise.reject(new Error('not ready'))),
    config: {
      ready: () => assistant !== undefined,
      questionsPerMinute: config.ratePerMinute,
      ...(config.trustProxy === undefined ? {} : { trustProxy: config.trustProxy }),
    },
    log: event,
  })
  const stop = () => void server.close().then(() => process.exit(0))
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
  const address = await server.listen({ host: config.host, port: config.port })
  assistant = await openAssistant(config, barProgress())
  console.log(`An Tâm đang chạy ở ${address}`)
  console.log(`Mở trang đó rồi thử hỏi: ${TRY}`)
})
