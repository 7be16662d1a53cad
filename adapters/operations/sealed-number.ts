/**
 * Numbers that only bank and police may have: sealed with a key made from the installation's own before they reach the database. Who reads the database alone,
 * or a backup of it without the key, reads nothing but the last figures.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { Seal, SealedNumber } from '../../bot/delivery/message.ts'

const IV_BYTES = 12
const TAG_BYTES = 16
const SHOWN = 4

export interface Sealer {
  readonly seal: Seal
  /** @returns the digits; undefined for what was damaged, or sealed with another key. */
  readonly open: (number: SealedNumber) => string | undefined
}

/** Seals text for one purpose: what was sealed for another does not open. */
export interface Box {
  readonly seal: (text: string) => string
  /** @returns the text; undefined for what was damaged, or sealed with another key or for another purpose. */
  readonly open: (sealed: string) => string | undefined
}

/**
 * @param key the installation's secret key, 32 bytes
 * @param purpose what the box is for; its own key is made from it
 * @param mark bound to each text, so that a later form can be told from this one
 */
export function openBox(key: Uint8Array, purpose: string, mark: string): Box {
  const sealing = Buffer.from(hkdfSync('sha256', key, '', purpose, 32))
  return { seal: (text) => sealed(text, sealing, Buffer.from(mark)), open: (text) => opened(text, sealing, Buffer.from(mark)) }
}

/** @param key the installation's secret key, 32 bytes */
export function openSealer(key: Uint8Array): Sealer {
  const box = openBox(key, 'an-tam respondent account', 'antam-account-1')
  return {
    seal: (digits) => ({ sealed: box.seal(digits), shown: `…${digits.slice(-SHOWN)}` }),
    open: (number) => box.open(number.sealed),
  }
}

function sealed(text: string, key: Buffer, mark: Buffer): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(mark)
  const words = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), words]).toString('base64url')
}

function opened(text: string, key: Buffer, mark: Buffer): string | undefined {
  const bytes = Buffer.from(text, 'base64url')
  const wordsAt = IV_BYTES + TAG_BYTES
  if (bytes.length <= wordsAt) return undefined
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES)).setAAD(mark).setAuthTag(bytes.subarray(IV_BYTES, wordsAt))
    return Buffer.concat([decipher.update(bytes.subarray(wordsAt)), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
