/** Taking documents in, publishing and going back, each command a process of its own on a real data folder; then what people are answered. */
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { command } from '../adapters/storage/office.ts'
import { HEAD, plainLines } from '../knowledge/ingest-files.ts'
import { DATA, openReal, ROOT } from './open.ts'

let folder: string
beforeAll(async () => void (await openReal()), 120_000)
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'antam-ingest-command-'))
  // The index of the library that ships: what is taken in is embedded beside it.
  cpSync(join(DATA, 'index'), join(data(), 'index'), { recursive: true })
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const data = () => join(folder, 'data')
const file = (name: string, text = plainLines().join('\n')) => {
  writeFileSync(join(folder, name), text)
  return join(folder, name)
}
const ingest = (...args: readonly string[]) => command('ingest', data(), [...args, '--by', 'Lan'])
const knowledge = (...args: readonly string[]) => command('knowledge', data(), args)
const SLUG = '901-2026-ND-CP'

describe('taking a document in', () => {
  it('prints its review and publishes nothing; published, people are answered from it; gone back, they are not', async () => {
    const path = file('nd.txt')
    const taken = await ingest(path)
    expect(taken.err).toBe('')
    for (const words of [
      `thành bản 001-`,
      '901/2026/NĐ-CP · nghị định · Chính phủ',
      'hiệu lực từ 01/05/2026',
      '33 điều (số lớn nhất 33), 63 khoản, 3 điểm',
      `--publish ${HEAD.number}`,
    ])
      expect(taken.out).toContain(words)
    expect(existsSync(join(data(), 'knowledge', 'documents', SLUG, 'published.json'))).toBe(false)
    const ask = () => command('ask', data(), ['Điều 2 nghị định 901/2026/NĐ-CP nói gì', '--json', '--as-of', '2026-11-28'])
    expect(JSON.parse((await ask()).out).citations).toEqual([])

    expect((await ingest('--publish', HEAD.number)).out).toContain('Đã công bố bản 001-')
    const answered = JSON.parse((await ask()).out)
    expect(answered.status).toBe('answered')
    expect(answered.citations[0]).toMatchObject({ document: HEAD.number, article: '2', inForceFrom: '2026-05-01' })
    expect(JSON.stringify(answered.citations)).toContain('Nơi bán hàng có từ 05 người làm việc trở lên')

    expect((await knowledge('rollback', HEAD.number, '--by', 'Lan')).out).toContain(`Đã gỡ ${SLUG}`)
    expect(JSON.parse((await ask()).out).citations).toEqual([])
  })

  it('a newer version is compared clause by clause, published, and gone back from', async () => {
    await ingest(file('cu.txt'))
    await ingest('--publish', HEAD.number)
    await ingest(
      file('moi.txt', plainLines().join('\n').replace('10 ngày', '15 ngày').replace('02 năm kể từ ngày ghi trang', '03 năm kể từ ngày ghi trang')),
    )
    const diff = (await knowledge('diff', SLUG)).out
    expect(diff).toContain('ĐỔI  khoản 3 Điều 2')
    expect(diff).toContain('+ 3. Người bán phải trả lời góp ý trong thời hạn 15 ngày')
    expect(diff).toContain('ĐỔI  khoản 2 Điều 3')
    expect(diff.match(/^ĐỔI/gm)).toHaveLength(2)
    expect((await knowledge('list')).out).toContain('2 bản, mới nhất 002-')
    await ingest('--publish', HEAD.number)
    expect((await knowledge('rollback', HEAD.number, '--by', 'Lan')).out).toContain('Đã quay về bản 001-')
    expect(JSON.parse(readFileSync(join(data(), 'knowledge', 'documents', SLUG, 'published.json'), 'utf8'))).toMatchObject({ by: 'Lan' })
    expect((await knowledge('rollback', HEAD.number, '--by', 'Lan')).out).toContain(`Đã gỡ ${SLUG}`)
  })

  it('what cannot be published is not, and a list with one such publishes none of the others', async () => {
    await ingest(file('tot.txt'))
    await ingest(file('xau.txt', plainLines().join('\n').replace(HEAD.number, '902/2026/NĐ-CP').replace('kể từ ngày 01 tháng 5 năm 2026', 'sau này')))
    const both = await ingest('--publish', HEAD.number, '902/2026/NĐ-CP')
    expect(both.code).toBe(1)
    expect(both.err).toContain('902-2026-ND-CP chưa công bố được: Không đọc được ngày có hiệu lực')
    expect(existsSync(join(data(), 'knowledge', 'documents', SLUG, 'published.json'))).toBe(false)
    const unknown = await ingest('--publish', '7/2030/NĐ-CP')
    expect([unknown.code, unknown.err.trim()]).toEqual([1, 'Chưa nạp văn bản nào là "7/2030/NĐ-CP". Xem: npm run -s knowledge:list'])
  })

  it('a file that cannot be read is one sentence and exit code 1; the others of the run are taken in', async () => {
    mkdirSync(join(folder, 'nhieu'))
    writeFileSync(join(folder, 'nhieu', 'a.txt'), plainLines().join('\n'))
    writeFileSync(join(folder, 'nhieu', 'b.pdf'), '%PDF-1.7 hỏng')
    const run = await ingest(join(folder, 'nhieu'))
    expect(run.code).toBe(1)
    expect(run.out).toContain('KHÔNG NẠP ĐƯỢC  b.pdf: tệp PDF bị hỏng, không mở được.')
    expect(run.out).toContain('Đã nạp 1 tệp, 0 tệp đã nạp từ trước, 1 tệp không nạp được. Chưa công bố gì.')
    expect(run.err).not.toContain('    at ')
  })

  it('says how it is used', async () => {
    for (const args of [[], ['--lạ'], ['x.txt', '--from', '2026-02-30']]) {
      const { code, err } = await ingest(...args)
      expect([code, err.includes('    at ')]).toEqual([1, false])
    }
    expect((await knowledge('lạ')).err).toContain('Cách dùng: npm run -s knowledge:list')
  })
})

describe('a run over many files', () => {
  const many = (count: number) => {
    const place = join(folder, 'kho')
    mkdirSync(place)
    for (let i = 0; i < count; i++)
      writeFileSync(
        join(place, `van-ban-${String(i).padStart(4, '0')}.txt`),
        plainLines()
          .join('\n')
          .replace(HEAD.number, `${1000 + i}/2026/NĐ-CP`),
      )
    return place
  }
  const documents = () => join(data(), 'knowledge', 'documents')
  const whole = () =>
    existsSync(documents())
      ? readdirSync(documents()).filter((slug) => readdirSync(join(documents(), slug)).some((name) => name.startsWith('001-')))
      : []

  it('that is killed goes on where it stopped: nothing twice, nothing half', async () => {
    const place = many(120)
    const child = spawn(process.execPath, ['--import', 'tsx', 'bot/main/ingest.ts', place, '--by', 'Lan'], {
      cwd: ROOT,
      env: { ...process.env, ANTAM_DATA: data() },
      stdio: 'ignore',
    })
    await expect.poll(() => whole().length, { timeout: 30_000, interval: 20 }).toBeGreaterThan(10)
    child.kill('SIGKILL')
    await new Promise((resolve) => child.on('exit', resolve))
    const before = whole().length
    const run = await ingest(place)
    const [, taken, again] = run.out.match(/Đã nạp (\d+) tệp, (\d+) tệp đã nạp từ trước, 0 tệp không nạp được/) ?? []
    expect([Number(taken) + Number(again), Number(again) >= before]).toEqual([120, true])
    for (const slug of readdirSync(documents())) expect(readdirSync(join(documents(), slug)).filter((name) => !name.startsWith('.'))).toHaveLength(1)
    expect(whole()).toHaveLength(120)
  })
})
