/** Where the new moons and the sun stand: the two astronomical questions that the lunar calendar asks. */

/** Days since 1970-01-01; a fraction is a time of day in UT. */
export type Moment = number

const RADIANS = Math.PI / 180
const UNIX_EPOCH = 2440587.5
const J2000 = 2451545
const CENTURY = 36525
const sin = (degrees: number): number => Math.sin(degrees * RADIANS)

/** The middle length of a month, in days. */
export const MONTH = 29.530588861
/** The first new moon of the year 2000, number 0 of Meeus' count. */
const FIRST_NEW_MOON = 2451550.09766

/**
 * Terms of Meeus, Astronomical Algorithms (2nd edition), chapter 49, for the new moon:
 * days, power of E, multiples of M (sun's anomaly), M' (moon's anomaly), F (argument of latitude).
 */
const MOON_TERMS: readonly (readonly [number, number, number, number, number])[] = [
  [-0.4072, 0, 0, 1, 0],
  [0.17241, 1, 1, 0, 0],
  [0.01608, 0, 0, 2, 0],
  [0.01039, 0, 0, 0, 2],
  [0.00739, 1, -1, 1, 0],
  [-0.00514, 1, 1, 1, 0],
  [0.00208, 2, 2, 0, 0],
  [-0.00111, 0, 0, 1, -2],
  [-0.00057, 0, 0, 1, 2],
  [0.00056, 1, 1, 2, 0],
  [-0.00042, 0, 0, 3, 0],
  [0.00042, 1, 1, 0, 2],
  [0.00038, 1, 1, 0, -2],
  [-0.00024, 1, -1, 2, 0],
  [-0.00007, 0, 2, 1, 0],
  [0.00004, 0, 0, 2, -2],
  [0.00004, 0, 3, 0, 0],
  [0.00003, 0, 1, 1, -2],
  [0.00003, 0, 0, 2, 2],
  [-0.00003, 0, 1, 1, 2],
  [0.00003, 0, -1, 1, 2],
  [-0.00002, 0, -1, 1, -2],
  [-0.00002, 0, 1, 3, 0],
  [0.00002, 0, 0, 4, 0],
]

/** The planets' pull on the moon, from the same chapter: days, degrees at number 0, degrees a month. */
const PLANET_TERMS: readonly (readonly [number, number, number])[] = [
  [0.000325, 299.77, 0.107408],
  [0.000165, 251.88, 0.016321],
  [0.000164, 251.83, 26.651886],
  [0.000126, 349.42, 36.412478],
  [0.00011, 84.66, 18.206239],
  [0.000062, 141.74, 53.303771],
  [0.00006, 207.14, 2.453732],
  [0.000056, 154.84, 7.30686],
  [0.000047, 34.52, 27.261239],
  [0.000042, 207.19, 0.121824],
  [0.00004, 291.34, 1.844379],
  [0.000037, 161.72, 24.198154],
  [0.000035, 239.56, 25.513099],
  [0.000023, 331.55, 3.592518],
]

/** @returns the number of the last new moon at or before about `moment`: right to within one. */
export function aboutNewMoon(moment: Moment): number {
  return Math.floor((moment + UNIX_EPOCH - FIRST_NEW_MOON) / MONTH)
}

/** @returns when new moon number `k` happens (Meeus, chapter 49: to within about a minute for these centuries). */
export function newMoon(k: number): Moment {
  const t = k / 1236.85
  const mean = FIRST_NEW_MOON + MONTH * k + t * t * (0.00015437 + t * (-0.00000015 + t * 0.00000000073))
  return civil(mean + moonTerms(k, t) + planetTerms(k, t))
}

function moonTerms(k: number, t: number): number {
  const e = 1 - 0.002516 * t - 0.0000074 * t * t
  const sun = 2.5534 + 29.1053567 * k - t * t * (0.0000014 + 0.00000011 * t)
  const moon = 201.5643 + 385.81693528 * k + t * t * (0.0107582 + t * (0.00001238 - 0.000000058 * t))
  const latitude = 160.7108 + 390.67050284 * k + t * t * (-0.0016118 + t * (-0.00000227 + 0.000000011 * t))
  const node = 124.7746 - 1.56375588 * k + t * t * (0.0020672 + 0.00000215 * t)
  const terms = MOON_TERMS.map(([days, power, m, n, f]) => days * e ** power * sin(m * sun + n * moon + f * latitude))
  return total(terms) - 0.00017 * sin(node)
}

function planetTerms(k: number, t: number): number {
  const [first, ...others] = PLANET_TERMS.map(([days, start, step], at) => days * sin(start + step * k - (at === 0 ? 0.009173 * t * t : 0)))
  return (first ?? 0) + total(others)
}

/** @returns the apparent longitude of the sun in degrees, 0 to 360 (Meeus, chapter 25, with the planets' pull of his earlier book: to about 0.003°, five minutes of time). */
export function sunLongitude(moment: Moment): number {
  const t = (dynamical(moment) - J2000) / CENTURY
  const anomaly = 357.52911 + 35999.05029 * t - 0.0001537 * t * t
  const centre = (1.914602 - 0.004817 * t) * sin(anomaly) + (0.019993 - 0.000101 * t) * sin(2 * anomaly) + 0.000289 * sin(3 * anomaly)
  const nutation = -0.00478 * sin(125.04 - 1934.136 * t)
  return turn(280.46646 + 36000.76983 * t + 0.0003032 * t * t + centre + sunPulled(t + 1) - 0.00569 + nutation)
}

/** Venus twice, Jupiter, the moon, and a slow term; `t` in centuries since 1900. */
function sunPulled(t: number): number {
  const cos = (degrees: number): number => sin(degrees + 90)
  const venus = 0.00134 * cos(153.23 + 22518.7541 * t) + 0.00154 * cos(216.57 + 45037.5082 * t)
  return venus + 0.002 * cos(312.69 + 32964.3577 * t) + 0.00179 * sin(350.74 + 445267.1142 * t) + 0.00178 * sin(231.19 + 20.2 * t)
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, one) => sum + one, 0)
const turn = (degrees: number): number => ((degrees % 360) + 360) % 360

/** The earth turns ever slower: seconds that the even time of the sky is ahead of UT. Measured to 2020, then as Espenak and Meeus expect it. */
const SLOWING: readonly (readonly [year: number, seconds: number])[] = [
  [1900, -3],
  [1920, 21],
  [1940, 24],
  [1960, 33],
  [1980, 51],
  [2000, 64],
  [2020, 69],
  [2050, 93],
  [2100, 203],
  [2150, 328],
  [2200, 442],
]

/** On the straight line between the two years around it. */
function slowing(year: number): number {
  const after = Math.max(
    1,
    SLOWING.findIndex(([known]) => known > year),
  )
  const [[from, low], [to, high]] = SLOWING.slice(after - 1, after + 1) as [readonly [number, number], readonly [number, number]]
  return low + ((high - low) * (year - from)) / (to - from)
}

const aheadDays = (julian: number): number => slowing(2000 + (julian - J2000) / 365.25) / 86_400
const civil = (julian: number): Moment => julian - aheadDays(julian) - UNIX_EPOCH
const dynamical = (moment: Moment): number => moment + UNIX_EPOCH + aheadDays(moment + UNIX_EPOCH)
