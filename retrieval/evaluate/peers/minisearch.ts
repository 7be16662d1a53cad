/** MiniSearch as it comes: its own tokenizer, every word optional, the boosts that all peers get. */
import MiniSearch from 'minisearch'
import { jsonBytes } from './json-bytes.ts'
import { BOOST, grouped, type OpenedPeer, type PeerInput, peerFields } from './peer.ts'

const GROUP = 1_000

/** Opens MiniSearch over a corpus. */
export async function openMiniSearch({ articles, step }: PeerInput): Promise<OpenedPeer> {
  const index = new MiniSearch({ fields: Object.keys(BOOST) })
  for await (const group of grouped(articles, GROUP, step)) index.addAll(group.map((article) => ({ id: article.id, ...peerFields(article) })))
  return {
    engine: {
      search: async ({ question }, limit) =>
        index
          .search(question, { boost: BOOST })
          .slice(0, limit)
          .map(({ id, score }) => ({ id, score })),
    },
    indexBytes: () => jsonBytes(index),
    close: () => {},
  }
}
