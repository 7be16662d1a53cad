/** What a Vietnamese syllable can look like: initial, rime, tone. Knows nothing of which syllables are in use. */
import { canonical } from './normalise.ts'

const INITIAL = /^(ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdđghklmnprstvx])?(.+)$/u
const TONES = '\u0300\u0301\u0303\u0309\u0323'
const TONE = new RegExp(`[${TONES}]`, 'g')
const STOPPED = /(?:c|ch|p|t)$/
const STOPPED_TONES = new Set(['\u0301', '\u0323'])

const RIMES = new Set(
  `a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
  e ec em en eng eo ep et ê êch êm ên ênh êp êt êu i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
  o oc oi om on ong oong op ot oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet
  ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt uân uâng uât uây uê uêch uên uênh uêt uêu
  uơ uy uya uych uyên uyêt uynh uyt uyu ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y ych ym yn ynh yt yêm yên yêng yêt yêu`.split(
    /\s+/,
  ),
)

/** @returns whether `word` (any case, composed or not) is spelt as a Vietnamese syllable; "k" before e, ê, i only, stops with ´ or . only. */
export function isSyllable(word: string): boolean {
  const marked = canonical(word).normalize('NFD')
  const tones = marked.match(TONE) ?? []
  const [, initial = '', rime = ''] = marked.replace(TONE, '').normalize('NFC').match(INITIAL) ?? []
  if (tones.length > 1 || (STOPPED.test(rime) && tones[0] !== undefined && !STOPPED_TONES.has(tones[0]))) return false
  return spelt(initial, rime) || (initial === 'gi' && spelt('g', `i${rime}`))
}

function spelt(initial: string, rime: string): boolean {
  if (!RIMES.has(rime) || (/^y./.test(rime) && initial !== 'qu' && (initial !== '' || !rime.startsWith('yê')))) return false
  if (/^(?:k|gh|ngh)$/.test(initial)) return /^[eêiy]/.test(rime)
  if (/^(?:c|g|ng)$/.test(initial)) return initial === 'g' ? !/^[eêy]/.test(rime) : !/^[eêiy]/.test(rime)
  return initial !== 'qu' || !/^(?:u|ư|o$|oa|oe)/.test(rime)
}
