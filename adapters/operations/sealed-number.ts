/**
 * Numbers that only bank and police may have: sealed with a key made from the installation's own before they reach the database. Who reads the database alone,
 * or a backup of it without the key, reads nothing but the last figures.
 */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { Seal, SealedNumber } from '../../bot/delivery/message.ts'

const MARK = Buffer.from('antam-account-1')
const IV_BYTES = 12
const TAG_BYTES = 16
const SHOWN = 4

export interface Sealer {
  readonly seal: Seal
  /** @returns the digits; undefined for what was damaged, or sealed with another key. */
  readonly open: (number: SealedNumber) => string | undefined
}

/** @param key the installation's secret key, 32 bytes */
export function openSealer(key: Uint8Array): Sealer {
  const sealing = Buffer.from(hkdfSync('sha256', key, '', 'an-tam respondent account', 32))
  return {
    seal: (digits) => ({ sealed: sealed(digits, sealing), shown: `…${digits.slice(-SHOWN)}` }),
    open: (number) => opened(number.sealed, sealing),
  }
}

function sealed(digits: string, key: Buffer): string {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(MARK)
  const words = Buffer.concat([cipher.update(digits, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), words]).toString('base64url')
}

function opened(text: string, key: Buffer): string | undefined {
  const bytes = Buffer.from(text, 'base64url')
  const wordsAt = IV_BYTES + TAG_BYTES
  if (bytes.length <= wordsAt) return undefined
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES)).setAAD(MARK).setAuthTag(bytes.subarray(IV_BYTES, wordsAt))
    return Buffer.concat([decipher.update(bytes.subarray(wordsAt)), decipher.final()]).toString('utf8')
  } catch {
    return undefined
  }
}
