/** The bodies that receive complaints, over time: who is competent for what on a day, who took over from whom, and since when. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { load } from 'js-yaml'
import { z } from 'zod'
import { formatCitation, type Pointer, parsePointer, pointerId } from './citation.ts'
import { fold } from './language/normalise.ts'
import { clausesOf, type LawTexts } from './law-texts.ts'
import { document, type LegalDocument } from './schema.ts'
import { type Day, formatDay, inForce } from './validity.ts'

const CONTENT = fileURLToPath(new URL('./content', import.meta.url))

/** How the provincial plan is shown, and never otherwise: it divides work, it gives nobody a right. */
export const PLAN_LABEL = 'phân công theo Kế hoạch của tỉnh (đến 2025, không phải căn cứ pháp lý)'
/** How a step is shown that helps at once and rests on no article. */
export const ADVICE_LABEL = 'việc nên làm, không phải căn cứ pháp lý'
export const UNVERIFIED = 'cần xác minh'
export const NOT_GIVEN = 'chưa cung cấp'
export const HOTLINE_NUMBER = '1800.6838'
const HOTLINE = 'tong-dai-quoc-gia'

/** Who the body is to us: `never` is named only to be recognised, nothing is sent there. */
export const AGENCY_ROLES = ['us', 'lead', 'refer', 'escalate', 'urgent', 'information', 'never'] as const
export const AGENCY_LEVELS = ['national', 'province', 'district', 'commune', 'outside'] as const
export const TRUSTS = ['high', 'medium', 'unverified'] as const

const text = z.string().trim().min(1)
const id = z.string().regex(/^[a-z0-9-]+$/)
const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/)
/** A day, or only the month or year where the day is not established. */
const roughDay = z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, 'ngày phải có dạng NNNN, NNNN-TT hoặc NNNN-TT-NN')
export const pointer = z.string().transform((value, context) => {
  try {
    return parsePointer(value)
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message })
    return z.NEVER
  }
})

const duty = z
  .strictObject({
    id,
    why: text,
    basis: z.array(pointer),
    plan: z.boolean().default(false),
    advice: z.boolean().default(false),
  })
  .refine((d) => d.basis.length > 0 || d.plan || d.advice, 'mỗi việc tiếp nhận phải có căn cứ, hoặc nói rõ là theo kế hoạch hay chỉ là việc nên làm')

const formerName = z.strictObject({ name: text, aliases: z.array(text).default([]), changedOn: roughDay.optional(), sentence: text })
const contact = z.strictObject({ phone: text.optional(), address: text.optional(), web: text.optional(), email: text.optional() })

const agency = z.strictObject({
  id,
  name: text,
  aliases: z.array(text).default([]),
  formerNames: z.array(formerName).default([]),
  level: z.enum(AGENCY_LEVELS),
  role: z.enum(AGENCY_ROLES),
  validFrom: roughDay.nullable().default(null),
  validTo: roughDay.nullable().default(null),
  /** Who took over when the body ended; `matter` where a successor took only a part. */
  successors: z.array(z.strictObject({ id, matter: text.optional() })).default([]),
  contact: contact.default({}),
  trust: z.enum(TRUSTS),
  verifiedOn: day,
  verifiedBy: text,
  note: text.optional(),
  duties: z.array(duty),
})

export type Agency = z.output<typeof agency>
export type Duty = z.output<typeof duty>

/** The directory: every record of every body, and the documents that their bases cite. */
export interface Directory {
  readonly records: readonly Agency[]
  readonly documents: ReadonlyMap<string, LegalDocument>
}

/** A directory file that cannot be read as what it should be; every fault is one sentence of the message. */
export class DirectoryError extends Error {
  override readonly name = 'DirectoryError'
}

/** Reads one YAML file of `root` against `schema`; throws {@link DirectoryError} with every fault. */
export function readData<T>(schema: z.ZodType<T>, root: string, file: string): T {
  let raw: unknown
  try {
    raw = load(readFileSync(join(root, file), 'utf8'))
  } catch (error) {
    throw new DirectoryError(`${file}: không đọc được YAML (${(error as Error).message.split('\n')[0]})`)
  }
  const result = schema.safeParse(raw)
  if (result.success) return result.data
  throw new DirectoryError(result.error.issues.map((issue) => `${file}: ${issue.path.join('.')}: ${issue.message}`).join('\n'))
}

let shipped: Directory | undefined

/** Reads the directory from `root`; the one that ships is read once a process. Throws {@link DirectoryError} when a file is faulty. */
export function loadDirectory(root: string = CONTENT): Directory {
  if (root !== CONTENT) return readDirectory(root)
  shipped ??= readDirectory(root)
  return shipped
}

function readDirectory(root: string): Directory {
  const documents = readData(z.array(document), root, 'documents.yaml')
  return { records: readData(z.array(agency), root, 'agencies.yaml'), documents: new Map(documents.map((d) => [d.number, d])) }
}

// --- on a day ---

const firstDay = (rough: string): Day => `${rough}-01-01`.slice(0, 10)

/** @returns whether `record` names its body on `day`. */
export function namedOn(record: Agency, day: Day): boolean {
  return (record.validFrom === null || firstDay(record.validFrom) <= day) && (record.validTo === null || day < firstDay(record.validTo))
}

/** @returns the body that `agencyId` stands for on `day`: itself, or who took over; undefined where nobody did. */
export function agencyOn(directory: Directory, agencyId: string, day: Day, seen: readonly string[] = []): Agency | undefined {
  const records = directory.records.filter((r) => r.id === agencyId)
  const valid = records.find((r) => namedOn(r, day))
  if (valid || seen.includes(agencyId)) return valid
  const heirs = records.flatMap((r) => (r.validTo !== null && firstDay(r.validTo) <= day ? r.successors : []))
  for (const heir of heirs) {
    const found = agencyOn(directory, heir.id, day, [...seen, agencyId])
    if (found) return found
  }
  return undefined
}

/** @returns the duty `dutyId` of a body, whichever of its records tells of it; the latest wins. */
export function dutyOf(directory: Directory, agencyId: string, dutyId: string): Duty | undefined {
  return directory.records
    .filter((r) => r.id === agencyId)
    .flatMap((r) => r.duties)
    .findLast((d) => d.id === dutyId)
}

/** What a suggestion rests on: an article of law, the province's division of work, or plain advice. */
export type Basis =
  | { readonly kind: 'article'; readonly pointer: Pointer; readonly id: string; readonly label: string }
  | { readonly kind: 'plan'; readonly label: typeof PLAN_LABEL }
  | { readonly kind: 'advice'; readonly label: typeof ADVICE_LABEL }

/** @returns the basis of a duty on `day`: articles in force first; the plan only as division of work. Empty when nothing holds on that day. */
export function basisOn(directory: Directory, duty: Duty, day: Day): Basis[] {
  const articles = duty.basis.filter((p) => isInForce(directory, p, day)).map((p) => articleBasis(directory, p))
  const plan = duty.plan ? [{ kind: 'plan', label: PLAN_LABEL } as const] : []
  return [...articles, ...plan, ...(duty.advice ? [{ kind: 'advice', label: ADVICE_LABEL } as const] : [])]
}

/** @returns whether the document that `p` cites is in force on `day`. */
export function isInForce(directory: Directory, p: Pointer, day: Day): boolean {
  const cited = directory.documents.get(p.document)
  return cited !== undefined && inForce(cited, day)
}

function articleBasis(directory: Directory, p: Pointer): Basis {
  return { kind: 'article', pointer: p, id: pointerId(p), label: formatCitation(p, directory.documents.get(p.document)?.name ?? p.document) }
}

// --- names, old and new ---

/** A name as said, the body it means on that day, and what changed in between. */
export interface ResolvedName {
  readonly said: string
  readonly agency: Agency
  /** Where the name is an old one: since when (as far as established) and one sentence. */
  readonly change?: { readonly on?: string; readonly sentence: string }
}

interface Named {
  readonly name: string
  readonly form: string
  readonly record: Agency
  readonly former?: Agency['formerNames'][number]
}

const nameForm = (said: string): string =>
  fold(said)
    .replace(/[^a-z0-9]+/g, ' ')
    .trim()

function namesOf(directory: Directory): Named[] {
  const named = (record: Agency, name: string, former?: Named['former']): Named => ({
    name,
    form: nameForm(name),
    record,
    ...(former ? { former } : {}),
  })
  return directory.records.flatMap((record) => [
    ...[record.name, ...record.aliases].map((name) => named(record, name)),
    ...record.formerNames.flatMap((former) => [former.name, ...former.aliases].map((name) => named(record, name, former))),
  ])
}

/** @returns the body that `said` names, by its longest known name, as it stands on `day`; undefined when no name is known. */
export function resolveName(directory: Directory, said: string, day: Day): ResolvedName | undefined {
  const form = ` ${nameForm(said)} `
  const found = namesOf(directory)
    .filter((n) => form.includes(` ${n.form} `))
    .sort((a, b) => b.form.length - a.form.length)[0]
  const now = found && agencyOn(directory, found.record.id, day)
  if (!found || !now) return undefined
  const change = changeOf(directory, found, day)
  return { said: found.name, agency: now, ...(change ? { change } : {}) }
}

function changeOf(directory: Directory, found: Named, day: Day): ResolvedName['change'] {
  const { record, former } = found
  if (former) {
    const still = former.changedOn !== undefined && day < firstDay(former.changedOn)
    return still ? undefined : { ...(former.changedOn ? { on: former.changedOn } : {}), sentence: former.sentence }
  }
  if (record.validTo === null || day < firstDay(record.validTo)) return undefined
  return { on: record.validTo, sentence: endSentence(directory, record, day) }
}

function endSentence(directory: Directory, record: Agency, day: Day): string {
  const since = `Từ ${roughDate(record.validTo as string)}`
  const heirs = record.successors.map((s) => `${agencyOn(directory, s.id, day)?.name ?? s.id}${s.matter ? ` (${s.matter})` : ''}`)
  if (heirs.length > 0) return `${since}, ${record.name} không còn nữa; việc này nay do ${heirs.join(' và ')} nhận.`
  const now = agencyOn(directory, record.id, day)
  return now ? `${since}, ${record.name} chuyển thành ${now.name}.` : `${since}, ${record.name} không còn nữa; nơi nhận thay ${UNVERIFIED}.`
}

/** @returns one sentence on what became of the body `agencyId`, where it ended or changed its name by `day`. */
export function changeSentence(directory: Directory, agencyId: string, day: Day): string | undefined {
  const ended = directory.records.find((r) => r.id === agencyId && r.validTo !== null && firstDay(r.validTo) <= day)
  return ended && endSentence(directory, ended, day)
}

/** @returns one sentence for every body that `text` names and that has ended or changed its name by `day`, in the order of the directory. */
export function changedBodies(directory: Directory, text: string, day: Day): string[] {
  const form = ` ${nameForm(text)} `
  const changes = namesOf(directory)
    .filter((named) => form.includes(` ${named.form} `))
    .flatMap((named) => changeOf(directory, named, day)?.sentence ?? [])
  return [...new Set(changes)]
}

/** @returns "ngày 01/03/2025", "tháng 3/2025" or "năm 2025", no finer than what is established. */
export function roughDate(rough: string): string {
  const [year, month, date] = rough.split('-')
  if (date) return `ngày ${formatDay(rough)}`
  return month ? `tháng ${Number(month)}/${year}` : `năm ${year}`
}

/** @returns how to reach a body, one line each; what is not known stays visibly empty. */
export function contactLines(agency: Agency): string[] {
  const { phone, address, web, email } = agency.contact
  return [
    `Điện thoại: ${phone ?? NOT_GIVEN}`,
    `Địa chỉ: ${address ?? NOT_GIVEN}`,
    `Trang web: ${web ?? NOT_GIVEN}`,
    `Thư điện tử: ${email ?? NOT_GIVEN}`,
  ]
}

/** @returns "đã xác minh ngày …, theo …", or that it is still to be verified. */
export function trustLine(agency: Agency): string {
  const checked = `xem lại ngày ${formatDay(agency.verifiedOn)}, theo ${agency.verifiedBy}`
  return agency.trust === 'unverified' ? `${UNVERIFIED} (${checked})` : checked
}

// --- what must hold ---

/** @returns every fault of the directory in one sentence each; with `texts` every article cited is looked up in the law too. */
export function checkDirectory(directory: Directory, texts?: LawTexts): string[] {
  return [
    ...overlaps(directory),
    ...brokenChains(directory),
    ...ambiguousNames(directory),
    ...directory.records.flatMap((r) => recordFaults(r)),
    ...directory.records.flatMap((r) => r.duties.flatMap((d) => pointerFaults(directory.documents, `${r.id}/${d.id}`, d.basis, texts))),
  ]
}

function overlaps({ records }: Directory): string[] {
  return records.flatMap((a, i) =>
    records
      .slice(i + 1)
      .filter((b) => a.id === b.id && startsBeforeEnd(a, b) && startsBeforeEnd(b, a))
      .map((b) => `${a.id}: "${a.name}" và "${b.name}" cùng có hiệu lực trong một ngày`),
  )
}

const startsBeforeEnd = (a: Agency, b: Agency): boolean => a.validFrom === null || b.validTo === null || firstDay(a.validFrom) < firstDay(b.validTo)

function brokenChains(directory: Directory): string[] {
  return directory.records.flatMap((r) => {
    if (r.validTo === null) return r.successors.length > 0 ? [`${r.id}: có cơ quan kế nhiệm mà chưa ghi ngày kết thúc`] : []
    const end = firstDay(r.validTo)
    const lost = r.successors
      .filter((s) => !agencyOn(directory, s.id, end))
      .map((s) => `${r.id}: cơ quan kế nhiệm "${s.id}" không có vào ngày ${r.validTo}`)
    return agencyOn(directory, r.id, end) ? lost : [...lost, `${r.id}: "${r.name}" kết thúc mà không có ai nhận thay`]
  })
}

function ambiguousNames(directory: Directory): string[] {
  const owners = new Map<string, string>()
  return namesOf(directory).flatMap(({ form, name, record }) => {
    const other = owners.get(form)
    owners.set(form, record.id)
    return other !== undefined && other !== record.id ? [`tên "${name}" chỉ cả ${other} lẫn ${record.id}`] : []
  })
}

function recordFaults(r: Agency): string[] {
  const said = JSON.stringify(r)
  const ids = r.duties.map((d) => d.id)
  return [
    ...(r.role === 'never' && ids.length > 0 ? [`${r.id}: cơ quan không bao giờ nhận đơn mà lại có việc tiếp nhận`] : []),
    ...ids.filter((one, i) => ids.indexOf(one) !== i).map((one) => `${r.id}: việc "${one}" có hai lần`),
    ...(r.id !== HOTLINE && r.contact.phone?.includes(HOTLINE_NUMBER) ? [`${r.id}: số ${HOTLINE_NUMBER} là của tổng đài quốc gia`] : []),
    ...(/\d+\/KH-UBND/.test(said) ? [`${r.id}: kế hoạch của tỉnh không có số, không được đặt ra số`] : []),
    ...(r.trust === 'unverified' && !/chưa|cũ|cần/.test(r.verifiedBy) ? [`${r.id}: chưa xác minh mà không nói còn thiếu gì`] : []),
  ]
}

/** @returns the faults of pointers: a document not known by number, or, with the law at hand, an article, clause or point that is not there. */
export function pointerFaults(
  documents: ReadonlyMap<string, LegalDocument>,
  place: string,
  pointers: readonly Pointer[],
  texts: LawTexts | undefined,
): string[] {
  return pointers.flatMap((p) => {
    const cited = `${place}: dẫn ${pointerId(p)}`
    if (!documents.has(p.document)) return [`${cited}, văn bản không có trong documents.yaml`]
    if (!p.article) return [`${cited}, thiếu số điều`]
    return texts && !standsInLaw(p, texts) ? [`${cited}, nguyên văn không có chỗ này`] : []
  })
}

function standsInLaw(p: Pointer, texts: LawTexts): boolean {
  const article = texts.get(`${p.document}#${p.article}`)
  if (article === undefined) return false
  const scope = p.clause ? clausesOf(article).get(p.clause) : article
  return scope !== undefined && (!p.point || new RegExp(`(^|\\n)\\s*${p.point}\\)`, 'u').test(scope))
}
