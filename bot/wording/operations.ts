/** What a citizen reads while something is switched off, and how a moment is written. */
import { HOTLINE } from './vi.ts'

/** @returns the sentence shown while the assistant pauses; `publicReason` is shown as it is and must have been written for citizens. */
export function pauseSentence(publicReason?: string): string {
  const reason = publicReason?.trim().replace(/\.$/, '')
  return `An Tâm đang tạm nghỉ${reason ? ` (${reason})` : ''} nên chưa trả lời được. Việc gấp, bạn gọi ${HOTLINE}.`
}

/** What is said of one function that is off, while the rest goes on. */
export const FUNCTION_PAUSED = {
  attachments: 'Hiện chưa nhận được ảnh và tệp. Bạn kể lại bằng chữ giúp tôi nhé, giữ kỹ tệp gốc để dùng sau.',
  handoff: `Hiện chưa nối được với cán bộ Hội trong khung chat này. Việc gấp, bạn gọi ${HOTLINE}.`,
} as const

const moment = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Ho_Chi_Minh', dateStyle: 'short', timeStyle: 'medium' })

/** @returns `at` (milliseconds UTC) as it is read in Vietnam: "26/11/2026 14:05:09". */
export function momentText(at: number): string {
  return moment.format(at).replace(',', '')
}
