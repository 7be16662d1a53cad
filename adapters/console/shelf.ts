/** The knowledge desk: guides and words that the office writes, tried on the saved questions, approved by a second person, live at once, and taken back. */
import { z } from 'zod'
import { type EditDeed, type EditRefusal, isOpen, type Trial } from '../../bot/shelf/edit.ts'
import { SHELF_SAYS } from '../../bot/wording/shelf.ts'
import { type Edit, editSchema, GUIDE_ID, type GuideContent, type WordContent, wordKey } from '../../knowledge/edits.ts'
import type { GuideKind } from '../../knowledge/schema.ts'
import { type Day, dayInVietnam } from '../../knowledge/validity.ts'
import type { Store } from '../storage/database.ts'
import {
  beginEdit,
  type CitedWords,
  doWithEdit,
  type EditDone,
  editDigest,
  historyOf,
  type KeptEdit,
  liveEdits,
  readApproved,
  readEdit,
  readEdits,
  restoreEdit,
  rewriteEdit,
} from '../storage/edit-store.ts'
import { citationView, type LawDesk } from './law.ts'
import { type Asked, type ConsoleRoute, route, type SignedIn } from './route.ts'
import type { EditLine, EditsView, EditView, GuideRow, GuidesView, GuideView, TrialState, WordRow, WordsView } from './shelf-contract.ts'
import { ConsoleTrouble } from './trouble.ts'

/** What the library says of itself; each rejects while it is not open. */
export interface ShelfDesk {
  /** `faulty`: by key, why something that is live could not be laid over the library. */
  readonly guides: (day: Day) => Promise<{
    readonly lines: readonly {
      readonly id: string
      readonly title: string
      readonly kind: GuideKind
      readonly hidden: boolean
      readonly baseDigest: string | null
      readonly touched: readonly string[]
    }[]
    readonly faulty: readonly { readonly key: string; readonly faults: readonly string[] }[]
  }>
  /** What the library that is answered from is known by. */
  readonly digest: () => Promise<string>
  readonly guide: (id: string) => Promise<{ readonly content: GuideContent; readonly baseDigest: string | null } | null>
  readonly words: () => Promise<readonly { readonly content: WordContent; readonly baseDigest: string }[]>
  readonly check: (edit: Edit, live: readonly Edit[]) => Promise<readonly string[]>
}

export interface ShelfParts {
  readonly store: Store
  readonly shelf: ShelfDesk
  readonly law: LawDesk
  readonly nameOf: (officer: string) => string
  /** What has been approved is answered from when it resolves. */
  readonly goLive: () => Promise<void>
  readonly trials: {
    /** Starts one, which goes on by itself. @returns false where one runs already. */
    readonly start: (id: string, edit: Edit, digest: string, live: readonly Edit[]) => boolean
    readonly state: () => TrialState
  }
}

const MOST = 500
const RECENT = 40
const LONGEST_NOTE = 500

/** `fresh`: it is meant to be new; what stands under its key already must not be replaced by a slip. */
const beginBody = z.strictObject({
  kind: z.enum(['guide', 'word']),
  key: z.string().max(200),
  content: z.unknown(),
  fresh: z.boolean().default(false),
})
const rewriteBody = z.strictObject({ revision: z.int().min(1), content: z.unknown() })
const deedBody = z.strictObject({ revision: z.int().min(1), note: z.string().trim().max(LONGEST_NOTE).default('') })
/** What somebody may do with an edit once it is written, and who. */
const DEEDS = [
  ['ask', 'knowledge.edit'],
  ['drop', 'knowledge.edit'],
  ['return', 'knowledge.approve'],
  ['approve', 'knowledge.approve'],
  ['take_back', 'knowledge.approve'],
] as const satisfies readonly (readonly [EditDeed, 'knowledge.edit' | 'knowledge.approve'])[]

/** @returns the routes of the knowledge desk. */
export function shelfRoutes(parts: ShelfParts): readonly ConsoleRoute[] {
  return [
    route({ method: 'GET', url: '/guides', may: 'knowledge.read', handle: ({ now }) => guides(parts, now) }),
    route({ method: 'GET', url: '/guides/:id', may: 'knowledge.read', handle: ({ params, now }) => guide(parts, params['id'] ?? '', now) }),
    route({ method: 'GET', url: '/words', may: 'knowledge.read', handle: () => words(parts) }),
    route({ method: 'GET', url: '/edits', may: 'knowledge.read', handle: () => edits(parts) }),
    route({
      ...{ method: 'POST', url: '/edits', may: 'knowledge.edit', body: beginBody },
      handle: ({ body, officer, now }) => begin(parts, body, officer, now),
    }),
    route({ method: 'GET', url: '/edits/:id', may: 'knowledge.read', handle: (asked) => whole(parts, asked) }),
    route({
      ...{ method: 'PUT', url: '/edits/:id', may: 'knowledge.edit', body: rewriteBody },
      handle: (asked) => rewrite(parts, asked, asked.body.revision, asked.body.content),
    }),
    route({ method: 'POST', url: '/edits/:id/try', may: 'knowledge.edit', handle: (asked) => tryIt(parts, asked) }),
    route({ method: 'GET', url: '/trials', may: 'knowledge.read', handle: async () => parts.trials.state() }),
    ...DEEDS.map(([deed, may]) =>
      route({
        ...{ method: 'POST', url: `/edits/:id/${deed.replace('_', '-')}`, may, body: deedBody },
        handle: (asked) => act(parts, asked, deed, asked.body.revision, asked.body.note),
      }),
    ),
    route({
      ...{ method: 'POST', url: '/edits/:id/restore', may: 'knowledge.approve', body: deedBody },
      handle: (asked) => restore(parts, asked, asked.body.revision),
    }),
  ]
}

type OfOne = Pick<Asked, 'officer' | 'params' | 'now'>

const nameOfEdit = ({ kind, key }: Pick<Edit, 'kind' | 'key'>) => `${kind}:${key}`

/** While the library is not open nothing can be said of it. */
async function ready<T>(asking: Promise<T>): Promise<T> {
  try {
    return await asking
  } catch {
    throw new ConsoleTrouble('conflict', SHELF_SAYS.notReady)
  }
}

// ── what is on the shelf ────────────────────────────────────────────────────────────────────────

async function guides(parts: ShelfParts, now: number): Promise<GuidesView> {
  const { lines, faulty } = await ready(parts.shelf.guides(dayInVietnam(new Date(now))))
  const [live, open] = await Promise.all([readEdits(parts.store, ['live'], MOST), openByName(parts)])
  const ours = new Map(live.filter(({ edit }) => edit.kind === 'guide').map((one) => [one.edit.key, one]))
  const wrong = new Map(faulty.map(({ key, faults }) => [key, [SHELF_SAYS.faulty(faults.join(' '))]]))
  const changed = await changedLaw(parts, [...ours.values()], now)
  const rows = lines.map(({ id, title, kind, hidden, baseDigest, touched }): GuideRow => {
    const mine = ours.get(id)
    const why = [...(wrong.get(id) ?? []), ...touched, ...(mine ? [...overtaken(mine, baseDigest), ...(changed.get(id) ?? [])] : [])]
    return { id, title, kind, state: hidden ? 'hidden' : mine ? 'ours' : 'base', touched: why, open: open.get(`guide:${id}`) ?? null }
  })
  const known = new Set(lines.map(({ id }) => id))
  const lost = [...ours.values()].flatMap(({ edit }) => (known.has(edit.key) ? [] : lostRow(edit, wrong.get(edit.key) ?? [], open)))
  return { guides: [...rows, ...lost].sort((a, b) => b.touched.length - a.touched.length || (a.title < b.title ? -1 : 1)) }
}

/** Live, and nobody is answered from it. */
function lostRow(edit: Edit, touched: readonly string[], open: ReadonlyMap<string, string>): readonly GuideRow[] {
  if (edit.kind !== 'guide' || edit.content === null) return []
  const { title, kind } = edit.content
  return [{ id: edit.key, title, kind, state: 'hidden', touched, open: open.get(nameOfEdit(edit)) ?? null }]
}

/** The repository has changed what the office had laid its own over. */
function overtaken({ baseDigest }: KeptEdit, digest: string | null): readonly string[] {
  return baseDigest === digest ? [] : [SHELF_SAYS.overtaken]
}

/** @returns by key, which clauses of the office's own guides say something else than when they were written. */
async function changedLaw({ law }: ShelfParts, live: readonly KeptEdit[], now: number): Promise<ReadonlyMap<string, readonly string[]>> {
  const pointers = [...new Set(live.flatMap(({ cites }) => cites.map(({ pointer }) => pointer)))]
  const standing = new Map((await law.at(pointers, now)).map((found) => [found.pointer, found]))
  const changed = ({ cites }: KeptEdit) =>
    cites.flatMap(({ pointer, digest }) => {
      const found = standing.get(pointer)
      return found?.citation && found.digest !== digest ? [SHELF_SAYS.changed(found.citation.label)] : []
    })
  return new Map(live.map((one) => [one.edit.key, changed(one)]))
}

async function openByName({ store }: ShelfParts): Promise<ReadonlyMap<string, string>> {
  return new Map((await readEdits(store, ['draft', 'asked'], MOST)).map(({ id, edit }) => [nameOfEdit(edit), id]))
}

async function guide(parts: ShelfParts, id: string, now: number): Promise<GuideView> {
  const history = await historyOf(parts.store, 'guide', id)
  const content = await standingGuide(parts, id, history)
  if (!content) throw new ConsoleTrouble('not_found')
  const citations = await citationsOf(parts, [content], now)
  return { id, content, citations, open: history.find(({ state }) => isOpen(state))?.id ?? null, history: history.map((one) => lineOf(parts, one)) }
}

/** What it is tried on stands in what the office wrote, and nowhere in the library. */
async function standingGuide({ shelf }: ShelfParts, id: string, history: readonly KeptEdit[]): Promise<GuideContent | null> {
  const found = GUIDE_ID.test(id) ? await ready(shelf.guide(id)) : null
  const live = history.find(({ state }) => state === 'live')?.edit.content as GuideContent | null | undefined
  return found && { ...found.content, tries: live?.tries ?? [] }
}

/** @returns what is answered from under the key of an edit. */
async function standsNow(parts: ShelfParts, { kind, key }: Edit): Promise<Edit['content']> {
  if (kind === 'guide') return standingGuide(parts, key, await historyOf(parts.store, kind, key))
  return (await words(parts)).words.find((row) => row.key === key)?.content ?? null
}

async function words(parts: ShelfParts): Promise<WordsView> {
  const base = new Map((await ready(parts.shelf.words())).map(({ content }) => [wordKey(content.legal[0] ?? ''), content]))
  const [live, open] = await Promise.all([readEdits(parts.store, ['live'], MOST), openByName(parts)])
  const ours = live.flatMap(({ id, edit }) => (edit.kind === 'word' ? [{ id, ...edit }] : []))
  const keys = new Set(ours.map(({ key }) => key))
  const rows = [
    ...ours.map(({ id, key, content }) => ({ key, content, live: id, state: base.has(key) ? ('changed' as const) : ('ours' as const) })),
    ...[...base].filter(([key]) => !keys.has(key)).map(([key, content]) => ({ key, content, live: null, state: 'base' as const })),
  ]
  return {
    words: rows.flatMap(({ content, ...row }): readonly WordRow[] =>
      content ? [{ ...row, content, open: open.get(nameOfEdit({ kind: 'word', key: row.key })) ?? null }] : [],
    ),
  }
}

async function edits(parts: ShelfParts): Promise<EditsView> {
  const [open, recent] = await Promise.all([readEdits(parts.store, ['draft', 'asked'], MOST), readApproved(parts.store, RECENT)])
  return { open: open.map((one) => lineOf(parts, one)), recent: recent.map((one) => lineOf(parts, one)) }
}

function lineOf({ nameOf }: ShelfParts, kept: KeptEdit): EditLine {
  const { id, edit, state, revision, writtenAt, approvedAt } = kept
  return {
    ...{
      id,
      kind: edit.kind,
      key: edit.key,
      title: titleOf(edit),
      state,
      revision,
      writtenAt,
      approvedAt,
      removes: edit.content === null,
      replaces: kept.baseDigest !== null,
    },
    ...{ writtenBy: nameOf(kept.writtenBy), approvedBy: kept.approvedBy === null ? null : nameOf(kept.approvedBy) },
  }
}

function titleOf({ key, content }: Edit): string {
  return content && 'title' in content ? content.title : key
}

// ── writing ─────────────────────────────────────────────────────────────────────────────────────

async function begin(
  parts: ShelfParts,
  { fresh, ...given }: z.output<typeof beginBody>,
  officer: SignedIn,
  now: number,
): Promise<{ readonly id: string; readonly began: boolean }> {
  const edit = editIn({ ...given, key: given.kind === 'word' ? wordKey(given.key) : given.key })
  const stands = await standing(parts, edit, now)
  if (fresh && (stands.baseDigest !== null || (await historyOf(parts.store, edit.kind, edit.key)).some(({ state }) => state !== 'dropped')))
    throw new ConsoleTrouble('conflict', SHELF_SAYS.taken)
  return beginEdit(parts.store, { edit, ...stands, by: officer.id, now })
}

/** @returns what was filled in. Throws {@link ConsoleTrouble} with a sentence for each part that is not right. */
function editIn(given: object): Edit {
  const read = editSchema.safeParse(given)
  if (read.success) return read.data
  const parts = new Set(read.error.issues.map(({ path }) => String(path[path[0] === 'content' ? 1 : 0] ?? '')))
  const said = [...parts].map((part) => SHELF_SAYS.form[part as keyof typeof SHELF_SAYS.form] ?? SHELF_SAYS.form.other)
  throw new ConsoleTrouble('bad_request', [...new Set(said)].join(' '))
}

/** What it is written over, and what its law says on the day. */
async function standing(
  parts: ShelfParts,
  edit: Edit,
  now: number,
): Promise<{ readonly baseDigest: string | null; readonly cites: readonly CitedWords[] }> {
  const found = await parts.law.at(pointersIn(edit.content), now)
  return { baseDigest: await ready(baseDigestOf(parts, edit)), cites: found.map(({ pointer, digest }) => ({ pointer, digest })) }
}

async function baseDigestOf({ shelf }: ShelfParts, { kind, key }: Edit): Promise<string | null> {
  if (kind === 'guide') return (await shelf.guide(key))?.baseDigest ?? null
  return (await shelf.words()).find(({ content }) => wordKey(content.legal[0] ?? '') === key)?.baseDigest ?? null
}

function pointersIn(content: Edit['content']): readonly string[] {
  if (content === null || !('answer' in content)) return []
  const { signs, firstAid, answer, conditions, steps } = content
  return [...new Set([signs, firstAid, answer, conditions, steps].flat().flatMap(({ cites }) => cites))]
}

async function rewrite(
  parts: ShelfParts,
  { params, officer, now }: OfOne,
  revision: number,
  content: unknown,
): Promise<{ readonly revision: number }> {
  const kept = await known(parts, params['id'])
  const edit = editIn({ kind: kept.edit.kind, key: kept.edit.key, content })
  const written = { edit, ...(await standing(parts, edit, now)), by: officer.id, now }
  const next = await rewriteEdit(parts.store, kept.id, revision, written)
  if (next === 'missing') throw new ConsoleTrouble('not_found')
  if (next === 'conflict') throw new ConsoleTrouble('conflict')
  return { revision: next }
}

async function known({ store }: ShelfParts, id: string | undefined): Promise<KeptEdit> {
  const kept = await readEdit(store, id ?? '')
  if (!kept) throw new ConsoleTrouble('not_found')
  return kept
}

async function whole(parts: ShelfParts, { officer, params, now }: OfOne): Promise<EditView> {
  const kept = await known(parts, params['id'])
  const { edit, trial, note, authors, state } = kept
  const stands = isOpen(state) ? await standsNow(parts, edit) : null
  return {
    ...lineOf(parts, kept),
    ...{ content: edit.content, stands, note, trial: trial ?? null, tried: isTried(edit, trial) },
    citations: await citationsOf(parts, [edit.content, stands], now),
    faults: isOpen(state) ? await faultsOf(parts, kept) : [],
    aged: trial !== undefined && trial.library !== (await ready(parts.shelf.digest())),
    mayApprove: state === 'asked' && !authors.includes(officer.id),
  }
}

async function citationsOf({ law }: ShelfParts, contents: readonly Edit['content'][], now: number): Promise<EditView['citations']> {
  const day = dayInVietnam(new Date(now))
  const pointers = [...new Set(contents.flatMap(pointersIn))]
  return (await law.at(pointers, now)).flatMap(({ citation }) => (citation ? [citationView(citation, day)] : []))
}

const isTried = (edit: Edit, trial: Trial | undefined) => trial?.digest === editDigest(edit)

async function faultsOf({ store, shelf }: ShelfParts, { edit }: KeptEdit): Promise<readonly string[]> {
  return ready(shelf.check(edit, await liveEdits(store)))
}

// ── trying, approving, taking back ──────────────────────────────────────────────────────────────

async function tryIt(parts: ShelfParts, { params }: OfOne): Promise<TrialState> {
  const kept = await known(parts, params['id'])
  if (!isOpen(kept.state)) throw new ConsoleTrouble('conflict', SHELF_SAYS.wrongState)
  await mustBeSound(parts, kept)
  if (!parts.trials.start(kept.id, kept.edit, editDigest(kept.edit), await liveEdits(parts.store)))
    throw new ConsoleTrouble('conflict', SHELF_SAYS.trying)
  return parts.trials.state()
}

async function mustBeSound(parts: ShelfParts, kept: KeptEdit): Promise<void> {
  const faults = await faultsOf(parts, kept)
  if (faults.length > 0) throw new ConsoleTrouble('bad_request', SHELF_SAYS.faults(faults))
}

const REFUSED: Readonly<Record<EditRefusal, string>> = {
  wrong_state: SHELF_SAYS.wrongState,
  own_work: SHELF_SAYS.ownWork,
  not_tried: SHELF_SAYS.notTried,
}
/** After these the library says something else. */
const CHANGES_ANSWERS: readonly EditDeed[] = ['approve', 'take_back']
/** Before these what was written must rest on law that is there. */
const MUST_BE_SOUND: readonly EditDeed[] = ['ask', 'approve']

async function act(parts: ShelfParts, { params, officer, now }: OfOne, deed: EditDeed, revision: number, note: string): Promise<object> {
  const kept = await known(parts, params['id'])
  if (MUST_BE_SOUND.includes(deed) && isOpen(kept.state)) await mustBeSound(parts, kept)
  const done = await doWithEdit(parts.store, { id: kept.id, revision, deed, by: officer.id, note, now })
  if ('refused' in done) throw refusal(done.refused)
  if (CHANGES_ANSWERS.includes(deed)) await changeOver(parts, done, now)
  return {}
}

/** Where the library cannot be opened with it, things are as they were before. */
async function changeOver({ goLive }: ShelfParts, { undo }: Extract<EditDone, { undo: unknown }>, now: number): Promise<void> {
  try {
    await goLive()
  } catch {
    await undo(now)
    await goLive().catch(() => undefined)
    throw new ConsoleTrouble('conflict', SHELF_SAYS.notChangedOver)
  }
}

function refusal(why: EditRefusal | 'missing' | 'conflict'): ConsoleTrouble {
  if (why === 'missing') return new ConsoleTrouble('not_found')
  return why === 'conflict' ? new ConsoleTrouble('conflict') : new ConsoleTrouble('conflict', REFUSED[why])
}

async function restore(parts: ShelfParts, { params, officer, now }: OfOne, revision: number): Promise<object> {
  const kept = await known(parts, params['id'])
  await mustBeSound(parts, kept)
  const done = await restoreEdit(parts.store, kept.id, revision, officer.id, now)
  if ('refused' in done) throw refusal(done.refused)
  await changeOver(parts, done, now)
  return {}
}
