/**
 * `npm run test:intake [-- --wrong]`: plays the dialogues against the real assistant; ends with one line of figures, exit code 1 when a promise was broken.
 * `--wrong` names what went wrong in the development half only: nobody works on the other.
 */
import { openComplaintGuide } from '../../bot/main/complaint-guide.ts'
import { openReal } from '../bot/open.ts'
import { figures, joined, measure, readDialogues } from './measure.ts'

const assistant = await openReal()
const guide = openComplaintGuide(assistant.library)
const rows = readDialogues()
const dev = await measure(
  rows.filter(({ half }) => half === 'dev'),
  assistant,
  guide,
)
const test = await measure(
  rows.filter(({ half }) => half === 'test'),
  assistant,
  guide,
)
const all = joined(dev, test)
if (process.argv.includes('--wrong')) for (const line of dev.wrong) console.log(line)
for (const line of all.broken) console.log(`BROKEN ${line}`)
if (test.dialogues > 0) console.log(`development half: ${figures(dev)}\ntest half: ${figures(test)}`)
console.log(figures(all))
process.exitCode = all.broken.length > 0 ? 1 : 0
