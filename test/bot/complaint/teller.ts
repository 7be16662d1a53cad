/** A person who goes on from step to step, each written down and read back as between two messages. */
import { type Draft, draftSchema, newDraft } from '../../../bot/complaint/draft.ts'
import type { IntakeGuide, IntakeInput, IntakeStep } from '../../../bot/complaint/guide.ts'
import { beginIntake, takeIntake } from '../../../bot/complaint/intake.ts'
import { plainGuide } from './guide.ts'

export const NOW = Date.UTC(2026, 10, 26, 3)
export const NUMBER = 'GL26-AAA-BBB'
export const STORY = 'Tôi mua áo, respondent=ShopHoa goods=áo giao không giống ảnh'
export const REACH = 'name=Lan phone=0905000000 commune=Pleiku'

type More = Partial<Pick<IntakeInput, 'attachment' | 'account' | 'openCases' | 'firstReplyBy'>>

export class Teller {
  draft: Draft | null
  step: IntakeStep
  readonly #guide: IntakeGuide
  readonly #always: More
  #messages = 0

  constructor(story = '', guide: IntakeGuide = plainGuide, always: More = {}) {
    this.#guide = guide
    this.#always = always
    this.step = beginIntake(this.#input(newDraft(story, NOW), '', {}), guide)
    this.draft = kept(this.step.draft)
  }

  say(text: string, more: More | string = {}): IntakeStep {
    if (!this.draft) throw new Error('there is no draft any more')
    this.step = takeIntake(this.#input(this.draft, text, typeof more === 'string' ? { attachment: more } : more), this.#guide)
    this.draft = kept(this.step.draft)
    return this.step
  }

  all(...sayings: readonly string[]): this {
    for (const said of sayings) this.say(said)
    return this
  }

  #input(draft: Draft, text: string, more: More): IntakeInput {
    this.#messages++
    return { draft, text, messageId: `m${this.#messages}`, now: NOW, asOf: '2026-11-26', newCase: NUMBER, ...this.#always, ...more }
  }

  get words(): string {
    return this.step.sections.flatMap(({ heading, lines }) => [heading, ...lines.map((line) => line.text)]).join('\n')
  }
}

function kept(draft: Draft | null): Draft | null {
  return draft && draftSchema.parse(JSON.parse(JSON.stringify(draft)))
}

/** Everything told, up to the summary. */
export function atSummary(guide?: IntakeGuide, always?: More): Teller {
  return new Teller('', guide, always).all(STORY, 'amount=1200000', REACH, 'Đồng ý 1, 2 và 3')
}
