import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { crc32, deflateSync } from 'node:zlib'
import fc from 'fast-check'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  AttachmentDamaged,
  type AttachmentLimits,
  AttachmentRefused,
  DEFAULT_LIMITS,
  KINDS,
  openQuarantine,
} from '../../../adapters/attachments/quarantine.ts'
import { openTurns } from '../../../adapters/attachments/turns.ts'
import { type AttachmentRefusal, attachmentRefusal } from '../../../bot/wording/attachments.ts'

const EXIF = {
  IFD0: { Make: 'Maker of phones', Copyright: 'Nguyen Van A' },
  IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '13/1 58/1 0/1', GPSLongitudeRef: 'E', GPSLongitude: '108/1 0/1 0/1' },
}
const XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></x:xmpmeta>'
/** A zip with one empty file `a`, as a zip program writes it. */
const ZIP = Buffer.from(
  '504b0304140000000000000021000000000000000000000000000100000061504b0102140314000000000000002100000000' +
    '00000000000000000001000000000000000000000080010000000061504b050600000000010001002f0000001f0000000000',
  'hex',
)
const TYPE = { jpeg: 'image/jpeg', png: 'image/png', webp: 'image/webp' } as const
type Format = keyof typeof TYPE
const FORMATS: readonly Format[] = ['jpeg', 'png', 'webp']

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'antam-quarantine-'))
  folders.push(folder)
  return folder
}

function start(limits: Partial<AttachmentLimits> = {}) {
  const folder = newFolder()
  return { folder, ...openQuarantine(folder, { ...DEFAULT_LIMITS, ...limits }) }
}

/** A picture that is not one colour, left half red and right half noise, without anything but pixels. */
function picture(width = 64, height = 48) {
  const noise = { create: { width, height, channels: 3 as const, background: 'red', noise: { type: 'gaussian' as const, mean: 128, sigma: 40 } } }
  const left = { create: { width: Math.ceil(width / 2), height, channels: 3 as const, background: 'red' } }
  return sharp(noise).composite([{ input: left, left: 0, top: 0 }])
}

/** The same with everything in the file that tells something about who took it. */
const telling = async (format: Format) => {
  const pixels = await picture().png().toBuffer()
  return sharp(pixels).withExif(EXIF).withXmp(XMP).withIccProfile('p3').toFormat(format).toBuffer()
}

const bytesIn = (text: string) => Buffer.from(text, 'latin1')

/** A small PDF; `objects` stand between the catalogue and the trailer, `trailer` inside the trailer's dictionary. */
const pdf = (objects: string | Buffer = '', trailer = '') =>
  Buffer.concat([
    bytesIn(
      '%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n',
    ),
    Buffer.from(objects),
    bytesIn(`trailer\n<< /Root 1 0 R /Size 3 ${trailer} >>\nstartxref\n0\n%%EOF\n`),
  ])

/** An object stream with these objects packed into it. */
const packed = (objects: string, name = 'ObjStm', data: Buffer = deflateSync(bytesIn(objects))) =>
  Buffer.concat([
    bytesIn(`3 0 obj\n<< /Type /${name} /N 1 /First 4 /Filter /FlateDecode /Length ${data.length} >>\nstream\r\n`),
    data,
    bytesIn('\nendstream\nendobj\n'),
  ])

/** A PNG that says it is this large; its one-bit rows are all there, packed small. */
function hugePng(side: number): Buffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(side, 0)
  header.writeUInt32BE(side, 4)
  header[8] = 1
  const rows = deflateSync(Buffer.alloc(side * (1 + Math.ceil(side / 8))), { level: 9 })
  return Buffer.concat([bytesIn('\x89PNG\r\n\x1a\n'), chunk('IHDR', header), chunk('IDAT', rows), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([bytesIn(type), data])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(data.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}

const files = (folder: string) => readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())

/** @returns the code of the refusal, after making sure that nothing was stored */
async function refusal(bytes: Uint8Array, declared: string, limits: Partial<AttachmentLimits> = {}, used = 0): Promise<AttachmentRefusal> {
  const { take, folder } = start(limits)
  const error = await take(bytes, declared, used).then(
    () => new Error('taken'),
    (reason) => reason,
  )
  if (!(error instanceof AttachmentRefused)) throw error
  expect(files(folder)).toEqual([])
  return error.code
}

describe('images', () => {
  it.each(FORMATS)('%s: keeps the picture and nothing that tells who, where or with what', async (format) => {
    const sent = await telling(format)
    const before = await sharp(sent).metadata()
    expect([before.exif, before.icc, before.xmp].map((part) => part !== undefined)).toEqual([true, true, true])
    expect(sent.includes('Maker of phones')).toBe(true)

    const { take, read } = start()
    const { hash, kind, size, width, height } = await take(sent, TYPE[format], 0)
    const kept = await read(hash)
    const after = await sharp(kept).metadata()
    expect([after.exif, after.icc, after.xmp, after.iptc, after.comments]).toEqual([undefined, undefined, undefined, undefined, undefined])
    for (const trace of ['Exif', 'EXIF', 'Maker', 'Nguyen', 'xmpmeta', 'ICC_PROFILE', 'ICCP', 'iCCP', 'eXIf', '8BIM'])
      expect(kept.includes(trace), trace).toBe(false)
    expect({ kind, size, width, height, format: after.format }).toEqual({ kind: TYPE[format], size: kept.length, width: 64, height: 48, format })
    expect(hash).toBe(createHash('sha256').update(kept).digest('hex'))
  })

  it.each(FORMATS)('%s: looks the same as before', async (format) => {
    const sent = await picture().toFormat(format, { quality: 100 }).toBuffer()
    const { take, read } = start()
    const kept = await read((await take(sent, TYPE[format], 0)).hash)
    const [a, b] = await Promise.all([sent, kept].map((bytes) => sharp(bytes).removeAlpha().raw().toBuffer()))
    const off = (a as Buffer).map((value, at) => Math.abs(value - ((b as Buffer)[at] ?? 0)))
    expect(off.reduce((sum, value) => sum + value, 0) / off.length).toBeLessThan(format === 'webp' ? 12 : 4)
  })

  it.each(FORMATS)('%s: drops a zip behind the picture', async (format) => {
    const sent = Buffer.concat([await telling(format), ZIP])
    const { take, read } = start()
    const kept = await read((await take(sent, TYPE[format], 0)).hash)
    for (const head of ['PK\x03\x04', 'PK\x05\x06']) expect([sent.includes(head), kept.includes(head)]).toEqual([true, false])
  })

  it('drops comments and IPTC of a JPEG', async () => {
    const jpeg = await picture().jpeg().toBuffer()
    const segment = (marker: number, text: string) => Buffer.concat([Buffer.from([0xff, marker, 0, text.length + 2]), bytesIn(text)])
    const iptc = 'Photoshop 3.0\x008BIM\x04\x04\x00\x00\x00\x00\x00\x0b\x1c\x02\x50\x00\x06Nguyen\x00'
    const sent = Buffer.concat([jpeg.subarray(0, 2), segment(0xfe, '<?php system($_GET[0]) ?>'), segment(0xed, iptc), jpeg.subarray(2)])
    const before = await sharp(sent).metadata()
    expect(before.iptc?.includes('Nguyen')).toBe(true)
    const { take, read } = start()
    const kept = await read((await take(sent, 'image/jpeg', 0)).hash)
    for (const trace of ['<?php', 'Nguyen', '8BIM']) expect(kept.includes(trace), trace).toBe(false)
  })

  it.each(['4:2:0', '4:4:4'])('keeps the colours of a JPEG as it stored them, %s', async (chromaSubsampling) => {
    const sent = await picture().jpeg({ chromaSubsampling }).toBuffer()
    const { take, read } = start()
    const kept = await read((await take(sent, 'image/jpeg', 0)).hash)
    expect((await sharp(kept).metadata()).chromaSubsampling).toBe(chromaSubsampling)
  })

  it('turns a picture upright, as the phone meant it, and forgets how it was held', async () => {
    const sent = await sharp(await picture().png().toBuffer())
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer()
    const { take, read } = start()
    const { hash, width, height } = await take(sent, 'image/jpeg', 0)
    const kept = await sharp(await read(hash)).metadata()
    expect([width, height, kept.width, kept.height, kept.orientation]).toEqual([48, 64, 48, 64, undefined])
  })

  it('keeps the first frame only of what moves', async () => {
    const frames = await Promise.all(
      ['red', 'blue', 'lime'].map((background) =>
        sharp({ create: { width: 20, height: 10, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    )
    const sent = await sharp(frames, { join: { animated: true } })
      .webp({ loop: 0, delay: [100, 100, 100] })
      .toBuffer()
    expect((await sharp(sent).metadata()).pages).toBe(3)
    const { take, read } = start()
    const { hash, width, height } = await take(sent, 'image/webp', 0)
    const kept = await read(hash)
    expect([(await sharp(kept).metadata()).pages ?? 1, width, height]).toEqual([1, 20, 10])
    const { dominant } = await sharp(kept).stats()
    expect(dominant.r).toBeGreaterThan(200)
    expect(dominant.b).toBeLessThan(60)
  })

  it('of 50 million pixels are taken, and not one row more', async () => {
    const at = await sharp({ create: { width: 1_000, height: 50, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    const over = await sharp({ create: { width: 1_000, height: 51, channels: 3, background: 'red' } })
      .png()
      .toBuffer()
    expect((await start({ maxPixels: 50_000 }).take(at, 'image/png', 0)).width).toBe(1_000)
    expect(await refusal(over, 'image/png', { maxPixels: 50_000 })).toBe('too_many_pixels')
  })

  it('that blow up when unpacked are refused before they do', async () => {
    const bomb = hugePng(30_000)
    expect(bomb.length).toBeLessThan(200_000)
    const started = performance.now()
    expect(await refusal(bomb, 'image/png')).toBe('too_many_pixels')
    expect(performance.now() - started).toBeLessThan(2_000)
    // The same file, small enough to be let through, is a good picture: it was refused for its size alone.
    expect((await start().take(hugePng(100), 'image/png', 0)).width).toBe(100)
  })

  it('are decoded at most two at a time', async () => {
    const { take } = start()
    const sent = await picture(1_500, 1_000).jpeg().toBuffer()
    let most = 0
    let done = false
    const all = Promise.all(Array.from({ length: 8 }, () => take(sent, 'image/jpeg', 0))).finally(() => {
      done = true
    })
    while (!done) {
      const { queue, process } = sharp.counters()
      most = Math.max(most, queue + process)
      await pause(1)
    }
    expect(new Set((await all).map(({ hash }) => hash)).size).toBe(1)
    expect(most).toBe(2)
  })
})

describe('refusals', () => {
  const named = async (format: Format) => picture().toFormat(format).toBuffer()

  it('empty', async () => expect(await refusal(Buffer.alloc(0), 'image/jpeg')).toBe('empty'))

  it('too_large: 11 MiB, and not 10', async () => {
    const mebibytes = (count: number) => Buffer.concat([bytesIn('%PDF-1.4\n'), Buffer.alloc(count * 1024 * 1024 - 15, ' '), bytesIn('%%EOF\n')])
    expect(await refusal(mebibytes(11), 'application/pdf')).toBe('too_large')
    expect(await refusal(Buffer.concat([mebibytes(10), bytesIn('\n')]), 'application/pdf')).toBe('too_large')
    expect((await start().take(mebibytes(10), 'application/pdf', 0)).size).toBe(DEFAULT_LIMITS.maxBytes)
  })

  it.each([
    ['a GIF', bytesIn('GIF89a\x01\x00\x01\x00\x00\x00\x00;')],
    ['a HEIC photo named .jpg', bytesIn('\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic')],
    ['a WAV', bytesIn('RIFF\x24\x00\x00\x00WAVEfmt ')],
    ['a TIFF', bytesIn('II*\x00\x08\x00\x00\x00')],
    ['plain text', bytesIn('Tai khoan nhan tien')],
    ['one byte', bytesIn('\xff')],
    ['a PDF behind other bytes', Buffer.concat([bytesIn('junk '), pdf()])],
  ])('kind_unknown: %s', async (_what, bytes) => expect(await refusal(bytes, 'image/jpeg')).toBe('kind_unknown'))

  it.each([
    ['png', 'application/pdf'],
    ['jpeg', 'image/heic'],
    ['jpeg', 'text/html'],
  ] as const)('not_what_it_says: %s that came as %s', async (format, declared) =>
    expect(await refusal(await named(format), declared)).toBe('not_what_it_says'),
  )

  it.each([
    ['webp', 'image/jpeg'],
    ['jpeg', 'image/png'],
    ['png', 'image/webp'],
  ] as const)('taken as what it is: %s saved under the name of %s, as social apps do', async (format, declared) =>
    expect((await start().take(await named(format), declared, 0)).kind).toBe(`image/${format}`),
  )

  it('not_what_it_says: a PDF that came as a photo', async () => expect(await refusal(pdf(), 'image/jpeg')).toBe('not_what_it_says'))

  it.each(['IMAGE/JPEG', ' image/jpeg; charset=binary', 'image/jpg', 'image/pjpeg', '', 'application/octet-stream'])(
    'but "%s" is no lie about a JPEG',
    async (declared) => {
      expect((await start().take(await named('jpeg'), declared, 0)).kind).toBe('image/jpeg')
    },
  )

  it.each(FORMATS.flatMap((format) => [0.1, 0.5, 0.9].map((part) => [format, part] as const)))('damaged: %s cut off at %s', async (format, part) => {
    const whole = await picture(300, 200).toFormat(format).toBuffer()
    expect(await refusal(whole.subarray(0, Math.max(20, whole.length * part)), TYPE[format])).toBe('damaged')
  })

  it.each(FORMATS)('damaged: only the first bytes of a %s', async (format) =>
    expect(await refusal((await named(format)).subarray(0, 12), TYPE[format])).toBe('damaged'),
  )

  it.each([
    ['cut off', pdf().subarray(0, 150)],
    ['with its end mark far from the end', Buffer.concat([pdf(), Buffer.alloc(1_100, 0)])],
    ['encrypted', pdf('', '/Encrypt 4 0 R')],
    ['encrypted, written otherwise', pdf('', '/#45ncryp#74<</Filter/Standard>>')],
    ['with an object stream that does not unpack', pdf(packed('', 'ObjStm', bytesIn('\x78\x9cnonsense')))],
    ['with an object stream packed in another way', pdf(packed('', 'ObjStm', bytesIn('<~87cURD]~>')))],
    ['with an object stream that is named and not there', pdf('3 0 obj\n<< /Type /ObjStm >>\nendobj\n')],
    ['with an object stream that blows up', pdf(packed('', 'ObjStm', deflateSync(Buffer.alloc(33 * 1024 * 1024))))],
    ['with two that blow up together', pdf(Buffer.concat(Array(2).fill(packed('', 'ObjStm', deflateSync(Buffer.alloc(20 * 1024 * 1024))))))],
    ['with more object streams than any, not packed', pdf('/ObjStm stream\n1 0 \n'.repeat(5_001))],
    ['with more object streams than any', pdf(Buffer.concat(Array(5_001).fill(packed('1 0 <<>>'))))],
  ])('damaged: a PDF %s', async (_what, bytes) => expect(await refusal(bytes, 'application/pdf')).toBe('damaged'))

  it('quota: full already, or full with this', async () => {
    const file = pdf()
    const quotaBytes = 2 * file.length
    expect(await refusal(file, 'application/pdf', { quotaBytes }, quotaBytes)).toBe('quota')
    expect(await refusal(file, 'application/pdf', { quotaBytes }, file.length + 1)).toBe('quota')
    expect((await start({ quotaBytes }).take(file, 'application/pdf', file.length)).size).toBe(file.length)
  })

  it('quota: when it is full nothing is looked at, not even what would be refused', async () => {
    expect(await refusal(bytesIn('MZ'), 'image/jpeg', { quotaBytes: 10 }, 10)).toBe('quota')
  })

  it('quota: counts what would be stored, not what came', async () => {
    const small = await sharp(await picture(400, 300).png().toBuffer())
      .jpeg({ quality: 10 })
      .toBuffer()
    expect(await refusal(small, 'image/jpeg', { quotaBytes: small.length })).toBe('quota')
  })

  it.each([
    ['a Windows program', 'MZ\x90\x00'],
    ['a Linux program', '\x7fELF\x02\x01'],
    ['a macOS program', '\xcf\xfa\xed\xfe'],
    ['a Java class', '\xca\xfe\xba\xbe'],
    ['an Android program', 'dex\n035'],
    ['a shortcut', 'L\x00\x00\x00\x01\x14\x02\x00'],
    ['an old Office file', '\xd0\xcf\x11\xe0'],
    ['a rar', 'Rar!\x1a\x07'],
    ['a 7z', '7z\xbc\xaf\x27\x1c'],
    ['a gzip', '\x1f\x8b\x08'],
    ['a shell script', '#!/bin/sh\n'],
    ['a batch file', '@ECHO off\r\n'],
    ['PHP', '<?php echo 1;'],
    ['a web page', '<!DOCTYPE html>'],
    ['a web page after blank lines and a mark', '\xef\xbb\xbf\r\n  <HTML>'],
    ['a drawing with scripts', '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">'],
    ['a drawing as XML', '<?xml version="1.0"?><svg/>'],
  ])('executable: %s named .jpg, also with a picture or a PDF behind', async (_what, head) => {
    for (const tail of [Buffer.alloc(0), await named('jpeg'), pdf()]) {
      for (const declared of ['image/jpeg', 'application/pdf']) {
        expect(await refusal(Buffer.concat([bytesIn(head), tail]), declared)).toBe('executable')
      }
    }
  })

  it('executable: a zip, named .jpg, in front of a PDF or behind one, with a comment or without', async () => {
    const commented = Buffer.concat([ZIP.subarray(0, -2), Buffer.from([6, 0]), bytesIn('%%EOF\n')])
    expect(await refusal(ZIP, 'image/jpeg')).toBe('executable')
    expect(await refusal(Buffer.concat([ZIP, pdf()]), 'application/pdf')).toBe('executable')
    expect(await refusal(Buffer.concat([pdf(), ZIP]), 'application/pdf')).toBe('executable')
    expect(await refusal(Buffer.concat([pdf(), commented]), 'application/pdf')).toBe('executable')
  })

  it.each([
    ['code', pdf('3 0 obj\n<< /S /JavaScript /JS (app.alert(1)) >>\nendobj\n')],
    ['code, with letters written otherwise', pdf('3 0 obj\n<< /S /J#61va#53cript /JS (app.alert(1)) >>\nendobj\n')],
    ['a program to start', pdf('3 0 obj\n<< /S/Launch/F(cmd.exe)>>\nendobj\n')],
    ['a file inside', pdf('3 0 obj\n<< /Type /EmbeddedFile >>\nendobj\n')],
    ['a list of files inside', pdf('3 0 obj\n<< /Names << /EmbeddedFiles 4 0 R >> >>\nendobj\n')],
    ['code in a packed object', pdf(packed('5 0 << /S /JavaScript >>'))],
    ['code in a packed object, named otherwise', pdf(packed('5 0 << /S /#4AavaScript >>', 'Obj#53tm'))],
    ['code in an object stream that is not packed', pdf(packed('', 'ObjStm', bytesIn('5 0 << /S /JavaScript >>')))],
  ])('executable: a PDF with %s', async (_what, bytes) => expect(await refusal(bytes, 'application/pdf')).toBe('executable'))

  it.each([
    ['plain', pdf()],
    ['with harmless packed objects', pdf(Buffer.concat([packed('5 0 << /Type /Page >>'), packed('6 0 << /Type /Font >>')]))],
    ['with objects in a stream that is not packed', pdf(packed('', 'ObjStm', bytesIn('5 0 << /Type /Page >>')))],
    ['with names that only begin alike', pdf('3 0 obj\n<< /JavaScripts 1 /LaunchPad 2 /EncryptMetadata false >>\nendobj\n')],
    ['after a byte order mark', Buffer.concat([bytesIn('\xef\xbb\xbf\r\n'), pdf()])],
    ['saved once more', Buffer.concat([pdf(), pdf().subarray(9)])],
    ['with the letters PK', pdf('3 0 obj\n(PK\x05\x06)\nendobj\n')],
  ])('but a PDF %s is kept as it came', async (_what, bytes) => {
    const { take, read } = start()
    const { hash, kind, size, ...rest } = await take(bytes, 'application/pdf', 0)
    expect({ kind, size, rest }).toEqual({ kind: 'application/pdf', size: bytes.length, rest: {} })
    expect((await read(hash)).equals(bytes)).toBe(true)
  })

  it('every code has its sentences, which name the limit where one was met', () => {
    const codes: Record<AttachmentRefusal, RegExp> = {
      empty: /rỗng/,
      too_large: /10 MB/,
      kind_unknown: /JPEG, PNG, WebP.*PDF/,
      not_what_it_says: /loại khác/,
      damaged: /hỏng.*mật khẩu/,
      too_many_pixels: /50 triệu/,
      quota: /50 MB.*Gặp cán bộ/,
      executable: /đừng mở/,
    }
    for (const [code, pattern] of Object.entries(codes)) expect(attachmentRefusal(code as AttachmentRefusal, DEFAULT_LIMITS)).toMatch(pattern)
  })
})

describe('whatever is sent', () => {
  let samples: Buffer[]
  beforeAll(async () => {
    samples = [...(await Promise.all(FORMATS.map(telling))), pdf(packed('5 0 << /Type /Page >>'))]
  })

  /** Nothing but a refusal is ever thrown; what is taken reads back. Remembers how it ended. */
  async function takeOrRefuse(bytes: Uint8Array, declared: string, quarantine: ReturnType<typeof start>, ends: Set<string>): Promise<void> {
    try {
      const { hash, size } = await quarantine.take(bytes, declared, 0)
      expect((await quarantine.read(hash)).length).toBe(size)
      ends.add('taken')
    } catch (error) {
      if (!(error instanceof AttachmentRefused)) throw error
      ends.add(error.code)
    }
  }

  it('random bytes, with and without a known beginning and end, are refused or taken', async () => {
    const quarantine = start()
    const ends = new Set<string>()
    const beginning = fc.constantFrom(
      '',
      '\xff\xd8\xff\xe0',
      '\x89PNG\r\n\x1a\n',
      'RIFF\x20\x00\x00\x00WEBPVP8 ',
      '%PDF-1.7\n',
      '%PDF-1.7\n/ObjStm stream\n',
      'PK\x05\x06',
      '<',
    )
    const end = fc.constantFrom('', '%%EOF', '\xff\xd9', 'PK\x05\x06')
    const declared = fc.oneof(fc.constantFrom(...KINDS, ''), fc.string())
    const property = fc.asyncProperty(beginning, fc.uint8Array({ maxLength: 400 }), end, declared, (head, middle, tail, type) =>
      takeOrRefuse(Buffer.concat([bytesIn(head), middle, bytesIn(tail)]), type, quarantine, ends),
    )
    await fc.assert(property, { numRuns: 600 })
    expect(['damaged', 'executable', 'kind_unknown', 'not_what_it_says'].filter((end) => !ends.has(end))).toEqual([])
  })

  it('good files with some bytes changed are refused or taken', async () => {
    const quarantine = start()
    const ends = new Set<string>()
    // Without bias, or most places would be the first.
    const place = fc.noBias(fc.nat({ max: 999_999 }))
    const changes = fc.array(fc.tuple(place, fc.nat({ max: 255 })), { minLength: 1, maxLength: 6 })
    const property = fc.asyncProperty(fc.integer({ min: 0, max: 3 }), changes, (which, edits) => {
      const bytes = Buffer.from(samples[which] as Buffer)
      for (const [at, value] of edits) bytes[at % bytes.length] = value
      return takeOrRefuse(bytes, '', quarantine, ends)
    })
    await fc.assert(property, { numRuns: 300 })
    expect(['taken', 'damaged'].filter((end) => !ends.has(end))).toEqual([])
  })
})

describe('the folder', () => {
  const path = (folder: string, hash: string) => join(folder, hash.slice(0, 2), hash)
  const LATER = Date.now() + 60_000

  it('is made, and nobody else may read what is in it', async () => {
    const folder = join(newFolder(), 'a', 'quarantine')
    const { hash } = await openQuarantine(folder).take(pdf(), 'application/pdf', 0)
    const modes = [folder, join(folder, hash.slice(0, 2)), path(folder, hash)].map((name) => statSync(name).mode & 0o777)
    expect(modes).toEqual([0o700, 0o700, 0o600])
  })

  it('holds the same content once, and leaves nothing unfinished', async () => {
    const { take, folder } = start()
    const photo = await telling('jpeg')
    const taken = await Promise.all([take(photo, 'image/jpeg', 0), take(photo, '', 0), take(pdf(), '', 0), take(pdf(), '', 0)])
    expect(new Set(taken.map(({ hash }) => hash)).size).toBe(2)
    expect(
      files(folder)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...new Set(taken.map(({ hash }) => hash))].sort())
  })

  it('stores what was checked, even if the caller changes it meanwhile', async () => {
    const { take, read } = start()
    const bytes = pdf()
    const before = Buffer.from(bytes)
    const taking = take(bytes, 'application/pdf', 0)
    bytes.fill(0)
    expect((await read((await taking).hash)).equals(before)).toBe(true)
  })

  it('says when a file is missing or no longer what was stored, and makes no path of a name from outside', async () => {
    const { take, read, remove, folder } = start()
    const { hash } = await take(pdf(), 'application/pdf', 0)
    writeFileSync(path(folder, hash), pdf('x'))
    await expect(read(hash)).rejects.toMatchObject({ name: 'AttachmentDamaged', reason: 'changed', hash })
    await remove(hash)
    await expect(read(hash)).rejects.toThrow(AttachmentDamaged)
    await expect(read(hash)).rejects.toMatchObject({ reason: 'missing' })
    await remove(hash)
    writeFileSync(join(folder, 'secret'), 'x')
    for (const name of ['../secret', 'secret', '', hash.toUpperCase(), `${hash}\n`, `${hash.slice(0, 2)}/../secret`]) {
      await expect(read(name)).rejects.toMatchObject({ reason: 'missing' })
      await remove(name)
    }
    expect(existsSync(join(folder, 'secret'))).toBe(true)
  })

  it('a stored file that was damaged is whole again when the same is sent', async () => {
    const { take, read, folder } = start()
    const { hash } = await take(pdf(), 'application/pdf', 0)
    writeFileSync(path(folder, hash), 'x')
    await take(pdf(), 'application/pdf', 0)
    expect((await read(hash)).equals(pdf())).toBe(true)
  })

  it('is swept of orphans and of what a crash left, but not of what is known, new or not ours', async () => {
    const { take, sweep, folder } = start()
    const [known, orphan, fresh] = await Promise.all(['1', '2', '3'].map((n) => take(pdf(`% ${n}\n`), '', 0)))
    if (!known || !orphan || !fresh) throw new Error('not taken')
    const crashed = join(folder, orphan.hash.slice(0, 2), '.new-00000000-0000-4000-8000-000000000000')
    const notOurs = [join(folder, 'README'), join(folder, known.hash.slice(0, 2), 'note'), join(folder, 'zz', orphan.hash)]
    mkdirSync(join(folder, 'zz'))
    for (const name of [crashed, ...notOurs]) writeFileSync(name, 'x')
    const HOUR_AGO = Date.now() / 1_000 - 3_600
    for (const name of [crashed, ...notOurs, path(folder, orphan.hash), path(folder, known.hash)]) utimesSync(name, HOUR_AGO, HOUR_AGO)

    expect(await sweep(new Set([known.hash]), Date.now() - 7_200_000)).toBe(0)
    expect(await sweep(new Set([known.hash]), Date.now() - 1_800_000)).toBe(2)
    expect([path(folder, known.hash), path(folder, fresh.hash), ...notOurs].every((name) => existsSync(name))).toBe(true)
    expect([crashed, path(folder, orphan.hash)].some((name) => existsSync(name))).toBe(false)
    expect(await sweep(new Set(), LATER)).toBe(2)
    expect(await sweep(new Set(), LATER)).toBe(0)
  })

  it('keeps an old orphan that was just sent again', async () => {
    const { take, sweep, read, folder } = start()
    const { hash } = await take(pdf(), '', 0)
    utimesSync(path(folder, hash), 1, 1)
    await take(pdf(), '', 0)
    expect(await sweep(new Set(), Date.now() - 3_600_000)).toBe(0)
    expect((await read(hash)).equals(pdf())).toBe(true)
  })

  it('after being killed holds whole files or none, and everything that was acknowledged', { timeout: 60_000 }, async () => {
    const folder = newFolder()
    const source = resolve(import.meta.dirname, '../../../adapters/attachments/quarantine.ts')
    const script = `
      import { openQuarantine } from ${JSON.stringify(source)}
      const { take } = openQuarantine(${JSON.stringify(folder)})
      for (let n = 0; ; n += 1) {
        const file = Buffer.from('%PDF-1.7\\n% ' + process.pid + ' ' + n + ' '.repeat(200_000) + '%%EOF\\n')
        take(file, '', 0).then(({ hash }) => process.stdout.write(hash + '\\n'))
        if (n % 4 === 3) await take(file, '', 0)
      }`
    const acknowledged: string[] = []
    for (let round = 0; round < 4; round += 1) {
      const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
      let said = ''
      const gone = new Promise((done) => child.once('close', done))
      child.stdout.on('data', (data) => {
        said += data
        if (said.length > 65 * (10 + 7 * round)) child.kill('SIGKILL')
      })
      await gone
      acknowledged.push(...said.split('\n').slice(0, -1))
    }
    const { read, sweep } = openQuarantine(folder)
    expect(acknowledged.length).toBeGreaterThan(60)
    for (const hash of acknowledged) await read(hash)
    for (const { name, parentPath } of files(folder)) {
      if (!name.startsWith('.new-'))
        expect(
          createHash('sha256')
            .update(readFileSync(join(parentPath, name)))
            .digest('hex'),
        ).toBe(name)
    }
    await sweep(new Set(acknowledged), LATER)
    expect(
      files(folder)
        .map(({ name }) => name)
        .sort(),
    ).toEqual([...new Set(acknowledged)].sort())
  })

  it.each([0, -1, 1.5, Number.NaN])('does not open with a limit of %s, nor take when so much is used', async (value) => {
    expect(() => start({ maxBytes: value })).toThrow(RangeError)
    if (!(value >= 0)) await expect(start().take(pdf(), '', value)).rejects.toThrow(RangeError)
  })
})

describe('turns', () => {
  it('let in as many as may, in the order they came, and go on after a failure', async () => {
    const turns = openTurns(2)
    const order: number[] = []
    let running = 0
    let most = 0
    const work = (n: number) =>
      turns(async () => {
        order.push(n)
        most = Math.max(most, ++running)
        await pause(n % 3)
        running -= 1
        if (n % 4 === 0) throw new Error(String(n))
        return n
      })
    const results = await Promise.allSettled(Array.from({ length: 20 }, (_, n) => work(n)))
    expect(order).toEqual(Array.from({ length: 20 }, (_, n) => n))
    expect(most).toBe(2)
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(5)
    // No turn was lost, and none was given out twice.
    await Promise.allSettled(Array.from({ length: 20 }, (_, n) => work(n)))
    expect([most, running]).toEqual([2, 0])
  })
})
