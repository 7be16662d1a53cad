/**
 * `npm run -s officer -- list | show ID | take ID | write ID --text "…" | hand-back ID --outcome "…" | close ID --outcome "…"  [--by MÃ] [--name "Tên"]`:
 * an officer at the command line, while the service runs. `ID` may be the first letters of a conversation's id.
 */
import { newToken } from '../../adapters/console/cookies.ts'
import type { Store } from '../../adapters/storage/database.ts'
import { addLink, createOfficer, readOfficers } from '../../adapters/storage/officer-store.ts'
import { conversationsLike, openOwners, type QueueRow, readQueue, readThread, type ThreadRow } from '../../adapters/storage/owner-store.ts'
import type { Officer } from '../conversation/owner.ts'
import { type Content, wordsIn } from '../delivery/message.ts'
import type { OfficerDeed } from '../handoff/officer.ts'
import { officerDoes, timerOf } from '../handoff/officer.ts'
import { loginSchema, officerNameSchema } from '../officers/account.ts'
import { ROLES } from '../officers/permissions.ts'
import { CONSOLE_SAYS, invitedWords } from '../wording/console.ts'
import { OWNER_WORDS, REASON_WORDS, REFUSAL_WORDS, WORDLESS_WORDS } from '../wording/office.ts'
import { heldWhy, momentText } from '../wording/operations.ts'
import { linkTo } from './links.ts'
import { type Office, operator, Refused, readArguments, runOffice } from './office.ts'

const USAGE =
  'Cách dùng: npm run -s officer -- list | show ID | take ID | write ID --text "…" | hand-back ID --outcome "…" | close ID --outcome "…" | invite TÊN-ĐĂNG-NHẬP [--role officer|supervisor|administrator] [--by MÃ] [--name "Tên"]'
const OPTIONS = {
  text: { type: 'string' },
  outcome: { type: 'string' },
  role: { type: 'string' },
  by: { type: 'string' },
  name: { type: 'string' },
} as const
type Values = { readonly [key in keyof typeof OPTIONS]?: string | undefined }

async function list(store: Store): Promise<void> {
  const rows = await readQueue(store)
  if (rows.length === 0) console.log('Không ai đang chờ.')
  for (const row of rows) console.log(queueLine(row))
}

function queueLine({ id, channel, ownership, updatedAt }: QueueRow): string {
  const who = ownership.owner === 'staff' ? ownership.officer.name : OWNER_WORDS[ownership.owner]
  const why = 'reason' in ownership ? ` · ${REASON_WORDS[ownership.reason]}` : ''
  return `${id.slice(0, 8)}  ${who}  ${channel}  ${momentText(updatedAt)}${why}`
}

async function show(store: Store, id: string): Promise<void> {
  for (const row of await readThread(store, id)) console.log(threadLine(row))
}

function threadLine(row: ThreadRow): string {
  if (row.from === 'person') {
    const { content } = row
    const who = content.kind === 'officer' ? content.officer.name : 'người dân'
    return `${momentText(row.at)}  ${who}: ${[shownAs(content), wordsIn(content)].filter(Boolean).join(' ')}`
  }
  const { body } = row
  if (body.kind === 'owner') return `${momentText(row.at)}  → ${OWNER_WORDS[body.owner]}${body.officer ? ` (${body.officer})` : ''}`
  const state = row.held === null ? (row.sentAt === null ? ' (chưa tới)' : '') : ` (giữ lại: ${heldWhy(row.held)})`
  return `${momentText(row.at)}  ${body.author === 'staff' ? (body.officer ?? 'cán bộ') : 'trợ lý'}${state}: ${body.text}`
}

/** @returns what stands for something that is not only words. */
function shownAs(content: Content): string {
  switch (content.kind) {
    case 'attachment':
      return `[tệp ${content.mime}]`
    case 'remote':
      return '[tệp đang tải]'
    case 'unfetched':
      return '[tệp không nhận được]'
    case 'wordless':
      return `[${WORDLESS_WORDS[content.what]}]`
    case 'joined':
      return '[mở cuộc trò chuyện]'
    case 'group':
      return '[gọi trong nhóm]'
    default:
      return ''
  }
}

async function does({ store, config }: Office, id: string, officer: Officer, deed: OfficerDeed): Promise<void> {
  const office = { store: openOwners(store, (ownership) => timerOf(ownership, config.owner)), rules: config.owner, hours: config.association.hours }
  const result = await officerDoes(office, id, officer, deed, Date.now())
  if (result !== 'changed') throw new Refused(REFUSAL_WORDS[result])
  console.log('Đã ghi; người dân sẽ thấy trong giây lát.')
}

function deedOf(command: string, { text, outcome }: Values): OfficerDeed | undefined {
  switch (command) {
    case 'take':
      return { kind: 'take' }
    case 'write':
      if (!text?.trim()) throw new Refused('Cần lời nhắn: --text "…".')
      return { kind: 'write', text: text.trim() }
    case 'hand-back':
      return { kind: 'hand_back', outcome: outcome ?? '' }
    case 'close':
      return { kind: 'close', outcome: outcome ?? '' }
    default:
      return undefined
  }
}

/** Makes an account, or takes up one that is there, and prints a link to set it up: also for an administrator whose telephone is lost. */
async function invite({ store, config }: Office, given: string, { name, role = 'officer', by }: Values): Promise<void> {
  const login = loginSchema.safeParse(given)
  const chosen = ROLES.find((one) => one === role)
  if (!login.success || !chosen) throw new Refused(USAGE)
  const actor = operator(by)
  const now = Date.now()
  const known = (await readOfficers(store)).find((one) => one.login === login.data)
  const named = officerNameSchema.catch(login.data).parse(name ?? login.data)
  const id = known?.id ?? (await createOfficer(store, { login: login.data, name: named, role: chosen }, actor, now))
  const token = newToken()
  if (id === undefined || (await addLink(store, id, token, actor, now)) === undefined) throw new Refused(CONSOLE_SAYS.notAnOfficer)
  console.log(invitedWords(login.data, linkTo(config.publicUrl ?? `http://${config.host}:${config.port}`, token)))
}

/** @returns the one conversation whose id begins with `start`. */
async function conversationOf(store: Store, start: string): Promise<string> {
  const ids = await conversationsLike(store, start)
  if (ids.length > 1) throw new Refused(`Có ${ids.length} cuộc trò chuyện bắt đầu bằng "${start}": xin ghi dài hơn.`)
  return ids[0] ?? start
}

await runOffice(
  async (office) => {
    const { values, positionals } = readArguments(OPTIONS, USAGE)
    const [command = '', start = ''] = positionals
    if (command === 'list') return list(office.store)
    if (start === '') throw new Refused(USAGE)
    if (command === 'invite') return invite(office, start, values)
    const id = await conversationOf(office.store, start)
    if (command === 'show') return show(office.store, id)
    const deed = deedOf(command, values)
    if (!deed) throw new Refused(USAGE)
    const officer = operator(values.by)
    return does(office, id, { id: officer, name: values.name?.trim() || officer }, deed)
  },
  { mayCreate: false },
)
