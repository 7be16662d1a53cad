/** Which matter it is: asked where the story does not say it, answered in many ways, kept, and changed at any time. */
import { describe, expect, it } from 'vitest'
import { draftSchema, newDraft } from '../../../bot/complaint/draft.ts'
import type { IntakeGuide, Issue } from '../../../bot/complaint/guide.ts'
import { choosingIn, isMatterOpen } from '../../../bot/complaint/matter.ts'
import { commandIn } from '../../../bot/complaint/read/commands.ts'
import { openComplaintGuide } from '../../../bot/main/complaint-guide.ts'
import { COMPLAINT_CHOICE, INTAKE } from '../../../bot/wording/complaint.ts'
import { loadKinds } from '../../../knowledge/complaint-kinds.ts'
import { plainGuide } from './guide.ts'
import { atSummary, NOW, STORY, Teller } from './teller.ts'

const GIA = { id: 'hang-gia', title: 'Hàng giả, hàng nhái' }
const LOI = { id: 'hang-loi', title: 'Hàng lỗi, hỏng, bảo hành sửa mãi không xong' }
const GIAO = { id: 'giao-thieu', title: 'Giao thiếu, thiếu món' }
const HUY = { id: 'huy-don', title: 'Người bán tự hủy đơn' }
const LUONG = { id: 'lao-dong', title: 'Lương, việc làm' }
const issues: Readonly<Record<string, Issue>> = Object.fromEntries(
  [GIA, LOI, GIAO, HUY, LUONG].map((one) => [
    one.id,
    { ...one, ours: one !== LUONG, required: one === LOI ? ['boughtOn' as const] : [], evidence: [] },
  ]),
)

/** A story is clear once it speaks of "rõ rồi". */
const guide: IntakeGuide = {
  ...plainGuide,
  commandIn,
  issueOf: (_story, _facts, _day, chosen) => issues[chosen ?? ''] ?? plainGuide.issueOf('', {}, ''),
  competence: (_story, _facts, _day, chosen) => [{ agency: `nơi nhận ${chosen ?? 'chung'}`, basis: 'Điều 1', confidence: 1, why: 'nhận việc này' }],
  matters: {
    isClear: (story) => story.includes('rõ rồi'),
    likeliest: () => [GIA, LOI, GIAO],
    groups: [
      { id: 'hang-hoa', title: 'Hàng hóa nhận được', issues: [GIA, LOI, GIAO, HUY] },
      { id: 'noi-khac', title: 'Không thuộc việc tiêu dùng', issues: [LUONG] },
    ],
  },
}
const asked = () => new Teller(STORY, guide)
const chosen = ({ draft }: Teller) => [draft?.matter.chosen, draft?.issue, draft?.stage]

describe('the question', () => {
  it('comes after a story that does not say it, with the likeliest, none of these, and the way out', () => {
    const teller = asked()
    expect(teller.draft?.stage).toBe('matter')
    expect(teller.words).toContain(INTAKE.whichMatter)
    expect(teller.step.choices).toEqual([GIA.title, LOI.title, GIAO.title, COMPLAINT_CHOICE.noMatter, COMPLAINT_CHOICE.skip, COMPLAINT_CHOICE.later])
  })

  it('is not put where the story says it, where nobody offers matters, nor to a draft from before', () => {
    expect(new Teller(`${STORY}, rõ rồi`, guide).draft?.stage).toBe('facts')
    expect(new Teller(STORY).draft?.stage).toBe('facts')
    const { matter: _, ...before } = newDraft(STORY, NOW)
    expect(isMatterOpen({ draft: draftSchema.parse({ ...before, stage: 'facts' }), guide, asOf: '2026-11-26' })).toBe(false)
  })

  it('waits for which of two values is right', () => {
    const teller = new Teller(`${STORY} amount=5 amount=6`, guide)
    expect(teller.words).not.toContain(INTAKE.whichMatter)
    expect(teller.all('bỏ qua').words).toContain(INTAKE.whichMatter)
  })
})

describe('the answer', () => {
  it.each([
    ['Hàng lỗi, hỏng, bảo hành sửa mãi không xong', LOI],
    ['hang loi, hong, bao hanh sua mai khong xong', LOI],
    ['cái thứ hai ạ', LOI],
    ['số 2 nha', LOI],
    ['dạ số hai', LOI],
    ['cái đầu tiên', GIA],
    ['hàng giả', GIA],
    ['bảo hành ạ', LOI],
    ['dạ giao thiếu món', GIAO],
  ])('%o', (words, matter) => {
    const teller = asked().all(words)
    expect(chosen(teller)).toEqual([matter.id, matter.id, matter === LOI ? 'facts' : 'contact'])
    expect(teller.words).toContain(INTAKE.matterChosen(matter.title))
  })

  it.each([['Không có điều nào ở trên'], ['không có'], ['không phải mấy cái đó'], ['khác'], ['không cái nào đúng hết']])(
    '%o asks for the group',
    (words) => {
      const teller = asked().all(words)
      expect(teller.words).toContain(INTAKE.whichGroup)
      expect(teller.step.choices).toEqual([
        'Hàng hóa nhận được',
        'Không thuộc việc tiêu dùng',
        'Quay lại',
        COMPLAINT_CHOICE.skip,
        COMPLAINT_CHOICE.later,
      ])
    },
  )

  it('goes by way of the group, and back', () => {
    const teller = asked().all('khác', 'Hàng hóa nhận được')
    expect(teller.words).toContain(INTAKE.whichOfGroup('Hàng hóa nhận được'))
    expect(teller.all('quay lại').words).toContain(INTAKE.whichGroup)
    expect(teller.all('quay lại').words).toContain(INTAKE.whichMatter)
    expect(chosen(teller.all('khác', 'hàng hóa', 'giao thiếu'))).toEqual(['giao-thieu', 'giao-thieu', 'contact'])
  })

  it('has those after the likeliest on offer first, where there are some, and then the groups', () => {
    const teller = new Teller(STORY, {
      ...guide,
      matters: { ...(guide.matters as NonNullable<typeof guide.matters>), next: () => [LOI, HUY, LUONG] },
    })
    teller.say('khác')
    expect([teller.words.includes(INTAKE.whichNext), teller.step.choices.slice(0, 3)]).toEqual([
      true,
      [HUY.title, LUONG.title, COMPLAINT_CHOICE.noMatter],
    ])
    expect(chosen(new Teller(STORY, guide).all('khác'))[2]).toBe('matter')
    expect(teller.all('quay lại').words).toContain(INTAKE.whichMatter)
    expect(teller.all('khác', 'không có').words).toContain(INTAKE.whichGroup)
    expect(chosen(teller.all('quay lại', 'khác', 'số 1'))).toEqual([HUY.id, HUY.id, 'contact'])
  })

  it('tells at once the right door of a matter that is not ours', () => {
    const teller = asked().all('khác', 'không thuộc việc tiêu dùng', 'lương')
    expect(teller.words).toContain(INTAKE.notOurs)
    expect(teller.words).toContain('nơi nhận lao-dong')
  })

  it.each(['bỏ qua', 'em không biết', 'không rõ'])('%o leaves it to an officer', (words) => {
    expect(chosen(asked().all(words))).toEqual([null, 'khong-giong', 'facts'])
  })

  it('is a message that goes on telling: read as story, asked once more, then let be', () => {
    const teller = asked().all('hôm đó shop còn hứa đền mà rồi im luôn amount=5')
    expect([teller.draft?.stage, teller.draft?.facts.amount?.value]).toEqual(['matter', 5])
    expect(teller.draft?.story).toContain('hứa đền')
    expect(teller.all('còn cái hộp thì bị rách một góc to').draft?.stage).not.toBe('matter')
    expect(asked().all('à mà em nói vậy là rõ rồi phải không').draft?.stage).toBe('facts')
  })

  it('that says nothing is asked for once more, then let be', () => {
    const teller = asked().all('ừm')
    expect(teller.words).toContain(INTAKE.matterUnread)
    expect(teller.all('ừm').draft?.stage).not.toBe('matter')
  })

  it('is no question and no other wish of the conversation; nothing is, where it was not asked', () => {
    const { draft } = asked()
    if (!draft) throw new Error('no draft')
    for (const text of [GIA.title, 'số 2 nha', COMPLAINT_CHOICE.noMatter])
      expect(choosingIn({ draft, guide, text }), text).toEqual({ outright: true })
    // Near words may also be somebody in danger, or who wants a person: that is heard first.
    expect(choosingIn({ draft, guide, text: 'hàng giả' })).toEqual({ outright: false })
    for (const text of ['cho em hỏi bao lâu thì xong?', 'tự tử', 'muốn chết']) expect(choosingIn({ draft, guide, text }), text).toBeUndefined()
    expect(choosingIn({ draft: { ...draft, stage: 'facts' }, guide, text: 'hàng giả' })).toBeUndefined()
  })
})

describe('afterwards', () => {
  it('the case bears it, and goes where it leads', () => {
    const teller = asked().all('2', 'hàng lỗi', 'boughtOn=2026-11-01', 'name=Lan phone=0905000000 commune=Pleiku', '1', COMPLAINT_CHOICE.confirm)
    expect(teller.step.confirmed).toMatchObject({ issue: 'hang-loi', issueTitle: LOI.title, route: [{ agency: 'nơi nhận hang-loi' }] })
  })

  it.each(['sửa loại việc', 'đổi loại việc ạ', 'loại việc sai rồi'])(
    '%o at the summary asks anew, without what it is now, and what was agreed to stays',
    (words) => {
      const teller = new Teller('', guide).all(STORY, 'hàng giả', 'name=Lan phone=0905000000 commune=Pleiku', '1')
      expect(teller.draft?.stage).toBe('summary')
      expect(teller.all(words).step.choices.slice(0, 2)).toEqual([LOI.title, GIAO.title])
      teller.all('giao thiếu')
      expect([...chosen(teller), teller.draft?.consents.length]).toEqual(['giao-thieu', 'giao-thieu', 'summary', 1])
      expect(teller.words).toContain(GIAO.title)
    },
  )

  it('is never asked before there is a story', () => {
    expect(new Teller('', guide).all('sửa loại việc').draft?.stage).not.toBe('summary')
    expect(atSummary().all('sửa loại việc').draft?.stage).toBe('summary')
  })
})

describe('the matters that ship', () => {
  const { matters } = openComplaintGuide()
  if (!matters) throw new Error('nobody is asked')
  const all = matters.groups.flatMap((group) => group.issues)
  const day = '2026-11-26'

  it('are every issue under its group, no title twice, and few enough to read', () => {
    expect(all.map(({ id }) => id).sort()).toEqual([...loadKinds().issues.keys()].sort())
    expect(new Set(all.map(({ title }) => title)).size).toBe(all.length)
    for (const { issues: some, title } of matters.groups) expect(some.length, title).toBeLessThanOrEqual(9)
  })

  it('only money on its way is urgent', () => expect(all.filter(({ urgent }) => urgent).map(({ id }) => id)).toEqual(['lua-dao-dang-mat-tien']))

  it('a story that may be several things has six, not all of one door, the one for everything else not among them', () => {
    const likeliest = matters.likeliest('em mua cái máy ở tiệm về nó cứ sao sao, tiệm nói tại em', {}, day).map(({ id }) => id)
    expect([likeliest.length, new Set(likeliest).size, likeliest.includes('tranh-chap-khac')]).toEqual([6, 6, false])
    expect(matters.isClear('em mua cái máy ở tiệm về nó cứ sao sao, tiệm nói tại em', {}, day)).toBe(false)
  })

  it('money being lost now is clear, one story is not taken for the one before it', () => {
    const now = 'em mới chuyển khoản đặt cọc xong thì nó chặn zalo, khóa máy luôn, cứu em với'
    expect([matters.isClear(now, {}, day), matters.isClear('hàng sao sao á', {}, day), matters.isClear(now, {}, day)]).toEqual([true, false, true])
  })

  it('a story without a word points nowhere: the groups are asked', () => {
    expect(matters.likeliest('???', {}, day)).toEqual([])
  })
})
