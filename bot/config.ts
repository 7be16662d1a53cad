/** Settings from the environment: read once, every problem named together, then frozen. */
import { resolve } from 'node:path'
import { z } from 'zod'
import { type OfficeHours, officeHoursIn } from './calendar/hours.ts'
import type { OwnerRules } from './conversation/owner.ts'

const port = z.coerce.number().int().min(0).max(65_535)
const unset = (value: unknown) => (value === '' ? undefined : value)
const optional = <T extends z.ZodType>(schema: T) => z.preprocess(unset, schema.optional())

const atLeastOne = z.coerce.number().int().min(1)
const words = z.string().trim().default('')
/** "https://example.vn": no path, no star. */
const origin = z.string().refine((text) => URL.canParse(text) && new URL(text).origin === text && !text.includes('*'))

/** As "123456:ABC-def"; it becomes part of an address. */
const token = z.string().regex(/^\d{1,20}:[\w-]{1,200}$/)
/** "127.0.0.1:8080", "may-chu.lan:443", "[::1]:8080". */
const hostAndPort = z.string().regex(/^(\[[0-9a-f:]+\]|[a-z0-9.-]+):\d{1,5}$/i)
/** Where a platform's API lives: an address without a slash at the end. */
const root = (usual: string) =>
  z.preprocess(
    unset,
    z
      .url({ protocol: /^https?$/ })
      .default(usual)
      .transform((url) => url.replace(/\/+$/, '')),
  )

/** A password in an address would be written into logs of proxies and lists of processes. */
function bears(address: string): boolean {
  const { username, password, hash } = new URL(address)
  return username === '' && password === '' && hash === ''
}

const SECRET = /^whsec_([A-Za-z0-9+/]{32,88}={0,2})$/
/** As Standard Webhooks has it. */
const SECRET_BYTES = [24, 64] as const
/** Fewer different bytes are no accident of chance: 24 drawn ones have about 23. */
const LEAST_DIFFERENT = 12

/** @returns whether a secret is "whsec_" and the base64 of 24 to 64 bytes that look drawn by chance. */
function isStrongSecret(secret: string): boolean {
  const [, text = ''] = SECRET.exec(secret) ?? []
  const bytes = Buffer.from(text, 'base64')
  const [least, most] = SECRET_BYTES
  return bytes.toString('base64') === text && bytes.length >= least && bytes.length <= most && new Set(bytes).size >= LEAST_DIFFERENT
}

const environment = z.object({
  HOST: z.preprocess(unset, z.string().default('127.0.0.1')),
  PORT: z.preprocess(unset, port.default(3000)),
  ANTAM_DATA: z.preprocess(unset, z.string().default('./data')),
  PUBLIC_URL: optional(z.url({ protocol: /^https?$/ })),
  EMBED_ORIGINS: z
    .preprocess(unset, z.string().default(''))
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(origin)),
  RATE_PER_MINUTE: z.preprocess(unset, atLeastOne.default(20)),
  RATE_PER_HOUR: z.preprocess(unset, atLeastOne.default(200)),
  RATE_PER_ADDRESS: z.preprocess(unset, atLeastOne.default(120)),
  RATE_GLOBAL: z.preprocess(unset, atLeastOne.default(50)),
  SESSIONS_PER_HOUR: z.preprocess(unset, atLeastOne.default(120)),
  CONVERSATION_DAYS: z.preprocess(unset, atLeastOne.default(90)),
  TRIAL_QUESTIONS: z.preprocess(unset, atLeastOne.optional()),
  ATTACHMENT_MAX_MB: z.preprocess(unset, atLeastOne.max(50).default(10)),
  OFFICER_NOTICE_MINUTES: z.preprocess(unset, atLeastOne.default(10)),
  OFFICER_WAIT_HOURS: z.preprocess(unset, atLeastOne.default(24)),
  OFFICER_SILENT_MINUTES: z.preprocess(unset, atLeastOne.default(15)),
  OFFICER_IDLE_HOURS: z.preprocess(unset, atLeastOne.default(12)),
  OFFICER_ALERT_MINUTES: z.preprocess(unset, atLeastOne.default(5)),
  OFFICE_HOURS: z.preprocess(unset, z.string().default('07:30-17:00')).refine((text) => officeHoursIn(text) !== undefined),
  OFFICER_APPROVAL: z.preprocess(unset, z.enum(['on', 'off']).default('off')),
  STOP_SECONDS: z.preprocess(unset, atLeastOne.max(300).default(10)),
  TRUST_PROXY: optional(z.coerce.number().int().min(0).max(8)),
  ASSOCIATION_NAME: words,
  ASSOCIATION_PHONE: words,
  ASSOCIATION_EMAIL: words,
  ASSOCIATION_ADDRESS: words,
  ASSOCIATION_HOURS: words,
  ALLOW_PRIVATE_HOSTS: z
    .preprocess(unset, z.string().default(''))
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(hostAndPort)),
  TELEGRAM_TOKEN: optional(token),
  TELEGRAM_WEBHOOK_SECRET: optional(z.string().regex(/^[\w-]{8,256}$/)),
  TELEGRAM_API_ROOT: root('https://api.telegram.org'),
  ZALO_BOT_TOKEN: optional(token),
  ZALO_BOT_WEBHOOK_SECRET: optional(z.string().regex(/^[\x21-\x7e]{8,256}$/)),
  ZALO_BOT_API_ROOT: root('https://bot-api.zaloplatforms.com'),
  ZALO_BOT_MOST_USERS: z.preprocess(unset, z.coerce.number().int().min(0).default(50)),
  ZALO_BOT_MOST_MESSAGES: z.preprocess(unset, z.coerce.number().int().min(0).default(3_000)),
  ZALO_OA_APP_ID: optional(z.string().regex(/^\d{3,30}$/)),
  ZALO_OA_APP_SECRET: optional(z.string().min(4)),
  ZALO_OA_SECRET_KEY: optional(z.string().min(4)),
  ZALO_OA_REFRESH_TOKEN: optional(z.string().min(4)),
  ZALO_OA_API_ROOT: root('https://openapi.zalo.me'),
  ZALO_OA_OAUTH_ROOT: root('https://oauth.zaloapp.com'),
  ZALO_MEDIA_HOSTS: z
    .preprocess(unset, z.string().default('zdn.vn,zadn.vn,zalo.me,zaloapp.com,zaloplatforms.com,zapps.me'))
    .transform((text) => text.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(z.string().regex(/^[a-z0-9.-]+(:\d+)?$/i))),
  INTAKE_URL: optional(z.url({ protocol: /^https?$/ }).refine(bears)),
  INTAKE_SECRET: optional(
    z
      .string()
      .transform((text) => text.split(/[\s,]+/).filter(Boolean))
      .pipe(z.array(z.string().refine(isStrongSecret)).min(1)),
  ),
  SMTP_URL: optional(z.url({ protocol: /^smtps?$/ })),
  MAIL_FROM: optional(z.email()),
  MAIL_TO: optional(z.email()),
  FIRST_REPLY_DAYS: z.preprocess(unset, atLeastOne.max(60).default(3)),
  CASE_DAYS: z.preprocess(unset, atLeastOne.default(1825)),
  WARNING_RESERVE_PERCENT: z.preprocess(unset, z.coerce.number().int().min(0).max(100).default(50)),
  QUIZ_PASS_PERCENT: z.preprocess(unset, atLeastOne.max(100).default(80)),
  QUIZ_DAYS: z.preprocess(unset, atLeastOne.default(400)),
  EMBEDDING_FOLDER: optional(z.string()),
  EMBEDDING_REVISION: z.preprocess(unset, z.string().default('local')),
  EMBEDDING_DTYPE: z.preprocess(unset, z.enum(['fp32', 'fp16', 'q8', 'int8', 'uint8', 'q4', 'bnb4', 'q4f16']).default('q8')),
  EMBEDDING_DIMENSION: optional(z.coerce.number().int().positive()),
  EMBEDDING_POOLING: z.preprocess(unset, z.enum(['mean', 'cls', 'last_token']).default('mean')),
  EMBEDDING_QUERY_PREFIX: z.string().default(''),
  EMBEDDING_PASSAGE_PREFIX: z.string().default(''),
})

/** A configuration that cannot be used; the message lists every problem, one sentence a line. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError'
}

export type Config = Readonly<{
  host: string
  port: number
  dataFolder: string
  /** Where people reach it; undefined when only this machine does. */
  publicUrl: string | undefined
  /** Other origins whose pages may carry the chat. */
  embedOrigins: readonly string[]
  limits: Limits
  conversationDays: number
  /** Of the saved questions so many are asked when an edit is tried; undefined: all. */
  trialQuestions: number | undefined
  attachmentMaxBytes: number
  owner: OwnerRules
  alerts: AlertSetting
  /** What officers write waits for a supervisor, whoever of them it is; off: only for those of whom an administrator says so. */
  approval: boolean
  /** How long a stop may take before the process ends anyway. */
  stopMs: number
  association: Association
  trustProxy: number | undefined
  /** Private hosts that may be called, as "127.0.0.1:8080". */
  allowPrivateHosts: readonly string[]
  /** Each undefined where it is not switched on. */
  telegram: TelegramSetting | undefined
  zaloBot: ZaloBotSetting | undefined
  zaloOa: ZaloOaSetting | undefined
  /** Where confirmed cases are handed over; each undefined where it is not configured: then they lie in the association's own store alone. */
  intake: IntakeSetting | undefined
  mail: MailSetting | undefined
  /** Working days within which the office looks at a new case. */
  firstReplyDays: number
  /** How long a case is kept. */
  caseDays: number
  /** Of a plan that counts messages: so many per cent are kept for answers, whatever warnings wait. */
  warningReservePercent: number
  quiz: QuizSetting
  embedding: EmbeddingSetting | undefined
}>

/** Telling officers of work outside the console. */
export interface AlertSetting {
  /** Who has waited so long is told of. */
  readonly waitMs: number
  readonly hours: OfficeHours
}

export interface TelegramSetting {
  readonly token: string
  /** Undefined without a public address: then updates are fetched, not received. */
  readonly webhookSecret: string | undefined
  readonly apiRoot: string
}

export interface ZaloBotSetting {
  readonly token: string
  /** Undefined without a public address: then updates are fetched, not received. */
  readonly webhookSecret: string | undefined
  readonly apiRoot: string
  /** Hosts, and hosts below them, from which photos may be fetched. */
  readonly mediaHosts: readonly string[]
  /** Of the plan: people, and messages a month in both directions; 0: without a limit. */
  readonly mostUsers: number
  readonly mostMessages: number
}

export interface ZaloOaSetting {
  readonly appId: string
  readonly appSecret: string
  /** Signs what comes in; not the app's secret. */
  readonly secretKey: string
  /** The first of a chain: each is good for one use and brings the next. */
  readonly refreshToken: string
  readonly apiRoot: string
  readonly oauthRoot: string
  readonly mediaHosts: readonly string[]
}

/** A receiver of Standard Webhooks. */
export interface IntakeSetting {
  readonly url: string
  /** Each signs: while secrets are exchanged there are two. */
  readonly secrets: readonly string[]
}

/** The association's mailbox for cases. */
export interface MailSetting {
  readonly url: string
  readonly from: string
  readonly to: string
}

/** How much one visitor, one network address and everybody together may send; each a whole number from 1. */
export interface Limits {
  readonly perVisitorPerMinute: number
  readonly perVisitorPerHour: number
  /** One IPv4 address or one IPv6 /64. Many phones share one IPv4 address, so this should be well above the visitor's. */
  readonly perAddressPerMinute: number
  readonly globalPerSecond: number
  /** New visitors; renewing the session of a known visitor makes none and is not counted here. */
  readonly sessionsPerAddressPerHour: number
}

/** Who runs this. An empty text is shown as "chưa cung cấp", never invented. */
export interface Association {
  readonly name: string
  readonly phone: string
  readonly email: string
  readonly address: string
  readonly hours: string
}

/** Quizzes: what share of right answers passes, and for how long attempts of people without an account are kept. */
export interface QuizSetting {
  readonly passPercent: number
  readonly keptDays: number
}

/** A model of one's own instead of the one that ships. */
export interface EmbeddingSetting {
  readonly folder: string
  readonly revision: string
  readonly dtype: 'fp32' | 'fp16' | 'q8' | 'int8' | 'uint8' | 'q4' | 'bnb4' | 'q4f16'
  readonly dimension: number
  readonly pooling: 'mean' | 'cls' | 'last_token'
  readonly queryPrefix: string
  readonly passagePrefix: string
}

/** What each setting must be, for the sentence that names a wrong one. */
const MUST_BE: Readonly<Record<string, string>> = {
  PORT: 'số cổng từ 0 đến 65535',
  PUBLIC_URL: 'địa chỉ http(s) đầy đủ, như https://antam.example.vn',
  EMBED_ORIGINS: 'danh sách nguồn cách nhau bằng dấu phẩy, mỗi nguồn như https://example.vn (không có đường dẫn, không dùng *)',
  RATE_PER_MINUTE: 'số nguyên lớn hơn 0',
  RATE_PER_HOUR: 'số nguyên lớn hơn 0',
  RATE_PER_ADDRESS: 'số nguyên lớn hơn 0',
  RATE_GLOBAL: 'số nguyên lớn hơn 0',
  SESSIONS_PER_HOUR: 'số nguyên lớn hơn 0',
  CONVERSATION_DAYS: 'số ngày, số nguyên lớn hơn 0',
  TRIAL_QUESTIONS: 'số câu hỏi, số nguyên lớn hơn 0',
  ATTACHMENT_MAX_MB: 'số MB từ 1 đến 50',
  OFFICER_NOTICE_MINUTES: 'số phút, số nguyên lớn hơn 0',
  OFFICER_WAIT_HOURS: 'số giờ, số nguyên lớn hơn 0',
  OFFICER_SILENT_MINUTES: 'số phút, số nguyên lớn hơn 0',
  OFFICER_IDLE_HOURS: 'số giờ, số nguyên lớn hơn 0',
  OFFICER_ALERT_MINUTES: 'số phút, số nguyên lớn hơn 0',
  OFFICE_HOURS: 'giờ làm việc trong ngày, như 07:30-17:00',
  OFFICER_APPROVAL: 'on hoặc off',
  STOP_SECONDS: 'số giây từ 1 đến 300',
  TRUST_PROXY: 'số proxy đứng trước, từ 0 đến 8',
  ALLOW_PRIVATE_HOSTS: 'danh sách máy:cổng cách nhau bằng dấu phẩy, như 127.0.0.1:8080',
  TELEGRAM_TOKEN: 'token do BotFather cấp, như 123456:ABC…',
  TELEGRAM_WEBHOOK_SECRET: 'từ 8 đến 256 ký tự, chỉ gồm chữ không dấu, số, _ và -',
  TELEGRAM_API_ROOT: 'địa chỉ http(s) đầy đủ',
  ZALO_BOT_TOKEN: 'token do Zalo Bot Creator cấp, như 123456:abc…',
  ZALO_BOT_WEBHOOK_SECRET: 'từ 8 đến 256 ký tự không dấu, không có khoảng trắng',
  ZALO_BOT_API_ROOT: 'địa chỉ http(s) đầy đủ',
  ZALO_BOT_MOST_USERS: 'số người của gói, số nguyên từ 0 (0: không giới hạn)',
  ZALO_BOT_MOST_MESSAGES: 'số tin mỗi tháng của gói, số nguyên từ 0 (0: không giới hạn)',
  ZALO_OA_APP_ID: 'mã ứng dụng Zalo, toàn chữ số',
  ZALO_OA_APP_SECRET: 'khóa bí mật của ứng dụng',
  ZALO_OA_SECRET_KEY: 'OA Secret Key, khác với khóa bí mật của ứng dụng',
  ZALO_OA_REFRESH_TOKEN: 'refresh token của OA',
  ZALO_OA_API_ROOT: 'địa chỉ http(s) đầy đủ',
  ZALO_OA_OAUTH_ROOT: 'địa chỉ http(s) đầy đủ',
  ZALO_MEDIA_HOSTS: 'danh sách tên miền cách nhau bằng dấu phẩy, như zdn.vn,zadn.vn',
  INTAKE_URL: 'địa chỉ http(s) đầy đủ, không kèm tên và mật khẩu',
  INTAKE_SECRET:
    'whsec_ và 24 đến 64 byte ngẫu nhiên viết theo base64 (tạo bằng: echo whsec_$(openssl rand -base64 32)); khi đổi khóa thì ghi hai khóa cách nhau bằng khoảng trắng',
  SMTP_URL: 'địa chỉ máy gửi thư, như smtps://ten:matkhau@mail.example.vn',
  MAIL_FROM: 'một địa chỉ thư điện tử',
  MAIL_TO: 'một địa chỉ thư điện tử',
  FIRST_REPLY_DAYS: 'số ngày làm việc từ 1 đến 60',
  CASE_DAYS: 'số ngày, số nguyên lớn hơn 0',
  WARNING_RESERVE_PERCENT: 'số phần trăm từ 0 đến 100',
  QUIZ_PASS_PERCENT: 'số phần trăm từ 1 đến 100',
  QUIZ_DAYS: 'số ngày, số nguyên lớn hơn 0',
  EMBEDDING_DTYPE: 'một trong fp32, fp16, q8, int8, uint8, q4, bnb4, q4f16',
  EMBEDDING_DIMENSION: 'số chiều, số nguyên lớn hơn 0',
  EMBEDDING_POOLING: 'một trong mean, cls, last_token',
}

/** Reads `env`. Throws {@link ConfigError} with every problem. */
export function readConfig(env: NodeJS.ProcessEnv): Config {
  const parsed = environment.safeParse(env)
  const wrong = parsed.success ? [] : [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))]
  const problems = wrong.map((name) => `${name}: phải là ${MUST_BE[name] ?? 'chữ'}.`)
  if (env['EMBEDDING_FOLDER'] && !env['EMBEDDING_DIMENSION']) problems.push('EMBEDDING_DIMENSION: cần số chiều của mô hình khi đặt EMBEDDING_FOLDER.')
  problems.push(...channelProblems(env), ...intakeProblems(env))
  if (parsed.success) problems.push(...openProblems(parsed.data))
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems.join('\n'))
  const e = parsed.data
  return Object.freeze({
    host: e.HOST,
    port: e.PORT,
    dataFolder: resolve(e.ANTAM_DATA),
    publicUrl: e.PUBLIC_URL,
    embedOrigins: e.EMBED_ORIGINS,
    limits: limitsOf(e),
    conversationDays: e.CONVERSATION_DAYS,
    trialQuestions: e.TRIAL_QUESTIONS,
    attachmentMaxBytes: e.ATTACHMENT_MAX_MB * 1024 * 1024,
    owner: ownerRulesOf(e),
    alerts: { waitMs: e.OFFICER_ALERT_MINUTES * 60_000, hours: officeHoursIn(e.OFFICE_HOURS) as OfficeHours },
    approval: e.OFFICER_APPROVAL === 'on',
    stopMs: e.STOP_SECONDS * 1_000,
    association: associationOf(e),
    trustProxy: e.TRUST_PROXY,
    allowPrivateHosts: e.ALLOW_PRIVATE_HOSTS,
    telegram: telegramOf(e),
    zaloBot: zaloBotOf(e),
    zaloOa: zaloOaOf(e),
    intake: e.INTAKE_URL && e.INTAKE_SECRET ? { url: e.INTAKE_URL, secrets: e.INTAKE_SECRET } : undefined,
    mail: e.SMTP_URL && e.MAIL_FROM && e.MAIL_TO ? { url: e.SMTP_URL, from: e.MAIL_FROM, to: e.MAIL_TO } : undefined,
    firstReplyDays: e.FIRST_REPLY_DAYS,
    caseDays: e.CASE_DAYS,
    warningReservePercent: e.WARNING_RESERVE_PERCENT,
    quiz: { passPercent: e.QUIZ_PASS_PERCENT, keptDays: e.QUIZ_DAYS },
    embedding: embeddingOf(e),
  })
}

type Environment = z.infer<typeof environment>

/** What must be given together. A channel that is reached from outside never starts without what proves where its messages come from. */
function channelProblems(env: NodeJS.ProcessEnv): string[] {
  const problems: string[] = []
  for (const name of ['TELEGRAM', 'ZALO_BOT']) {
    if (env['PUBLIC_URL'] && env[`${name}_TOKEN`] && !env[`${name}_WEBHOOK_SECRET`])
      problems.push(`${name}_WEBHOOK_SECRET: bắt buộc khi có PUBLIC_URL, để không ai giả được tin nhắn.`)
  }
  const missing = OA_SETTINGS.filter((name) => !env[name])
  if (missing.length > 0 && missing.length < OA_SETTINGS.length)
    problems.push(...missing.map((name) => `${name}: còn thiếu; Zalo OA cần đủ ${OA_SETTINGS.join(', ')}.`))
  return problems
}

const OA_SETTINGS = ['ZALO_OA_APP_ID', 'ZALO_OA_APP_SECRET', 'ZALO_OA_SECRET_KEY', 'ZALO_OA_REFRESH_TOKEN']

const MAIL_SETTINGS = ['SMTP_URL', 'MAIL_FROM', 'MAIL_TO']

/** Nothing is handed over unsigned, and no e-mail half configured: a case that waits for ever for a typing error helps nobody. */
function intakeProblems(env: NodeJS.ProcessEnv): string[] {
  const problems: string[] = []
  if (env['INTAKE_URL'] && !env['INTAKE_SECRET']) problems.push('INTAKE_SECRET: bắt buộc khi có INTAKE_URL, để nơi nhận biết hồ sơ do Hội gửi.')
  if (env['INTAKE_SECRET'] && !env['INTAKE_URL']) problems.push('INTAKE_URL: còn thiếu; INTAKE_SECRET chỉ dùng cùng INTAKE_URL.')
  const missing = MAIL_SETTINGS.filter((name) => !env[name])
  if (missing.length > 0 && missing.length < MAIL_SETTINGS.length)
    problems.push(...missing.map((name) => `${name}: còn thiếu; gửi hồ sơ qua thư cần đủ ${MAIL_SETTINGS.join(', ')}.`))
  return problems
}

/** What people told us goes in the open to nobody but a host that the operator listed as their own. */
function openProblems({ INTAKE_URL, ALLOW_PRIVATE_HOSTS: listed }: Environment): string[] {
  if (INTAKE_URL === undefined) return []
  const { protocol, hostname, port } = new URL(INTAKE_URL)
  const isListed = listed.some((entry) => entry.toLowerCase() === `${hostname}:${port || '80'}`)
  return protocol === 'https:' || isListed
    ? []
    : ['INTAKE_URL: phải là https; http chỉ dùng được cho máy trong mạng của Hội có tên trong ALLOW_PRIVATE_HOSTS.']
}

function telegramOf(e: Environment): TelegramSetting | undefined {
  if (!e.TELEGRAM_TOKEN) return undefined
  return { token: e.TELEGRAM_TOKEN, webhookSecret: e.TELEGRAM_WEBHOOK_SECRET, apiRoot: e.TELEGRAM_API_ROOT }
}

function zaloBotOf(e: Environment): ZaloBotSetting | undefined {
  if (!e.ZALO_BOT_TOKEN) return undefined
  return {
    token: e.ZALO_BOT_TOKEN,
    webhookSecret: e.ZALO_BOT_WEBHOOK_SECRET,
    apiRoot: e.ZALO_BOT_API_ROOT,
    mediaHosts: e.ZALO_MEDIA_HOSTS,
    mostUsers: e.ZALO_BOT_MOST_USERS,
    mostMessages: e.ZALO_BOT_MOST_MESSAGES,
  }
}

function zaloOaOf(e: Environment): ZaloOaSetting | undefined {
  const { ZALO_OA_APP_ID: appId, ZALO_OA_APP_SECRET: appSecret, ZALO_OA_SECRET_KEY: secretKey, ZALO_OA_REFRESH_TOKEN: refreshToken } = e
  if (!appId || !appSecret || !secretKey || !refreshToken) return undefined
  return {
    ...{ appId, appSecret, secretKey, refreshToken },
    apiRoot: e.ZALO_OA_API_ROOT,
    oauthRoot: e.ZALO_OA_OAUTH_ROOT,
    mediaHosts: e.ZALO_MEDIA_HOSTS,
  }
}

function limitsOf(e: Environment): Limits {
  return {
    perVisitorPerMinute: e.RATE_PER_MINUTE,
    perVisitorPerHour: e.RATE_PER_HOUR,
    perAddressPerMinute: e.RATE_PER_ADDRESS,
    globalPerSecond: e.RATE_GLOBAL,
    sessionsPerAddressPerHour: e.SESSIONS_PER_HOUR,
  }
}

function ownerRulesOf(e: Environment): OwnerRules {
  const minute = 60_000
  return {
    waitingNoticeMs: e.OFFICER_NOTICE_MINUTES * minute,
    waitingEndsMs: e.OFFICER_WAIT_HOURS * 60 * minute,
    officerSilentMs: e.OFFICER_SILENT_MINUTES * minute,
    staffIdleMs: e.OFFICER_IDLE_HOURS * 60 * minute,
  }
}

function associationOf(e: Environment): Association {
  return {
    name: e.ASSOCIATION_NAME,
    phone: e.ASSOCIATION_PHONE,
    email: e.ASSOCIATION_EMAIL,
    address: e.ASSOCIATION_ADDRESS,
    hours: e.ASSOCIATION_HOURS,
  }
}

function embeddingOf(e: Environment): EmbeddingSetting | undefined {
  if (!e.EMBEDDING_FOLDER || !e.EMBEDDING_DIMENSION) return undefined
  return {
    folder: e.EMBEDDING_FOLDER,
    revision: e.EMBEDDING_REVISION,
    dtype: e.EMBEDDING_DTYPE,
    dimension: e.EMBEDDING_DIMENSION,
    pooling: e.EMBEDDING_POOLING,
    queryPrefix: e.EMBEDDING_QUERY_PREFIX,
    passagePrefix: e.EMBEDDING_PASSAGE_PREFIX,
  }
}
