/**
 * `npm run -s fake -- telegram|zalo-bot|zalo-oa [--service http://127.0.0.1:3000]`: chat with a running service through a platform that only exists here.
 * `npm run -s fake -- intake [--port 4000]`: takes confirmed cases over as the association's own intake would, and prints them.
 * Prints the settings that the service must be started with, then takes a line at a time from the keyboard as what a person types, and prints what their phone would show.
 *
 *   /photo FILE   sends a picture or a PDF        /press N   presses the N-th button of the last message        /voice /sticker /location /link   sends one of these
 *   /block /unblock   blocks us, or no more       /again     delivers the last message twice                    /quit
 */
import { readFileSync } from 'node:fs'
import { basename, extname } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import type { Delivered, Fake, Shown } from './fake.ts'
import { type Received, startFakeIntake } from './intake.ts'
import { startFakeTelegram } from './telegram.ts'
import { startFakeZaloBot } from './zalo-bot.ts'
import { startFakeZaloOa } from './zalo-oa.ts'

const START: Readonly<Record<string, () => Promise<Fake>>> = { telegram: startFakeTelegram, 'zalo-bot': startFakeZaloBot, 'zalo-oa': startFakeZaloOa }
/** What the platforms call one of their people here. */
const PERSON: Readonly<Record<string, string>> = { telegram: '50110001', 'zalo-bot': 'a1b2c3d4e5f6a7b8c9d0', 'zalo-oa': '8899776655443322110' }
const MIMES: Readonly<Record<string, string>> = {
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.pdf': 'application/pdf',
}

const { values, positionals } = parseArgs({
  options: { service: { type: 'string', default: 'http://127.0.0.1:3000' }, port: { type: 'string', default: '4000' } },
  allowPositionals: true,
})
const [platform = ''] = positionals
const start = START[platform]
const person = PERSON[platform]
if (platform === 'intake') await receive(Number(values.port))
else if (start && person) await chat(await start(), person, values.service)
else {
  console.error('Cách dùng: npm run -s fake -- telegram | zalo-bot | zalo-oa [--service http://127.0.0.1:3000], hoặc intake [--port 4000]')
  process.exit(1)
}

/** Until it is ended from the keyboard. */
async function receive(port: number): Promise<void> {
  const intake = await startFakeIntake({ port, onEvent: printEvent })
  console.log('Chạy dịch vụ ở cửa sổ khác với các biến sau; hồ sơ được xác nhận sẽ hiện ở đây:')
  console.log(`  ${settings(intake.env)} npm start`)
}

function printEvent({ id, body, genuine }: Received): void {
  console.log(`\n${genuine ? id : 'chữ ký SAI, không nhận'}\n${genuine ? JSON.stringify(JSON.parse(body), undefined, 2) : ''}`)
}

function settings(env: Readonly<Record<string, string>>): string {
  return Object.entries(env)
    .map(([name, value]) => `${name}='${value}'`)
    .join(' ')
}

async function chat(fake: Fake, user: string, service: string): Promise<void> {
  console.log('Chạy dịch vụ ở cửa sổ khác với các biến sau, rồi gõ tin ở đây:')
  console.log(`  ${settings({ ...fake.env, PUBLIC_URL: service })} npm start`)
  fake.deliverTo(service)
  const printing = setInterval(printNew(fake, user), 200)
  for await (const line of createInterface({ input: process.stdin, prompt: '' })) {
    if (line.trim() === '/quit') break
    await act(fake, user, line).then(say, (error) => console.log(`! ${(error as Error).message}`))
  }
  // What is on its way yet is shown before the end.
  await fake.whenShown(fake.shown(user).length, user)
  clearInterval(printing)
  await fake.close()
}

/** @returns what prints the messages that were shown since it was last called. */
function printNew(fake: Fake, user: string): () => void {
  let printed = 0
  return () => {
    const shown = fake.shown(user)
    for (const message of shown.slice(printed)) print(message)
    printed = shown.length
  }
}

function print({ text, buttons }: Shown): void {
  console.log(`\n${text.replace(/^/gm, '  │ ')}`)
  for (const [i, { label }] of buttons.entries()) console.log(`  [${i + 1}] ${label}`)
}

function say({ acknowledged, deliveries }: Delivered): void {
  if (!acknowledged) console.log(`! không được nhận, đã thử ${deliveries} lần`)
}

async function act(fake: Fake, user: string, line: string): Promise<Delivered> {
  const [command = '', ...rest] = line.trim().split(' ')
  switch (command) {
    case '/photo':
      return fake.sendFile(user, fileOf(rest.join(' ')))
    case '/press':
      return press(fake, user, Number(rest[0]))
    case '/block':
    case '/unblock':
      fake.block(user, command === '/block')
      return { id: '', acknowledged: true, deliveries: 0 }
    case '/again':
      return fake.say(user, rest.join(' '), { repeat: 1 })
    case '/voice':
    case '/sticker':
    case '/location':
    case '/link':
      return fake.sendOther(user, command.slice(1))
    default:
      return fake.say(user, line)
  }
}

function fileOf(path: string) {
  const mime = MIMES[extname(path).toLowerCase()] ?? 'application/octet-stream'
  return { kind: mime.startsWith('image/') ? ('photo' as const) : ('document' as const), bytes: readFileSync(path), mime, name: basename(path) }
}

function press(fake: Fake, user: string, number: number): Promise<Delivered> {
  const last = fake.shown(user).at(-1)
  if (!last || !(number >= 1)) throw new Error('chưa có tin nào để chọn; /press 1')
  return fake.press(user, last, number - 1)
}
