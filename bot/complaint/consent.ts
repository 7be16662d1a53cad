/** What a person may agree to, each for itself, never ticked beforehand. The words have a version that is kept with the answer. */
import { fold } from '../../knowledge/language/normalise.ts'

export const PURPOSES = ['handle', 'authority', 'respondent', 'warning'] as const
export type Purpose = (typeof PURPOSES)[number]

/** Changes whenever a word of {@link CONSENT_TEXT} does. */
export const CONSENT_VERSION = '2026-11-26'

export const CONSENT_TEXT: Readonly<Record<Purpose, string>> = {
  handle: 'Hội lưu và xử lý hồ sơ của tôi, gọi lại cho tôi khi cần (bắt buộc thì Hội mới giúp được)',
  authority: 'Hội chuyển hồ sơ, có tên và số điện thoại của tôi, cho cơ quan nhà nước có thẩm quyền',
  respondent: 'Hội liên hệ bên bán và cho họ biết tên tôi, nội dung tôi khiếu nại',
  warning: 'Hội dùng câu chuyện của tôi, bỏ tên, để cảnh báo người khác',
}

/** For who need not choose: what most people mean. */
export const CONSENT_CHOICES: readonly (readonly [words: string, purposes: readonly Purpose[]])[] = [
  ['Đồng ý cả bốn việc', PURPOSES],
  ['Đồng ý 1, 2 và 3', ['handle', 'authority', 'respondent']],
  ['Chỉ đồng ý 1', ['handle']],
  ['Không đồng ý', []],
]

/** @returns what was agreed to; undefined where the message does not say: nothing is ever guessed. */
export function consentIn(text: string): readonly Purpose[] | undefined {
  const said = fold(text).trim()
  const choice = CONSENT_CHOICES.find(([words]) => fold(words) === said)
  if (choice) return choice[1]
  if (/^(dong y|ok|co)?\s*(tat ca|het|ca bon|ca 4|toan bo)$/.test(said)) return PURPOSES
  if (/^(toi |em |minh )?khong( dong y)?( gi)?( ca)?$/.test(said)) return []
  return numbered(said)
}

/** "1 3", "đồng ý 1, 2 và 4": numbers and nothing else. */
function numbered(said: string): readonly Purpose[] | undefined {
  const numbers = said
    .replace(/^(toi |em |minh )?(dong y|chon|so|ok)\s*/, '')
    .split(/[\s,.;]+|(?:va)/)
    .filter(Boolean)
  if (numbers.length === 0 || !numbers.every((number) => /^[1-4]$/.test(number))) return undefined
  return PURPOSES.filter((_purpose, i) => numbers.includes(String(i + 1)))
}
