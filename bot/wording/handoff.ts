/** What a citizen reads when a conversation changes hands. Honest: no time is promised, and it is always clear whether a person or the machine speaks. */
import type { Tell } from '../conversation/owner.ts'
import { CHOICE, HOTLINE } from './vi.ts'

/** The words, tapped or typed, that leave the officers' queue. */
export const RETURN_CHOICE = 'Quay lại trợ lý'

const MEANWHILE = `Trong lúc chờ, bạn giữ nguyên tin nhắn, hóa đơn, biên lai, ảnh chụp để làm bằng chứng; việc gấp thì gọi ${HOTLINE}.`
const STILL_HERE = `Bạn vẫn hỏi tôi được như thường; không muốn chờ nữa thì nhắn “${RETURN_CHOICE}”.`
const ASK_AGAIN = `cần người thật thì nhắn “${CHOICE.officer}”.`
const SILENT = 'Từ đây người thật trả lời bạn; tôi là máy trả lời tự động nên im lặng, và tin bạn viết được chuyển cho cán bộ.'

/** @returns the office hours as a sentence with a space before it; nothing where none are configured. */
function officeHours(hours: string): string {
  const said = hours.trim().replace(/\.$/, '')
  return said && ` Giờ làm việc của Hội: ${said}.`
}

/** @returns the officer by name; a channel's own console does not always tell it. */
function called(name: string): string {
  return name.trim() ? `Cán bộ ${name.trim()} của Hội` : 'Một cán bộ của Hội'
}

/** One function a change: those about the queue take the office hours, those about an officer take the name. */
export const HANDOFF = Object.freeze({
  queued: (hours: string) =>
    `Tin của bạn đã vào hàng chờ của cán bộ Hội; tôi không biết chắc khi nào có người nhận nên không hứa trước.${officeHours(hours)} ${MEANWHILE} ${STILL_HERE}`,
  already_waiting: (hours: string) =>
    `Bạn đang ở trong hàng chờ của cán bộ Hội rồi, nhắn thêm không làm mất chỗ.${officeHours(hours)} ${MEANWHILE} ${STILL_HERE}`,
  still_waiting: (hours: string) =>
    `Chưa có cán bộ nào nhận tin của bạn, mong bạn thông cảm; bạn vẫn ở trong hàng chờ.${officeHours(hours)} ${MEANWHILE} ${STILL_HERE}`,
  nobody_came: (hours: string) =>
    `Xin lỗi bạn: chưa có cán bộ nào nhận tin nên lượt chờ này đã hết, bạn không còn ở trong hàng chờ.${officeHours(hours)} Việc gấp thì gọi ${HOTLINE}. Tôi, máy trả lời tự động, tiếp tục trả lời bạn ở đây; ${ASK_AGAIN}`,
  returned: (_hours: string) => `Bạn đã ra khỏi hàng chờ. Tôi, máy trả lời tự động, tiếp tục trả lời bạn; ${ASK_AGAIN}`,
  moved: (_hours: string) =>
    `Bạn đã nói tiếp việc này ở kênh khác bằng mã chuyển kênh; cán bộ, nếu có, cũng theo bạn sang đó. Ở đây tôi, máy trả lời tự động, vẫn trả lời bạn. Nếu không phải bạn nhập mã, nhắn ngay “${CHOICE.officer}”.`,
  taken: (name: string) => `${called(name)} đã nhận cuộc trò chuyện này. ${SILENT}`,
  reopened: (name: string) => `${called(name)} đã mở lại cuộc trò chuyện này. ${SILENT}`,
  handed_back: (name: string) => `${called(name)} đã giao cuộc trò chuyện lại cho tôi, máy trả lời tự động. Bạn cứ hỏi tiếp ở đây; ${ASK_AGAIN}`,
  handed_back_idle: (name: string) =>
    `${called(name)} và bạn đã lâu không có tin mới, nên cuộc trò chuyện được giao lại cho tôi, máy trả lời tự động. Bạn cứ hỏi tiếp ở đây; ${ASK_AGAIN}`,
  closed: (name: string) =>
    `${called(name)} đã khép lại cuộc trò chuyện này. Còn điều gì bạn cứ nhắn ở đây, máy trả lời tự động sẽ tiếp bạn; ${ASK_AGAIN}`,
  officer_silent: (name: string) =>
    `${called(name)} chưa trả lời được tin của bạn, nên tôi đưa cuộc trò chuyện trở lại hàng chờ để cán bộ khác cũng nhận được. ${MEANWHILE} ${STILL_HERE}`,
} satisfies Record<Tell['what'], (word: string) => string>)

/** @returns what whoever is passed on reads while the assistant is switched off: only people answer now. */
export function queuedWithoutAssistant(hours: string): string {
  return `Tin của bạn đã vào hàng chờ của cán bộ Hội; tôi không biết chắc khi nào có người nhận nên không hứa trước.${officeHours(hours)} ${MEANWHILE}`
}

/** @returns the words of one `tell`; `hours` are the configured office hours, empty where there are none. */
export function handoffWords(tell: Tell, hours: string): string {
  return 'officer' in tell ? HANDOFF[tell.what](tell.officer.name) : HANDOFF[tell.what](hours)
}
