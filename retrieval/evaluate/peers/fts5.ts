/** SQLite's FTS5, without diacritics (unicode61, remove_diacritics 2), any of the question's syllables, bm25 with the boosts that all peers get. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { syllables } from '../../../knowledge/language/syllables.ts'
import { BOOST, grouped, type OpenedPeer, type PeerInput, peerFields } from './peer.ts'

const GROUP = 2_000
/** FTS5 keeps the words only, the ids lie beside them: texts stored twice would make its file look large. */
const TABLES = `
CREATE TABLE ids (rowid INTEGER PRIMARY KEY, id TEXT NOT NULL);
CREATE VIRTUAL TABLE articles USING fts5(heading, title, text, content='', tokenize='unicode61 remove_diacritics 2');`
const RANK = `
SELECT ids.id AS id, -bm25(articles, ${BOOST.heading}, ${BOOST.title}, ${BOOST.text}) AS score
FROM articles JOIN ids ON ids.rowid = articles.rowid
WHERE articles MATCH ? ORDER BY score DESC LIMIT ?`

/** Opens FTS5 over a corpus, in a file of `folder`. */
export async function openFts5({ articles, folder, step }: PeerInput): Promise<OpenedPeer> {
  const file = join(folder, 'fts5.sqlite')
  const database = new Database(file)
  database.exec(TABLES)
  await fill(database, articles, step)
  const rank = database.prepare<[string, number], { id: string; score: number }>(RANK)
  return {
    engine: {
      search: async ({ question }, limit) => {
        const words = anyOf(question)
        return words === '' ? [] : rank.all(words, limit)
      },
    },
    indexBytes: () => statSync(file).size,
    close: () => database.close(),
  }
}

async function fill(database: Database.Database, articles: PeerInput['articles'], step: PeerInput['step']): Promise<void> {
  const addId = database.prepare('INSERT INTO ids (id) VALUES (?)')
  const addText = database.prepare('INSERT INTO articles (rowid, heading, title, text) VALUES (?, ?, ?, ?)')
  for await (const group of grouped(articles, GROUP, step))
    database.transaction(() => {
      for (const article of group) {
        const { heading, title, text } = peerFields(article)
        addText.run(addId.run(article.id).lastInsertRowid, heading, title, text)
      }
    })()
  database.exec("INSERT INTO articles (articles) VALUES ('optimize'); VACUUM;")
}

/** A syllable holds letters and digits only: between quotation marks nothing of it can be read as an operator. */
function anyOf(question: string): string {
  return [...new Set(syllables(question))].map((syllable) => `"${syllable}"`).join(' OR ')
}
