/**
 * Orama with our syllables as its tokens: its own tokenizer cuts at every letter that English does not have, so that nearly no word
 * of Vietnamese is left whole.
 */
import { create, insertMultiple, save, search } from '@orama/orama'
import { syllables } from '../../../knowledge/language/syllables.ts'
import { jsonBytes } from './json-bytes.ts'
import { BOOST, grouped, type OpenedPeer, type PeerInput, peerFields } from './peer.ts'

const GROUP = 500
const SCHEMA = { heading: 'string', title: 'string', text: 'string' } as const

/** Opens Orama over a corpus. */
export async function openOrama({ articles, step }: PeerInput): Promise<OpenedPeer> {
  const tokenizer = { language: 'vietnamese', normalizationCache: new Map(), tokenize: (text: string) => syllables(text) }
  const index = create({ schema: SCHEMA, components: { tokenizer } })
  for await (const group of grouped(articles, GROUP, step))
    await insertMultiple(
      index,
      group.map((article) => ({ id: article.id, ...peerFields(article) })),
      GROUP,
    )
  return {
    engine: {
      search: async ({ question }, limit) => {
        const { hits } = await search(index, { term: question, properties: ['heading', 'title', 'text'], boost: BOOST, limit })
        return hits.map(({ id, score }) => ({ id, score }))
      },
    },
    indexBytes: () => jsonBytes(save(index)),
    close: () => {},
  }
}
