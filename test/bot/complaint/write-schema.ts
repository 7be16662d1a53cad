/** `npx tsx test/bot/complaint/write-schema.ts`: writes the published schema anew from the one that the program goes by. */
import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { eventSchema } from '../../../bot/complaint/event.ts'

const file = resolve(import.meta.dirname, '../../../bot/complaint/complaint.schema.json')
writeFileSync(file, `${JSON.stringify(z.toJSONSchema(eventSchema, { target: 'draft-2020-12', io: 'input' }), undefined, 2)}\n`)
