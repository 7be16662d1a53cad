/** The frame of a page: one heading that takes the focus when somebody comes here, and what stands in its place while there is nothing. */
import type { ComponentChildren } from 'preact'
import { useEffect, useRef } from 'preact/hooks'
import { COMMON } from '../words.ts'

/** The first page keeps the browser's own focus: nobody has gone anywhere yet. */
let arrived = false

/** A heading that is read out when the page changes; also the title of the tab. */
export function Heading({ text, quiet = false }: { readonly text: string; readonly quiet?: boolean }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    if (arrived) heading.current?.focus({ preventScroll: true })
    arrived = true
  }, [])
  useEffect(() => {
    document.title = `${text} – ${COMMON.app}`
  }, [text])
  return (
    <h1 ref={heading} tabIndex={-1} class={quiet ? 'unseen' : ''}>
      {text}
    </h1>
  )
}

interface PageProps {
  readonly title: string
  readonly lead?: string
  /** Beside the heading. */
  readonly actions?: ComponentChildren
  readonly children: ComponentChildren
  readonly wide?: boolean
}

export function Page({ title, lead, actions, children, wide = false }: PageProps) {
  return (
    <div class={wide ? 'page page-wide' : 'page'}>
      <div class="page-head">
        <Heading text={title} />
        {actions && <div class="page-actions">{actions}</div>}
      </div>
      {lead && <p class="lead">{lead}</p>}
      {children}
    </div>
  )
}

/** What is missing and how it comes. */
export function Empty({ children }: { readonly children: ComponentChildren }) {
  return <p class="empty">{children}</p>
}

/** What went wrong, read out at once. */
export function Trouble({ text, again }: { readonly text: string | undefined; readonly again?: (() => unknown) | undefined }) {
  if (!text) return null
  return (
    <div class="trouble" role="alert">
      <p>{text}</p>
      {again && (
        <button type="button" class="button" onClick={() => again()}>
          {COMMON.again}
        </button>
      )}
    </div>
  )
}

interface WhenProps<T> {
  readonly loaded: { readonly data: T | undefined; readonly trouble: string | undefined; readonly reload: () => unknown }
  readonly children: (data: T) => ComponentChildren
}

/** Shows what has been loaded; above it, in words, why a newer one has not come. */
export function When<T>({ loaded: { data, trouble, reload }, children }: WhenProps<T>) {
  return (
    <>
      <Trouble text={trouble} again={reload} />
      {data === undefined ? !trouble && <p class="loading">{COMMON.loading}</p> : children(data)}
    </>
  )
}
