/** Where the papers of a case are offered in the chat: in its receipt, and anew to whoever asks how far their own case is. */
import { describe, expect, it } from 'vitest'
import { newDraft } from '../../../bot/complaint/draft.ts'
import { confirmNow } from '../../../bot/complaint/ending.ts'
import { ownCasesSaid } from '../../../bot/conversation/case-talk.ts'
import type { OwnCase } from '../../../bot/conversation/deciding.ts'
import { INTAKE } from '../../../bot/wording/complaint.ts'
import { plainGuide } from './guide.ts'

const NOW = Date.UTC(2026, 10, 26, 3)
const LINK = 'https://antam.example.vn/letters/GL26-1?until=1&sig=x'
const consents = [{ purpose: 'handle' as const, version: '1', at: NOW, message: 'm' }]
const draft = { ...newDraft('mua áo', NOW), stage: 'summary' as const, consents }
const input = { draft, text: 'x', messageId: 'm', now: NOW, asOf: '2026-11-26', newCase: 'GL26-1', guide: plainGuide }

const one = (number: string): OwnCase => ({ number, confirmedAt: NOW, issue: 'x', status: 'confirmed', about: '', purposes: [], held: false })

describe('the link to the papers', () => {
  it('stands in the receipt of a case, and only where people can follow it', () => {
    expect(JSON.stringify(confirmNow({ ...input, letterLink: LINK }).sections)).toContain(INTAKE.papers(LINK))
    expect(JSON.stringify(confirmNow(input).sections)).not.toMatch(/giấy biên nhận \(/)
  })

  it('is given anew for the latest of the cases that a person asks about', () => {
    const said = JSON.stringify(ownCasesSaid([one('GL26-2'), one('GL26-1')], (number) => `https://antam.example.vn/letters/${number}`))
    expect(said).toContain(INTAKE.papers('https://antam.example.vn/letters/GL26-2'))
    expect(said).not.toContain('letters/GL26-1')
    expect(JSON.stringify(ownCasesSaid([one('GL26-2')], () => undefined))).not.toContain('letters')
  })
})
