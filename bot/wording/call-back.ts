/** What an officer reads when something about a call-back is refused. */
export const CALL_BACK_SAYS = {
  unknown: 'Không có yêu cầu gọi lại này; có thể nó đã bị xóa cùng cuộc trò chuyện hoặc hồ sơ.',
  noConversation: 'Không có cuộc trò chuyện này.',
  taken: (name: string) => `${name} đã nhận gọi rồi.`,
  done: 'Việc này đã xong rồi; số điện thoại không còn được giữ.',
} as const
