/**
 * An image that came from outside, made anew from its pixels: whatever else was in the file (EXIF with the place, XMP, IPTC, colour profile, comments,
 * further frames, data after the end, broken chunks made for another decoder) cannot be in the new one.
 */
import sharp, { type Sharp } from 'sharp'
import type { Kind } from './kinds.ts'
import { AttachmentRefused } from './refused.ts'
import { openTurns } from './turns.ts'

export type ImageKind = Exclude<Kind, 'application/pdf'>

export interface CleanImage {
  readonly bytes: Buffer
  /** Pixels, upright. */
  readonly width: number
  readonly height: number
}

/** An image of 50 million pixels takes some 150 MB while it is decoded: the whole process never decodes more than two. */
const turns = openTurns(2)
/** A photo takes a fraction of a second; what takes this long was made to. Seconds. */
const LONGEST = 30

/** As JPEG stores colours: 4:2:0 at half resolution, 4:4:4 whole. */
type Colours = '4:2:0' | '4:4:4'

/** Close enough to the original to serve as evidence. */
const ENCODE: Readonly<Record<ImageKind, (image: Sharp, colours: Colours) => Sharp>> = {
  'image/jpeg': (image, chromaSubsampling) => image.jpeg({ quality: 90, chromaSubsampling }),
  'image/png': (image) => image.png(),
  // Effort 2 of 6: less time than the default for a few per cent more bytes.
  'image/webp': (image) => image.webp({ quality: 90, effort: 2 }),
}

/**
 * @param kind what its first bytes say; it stays of that kind
 * @param maxPixels width × height at most
 * @returns the first frame, upright, in sRGB, without anything but pixels
 * @throws {AttachmentRefused} `too_many_pixels` (before a pixel is decoded) or `damaged`
 */
export function cleanImage(bytes: Buffer, kind: ImageKind, maxPixels: number): Promise<CleanImage> {
  return turns(async () => {
    const colours = await readHeader(bytes, kind, maxPixels)
    const image = sharp(bytes, { failOn: 'error', limitInputPixels: maxPixels, autoOrient: true }).timeout({ seconds: LONGEST })
    const { data, info } = await orDamaged(ENCODE[kind](image, colours).toBuffer({ resolveWithObject: true }))
    return { bytes: data, width: info.width, height: info.height }
  })
}

/** @returns how colours were stored: red stamps and small red print stay readable, and a camera's photo does not grow for nothing */
async function readHeader(bytes: Buffer, kind: ImageKind, maxPixels: number): Promise<Colours> {
  const header = await orDamaged(sharp(bytes, { failOn: 'error', limitInputPixels: false }).metadata())
  if (`image/${header.format}` !== kind) throw new AttachmentRefused('damaged')
  if (header.width * header.height > maxPixels) throw new AttachmentRefused('too_many_pixels')
  return header.chromaSubsampling === '4:2:0' ? '4:2:0' : '4:4:4'
}

/** The decoder has no codes, only sentences: whatever it cannot do with a file is that file's damage. */
async function orDamaged<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (cause) {
    throw new AttachmentRefused('damaged', { cause })
  }
}
