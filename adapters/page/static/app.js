/**
 * The page at `/`: one conversation, kept only in this page's memory.
 * Whatever a person or the server wrote is put in as text, never as markup.
 */

const LONGEST = 10_000
const PREVIOUS_KEPT = 3
/** Earlier questions only give context: shortened, so that a request stays far below the server's limit. */
const PREVIOUS_LENGTH = 1_500
const PATIENCE_MS = 45_000
const SLOW_MS = 6_000

const EXAMPLES = {
  consumer: [
    'Mua hàng trên mạng nhận về hàng giả thì đòi lại tiền thế nào?',
    'Tôi vừa chuyển tiền cho shop rồi bị chặn, phải làm gì ngay?',
    'Điện thoại bảo hành 3 lần vẫn lỗi, có được đổi máy mới không?',
    'Đóng tiền khóa học qua mạng rồi muốn hủy thì có được trả tiền không?',
  ],
  seller: [
    'Bán hàng trên Facebook thì phải ghi những thông tin gì?',
    'Livestream bán hàng từ 1/7/2026 có quy định gì mới?',
    'Khách mua qua mạng đòi trả hàng, tôi phải hoàn tiền trong bao lâu?',
    'Tôi phải giữ bí mật thông tin của khách tới mức nào?',
  ],
}

const SAY = {
  waiting: 'An Tâm đang tra luật…',
  slow: 'Vẫn đang tìm, bạn chờ thêm chút nhé…',
  offline: 'Máy bạn đang mất mạng. Chữ bạn viết vẫn còn; có mạng lại là gửi được.',
  troubles: {
    offline: 'Máy bạn đang mất mạng nên câu này chưa gửi đi. Câu hỏi vẫn còn đây, có mạng lại bạn bấm “Gửi lại” nhé.',
    unreachable:
      'Chưa nối được tới An Tâm, có thể do mạng yếu. Câu hỏi vẫn còn đây, bạn bấm “Gửi lại” nhé. Việc gấp xin gọi tổng đài quốc gia 1800.6838 (miễn phí).',
    slow: 'Đợi lâu quá mà chưa có câu trả lời. Câu hỏi vẫn còn đây, bạn bấm “Gửi lại” nhé. Việc gấp xin gọi tổng đài quốc gia 1800.6838 (miễn phí).',
    server: 'Xin lỗi, An Tâm đang trục trặc. Câu hỏi vẫn còn đây, ít phút nữa bạn gửi lại, hoặc gọi tổng đài quốc gia 1800.6838 (miễn phí).',
  },
  tooLong: (count) =>
    `Câu hỏi đang dài ${count.toLocaleString('vi-VN')} ký tự, nhiều nhất là ${LONGEST.toLocaleString('vi-VN')}. Bạn rút gọn giúp nhé.`,
  noRestatement: 'Văn bản này An Tâm mới chỉ biết tên và số hiệu, chưa có phần diễn giải.',
}

/** A short name above the reply, where the kind of reply matters for how to read it. */
const BADGES = {
  clarify: 'An Tâm cần hỏi thêm',
  abstained: 'Chưa đủ căn cứ để trả lời',
  refused: 'Việc An Tâm không giúp được',
  complaint: 'Khiếu nại',
  handoff: 'Gặp cán bộ',
  failed: 'Chưa trả lời được',
}

const find = (id) => document.getElementById(id)
const log = find('log')
const form = find('form')
const question = find('question')
const hint = find('hint')
const fresh = find('fresh')
const network = find('network')
const panel = find('panel')
const hintText = hint.textContent

/** Questions of this conversation that got a reply, oldest first. */
let asked = []
let busy = false

/** @returns an element with a class and children; strings become text. */
function el(tag, className, ...children) {
  const node = document.createElement(tag)
  if (className) node.className = className
  node.append(...children)
  return node
}

function button(className, label, onClick) {
  const node = el('button', className, label)
  node.type = 'button'
  node.addEventListener('click', onClick)
  return node
}

// ── asking ──────────────────────────────────────────────────────────────────────────────────────

function audience() {
  return form.elements.namedItem('audience').value
}

function send(words) {
  const text = words.trim()
  if (busy || text === '') return
  for (const old of log.querySelectorAll('.choices')) old.remove()
  const turn = el('article', 'turn', el('h2', 'unseen', 'Bạn hỏi'), el('p', 'said', text))
  turn.tabIndex = -1
  log.append(turn)
  fresh.hidden = false
  document.body.classList.add('talking')
  // A keyboard on glass covers half the answer; a real keyboard stays in the box for the next question.
  if (matchMedia('(pointer: coarse)').matches) question.blur()
  if (document.activeElement !== question) turn.focus({ preventScroll: true })
  turn.scrollIntoView({ block: 'start' })
  return attempt(turn, text)
}

async function attempt(turn, text) {
  setBusy(true)
  const waiting = waitingNote()
  turn.append(waiting)
  const outcome = await fetchReply(text)
  waiting.remove()
  setBusy(false)
  if (outcome.reply) {
    asked.push(text)
    turn.append(renderReply(outcome.reply, turn, text))
  } else turn.append(renderTrouble(outcome, turn, text))
}

function setBusy(value) {
  busy = value
  log.setAttribute('aria-busy', String(value))
  form.classList.toggle('busy', value)
  form.querySelector('.send').setAttribute('aria-disabled', String(value))
}

function waitingNote() {
  const words = el('span', '', SAY.waiting)
  const dots = el('span', 'dots', el('i'), el('i'), el('i'))
  dots.setAttribute('aria-hidden', 'true')
  const note = el('p', 'waiting', dots, words)
  note.setAttribute('role', 'status')
  setTimeout(() => {
    words.textContent = SAY.slow
  }, SLOW_MS)
  return note
}

/** @returns {Promise<{reply?: object, message?: string, final?: boolean}>} a reply, or what to tell the person; never rejects */
async function fetchReply(text) {
  const stop = new AbortController()
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS)
  try {
    const response = await fetch('/api/ask', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request(text)),
      signal: stop.signal,
    })
    const body = await response.json().catch(() => undefined)
    if (response.ok && Array.isArray(body?.sections)) return { reply: body }
    return { message: body?.error?.message ?? SAY.troubles.server, final: response.status === 400 || response.status === 413 }
  } catch {
    if (stop.signal.aborted) return { message: SAY.troubles.slow }
    return { message: navigator.onLine ? SAY.troubles.unreachable : SAY.troubles.offline }
  } finally {
    clearTimeout(timer)
  }
}

function request(text) {
  const previous = asked.slice(-PREVIOUS_KEPT).map((line) => Array.from(line).slice(0, PREVIOUS_LENGTH).join(''))
  const side = audience()
  return { text, ...(previous.length > 0 && { previous }), ...(side && { audience: side }) }
}

// ── showing a reply ─────────────────────────────────────────────────────────────────────────────

/** What is urgent comes first wherever the reply has it; the basis stands before the ways out and the closing note. */
function renderReply(reply, turn, text) {
  const card = el('div', `reply reply-${reply.status}`, el('h2', 'unseen', 'An Tâm trả lời'))
  const badge = BADGES[reply.status]
  if (badge) card.append(el('p', 'badge', badge))
  const sections = reply.sections.length > 0 ? reply.sections : [plainSection(reply.text)]
  const place = (section) => (section.kind === 'urgent' ? 0 : section.kind === 'way_out' || section.kind === 'note' ? 2 : 1)
  const shown = (at) => sections.filter((section) => place(section) === at).map((section) => renderSection(section, reply.citations))
  card.append(...shown(0), ...shown(1), ...renderSources(reply.citations), ...shown(2))
  const out = el('div', 'out', card)
  if (reply.status === 'failed') out.append(renderActions(turn, text, out))
  if (reply.choices.length > 0) out.append(renderChoices(reply.choices))
  return out
}

function plainSection(text) {
  const lines = text.split(/\n+/).filter((line) => line.trim() !== '')
  return { heading: '', kind: 'answer', lines: lines.map((line) => ({ text: line, citations: [] })) }
}

const LISTS = { steps: 'ol', urgent: 'ol', conditions: 'ul', evidence: 'ul', related: 'ul' }

function renderSection(section, citations) {
  const part = el('section', `part part-${section.kind}`)
  if (section.heading) part.append(el('h3', '', section.heading))
  const listTag = section.lines.length > 1 || section.kind !== 'urgent' ? LISTS[section.kind] : undefined
  const body = listTag ? el(listTag, '') : part
  if (listTag === 'ol' || listTag === 'ul') body.setAttribute('role', 'list')
  for (const line of section.lines) {
    const words = listTag ? line.text.replace(/^\s*(?:\d{1,2}[.)]|[-•–])\s+/, '') : line.text
    body.append(el(listTag ? 'li' : 'p', '', ...withMarks(withPhones(words), marks(line.citations, citations))))
  }
  if (listTag) part.append(body)
  return part
}

/** A little number never stands alone on a line: the last word stays with the first of them. */
function withMarks(parts, numbers) {
  const [first, ...more] = numbers
  if (!first) return parts
  const end = parts.at(-1)
  const cut = end.trimEnd().lastIndexOf(' ') + 1
  if (end.length - cut > 20) return [...parts, ' ', ...numbers]
  return [...parts.slice(0, -1), end.slice(0, cut), el('span', 'kept', end.slice(cut), ' ', first), ...more.flatMap((mark) => [' ', mark])]
}

/** The little numbers after a line, each opening its basis. */
function marks(indexes, citations) {
  return indexes.flatMap((index) => {
    const citation = citations[index]
    if (!citation) return []
    const mark = button('mark', String(index + 1), () => openPanel(citation))
    mark.setAttribute('aria-label', `Xem căn cứ ${index + 1}: ${citation.label}`)
    return mark
  })
}

const PHONES = /(1[89]00[. ]?\d{4}(?!\d))|((?:gọi|số)(?: ngay)? )(11[345])(?!\d)/giu

/** Turns toll-free and emergency numbers into links that dial. */
function withPhones(text) {
  const parts = []
  let from = 0
  for (const match of text.matchAll(PHONES)) {
    const number = match[1] ?? match[3]
    const at = match.index + (match[2]?.length ?? 0)
    const link = el('a', 'phone', number)
    link.href = `tel:${number.replace(/\D/g, '')}`
    parts.push(text.slice(from, at), link)
    from = at + number.length
  }
  return [...parts, text.slice(from)]
}

function renderSources(citations) {
  if (citations.length === 0) return []
  const list = el('ul', 'chips')
  list.setAttribute('role', 'list')
  citations.forEach((citation, index) => {
    const state = validity(citation)
    const words = el('span', 'chip-words', el('span', 'chip-label', citation.label), el('span', `validity ${state.mood}`, state.words))
    const number = el('span', 'chip-number', String(index + 1))
    const chip = button('chip', '', () => openPanel(citation))
    chip.append(number, words)
    chip.setAttribute('aria-haspopup', 'dialog')
    list.append(el('li', '', chip))
  })
  return [el('section', 'part part-sources', el('h3', '', 'Căn cứ'), list)]
}

function renderChoices(choices) {
  const group = el('div', 'choices')
  group.setAttribute('role', 'group')
  group.setAttribute('aria-label', 'Trả lời nhanh')
  group.append(...choices.map((words) => button('choice', words, () => choose(words))))
  return group
}

/** Words that are also a side of the switch move the switch along. */
function choose(words) {
  if (busy) return
  for (const label of form.querySelectorAll('.sides label')) if (label.textContent.trim() === words) label.querySelector('input').checked = true
  send(words)
}

// ── when it did not work ────────────────────────────────────────────────────────────────────────

function renderTrouble({ message, final }, turn, text) {
  const box = el('div', 'trouble', el('p', '', ...withPhones(message)))
  box.setAttribute('role', 'alert')
  box.append(renderActions(turn, text, box, final))
  return box
}

/** "Gửi lại" asks the same words once more; "Sửa câu hỏi" puts them back in the box. */
function renderActions(turn, text, box, editOnly = false) {
  const again = button('choice strong', 'Gửi lại', () => {
    if (busy) return
    turn.focus({ preventScroll: true })
    box.remove()
    attempt(turn, text)
  })
  const edit = button('choice', 'Sửa câu hỏi', () => {
    if (busy) return
    turn.remove()
    question.value = text
    sizeBox()
    question.focus()
  })
  return el('div', 'actions', ...(editOnly ? [] : [again]), edit)
}

function showNetwork() {
  network.textContent = navigator.onLine ? '' : SAY.offline
}

// ── the panel of a citation ─────────────────────────────────────────────────────────────────────

const day = (iso) => iso.split('-').reverse().join('/')
const today = () => new Intl.DateTimeFormat('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' }).format(new Date())

/** `inForceTo` is the first day on which the text no longer applies. */
function validity({ inForceFrom, inForceTo }) {
  const now = today()
  if (inForceTo && inForceTo <= now) return { mood: 'gone', words: `hết hiệu lực từ ${day(inForceTo)}` }
  if (inForceFrom && inForceFrom > now) return { mood: 'soon', words: `chưa có hiệu lực, bắt đầu từ ${day(inForceFrom)}` }
  const end = inForceTo ? `, hết hiệu lực từ ${day(inForceTo)}` : ''
  if (inForceFrom) return { mood: 'alive', words: `còn hiệu lực từ ${day(inForceFrom)}${end}` }
  return { mood: 'soon', words: end ? end.slice(2) : 'chưa rõ thời điểm hiệu lực' }
}

function openPanel(citation) {
  const state = validity(citation)
  find('panel-label').textContent = citation.label
  find('panel-title').textContent = citation.title
  find('panel-document').textContent = `${citation.documentName} (${citation.document})`
  find('panel-validity').textContent = state.words
  find('panel-validity').className = `validity ${state.mood}`
  find('panel-ours').hidden = citation.restatement === ''
  find('panel-restatement').textContent = citation.restatement || SAY.noRestatement
  const opener = document.activeElement
  panel.showModal()
  panel.scrollTop = 0
  panel.addEventListener('close', () => opener?.focus({ preventScroll: true }), { once: true })
}

find('panel-close').addEventListener('click', () => panel.close())
panel.addEventListener('click', (event) => {
  if (event.target === panel) panel.close()
})

// ── the box at the bottom ───────────────────────────────────────────────────────────────────────

function sizeBox() {
  question.style.height = 'auto'
  question.style.height = `${question.scrollHeight + 2}px`
  const count = Array.from(question.value).length
  hint.textContent = count > LONGEST ? SAY.tooLong(count) : hintText
  hint.classList.toggle('wrong', count > LONGEST)
}

function submit() {
  if (busy || question.value.trim() === '') return question.focus()
  if (Array.from(question.value.trim()).length > LONGEST) return sizeBox()
  const text = question.value
  question.value = ''
  sizeBox()
  send(text)
}

form.addEventListener('submit', (event) => {
  event.preventDefault()
  submit()
})
question.addEventListener('input', sizeBox)
question.addEventListener('keydown', (event) => {
  // While a Vietnamese input method composes a word, Enter belongs to it (229 is how older Safari says so).
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return
  event.preventDefault()
  submit()
})

fresh.addEventListener('click', () => {
  if (busy || asked.length === 0) return question.focus()
  asked = []
  for (const old of log.querySelectorAll('.choices')) old.remove()
  log.append(el('p', 'divider', 'Chuyện mới: An Tâm không nối với các câu ở trên nữa'))
  fresh.hidden = true
  question.focus()
})

function showExamples() {
  find('examples').replaceChildren(
    ...EXAMPLES[audience() || 'consumer'].map((words) =>
      el(
        'li',
        '',
        button('example', words, () => send(words)),
      ),
    ),
  )
}

for (const radio of form.elements.namedItem('audience')) radio.addEventListener('change', showExamples)
addEventListener('online', showNetwork)
addEventListener('offline', showNetwork)
showNetwork()
showExamples()
sizeBox()
