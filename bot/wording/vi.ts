/** Every sentence that a citizen reads, in one place. Plain, warm, honest about what the assistant is and cannot do. */

export const HOTLINE = 'tổng đài quốc gia 1800.6838 (miễn phí)'

export const CHOICE = {
  complain: 'Tôi muốn khiếu nại',
  officer: 'Gặp cán bộ',
  verbatim: 'Xem nguyên văn',
  buyer: 'Tôi mua hàng',
  seller: 'Tôi bán hàng',
} as const

export const HEADING = {
  basis: 'Căn cứ',
  verbatim: 'Nguyên văn',
  conditions: 'Điều kiện và thời hạn',
  steps: 'Việc nên làm tiếp',
  evidence: 'Bằng chứng nên giữ',
  related: 'Quy định liên quan',
  distress: 'Trước hết là bạn',
  urgent: 'Bạn bình tĩnh, làm ngay mấy việc này',
  caution: 'Nghi là lừa đảo thì',
  law: 'Luật nói gì',
  signs: 'Dấu hiệu nhận biết',
  wayOut: 'Bạn có thể',
  time: 'Về thời điểm',
  whichLaw: 'Luật đang áp dụng',
  toCome: (day: string) => `Từ ${day}, luật quy định`,
  otherPoints: (count: number) => `Khoản này còn ${count} điểm khác; mở căn cứ để đọc đủ.`,
} as const

/** Steps that help in any dispute, where no guide fits: practical, nothing legal. */
export const GENERAL_STEPS = {
  consumer: [
    'Chụp lại tin rao bán, đoạn chat, hóa đơn, vận đơn và món hàng trước khi nhắn cho người bán.',
    'Nhắn cho người bán nêu rõ việc gì sai, bạn muốn gì, và hẹn ngày trả lời; giữ lại tin nhắn đó.',
    `Không xong thì gọi ${HOTLINE} hoặc nhắn “${CHOICE.complain}” để Hội hướng dẫn.`,
  ],
  seller: [
    'Đối chiếu việc mình đang làm với từng ý ở trên và ghi lại ngày đã sửa.',
    'Lưu hồ sơ, tin nhắn, ảnh chụp trang bán hàng để chứng minh đã làm đúng.',
    `Chưa rõ thì nhắn “${CHOICE.officer}” hoặc gọi ${HOTLINE}.`,
  ],
} as const

export const SAY = {
  empty: 'Bạn chưa viết câu hỏi. Bạn kể giúp chuyện gì đang xảy ra, mua hay bán món gì, ở đâu, khi nào nhé.',
  tooLong: (limit: number) =>
    `Tin của bạn dài quá (hơn ${limit.toLocaleString('vi-VN')} ký tự) nên tôi sợ đọc sót. Bạn tóm lại trong vài câu: mua gì, ở đâu, khi nào, vướng chỗ nào nhé.`,
  noWords: 'Tôi chưa đọc ra câu chữ trong tin này. Bạn gõ giúp vài chữ tiếng Việt (không dấu cũng được) về chuyện bạn gặp nhé.',
  foreign:
    'Tôi chỉ đọc được tiếng Việt. Bạn viết lại bằng tiếng Việt đơn giản (không dấu cũng được), hoặc nhắn “Gặp cán bộ” để nói chuyện với người thật nhé.',
  outside: 'Trong các văn bản đã nạp, tôi chưa thấy quy định nào trả lời đúng câu này nên không dám đoán.',
  outsideDoor: `Bạn thử hỏi lại cụ thể hơn (mua bán món gì, với ai, vướng chỗ nào), gọi ${HOTLINE}, hoặc nhắn “${CHOICE.officer}” để cán bộ Hội xem giúp.`,
  tellMore: 'Bạn kể thêm giúp tôi vài chữ: mua hay bán món gì, ở đâu, khi nào, vướng chỗ nào?',
  clarify: 'Tôi hiểu chưa chắc ý bạn. Bạn đang hỏi về việc nào?',
  otherMatter: 'Việc khác, để tôi kể rõ hơn',
  noVerbatim:
    'Các điều vừa nêu, Hội chưa nạp nguyên văn vào đây; phần tôi đưa là diễn giải của Hội. Bạn có thể tra đúng số hiệu và số điều ở mục Căn cứ trên cổng văn bản của Chính phủ, hoặc hỏi cán bộ.',
  greeting: `Chào bạn, tôi là An Tâm, trợ lý tự động (máy trả lời, không phải người) của Hội Bảo vệ Người tiêu dùng tỉnh Gia Lai. Tôi giải đáp về quyền người mua, nghĩa vụ người bán, cách nhận biết lừa đảo, kèm căn cứ luật. Tôi không thay luật sư và không ra quyết định. Cần gấp, bạn gọi ${HOTLINE}.`,
  thanks: 'Không có gì, chúc bạn mọi việc suôn sẻ. Cần gì bạn cứ nhắn tiếp nhé.',
  bye: 'Chào bạn, khi nào cần bạn cứ nhắn lại nhé.',
  whoAreYou: `Tôi là An Tâm, máy trả lời tự động của Hội Bảo vệ Người tiêu dùng tỉnh Gia Lai. Tôi tra các văn bản đã nạp rồi trả lời kèm căn cứ; tôi có thể sai và không thay luật sư. Muốn nói chuyện với người thật, bạn nhắn “${CHOICE.officer}”.`,
  caseStatus: `Hiện tôi chưa tra được tình trạng hồ sơ ngay trong khung chat này. Bạn gọi ${HOTLINE} hoặc liên hệ trực tiếp văn phòng Hội, đọc mã hồ sơ nếu có.`,
  ownData:
    'Cuộc trò chuyện này được giữ để trả lời bạn tiếp, rồi tự xóa sau một thời gian. Trên trang web, bạn xóa được ngay: mở dấu ba chấm ở góc trên, chọn “Xóa cuộc trò chuyện”; ở đó cũng chép và in lại được. Hồ sơ bạn từng nộp cho Hội thì liên hệ trực tiếp văn phòng Hội để xem, sửa hoặc xóa.',
  complaint:
    'Tôi hiểu bạn muốn khiếu nại. Nói thật để bạn khỏi chờ: hiện tôi chưa tự lập được hồ sơ trong khung chat này. Bạn làm được ngay mấy việc sau:',
  complaintSteps: [
    'Viết lại ngắn gọn: bên bán là ai, món gì, ngày nào, bao nhiêu tiền, sai ở đâu, bạn muốn gì.',
    'Gom bằng chứng: tin rao, đoạn chat, hóa đơn, chuyển khoản, ảnh hoặc video món hàng. Che số căn cước, số thẻ trước khi gửi cho ai.',
    'Gửi khiếu nại cho chính người bán (và sàn, nếu mua qua sàn) rồi giữ lại tin đã gửi.',
    `Gọi ${HOTLINE}, hoặc mang hồ sơ đến văn phòng Hội hay Ủy ban nhân dân xã, phường nơi bạn ở.`,
  ],
  complaintMore: 'Bạn kể luôn chuyện của mình ở đây, tôi sẽ nói luật bảo vệ bạn tới đâu.',
  handoff: `Tôi hiểu bạn muốn gặp người thật. Hiện tôi chưa nối máy được cho cán bộ Hội trong khung chat này; bạn gọi ${HOTLINE} hoặc đến trực tiếp văn phòng Hội. Trong lúc chờ, bạn kể chuyện ở đây, tôi tra luật giúp trước.`,
  failed: `Xin lỗi bạn, tôi vừa gặp trục trặc nên chưa trả lời được. Bạn thử gửi lại sau ít phút, hoặc gọi ${HOTLINE}.`,
  /** The five steps that help in every scam; `unless` recognises that a guide already says one in its own words. */
  /** Someone who may harm themselves reads nothing of law before this. */
  distress: [
    'Tôi nghe bạn, và tôi lo cho bạn. Tiền bạc còn có cách gỡ; bây giờ điều quan trọng nhất là bạn được an toàn.',
    'Bạn gọi ngay cho một người thân hoặc người bạn tin, nhờ họ tới ở cạnh bạn. Đừng ở một mình lúc này.',
    'Thấy không giữ được mình thì tới trạm y tế, bệnh viện gần nhất, hoặc gọi cấp cứu 115 (số quen dùng, Hội chưa đối chiếu nguồn).',
    'Khi bạn ổn hơn, kể tôi nghe chuyện tiền; tôi sẽ chỉ từng bước báo ngân hàng, công an và giữ bằng chứng.',
  ],
  firstAid: [
    {
      unless: /ngừng|dừng|đừng|khoan|không chuyển/,
      text: 'Ngừng lại ngay: đừng chuyển thêm đồng nào, đừng đọc mã OTP, đừng bấm đường dẫn hay cài ứng dụng theo lời họ.',
    },
    {
      unless: /ngân hàng/,
      text: 'Đã chuyển tiền hoặc lộ mã thì gọi ngân hàng của bạn theo số in trên thẻ hoặc trong ứng dụng: xin khóa tài khoản và giữ lại khoản vừa chuyển.',
    },
    {
      unless: /chụp|giữ nguyên|giữ lại|lưu/,
      text: 'Giữ nguyên đoạn chat, số điện thoại, số tài khoản nhận tiền, biên lai; chụp màn hình, đừng xóa.',
    },
    { unless: /công an/, text: 'Báo công an xã, phường gần nhất càng sớm càng tốt, mang theo bằng chứng.' },
    { unless: /1800\.6838/, text: `Cần hỏi thêm, gọi ${HOTLINE}.` },
  ],
  caution: `Nếu tiền vừa chuyển đi hoặc có người đang thúc bạn: ngừng lại, gọi ngân hàng theo số in trên thẻ hoặc trong ứng dụng, giữ mọi bằng chứng và báo công an xã, phường gần nhất.`,
  numbersCovered: 'Tin của bạn có số giấy tờ, số thẻ hoặc số tài khoản; tôi đã che đi và không dùng tới. Lần sau bạn đừng gửi các số này nhé.',
  general: 'Tôi là máy trả lời tự động; nội dung để tham khảo, không thay tư vấn của luật sư.',
  noArticle: (place: string, name: string, count: number) => `${name} có ${count} điều, không có ${place}. Có thể số điều bạn nghe bị nhầm.`,
  noSuchArticle: (place: string) =>
    `Không văn bản nào trong thư viện của tôi có ${place}. Có thể số điều bạn nghe bị nhầm; bạn cho tôi thêm tên văn bản nhé.`,
  noClause: (place: string, name: string) => `Trong ${name} tôi không thấy ${place}. Có thể số khoản, điểm bạn nghe bị nhầm.`,
  whatOfOld: (about: string) =>
    `Việc xảy ra khi văn bản ấy còn hiệu lực${about === '' ? '' : ` (${about})`} thì bạn kể giúp: chuyện gì, vào tháng năm nào; việc bây giờ thì hỏi thẳng, tôi tìm luật đang áp dụng.`,
  whatOfIt: (label: string, from: string, about: string) =>
    `${label} có hiệu lực từ ${from}${about ? `, nói về ${about}` : ''}. Bạn muốn hỏi chuyện gì trong đó? Kể bằng lời thường, hoặc nêu số điều.`,
  notInExcerpt: (place: string, name: string) =>
    `Trong thư viện của tôi mới có một phần của ${name}, chưa có ${place}, nên tôi không trả lời để tránh nói sai.`,
  unknownDocument: (number: string) => `Trong thư viện của tôi chưa thấy văn bản ${number || 'bạn nêu'}, nên tôi không trả lời thay nó.`,
  askAgain: 'Bạn kể chuyện đang gặp bằng lời thường, tôi sẽ tìm đúng điều luật cho bạn.',
  notOnShelf: (label: string, about: string) =>
    `${label} đang có hiệu lực nhưng nguyên văn chưa có trong thư viện của tôi${about ? ` (văn bản này nói về ${about})` : ''}, nên tôi không trả lời chi tiết để tránh nói sai.`,
  expired: (label: string, day: string, next: string) => `${label} đã hết hiệu lực từ ${day}${next ? `, thay bằng ${next}` : ''}.`,
  expiredMissing: 'Nguyên văn văn bản cũ chưa có trong thư viện của tôi.',
  before: (day: string, old: string, next: string, gone: boolean, missing: boolean) =>
    `Với việc xảy ra trước ${day}, áp dụng ${old} (${gone ? 'đã' : 'sẽ'} hết hiệu lực từ ${day}, thay bằng ${next})${missing ? '; nguyên văn văn bản ấy chưa có trong thư viện của tôi' : ''}.`,
  heldThen: (day: string, old: string) =>
    `Vào ngày ${day}, việc này theo ${old}; nguyên văn văn bản ấy chưa có trong thư viện của tôi nên tôi không trả lời chi tiết để tránh nói sai.`,
  since: (day: string) => `Với giao dịch từ ${day} trở đi, luật mới quy định như dưới đây.`,
  notYet: (label: string, from: string, day: string) => `${label} có hiệu lực từ ${from}; vào ngày ${day} luật này chưa áp dụng.`,
  ending: (label: string, day: string, next: string) => `${label} còn hiệu lực tới trước ${day}; từ ngày đó thay bằng ${next}.`,
  holds: (label: string, from: string) => `${label} có hiệu lực từ ${from}.`,
  articleSince: (place: string, label: string, from: string) => `${place} ${label} áp dụng từ ${from}.`,
  articleEnded: (place: string, label: string, day: string) => `${place} ${label} đã hết hiệu lực từ ${day}.`,
  articleToCome: (place: string, label: string, day: string) => `${place} ${label} tới ${day} mới có hiệu lực.`,
  stillHolds: (label: string, from: string, changed: readonly string[], text: string) =>
    `${label} có hiệu lực từ ${from} và đang còn hiệu lực${changed.length > 0 ? `; đã được sửa đổi bởi ${changed.join(', ')}${text ? `, bản sửa áp dụng từ ${text}` : ''}` : ''}.`,
  unknownBeside: (number: string) =>
    `Nguyên văn văn bản ${number} chưa có trong thư viện của tôi; tôi trả lời bằng điều của văn bản đang có hiệu lực nói về nó.`,
  amended: (label: string, from: string) =>
    `${label} đã được sửa đổi; bản trong thư viện của tôi áp dụng từ ${from}, bản áp dụng trước ngày đó chưa có.`,
  deferred: (what: string, until: string) => `Riêng việc ${what}: từ ${until} mới bắt buộc.`,
  transition: 'Quy định chuyển tiếp',
  unsure: 'Ngày giao dịch quyết định việc áp dụng luật nào. Bạn xem lại hóa đơn, tin nhắn đặt hàng hoặc sao kê để biết ngày.',
} as const
