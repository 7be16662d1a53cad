import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ConfigError, readConfig } from '../../bot/config.ts'
import { DEFAULT_OWNER_RULES } from '../../bot/conversation/owner.ts'

const NAMES = [
  ...['HOST', 'PORT', 'ANTAM_DATA', 'PUBLIC_URL', 'EMBED_ORIGINS', 'TRUST_PROXY', 'STOP_SECONDS', 'CONVERSATION_DAYS', 'ATTACHMENT_MAX_MB'],
  ...['RATE_PER_MINUTE', 'RATE_PER_HOUR', 'RATE_PER_ADDRESS', 'RATE_GLOBAL', 'SESSIONS_PER_HOUR'],
  ...['OFFICER_NOTICE_MINUTES', 'OFFICER_WAIT_HOURS', 'OFFICER_SILENT_MINUTES', 'OFFICER_IDLE_HOURS'],
  ...['ASSOCIATION_NAME', 'ASSOCIATION_PHONE', 'ASSOCIATION_EMAIL', 'ASSOCIATION_ADDRESS', 'ASSOCIATION_HOURS'],
  ...['EMBEDDING_FOLDER', 'EMBEDDING_REVISION', 'EMBEDDING_DTYPE', 'EMBEDDING_DIMENSION', 'EMBEDDING_POOLING'],
  ...['ALLOW_PRIVATE_HOSTS', 'TELEGRAM_TOKEN', 'TELEGRAM_WEBHOOK_SECRET', 'TELEGRAM_API_ROOT', 'ZALO_MEDIA_HOSTS'],
  ...['ZALO_BOT_TOKEN', 'ZALO_BOT_WEBHOOK_SECRET', 'ZALO_BOT_API_ROOT', 'ZALO_BOT_MOST_USERS', 'ZALO_BOT_MOST_MESSAGES'],
  ...['ZALO_OA_APP_ID', 'ZALO_OA_APP_SECRET', 'ZALO_OA_SECRET_KEY', 'ZALO_OA_REFRESH_TOKEN', 'ZALO_OA_API_ROOT', 'ZALO_OA_OAUTH_ROOT'],
  ...['INTAKE_URL', 'INTAKE_SECRET', 'SMTP_URL', 'MAIL_FROM', 'MAIL_TO', 'FIRST_REPLY_DAYS', 'CASE_DAYS'],
]

function problemsOf(env: NodeJS.ProcessEnv): string[] {
  try {
    readConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.message.split('\n')
    throw error
  }
  return []
}

const MB = 1024 * 1024
const MINUTE = 60_000
const HOUR = 60 * MINUTE

describe('settings from the environment', () => {
  it('have a default that is safe: this machine only, no other origin, no model of one’s own, nothing invented', () => {
    expect(readConfig({})).toEqual({
      host: '127.0.0.1',
      port: 3000,
      dataFolder: resolve('./data'),
      publicUrl: undefined,
      embedOrigins: [],
      limits: {
        perVisitorPerMinute: 20,
        perVisitorPerHour: 200,
        perAddressPerMinute: 120,
        globalPerSecond: 50,
        sessionsPerAddressPerHour: 120,
      },
      conversationDays: 90,
      attachmentMaxBytes: 10 * MB,
      owner: { waitingNoticeMs: 10 * MINUTE, waitingEndsMs: 24 * HOUR, officerSilentMs: 15 * MINUTE, staffIdleMs: 12 * HOUR },
      ...{ alerts: { waitMs: 5 * MINUTE, hours: { from: 450, to: 1_020 } }, approval: false },
      stopMs: 10_000,
      association: { name: '', phone: '', email: '', address: '', hours: '' },
      trustProxy: undefined,
      allowPrivateHosts: [],
      telegram: undefined,
      zaloBot: undefined,
      zaloOa: undefined,
      ...{
        intake: undefined,
        mail: undefined,
        firstReplyDays: 3,
        caseDays: 1825,
        warningReservePercent: 50,
        quiz: { passPercent: 80, keptDays: 400 },
      },
      embedding: undefined,
    })
  })

  it('let an officer have the times that the owner machine is written for', () => {
    expect(readConfig({}).owner).toEqual(DEFAULT_OWNER_RULES)
  })

  it('are frozen', () => {
    const config = readConfig({}) as { port: number }
    expect(() => {
      config.port = 1
    }).toThrow(TypeError)
  })

  it('count as left out when empty', () => {
    const empty = Object.fromEntries(NAMES.map((name) => [name, '']))
    expect(readConfig(empty)).toEqual(readConfig({}))
  })

  it('are read', () => {
    const config = readConfig({
      ...{ HOST: '0.0.0.0', PORT: '0', ANTAM_DATA: '/srv/an-tam', TRUST_PROXY: '1', PUBLIC_URL: 'https://antam.example.vn' },
      ...{ RATE_PER_MINUTE: '5', RATE_PER_HOUR: '50', RATE_PER_ADDRESS: '60', RATE_GLOBAL: '7', SESSIONS_PER_HOUR: '8' },
      ...{ CONVERSATION_DAYS: '30', ATTACHMENT_MAX_MB: '2', STOP_SECONDS: '3' },
      ...{ OFFICER_ALERT_MINUTES: '7', OFFICE_HOURS: '8:00-16:30', OFFICER_APPROVAL: 'on' },
      ...{ OFFICER_NOTICE_MINUTES: '1', OFFICER_WAIT_HOURS: '2', OFFICER_SILENT_MINUTES: '3', OFFICER_IDLE_HOURS: '4' },
      ...{
        ASSOCIATION_NAME: ' Hội ',
        ASSOCIATION_PHONE: '0269',
        ASSOCIATION_EMAIL: 'a@b.vn',
        ASSOCIATION_ADDRESS: 'Pleiku',
        ASSOCIATION_HOURS: '8–17',
      },
    })
    expect(config).toEqual({
      ...{ host: '0.0.0.0', port: 0, dataFolder: '/srv/an-tam', trustProxy: 1, publicUrl: 'https://antam.example.vn', embedOrigins: [] },
      limits: { perVisitorPerMinute: 5, perVisitorPerHour: 50, perAddressPerMinute: 60, globalPerSecond: 7, sessionsPerAddressPerHour: 8 },
      ...{ conversationDays: 30, attachmentMaxBytes: 2 * MB, stopMs: 3_000, embedding: undefined },
      ...{ alerts: { waitMs: 7 * MINUTE, hours: { from: 480, to: 990 } }, approval: true },
      owner: { waitingNoticeMs: MINUTE, waitingEndsMs: 2 * HOUR, officerSilentMs: 3 * MINUTE, staffIdleMs: 4 * HOUR },
      association: { name: 'Hội', phone: '0269', email: 'a@b.vn', address: 'Pleiku', hours: '8–17' },
      ...{ allowPrivateHosts: [], telegram: undefined, zaloBot: undefined, zaloOa: undefined },
      ...{
        intake: undefined,
        mail: undefined,
        firstReplyDays: 3,
        caseDays: 1825,
        warningReservePercent: 50,
        quiz: { passPercent: 80, keptDays: 400 },
      },
    })
  })

  it.each([
    ['https://a.vn', ['https://a.vn']],
    ['https://a.vn,https://b.vn', ['https://a.vn', 'https://b.vn']],
    [' https://a.vn , http://b.vn:8080\nhttps://c.vn ', ['https://a.vn', 'http://b.vn:8080', 'https://c.vn']],
    [' , ', []],
  ])('take %j as origins that may carry the chat', (text, origins) => {
    expect(readConfig({ EMBED_ORIGINS: text }).embedOrigins).toEqual(origins)
  })

  it('take a model of one’s own whole', () => {
    const config = readConfig({ EMBEDDING_FOLDER: '/models/e5', EMBEDDING_DIMENSION: '384', EMBEDDING_QUERY_PREFIX: 'query: ' })
    expect(config.embedding).toEqual({
      folder: '/models/e5',
      revision: 'local',
      dtype: 'q8',
      dimension: 384,
      pooling: 'mean',
      queryPrefix: 'query: ',
      passagePrefix: '',
    })
  })

  it('leave the rest of the environment alone', () => {
    expect(readConfig({ PATH: '/bin', LANG: 'vi_VN.UTF-8' })).toEqual(readConfig({}))
  })
})

describe('settings that cannot be used', () => {
  it('are named together, one sentence a line', () => {
    const problems = problemsOf({
      ...{ PORT: 'abc', PUBLIC_URL: 'antam', EMBED_ORIGINS: '*', RATE_PER_MINUTE: '-1', RATE_GLOBAL: 'x', CONVERSATION_DAYS: '0' },
      ...{ ATTACHMENT_MAX_MB: '51', OFFICER_WAIT_HOURS: '1.5', STOP_SECONDS: '301', TRUST_PROXY: '99', EMBEDDING_DTYPE: 'fp8' },
    })
    expect(problems.map((line) => line.split(':')[0])).toEqual([
      ...['PORT', 'PUBLIC_URL', 'EMBED_ORIGINS', 'RATE_PER_MINUTE', 'RATE_GLOBAL', 'CONVERSATION_DAYS'],
      ...['ATTACHMENT_MAX_MB', 'OFFICER_WAIT_HOURS', 'STOP_SECONDS', 'TRUST_PROXY', 'EMBEDDING_DTYPE'],
    ])
    for (const line of problems) expect(line).toMatch(/^[A-Z_]+: .*\.$/)
  })

  it('are named once, however many things are wrong with one', () => {
    expect(problemsOf({ EMBED_ORIGINS: '* a.vn https://a.vn/ https://b.vn' })).toEqual([
      'EMBED_ORIGINS: phải là danh sách nguồn cách nhau bằng dấu phẩy, mỗi nguồn như https://example.vn (không có đường dẫn, không dùng *).',
    ])
  })

  it.each([
    [{ PORT: '65536' }, 'PORT'],
    [{ PORT: '-1' }, 'PORT'],
    [{ PORT: '80.5' }, 'PORT'],
    [{ RATE_PER_MINUTE: '0' }, 'RATE_PER_MINUTE'],
    [{ RATE_PER_HOUR: '0' }, 'RATE_PER_HOUR'],
    [{ RATE_PER_ADDRESS: '0' }, 'RATE_PER_ADDRESS'],
    [{ SESSIONS_PER_HOUR: '0' }, 'SESSIONS_PER_HOUR'],
    [{ ATTACHMENT_MAX_MB: '0' }, 'ATTACHMENT_MAX_MB'],
    [{ OFFICER_NOTICE_MINUTES: '0' }, 'OFFICER_NOTICE_MINUTES'],
    [{ OFFICER_SILENT_MINUTES: '-5' }, 'OFFICER_SILENT_MINUTES'],
    [{ OFFICER_IDLE_HOURS: 'một' }, 'OFFICER_IDLE_HOURS'],
    [{ PUBLIC_URL: 'ftp://antam.example.vn' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'javascript:alert(1)' }, 'PUBLIC_URL'],
    [{ EMBED_ORIGINS: '*' }, 'EMBED_ORIGINS'],
    [{ EMBED_ORIGINS: 'null' }, 'EMBED_ORIGINS'],
    [{ EMBED_ORIGINS: 'example.vn' }, 'EMBED_ORIGINS'],
    [{ EMBED_ORIGINS: 'https://example.vn/' }, 'EMBED_ORIGINS'],
    [{ EMBED_ORIGINS: 'https://example.vn/trang' }, 'EMBED_ORIGINS'],
    [{ EMBED_ORIGINS: 'https://*.example.vn' }, 'EMBED_ORIGINS'],
    [{ EMBED_ORIGINS: 'https://EXAMPLE.vn' }, 'EMBED_ORIGINS'],
    [{ EMBED_ORIGINS: 'https://example.vn:443' }, 'EMBED_ORIGINS'],
    [{ EMBED_ORIGINS: 'https://a.vn;https://b.vn' }, 'EMBED_ORIGINS'],
    [{ EMBEDDING_POOLING: 'max' }, 'EMBEDDING_POOLING'],
    [{ EMBEDDING_DIMENSION: '0' }, 'EMBEDDING_DIMENSION'],
    [{ TRUST_PROXY: 'yes' }, 'TRUST_PROXY'],
  ])('%o', (env, name) => {
    expect(problemsOf(env)).toHaveLength(1)
    expect(problemsOf(env)[0]).toMatch(new RegExp(`^${name}: `))
  })

  it('include a model without its dimension', () => {
    expect(problemsOf({ EMBEDDING_FOLDER: '/models/e5' })).toEqual(['EMBEDDING_DIMENSION: cần số chiều của mô hình khi đặt EMBEDDING_FOLDER.'])
  })
})

describe('the platforms', () => {
  const TELEGRAM = { TELEGRAM_TOKEN: '123456:ABC-def_ghi', TELEGRAM_WEBHOOK_SECRET: 'mot-bi-mat-dai' }
  const ZALO_BOT = { ZALO_BOT_TOKEN: '123456:abc-xyz', ZALO_BOT_WEBHOOK_SECRET: 'mot-bi-mat-dai' }
  const ZALO_OA = {
    ZALO_OA_APP_ID: '1234567890123456789',
    ZALO_OA_APP_SECRET: 'app-secret',
    ZALO_OA_SECRET_KEY: 'oa-secret',
    ZALO_OA_REFRESH_TOKEN: 'refresh',
  }

  it('are each off until their own settings are there', () => {
    const only = (env: NodeJS.ProcessEnv) => {
      const { telegram, zaloBot, zaloOa } = readConfig(env)
      return [telegram, zaloBot, zaloOa].map((setting) => setting !== undefined)
    }
    expect([only({}), only(TELEGRAM), only(ZALO_BOT), only(ZALO_OA)]).toEqual([
      [false, false, false],
      [true, false, false],
      [false, true, false],
      [false, false, true],
    ])
  })

  it('are read, with the vendors’ addresses and the free plan unless told otherwise', () => {
    const { telegram, zaloBot, zaloOa } = readConfig({
      ...TELEGRAM,
      ...ZALO_BOT,
      ...ZALO_OA,
      ZALO_OA_API_ROOT: 'http://127.0.0.1:9/',
      ZALO_MEDIA_HOSTS: 'a.vn, b.vn:8443',
    })
    expect(telegram).toEqual({ token: '123456:ABC-def_ghi', webhookSecret: 'mot-bi-mat-dai', apiRoot: 'https://api.telegram.org' })
    expect(zaloBot).toMatchObject({
      apiRoot: 'https://bot-api.zaloplatforms.com',
      mostUsers: 50,
      mostMessages: 3_000,
      mediaHosts: ['a.vn', 'b.vn:8443'],
    })
    expect(zaloOa).toMatchObject({ appId: '1234567890123456789', apiRoot: 'http://127.0.0.1:9', oauthRoot: 'https://oauth.zaloapp.com' })
  })

  it.each(['TELEGRAM', 'ZALO_BOT'])('%s does not start reachable from outside without the secret that proves where messages come from', (name) => {
    const env = { PUBLIC_URL: 'https://antam.example.vn', [`${name}_TOKEN`]: '123456:abc-xyz' }
    expect(problemsOf(env)).toEqual([expect.stringMatching(new RegExp(`^${name}_WEBHOOK_SECRET: bắt buộc`))])
    expect(problemsOf({ ...env, [`${name}_WEBHOOK_SECRET`]: 'mot-bi-mat-dai' })).toEqual([])
    expect(problemsOf({ [`${name}_TOKEN`]: '123456:abc-xyz' })).toEqual([])
  })

  it.each(Object.keys(ZALO_OA))('Zalo OA names %s when only that is missing', (missing) => {
    expect(problemsOf({ ...ZALO_OA, [missing]: '' })).toEqual([expect.stringMatching(new RegExp(`^${missing}: còn thiếu`))])
  })

  it.each([
    ['TELEGRAM_TOKEN', 'không phải token'],
    ['TELEGRAM_WEBHOOK_SECRET', 'có dấu cách'],
    ['TELEGRAM_WEBHOOK_SECRET', 'ngắn'],
    ['ZALO_BOT_TOKEN', '123'],
    ['ZALO_BOT_WEBHOOK_SECRET', 'x'.repeat(257)],
    ['ZALO_BOT_MOST_MESSAGES', '-1'],
    ['ZALO_OA_APP_ID', 'chữ'],
    ['TELEGRAM_API_ROOT', 'ftp://x'],
    ['ALLOW_PRIVATE_HOSTS', '127.0.0.1'],
    ['ZALO_MEDIA_HOSTS', 'https://zdn.vn'],
  ])('%s is refused as %o, by name', (name, value) => {
    expect(problemsOf({ ...ZALO_OA, [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name}: phải là`))])
  })
})

describe('the intake', () => {
  const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
  const HOOK = { INTAKE_URL: 'https://tiep-nhan.example.vn/ho-so?nguon=an-tam', INTAKE_SECRET: SECRET }
  const MAIL = { SMTP_URL: 'smtps://ten:mat%20khau@mail.example.vn', MAIL_FROM: 'an-tam@example.vn', MAIL_TO: 'tiep-nhan@example.vn' }

  it('is off until it is configured, and then read whole', () => {
    expect([readConfig({}).intake, readConfig({}).mail]).toEqual([undefined, undefined])
    const { intake, mail } = readConfig({ ...HOOK, INTAKE_SECRET: `${SECRET} ${SECRET}`, ...MAIL, FIRST_REPLY_DAYS: '5', CASE_DAYS: '30' })
    expect(intake).toEqual({ url: HOOK.INTAKE_URL, secrets: [SECRET, SECRET] })
    expect(mail).toEqual({ url: MAIL.SMTP_URL, from: MAIL.MAIL_FROM, to: MAIL.MAIL_TO })
    expect(readConfig({ FIRST_REPLY_DAYS: '5', CASE_DAYS: '30' })).toMatchObject({ firstReplyDays: 5, caseDays: 30 })
    expect(readConfig({ QUIZ_PASS_PERCENT: '90', QUIZ_DAYS: '30' })).toMatchObject({ quiz: { passPercent: 90, keptDays: 30 } })
    expect(() => readConfig({ QUIZ_PASS_PERCENT: '101' })).toThrow('QUIZ_PASS_PERCENT: phải là số phần trăm từ 1 đến 100.')
  })

  it.each(Object.keys(HOOK))('names %s when only that is missing', (missing) => {
    expect(problemsOf({ ...HOOK, [missing]: '' })).toEqual([expect.stringMatching(new RegExp(`^${missing}: (bắt buộc|còn thiếu)`))])
  })

  it.each(Object.keys(MAIL))('names %s when only that is missing of the mail', (missing) => {
    expect(problemsOf({ ...MAIL, [missing]: '' })).toEqual([expect.stringMatching(new RegExp(`^${missing}: còn thiếu`))])
  })

  it.each([
    ['a password', 'mat-khau-cua-toi'],
    ['too short', `whsec_${Buffer.from('0123456789abcdefghijklm').toString('base64')}`],
    ['too long', `whsec_${Buffer.alloc(65, 'abcdefghijklmnop').toString('base64')}`],
    ['all the same', `whsec_${Buffer.alloc(32).toString('base64')}`],
    ['no base64', `${SECRET.slice(0, -1)}-`],
    ['one good, one weak', `${SECRET} whsec_abc`],
  ])('refuses a secret that is %s', (_why, INTAKE_SECRET) => {
    expect(problemsOf({ ...HOOK, INTAKE_SECRET })).toEqual([expect.stringMatching(/^INTAKE_SECRET: phải là/)])
  })

  it('goes in the open only to a host that the operator listed', () => {
    const env = { ...HOOK, INTAKE_URL: 'http://192.168.1.9:8080/ho-so' }
    expect(problemsOf(env)).toEqual([expect.stringMatching(/^INTAKE_URL: phải là https/)])
    expect(problemsOf({ ...env, ALLOW_PRIVATE_HOSTS: '192.168.1.9:80' })).toHaveLength(1)
    expect(problemsOf({ ...env, ALLOW_PRIVATE_HOSTS: '192.168.1.9:8080' })).toEqual([])
  })

  it.each([
    ['INTAKE_URL', 'https://ten:mat-khau@tiep-nhan.example.vn/'],
    ['SMTP_URL', 'https://mail.example.vn'],
    ['MAIL_TO', 'a@example.vn, b@example.vn'],
    ['FIRST_REPLY_DAYS', '0'],
    ['CASE_DAYS', 'nhiều'],
  ])('%s is refused as %o, by name', (name, value) => {
    expect(problemsOf({ ...HOOK, ...MAIL, [name]: value })).toEqual([expect.stringMatching(new RegExp(`^${name}: phải là`))])
  })
})
