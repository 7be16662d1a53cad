/** A folder as it would come from a hub: config, tokenizer and graph, and no manifest of ours. Its words are those of the small library. */
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { bigrams, syllables } from '../../knowledge/language/syllables.ts'
import { entriesOf } from '../../retrieval/entries.ts'
import { type ModelIdentity, writeModel } from '../../retrieval/model/files.ts'
import { Random } from '../../retrieval/model/random.ts'
import { Vocabulary } from '../../retrieval/model/vocabulary.ts'
import { smallLibrary } from './small-library.ts'

export const HUB_DIMENSION = 16

export function hubIdentity(change: Partial<ModelIdentity> = {}): ModelIdentity {
  return {
    model: 'hub-like',
    revision: 'r1',
    dtype: 'q8',
    dimension: HUB_DIMENSION,
    pooling: 'mean',
    queryPrefix: 'query: ',
    passagePrefix: 'passage: ',
    input: 'plain',
    ...change,
  }
}

/** Writes the model and returns its folder. Its rows are random: texts that share words are near, nothing more. */
export function writeHubModel(folder: string, seed = 1): string {
  const texts = entriesOf(smallLibrary()).map((entry) => syllables(entry.faces.join(' ')))
  const words = [...new Set(texts.flatMap((tokens) => [...tokens, ...bigrams(tokens)]))]
  const vocabulary = Vocabulary.build([[...words, 'query:', 'passage:']], { syllableFloor: 1, pairs: words.length })
  const random = new Random(seed)
  const table = Float32Array.from({ length: vocabulary.size * HUB_DIMENSION }, (_, i) => (i < HUB_DIMENSION ? 0 : random.gaussian()))
  writeModel(folder, vocabulary, table, HUB_DIMENSION, {})
  rmSync(join(folder, 'manifest.json'))
  return folder
}
