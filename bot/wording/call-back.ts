/** What a citizen reads who asks to be called back; at the end, what an officer reads when something about it is refused. */

/** Tapped or typed. */
export const CALL_BACK_CHOICE = {
  ask: 'Nhờ gọi lại',
  confirm: 'Đúng, gọi cho tôi',
  edit: 'Sửa số',
  never: 'Thôi, không cần gọi',
} as const

/** Which words somebody agreed to: a new name with every change of meaning. */
export const CALL_BACK_CONSENT = 'call-back-2026-11-28'

const hoursOf = (hours: string) => (hours === '' ? 'giờ nào cũng được' : `giờ bạn muốn: ${hours}`)
const HOW_TO_CHANGE = `Muốn đổi thì nhắn “${CALL_BACK_CHOICE.edit}” kèm số mới; không cần nữa thì nhắn “${CALL_BACK_CHOICE.never}”.`

export const CALL_BACK = {
  /** Behind what is said of the queue. */
  offer: `Không tiện chờ thì nhắn “${CALL_BACK_CHOICE.ask}”, để lại số điện thoại, cán bộ gọi cho bạn.`,
  askBoth: 'Cán bộ Hội gọi lại cho bạn được. Bạn nhắn số điện thoại và giờ tiện nghe máy, ví dụ: “0900 000 017, sau 17 giờ”.',
  askPhone: (hours: string) => `Tôi ghi ${hoursOf(hours)}. Bạn nhắn thêm số điện thoại để cán bộ gọi nhé.`,
  askNew: 'Bạn nhắn số điện thoại đúng, kèm giờ tiện nghe máy nếu muốn đổi cả giờ.',
  why: 'Số này chỉ dùng để gọi lại cho bạn, và được xóa khi gọi xong.',
  wrong:
    'Số này tôi chưa gọi được: số di động có 10 chữ số (bắt đầu bằng 03, 05, 07, 08, 09), số bàn có 11 chữ số (bắt đầu bằng 02). Bạn xem lại rồi nhắn đủ số giúp tôi.',
  read: (tail: string, hours: string) => `Tôi đọc được: số kết thúc bằng ${tail}; ${hoursOf(hours)}.`,
  who: (day: string) =>
    `Cán bộ Hội gọi cho bạn, chậm nhất ngày ${day} (mục tiêu Hội tự đặt). Cán bộ không bao giờ hỏi mã OTP, mật khẩu, hay bảo bạn chuyển tiền.`,
  from: (phone: string) => `Số của Hội: ${phone}.`,
  office: (hours: string) => `Giờ làm việc của Hội: ${hours.trim().replace(/\.$/, '')}; ngoài giờ đó Hội chưa chắc gọi được.`,
  consent: `Đúng thì nhắn “${CALL_BACK_CHOICE.confirm}”: bạn đồng ý để Hội giữ số này cho tới khi gọi xong, lâu nhất 30 ngày sau hạn gọi. Đổi ý lúc nào cũng được.`,
  kept: (tail: string, hours: string, day: string) =>
    `Đã ghi: cán bộ Hội gọi số kết thúc bằng ${tail}, ${hoursOf(hours)}, chậm nhất ngày ${day}. ${HOW_TO_CHANGE}`,
  changed: (tail: string, hours: string, day: string) =>
    `Đã sửa: cán bộ Hội gọi số kết thúc bằng ${tail}, ${hoursOf(hours)}, chậm nhất ngày ${day} như đã hẹn. ${HOW_TO_CHANGE}`,
  already: (tail: string, hours: string, day: string) =>
    `Lời nhờ gọi lại của bạn đang chờ: số kết thúc bằng ${tail}, ${hoursOf(hours)}, hạn gọi ngày ${day}. ${HOW_TO_CHANGE}`,
  late: 'Hội gọi trễ hẹn, mong bạn thông cảm; lời nhờ vẫn đứng đầu danh sách của cán bộ.',
  taken: 'Đã có cán bộ nhận gọi cho bạn.',
  withdrawn: `Vâng, Hội không gọi nữa và đã xóa số của bạn. Cần lại thì nhắn “${CALL_BACK_CHOICE.ask}”.`,
  dropped: `Vâng, tôi không ghi lời nhờ gọi lại; số bạn vừa nhắn không vào danh sách gọi. Cần lại thì nhắn “${CALL_BACK_CHOICE.ask}”.`,
  notYet: `Lời nhờ gọi lại của bạn chưa được ghi. Số đúng rồi thì nhắn “${CALL_BACK_CHOICE.confirm}”.`,
  draftWaits: (resume: string) => `Khiếu nại bạn đang kể vẫn được giữ; nhắn “${resume}” để nói tiếp.`,
} as const

/** What an officer reads when something about a call-back is refused. */
export const CALL_BACK_SAYS = {
  unknown: 'Không có yêu cầu gọi lại này; có thể nó đã bị xóa cùng cuộc trò chuyện hoặc hồ sơ.',
  noConversation: 'Không có cuộc trò chuyện này.',
  taken: (name: string) => `${name} đã nhận gọi rồi.`,
  done: 'Việc này đã xong rồi; số điện thoại không còn được giữ.',
} as const
