/** What people complain about, as reviewed data: kinds, groups and issues with the facts, the evidence, the basis and the bodies each needs. */
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import { type Directory, dutyOf, pointer, pointerFaults, readData } from './agencies.ts'
import { fold } from './language/normalise.ts'
import type { LawTexts } from './law-texts.ts'

const CONTENT = fileURLToPath(new URL('./content', import.meta.url))
const FILE = 'complaint-kinds.yaml'

export const ISSUE_KINDS = ['information', 'dispute', 'not_ours'] as const
/** What a story may show beside its issue, and what changes who is asked first. */
export const SITUATIONS = ['money_now', 'online', 'market', 'several_bodies', 'threat', 'harm'] as const
export type IssueKind = (typeof ISSUE_KINDS)[number]
export type Situation = (typeof SITUATIONS)[number]

const text = z.string().trim().min(1)
const id = z.string().regex(/^[a-z0-9-]+$/)

/** A pattern over folded text with shorthand written out; whole words only; " ~3" stands for up to three words in between. */
export const sign = z.string().transform((value, context) => {
  const plain = value.replace(/\\[a-z]/gi, '')
  if (fold(plain) !== plain) context.addIssue({ code: 'custom', message: `dấu hiệu "${value}" phải viết thường, không dấu` })
  try {
    return new RegExp(`(?<![a-z0-9])(?:${value.replace(/ ~(\d+)/g, '(?: \\S+){0,$1}')})(?![a-z0-9])`, 'u')
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message })
    return z.NEVER
  }
})

const body = z.strictObject({ to: z.string().regex(/^[a-z0-9-]+\/[a-z0-9-]+$/), when: z.enum(SITUATIONS).optional() }).transform(({ to, when }) => {
  const [agency, duty] = to.split('/') as [string, string]
  return { agency, duty, ...(when ? { when } : {}) }
})

const issue = z
  .strictObject({
    id,
    group: id,
    title: text,
    questions: z.array(text).min(2),
    /** Guides and outside matters whose everyday questions belong here too. */
    guides: z.array(id).default([]),
    fields: z.array(id).default([]),
    signals: z.array(z.strictObject({ says: sign, weight: z.number().positive() })).min(1),
    /** Words alike count for less without a signal: to be sent to the police or away by mistake costs more than to be asked again. */
    bySign: z.boolean().default(false),
    /** What it counts for in any story of things bought: the issue of those that fit no other. */
    base: z.number().nonnegative().default(0),
    /** How much a situation counts for this issue. */
    situation: z.partialRecord(z.enum(SITUATIONS), z.number()).default({}),
    required: z.array(text),
    helpful: z.array(text).default([]),
    evidence: z.array(id),
    basis: z.array(pointer),
    ladder: id.optional(),
    bodies: z.array(body).min(1).optional(),
  })
  .refine((i) => (i.ladder === undefined) !== (i.bodies === undefined), 'mỗi vấn đề có đúng một trong hai: ladder hoặc bodies')

const file = z.strictObject({
  kinds: z.array(z.strictObject({ id: z.enum(ISSUE_KINDS), name: text })).length(ISSUE_KINDS.length),
  groups: z.array(z.strictObject({ id, kind: z.enum(ISSUE_KINDS), name: text })).min(1),
  evidence: z.record(id, text),
  situations: z.array(z.strictObject({ id: z.enum(SITUATIONS), signals: z.array(sign).min(1), unless: z.array(sign).default([]) })),
  ahead: z.array(body),
  ladders: z.record(id, z.array(body).min(1)),
  issues: z.array(issue).min(1),
})

export type Body = z.output<typeof body>
type RawIssue = z.output<typeof issue>

/** An issue in its place: its kind beside its own data, and its bodies written out. */
export interface Issue extends Omit<RawIssue, 'ladder' | 'bodies' | 'evidence'> {
  readonly kind: IssueKind
  readonly groupName: string
  readonly bodies: readonly Body[]
  readonly evidence: readonly { readonly id: string; readonly text: string }[]
}

export interface ComplaintKinds {
  readonly kinds: ReadonlyMap<IssueKind, string>
  readonly groups: ReadonlyMap<string, { readonly kind: IssueKind; readonly name: string }>
  readonly situations: z.output<typeof file>['situations']
  /** Bodies that come before all others while a situation holds, whatever the issue. */
  readonly ahead: readonly Body[]
  readonly issues: ReadonlyMap<string, Issue>
  /** Names used but not defined, found on reading; `checkKinds` reports them. */
  readonly faults: readonly string[]
}

let shipped: ComplaintKinds | undefined

/** Reads the kinds from `root`; those that ship are read once a process. Throws `DirectoryError` when the file has another shape. */
export function loadKinds(root: string = CONTENT): ComplaintKinds {
  if (root !== CONTENT) return readKinds(root)
  shipped ??= readKinds(root)
  return shipped
}

function readKinds(root: string): ComplaintKinds {
  const raw = readData(file, root, FILE)
  const groups = new Map(raw.groups.map((g) => [g.id, { kind: g.kind, name: g.name }]))
  const faults: string[] = []
  const placed = raw.issues.map((i): Issue => {
    const { ladder, bodies, evidence, ...own } = i
    const group = groups.get(i.group)
    const steps = bodies ?? raw.ladders[ladder ?? ''] ?? []
    if (!group) faults.push(`${i.id}: nhóm "${i.group}" chưa được khai báo`)
    if (steps.length === 0) faults.push(`${i.id}: thang "${ladder}" chưa được khai báo`)
    for (const name of evidence) if (!raw.evidence[name]) faults.push(`${i.id}: bằng chứng "${name}" chưa được khai báo`)
    const wanted = evidence.map((name) => ({ id: name, text: raw.evidence[name] ?? name }))
    return { ...own, kind: group?.kind ?? 'dispute', groupName: group?.name ?? i.group, bodies: steps, evidence: wanted }
  })
  const twice = placed.filter((i, at) => placed.findIndex((j) => j.id === i.id) !== at).map((i) => `vấn đề "${i.id}" có hai lần`)
  return {
    kinds: new Map(raw.kinds.map((k) => [k.id, k.name])),
    groups,
    situations: raw.situations,
    ahead: raw.ahead,
    issues: new Map(placed.map((i) => [i.id, i])),
    faults: [...faults, ...twice],
  }
}

/** @returns every fault of the kinds in one sentence each: names, facts (with `factNames`), bodies, and (with `texts`) every article cited. */
export function checkKinds(kinds: ComplaintKinds, directory: Directory, factNames?: readonly string[], texts?: LawTexts): string[] {
  const ahead = kinds.ahead.flatMap((b) => bodyFaults('ahead', b, directory))
  return [...kinds.faults, ...ahead, ...[...kinds.issues.values()].flatMap((i) => issueFaults(i, directory, factNames, texts))]
}

function issueFaults(i: Issue, directory: Directory, factNames: readonly string[] | undefined, texts: LawTexts | undefined): string[] {
  const named = [...i.required, ...i.helpful]
  return [
    ...named.filter((name) => factNames && !factNames.includes(name)).map((name) => `${i.id}: "${name}" không phải là tên một dữ kiện`),
    ...named.filter((name, at) => named.indexOf(name) !== at).map((name) => `${i.id}: dữ kiện "${name}" có hai lần`),
    ...i.bodies.flatMap((b) => bodyFaults(i.id, b, directory)),
    ...(i.kind === 'dispute' && i.basis.length === 0 ? [`${i.id}: không có căn cứ nào`] : []),
    ...pointerFaults(directory.documents, i.id, i.basis, texts),
  ]
}

function bodyFaults(place: string, { agency, duty }: Body, directory: Directory): string[] {
  const records = directory.records.filter((r) => r.id === agency)
  if (records.length === 0) return [`${place}: cơ quan "${agency}" không có trong danh bạ`]
  if (records.some((r) => r.role === 'never')) return [`${place}: "${agency}" không bao giờ nhận khiếu nại của người tiêu dùng`]
  return dutyOf(directory, agency, duty) ? [] : [`${place}: "${agency}" không có việc tiếp nhận "${duty}"`]
}
