/** What is read of the quizzes: on the open page, in the chat, and what the console says of them. */
import type { QuizAudience } from '../../knowledge/quizzes.ts'
import type { LeftOutWhy } from '../quiz/offer.ts'

export const AUDIENCE_NAME: Readonly<Record<QuizAudience, string>> = {
  officer: 'Dành cho cán bộ',
  seller: 'Dành cho người bán',
  consumer: 'Dành cho người mua',
}

export const RESTATED = 'Diễn giải của Hội, không phải nguyên văn'

/** The page at `/trac-nghiem`. */
export const QUIZ_PAGE = {
  title: 'Trắc nghiệm ngắn về luật mua bán',
  lead: 'Mỗi bộ chừng năm phút. Trả lời xong câu nào biết ngay đúng hay chưa, vì sao, căn cứ ở đâu. Không cần khai tên hay số điện thoại.',
  site: 'An Tâm',
  home: 'Về trang hỏi đáp An Tâm',
  all: 'Tất cả các bộ trắc nghiệm',
  count: (questions: number) => `${questions} câu`,
  closed: 'Bộ này đang được soát lại theo luật mới, bạn quay lại sau nhé.',
  nothing: 'Các bộ trắc nghiệm đang được soát lại theo luật mới. Bạn quay lại sau nhé.',
  commune: 'Bạn ở hoặc bán hàng ở xã, phường nào? (không bắt buộc)',
  communeHint: 'Chỉ dùng để đếm số lượt theo xã, phường.',
  noCommune: 'Không chọn',
  counted: (mark: number, days: number) =>
    `Đúng từ ${mark}\u00a0% trở lên là đạt; chưa đạt thì làm lại bao nhiêu lần cũng được. Trang đặt một cookie mang số ngẫu nhiên để không đếm một trình duyệt thành nhiều người; kết quả không gắn với tên ai và được xóa sau ${days} ngày.`,
  start: 'Bắt đầu',
  progress: (at: number, of: number) => `Câu ${at} trên ${of}`,
  choose: 'Bạn chọn một câu trả lời rồi bấm “Trả lời” nhé.',
  answer: 'Trả lời',
  right: 'Đúng rồi',
  wrong: 'Chưa đúng',
  yours: 'Bạn chọn',
  theRight: 'Câu đúng',
  why: 'Vì sao chưa đúng',
  because: 'Giải thích',
  basis: 'Căn cứ',
  read: 'Xem diễn giải',
  next: 'Câu tiếp theo',
  toResult: 'Xem kết quả',
  result: 'Kết quả',
  score: (right: number, total: number) => `Bạn đúng ${right} trên ${total} câu.`,
  passed: (mark: number) => `Đạt (từ ${mark}\u00a0% trở lên).`,
  notPassed: (mark: number) => `Chưa đạt mức ${mark}\u00a0%. Bạn đọc lại các câu dưới đây rồi làm lại nhé.`,
  readAgain: 'Nên đọc lại',
  allRight: 'Bạn không sai câu nào.',
  guides: 'Hỏi thêm An Tâm về',
  ask: 'Bấm một dòng để mở khung hỏi đáp với câu đã viết sẵn.',
  again: 'Làm lại bộ này',
  others: 'Làm bộ khác',
  notLegal: 'Trắc nghiệm giúp nhớ luật, không phải tư vấn pháp lý. Cần nói với người thật: tổng đài quốc gia 1800.6838 (miễn phí).',
  gone: 'Lượt làm bài này không còn. Lượt chưa xong được giữ một ngày, rồi phải bắt đầu lại.',
  goneTitle: 'Không mở được lượt này',
  changed: 'Bộ câu hỏi vừa được cập nhật hoặc lượt này đã quá một ngày. Bạn bắt đầu lại nhé.',
  forged: 'Yêu cầu không đến từ trang này nên không được nhận. Bạn mở lại trang rồi bấm “Bắt đầu”.',
  notReady: 'Thư viện luật đang mở. Bạn tải lại trang sau ít phút nhé.',
  failed: 'Có trục trặc ở phía chúng tôi. Bạn tải lại trang sau ít phút nhé.',
  lost: 'Không có bộ trắc nghiệm này. Có thể nó đã đổi tên.',
  lostTitle: 'Không có trang này',
  troubleTitle: 'Chưa mở được',
} as const

/** In the chat. */
export const QUIZ_CHAT = {
  intro: 'Bạn chọn một bộ trắc nghiệm ngắn, mỗi bộ chừng năm phút, không cần khai tên. Làm xong biết ngay câu nào đúng, vì sao, căn cứ ở đâu:',
  link: (title: string, address: string) => `${title}: ${address}`,
  all: (address: string) => `Xem tất cả: ${address}`,
  noAddress: 'Bạn mở trang An Tâm trên trình duyệt rồi chọn “Trắc nghiệm ngắn” trong trình đơn nhé.',
} as const

export const LEFT_OUT_WHY: Readonly<Record<LeftOutWhy, string>> = {
  gone: 'Điều khoản được dẫn không còn trong thư viện',
  past: 'Điều khoản được dẫn không có hiệu lực hôm nay',
  changed: 'Diễn giải của điều khoản đã đổi từ khi viết câu hỏi',
  doubted: 'Nguyên văn vừa nạp khác bản mà diễn giải dựa vào',
}

/** What an officer reads of the console's routes. */
export const TRAINING_SAYS = {
  unknown: 'Không có bộ trắc nghiệm này.',
  closed: 'Bộ này còn quá ít câu đúng với luật hiện hành nên tạm chưa làm được. Người phụ trách xem mục câu cần soát.',
  noAttempt: 'Không có lượt làm bài này.',
  changed: 'Bộ câu hỏi vừa được cập nhật hoặc lượt này đã quá một ngày. Bạn bắt đầu lại nhé.',
  noSuchAnswer: 'Câu trả lời này không có trong đề. Bạn tải lại trang rồi chọn lại.',
  days: 'Chọn ngày bắt đầu và ngày kết thúc có trong lịch, ngày bắt đầu không sau ngày kết thúc, tối đa năm năm.',
} as const

/** Columns of the list of attempts. */
export const ATTEMPT_COLUMNS = [
  'Lượt',
  'Ngày xong',
  'Bộ trắc nghiệm',
  'Dành cho',
  'Cán bộ thứ',
  'Trình duyệt thứ',
  'Xã hoặc phường',
  'Câu đúng',
  'Số câu',
  'Đạt',
] as const
