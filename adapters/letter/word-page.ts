/** The sheet of every Word file of the office: A4 with the customary margins, and its type. */

/** @returns twentieths of a point, as Word measures. */
export const mm = (millimetres: number): number => Math.round((millimetres / 25.4) * 1_440)
/** A4 as Word itself writes it. */
export const PAGE = {
  width: 11_906,
  height: 16_838,
  margin: { top: mm(20), bottom: mm(20), left: mm(30), right: mm(20), header: mm(10), footer: mm(10) },
}
export const TEXT_WIDTH = PAGE.width - PAGE.margin.left - PAGE.margin.right
export const FONT = 'Times New Roman'
