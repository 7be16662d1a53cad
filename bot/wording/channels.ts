/** What a citizen reads only on messaging platforms: what the assistant cannot read there, choices without buttons, repeats. */
import type { UnfetchedReason, Wordless } from '../delivery/message.ts'
import { attachmentRefusal, type NamedLimits } from './attachments.ts'
import { CHOICE, HOTLINE } from './vi.ts'

const TYPE_IT = 'bạn gõ giúp tôi bằng chữ nhé'

/** Each says what was not read and what to do instead; whoever cannot type is offered a person. */
const WORDLESS_SAID: Readonly<Record<Wordless, string>> = {
  sticker: `Tôi thấy bạn gửi một hình dán. Có chuyện gì cần hỏi hay cần giúp, ${TYPE_IT}.`,
  voice: `Tôi chưa nghe được tin nhắn thoại. Nếu gõ được, ${TYPE_IT}: chuyện gì xảy ra, khi nào, với ai. Nếu khó gõ, bạn nhắn “${CHOICE.officer}” để gặp cán bộ của Hội. Nếu vừa chuyển tiền cho người lạ, bạn gọi ngay ngân hàng của bạn để xin giữ tiền lại, đừng chờ tôi.`,
  location: `Tôi không đọc và không lưu vị trí bạn gửi. Cần chỉ nơi mua hàng hay địa chỉ người bán, ${TYPE_IT}.`,
  contact: `Tôi không lưu danh thiếp bạn gửi, vì trong đó có thông tin của người khác. Cần kể về người bán, ${TYPE_IT}: tên shop, số điện thoại shop đưa cho bạn.`,
  link: `Tôi không mở đường dẫn, để an toàn cho bạn và cho Hội. Đường dẫn đó nói gì, của ai gửi cho bạn, ${TYPE_IT}. Nếu có người giục bạn bấm vào đó hay nhập mã OTP, đừng làm.`,
  video: `Tôi chưa xem được video. Bạn kể lại bằng chữ điều video cho thấy; cần làm bằng chứng thì giữ nguyên video trong máy và chụp màn hình đoạn quan trọng gửi tôi.`,
  file: `Tôi chỉ nhận ảnh và tệp PDF. Tệp khác, bạn mở ra, chụp màn hình rồi gửi ảnh đó; hoặc kể lại bằng chữ.`,
  hidden: `Ứng dụng không cho tôi xem được nội dung bạn vừa gửi (thường là đường dẫn, tệp hoặc video). ${upper(TYPE_IT)}; cần gửi bằng chứng thì gửi ảnh chụp màn hình.`,
}

function upper(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/** @returns the sentence for something without words. */
export function wordlessSaid(what: Wordless): string {
  return WORDLESS_SAID[what]
}

/** @returns why a file was not kept and what to send instead. */
export function unfetchedSaid(reason: UnfetchedReason, limits: NamedLimits): string {
  switch (reason) {
    case 'unreachable':
      return 'Tôi không tải được tệp bạn gửi: đường truyền hoặc ứng dụng trục trặc. Bạn gửi lại giúp tôi; nếu vẫn không được, bạn kể bằng chữ trước nhé.'
    case 'paused':
      return 'Lúc này tôi tạm không nhận ảnh và tệp. Bạn giữ tệp trong máy, kể bằng chữ trước, gửi sau nhé.'
    default:
      return attachmentRefusal(reason, limits)
  }
}

export const CHANNEL_SAY = {
  /** Before choices where there are no buttons. */
  choose: 'Bạn nhắn số để chọn:',
  /** A choice that only its words mean. */
  inWords: (choice: string) => `Hoặc nhắn đúng câu: ${choice}`,
  /** Before a message that may have arrived already. */
  again: '(gửi lại)',
  group: 'Chuyện mua bán, đơn hàng, số điện thoại nên nói riêng, không nên nói trong nhóm. Bạn mở ô chat riêng với An Tâm rồi hỏi tôi ở đó nhé.',
  tooMany: `Bạn nhắn nhanh quá, tôi chưa theo kịp. Bạn chờ khoảng một phút rồi gửi gọn trong một tin nhé. Việc gấp, bạn gọi ${HOTLINE}.`,
} as const

/** @returns the line above an officer's words, so that nobody takes a person for the machine. */
export function officerSays(name: string | undefined): string {
  return name === undefined || name === '' ? 'Cán bộ của Hội:' : `Cán bộ ${name}:`
}
