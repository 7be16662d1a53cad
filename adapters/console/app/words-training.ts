/** Labels of the page of quizzes. */
import type { QuizAudience } from '../../../knowledge/quizzes.ts'

export const TRAINING_NAV = 'Tập huấn'

export const TRAINING_FOR: Readonly<Record<QuizAudience, string>> = {
  officer: 'Dành cho cán bộ',
  seller: 'Dành cho người bán',
  consumer: 'Dành cho người mua',
}

export const TRAINING = {
  title: 'Tập huấn',
  lead: (mark: number) => `Trắc nghiệm ngắn từ thư viện luật. Đúng từ ${mark}\u00a0% trở lên là đạt; làm lại bao nhiêu lần cũng được.`,
  mine: 'Bài của bạn',
  others: 'Người bán và người mua làm những bộ dưới đây trên trang công khai; bạn làm thử để biết họ được hỏi gì.',
  page: 'Mở trang công khai',
  questions: (count: number) => `${count} câu`,
  closed: 'Đang soát lại theo luật mới',
  passed: 'Đã đạt',
  passedOn: (day: string) => `Đạt ngày ${day}`,
  notPassed: 'Chưa đạt',
  notTaken: 'Chưa làm',
  again: 'Cần làm lại',
  againWhy: 'Bạn đã đạt bản trước; luật hoặc câu hỏi đã đổi từ đó.',
  best: (right: number, total: number, attempts: number) => `Cao nhất ${right}/${total} câu, ${attempts} lượt.`,
  take: 'Làm bài',
  goOn: 'Làm tiếp',
  retake: 'Làm lại',
  of: (what: string, title: string) => `${what}: ${title}`,
  back: 'Về danh sách',
  progress: (at: number, of: number) => `Câu ${at} trên ${of}`,
  choose: 'Chọn một câu trả lời rồi bấm “Trả lời”.',
  answer: 'Trả lời',
  next: 'Câu tiếp theo',
  toResult: 'Xem kết quả',
  right: 'Đúng rồi',
  wrong: 'Chưa đúng',
  yours: 'Bạn chọn',
  why: 'Vì sao chưa đúng',
  theRight: 'Câu đúng',
  because: 'Giải thích',
  grounds: 'Căn cứ',
  restated: 'Diễn giải của Hội, không phải nguyên văn',
  score: (right: number, total: number) => `Bạn đúng ${right} trên ${total} câu.`,
  scorePassed: (mark: number) => `Đạt (từ ${mark}\u00a0% trở lên).`,
  scoreFailed: (mark: number) => `Chưa đạt mức ${mark}\u00a0%.`,
  readAgain: 'Nên đọc lại',
  allRight: 'Bạn không sai câu nào.',
  guides: 'Hướng dẫn nên xem trong thư viện',
  people: 'Cán bộ',
  peopleLead: (trained: number, of: number) =>
    `${trained} trên ${of} cán bộ có tài khoản đang dùng đã đạt mọi bộ dành cho cán bộ${of === 0 ? '' : ` (${Math.round((100 * trained) / of)}\u00a0%)`}. Mục tiêu: 100\u00a0%.`,
  peopleNone: 'Chưa có tài khoản nào. Quản trị tạo tài khoản ở mục “Cán bộ”.',
  officer: 'Cán bộ',
  plan: 'Kế hoạch của tỉnh (mục tiêu đến năm 2025, không phải căn cứ pháp lý) nêu 100\u00a0% cán bộ thực thi được đào tạo và 100\u00a0% người bán trên các sàn lớn được phổ biến pháp luật. Ở đây chỉ đếm cán bộ có tài khoản của Hội và lượt làm bài không định danh: chưa có tổng số người bán nên không tính tỷ lệ người bán.',
  figures: 'Số liệu trang công khai',
  figuresLead:
    'Lượt là một lần làm xong. Trình duyệt là một máy, một trình duyệt: một người dùng hai máy thì thành hai, hai người chung máy thì thành một.',
  csv: 'Tải danh sách lượt (.csv)',
  from: 'Từ ngày',
  to: 'Đến ngày',
  show: 'Xem',
  review: 'Câu cần soát lại',
  reviewLead:
    'Những câu này tạm không hỏi nữa. Đọc lại câu hỏi với điều khoản hiện nay, sửa tệp trắc nghiệm rồi đóng dấu lại (npm run -s knowledge:quizzes).',
  reviewNone: 'Mọi câu hỏi đều khớp với luật hôm nay.',
  reviewColumns: { quiz: 'Bộ', ask: 'Câu hỏi', why: 'Vì sao', pointer: 'Điều khoản' },
} as const
