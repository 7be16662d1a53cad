/** Small makers of elements. Whatever a person or the server wrote goes in as text, never as markup. */

export type Child = Node | string

/** @returns an element with classes and children; strings become text. */
export function el<K extends keyof HTMLElementTagNameMap>(tag: K, className = '', ...children: Child[]): HTMLElementTagNameMap[K] {
  const node = document.createElement(tag)
  if (className) node.className = className
  node.append(...children)
  return node
}

/** Sets attributes and gives the element back. */
export function set<T extends Element>(node: T, attributes: Readonly<Record<string, string>>): T {
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value)
  return node
}

export function button(className: string, label: Child, onClick: () => void): HTMLButtonElement {
  const node = el('button', className, label)
  node.type = 'button'
  node.addEventListener('click', onClick)
  return node
}

/** A button that shows only a drawing; its words are for who cannot see it, and on hover. */
export function iconButton(className: string, name: IconName, label: string, onClick: () => void): HTMLButtonElement {
  return set(button(className, icon(name), onClick), { 'aria-label': label, title: label })
}

const ICONS = {
  phone:
    'M6.6 3.5c.5 0 1 .3 1.2.8l1.3 3c.2.5.1 1-.2 1.4L7.5 10.3a13 13 0 0 0 6.2 6.2l1.6-1.4c.4-.3.9-.4 1.4-.2l3 1.3c.5.2.8.7.8 1.2v2.3c0 .8-.6 1.4-1.4 1.4C10.3 21.1 2.9 13.7 2.9 4.9c0-.8.6-1.4 1.4-1.4Z',
  send: 'M12 4.5 5.5 11l1.4 1.4 4.1-4.1V20h2V8.3l4.1 4.1L18.5 11 12 4.5Z',
  close: 'm6.4 5 5.6 5.6L17.6 5 19 6.4 13.4 12l5.6 5.6-1.4 1.4-5.6-5.6L6.4 19 5 17.6l5.6-5.6L5 6.4 6.4 5Z',
  lock: 'M7 10V8a5 5 0 0 1 10 0v2h.5A1.5 1.5 0 0 1 19 11.5v7a1.5 1.5 0 0 1-1.5 1.5h-11A1.5 1.5 0 0 1 5 18.5v-7A1.5 1.5 0 0 1 6.5 10H7Zm2 0h6V8a3 3 0 0 0-6 0v2Z',
  menu: 'M12 4.2a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6Zm0 6a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6Zm0 6a1.8 1.8 0 1 1 0 3.6 1.8 1.8 0 0 1 0-3.6Z',
  clip: 'M16.5 6.5v9.7a4.4 4.4 0 0 1-8.8 0V6a2.9 2.9 0 0 1 5.8 0v9.1a1.4 1.4 0 0 1-2.8 0V7H9.2v8.1a2.9 2.9 0 0 0 5.8 0V6a4.4 4.4 0 0 0-8.8 0v10.2a5.9 5.9 0 0 0 11.8 0V6.5h-1.5Z',
  up: 'M2.5 10.5h3.7v9.3H2.5v-9.3Zm19 1.1c0-.9-.8-1.7-1.7-1.7h-5.2l.8-3.8v-.3c0-.4-.1-.7-.4-1l-.9-.9-5.5 5.6c-.3.3-.5.7-.5 1.2v7.4c0 1 .8 1.7 1.7 1.7h7.2c.7 0 1.3-.4 1.5-1l2.7-6c.2-.3.3-.6.3-.9v-.3Z',
  down: 'M21.5 13.5h-3.7V4.2h3.7v9.3Zm-19-1.1c0 .9.8 1.7 1.7 1.7h5.2l-.8 3.8v.3c0 .4.1.7.4 1l.9.9 5.5-5.6c.3-.3.5-.7.5-1.2V5.9c0-1-.8-1.7-1.7-1.7H7c-.7 0-1.3.4-1.5 1l-2.7 6c-.2.3-.3.6-.3.9v.3Z',
  arrow: 'm12 19.5 6.5-6.5-1.4-1.4-4.1 4.1V4h-2v11.7l-4.1-4.1L5.5 13l6.5 6.5Z',
} as const
export type IconName = keyof typeof ICONS

const SVG = 'http://www.w3.org/2000/svg'

function shape(tag: string, attributes: Readonly<Record<string, string>>, ...children: Node[]): SVGElement {
  const node = set(document.createElementNS(SVG, tag), attributes) as SVGElement
  node.append(...children)
  return node
}

export function icon(name: IconName): SVGElement {
  const path = shape('path', { d: ICONS[name], fill: 'currentColor' })
  return shape('svg', { viewBox: '0 0 24 24', class: 'icon', 'aria-hidden': 'true' }, path)
}

/** The shield with the heart, the same as icon.svg: drawn here, so that another site has to allow no image of ours. */
export function emblem(): SVGElement {
  return shape(
    'svg',
    { viewBox: '0 0 64 64', class: 'emblem', 'aria-hidden': 'true' },
    shape('rect', { width: '64', height: '64', rx: '16', fill: '#0f5d57' }),
    shape('path', {
      d: 'M32 11c6.2 4 12 5.4 18 5.6v13.6c0 10.8-7.2 18.6-18 22.8-10.8-4.2-18-12-18-22.8V16.6C20 16.4 25.8 15 32 11Z',
      fill: '#e9f4ef',
    }),
    shape('path', {
      d: 'M32 43.5c-6.6-4.6-10.4-8.3-10.4-12.7a5.7 5.7 0 0 1 10.4-3.3 5.7 5.7 0 0 1 10.4 3.3c0 4.4-3.8 8.1-10.4 12.7Z',
      fill: '#d9673f',
    }),
  )
}

const PHONES = /(1[89]00[. ]?\d{4}(?!\d))|((?:gọi|số)(?: ngay)? )(11[345])(?!\d)/giu

/** Turns toll-free and emergency numbers into links that dial. */
export function withPhones(text: string): Child[] {
  const parts: Child[] = []
  let from = 0
  for (const match of text.matchAll(PHONES)) {
    const number = match[1] ?? match[3] ?? ''
    const at = (match.index ?? 0) + (match[2]?.length ?? 0)
    parts.push(text.slice(from, at), phone(number))
    from = at + number.length
  }
  return [...parts, text.slice(from)]
}

export function phone(number: string): HTMLAnchorElement {
  const link = el('a', 'phone', number)
  link.href = `tel:${number.replace(/\D/g, '')}`
  return link
}
