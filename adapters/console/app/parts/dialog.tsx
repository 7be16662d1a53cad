/** Windows over the page. The browser keeps the focus in them and closes them on Escape; afterwards the focus is where it was. */
import type { ComponentChildren } from 'preact'
import { useId, useLayoutEffect, useRef } from 'preact/hooks'
import { type Deed, useDeed } from '../use.ts'
import { COMMON } from '../words.ts'
import { Icon } from './icons.tsx'
import { Trouble } from './page.tsx'

interface DialogProps {
  readonly title: string
  readonly onClose: () => void
  readonly children: ComponentChildren
}

export function Dialog({ title, onClose, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  useLayoutEffect(() => {
    const opener = document.activeElement as HTMLElement | null
    const node = dialog.current
    node?.showModal()
    // The first thing to fill in, not the button that closes.
    node?.querySelector<HTMLElement>('.dialog-body :is(input, select, textarea)')?.focus()
    return () => {
      node?.close()
      opener?.focus()
    }
  }, [])
  // Whoever opened the window takes it away; the browser would only hide it.
  const cancel = (event: Event) => {
    event.preventDefault()
    onClose()
  }
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby={id} onCancel={cancel}>
      <div class="dialog-head">
        <h2 id={id}>{title}</h2>
        <button type="button" class="round" aria-label={COMMON.close} title={COMMON.close} onClick={onClose}>
          <Icon name="close" />
        </button>
      </div>
      <div class="dialog-body">{children}</div>
    </dialog>
  )
}

interface AskProps {
  readonly title: string
  readonly lead?: string
  readonly submit: string
  readonly onClose: () => void
  /** Throws what the officer is told; the window closes when it ends well. */
  readonly work: () => Promise<unknown>
  /** Whether what is written may be sent. */
  readonly ready?: boolean
  readonly urgent?: boolean
  readonly children?: ComponentChildren
}

/** Asks once before something is done. */
export function Ask({ title, lead, submit, onClose, work, ready = true, urgent = false, children }: AskProps) {
  const deed = useDeed()
  const go = async (event: Event) => {
    event.preventDefault()
    if (ready && (await deed.run(work))) onClose()
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form class="form" onSubmit={go}>
        {lead && <p class="lead">{lead}</p>}
        {children}
        <Trouble text={deed.trouble} />
        <AskButtons deed={deed} submit={submit} ready={ready} urgent={urgent} onClose={onClose} />
      </form>
    </Dialog>
  )
}

type ButtonsProps = Required<Pick<AskProps, 'submit' | 'ready' | 'urgent' | 'onClose'>> & { readonly deed: Deed }

function AskButtons({ deed, submit, ready, urgent, onClose }: ButtonsProps) {
  return (
    <div class="buttons">
      <button type="submit" class={urgent ? 'button strong urgent' : 'button strong'} disabled={!ready || deed.busy}>
        {submit}
      </button>
      <button type="button" class="button" onClick={onClose}>
        {COMMON.cancel}
      </button>
    </div>
  )
}
