/** "Có ích" or "chưa ổn" under an answer, with a word where it was not. */
import type { Feedback } from '../contract.ts'
import type { Answer } from './api.ts'
import { button, el, icon, set } from './dom.ts'
import type { Store } from './store.ts'
import { FEEDBACK } from './words.ts'

const LONGEST_WORD = 500

export interface FeedbackPort {
  readonly store: Store
  readonly rate: (feedback: Feedback) => Promise<Answer<unknown>>
}

type Value = Feedback['value']

export function renderFeedback(message: string, port: FeedbackPort): HTMLElement {
  const said = set(el('span', 'feedback-said'), { role: 'status' })
  const word = el('div', 'feedback-word')
  const thumbs = { up: thumb('up', () => choose('up')), down: thumb('down', () => choose('down')) }
  const show = (value: string | null) => {
    for (const [name, node] of Object.entries(thumbs)) node.setAttribute('aria-pressed', String(name === value))
  }
  const choose = async (value: Value) => {
    show(value)
    word.replaceChildren(...(value === 'down' ? wordForm((text) => send({ message, value, word: text })) : []))
    await send({ message, value })
  }
  const send = async (feedback: Feedback) => {
    said.textContent = ''
    const answer = await port.rate(feedback)
    if (answer.kind !== 'ok') return fail(feedback)
    port.store.set(keyOf(message), feedback.value)
    if (feedback.word) word.replaceChildren()
    said.textContent = feedback.word ? FEEDBACK.sent : FEEDBACK.thanks
  }
  const fail = (feedback: Feedback) => {
    said.textContent = FEEDBACK.failed
    if (!feedback.word) show(port.store.get(keyOf(message)))
  }
  show(port.store.get(keyOf(message)))
  const row = set(el('div', 'feedback-row', thumbs.up, thumbs.down, said), { role: 'group', 'aria-label': FEEDBACK.ask })
  return el('div', 'feedback', row, word)
}

const keyOf = (message: string) => `rated:${message}`

function thumb(name: Value, onClick: () => void): HTMLButtonElement {
  const node = button('thumb', icon(name), onClick)
  node.append(el('span', '', FEEDBACK[name]))
  return node
}

function wordForm(send: (text: string) => void): Node[] {
  const input = el('textarea', 'field')
  input.rows = 2
  input.maxLength = LONGEST_WORD
  const label = el('label', 'field-label', FEEDBACK.word, input)
  const submit = button('choice', FEEDBACK.send, () => {
    const text = input.value.trim()
    if (text) send(text)
    else input.focus()
  })
  return [label, submit]
}
