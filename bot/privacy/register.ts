/** What the register of consents knows: the purposes of a case, and what is agreed to in a conversation without one. */
import { PURPOSES } from '../complaint/consent.ts'

/** `subscription`: to be told of warnings. `call_back`: to be called on the number that was left. */
export const REGISTER_PURPOSES = [...PURPOSES, 'subscription', 'call_back'] as const
export type RegisterPurpose = (typeof REGISTER_PURPOSES)[number]

/** `used`: what was agreed to has been done. */
export type ConsentEnd = 'withdrawn' | 'used'
