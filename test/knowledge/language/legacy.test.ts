import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fromBytes, fromLegacy, vietnamese } from '../../../knowledge/language/legacy.ts'

const SAID = 'Nghị định này quy định chi tiết một số điều của Luật Bảo vệ quyền lợi người tiêu dùng, kể cả ở chợ huyện và trên mạng'
/** As editors of the nineties wrote it; made by their tables, not by ours. */
const TCVN3 = 'NghÞ ®Þnh nµy quy ®Þnh chi tiÕt mét sè ®iÒu cña LuËt B¶o vÖ quyÒn lîi ng\u00adêi tiªu dïng, kÓ c¶ ë chî huyÖn vµ trªn m¹ng'
const VNI =
  'Nghò ñònh naøy quy ñònh chi tieát moät soá ñieàu cuûa Luaät Baûo veä quyeàn lôïi ngöôøi tieâu duøng, keå caû ôû chôï huyeän vaø treân maïng'

describe('text from before Unicode', () => {
  it.each([
    ['TCVN3', TCVN3],
    ['VNI', VNI],
  ])('letters of %s are read, wherever they come from', (from, written) => {
    expect(fromLegacy(written)).toEqual({ text: SAID, from })
    expect(fromBytes(Buffer.from(written, 'latin1'))).toEqual({ text: SAID, from })
  })

  it('UTF-8 that was once read as Latin-1 or Windows-1252 is read again', () => {
    const bytes = Buffer.from(SAID)
    for (const misread of [bytes.toString('latin1'), new TextDecoder('windows-1252').decode(bytes)])
      expect(fromLegacy(misread)).toEqual({ text: SAID, from: 'UTF-8 đọc nhầm' })
  })

  it('Windows-1258, whose marks stand behind their vowels', () => {
    const bytes = Uint8Array.from([
      0x4e, 0x67, 0x68, 0x69, 0xf2, 0x20, 0xf0, 0x69, 0xf2, 0x6e, 0x68, 0x20, 0x6e, 0x61, 0xcc, 0x79, 0x20, 0x71, 0x75, 0x79,
    ])
    expect(fromBytes(bytes)).toEqual({ text: 'Nghị định này quy', from: 'Windows-1258' })
  })

  it('UTF-16 with its mark, UTF-8 with and without', () => {
    const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(SAID, 'utf16le')])
    expect(fromBytes(utf16)?.text).toBe(SAID)
    expect(fromBytes(Buffer.from(`\uFEFF${SAID}`))?.text).toBe(SAID)
    expect(fromBytes(Buffer.from(SAID))).toEqual({ text: SAID })
  })

  it('bytes that make no Vietnamese in any way are refused', () => {
    expect(fromBytes(Uint8Array.from([0xc8, 0xc9, 0xff, 0x01, 0xfe, 0xff]))).toBeUndefined()
  })

  it('Unicode stays as it is, marked, bare or foreign', () => {
    for (const text of [SAID, 'chu khong dau van la chu', 'Plain English text with naïve café', '', '1234 5678'])
      expect(fromLegacy(text)).toEqual({ text })
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...SAID.split(/[ ,]+/)), { minLength: 4, maxLength: 40 }), (words) => {
        expect(fromLegacy(words.join(' ')).from).toBeUndefined()
      }),
      { seed: 20261128 },
    )
  })

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const read = fromBytes(bytes)
        expect(read === undefined || typeof read.text === 'string').toBe(true)
      }),
      { seed: 20261128 },
    )
  })

  it('counts what is spelt as Vietnamese', () => {
    expect(vietnamese(SAID)).toBe(1)
    expect(vietnamese('wzq xkcd fjord')).toBe(0)
    expect(vietnamese('')).toBe(0)
  })
})
