/** A paper as a page that is read on a phone and printed on A4. No script: who wants it on paper uses the browser's own print. */
import type { Block, Paper } from '../../bot/complaint/paper.ts'
import { LETTER, LETTER_DOOR, LETTER_PAGE, STATE_HEAD } from '../../bot/wording/letter.ts'
import { PAPER_STYLE, SHELL_STYLE } from './page-style.ts'
import { printable, printableLines } from './printable.ts'

/** A link to the same case in another form. */
export interface PageLink {
  readonly label: string
  readonly href: string
}

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** @returns `text` as it may stand in an element or a quoted attribute. */
export function escaped(text: string): string {
  return printable(text).replace(/[&<>"']/g, (one) => ESCAPES[one] ?? '')
}

/** @returns the whole page. @param nonce allows exactly the style of this page */
export function paperPage(paper: Paper, links: readonly PageLink[], nonce: string): string {
  const { name, foot, notes, blocks } = paper
  const before = [LETTER_DOOR.print, ...notes].map((line) => `<li>${escaped(line)}</li>`).join('')
  return shell(
    name,
    `${SHELL_STYLE}${PAPER_STYLE}${running(foot)}`,
    nonce,
    `<aside class="notes" aria-label="${LETTER_DOOR.before}"><p><strong>${LETTER_DOOR.before}</strong></p>${navigation(links)}<ul>${before}</ul></aside>
<main class="paper">${blocks.map(drawn).join('\n')}<p class="foot">${escaped(foot)}</p></main>`,
  )
}

/** @returns the page that a link in a chat opens: nothing of the case is on it, since messengers fetch what is linked to show a preview. */
export function coverPage(groups: readonly { readonly title: string; readonly links: readonly PageLink[] }[], until: string, nonce: string): string {
  const parts = groups.map(({ title, links }) => `<h2>${escaped(title)}</h2>${navigation(links, title)}`).join('\n')
  return shell(
    LETTER_DOOR.cover,
    SHELL_STYLE,
    nonce,
    `<main class="cover"><h1>${LETTER_DOOR.cover}</h1>${parts}<p>${escaped(LETTER_DOOR.until(until))}</p></main>`,
  )
}

/** @returns the page where a link opens nothing; the same whatever the reason. */
export function gonePage(nonce: string): string {
  return shell(LETTER_DOOR.cover, SHELL_STYLE, nonce, `<main class="cover"><h1>${LETTER_DOOR.cover}</h1><p>${LETTER_DOOR.gone}</p></main>`)
}

/** @returns a whole page that runs nothing and loads nothing. @param body HTML, escaped already */
export function shell(title: string, style: string, nonce: string, body: string): string {
  return `<!doctype html>
<html lang="vi">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escaped(title)}</title>
<style nonce="${escaped(nonce)}">${style}</style>
</head>
<body>
${body}
</body>
</html>
`
}

function navigation(links: readonly PageLink[], of: string = LETTER_DOOR.cover): string {
  const items = links.map(({ label, href }) => `<li><a href="${escaped(href)}">${escaped(label)}</a></li>`)
  return items.length === 0 ? '' : `<nav aria-label="${escaped(of)}"><ul>${items.join('')}</ul></nav>`
}

/** The foot of every printed page, where the browser can draw it. Letters, digits and dashes only: it stands inside a style. */
function running(foot: string): string {
  const text = printable(foot).replace(/[^\p{L}\p{M}\p{N} -]/gu, '')
  return `@page{@bottom-center{content:"${text}"}}`
}

function drawn(block: Block): string {
  switch (block.kind) {
    case 'head':
      return head(block.office)
    case 'place':
      return `<p class="place">${escaped(block.text)}</p>`
    case 'title':
      return `<h1>${escaped(block.text)}</h1>${block.about === '' ? '' : `<p class="about">${escaped(block.about)}</p>`}`
    case 'to':
      return `<p class="to">${LETTER.to}: ${escaped(block.name)}</p>`
    case 'heading':
      return `<h2>${escaped(block.text)}</h2>`
    case 'field':
      return field(block.label, block.value)
    case 'paragraph':
      return `<p>${escaped(block.text)}</p>`
    case 'told':
      return `<blockquote>${lines(block.text)}</blockquote>`
    case 'list':
      return `<ol>${block.lines.map((line) => `<li>${escaped(line)}</li>`).join('')}</ol>`
    case 'blanks':
      return `<p class="field open">${BLANK}</p>`.repeat(block.count)
    case 'signature':
      return signed(block)
  }
}

function head(office: readonly string[]): string {
  const state = `<p class="state">${STATE_HEAD.map((line) => `<span>${line}</span>`).join('')}</p>`
  if (office.length === 0) return `<header>${state}</header>`
  return `<header class="beside"><p class="office">${office.map(escaped).join('<br>')}</p>${state}</header>`
}

/** Drawn as dots; read aloud as what it is. */
const BLANK = `<span class="blank"><span class="unseen">${LETTER_PAGE.blank}</span></span>`

function field(label: string, value: string): string {
  const open = printable(value) === ''
  const filled = open ? BLANK : printableLines(value).map(escaped).join('<br>')
  return `<p class="${open ? 'field open' : 'field'}"><span>${escaped(label)}:</span> ${filled}</p>`
}

function lines(text: string): string {
  return printableLines(text)
    .map((line) => `<p>${escaped(line)}</p>`)
    .join('')
}

function signed({ declared, title, hint, name }: Extract<Block, { kind: 'signature' }>): string {
  const hand = `<p><strong>${escaped(title)}</strong></p><p class="hint">${escaped(hint)}</p><p class="name">${escaped(name)}</p>`
  return `<section class="signed">${declared.map((line) => `<p>${escaped(line)}</p>`).join('')}<div class="hand">${hand}</div></section>`
}
