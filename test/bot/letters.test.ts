/** The papers of stored cases: what was added, who was chosen, when an officer means to look; as links and as files. */
import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from 'vitest'
import { applyEvent, insertCase } from '../../adapters/storage/case-store.ts'
import { readCase, type WholeCase } from '../../adapters/storage/complaint-store.ts'
import type { CaseEvent } from '../../bot/case/life.ts'
import { type ComplaintRecord, type ConfirmedComplaint, recordSchema } from '../../bot/complaint/confirmed.ts'
import { readConfig } from '../../bot/config.ts'
import { writeLetter } from '../../bot/main/intake-letter.ts'
import { letterDoorParts, openLetters } from '../../bot/main/letters.ts'
import { blocks, FULL, NUMBER, told } from '../adapters/letter/papers.ts'
import { inStore, NOW } from '../adapters/storage/office.ts'

const place = inStore()
const KEY = new Uint8Array(32).fill(1)
const letters = openLetters(readConfig({ PUBLIC_URL: 'https://antam.example.vn' }), KEY)

async function file(record: ComplaintRecord = FULL): Promise<void> {
  const complaint = recordSchema.parse(record) as ConfirmedComplaint
  await place.store.write((tx) => insertCase(tx, complaint, { person: 'web:a', channel: 'web', toldIn: 'c', dueOn: '2026-12-01' }))
}

async function happens(event: CaseEvent, words = ''): Promise<void> {
  await place.store.write((tx) => applyEvent(tx, NUMBER, event, { actor: 'lan', now: NOW, words, note: '' }))
}

async function stored(): Promise<WholeCase> {
  return (await readCase(place.store, NUMBER)) ?? expect.unreachable('no case')
}

async function papers(agency?: string) {
  return letters.write(await stored(), NOW, agency) ?? expect.unreachable('no papers')
}

beforeEach(() => file())

describe('the papers of a stored case', () => {
  it('name the day by which an officer means to look, and the association as the directory calls it', async () => {
    const text = JSON.stringify((await papers()).biennhan)
    expect(text).toContain('chậm nhất ngày 01/12/2026')
    expect(text).toContain('Hội Bảo vệ Người tiêu dùng tỉnh Gia Lai')
  })

  it('say what was added after the confirmation', async () => {
    await happens({ kind: 'added', story: 'shop hẹn mai trả', facts: told({ order: 'SPX9' }), evidence: [] }, 'shop hẹn mai trả')
    const { don } = await papers()
    expect(blocks(don, 'told')[0]?.text).toMatch(/\nshop hẹn mai trả$/)
    expect(blocks(don, 'field')).toContainEqual({ kind: 'field', label: 'Mã đơn hàng', value: 'SPX9' })
  })

  it('go to the body that was chosen; where it takes no letters, to who was suggested; where an officer names one, to that', async () => {
    const to = async (agency?: string) => blocks((await papers(agency)).don, 'to')[0]?.name
    await happens({ kind: 'choose', agency: { id: 'quan-ly-thi-truong', name: 'x' }, why: 'hàng giả' })
    expect(await to()).toBe('Chi cục Quản lý thị trường thuộc Sở Công Thương tỉnh Gia Lai')
    await happens({ kind: 'choose', agency: { id: 'he-thong-tmdt', name: 'x' }, why: 'sàn' })
    expect(await to()).toBe('Sở Công Thương tỉnh Gia Lai')
    expect(await to('cong-an-tinh')).toBe('Công an tỉnh Gia Lai')
    expect(letters.write(await stored(), NOW, 'so-tai-chinh')).toBeUndefined()
  })

  it('are there for a case that is there, and for no other', async () => {
    const door = letterDoorParts(letters, place.store, readConfig({}).limits, () => NOW)
    expect((await door.papers(NUMBER))?.don.name).toBe('ĐƠN KHIẾU NẠI')
    expect(await door.papers('GL26-XXX-XXX-XXX')).toBeUndefined()
  })

  it('cannot be written from a record of another version', async () => {
    expect(letters.write({ ...(await stored()), record: undefined }, NOW)).toBeUndefined()
  })
})

describe('a link', () => {
  it('leads to the public address; without one there is none', () => {
    expect(letters.link(NUMBER, NOW)).toMatch(/^https:\/\/antam\.example\.vn\/letters\/GL26-/)
    expect(openLetters(readConfig({}), KEY).link(NUMBER, NOW)).toBeUndefined()
  })
})

describe('the command', () => {
  const command = async (out: string | undefined, what?: string, agency?: string) =>
    writeLetter(readConfig({ ANTAM_DATA: place.folder }), await stored(), { out, what, agency }, NOW)

  it('writes a Word file that nobody else on the machine reads, and says what to mind', async () => {
    const out = join(place.folder, 'a.docx')
    expect((await command(out)).join('\n')).toMatch(/Đã ghi ĐƠN KHIẾU NẠI vào .*a\.docx[\s\S]*ký và ghi rõ họ tên/)
    expect([readFileSync(out).subarray(0, 2).toString(), statSync(out).mode & 0o777]).toEqual(['PK', 0o600])
  })

  it('writes the receipt too', async () => {
    expect((await command(join(place.folder, 'b.docx'), 'biennhan'))[0]).toContain('GIẤY BIÊN NHẬN HỒ SƠ')
  })

  it('refuses with a sentence what it cannot do, and writes over nothing', async () => {
    const out = join(place.folder, 'c.docx')
    await expect(command(undefined)).rejects.toThrow('--out')
    await expect(command('c.pdf')).rejects.toThrow('.docx')
    await expect(command(out, 'cccd')).rejects.toThrow('don, biennhan')
    await expect(command(out, 'don', 'so-tai-chinh')).rejects.toThrow('so-tai-chinh')
    await expect(command(join(place.folder, 'khong-co', 'd.docx'))).rejects.toThrow('Không ghi được')
    await command(out)
    await expect(command(out)).rejects.toThrow('đã có')
  })
})
