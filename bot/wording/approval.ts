/** What an officer or a supervisor reads of words that wait for approval, when something about them is refused. */
export const APPROVAL_SAYS = {
  unknown: 'Không có lời chờ duyệt này; có thể cuộc trò chuyện đã bị xóa.',
  sent: 'Lời này đã được gửi rồi.',
  returned: 'Lời này đã được trả lại cho người viết.',
  dropped: 'Người viết đã lấy lời này lại.',
  overtaken:
    'Cuộc trò chuyện đã được giao lại, về hàng chờ hoặc sang người khác từ lúc viết, nên lời này không gửi nữa. Nội dung vẫn được giữ ở đây; ai nhận cuộc này có thể dùng lại.',
  notYours: 'Chỉ người viết mới lấy lại được lời này.',
  reasonMissing: 'Bạn ghi giúp lý do để người viết sửa.',
} as const
