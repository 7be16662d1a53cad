/** Warnings as pages that need no script, and as a feed. Everything that was written is escaped; nothing is loaded. */
import type { ShownWarning } from '../../bot/warning/content.ts'
import { figuresSaid, WARNING_PAGE } from '../../bot/wording/warnings.ts'
import { type Day, dayInVietnam, formatDay } from '../../knowledge/validity.ts'
import { PAGE_STYLE } from './style.ts'

export interface PageParts {
  /** The association's name; empty when not configured. */
  readonly office: string
  /** Where people reach the service; undefined where nobody outside could. */
  readonly base: string | undefined
}

const SIGNS: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }
const safe = (text: string): string => text.replace(/[\p{Cc}--[\n]]/gv, ' ').replace(/[&<>"']/g, (sign) => SIGNS[sign] ?? sign)
const dayOf = (at: number): Day => dayInVietnam(new Date(at))

/** @returns the page of all warnings, the latest first. */
export function listPage(warnings: readonly ShownWarning[], parts: PageParts, nonce: string): string {
  const rows = warnings.map(
    ({ id, content, firstAt }) =>
      `<li><h2><a href="/canh-bao/${encodeURIComponent(id)}">${safe(content.title)}</a></h2><p class="when">${time(firstAt, WARNING_PAGE.published)}</p><p>${safe(firstLine(content.opening))}</p></li>`,
  )
  const body = rows.length === 0 ? `<p class="empty">${safe(WARNING_PAGE.empty)}</p>` : `<ul class="list">${rows.join('')}</ul>`
  return document(WARNING_PAGE.title, `<h1>${safe(WARNING_PAGE.title)}</h1><p class="lead">${safe(WARNING_PAGE.lead)}</p>${body}`, parts, nonce, true)
}

const firstLine = (text: string): string => text.split('\n')[0] ?? ''
const time = (at: number, words: (day: string) => string): string => `<time datetime="${dayOf(at)}">${safe(words(formatDay(dayOf(at))))}</time>`

/** @returns the page of one warning. */
export function warningPage(warning: ShownWarning, parts: PageParts, nonce: string): string {
  const { content, figures, basis, firstAt, at } = warning
  const when = [time(firstAt, WARNING_PAGE.published), ...(dayOf(at) > dayOf(firstAt) ? [time(at, WARNING_PAGE.corrected)] : [])]
  const until = content.endsOn === null ? '' : `<p class="when">${safe(WARNING_PAGE.until(formatDay(content.endsOn)))}</p>`
  const said = figuresSaid(figures)
  const body = [
    `<h1>${safe(content.title)}</h1><p class="when">${when.join(' · ')}</p>${until}`,
    ...paragraphs(content.opening).map((text) => `<p>${safe(text)}</p>`),
    said === '' ? '' : `<p class="figures">${safe(said)}</p>`,
    section(WARNING_PAGE.signs, 'ul', content.signs),
    section(WARNING_PAGE.steps, 'ol', content.steps),
    section(WARNING_PAGE.report, 'ul', content.report),
    section(
      WARNING_PAGE.law,
      'ul',
      content.law.map(({ text }) => text),
    ),
    section(WARNING_PAGE.basis, 'ul', basis),
  ]
  return document(content.title, `<article>${body.join('')}</article>`, parts, nonce, false)
}

const paragraphs = (text: string): readonly string[] => text.split('\n').filter((line) => line.trim() !== '')

function section(heading: string, tag: 'ul' | 'ol', lines: readonly string[]): string {
  if (lines.length === 0) return ''
  return `<section><h2>${safe(heading)}</h2><${tag}>${lines.map((line) => `<li>${safe(line)}</li>`).join('')}</${tag}></section>`
}

/** @returns what is said where there is no such warning. */
export function gonePage(parts: PageParts, nonce: string): string {
  return document(WARNING_PAGE.gone, `<h1>${safe(WARNING_PAGE.title)}</h1><p>${safe(WARNING_PAGE.gone)}</p>`, parts, nonce, false)
}

function document(title: string, body: string, { office, base }: PageParts, nonce: string, first: boolean): string {
  const feed =
    base === undefined ? '' : `<link rel="alternate" type="application/atom+xml" title="${safe(WARNING_PAGE.title)}" href="/canh-bao/atom.xml">`
  const links = [
    `<a class="strong" href="/">${safe(WARNING_PAGE.ask)}</a>`,
    ...(first ? [] : [`<a href="/canh-bao">${safe(WARNING_PAGE.all)}</a>`]),
    ...(first && base !== undefined ? [`<a href="/canh-bao/atom.xml">${safe(WARNING_PAGE.feed)}</a>`] : []),
  ]
  const of = safe(WARNING_PAGE.of(office))
  return `<!doctype html>
<html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${safe(title)} – ${of}</title><meta name="color-scheme" content="light dark"><link rel="icon" href="/icon.svg" type="image/svg+xml">${feed}<style nonce="${nonce}">${PAGE_STYLE}</style></head>
<body><header><p>${of}</p><nav aria-label="${safe(WARNING_PAGE.title)}">${links.join('')}</nav></header><main>${body}</main><footer><p>${safe(WARNING_PAGE.foot)}</p></footer></body></html>`
}

/** @returns the feed (RFC 4287); `base` is where people reach the service. */
export function atomFeed(warnings: readonly ShownWarning[], { office, base }: PageParts & { readonly base: string }): string {
  const updated = Math.max(0, ...warnings.map(({ at }) => at))
  const entries = warnings.map(({ id, content, firstAt, at }) => {
    const address = `${base}/canh-bao/${encodeURIComponent(id)}`
    return `<entry><id>${safe(address)}</id><title>${safe(content.title)}</title><link href="${safe(address)}"/><published>${moment(firstAt)}</published><updated>${moment(at)}</updated><summary>${safe(content.opening)}</summary></entry>`
  })
  const of = safe(WARNING_PAGE.of(office))
  return `<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="vi"><id>${safe(base)}/canh-bao</id><title>${safe(WARNING_PAGE.title)}</title><author><name>${of}</name></author><link href="${safe(base)}/canh-bao"/><link rel="self" href="${safe(base)}/canh-bao/atom.xml"/><updated>${moment(updated)}</updated>${entries.join('')}</feed>`
}

const moment = (at: number): string => new Date(at).toISOString()
