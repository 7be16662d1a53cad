/** What an officer reads when a search cannot be carried out. */
import { LONGEST_QUERY, MOST_TERMS, type QueryProblem } from '../search/query.ts'

export const QUERY_WORDS: Readonly<Record<QueryProblem, string>> = {
  empty: 'Bạn gõ vài từ cần tìm: lời người dân kể, tên người bán, số điện thoại hoặc số hồ sơ.',
  too_short: 'Một chữ cái thì tìm ra quá nhiều. Bạn gõ thêm ít nhất một từ nữa.',
  too_long: `Câu tìm dài quá ${LONGEST_QUERY} ký tự. Bạn giữ lại vài từ chính thôi nhé.`,
  too_many: `Bạn tìm nhiều nhất ${MOST_TERMS} từ một lần; bớt những từ ai cũng dùng đi nhé.`,
}

export const SEARCH_SAYS = {
  kind: 'Chỉ tìm được trong trò chuyện (chat), hồ sơ (case) và ghi chú (note).',
  channel: 'Tên kênh chưa đúng. Bạn chọn lại kênh trong danh sách.',
  day: 'Ngày phải có trong lịch và viết dạng 2026-11-28.',
  days: 'Ngày bắt đầu phải trước hoặc trùng ngày kết thúc.',
  owner: 'Không có tình trạng trò chuyện nào như vậy. Bạn chọn lại trong danh sách.',
  status: 'Không có tình trạng hồ sơ nào như vậy. Bạn chọn lại trong danh sách.',
} as const
