/** The page: everything on it is text, nothing on it runs or loads. How it looks is seen in test/browser. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { coverPage, escaped, gonePage, paperPage } from '../../../adapters/letter/page.ts'
import { LETTER_PAGE } from '../../../bot/wording/letter.ts'
import { BARE, blocks, FULL, letter, receipt, told } from './papers.ts'

const page = (record: typeof FULL) => paperPage(letter(record), [], 'nonce')
/** Tags as they stand in the page, with their attributes. */
const tags = (html: string) => [...html.matchAll(/<[^>]*>/g)].map(([tag]) => tag)

describe('the page of a paper', () => {
  it('has one heading of the first level, the language, and the style of its nonce', () => {
    const html = page(FULL)
    expect(html).toContain('<html lang="vi">')
    expect(html.match(/<h1>/g)).toHaveLength(1)
    expect(html.match(/<style/g)).toHaveLength(1)
    expect(html).toContain('<style nonce="nonce">')
  })

  it('shows a blank for each that the paper has', () => {
    const paper = letter(BARE)
    const count = blocks(paper, 'blanks').reduce((sum, one) => sum + one.count, 0) + blocks(paper, 'field').length
    expect(paperPage(paper, [], 'n').split(LETTER_PAGE.blank)).toHaveLength(count + 1)
  })

  it('says on its outside nothing of the person', () => {
    for (const paper of [letter(FULL), receipt(FULL)]) expect(paperPage(paper, [], 'n').match(/<title>(.*)<\/title>/)?.[1]).toBe(paper.name)
  })

  it('keeps its tags whatever people write', () => {
    const usual = tags(page({ ...FULL, story: 'x', facts: told({ name: 'x', goods: 'x' }) }))
    const hostile = fc.stringMatching(/^[<>"'&a-z=/! -]{1,40}$/).filter((text) => text.trim() !== '')
    fc.assert(
      fc.property(hostile, (text) => {
        expect(tags(page({ ...FULL, story: text, facts: told({ name: text, goods: text }) }))).toEqual(usual)
      }),
      { seed: 3 },
    )
  })

  it('writes no link but those it was given, and those as they are', () => {
    const html = paperPage(letter(FULL), [{ label: 'Tải', href: '?a=1&b="><script>' }], 'n')
    expect(tags(html).filter((tag) => tag.startsWith('<a '))).toEqual(['<a href="?a=1&amp;b=&quot;&gt;&lt;script&gt;">'])
    expect(html).not.toMatch(/<script|<img|<link|<iframe|<form|src=|url\(/)
  })

  it('puts nothing of a case number into the style but letters, digits and dashes', () => {
    const html = paperPage({ ...letter(FULL), foot: 'a";}</style><b>{1' }, [], 'n')
    expect(html.match(/@bottom-center\{content:"([^"]*)"/)?.[1]).toBe('astyleb1')
  })
})

describe('the page that a link opens first', () => {
  it('tells nothing of the case: messengers read it for their previews', () => {
    const html = coverPage([{ title: 'Đơn để ký', links: [{ label: 'Mở', href: '?what=don' }] }], '03/12/2026 10:00:00', 'n')
    expect(html).toContain('dùng được đến 03/12/2026 10:00:00')
    expect(html).not.toMatch(/Hạnh|Hoa Xinh|GL26/)
  })

  it('is one sentence where there is nothing', () => {
    expect(tags(gonePage('n')).filter((tag) => tag === '<p>')).toHaveLength(1)
  })
})

it('escapes what HTML reads as markup', () => {
  expect(escaped(`<b> & "a" 'b'`)).toBe('&lt;b&gt; &amp; &quot;a&quot; &#39;b&#39;')
})
