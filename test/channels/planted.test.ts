/** Numbers of identity papers, cards and accounts, sent as people send them over every channel: not one of them may be found in what the service keeps or prints. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { maskPersonal } from '../../knowledge/language/mask.ts'
import { openReal } from '../bot/open.ts'
import { PLATFORM_NAMES } from '../crash/platforms.ts'
import { Random } from '../crash/random.ts'
import { luhn } from '../crash/words.ts'
import { openTown, PEOPLE, type Town } from './open.ts'

vi.setConfig({ testTimeout: 600_000 })

beforeAll(() => openReal())
let town: Town
beforeEach(async () => {
  town = await openTown()
})
afterEach(() => town.close())

const WAIT = { timeout: 300_000, interval: 200 }

// --- the corpus ---

/** A text, and its number as it was written and as its digits. */
interface Planted {
  readonly text: string
  readonly written: string
}

const GROUPS = [
  (digits: string) => digits,
  (digits: string) => digits.replace(/\d{4}(?=\d)/g, '$& '),
  (digits: string) => digits.replace(/\d{3}(?=\d)/g, '$&.'),
  (digits: string) => digits.replace(/\d{4}(?=\d)/g, '$&-'),
  (digits: string) => [...digits].join(' '),
  (digits: string) => digits.replace(/\d/g, (digit) => String.fromCodePoint(0xff10 + Number(digit))),
] as const

/** A number of `kind` and sentences that people put it into; `#` stands for it. */
const KINDS: readonly { readonly digits: (random: Random) => string; readonly sentences: readonly string[] }[] = [
  {
    digits: (random) => `0${random.pick(['64', '52', '77', '01'])}${random.pick(['0', '1', '2', '3'])}${random.digits(8)}`,
    sentences: [
      'Căn cước của tôi là # ạ, shop bắt gửi mới chịu hoàn tiền',
      'cccd # nhe shop',
      'Shop đòi # rồi mất hút',
      'TÔI GỬI SỐ # CHO NÓ RỒI',
      'em lỡ chụp căn cước (#), giờ sợ quá',
      'can cuoc cua con la #, con mua do choi bi hu',
    ],
  },
  {
    digits: (random) => random.pick(['2', '1', '3']) + random.digits(8),
    sentences: ['CMND cũ của bác là #', 'chung minh nhan dan # cap nam 2009', 'số chứng minh nhân dân: #, mua tủ lạnh trả góp'],
  },
  {
    digits: (random) => luhn(`${random.pick(['4', '5'])}${random.digits(14)}`),
    sentences: [
      'thẻ của em # bị trừ 2 triệu',
      'Thẻ tín dụng # quẹt ở tiệm vàng',
      '#',
      'tui doc so the # cho no xong mat sach tien',
      'nó kêu đọc số thẻ, tôi đọc # luôn',
    ],
  },
  { digits: (random) => luhn(`9704${random.digits(11)}`), sentences: ['thẻ ATM # nuốt tiền', 'quẹt thẻ # hai lần mới được'] },
  {
    digits: (random) => `${random.pick(['1', '2', '9'])}${random.digits(11)}`,
    sentences: [
      'tôi chuyển 5 triệu vào stk # Vietcombank tên NGUYEN THI X',
      'stk cua toi # de shop hoan tien',
      'số tài khoản nhận tiền hoàn của tôi: #',
      'ck vao tk # roi no chan',
    ],
  },
]

/** @returns every sentence in every form, each with a number of its own */
function corpus(random: Random): readonly Planted[] {
  return KINDS.flatMap(({ digits, sentences }) =>
    sentences.flatMap((sentence) =>
      GROUPS.map((grouped) => {
        const written = grouped(digits(random))
        return { text: sentence.replace('#', written), written }
      }),
    ),
  )
}

const digitsIn = (written: string): string => written.normalize('NFKC').replace(/\D/g, '')

/** Sums and years may stay. */
const MOST_LEFT = 6

// --- people ---

const photo = (random: Random) =>
  sharp({
    create: { width: 9, height: 9, channels: 3, background: { r: random.between(0, 255), g: random.between(0, 255), b: random.between(0, 255) } },
  })
    .png()
    .toBuffer()

/** Every how manieth is the caption of a photo. */
const CAPTION_EVERY = 5
const BEGINNING = 'tôi muốn khiếu nại'

async function onPlatform(name: (typeof PLATFORM_NAMES)[number], told: readonly Planted[], random: Random): Promise<void> {
  const user = PEOPLE[name]
  await town[name].say(user, BEGINNING)
  for (const [i, { text }] of told.entries()) {
    const file = i % CAPTION_EVERY === 0 ? { kind: 'photo' as const, bytes: await photo(random), mime: 'image/png', caption: text } : undefined
    expect(await (file ? town[name].sendFile(user, file) : town[name].say(user, text))).toMatchObject({ acknowledged: true })
  }
}

async function onWeb(address: string, told: readonly Planted[], random: Random): Promise<void> {
  const call = async (path: string, body: Buffer | object, token = ''): Promise<Record<string, string>> => {
    const type = Buffer.isBuffer(body) ? 'image/png' : 'application/json'
    const answer = await fetch(`${address}${path}`, {
      method: 'POST',
      headers: { 'content-type': type, origin: address, ...(token ? { authorization: `Bearer ${token}` } : {}) },
      body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body),
    })
    expect(answer.status, path).toBeLessThan(300)
    return (await answer.json()) as Record<string, string>
  }
  const { token } = await call('/api/chat/session', {})
  await call('/api/chat/messages', { id: 'tin-bat-dau', text: BEGINNING }, token)
  for (const [i, { text }] of told.entries()) {
    const captioned =
      i % CAPTION_EVERY === 0 ? { attachment: (await call('/api/chat/attachments', await photo(random), token))['attachment'] } : undefined
    await call('/api/chat/messages', { id: `tin-so-${i}-ab`, ...(captioned ? { ...captioned, caption: text } : { text }) }, token)
  }
}

// --- what is kept ---

/** @returns the bytes of every file that the service has written; the index is shared and holds no message. */
function keptIn(folder: string): readonly (readonly [name: string, bytes: Buffer])[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [file.slice(folder.length + 1), readFileSync(file)])
}

describe('over a corpus of planted numbers', () => {
  it('nothing that must not be kept is kept or printed, in words or captions, in a question or a complaint', async () => {
    const random = new Random(20_261_126)
    const told = corpus(random)
    const printed: string[] = []
    vi.spyOn(console, 'log').mockImplementation((...words) => void printed.push(words.join(' ')))
    const service = await town.start({
      env: { RATE_PER_MINUTE: '100000', RATE_PER_HOUR: '100000', RATE_PER_ADDRESS: '100000', RATE_GLOBAL: '100000', ZALO_BOT_MOST_MESSAGES: '0' },
    })
    const share = (n: number) => told.filter((_, i) => i % (PLATFORM_NAMES.length + 1) === n)
    await Promise.all([
      ...PLATFORM_NAMES.map((name, n) => onPlatform(name, share(n), random.fork())),
      onWeb(service.address, share(PLATFORM_NAMES.length), random.fork()),
    ])
    await vi.waitFor(() => expect(town.read("select id from inbox where state <> 'decided'")).toEqual([]), WAIT)
    const kept = town.read<{ n: number }>('select count(*) as n from inbox')[0]?.n ?? 0
    await service.stop()
    vi.restoreAllMocks()

    expect(kept).toBe(told.length + PLATFORM_NAMES.length + 1)
    const files = keptIn(town.folder)
    expect(files.map(([name]) => name)).toContain('an-tam.sqlite')
    const words = JSON.stringify(town.logged) + printed.join('\n')
    const found = told.flatMap(({ written, text }) => {
      const forms = [written, digitsIn(written)]
      return [
        ...files.filter(([, bytes]) => forms.some((form) => bytes.includes(form))).map(([name]) => name),
        ...(forms.some((form) => words.includes(form)) ? ['log'] : []),
      ].map((where) => `${where}: ${text}`)
    })
    console.log(`planted: ${told.length} numbers over ${PLATFORM_NAMES.length + 1} channels · ${found.length} found in ${files.length} files`)
    expect(found).toEqual([])
  })

  it('not even half a number is left by the mask, over a hundred corpora', () => {
    const left = Array.from({ length: 100 }, (_, seed) => corpus(new Random(seed)))
      .flat()
      .map(({ text }) => maskPersonal(text).text)
      .filter((text) => digitsIn(text).length >= MOST_LEFT)
    expect(left).toEqual([])
  })
})
