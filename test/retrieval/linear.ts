/** Lengths and cosines, so that tests do not lean on the code they check. */
export function length(a: Iterable<number> | undefined): number {
  return Math.hypot(...(a ?? [Number.NaN]))
}

export function cosine(a: Iterable<number> | undefined, b: Iterable<number> | undefined): number {
  const [x, y] = [[...(a ?? [])], [...(b ?? [])]]
  if (x.length === 0 || x.length !== y.length) return Number.NaN
  return x.reduce((sum, value, i) => sum + value * (y[i] ?? Number.NaN), 0) / (length(x) * length(y))
}
