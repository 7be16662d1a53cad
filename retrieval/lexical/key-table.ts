/**
 * Whole numbers to small numbers, in flat arrays: open addressing with linear probing. A Map of two million pairs of syllables
 * would weigh several times as much.
 */
export class KeyTable {
  #keys: Float64Array
  #ids: Int32Array
  size = 0

  /** @param expected how many keys are likely; it grows when there are more. */
  constructor(expected = 16) {
    const room = 1 << Math.ceil(Math.log2(Math.max(16, expected * 2)))
    this.#keys = new Float64Array(room)
    this.#ids = new Int32Array(room).fill(-1)
  }

  /** @returns the number of `key`, a whole number below 2^53; -1 when it was never added. */
  get(key: number): number {
    return this.#ids[this.#slot(key)] as number
  }

  /** @returns the number of `key`: the next free one when it is new. */
  add(key: number): number {
    const slot = this.#slot(key)
    const known = this.#ids[slot] as number
    if (known >= 0) return known
    this.#keys[slot] = key
    this.#ids[slot] = this.size
    if (++this.size * 2 > this.#ids.length) this.#grow()
    return this.size - 1
  }

  /** @returns the keys in the order of their numbers. */
  keys(): Float64Array {
    const keys = new Float64Array(this.size)
    this.#ids.forEach((id, slot) => {
      if (id >= 0) keys[id] = this.#keys[slot] as number
    })
    return keys
  }

  #slot(key: number): number {
    const mask = this.#ids.length - 1
    let slot = hash(key) & mask
    while ((this.#ids[slot] as number) >= 0 && this.#keys[slot] !== key) slot = (slot + 1) & mask
    return slot
  }

  #grow(): void {
    const [keys, ids] = [this.#keys, this.#ids]
    this.#keys = new Float64Array(keys.length * 2)
    this.#ids = new Int32Array(ids.length * 2).fill(-1)
    ids.forEach((id, at) => {
      if (id < 0) return
      const slot = this.#slot(keys[at] as number)
      this.#keys[slot] = keys[at] as number
      this.#ids[slot] = id
    })
  }
}

/** Both halves of the number, mixed (the finaliser of MurmurHash3, Appleby 2011). */
function hash(key: number): number {
  let h = (key | 0) ^ Math.imul(Math.floor(key / 2 ** 32) + 1, 0x9e3779b1)
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b)
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35)
  return (h ^ (h >>> 16)) >>> 0
}
