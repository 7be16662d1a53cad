/**
 * `npm run -s bench:chat -- [--seconds 10] [--clients 32]`: how fast a message is acknowledged, beside a bare fastify with one SQLite insert (WAL, synchronous=FULL)
 * in the same run, in turns, so that a busy machine slows both alike. Both run as child processes; every visitor sends one message after another.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import Database from 'better-sqlite3'
import Fastify from 'fastify'
import { runCommand } from './assistant.ts'
import { barProgress } from './progress.ts'
import { startService } from './service.ts'

const ROUND_SECONDS = 1
const QUESTIONS = [
  'Mua áo trên mạng giao không giống ảnh, shop không cho trả thì làm sao?',
  'nồi chiên mua 3 tháng hỏng, hãng nói hết bảo hành',
  'Cảm ơn bạn nhé',
  'shop bắt trả phí mới cho đổi hàng lỗi có đúng không',
]

interface Side {
  readonly name: string
  readonly child: ChildProcess
  readonly base: string
}

/** What the child of a side does; told by its first argument. */
async function child(side: string): Promise<void> {
  const address = side === 'bare' ? await bare() : await whole()
  process.send?.(address)
}

async function bare(): Promise<string> {
  const file = new Database(join(process.env['ANTAM_DATA'] ?? '', 'bare.sqlite'))
  for (const pragma of ['journal_mode = WAL', 'synchronous = FULL']) file.pragma(pragma)
  file.exec('create table message (id text primary key, text text not null, at integer not null)')
  const insert = file.prepare('insert into message values (?, ?, ?)')
  const app = Fastify()
  app.post<{ Body: { id: string; text: string } }>('/api/chat/messages', async (message, reply) => {
    insert.run(message.body.id, message.body.text, Date.now())
    return reply.code(202).send({ id: message.body.id })
  })
  return app.listen({ host: '127.0.0.1', port: 0 })
}

async function whole(): Promise<string> {
  let address = ''
  await runCommand(async (config) => {
    const service = await startService({ config: { ...config, port: 0 }, log: () => undefined, progress: barProgress() })
    await service.opened
    address = service.address
  })
  return address
}

const UNLIMITED = Object.fromEntries(
  ['RATE_PER_MINUTE', 'RATE_PER_HOUR', 'RATE_PER_ADDRESS', 'RATE_GLOBAL', 'SESSIONS_PER_HOUR'].map((name) => [name, '10000000']),
)

function startSide(name: string, kind: 'bare' | 'whole', folder: string): Promise<Side> {
  const started = fork(fileURLToPath(import.meta.url), ['--child', kind], {
    env: { ...process.env, ...UNLIMITED, ANTAM_DATA: folder },
    execArgv: ['--import', 'tsx'],
  })
  return new Promise((resolve, reject) => {
    started.once('message', (base) => resolve({ name, child: started, base: String(base) }))
    started.once('exit', (code) => reject(new Error(`${name} ended with ${code}`)))
  })
}

const agent = new Agent({ keepAlive: true, maxSockets: 256 })

/** @returns status and body of one POST. */
function post(url: string, body: string, token: string): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    }
    const sent = request(url, { method: 'POST', agent, headers }, (answer) => {
      let text = ''
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part
      })
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, text }))
    })
    sent.on('error', reject).end(body)
  })
}

async function tokenFor(side: Side): Promise<string> {
  if (side.name === 'trần') return ''
  const { text } = await post(`${side.base}/api/chat/session`, '{}', '')
  return (JSON.parse(text) as { token: string }).token
}

let serial = 0

async function visitor(side: Side, token: string, until: number, times: number[]): Promise<void> {
  while (performance.now() < until) {
    const body = JSON.stringify({ id: `bench-${process.pid}-${++serial}`, text: QUESTIONS[serial % QUESTIONS.length] })
    const started = performance.now()
    const { status, text } = await post(`${side.base}/api/chat/messages`, body, token)
    if (status !== 202) throw new Error(`${side.name}: ${status} ${text}`)
    times.push(performance.now() - started)
  }
}

async function round(side: Side, tokens: readonly string[], seconds: number): Promise<number[]> {
  const times: number[] = []
  const until = performance.now() + seconds * 1_000
  await Promise.all(tokens.map((token) => visitor(side, token, until, times)))
  return times
}

function quantile(times: readonly number[], share: number): number {
  const sorted = [...times].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

function line(name: string, times: readonly number[], seconds: number): string {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((share) => `${quantile(times, share).toFixed(1)} ms`)
  return `${name.padEnd(34)} ${(times.length / seconds).toFixed(0).padStart(6)} tin/giây   p50 ${p50}   p95 ${p95}   p99 ${p99}`
}

async function compare(seconds: number, clients: number, dataFolder: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'an-tam-bench-'))
  const [plain, ours] = [join(folder, 'bare'), join(folder, 'whole')]
  for (const one of [plain, ours]) mkdirSync(one)
  // The index that is there already saves the time of building one.
  const index = join(dataFolder, 'index')
  if (existsSync(index)) cpSync(index, join(ours, 'index'), { recursive: true })
  const sides = [await startSide('trần', 'bare', plain), await startSide('An Tâm', 'whole', ours)]
  try {
    await measure(sides, seconds, clients)
  } finally {
    for (const { child: running } of sides) running.kill('SIGKILL')
    agent.destroy()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** One second each in turn, so that whatever else the machine does meets both. */
async function measure(sides: readonly Side[], seconds: number, clients: number): Promise<void> {
  const tokens = new Map<string, string[]>()
  for (const side of sides) tokens.set(side.name, await Promise.all(Array.from({ length: clients }, () => tokenFor(side))))
  const rounds = new Map<string, number[][]>(sides.map(({ name }) => [name, []]))
  for (let i = 0; i < seconds / ROUND_SECONDS; i++)
    for (const side of sides) rounds.get(side.name)?.push(await round(side, tokens.get(side.name) ?? [], ROUND_SECONDS))
  const [plain = [], ours = []] = sides.map(({ name }) => rounds.get(name) ?? [])
  const ratios = plain.map((one, i) => (ours[i]?.length ?? 0) / one.length)
  console.log(`${clients} người gửi cùng lúc, xen kẽ từng giây, mỗi bên ${seconds} giây; An Tâm vừa nhận vừa trả lời`)
  console.log(line('fastify + một insert (trần)', plain.flat(), seconds))
  console.log(line('An Tâm: nhận tin (đã ghi đĩa)', ours.flat(), seconds))
  console.log(
    `thông lượng so với bản trần: ${(ours.flat().length / plain.flat().length).toFixed(2)} (trung vị từng cặp ${quantile(ratios, 0.5).toFixed(2)})`,
  )
}

const { values } = parseArgs({
  options: { seconds: { type: 'string', default: '12' }, clients: { type: 'string', default: '32' }, child: { type: 'string' } },
})
if (values.child) await child(values.child)
else await runCommand((config) => compare(Number(values.seconds), Number(values.clients), config.dataFolder))
