import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { syllables } from '../../knowledge/language/syllables.ts'
import { type Embedder, loadEmbedder } from '../../retrieval/embedder.ts'
import { ModelError, readManifest, SHIPPED_MODEL } from '../../retrieval/model/files.ts'
import { openEngine } from '../../retrieval/open.ts'
import { VectorIndex } from '../../retrieval/vector-index.ts'
import { cosine, length } from './linear.ts'
import { smallLibrary } from './small-library.ts'
import { HUB_DIMENSION, hubIdentity, writeHubModel } from './tiny-model.ts'

const TEXTS = [
  'Mua hàng qua mạng rồi đổi ý thì trả lại được không?',
  'Bảo hành',
  'Người bán phải bồi thường khi hàng có khuyết tật gây thiệt hại cho người tiêu dùng, kể cả khi không cố ý.',
  'so dien thoai cua toi bi lo',
]
const UNKNOWN = ['', '   ', '???', '🙂🙂', 'xyzzyq wvutsr', '日本語', '\u0000', '[UNK]']

let root: string
let embedder: Embedder
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'antam-embedder-'))
  embedder = await loadEmbedder()
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** The shipped model copied, so that it can be damaged. */
function copyOfShipped(name: string): string {
  const folder = join(root, name)
  cpSync(SHIPPED_MODEL, folder, { recursive: true })
  return folder
}

describe('the model that ships', () => {
  it('says who it is, without the digests of its files', () => {
    const { files, trained, ...identity } = readManifest(SHIPPED_MODEL)
    expect(embedder.identity).toEqual(identity)
    expect(Object.keys(files).sort()).toEqual(['config.json', 'onnx/model_quantized.onnx', 'tokenizer.json', 'tokenizer_config.json'])
    expect(trained).toHaveProperty('settings')
  })

  it('makes unit vectors of its dimension', async () => {
    for (const vector of [...(await embedder.embedPassages(TEXTS)), await embedder.embedQuery(TEXTS[0] ?? '')]) {
      expect(vector).toHaveLength(embedder.identity.dimension)
      expect(length(vector)).toBeCloseTo(1, 4)
    }
  })

  it('gives a text the same vector alone and in a batch, wherever it stands and whatever the others are', async () => {
    const batch = Array.from({ length: 150 }, (_, i) => TEXTS[i % TEXTS.length] ?? '').concat('', 'xyzzyq')
    const together = await embedder.embedPassages(batch)
    expect(together).toHaveLength(batch.length)
    const alone = await Promise.all(TEXTS.map((text) => embedder.embedQuery(text)))
    for (let i = 0; i < 150; i++) expect(cosine(together[i], alone[i % TEXTS.length])).toBeGreaterThan(0.9999)
  })

  it.each(UNKNOWN)('makes zeros, not NaN, of %j', async (text) => {
    expect([...(await embedder.embedQuery(text))].every((x) => x === 0)).toBe(true)
    const [before, middle, after] = await embedder.embedPassages(['Bảo hành', text, 'Bảo hành'])
    expect([...(middle ?? [])].every((x) => x === 0)).toBe(true)
    expect(cosine(before, after)).toBeGreaterThan(0.9999)
  })

  it('makes nothing of no texts', async () => expect(await embedder.embedPassages([])).toEqual([]))

  it('reads capitals, decomposed letters and the older placement of tones alike', async () => {
    const one = await embedder.embedQuery('hòa giải tranh chấp')
    for (const text of ['HÒA GIẢI TRANH CHẤP', 'hoà giải tranh chấp', 'hòa giải tranh chấp'.normalize('NFD')])
      expect(cosine(one, await embedder.embedQuery(text))).toBeGreaterThan(0.9999)
  })

  it('makes the same of a text that is numbers already', async () => {
    const all = [...new Set(['', 'xyzzyq', ...TEXTS.flatMap(syllables)])]
    const read = embedder.readerOf?.(all)
    for (const text of [...TEXTS, 'xyzzyq', '']) {
      const numbers = syllables(text).map((syllable) => all.indexOf(syllable))
      const [vector] = await embedder.embedPassages([text])
      const [made, wanted] = [read?.(numbers) ?? new Float32Array(), vector ?? new Float32Array()]
      expect(made).toHaveLength(embedder.identity.dimension)
      for (const [i, x] of made.entries()) expect(x).toBeCloseTo(wanted[i] as number, 5)
    }
  })

  it('puts a paraphrase nearer than another matter', async () => {
    const [q, near, far] = await embedder.embedPassages(['trả lại hàng mua qua mạng', 'mua online muốn hoàn trả hàng', 'hòa giải viên lao động'])
    expect(cosine(q, near)).toBeGreaterThan(cosine(q, far) + 0.1)
  })

  it('embeds a text of 10,000 syllables', async () => {
    expect(length(await embedder.embedQuery('bảo hành hàng hóa '.repeat(2500)))).toBeCloseTo(1, 4)
  })
})

/** What is wrong with the folder, what the sentence must say, and the harm. */
const FAULTS: readonly (readonly [name: string, said: RegExp, harm: (folder: string) => void])[] = [
  ['no manifest', /thiếu manifest\.json/, (folder) => rmSync(join(folder, 'manifest.json'))],
  ['manifest not JSON', /manifest\.json .*không đúng dạng/, (folder) => writeFileSync(join(folder, 'manifest.json'), 'đây không phải JSON')],
  ['manifest of another form', /manifest\.json .*không đúng dạng/, (folder) => writeFileSync(join(folder, 'manifest.json'), '{"model":"x"}')],
  ['no tokenizer', /thiếu tệp tokenizer\.json/, (folder) => rmSync(join(folder, 'tokenizer.json'))],
  ['no graph', /thiếu tệp onnx\/model_quantized\.onnx/, (folder) => rmSync(join(folder, 'onnx'), { recursive: true })],
  ['graph flipped by a bit', /Tệp onnx\/model_quantized\.onnx .*SHA-256/, (folder) => flip(join(folder, 'onnx/model_quantized.onnx'))],
  ['tokenizer changed', /Tệp tokenizer\.json .*SHA-256/, (folder) => flip(join(folder, 'tokenizer.json'))],
]

function flip(file: string): void {
  const bytes = readFileSync(file)
  bytes[1000] = (bytes[1000] ?? 0) ^ 1
  writeFileSync(file, bytes)
}

/** @returns the ModelError of a refusal; anything else fails the test. */
async function refusal(choice: Parameters<typeof loadEmbedder>[0]): Promise<ModelError> {
  const error: unknown = await loadEmbedder(choice).then(
    () => undefined,
    (e) => e,
  )
  expect(error).toBeInstanceOf(ModelError)
  return error as ModelError
}

/** One sentence in Vietnamese: a capital, marks, one line, one full stop at the end. */
const SENTENCE = /^\p{Lu}[^\n]*[ạảãàáâậầấẩẫăắằặẳẵóòọõỏôộổỗồốơờớợởỡéèẻẹẽêếềệểễúùụủũưựữửừứíìịỉĩýỳỷỵỹđ][^\n]*\.$/u

describe('a model folder that must not be used', () => {
  it.each(FAULTS)('%s: one sentence says so, %s', async (name, said, harm) => {
    const folder = copyOfShipped(name.replaceAll(' ', '-'))
    harm(folder)
    const { message } = await refusal({ folder })
    expect(message).toMatch(SENTENCE)
    expect(message).toMatch(said)
  })

  it.each(['config.json', 'tokenizer.json'])('a hub model without %s: one sentence names it', async (file) => {
    const folder = writeHubModel(join(root, `hub-without-${file.length}`))
    rmSync(join(folder, file))
    const { message } = await refusal({ folder, identity: hubIdentity() })
    expect(message).toMatch(SENTENCE)
    expect(message).toContain(`thiếu tệp ${file}`)
  })

  it('a hub model without a graph of the asked precision: one sentence, the cause kept', async () => {
    const error = await refusal({ folder: writeHubModel(join(root, 'hub-fp32')), identity: hubIdentity({ dtype: 'fp32' }) })
    expect(error.message).toMatch(SENTENCE)
    expect(error.cause).toBeInstanceOf(Error)
  })

  it('a hub model that makes vectors of another dimension than configured: refused, not cut up', async () => {
    const folder = writeHubModel(join(root, 'hub-dimension'))
    const wrong = hubIdentity({ dimension: HUB_DIMENSION / 2 })
    const error: unknown = await loadEmbedder({ folder, identity: wrong })
      .then((made) => made.embedQuery('bảo hành'))
      .catch((e) => e)
    expect(error).toBeInstanceOf(ModelError)
    expect((error as Error).message).toMatch(SENTENCE)
    expect((error as Error).message).toContain(String(HUB_DIMENSION))
  })
})

describe('a hub model by configuration', () => {
  it('is given the text as it is, after the prefix of its kind', async () => {
    const folder = writeHubModel(join(root, 'hub'))
    const plain = await loadEmbedder({ folder, identity: hubIdentity({ queryPrefix: '', passagePrefix: '' }) })
    const prefixed = await loadEmbedder({ folder, identity: hubIdentity() })
    const asQuery = await prefixed.embedQuery('bảo hành')
    const [asPassage] = await prefixed.embedPassages(['bảo hành'])
    expect(cosine(asQuery, await plain.embedQuery('query: bảo hành'))).toBeGreaterThan(0.9999)
    expect(cosine(asPassage, await plain.embedQuery('passage: bảo hành'))).toBeGreaterThan(0.9999)
    expect(cosine(asQuery, asPassage)).toBeLessThan(0.99)
    expect(cosine(asQuery, await plain.embedQuery('bảo hành'))).toBeLessThan(0.99)
    expect(length(asQuery)).toBeCloseTo(1, 4)
  })

  it('is not given pairs of syllables', async () => {
    const hub = await loadEmbedder({ folder: writeHubModel(join(root, 'hub-pairs')), identity: hubIdentity({ queryPrefix: '' }) })
    const pair = await hub.embedQuery('bảo_hành')
    expect(length(pair)).toBeCloseTo(1, 4)
    expect(cosine(await hub.embedQuery('bảo hành'), await hub.embedQuery('bảo bảo_hành hành'))).toBeLessThan(0.99)
  })

  it('may lie in a folder with spaces and Vietnamese letters, and open beside another', async () => {
    const folder = join(root, 'mô hình của tôi')
    mkdirSync(folder)
    writeHubModel(folder)
    const [hub, shipped] = await Promise.all([loadEmbedder({ folder, identity: hubIdentity() }), loadEmbedder()])
    expect(await hub.embedQuery('bảo hành')).toHaveLength(HUB_DIMENSION)
    expect(await shipped.embedQuery('bảo hành')).toHaveLength(shipped.identity.dimension)
  })

  it('is told apart from another folder of the same name', async () => {
    const [a, b] = [join(root, 'a', 'model'), join(root, 'b', 'model')]
    writeHubModel(a, 1)
    writeHubModel(b, 2)
    const one = await (await loadEmbedder({ folder: a, identity: hubIdentity() })).embedQuery('bảo hành')
    const two = await (await loadEmbedder({ folder: b, identity: hubIdentity() })).embedQuery('bảo hành')
    expect(cosine(one, two)).toBeLessThan(0.99)
  })

  it('never shares an index with another model', async () => {
    const dataFolder = join(root, 'data')
    const model = { folder: writeHubModel(join(root, 'hub-index')), identity: hubIdentity() }
    const reasons: string[] = []
    const progress = { start: (_: number, reason: string) => void reasons.push(reason), step() {}, stop() {} }
    await openEngine(smallLibrary(), { dataFolder, progress })
    const folder = join(dataFolder, 'index', 'library')
    const { content } = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as { content: string }
    expect(await VectorIndex.read(folder, { content, model: model.identity })).toBe('other')
    const engine = await openEngine(smallLibrary(), { dataFolder, model, progress })
    expect((await engine.search('bảo hành', 1))[0]?.id).toBe('2/2023/QH15#2.1')
    await openEngine(smallLibrary(), { dataFolder, model: { ...model, identity: hubIdentity({ revision: 'r2' }) }, progress })
    await openEngine(smallLibrary(), { dataFolder, progress })
    expect(reasons).toEqual(['missing', 'other', 'other', 'other'])
  })
})
