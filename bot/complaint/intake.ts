/**
 * Taking a complaint in conversation, as a function: a draft and a message in, the next draft and what is said out. Nothing is stored, sent or handed on here.
 *
 *   story ─▶ which matter it is, where the story does not say ─▶ what this kind of matter needs, a question a turn ─▶ account that money went to, where it did ─▶ how to reach the person ─▶ consent, each purpose for itself
 *         ─▶ summary ─▶ (exactly the words) confirmed, or added to the case that there is already
 *     at any time: a correction · a file, and whether it shows papers · "bỏ qua" · "quay lại" · "để sau" and "tiếp tục hồ sơ" · "hủy" · a question, answered by the answering steps
 */
import { fold } from '../../knowledge/language/normalise.ts'
import { COMPLAINT_CHOICE, FACT_LABEL, INTAKE } from '../wording/complaint.ts'
import { ask, isContact, issueNow, routeNow, summaryChoices } from './asking.ts'
import { CONSENT_VERSION, consentIn, type Purpose } from './consent.ts'
import { absurdIn, contested, contestOf, settledDays } from './doubts.ts'
import { type Draft, LONGEST_STORY } from './draft.ts'
import { addToCase, confirmNow } from './ending.ts'
import type { FactName, Facts } from './facts.ts'
import { type FilesAnswer, filesAnswerIn, withFile, withFilesAnswer, withFilesAsked } from './files.ts'
import type { Command, Contest, Full, IntakeGuide, IntakeInput, IntakeStep } from './guide.ts'
import { isInsulting } from './insults.ts'
import { choosesAnew, chosenIn, deniesAll, isMatterOpen, matterAsked, matterBack, matterLeft, unchosen } from './matter.ts'
import { answer } from './parts.ts'
import { asksToWait, putsOff } from './put-off.ts'
import { readReply } from './reply.ts'
import { sameCase } from './same.ts'
import { shownValue, takeWhole } from './shown.ts'

/** Takes one message. */
export function takeIntake(input: IntakeInput, guide: IntakeGuide): IntakeStep {
  const { draft, text } = input
  const files = draft.paused ? undefined : filesAnswerIn(draft, text)
  if (files) return answerFiles({ ...input, guide }, files)
  const command = guide.commandIn(text) ?? COMMAND_CHOICES.find(([words]) => said(text, words))?.[1]
  if (command && !deniesAll(input)) return obey({ ...input, guide }, command)
  const kept = withFile(input)
  const correction = guide.correctionIn(text)
  if (correction) return correct({ ...input, draft: kept, guide }, correction)
  if (draft.paused) return ask({ ...input, draft: resumed(kept), guide }, [INTAKE.goOn])
  if (choosesAnew({ draft, guide, text })) return ask({ ...input, draft: matterAsked({ ...input, draft: kept, guide }), guide }, [])
  return hear({ ...input, draft: kept, guide })
}

/** @returns the beginning: with a story, what was read of it; without, the request to tell one. */
export function beginIntake(input: IntakeInput, guide: IntakeGuide): IntakeStep {
  if (input.draft.story === '') return { draft: input.draft, sections: [answer([INTAKE.tell])], choices: [COMPLAINT_CHOICE.cancel] }
  const full = { ...input, draft: { ...input.draft, story: '' }, text: input.draft.story, guide }
  return hearStory(full, [INTAKE.begin])
}

/** @returns the question that stands, asked once more: after something else was answered. */
export function askAgain(input: IntakeInput, guide: IntakeGuide): IntakeStep {
  return ask({ ...input, guide }, [INTAKE.goOn])
}

const COMMAND_CHOICES: readonly (readonly [string, Command])[] = [
  [COMPLAINT_CHOICE.later, 'later'],
  [COMPLAINT_CHOICE.skip, 'skip'],
  [COMPLAINT_CHOICE.cancel, 'cancel'],
  [COMPLAINT_CHOICE.resume, 'resume'],
]

function said(text: string, words: string): boolean {
  return fold(text).trim() === fold(words)
}

/** Beside it the question that stands is asked again. */
function answerFiles(f: Full, said: FilesAnswer): IntakeStep {
  const { draft, lead, discarded } = withFilesAnswer(f.draft, said)
  const step = ask({ ...f, draft }, [lead])
  return discarded.length > 0 ? { ...step, discarded } : step
}

// ── commands ────────────────────────────────────────────────────────────────────────────────────

function obey(f: Full, command: Command): IntakeStep {
  const { draft } = f
  switch (command) {
    case 'cancel':
      return { draft: null, sections: [answer([INTAKE.cancelled])], choices: [] }
    case 'later':
      return { draft: { ...draft, paused: true }, sections: [answer([INTAKE.paused])], choices: [COMPLAINT_CHOICE.resume] }
    case 'resume':
      return ask({ ...f, draft: resumed(draft) }, [INTAKE.goOn])
    case 'skip':
      if (draft.stage === 'matter' && !draft.contest) return withMatterLeft(f)
      return ask({ ...f, draft: skipped(draft) }, draft.contest ? [INTAKE.contestLeft(FACT_LABEL[draft.contest.fact].toLowerCase())] : [])
    case 'back':
      return ask({ ...f, draft: draft.stage === 'matter' && !draft.contest ? matterBack(f) : steppedBack(draft) }, [])
  }
}

function resumed(draft: Draft): Draft {
  return { ...draft, paused: false }
}

function skipped(draft: Draft): Draft {
  if (draft.contest) return { ...draft, skipped: [...draft.skipped, draft.contest.fact], contest: null }
  if (draft.stage === 'account') return { ...draft, stage: 'contact', accountLeft: true }
  // Whoever does not know the seller still knows what they want, and who does not know what they want how to reach them: only the first is left open.
  const [first, second] = draft.asked
  const others = second === 'wish' || draft.asked.slice(1).some((name) => isContact(name) && first === 'wish')
  return leftOpen(draft, first !== undefined && others && draft.facts[first] === undefined ? [first] : draft.asked)
}

function leftOpen(draft: Draft, names: readonly FactName[]): Draft {
  const open = names.filter((name) => draft.facts[name] === undefined && !draft.skipped.includes(name))
  return { ...draft, skipped: [...draft.skipped, ...open] }
}

/** To the question before: of what was skipped or told last, one is asked again. */
function steppedBack(draft: Draft): Draft {
  const last = draft.skipped.at(-1)
  if (draft.stage === 'summary') return { ...draft, stage: 'consent', consents: [] }
  if (draft.stage === 'consent')
    return {
      ...draft,
      stage: 'contact',
      facts: { ...draft.facts, phone: undefined },
      skipped: draft.skipped.filter((name) => !isContact(name)),
    }
  if (draft.contest) return draft
  return last ? { ...draft, stage: 'facts', skipped: draft.skipped.slice(0, -1) } : draft
}

// ── hearing ─────────────────────────────────────────────────────────────────────────────────────

function correct(f: Full, { fact, text }: { readonly fact: FactName; readonly text: string }): IntakeStep {
  const { draft, messageId, asOf, guide } = f
  if (text === '') return ask(f, [INTAKE.howToEdit])
  const read = guide.readFacts(text, { messageId, asOf, asked: fact, known: {} })[fact] ?? takeWhole(fact, text, messageId)
  if (!read) return ask(f, [INTAKE.notChanged(FACT_LABEL[fact].toLowerCase())])
  const facts: Facts = { ...draft.facts, [fact]: read }
  const contest = draft.contest?.fact === fact ? null : draft.contest
  return ask({ ...f, draft: { ...draft, facts, contest, skipped: draft.skipped.filter((name) => name !== fact) } }, [
    INTAKE.changed(FACT_LABEL[fact], shownValue(fact, facts)),
  ])
}

function hear(f: Full): IntakeStep {
  if (f.draft.contest) return hearContest(f, f.draft.contest)
  if (isInsult(f)) return calm(f)
  switch (f.draft.stage) {
    case 'story':
      return f.text === '' ? ask(f, [INTAKE.kept]) : hearStory(f, [])
    case 'matter':
      return hearMatter(f)
    case 'facts':
    case 'contact':
      return hearFact(f)
    case 'account':
      return hearAccount(f)
    case 'consent':
      return hearConsent(f)
    case 'summary':
      return hearAtSummary(f)
  }
}

/** Longer, it also tells something. */
const SWORN = 60

function isInsult({ text, guide, messageId, asOf }: Full): boolean {
  return text.length <= SWORN && isInsulting(text) && Object.keys(guide.readFacts(text, { messageId, asOf, known: {} })).length === 0
}

/** Answered calmly, once; the question stands. */
function calm(f: Full): IntakeStep {
  return ask({ ...f, draft: { ...f.draft, calmed: true } }, f.draft.calmed ? [] : [INTAKE.calm])
}

function hearStory(f: Full, lead: readonly string[]): IntakeStep {
  const { draft, text, messageId, asOf, guide } = f
  const story = [draft.story, text].filter(Boolean).join('\n')
  const read = guide.readFacts(text, { messageId, asOf, known: draft.facts })
  const facts = { ...draft.facts, ...read }
  const issue = guide.issueOf(story, facts, asOf, draft.matter.chosen)
  const cut = story.length > LONGEST_STORY ? [INTAKE.cut] : []
  const next: Draft = { ...draft, story: firstPart(story), facts, issue: issue.id, stage: 'facts', asked: [] }
  const absurd = absurdIn(f, read)
  return doubted(
    { ...f, draft: next },
    guide.contestIn(text, { messageId, asOf }),
    [...lead, ...cut, ...absurd, ...elsewhere({ ...f, draft: next })],
    read,
  )
}

/** What cannot be right is asked before anything else. */
function doubted(f: Full, contest: Contest | undefined, lead: readonly string[], read: Facts): IntakeStep {
  if (contest) return ask({ ...f, draft: contested(f.draft, contest) }, lead, { ...read, [contest.fact]: undefined })
  const days = settledDays(f.draft)
  return days ? ask({ ...f, draft: days.draft }, [...lead, days.lead], { ...read, boughtOn: undefined, deliveredOn: undefined }) : ask(f, lead, read)
}

/** Not ours, or about ourselves: said at once, with the right door. The person may still have it noted. */
function elsewhere(f: Full): readonly string[] {
  const { ours, aboutUs } = issueNow(f)
  if (ours || isMatterOpen(f)) return []
  return [aboutUs ? INTAKE.aboutUs : INTAKE.notOurs, ...routeNow(f).map(INTAKE.suggested)]
}

/** Fewer words tell nothing more of a story. */
const TELLS = 4

/** What the person chose; or more of the story, after which they may have said enough. */
function hearMatter(f: Full): IntakeStep {
  const { draft, text } = f
  if (text === '') return ask(f, [INTAKE.kept])
  const chosen = chosenIn(f)
  if (!chosen) return hearOther({ ...f, draft: unchosen(draft) })
  const next = { ...f, draft: chosen.draft }
  return ask(next, chosen.matter ? [INTAKE.matterChosen(chosen.matter.title), ...elsewhere(next)] : [])
}

function hearOther(f: Full): IntakeStep {
  if (f.text.trim().split(/\s+/).length >= TELLS) return hearStory(f, [])
  return isMatterOpen(f) ? ask(f, [INTAKE.matterUnread]) : withMatterLeft(f)
}

/** An officer says it: what the story points to is told all the same. */
function withMatterLeft(f: Full): IntakeStep {
  const left = { ...f, draft: matterLeft(f.draft) }
  return ask(left, elsewhere(left))
}

/** Never in the middle of a character. */
function firstPart(story: string): string {
  return story.length <= LONGEST_STORY
    ? story
    : story
        .slice(0, LONGEST_STORY)
        .toWellFormed()
        .replace(/\uFFFD$/, '')
}

/** A short reply is what was asked for; a longer one tells more of the story, and may hold other facts. */
function hearFact(f: Full): IntakeStep {
  const { draft, text } = f
  if (text === '') return ask(f, [INTAKE.kept])
  if (asksToWait(text)) return ask(f, [INTAKE.takeTime])
  const { read, declined } = replied(f)
  const facts = withoutTheirs({ ...draft.facts, ...read }, read)
  const story =
    text.length > (draft.asked.length > 2 ? TELLING_OF_SEVERAL : TELLING) ? firstPart([draft.story, text].filter(Boolean).join('\n')) : draft.story
  const absurd = absurdIn(f, read)
  const heard = Object.keys(read).length > 0 || declined.length > 0
  const next = counted({ ...leftOpen({ ...draft, facts }, declined), story }, read, heard || absurd.length > 0, f.attachment !== undefined)
  const unclear = heard || absurd.length > 0 ? [] : [f.attachment === undefined ? INTAKE.unclear : INTAKE.kept]
  return doubted({ ...f, draft: next.draft }, contestOf(f, read), [...absurd, ...unclear, ...next.lead], read)
}

/** A number that turns out to be the seller's is not the person's. */
function withoutTheirs(facts: Facts, read: Facts): Facts {
  const { phone, ...others } = facts
  return read.respondentPhone !== undefined && read.phone === undefined && phone?.value === read.respondentPhone.value ? others : facts
}

/** One fact takes the whole reply, where any words will do and they tell nothing else; of several each takes its part. */
function replied(f: Full): ReturnType<typeof readReply> {
  const { draft, text, messageId, asOf, guide } = f
  const [asked, ...others] = draft.asked
  if (asked === undefined || others.length > 0 || isContact(asked)) return readReply(f, draft.asked)
  const proven = guide.readFacts(text, { messageId, asOf, known: draft.facts })
  if (proven[asked] === undefined && putsOff(asked, text)) return { read: proven, declined: [asked] }
  const read = guide.readFacts(text, { messageId, asOf, known: draft.facts, asked })
  const whole = read[asked] === undefined && f.attachment === undefined && !tellsFacts(f) ? takeWhole(asked, text, messageId) : undefined
  return { read: { ...read, ...(whole ? { [asked]: whole } : {}) }, declined: [] }
}

const MOST_TRIES = 2

/** How often a question was put: nobody is asked for ever. What was told of other things counts for nothing. */
function counted(draft: Draft, read: Facts, heard: boolean, attached: boolean): { readonly draft: Draft; readonly lead: readonly string[] } {
  const left = draft.asked.filter((name) => draft.facts[name] === undefined && !draft.skipped.includes(name))
  const contact = draft.asked.some(isContact)
  const answered = draft.asked.some((name) => isContact(name) && read[name] !== undefined)
  if (attached || left.length === 0 || (heard && !(contact && answered)))
    return { draft: { ...draft, tries: heard && !contact ? 0 : draft.tries }, lead: [] }
  const tries = draft.tries + 1
  if (tries < MOST_TRIES) return { draft: { ...draft, tries }, lead: [] }
  return { draft: leftOpen(draft, left), lead: [INTAKE.leftOpen] }
}

/** The choice, or the right value in other words. */
function hearContest(f: Full, { fact, told }: Contest): IntakeStep {
  const { draft, text, messageId, asOf, guide } = f
  if (text === '') return ask(f, [INTAKE.kept])
  const chosen = told.find((facts) => said(text, shownValue(fact, facts)) || said(text, facts[fact]?.from.words ?? ''))
  const read = chosen ?? guide.readFacts(text, { messageId, asOf, asked: fact, known: {} })
  if (!read[fact]) return ask(f, [INTAKE.unclear])
  const facts: Facts = { ...draft.facts, [fact]: read[fact] }
  return doubted({ ...f, draft: { ...draft, facts, contest: null } }, undefined, [INTAKE.changed(FACT_LABEL[fact], shownValue(fact, facts))], {})
}

/** Sealed at the door; what came without a number is only words. */
function hearAccount(f: Full): IntakeStep {
  const { draft, account, attachment } = f
  if (account) return ask({ ...f, draft: { ...draft, account, stage: 'contact' } }, [INTAKE.accountKept(account.shown)])
  if (attachment !== undefined) return ask(f, [INTAKE.kept])
  const tries = draft.tries + 1
  return ask({ ...f, draft: tries < MOST_TRIES ? { ...draft, tries } : { ...draft, stage: 'contact', accountLeft: true } }, [INTAKE.accountUnread])
}

/** Whether the message holds any fact at all, known before or not: then its words are no answer of their own. */
function tellsFacts({ guide, text, messageId, asOf }: Full): boolean {
  return Object.keys(guide.readFacts(text, { messageId, asOf, known: {} })).length > 0
}

/** Longer than the answer to any one question, or to one about several things. */
const TELLING = 80
const TELLING_OF_SEVERAL = 120

function hearConsent(f: Full): IntakeStep {
  const { draft, text } = f
  const agreed = consentIn(text)
  if (!agreed) return corrected(f) ?? ask(f, [INTAKE.consentUnclear])
  if (agreed.length === 0)
    return { draft: { ...draft, paused: true }, sections: [answer([INTAKE.consentNeeded])], choices: [COMPLAINT_CHOICE.resume] }
  if (!agreed.includes('handle')) return ask(f, [INTAKE.firstNeeded])
  return ask({ ...f, draft: { ...draft, consents: given(f, agreed), stage: 'summary' } }, [])
}

function given({ now, messageId }: Full, agreed: readonly Purpose[]): Draft['consents'] {
  return agreed.map((purpose) => ({ purpose, version: CONSENT_VERSION, at: now, message: messageId }))
}

const AGREES_MORE = /\bdong y\b/

/** "Đồng ý thêm 2 3" at the summary: what was agreed to stays as it was. */
function agreedMore(f: Full): IntakeStep | undefined {
  const { consents } = f.draft
  if (!AGREES_MORE.test(fold(f.text))) return undefined
  const more = (consentIn(f.text) ?? []).filter((purpose) => !consents.some((one) => one.purpose === purpose))
  return more.length > 0 ? ask({ ...f, draft: { ...f.draft, consents: [...consents, ...given(f, more)] } }, [INTAKE.agreedMore]) : undefined
}

/** Only the words themselves, as a whole message, confirm; what merely contains them does not. */
function hearAtSummary(f: Full): IntakeStep {
  const { draft, text } = f
  const words = text.trim().replace(/[.!]$/, '')
  const same = sameCase(draft, f.openCases)
  if (same) return hearOfSame(f, same.number, words)
  if (said(words, COMPLAINT_CHOICE.confirm)) return confirmNow(f)
  if (said(text, COMPLAINT_CHOICE.edit)) return { draft, sections: [answer([INTAKE.howToEdit])], choices: summaryChoices }
  if (f.attachment !== undefined) return withFilesAsked({ draft, sections: [answer([INTAKE.kept, INTAKE.confirmPlainly])], choices: summaryChoices })
  if (WITHDRAWS.test(fold(text))) return ask({ ...f, draft: { ...draft, stage: 'consent', consents: [] } }, [INTAKE.consentAgain])
  return agreedMore(f) ?? changedAtSummary(f) ?? { draft, sections: [answer([INTAKE.confirmPlainly])], choices: summaryChoices }
}

/** "Không đồng ý cho shop biết nữa": what was agreed to is asked again. */
const WITHDRAWS = /khong (con )?(dong y|cho phep)|rut (lai )?(su )?dong y/

/** Words by which people put something right that they told before. */
const PUTS_RIGHT = /\b(nham|lon|sai|khong phai|moi dung|dung la|dung ra|sua lai|chinh lai|noi lai|ghi lai|so dung)\b/

/** "Khoan, hồi nãy đưa nhầm số của chồng, số của mình là …": before they agree people look over what they told. */
function corrected(f: Full): IntakeStep | undefined {
  return PUTS_RIGHT.test(fold(f.text)) ? changedAtSummary(f) : undefined
}

/** What is said otherwise now counts, and is shown. */
function changedAtSummary(f: Full): IntakeStep | undefined {
  const { draft, text, messageId, asOf, guide } = f
  const read = Object.entries(guide.readFacts(text, { messageId, asOf, known: {} })) as [FactName, Facts[FactName]][]
  const changed = read.filter(([name, fact]) => fact && fact.value !== draft.facts[name]?.value)
  if (changed.length === 0) return undefined
  const facts: Facts = { ...draft.facts, ...Object.fromEntries(changed) }
  return ask(
    { ...f, draft: { ...draft, facts } },
    changed.map(([name]) => INTAKE.changed(FACT_LABEL[name], shownValue(name, facts))),
  )
}

/** The same matter has a case: nothing is confirmed before the person has said which of the two it is. */
function hearOfSame(f: Full, number: string, words: string): IntakeStep {
  const { draft } = f
  if (said(words, COMPLAINT_CHOICE.addTo)) return addToCase(f, number)
  if (said(words, COMPLAINT_CHOICE.fresh)) return ask({ ...f, draft: { ...draft, apart: true } }, [])
  return changedAtSummary(f) ?? ask(f, f.attachment === undefined ? [] : [INTAKE.kept])
}
