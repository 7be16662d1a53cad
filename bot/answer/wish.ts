/** The wish that the Association act, before a story or behind it; told apart from questions of how complaining works. */
import { fold } from '../../knowledge/language/normalise.ts'

/** Whoever says this speaks of themselves; "anh", "bác" may be somebody else, they count in short messages only. */
const SELF = '(?:(?:vo chong|gia dinh|nha|tui|bon|chung) (?:toi|tui|em|minh|con|chau)|tui|toi|em|e|minh|mk|con|chau)'
const ELDER = '(?:anh|chi|co|chu|bac|cau|di|ong|ba|mo|thim)'
const GREETING =
  '(?:(?:da|a|alo|vang|ad|admin|hello|hi|thua|kinh)|(?:xin |con |chau |em |toi |minh )?(?:chao|thua|kinh gui)(?: (?:ban|hoi|an tam|ad|anh|chi|co|chu|bac|quy hoi|can bo|moi nguoi|anh chi|co chu))*|\\S+ oi|(?:hom )?nay|bay gio|gio)'
const WISH = '(?:(?:rat |dang |cung )?(?:muon|mun|can|xin|dinh|tinh|mong(?: muon)?)(?: phep)?(?: (?:duoc|gui|toi|em|hoi|len hoi))*)'
const ACT =
  '(?:(?:khieu|khiu) (?:nai|kien)|to cao|to giac|phan anh|thua kien|kien(?! nghi| hang (?:giao|ve|den|toi|cua|bi|duoc)(?: |$))|(?:gui|lam|viet|nop)(?: cai| mot| la)? don (?:khieu nai|to cao|to giac|phan anh|kien))'
const REQUEST = `(?:(?:xin|nho|mong) )?(?:(?:hoi|ad|ban) )?(?:cho|giup) (?:phep )?${SELF}(?: (?:xin|duoc|gui|lam))*`
/** "Tôi muốn khiếu nại …", "cho em khiếu nại …", "nhờ Hội giúp con tố cáo …": as the first words. */
const begins = (...ways: string[]) => new RegExp(`^(?:${GREETING} )*(?:${ways.join('|')}) ${ACT}(?: |$)`)
const OWN_WISH = begins(`(?:${SELF} )?${WISH}`, REQUEST)
const ANY_WISH = begins(`(?:(?:${SELF}|${ELDER}) )?${WISH}`, REQUEST)

/** What asks how complaining works. */
const HOW =
  '(?:o dau|di dau|den dau|gui dau|toi dau|noi nao|cho nao|ben nao|co quan nao|toa nao|trang nao|gap ai|ai (?:giai quyet|nhan|xu)|bao lau|may ngay|bao nhieu (?:ngay|tien|lau)|(?:can|gom|co|phai co) (?:nhung )?(?:giay to|giay|ho so|gi)|lam (?:sao|gi)|the nao|nhu nao|ra sao|viet sao|duoc (?:khong|ko)|co (?:duoc|can|phai|mat))'
const LAST = '(?:\\s(?:a|ad|ha|vay|ban|nhi|nhe|hoi|em|the|day|ta|chu))*$'
/** Soon after the wish, or behind a "thì": the law of complaining is asked about, not complained. */
const ASKS = new RegExp(`^(?:\\S+ ){0,5}${HOW}\\b|\\bthi\\b.*\\b(?:${HOW}\\b|(?:khong|ko|gi|sao|dau|nao)${LAST})`)
/** A court is another way than a complaint to the association; a seller's customer is nobody to complain of here. */
const ELSEWHERE = /^(\S+ ){0,6}(ra toa|toa an|o toa|trong tai)\b|^((cai|mot|may|thang|con|ong|ba) )?khach(?! san\b)/

/** "Tôi tên là …, ở …:" before the wish, up to a stop: whoever is spoken of behind it is read anew. */
const INTRODUCTION =
  /^\W*(toi|em|con|chau|minh|tui) (ten( la)?|la) [^,.;:\n]{2,60}[,.;:\n](\s*(nha |hien |dang )?(o|tai|ngu) [^,.;:\n]{2,60}[,.;:\n])?/

/** Whoever would sue and speaks of courts and laws, or asks something, asks about suing. */
const ASKS_TO_SUE = new RegExp(`\\b(?:toa|luat|an phi)\\b|\\b(?:khong|ko|gi|nao|sao)${LAST}`)

/** Anywhere in a message of somebody who would sue. */
const ASKS_OF_COURT = /\b(?:toa|thu tuc|an phi|thoi hieu|giam dinh|ai (?:tra|chiu|ky|phai)|(?:co )?duoc (?:khong|ko))\b/

/** Longer ones must speak of themselves: who else "bác" may be is not known. */
const SHORT = 11
/** A message this short is one question whatever stops it has. */
const ONE_SENTENCE = 16

/** @returns whether a message tells the person's own wish to complain, or asks the Association to act, and does not ask how that works. */
export const isWish = (text: string): boolean => beginsWithWish(text) || endsWithWish(text)

/** Whatever follows. */
function beginsWithWish(text: string): boolean {
  const told = fold(text).replace(INTRODUCTION, '')
  const message = wordsOf(told)
  const count = message.split(' ').length
  const wish = (count > SHORT ? OWN_WISH : ANY_WISH).exec(message)
  if (!wish) return false
  const sentence = count > ONE_SENTENCE ? wordsOf(told.split(/[.!?;:](?=\s|$)|\n/)[0] ?? '') : message
  const rest = (sentence.length > wish[0].length ? sentence : '').slice(wish[0].length)
  return isMeant(wish[0], rest, told)
}

/** @param rest what follows the words of the wish; `told` the whole message: a court may be spoken of in any sentence of it. */
const isMeant = (wish: string, rest: string, told: string): boolean =>
  !ASKS.test(rest) && !ELSEWHERE.test(rest) && !(/\bkien ?$/.test(wish) && (ASKS_TO_SUE.test(rest) || ASKS_OF_COURT.test(wordsOf(told))))

const wordsOf = (folded: string): string => folded.replace(/[^a-z0-9]+/g, ' ').trim()

// ── behind the story ────────────────────────────────────────────────────────────────────────────

/** Where a clause begins, or a word that goes over from what happened to what is wished. */
const TURN = '(?:^|, |(?:^| )(?:nen|nay|gio|bay gio|gio day|vi vay|vi the|do do|the nen|qua day|rat|kinh) )'
const ASK_FIRST = `(?:${SELF} |${ELDER} )?(?:(?:lam don|viet don|gui don|viet|nhan|rat|kinh|tha thiet|chi|cung|nay) )*`
const PLEAD = '(?:nho|mong(?: muon)?|xin|de nghi|kinh mong|yeu cau|cau cuu|trong cay|muon nho|cau mong|trong mong|lam on|hi vong|hy vong)'
/** Who is written to; sellers are never called so without a name. */
const OFFICE =
  '(?:(?:quy|ben|phia|cac|may|cua|o) )*(?:hoi(?: (?:bao ve|quyen loi|nguoi tieu dung|minh|ta|nguoi|tieu dung))*|anh chi|co chu|chu bac|cac bac|ad|admin|can bo|co quan(?: chuc nang)?|cac anh|cac chi|moi nguoi|an tam|anh|chi|bac|co|chu|ban|em|chau|con)(?: (?:trong hoi|ben hoi|o hoi|can bo))?'
const WILLING =
  '(?:som|co the|co bien phap|giup(?: do)?|ho tro|gium|dum|ho|cho|voi|dung ra|kip thoi|xin|duoc|vui long|lam on|hay|se|quan tam|xem xet|(?:vao )?cuoc|nhanh chong|ra tay|tiep nhan va|(?:bac|ba|ong|me|ma|ba ma|gia dinh|vo chong) (?:toi|em|con|chau|minh)|ba con|toi|em|e|minh|mk|tui|con|chau|bac|chi|anh|co|chu|ba|ong|di|cau|de)'
/** What an association does, and no book of law. */
const DEED =
  '(?:can thiep|giai quyet(?! (?:the nao|ra sao|nhu))|xu ly|xu li|lam ro|lam viec voi|len tieng|vao cuoc|co y kien|dung ra|bao ve(?! nguoi tieu dung)|thu ly|(?:doi|lay)(?: lai)?(?: \\S+){0,5} (?:lai|tien|cong bang|quyen loi)|(?:doi|lay) lai|doi (?:tien|cong bang|quyen loi)|giup do|bat (?:buoc )?(?:no|ho|shop|cua hang|tiem|cong ty|ben|nha)|buoc (?:no|ho|shop|cua hang|ben)|noi (?:chuyen )?(?:voi|cho) (?:no|ho|shop|cua hang|tiem|ben)|kiem tra (?:no|ho|shop|cua hang|tiem|ben|cho|lai|giup))'
/** "Đề nghị Hội can thiệp", "nhờ Hội giải quyết cho tôi việc này", "mong được giúp đòi lại tiền". */
const PLEA = new RegExp(`${TURN}${ASK_FIRST}(?:${PLEAD}(?:(?: duoc)? ${OFFICE})?|(?:rat )?(?:can|muon) ${OFFICE})(?: ${WILLING})* ${DEED}(?: |,|$)`)
/** "Mong quý Hội giúp đỡ em", "nhờ Hội giúp tôi với": what they are to do is told by the story before it. */
const HELP = new RegExp(
  `${TURN}${ASK_FIRST}(?:${PLEAD} )?(?:quy |ben |phia )*hoi(?: (?:oi|lam on|hay|som|co the))* (?:giup|ho tro)(?: do)?(?: cho)? ${SELF}(?: (?:voi|a|vu nay|viec nay|chuyen nay))*$`,
)
/** "Hội giúp em đòi lại tiền với". */
const CALL = new RegExp(`${TURN}(?:${OFFICE} (?:oi |a |lam on )?)?(?:giup|ho tro)(?: ${WILLING})* ${DEED}(?: |,|$)`)
/** "Giờ em muốn khiếu nại", "muốn phản ánh để họ dừng gọi", "nay tôi làm đơn khiếu nại". */
const LATE_ACT = `(?:${ACT}|trinh bao|thua(?= (?:no|ho|shop|ra|len|tiem|cua hang|cai|ong|ba|thang)|$)|bao (?:len )?hoi)`
const LATE_WISH = new RegExp(
  `(?:${TURN}(?:(?:${SELF}|${ELDER}) )?|(?<!(?:neu|khi|noi|bao|keu|ma|cu|thich|khach|cua|do|ai|chua|khong|ko|k|hong|la|thi) )\\b${SELF} )(?:nay |gio |cung |that su |quyet )*(?:${WISH} ${LATE_ACT}|(?:lam|viet|gui|nop)(?: \\S+)? don (?:khieu nai|to cao|phan anh|nay|kien))(?= |,|$)`,
)
const SELLER =
  '(?:shop|cua hang|cong ty|tiem|ben (?:ban|do|kia)|phia|ho|no|nguoi ban|trung tam|nha (?:hang|xe|mang|thuoc|may|tre|thau)|xuong|lo|quan|san|dai ly|chu|spa|hang|trai|phong \\S+|garage|gara|tho)'
/** "Nay tôi đề nghị trung tâm hoàn lại học phí": told to the Association as the last word, it is said to whom it can help with. */
const DEMAND = new RegExp(
  `^(?:${SELF} |${ELDER} |nay |gio |vay |nguyen vong (?:cua ${SELF} )?(?:la )?|(?:${SELF} )?khong \\S+ (?:\\S+ )?nua, )*(?:xin |chi |kinh )*(?:de nghi|yeu cau|(?:mong|muon)(?= ${SELLER} ))(?: (?!(?:hoi|biet|ma|nhung|thi|de) )[^ ,]+){0,6}? (?:hoan(?: tra)?|tra(?! gop)|boi thuong|doi(?! voi)|den(?: bu)?)(?: (?!(?:ma|nhung|thi|ho|no|shop|roi|vay|co) )[^ ,]+){0,9}$`,
)
/** Polite words behind a story that wish nothing. */
const CLOSING = /^(?:(?:em|toi|con|chau|minh|tui|da|xin|chan thanh|rat|thanh that) )*(?:cam on|tran trong|cam ta|mang on|biet on|thanks|tks|chao)\b/
/** Whoever is to explain is asked, not sent. */
const EXPLAIN =
  /\b(?:tu van|huong dan|giai dap|chi (?:giup|cho|dum|gium|cach|dan)|cho (?:\S+ )?(?:hoi|biet)|giai thich|luat|nghi dinh|dieu khoan nao|quyen gi)\b/
const STANDS_LAST = 2

/** In the last sentences: a wish told in the middle may have been told of something else. */
function endsWithWish(text: string): boolean {
  const last = sentencesOf(text)
    .filter((sentence) => !CLOSING.test(wordsOf(sentence)))
    .slice(-STANDS_LAST)
  return last.some((sentence) => isLateWish(sentence, fold(text))) || (!text.includes('?') && isDemand(last.at(-1) ?? ''))
}

const sentencesOf = (text: string): readonly string[] =>
  fold(text)
    .split(/(?<=[.!?;…])(?=\s|$)|\n/)
    .filter((sentence) => /[a-z]/.test(sentence))

const isDemand = (sentence: string): boolean => {
  const said = clausesOf(sentence)
  return DEMAND.test(said) && !EXPLAIN.test(said) && !UNSURE.test(said)
}

/** Without any sign but the commas. */
const clausesOf = (sentence: string): string =>
  sentence
    .replace(/[^a-z0-9,]+/g, ' ')
    .replace(/ ?, ?/g, ', ')
    .trim()

function isLateWish(sentence: string, told: string): boolean {
  const said = clausesOf(sentence)
  if (sentence.includes('?') || EXPLAIN.test(said) || UNSURE.test(said)) return false
  if (PLEA.test(said) || CALL.test(said) || HELP.test(said)) return true
  const wish = LATE_WISH.exec(said)
  return wish !== null && isMeant(wish[0], wordsOf(said.slice(wish.index + wish[0].length)), told)
}

/** Ends like a question, with or without its mark. */
const UNSURE = new RegExp(`\\b(?:khong|ko|k|hong|hok|chua|gi|sao|dau|nao|ai)${LAST}`)
