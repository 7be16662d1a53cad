/** The box at the bottom: grows with the text, Enter sends, and an input method that is composing a word keeps its Enter. */
import { el, icon, iconButton, set } from './dom.ts'
import { COMPOSER } from './words.ts'

export interface ComposerActions {
  readonly send: (text: string) => void
  readonly typed: () => void
  readonly attach: () => void
}

const DEFAULT_LIMIT = 4_000

export class Composer {
  readonly node = el('form', 'composer-form')
  readonly attach: HTMLButtonElement
  readonly box = set(el('textarea', 'question'), { id: 'question', rows: '1', enterkeyhint: 'send', placeholder: COMPOSER.placeholder })
  limit = DEFAULT_LIMIT
  private readonly hint = set(el('p', 'hint', COMPOSER.hint), { id: 'hint' })

  constructor(private readonly actions: ComposerActions) {
    this.attach = iconButton('round attach', 'clip', COMPOSER.attach, actions.attach)
    this.attach.hidden = true
    const send = set(el('button', 'send', icon('send')), { type: 'submit', 'aria-label': COMPOSER.send, title: COMPOSER.send })
    set(this.box, { 'aria-label': COMPOSER.label, 'aria-describedby': 'hint', autocomplete: 'off' })
    this.node.noValidate = true
    this.node.append(el('div', 'box', this.attach, this.box, send), this.hint)
    this.listen()
  }

  /** Puts words in the box, before what is being written there. */
  fill(words: string): void {
    this.box.value = [words, this.box.value].filter(Boolean).join('\n')
    this.size()
    this.box.focus()
  }

  size(): void {
    this.box.style.height = 'auto'
    this.box.style.height = `${this.box.scrollHeight + 2}px`
    const count = Array.from(this.box.value.trim()).length
    this.hint.textContent = count > this.limit ? COMPOSER.tooLong(count, this.limit) : COMPOSER.hint
    this.hint.classList.toggle('wrong', count > this.limit)
  }

  private listen(): void {
    this.node.addEventListener('submit', (event) => {
      event.preventDefault()
      this.submit()
    })
    this.box.addEventListener('input', () => {
      this.size()
      this.actions.typed()
    })
    this.box.addEventListener('keydown', (event) => {
      // 229 is how older Safari says that the key belongs to the input method.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
      event.preventDefault()
      this.submit()
    })
  }

  private submit(): void {
    const text = this.box.value.trim()
    const fits = text !== '' && Array.from(text).length <= this.limit
    if (!fits) this.box.focus()
    else {
      this.box.value = ''
      this.size()
      this.actions.send(text)
    }
  }
}
