/** Everything on, nothing configured: what tests decide with where the situation does not matter. */
import { DEFAULT_LIMITS } from '../../adapters/attachments/quarantine.ts'
import type { Situation } from '../../bot/conversation/decide.ts'
import { DEFAULT_OWNER_RULES } from '../../bot/conversation/owner.ts'

export const CODE = 'AT-0123A-BCDEF'

export const ALL_ON: Situation = {
  ...{ rules: DEFAULT_OWNER_RULES, hours: '', off: {}, files: DEFAULT_LIMITS, keptDays: 90, newCode: CODE },
  elsewhere: () => [],
}
