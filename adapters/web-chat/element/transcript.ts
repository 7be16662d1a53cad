/** The visitor's own conversation as text to copy and as paper to print. */
import { el, set } from './dom.ts'
import type { Item } from './thread.ts'
import { ATTACH, COPY, ownerLine, SAY, STATE } from './words.ts'

const whenSaid = (at: number) => new Intl.DateTimeFormat('vi-VN', { dateStyle: 'short', timeStyle: 'short' }).format(new Date(at))
export const dayInWords = () => new Intl.DateTimeFormat('vi-VN', { dateStyle: 'long' }).format(new Date())

/** @returns the whole conversation as plain text; empty when nothing was said */
export function transcript(items: readonly Item[], house: string): string {
  const said = items.map(paragraph).filter(Boolean)
  return said.length > 0 ? [COPY.heading(house, dayInWords()), ...said].join('\n\n') : ''
}

function paragraph(item: Item): string {
  switch (item.kind) {
    case 'own':
      return `${SAY.youSaid} (${whenSaid(item.message.at)}):\n${[item.message.attachment ? `[${ATTACH.file}]` : '', item.message.text].filter(Boolean).join(' ')}`
    case 'pending':
      return pendingParagraph(item.pending.sent)
    case 'reply':
      return `${item.reply.author === 'staff' ? item.reply.officer || SAY.someOfficer : COPY.machine} (${whenSaid(item.reply.at)}):\n${item.reply.text}`
    case 'owner':
      return `– ${ownerLine(item.owner)} (${whenSaid(item.owner.at)}) –`
  }
}

function pendingParagraph(sent: Extract<Item, { kind: 'pending' }>['pending']['sent']): string {
  const words = 'text' in sent ? sent.text : 'choice' in sent ? sent.choice : [`[${ATTACH.file}]`, sent.caption].filter(Boolean).join(' ')
  return `${SAY.youSaid} (${STATE.held}):\n${words}`
}

/** @returns whether the browser let it be copied */
export async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

/** Where copying is not allowed: the text, selected, for the hand. */
export function copyByHand(text: string): { readonly nodes: Node[]; readonly select: () => void } {
  const box = set(el('textarea', 'field transcript'), { readonly: '', rows: '12', 'aria-label': COPY.title })
  box.value = text
  const select = () => {
    box.focus()
    box.select()
  }
  return { nodes: [el('p', '', COPY.byHand), box], select }
}

/**
 * Prints the conversation alone, also inside somebody else's page: while printing, that page is hidden and a copy of the conversation stands in its place.
 * @param sheets the styles of the chat
 */
export function printAlone(log: HTMLElement, title: string, sheets: readonly CSSStyleSheet[], tag: string): void {
  const paper = document.createElement(tag)
  const root = paper.attachShadow({ mode: 'open' })
  root.adoptedStyleSheets = [...sheets]
  root.append(el('div', 'root paper', el('h1', 'paper-title', title), log.cloneNode(true)))
  document.body.append(paper)
  const show = hideRest(tag)
  const tidy = () => {
    paper.remove()
    show()
  }
  addEventListener('afterprint', tidy, { once: true })
  print()
}

/** Phones before 2023 cannot hide the page around; they print all of it. */
function hideRest(tag: string): () => void {
  if (!('adoptedStyleSheets' in document)) return () => {}
  const hide = new CSSStyleSheet()
  hide.replaceSync(`@media print{body>*{display:none!important}body>${tag}{display:block!important}}@media screen{body>${tag}{display:none}}`)
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, hide]
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== hide)
  }
}
