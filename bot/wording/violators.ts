/** What people read who ask whether a seller is to be trusted: what authorities have made public, and no opinion; and what an officer reads about the list. */
import { formatDay } from '../../knowledge/validity.ts'
import type { Entry } from '../violators/entry.ts'
import { CHOICE, HOTLINE } from './vi.ts'

export const SELLER_TALK = {
  ask: 'Bạn cho tôi biết tên đầy đủ, đường dẫn trang hoặc mã số thuế của bên bán, tôi tra trong danh sách mà cơ quan nhà nước đã công bố.',
  found: (asked: string) => `Có tên trùng với “${asked}” trong danh sách cơ quan nhà nước đã công bố mà Hội có:`,
  near: (asked: string) => `Không có tên nào đúng y “${asked}”, nhưng có tên gần giống. Chưa chắc là cùng một bên, bạn so lại từng chi tiết:`,
  alsoNear: 'Còn có tên gần giống, chưa chắc là cùng một bên, bạn so lại:',
  none: (asked: string) =>
    `Trong danh sách đã công bố mà Hội có, chưa thấy “${asked}”. Chưa thấy không có nghĩa là an toàn: danh sách này không đủ hết mọi bên, và Hội không đánh giá bên bán nào.`,
  repeats: 'Hội chỉ nhắc lại điều cơ quan nhà nước đã công bố, không tự kết luận và không lấy từ phản ánh của người dân.',
  checks: 'Cách tự kiểm tra trước khi mua',
  check: [
    'Tìm tên đầy đủ, địa chỉ, mã số thuế hoặc số đăng ký của bên bán; không có thì coi chừng. Mã số thuế tra được trên trang của cơ quan thuế.',
    'Xem đúng từng chữ trong địa chỉ trang: trang giả hay sai một chữ, một dấu.',
    'Chọn trả tiền khi đã xem hàng, hoặc trả qua sàn; đừng chuyển khoản trước cho người lạ.',
    'Lưu tin rao, đoạn chat và biên lai. Bị giục chuyển tiền gấp thì dừng lại.',
  ],
  person: `Còn ngờ thì gọi ${HOTLINE}, hoặc nhắn “${CHOICE.officer}” để cán bộ Hội xem cùng bạn.`,
  lost: `Nếu bạn đã bị thiệt, cứ kể chuyện ở đây hoặc nhắn “${CHOICE.complain}”.`,
} as const

/** @returns one published entry as lines: who, for what, by whom, when, where to read it. */
export function entrySaid({ name, otherNames, links, tax, what, authority, decision, decidedOn, publishedOn, source }: Entry): readonly string[] {
  const also = [...otherNames, ...links, ...(tax === '' ? [] : [`mã số thuế ${tax}`])]
  const by = [decision === '' ? '' : `văn bản số ${decision}`, decidedOn === null ? '' : `ngày ${formatDay(decidedOn)}`].filter(Boolean).join(' ')
  return [
    `${name}${also.length > 0 ? ` (${also.join('; ')})` : ''}: ${what.replace(/[.\s]+$/, '')}.`,
    `${authority} công bố ngày ${formatDay(publishedOn)}${by === '' ? '' : `, theo ${by}`}. Xem tại ${source}`,
  ]
}

const COLUMN: Readonly<Record<keyof Entry, string>> = {
  ...{ name: 'Tên', otherNames: 'Tên khác', links: 'Trang, tài khoản', tax: 'Mã số thuế', what: 'Hành vi', authority: 'Cơ quan công bố' },
  ...{ decision: 'Số quyết định', decidedOn: 'Ngày quyết định', publishedOn: 'Ngày công bố', source: 'Nguồn', endsOn: 'Ngày hết hiện' },
}
export const COLUMN_WORDS = COLUMN

/** What is wrong with a row of a file. */
export const VIOLATOR_ROWS = {
  noColumns: (names: readonly (keyof Entry)[]) =>
    `Thiếu cột ${names.map((name) => `“${COLUMN[name]}”`).join(', ')}. Hàng đầu của tệp phải là tên cột.`,
  empty: 'Tệp chỉ có hàng tên cột, chưa có dòng nào.',
  tooMany: (most: number) => `Tệp có hơn ${most.toLocaleString('vi-VN')} dòng. Bạn chia nhỏ tệp rồi nhập từng phần.`,
  emptyCells: (names: readonly (keyof Entry)[]) => `Trống ở ${names.map((name) => `“${COLUMN[name]}”`).join(', ')}.`,
  wrong: {
    name: 'Tên phải có từ 2 đến 200 ký tự.',
    otherNames: 'Mỗi tên khác dài nhất 200 ký tự, nhiều nhất 20 tên, cách nhau bằng dấu chấm phẩy.',
    links: 'Mỗi trang, tài khoản dài nhất 200 ký tự, nhiều nhất 20, cách nhau bằng dấu chấm phẩy.',
    tax: 'Mã số thuế phải có 10 hoặc 13 chữ số.',
    what: 'Hành vi phải có từ 3 đến 600 ký tự.',
    authority: 'Tên cơ quan phải có từ 3 đến 200 ký tự.',
    decision: 'Số quyết định dài nhất 100 ký tự.',
    decidedOn: 'Ngày quyết định chưa đúng: viết như 05/03/2026.',
    publishedOn: 'Ngày công bố chưa đúng: viết như 05/03/2026.',
    source: 'Nguồn phải là đường dẫn đầy đủ tới nơi cơ quan công bố, bắt đầu bằng https://.',
    endsOn: 'Ngày hết hiện chưa đúng: viết như 05/03/2026.',
  } as Readonly<Partial<Record<keyof Entry, string>>>,
  wrongOther: 'Có ô chưa đúng.',
  twice: (line: number) => `Trùng với dòng ${line} trong cùng tệp.`,
  future: 'Ngày công bố ở sau hôm nay.',
  listed: 'Đã có trong danh sách, giống hệt.',
  waiting: 'Đã nhập rồi, đang chờ duyệt.',
  differs: 'Quyết định này đã có trong danh sách nhưng nội dung khác. Bạn mở mục đó và dùng “Đính chính” thay vì nhập lại.',
} as const

/** What the command that reads a file says. */
export const VIOLATOR_COMMAND = {
  usage: 'Cách dùng: npm run -s violators -- check TỆP | import TỆP [--by "…"]   (CSV hoặc .xlsx)',
  noFile: (file: string) => `Không mở được tệp ${file}.`,
  tooLarge: 'Tệp lớn quá 20 MB. Bạn chia nhỏ rồi nhập từng phần.',
  badRow: (line: number, why: string) => `Dòng ${line}: ${why}`,
  counts: (fresh: number, known: number, bad: number) => `${fresh} mục mới, ${known} mục đã có, ${bad} dòng sai.`,
  taken: 'Đã nhập, chờ một người phụ trách duyệt ở mục “Danh sách đã công bố” của trang làm việc.',
} as const

/** What an officer reads when something about the list is refused. */
export const VIOLATOR_SAYS = {
  unknown: 'Không có mục này trong danh sách.',
  unknownBatch: 'Không có lần nhập này.',
  unreadable: 'Không đọc được tệp. Bạn lưu lại thành CSV (UTF-8) hoặc .xlsx rồi chọn lại.',
  badRows: 'Tệp còn dòng sai nên chưa nhập gì cả. Bạn xem từng dòng ở bảng dưới, sửa tệp rồi chọn lại.',
  nothingNew: 'Mọi dòng trong tệp đã có rồi, không có gì để nhập.',
  own: 'Bạn là người đã nhập nên không tự duyệt được. Nhờ một người phụ trách khác xem lại.',
  decided: 'Lần nhập này đã có người duyệt hoặc từ chối rồi.',
  notListed: 'Mục này không còn trong danh sách đang dùng: có thể vừa được gỡ hoặc đính chính.',
  correcting: 'Mục này đang có một bản đính chính chờ duyệt. Duyệt hoặc từ chối bản đó trước.',
  reason: 'Bạn ghi lý do.',
  same: 'Chưa có gì khác so với mục đang đăng.',
} as const
