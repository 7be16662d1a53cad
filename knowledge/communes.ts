/** The wards and communes of the province, so that a place can be chosen instead of typed: what is typed may name more than a place. */
import { z } from 'zod'
import { readData } from './agencies.ts'
import { CONTENT } from './library.ts'

const name = z.string().trim().min(1)
const file = z.strictObject({
  source: name,
  verifiedBy: name,
  verifiedOn: z.string(),
  wards: z.array(name).min(1),
  communes: z.array(name).min(1),
})

let shipped: readonly string[] | undefined

/** @returns every name as it is shown, "Phường Pleiku" and "Xã Ia Ly", in the order of the alphabet. Throws {@link DirectoryError} where the file is faulty. */
export function loadCommunes(root: string = CONTENT): readonly string[] {
  if (root !== CONTENT) return readCommunes(root)
  shipped ??= readCommunes(root)
  return shipped
}

function readCommunes(root: string): readonly string[] {
  const { wards, communes } = readData(file, root, 'communes.yaml')
  const byName = (names: readonly string[]) => names.toSorted((a, b) => a.localeCompare(b, 'vi'))
  return [...byName(wards).map((one) => `Phường ${one}`), ...byName(communes).map((one) => `Xã ${one}`)]
}
