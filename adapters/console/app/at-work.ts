/** Whether somebody sits before the page: what an open page fetches by itself must not keep its session alive. */

/** Without a key, a click or a touch for so long, nobody does. */
export const AWAY_AFTER_MS = 2 * 60_000

const SIGNS = ['pointerdown', 'keydown', 'wheel', 'touchstart'] as const

/** @returns what says so. @param place where signs of life are heard, as the window */
export function watchWork(place: Pick<EventTarget, 'addEventListener'>, clock: () => number = Date.now): () => boolean {
  let last = clock()
  const alive = () => {
    last = clock()
  }
  for (const sign of SIGNS) place.addEventListener(sign, alive, { passive: true, capture: true })
  return () => clock() - last < AWAY_AFTER_MS
}
