/** Dense arithmetic for training: row-major Float32Array matrices, four rows at a time so that each load is used four times. */

/** out[m×n] = a[m×k] · b[n×k]ᵀ */
export function multiplyTransposed(a: Float32Array, b: Float32Array, out: Float32Array, m: number, n: number, k: number): void {
  for (let i = 0; i < m; i++) {
    const ai = i * k
    let j = 0
    for (; j + 4 <= n; j += 4) {
      const b0 = j * k
      const b1 = b0 + k
      const b2 = b1 + k
      const b3 = b2 + k
      let s0 = 0
      let s1 = 0
      let s2 = 0
      let s3 = 0
      for (let x = 0; x < k; x++) {
        const v = a[ai + x] as number
        s0 += v * (b[b0 + x] as number)
        s1 += v * (b[b1 + x] as number)
        s2 += v * (b[b2 + x] as number)
        s3 += v * (b[b3 + x] as number)
      }
      const o = i * n + j
      out[o] = s0
      out[o + 1] = s1
      out[o + 2] = s2
      out[o + 3] = s3
    }
    for (; j < n; j++) out[i * n + j] = dot(a, ai, b, j * k, k)
  }
}

/** out[m×k] = a[m×n] · b[n×k] */
export function multiply(a: Float32Array, b: Float32Array, out: Float32Array, m: number, n: number, k: number): void {
  out.fill(0, 0, m * k)
  for (let i = 0; i < m; i++) {
    const oi = i * k
    let j = 0
    for (; j + 4 <= n; j += 4) {
      const w0 = a[i * n + j] as number
      const w1 = a[i * n + j + 1] as number
      const w2 = a[i * n + j + 2] as number
      const w3 = a[i * n + j + 3] as number
      const b0 = j * k
      const b1 = b0 + k
      const b2 = b1 + k
      const b3 = b2 + k
      for (let x = 0; x < k; x++) {
        out[oi + x] =
          (out[oi + x] as number) + w0 * (b[b0 + x] as number) + w1 * (b[b1 + x] as number) + w2 * (b[b2 + x] as number) + w3 * (b[b3 + x] as number)
      }
    }
    for (; j < n; j++) addScaled(out, oi, b, j * k, a[i * n + j] as number, k)
  }
}

/** target[at…at+k] += scale · source[from…from+k] */
export function addScaled(target: Float32Array, at: number, source: Float32Array, from: number, scale: number, k: number): void {
  for (let x = 0; x < k; x++) target[at + x] = (target[at + x] as number) + scale * (source[from + x] as number)
}

/** @returns the inner product of two rows of length `k`. */
export function dot(a: Float32Array, at: number, b: Float32Array, from: number, k: number): number {
  let sum = 0
  for (let x = 0; x < k; x++) sum += (a[at + x] as number) * (b[from + x] as number)
  return sum
}

/** @returns `a` (m×n) with rows and columns exchanged. */
export function transpose(a: Float32Array, m: number, n: number): Float32Array {
  const out = new Float32Array(m * n)
  for (let i = 0; i < m; i++) for (let j = 0; j < n; j++) out[j * m + i] = a[i * n + j] as number
  return out
}
