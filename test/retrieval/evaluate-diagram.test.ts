import { DOMParser } from '@xmldom/xmldom'
import { describe, expect, it } from 'vitest'
import { abstentionBand, abstentionCurve } from '../../retrieval/evaluate/abstention.ts'
import { reliability } from '../../retrieval/evaluate/calibration.ts'
import { drawSvg, type Picture, reliabilityTable } from '../../retrieval/evaluate/diagram.ts'

const bins = reliability(Array.from({ length: 50 }, (_, i) => ({ score: i / 50, label: i % 50 > 20 })))
const decided = Array.from({ length: 60 }, (_, i) => ({ score: i / 60, answerable: i % 3 !== 0 || i > 50 }))
const PICTURE: Picture = {
  title: 'riêng · "dev" <clean> & xong',
  bins,
  curve: abstentionCurve(decided),
  band: abstentionBand(decided),
  notes: ['AUROC: 0.9'],
}

/** Throws on the first thing that is not XML. */
function parsed(svg: string) {
  const onError = (_level: string, message: string) => {
    throw new Error(message)
  }
  return new DOMParser({ onError }).parseFromString(svg, 'image/svg+xml').documentElement
}

describe('the picture', () => {
  const svg = drawSvg(PICTURE)
  const root = parsed(svg)

  it('is well-formed, and says its title in full', () => {
    expect(root?.nodeName).toBe('svg')
    expect(root?.getAttribute('aria-label')).toBe(PICTURE.title)
    const words = [...(root?.getElementsByTagName('text') ?? [])].map((t) => t.textContent)
    expect(words).toEqual(expect.arrayContaining([PICTURE.title, 'AUROC: 0.9', 'xác suất dự đoán']))
  })

  it('has a dot a bin, a stair and its band, all inside the frame', () => {
    expect(root?.getElementsByTagName('circle').length).toBe(bins.length)
    expect(root?.getElementsByTagName('polygon').length).toBe(1)
    const path = root?.getElementsByTagName('path')[0]?.getAttribute('d') ?? ''
    expect(path).toMatch(/^M[\d.]+ [\d.]+(V[\d.]+H[\d.]+)+$/)
    expect(svg).not.toMatch(/NaN|undefined|Infinity/)
    const dots = [...(root?.getElementsByTagName('circle') ?? [])].map((c) => [Number(c.getAttribute('cx')), Number(c.getAttribute('cy'))])
    for (const [x = -1, y = -1] of dots) expect(x >= 80 && x <= 420 && y >= 84 && y <= 424).toBe(true)
  })

  it('puts a probability of one that always comes true in the upper right corner', () => {
    const one = parsed(drawSvg({ ...PICTURE, bins: [{ from: 1, to: 1, n: 3, predicted: 1, right: 1 }] }))
    const dot = one?.getElementsByTagName('circle')[0]
    expect([dot?.getAttribute('cx'), dot?.getAttribute('cy')]).toEqual(['420', '84'])
  })

  it('says that there is no curve where nothing outside was asked', () => {
    const bare = parsed(drawSvg({ ...PICTURE, curve: [], band: [] }))
    expect(bare?.getElementsByTagName('path').length).toBe(0)
    expect(bare?.textContent).toContain('không có câu ngoài phạm vi để đo')
  })
})

describe('the table', () => {
  it('marks what was predicted, what came true, and where both are one', () => {
    const [head, apart, same] = reliabilityTable([
      { from: 0, to: 0.2, n: 7, predicted: 0, right: 1 },
      { from: 0.4, to: 0.6, n: 12, predicted: 0.5, right: 0.51 },
    ])
    expect(head).toContain('dự đoán')
    expect(apart).toMatch(/^0\.000 +1\.000 +7 +d·{19}T$/)
    expect(same).toMatch(/^0\.500 +0\.510 +12 +·{10}\+·{10}$/)
  })
})
