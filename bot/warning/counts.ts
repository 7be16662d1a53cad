/** What became of a warning at those who subscribed, in counts. */
export interface SendingCounts {
  sent: number
  under_way: number
  /** Waits with the message itself until the person writes. */
  held: number
  /** The channel took nothing then: told in a line when the person writes. */
  next_time: number
  told: number
  undeliverable: number
  left_out: number
}

/** @returns nothing yet. */
export function newCounts(): SendingCounts {
  return { sent: 0, under_way: 0, held: 0, next_time: 0, told: 0, undeliverable: 0, left_out: 0 }
}
