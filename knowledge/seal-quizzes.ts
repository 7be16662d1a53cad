/**
 * `npm run -s knowledge:quizzes`: notes in `content/quiz-seals.json` from which words of the library each quiz question was written. To be run by who has just
 * read the questions that `knowledge:check` names against their clauses.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { CONTENT, loadLibrary } from './library.ts'
import { loadQuizzes, sealsText } from './quizzes.ts'

const place = join(CONTENT, 'quiz-seals.json')
const text = sealsText(loadQuizzes(), loadLibrary())
const before = JSON.parse(readFileSync(place, 'utf8')) as Record<string, string>
const changed = Object.entries(JSON.parse(text) as Record<string, string>).filter(([name, seal]) => before[name] !== seal)
writeFileSync(place, text)
for (const [name] of changed) console.log(name)
console.log(`${changed.length} câu được đóng dấu lại.`)
