/** Starting and stopping the service: what cannot be had is one sentence, nothing is left running, and the folder is free again. */
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { StorageError } from '../../adapters/storage/database.ts'
import { lockService } from '../../adapters/storage/service-lock.ts'
import { readConfig } from '../../bot/config.ts'
import { openAnswerer } from '../../bot/main/answerer.ts'
import { type Service, startService } from '../../bot/main/service.ts'
import { SILENT } from '../../retrieval/open.ts'
import { DATA, openReal, ROOT, TODAY } from './open.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'an-tam-start-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const configOf = (port: number | string = 0) => readConfig({ ANTAM_DATA: folder, PORT: String(port) })
const start = (port?: number): Promise<Service> => startService({ config: configOf(port), log: () => undefined, progress: SILENT })

/** @returns status of one request to a running service. */
function statusOf(service: Service, method: string, path: string, headers: Record<string, string> = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    request(`${service.address}${path}`, { method, headers }, (answer) => {
      answer.resume()
      resolve(answer.statusCode ?? 0)
    })
      .on('error', reject)
      .end()
  })
}

describe('a service that cannot start', () => {
  it('names a port that is in use, and frees the folder', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => void other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    await expect(start(port)).rejects.toThrow(new RegExp(`cổng ${port}.*đang dùng cổng này`))
    lockService(folder)()
    await new Promise((resolve) => other.close(resolve))
  })

  it('names a damaged key, and frees the folder', async () => {
    writeFileSync(join(folder, 'secret.key'), 'short')
    await expect(start()).rejects.toThrow(StorageError)
    lockService(folder)()
  })

  it('names a folder that is none', async () => {
    writeFileSync(join(folder, 'file'), '')
    expect(() => lockService(join(folder, 'file', 'data'))).toThrow(/Không dùng được thư mục dữ liệu/)
  })

  it('names a damaged lock, and does not speak of another service', () => {
    writeFileSync(join(folder, 'service.lock'), 'not a database at all, but long enough to look like one'.repeat(30))
    expect(() => lockService(folder)).toThrow(/service\.lock bị hỏng/)
  })

  it('says that another one runs', () => {
    const unlock = lockService(folder)
    expect(() => lockService(folder)).toThrow(/Đã có một An Tâm khác/)
    unlock()
  })
})

describe('a service that runs', () => {
  it('opens no stream for a HEAD, and stops although a stream is open', async () => {
    await openReal()
    symlinkSync(join(DATA, 'index'), join(folder, 'index'))
    const service = await start()
    const made = await fetch(`${service.address}/api/chat/session`, { method: 'POST' })
    const { token } = (await made.json()) as { token: string }
    const authorization = `Bearer ${token}`
    expect(await statusOf(service, 'HEAD', '/api/chat/events', { authorization })).toBe(404)
    expect(await statusOf(service, 'GET', '/api/chat/events', { authorization })).toBe(200)
    await service.stop()
    lockService(folder)()
  })
})

describe('npm start', () => {
  it('stops in order also when the signal comes twice, as it does through npm', async () => {
    await openReal()
    symlinkSync(join(DATA, 'index'), join(folder, 'index'))
    const child = spawn(process.execPath, ['--import', 'tsx', 'bot/main/serve.ts'], {
      cwd: ROOT,
      env: { ...process.env, ANTAM_DATA: folder, PORT: '0' },
    })
    let [said, address] = ['', '']
    const stopping = new Promise<void>((resolve) => {
      child.stderr.setEncoding('utf8').on('data', (text: string) => {
        said += text
        if (said.includes('"stopping"')) resolve()
      })
    })
    await new Promise<void>((resolve) =>
      child.stdout.setEncoding('utf8').on('data', (text: string) => {
        address ||= text.match(/http:\S+/)?.[0] ?? ''
        if (text.includes('thử hỏi')) resolve()
      }),
    )
    const exited = new Promise((resolve) => child.once('exit', (code, signal) => resolve([code, signal])))
    // Half a request keeps the doors open for a moment, so that the second signal meets a stop that is going on.
    const half = connect(Number(new URL(address).port), '127.0.0.1', () => half.write('POST /api/chat/session HTTP/1.1\r\n'))
    half.on('error', () => undefined)
    await new Promise<void>((resolve) => half.once('connect', () => resolve()))
    child.kill('SIGTERM')
    await stopping
    child.kill('SIGTERM')
    expect(await exited).toEqual([0, null])
    expect(said).toMatch(/"event":"stopped"/)
  })
})

describe('the answering thread', () => {
  it('refuses what it is asked before it is ready, so that nobody waits for a thread that never heard', async () => {
    await openReal()
    const answerer = openAnswerer(readConfig({ ANTAM_DATA: DATA }), { step: () => undefined, fault: () => undefined }, SILENT)
    await expect(answerer.answer({ text: 'xin chào', asOf: TODAY })).rejects.toThrow('not ready')
    await answerer.opened
    expect((await answerer.answer({ text: 'xin chào', asOf: TODAY })).kind).toBe('service')
    await answerer.close()
  })
})
