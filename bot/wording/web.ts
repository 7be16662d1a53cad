/** What a visitor of the web chat reads when something could not be taken, by the code that programs read. */
import { HOTLINE } from './vi.ts'

export const WEB_TROUBLE = {
  not_json: 'Yêu cầu phải là JSON (Content-Type: application/json) và đúng cú pháp.',
  not_an_object: 'Nội dung gửi lên phải là một đối tượng JSON.',
  message_id_invalid: 'Mã tin (trường "id") phải dài 8 đến 64 ký tự, chỉ gồm chữ không dấu, số, gạch ngang và gạch dưới.',
  content_missing: 'Tin chưa có nội dung. Xin viết vài chữ, chọn một câu có sẵn hoặc đính kèm một tệp.',
  content_ambiguous: 'Mỗi tin chỉ gồm một thứ: chữ, câu chọn sẵn hoặc tệp đính kèm.',
  text_too_long: 'Tin dài quá 10.000 ký tự. Xin rút gọn, chỉ giữ những việc chính rồi gửi lại.',
  id_reused: 'Mã tin này đã dùng cho một tin khác, nên tin mới chưa được nhận. Xin gửi lại.',
  token_missing: 'Trang chưa mở cuộc trò chuyện. Xin tải lại trang.',
  token_unknown: 'Phiên trò chuyện cũ không còn dùng được. Trang sẽ mở phiên mới.',
  origin_refused: 'Trang web này chưa được Hội cho phép đặt khung chat của An Tâm. Xin mở An Tâm ở trang của Hội.',
  attachment_unknown: 'Không thấy tệp này trong cuộc trò chuyện của bạn. Xin gửi lại tệp.',
  attachment_kind: 'Chỉ nhận ảnh JPEG, PNG, WebP hoặc tệp PDF.',
  feedback_invalid: 'Góp ý cần mã tin trả lời và một trong hai ý: "up" (hữu ích) hoặc "down" (chưa đúng), kèm lời góp ý không quá 500 ký tự.',
  message_unknown: 'Không thấy câu trả lời này trong cuộc trò chuyện của bạn.',
  event_id_invalid: 'Số sự kiện (Last-Event-ID) phải là số nguyên không âm.',
  bad_request: 'Yêu cầu chưa đúng nên chưa xử lý được. Xin kiểm tra rồi gửi lại.',
  not_found: 'Không có trang này. Xin về trang chính của An Tâm để đặt câu hỏi.',
  /** Of a link to evidence: wrong, too old and withheld sound the same. */
  link_ended: 'Đường dẫn này không mở được: có thể đã hết hạn, hoặc tệp chưa được phép xem. Xin mở hồ sơ tại Hội để xem tệp.',
  too_large: 'Nội dung gửi lên lớn quá. Xin rút gọn rồi gửi lại.',
  failed: `Xin lỗi, An Tâm đang trục trặc nên chưa nhận được. Xin thử lại sau ít phút, hoặc gọi ${HOTLINE}.`,
  not_kept: `Xin lỗi, An Tâm chưa lưu được tin này nên chưa nhận. Xin giữ lại tin và gửi lại sau ít phút, hoặc gọi ${HOTLINE}.`,
  /** With the reason of the pause or of the limit in front: the sentence is made by `waitPlease` or by `pausedWords`. */
  too_many: `Bạn gửi hơi nhanh. Xin chờ một lát rồi gửi lại; việc gấp xin gọi ${HOTLINE}.`,
  paused: `An Tâm đang tạm nghỉ. Việc gấp xin gọi ${HOTLINE}.`,
} as const

export type WebTroubleCode = keyof typeof WEB_TROUBLE
