/** Pointers to the law: parsed from "19/2023/QH15#38.3.b", written as "điểm b khoản 3 Điều 38 Luật Bảo vệ quyền lợi người tiêu dùng (19/2023/QH15)". */

/** A pointer to a provision, or to a whole document when `article` is absent. */
export interface Pointer {
  readonly document: string
  readonly article?: string
  readonly clause?: string
  readonly point?: string
}

const POINTER = /^(?<document>[^#\s]+)(?:#(?<article>\d+[a-zđ]?)(?:\.(?<clause>\d+[a-zđ]?))?(?:\.(?<point>[a-zđ]))?)?$/u

/** Reads a pointer; throws a sentence when the text has another form. */
export function parsePointer(text: string): Pointer {
  const groups = text.normalize('NFC').match(POINTER)?.groups
  if (!groups?.document) throw new Error(`"${text}" không phải là một con trỏ dạng văn-bản#điều.khoản.điểm`)
  return {
    document: groups.document,
    ...(groups.article ? { article: groups.article } : {}),
    ...(groups.clause ? { clause: groups.clause } : {}),
    ...(groups.point ? { point: groups.point } : {}),
  }
}

/** @returns the compact written form of a pointer, the inverse of {@link parsePointer}. */
export function pointerId(p: Pointer): string {
  const path = [p.article, p.clause, p.point].filter((part) => part !== undefined).join('.')
  return path === '' ? p.document : `${p.document}#${path}`
}

/** @returns the id of the provision that a pointer falls in: the same without its point. */
export function provisionId(p: Pointer): string {
  return pointerId({ document: p.document, ...(p.article ? { article: p.article } : {}), ...(p.clause ? { clause: p.clause } : {}) })
}

/** @returns "điểm b khoản 3 Điều 38", or an empty string for a whole document. */
export function formatPlace(p: Pointer): string {
  const parts: string[] = []
  if (p.point) parts.push(`điểm ${p.point}`)
  if (p.clause) parts.push(`khoản ${p.clause}`)
  if (p.article) parts.push(`Điều ${p.article}`)
  return parts.join(' ')
}

/** @returns "điểm b khoản 3 Điều 38 Luật … (19/2023/QH15)" given the document's name. */
export function formatCitation(p: Pointer, documentName: string): string {
  return [formatPlace(p), `${documentName} (${p.document})`].filter((part) => part !== '').join(' ')
}
