/** What is said in the demonstration, as data: read from the files beside this one, and told by the day on which it is said. */
import { readFileSync } from 'node:fs'
import { load } from 'js-yaml'
import { z } from 'zod'
import { addDays } from '../../../knowledge/language/calendar-days.ts'
import { type Day, dayInVietnam } from '../../../knowledge/validity.ts'
import { filingSchema } from '../../case/filing.ts'
import { FACT_NAMES, type FactName } from '../../complaint/facts.ts'

const line = z.string().trim().min(1)
const lines = z.array(line).min(1)

const officerSchema = z.strictObject({ say: lines, replies: z.array(line), end: z.enum(['hand_back', 'close']), outcome: line })
/** What an officer says in a conversation, what the person says to each line, and how it ends. */
export type OfficerPart = z.infer<typeof officerSchema>

const chatSchema = z.strictObject({ say: lines, officer: officerSchema.optional() })
/** A conversation that is no complaint. */
export type Chat = z.infer<typeof chatSchema>

const thingSchema = z.strictObject({ goods: line, amount: line, shop: line.optional() })
const answersSchema = z.partialRecord(z.enum(FACT_NAMES as readonly [FactName, ...FactName[]]), line)
const complaintSchema = z
  .strictObject({ issue: line, shop: line.optional(), things: z.array(thingSchema).min(1), story: lines, answers: answersSchema })
  .refine(({ shop, things }) => things.every((thing) => (thing.shop ?? shop) !== undefined), 'mỗi món cần một người bán')

/** A complaint as one person tells it; days are still to be filled in. */
export interface Complaint {
  readonly issue: string
  readonly story: readonly string[]
  readonly answers: z.infer<typeof answersSchema>
}

const officeSchema = z.strictObject({
  ...{ greet: lines, reply: lines, answer: lines, outcome: lines },
  ...{ ask_info: lines, added: lines, answer_case: lines, resolved: lines, partly: lines, not: lines, choose: lines, hold: lines },
  filed: z.array(z.strictObject({ story: line, facts: filingSchema.shape.facts, how: z.enum(['telephone', 'paper', 'counter']) })).min(1),
})
const peopleSchema = z.strictObject({ family: lines, given: lines, communes: lines, thanks: lines, feedback: lines })

export interface Texts {
  readonly chats: readonly Chat[]
  /** One for each thing of each row, in the order of the file: what is about one seller stands together. */
  readonly complaints: readonly Complaint[]
  readonly office: z.infer<typeof officeSchema>
  readonly people: z.infer<typeof peopleSchema>
}

/** @returns the texts. Throws ZodError where a file is not as it must be. */
export function readTexts(): Texts {
  return {
    chats: read('chats', z.array(chatSchema)),
    complaints: read('complaints', z.array(complaintSchema)).flatMap(toldOf),
    office: read('office', officeSchema),
    people: read('people', peopleSchema),
  }
}

function read<T>(name: string, schema: z.ZodType<T>): T {
  return schema.parse(load(readFileSync(new URL(`./${name}.yaml`, import.meta.url), 'utf8')))
}

function toldOf({ issue, shop, things, story, answers }: z.infer<typeof complaintSchema>): Complaint[] {
  return things.map((thing) => {
    const told = { shop, ...thing }
    const fill = (text: string) => text.replace(/\{(shop|goods|amount)\}/g, (_, name: keyof typeof told) => told[name] ?? '')
    return {
      issue,
      story: story.map(fill),
      answers: { respondent: told.shop, goods: told.goods, amount: told.amount, ...answers } as Complaint['answers'],
    }
  })
}

/** @returns the text with its days filled in as seen from `now` (ms UTC): "{day:6}" becomes the day six days before, as "22/11". */
export function dated(text: string, now: number): string {
  const today: Day = dayInVietnam(new Date(now))
  return text.replace(/\{day:(\d+)\}/g, (_, before: string) => spokenDay(addDays(today, -Number(before))))
}

function spokenDay(day: Day): string {
  const [, month, date] = day.split('-').map(Number)
  return `${date}/${month}`
}

/** @returns the text as somebody types it who leaves out every mark. */
export function withoutMarks(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')
    .normalize('NFC')
}
