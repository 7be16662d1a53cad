/** `npm run test:intake [-- --wrong]`: plays the dialogues against the real assistant; ends with one line of figures, exit code 1 when a promise was broken. */
import { openComplaintGuide } from '../../bot/main/complaint-guide.ts'
import { openReal } from '../bot/open.ts'
import { figures, measure, readDialogues } from './measure.ts'

const assistant = await openReal()
const measured = await measure(readDialogues(), assistant, openComplaintGuide(assistant.library))
if (process.argv.includes('--wrong')) for (const line of measured.wrong) console.log(line)
for (const line of measured.broken) console.log(`BROKEN ${line}`)
console.log(figures(measured))
process.exitCode = measured.broken.length > 0 ? 1 : 0
