/** Personal data: what people agreed to and ask, what is kept for how long, one person's data, and whom a breach touches. */
import type { ComponentChildren } from 'preact'
import { useState } from 'preact/hooks'
import { Page } from '../parts/page.tsx'
import { Toggle } from '../parts/small.tsx'
import { Breach } from '../privacy/breach.tsx'
import { Consents } from '../privacy/consents.tsx'
import { Person } from '../privacy/person.tsx'
import { Requests } from '../privacy/requests.tsx'
import { Retention } from '../privacy/retention.tsx'
import { PRIVACY, PRIVACY_PARTS, type PrivacyPart } from '../words-privacy.ts'

const PARTS = Object.entries(PRIVACY_PARTS) as readonly (readonly [PrivacyPart, string])[]

const SHOWN: Readonly<Record<PrivacyPart, () => ComponentChildren>> = {
  requests: () => <Requests />,
  consents: () => <Consents />,
  person: () => <Person />,
  retention: () => <Retention />,
  breach: () => <Breach />,
}

export function PrivacyPage() {
  const [part, setPart] = useState<PrivacyPart>('requests')
  return (
    <Page title={PRIVACY.title} lead={PRIVACY.lead} wide>
      <Toggle label={PRIVACY.parts} options={PARTS} value={part} onValue={setPart} />
      {SHOWN[part]()}
    </Page>
  )
}
