/** The parts of the knowledge desk, above each of its pages. */
import { Link, useLocation } from 'wouter-preact'
import { SHELF_NAV, SHELF_TABS } from '../words-shelf.ts'

export function ShelfTabs() {
  const [location] = useLocation()
  return (
    <nav class="tabs" aria-label={SHELF_NAV.label}>
      {SHELF_TABS.map(([href, label]) => (
        <Link key={href} href={href} class="tab" aria-current={location.startsWith(href) ? 'page' : undefined}>
          {label}
        </Link>
      ))}
    </nav>
  )
}
