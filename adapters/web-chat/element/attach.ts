/** A photo or a PDF: first what to cover, then the choice, the checks that need no server, and the upload with its progress. */
import type { About, AttachmentKind } from '../contract.ts'
import { type Answer, refusal } from './api.ts'
import { button, type Child, el, set, withPhones } from './dom.ts'
import { ATTACH, kindName, sizeName } from './words.ts'

export interface AttachActions {
  readonly upload: (send: (url: string, token: string) => Promise<Answer<{ attachment: string }>>) => Promise<Answer<{ attachment: string }>>
  readonly done: (attachment: string, caption: string) => void
}

type Limits = About['attachments']

export interface Checked {
  readonly file: Blob
  readonly kind: AttachmentKind
}

/** The first bytes say what a file is; its name and the browser's guess may be wrong or missing. */
export function sniff(start: Uint8Array): AttachmentKind | undefined {
  const text = String.fromCharCode(...start.slice(0, 12))
  if (text.startsWith('\xff\xd8\xff')) return 'image/jpeg'
  if (text.startsWith('\x89PNG')) return 'image/png'
  if (text.startsWith('RIFF') && text.slice(8) === 'WEBP') return 'image/webp'
  return text.startsWith('%PDF') ? 'application/pdf' : undefined
}

/** @returns the file with its kind, or the sentence why it cannot be sent */
export async function check(file: Blob, limits: Limits): Promise<Checked | string> {
  if (file.size === 0) return ATTACH.empty
  const kind = sniff(new Uint8Array(await file.slice(0, 12).arrayBuffer()))
  if (!kind || !limits.kinds.includes(kind)) return ATTACH.wrongKind(limits.kinds)
  return file.size > limits.maxBytes ? ATTACH.tooBig(file.size, limits.maxBytes) : { file, kind }
}

/** fetch tells nothing of how far an upload has come; the older way does. */
function uploadTo(url: string, token: string, { file, kind }: Checked, progress: (share: number) => void): Promise<Answer<{ attachment: string }>> {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.setRequestHeader('authorization', `Bearer ${token}`)
    request.setRequestHeader('content-type', kind)
    request.upload.addEventListener('progress', ({ loaded, total }) => progress(total > 0 ? loaded / total : 0))
    request.addEventListener('load', () => resolve(readUpload(request)))
    for (const trouble of ['error', 'abort', 'timeout']) request.addEventListener(trouble, () => resolve({ kind: 'later' }))
    request.send(file)
  })
}

function readUpload(request: XMLHttpRequest): Answer<{ attachment: string }> {
  const body = parse(request.responseText) as { attachment?: string; error?: { message?: string } }
  if (request.status >= 200 && request.status < 300 && typeof body.attachment === 'string')
    return { kind: 'ok', body: { attachment: body.attachment } }
  return refusal(request.status, body.error?.message ?? '', request.getResponseHeader('retry-after'))
}

function parse(text: string): object {
  try {
    return (JSON.parse(text) ?? {}) as object
  } catch {
    return {}
  }
}

/** The content of the sheet. */
export function attachForm(limits: Limits, actions: AttachActions): Node[] {
  const input = set(el('input', 'unseen'), { type: 'file', accept: limits.kinds.join(','), tabindex: '-1', 'aria-hidden': 'true' })
  const choose = button('choice strong', ATTACH.choose, () => input.click())
  const place = el('div', 'attach-place')
  const trouble = set(el('p', 'wrong'), { role: 'alert' })
  input.addEventListener('change', async () => {
    const file = input.files?.[0]
    if (!file) return
    const checked = await check(file, limits)
    input.value = ''
    trouble.replaceChildren(...(typeof checked === 'string' ? withPhones(checked) : []))
    choose.textContent = ATTACH.chooseAgain
    choose.classList.remove('strong')
    if (typeof checked === 'string') place.replaceChildren()
    else place.replaceChildren(...chosen(checked, actions, (words) => trouble.replaceChildren(...words)))
  })
  const care = el('p', 'care-strong', ATTACH.care)
  return [care, el('p', 'small', ATTACH.limits(limits.kinds, limits.maxBytes)), trouble, place, el('div', 'actions', choose), input]
}

function chosen(checked: Checked, actions: AttachActions, trouble: (words: Child[]) => void): Node[] {
  const name = el('p', 'file', el('span', 'capital', `${kindName(checked.kind)}, ${sizeName(checked.file.size)}`))
  const caption = set(el('textarea', 'field'), { rows: '2', maxlength: '1000' })
  const bar = set(el('progress', 'progress'), { 'aria-label': ATTACH.progress, max: '1', value: '0' })
  bar.hidden = true
  const send = button('choice strong', ATTACH.send, async () => {
    if (send.getAttribute('aria-disabled') === 'true') return
    send.setAttribute('aria-disabled', 'true')
    bar.hidden = false
    trouble([])
    const answer = await actions.upload((url, token) => uploadTo(url, token, checked, (share) => (bar.value = share)))
    send.removeAttribute('aria-disabled')
    bar.hidden = true
    if (answer.kind === 'ok') actions.done(answer.body.attachment, caption.value.trim())
    else trouble(withPhones(answer.message || ATTACH.failed))
  })
  return [name, el('label', 'field-label', ATTACH.caption, caption), bar, send]
}
