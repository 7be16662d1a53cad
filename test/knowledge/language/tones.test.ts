import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { fold } from '../../../knowledge/language/normalise.ts'
import { encodeToneModel, SHIPPED_TONES, type ToneCounts, ToneModelError, ToneRestorer } from '../../../knowledge/language/tones.ts'

/** "hang ban": alone "hàng bán" is likelier; after "ngân" it is "ngân hàng bạn". */
const SYLLABLES = ['hàng', 'bán', 'bạn', 'ngân', 'hang']
const SMALL: ToneCounts = {
  syllables: SYLLABLES,
  unigrams: [9_000, 5_000, 4_000, 2_000, 10],
  bigrams: [
    [0, 1, 4_000],
    [0, 2, 1_500],
    [3, 0, 2_000],
  ],
  trigrams: [[3, 0, 2, 1_400]],
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'antam-tones-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function fileOf(bytes: Uint8Array): string {
  const file = join(folder, 'dấu.bin')
  writeFileSync(file, bytes)
  return file
}

describe('a model of one’s own', () => {
  it('is read back as it was written: the third syllable depends on the two before it', () => {
    const tones = ToneRestorer.load(fileOf(encodeToneModel(SMALL)))
    expect([tones.restore('hang ban'), tones.restore('ngan hang ban')]).toEqual(['hàng bán', 'ngân hàng bạn'])
    expect([tones.knows('bạn'), tones.knows('bận')]).toEqual([true, false])
  })

  it('without triples goes by pairs', () => {
    expect(ToneRestorer.load(fileOf(encodeToneModel({ ...SMALL, trigrams: [] }))).restore('ngan hang ban')).toBe('ngân hàng bán')
  })

  it('a triple whose pair is not there is refused when the file is made', () => {
    expect(() => encodeToneModel({ ...SMALL, trigrams: [[1, 1, 1, 5]] })).toThrow(ToneModelError)
  })

  it.each([
    ['another kind of file', /không phải là mô hình/, (bytes: Uint8Array) => bytes.fill(65, 0, 4)],
    ['a header that is no JSON', /phần đầu/, (bytes: Uint8Array) => bytes.fill(0, 8, 20)],
    ['a changed syllable', /SHA-256/, (bytes: Uint8Array) => bytes.with(8 + '{"syllables":"'.length, 122)],
    ['a changed count', /SHA-256/, (bytes: Uint8Array) => bytes.with(bytes.length - 1, 1)],
    ['a file cut short', /SHA-256/, (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 3)],
  ])('%s is one sentence', (_name, said, harm) => {
    expect(() => ToneRestorer.load(fileOf(harm(Uint8Array.from(encodeToneModel(SMALL)))))).toThrow(said)
  })
})

describe('the model that ships', () => {
  const tones = ToneRestorer.load()

  it('is small enough for the project', () => expect(statSync(SHIPPED_TONES).size).toBeLessThanOrEqual(6_000_000))

  it.each([
    'Tôi mua hàng qua mạng bị lỗi, người bán không cho đổi trả',
    'Cơ quan nào có thẩm quyền giải quyết khiếu nại của người tiêu dùng?',
    'Thời hạn bảo hành được tính từ ngày nào?',
    'Tổ chức, cá nhân kinh doanh phải bồi thường thiệt hại do hàng hóa có khuyết tật gây ra',
  ])('marks %j as it was, capitals and signs with it', (text) => {
    const bare = [...fold(text)].map((letter, i) => (/\p{Lu}/u.test(text[i] ?? '') ? letter.toUpperCase() : letter)).join('')
    expect(tones.restore(bare)).toBe(text)
  })

  it('leaves alone what carries marks, what is no word and what it does not know', () => {
    for (const text of ['Bán hàng đa cấp', '500k, 2tr!', 'xyzzyq ☎', '']) expect(tones.restore(text)).toBe(text)
  })

  it('stays fast and small on a text of 10,000 syllables', () => {
    const text = readFileSync(import.meta.filename, 'utf8').slice(0, 40) + 'toi mua hang '.repeat(3_400)
    expect(tones.restore(text).split(' ').length).toBe(text.split(' ').length)
  })
})
