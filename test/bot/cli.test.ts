import { spawn } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { DATA, inFolder, openReal, ROOT } from './open.ts'

/** Loaded before a command: any connection but a local pipe ends the process with 97. */
const NO_NETWORK = `
import net from 'node:net'
import dns from 'node:dns'
const connect = net.Socket.prototype.connect
net.Socket.prototype.connect = function (...args) {
  const first = Array.isArray(args[0]) ? args[0][0] : args[0]
  if (typeof first === 'string' || (first && first.path)) return connect.apply(this, args)
  process.stderr.write('NETWORK ' + JSON.stringify(first) + '\\n')
  process.exit(97)
}
dns.lookup = () => { process.stderr.write('NETWORK lookup\\n'); process.exit(97) }
`
const DEAD = 'http://127.0.0.1:9'
const OFFLINE = {
  HTTP_PROXY: DEAD,
  HTTPS_PROXY: DEAD,
  http_proxy: DEAD,
  https_proxy: DEAD,
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(NO_NETWORK)}`,
}

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

/** Runs a command as npm would, without the network. */
function run(command: string, args: readonly string[], input = '', env: NodeJS.ProcessEnv = {}): Promise<Ran> {
  return new Promise((done, fail) => {
    const { PATH, HOME } = process.env
    const child = spawn(process.execPath, [join(ROOT, 'node_modules/tsx/dist/cli.mjs'), `bot/main/${command}.ts`, ...args], {
      cwd: ROOT,
      env: { PATH, HOME, ANTAM_DATA: DATA, ...OFFLINE, ...env },
    })
    const [out, err]: [string[], string[]] = [[], []]
    child.stdout.setEncoding('utf8').on('data', (part: string) => out.push(part))
    child.stderr.setEncoding('utf8').on('data', (part: string) => err.push(part))
    child.on('error', fail)
    child.on('close', (code) => done({ code, out: out.join(''), err: err.join('') }))
    // A command that stops before it reads is no fault of the test.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}

// biome-ignore lint/suspicious/noExplicitAny: rows are looked at field by field
const rows = (text: string): any[] =>
  text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))

beforeAll(async () => {
  await openReal() // the index: without it each command would build its own
})

describe('ask', () => {
  it('answers in words', async () => {
    const { code, out, err } = await run('ask', ['mua máy giặt bảo hành 3 lần vẫn hỏng thì sao'])
    expect([code, err]).toEqual([0, ''])
    expect(out).toMatch(/\n\nCăn cứ:\n– .*Điều 30 Luật Bảo vệ quyền lợi người tiêu dùng \(19\/2023\/QH15\), có hiệu lực từ 01\/07\/2024/u)
  })

  it('answers as one JSON object, for the day and the audience given', async () => {
    const { code, out } = await run('ask', [
      '--json',
      '--as-of',
      '2026-11-23',
      '--audience',
      'seller',
      'nghị định',
      '52/2013/NĐ-CP',
      'còn hiệu lực không',
    ])
    expect(code).toBe(0)
    const row = JSON.parse(out)
    expect(Object.keys(row)).toEqual(['status', 'text', 'citations', 'choices'])
    expect(row.citations[0]).toEqual({
      kind: 'document',
      document: '52/2013/NĐ-CP',
      title: 'Nghị định về thương mại điện tử',
      inForceFrom: '2013-07-01',
      inForceTo: '2026-07-01',
    })
    for (const citation of row.citations) {
      if (citation.kind === 'document') expect(citation).not.toHaveProperty('article')
      else expect(citation).toMatchObject({ document: expect.any(String), article: expect.any(String), title: expect.any(String) })
      expect(citation).toHaveProperty('inForceFrom')
      expect(citation).toHaveProperty('inForceTo')
    }
  })

  it.each([
    [['--as-of', '2026-02-30', 'x'], '--as-of "2026-02-30" không phải là ngày dạng NNNN-TT-NN.'],
    [['--as-of', '23/11/2026', 'x'], '--as-of "23/11/2026" không phải là ngày dạng NNNN-TT-NN.'],
    [['--audience', 'judge', 'x'], '--audience chỉ nhận consumer hoặc seller.'],
  ])('refuses %j with a sentence and exit code 2', async (args, sentence) => {
    const { code, out, err } = await run('ask', args)
    expect([code, out]).toEqual([2, ''])
    expect(err.trim()).toBe(sentence)
  })

  it('takes a stream of questions: same order, one a line, nothing else on standard output; a faulty line is one row', async () => {
    const lines = [
      '{"id":"a","question":"mua máy giặt bảo hành 3 lần vẫn hỏng thì sao"}',
      '{"id":7,"question":"dieu 17 luat tmdt","asOf":"2026-05-10"}',
      'không phải JSON',
      '{"id":"c"}',
      '{"id":"d","question":"x","asOf":"2026-13-01"}',
      '{"id":"e","question":"x","audience":"judge"}',
      '',
      '[]',
      '{"id":"f","question":"xin chào"}',
      '{"id":"g","question":"","more":{"x":1}}',
      '{"id":"h","question":"dieu 17 luat tmdt","asOf":"2026-07-01"}',
    ]
    const { code, out } = await run('ask', ['--jsonl'], lines.join('\r\n'))
    expect(code).toBe(0)
    const got = rows(out)
    expect(got.map((row) => row.id ?? row.line)).toEqual(['a', '7', 3, 4, 5, 6, 8, 'f', 'g', 'h'])
    expect(got.map((row) => row.status)).toEqual([
      ...['answered', 'abstained', 'failed', 'failed', 'failed', 'failed', 'failed', 'service', 'clarify', 'answered'],
    ])
    for (const row of got)
      if (row.status === 'failed')
        expect(row).toEqual({
          line: expect.any(Number),
          status: 'failed',
          error: { code: 'bad_line', message: expect.stringMatching(/^Dòng .*\.$/u) },
        })
      else expect(Object.keys(row)).toEqual(['id', 'status', 'text', 'citations', 'choices'])
    expect(got[3].error.message).toContain('question')
    expect(got[4].error.message).toContain('asOf')
  })

  it('gives nothing for nothing', async () => {
    expect(await run('ask', ['--jsonl'], '\n\n')).toEqual({ code: 0, out: '', err: '' })
  })
})

describe('converse', () => {
  it('holds whole dialogues apart, one decision a line', async () => {
    const at = '2026-11-23T10:00:00+07:00'
    const lines = [
      { conversation: 'A', messageId: '1', at, channel: 'web', text: 'Điều 38' },
      { conversation: 'B', messageId: '1', at, channel: 'zalo', text: 'xin chào' },
      { conversation: 'A', messageId: '2', at, channel: 'web', text: '2' },
      { conversation: 'A', messageId: '2', at, channel: 'web', text: '2' },
      { conversation: 'B', messageId: '2', at, choice: 'Gặp cán bộ' },
      { conversation: 'B' },
      { conversation: 'C', messageId: '1', at: '2026-05-10T10:00:00+07:00', text: 'dieu 17 luat tmdt' },
      { conversation: 'C', messageId: '2', at, attachment: { kind: 'image' } },
      { conversation: 'B', messageId: '3', at, text: 'Quay lại trợ lý' },
      { conversation: 'B', messageId: '4', at, text: 'cccd của tôi là 052099001234, bị lộ thì sao' },
    ]
    const { code, out } = await run('converse', ['--jsonl'], lines.map((line) => JSON.stringify(line)).join('\n'))
    expect(code).toBe(0)
    const got = rows(out)
    expect(got.map((row) => `${row.conversation ?? row.line}/${row.messageId ?? ''}:${row.status}`)).toEqual([
      'A/1:clarify',
      'B/1:service',
      'A/2:answered',
      'A/2:ignored',
      'B/2:handoff',
      '6/:failed',
      'C/1:abstained',
      'C/2:service',
      'B/3:service',
      expect.stringMatching(/^B\/4:(answered|first_aid|clarify|abstained)$/),
    ])
    for (const row of got.filter((r) => r.status !== 'failed')) {
      expect(row).toMatchObject({ conversation: expect.any(String), messageId: expect.any(String), text: expect.any(String) })
      expect(Array.isArray(row.choices)).toBe(true)
    }
    expect(got.map((row) => row.owner)).toEqual(['bot', 'bot', 'bot', 'bot', 'waiting', undefined, 'bot', 'bot', 'bot', 'bot'])
    expect(got[4].choices).toContain('Quay lại trợ lý')
    expect(got.at(-1).text.split('đã che đi')).toHaveLength(2)
    expect(out).not.toContain('052099001234')
    expect(got[2].citations[0]).toMatchObject({ document: '122/2025/QH15', article: '38' })
  })
})

describe('doctor', () => {
  it('says in sentences that all is well', async () => {
    const { code, out } = await run('doctor', [])
    expect(
      out
        .trim()
        .split('\n')
        .map((line) => line.slice(0, 4)),
    ).toEqual(Array(out.trim().split('\n').length).fill('tốt '))
    expect(out).toMatch(/^tốt {3}thư viện: \d+ điều khoản, \d+ hướng dẫn$/mu)
    expect(code).toBe(0)
  })

  it('says what is wrong and ends with 1', async () => {
    await inFolder(async (folder) => {
      mkdirSync(join(folder, 'index/library'), { recursive: true })
      writeFileSync(join(folder, 'index/library/vectors.hnsw'), 'x')
      writeFileSync(join(folder, 'index/library/manifest.json'), '{}')
      const { code, out } = await run('doctor', [], '', { ANTAM_DATA: folder })
      expect(out).toMatch(/^HỎNG {2}chỉ mục: tệp chỉ mục bị hỏng/mu)
      expect(code).toBe(1)
    })
  })
})

describe('a configuration that cannot be used', () => {
  it.each(['ask', 'converse', 'doctor'])('stops %s with every problem, no stack', async (command) => {
    const { code, out, err } = await run(command, [], '', { PORT: 'abc', EMBEDDING_DTYPE: 'fp8', RATE_PER_MINUTE: '0' })
    expect([code, out]).toEqual([1, ''])
    expect(
      err
        .trim()
        .split('\n')
        .map((line) => line.split(':')[0]),
    ).toEqual(['PORT', 'RATE_PER_MINUTE', 'EMBEDDING_DTYPE'])
  })
})

describe('the guard against the network', () => {
  it('would have seen a connection', async () => {
    const child = spawn(process.execPath, ['-e', `fetch('http://192.0.2.1/').catch(() => {})`], {
      env: { PATH: process.env['PATH'], NODE_OPTIONS: OFFLINE.NODE_OPTIONS },
    })
    const code = await new Promise((done) => child.on('close', done))
    expect(code).toBe(97)
  })
})
