/** The second factor: codes of an authenticator app (RFC 6238 by otplib), and spare codes for the day on which the telephone is lost. */
import { randomInt } from 'node:crypto'
import { generateSecret, generateURI, verifySync } from 'otplib'
import { toString as qrOf } from 'qrcode'
import type { Box } from '../operations/sealed-number.ts'
import type { SecondFactor } from './contract.ts'

const ISSUER = 'An Tam'
const SPARE_CODES = 8
const SPARE_LENGTH = 10
/** Without what is misread: no 0, O, 1, I, L. */
const SPARE_SIGNS = '23456789ABCDEFGHJKMNPQRSTUVWXYZ'
/** Telephones' clocks are not always right. */
const TOLERANCE_SECONDS = 30

/** @returns a new secret for somebody's app, and what is kept of it. */
export async function newSecondFactor(box: Box, login: string): Promise<SecondFactor & { readonly sealed: string }> {
  const secret = generateSecret()
  const uri = generateURI({ issuer: ISSUER, label: login, secret })
  return { secret, uri, qr: await qrOf(uri, { type: 'svg', margin: 2 }), sealed: box.seal(secret) }
}

/** @returns the step of time that `code` belongs to; undefined when it is wrong, too old, or not after `after`, the last that was used. */
export function stepOf(box: Box, sealed: string, code: string, after: number, now: number): number | undefined {
  const secret = box.open(sealed)
  const digits = code.replace(/\s/g, '')
  if (secret === undefined || !/^\d{6}$/.test(digits)) return undefined
  const found = verifySync({ secret, token: digits, epoch: Math.floor(now / 1000), epochTolerance: TOLERANCE_SECONDS })
  const step = found.valid && 'timeStep' in found ? found.timeStep : undefined
  return step !== undefined && step > after ? step : undefined
}

/** @returns new spare codes, each "ABCDE-FGHJK". */
export function newSpareCodes(): readonly string[] {
  return Array.from({ length: SPARE_CODES }, () => {
    const signs = Array.from({ length: SPARE_LENGTH }, () => SPARE_SIGNS[randomInt(SPARE_SIGNS.length)]).join('')
    return `${signs.slice(0, SPARE_LENGTH / 2)}-${signs.slice(SPARE_LENGTH / 2)}`
  })
}

/** @returns a spare code as it was given out, however it was typed; undefined for what cannot be one. */
export function spareCodeIn(typed: string): string | undefined {
  const signs = typed.toUpperCase().replace(/[^A-Z0-9]/g, '')
  return signs.length === SPARE_LENGTH ? `${signs.slice(0, SPARE_LENGTH / 2)}-${signs.slice(SPARE_LENGTH / 2)}` : undefined
}
