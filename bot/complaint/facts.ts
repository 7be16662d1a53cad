/** What a complaint is made of: facts, each with the words it was read from. Plain JSON, stored with the conversation and read back through a schema. */
import { z } from 'zod'

/** Where a value comes from: the person's own words, and the message they stand in. */
export interface Origin {
  /** As the person wrote it, masked. */
  readonly words: string
  readonly message: string
}

export interface Fact<T> {
  readonly value: T
  readonly from: Origin
}

export const PLATFORMS = ['shopee', 'tiktok', 'lazada', 'tiki', 'facebook', 'zalo', 'instagram', 'website', 'other'] as const
export const PAYMENTS = ['cash_on_delivery', 'transfer', 'card', 'wallet', 'cash', 'unpaid'] as const
export const WISHES = ['refund', 'exchange', 'repair', 'compensation', 'apology', 'stop', 'information'] as const
export type Platform = (typeof PLATFORMS)[number]
export type Payment = (typeof PAYMENTS)[number]
export type Wish = (typeof WISHES)[number]

const fact = <T extends z.ZodType>(value: T) => z.object({ value, from: z.object({ words: z.string(), message: z.string() }) }).optional()
const words = fact(z.string())
const day = fact(z.string().regex(/^\d{4}-\d{2}-\d{2}$/))

/** All there may be of each fact; nothing of it is required here: what a kind of issue needs is data (`kinds`). */
export const factsSchema = z.object({
  /** Who it is about, as the person calls them. */
  respondent: words,
  platform: fact(z.enum(PLATFORMS)),
  /** Web address or name of the account. */
  link: words,
  respondentPhone: words,
  goods: words,
  order: words,
  boughtOn: day,
  deliveredOn: day,
  /** In đồng. */
  amount: fact(z.int().positive()),
  payment: fact(z.enum(PAYMENTS)),
  promised: words,
  /** What the seller answered, or that nobody was asked yet. */
  contacted: words,
  wish: fact(z.enum(WISHES)),
  name: words,
  phone: words,
  commune: words,
  email: words,
})
export type Facts = z.infer<typeof factsSchema>
export type FactName = keyof Facts
export const FACT_NAMES = Object.keys(factsSchema.shape) as readonly FactName[]
