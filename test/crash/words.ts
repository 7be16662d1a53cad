/** What visitors write: questions that end every way a message can end, and personal numbers that must not be kept or printed. */
import { maskPersonal } from '../../knowledge/language/mask.ts'
import type { History } from './history.ts'
import type { Random } from './random.ts'

const QUESTIONS = [
  'Mua áo trên mạng giao không giống ảnh, shop không cho trả thì làm sao?',
  'noi chien bao hanh 3 lan van hu, doi doi cai moi duoc ko',
  'Shop yêu cầu tôi chuyển khoản trước rồi chặn luôn, tôi bị lừa rồi phải không?',
  'Tôi bán hàng trên Facebook có phải đăng ký gì không?',
  'Xin chào',
  'Cảm ơn bạn nhiều',
  'Hôm nay thời tiết ở Pleiku thế nào?',
  'Mức phạt khi nói thách giá là bao nhiêu?',
  'asdf qwer zxcv',
  'Thời hạn trả lại hàng mua từ xa là bao nhiêu ngày?',
] as const

export const CHOICES = ['Gặp cán bộ', 'Quay lại trợ lý', 'Tôi mua hàng', 'Tôi bán hàng'] as const

/** @returns a question, marked so that no two are alike */
export function question(random: Random, mark: string): string {
  return `${random.pick(QUESTIONS)} (${mark})`
}

/** @returns a message with numbers of its own; each is remembered as something that may not be found again */
export function withNumbers(random: Random, history: History, mark: string): string {
  const id = `0${random.pick(['64', '52', '77'])}${random.pick(['0', '1', '2', '3'])}${random.digits(8)}`
  const card = luhn(`9704${random.digits(11)}`)
  const phone = `09${random.digits(8)}`
  const mail = `nguoi.${mark}.${random.digits(6)}@vidu.vn`
  for (const number of [id, card]) history.unkept.add(number)
  for (const secret of [id, card, phone, mail]) history.secrets.add(secret)
  return `Số CCCD của tôi là ${id}, thẻ ${card}, gọi tôi số ${phone} hoặc ${mail}; shop giữ tiền không trả (${mark})`
}

/** @returns `digits` with the check digit that cards have (Luhn) */
export function luhn(digits: string): string {
  const sum = [...digits].reverse().reduce((all, digit, i) => all + weight(Number(digit), i), 0)
  return `${digits}${(10 - (sum % 10)) % 10}`
}

function weight(digit: number, i: number): number {
  const doubled = i % 2 === 0 ? digit * 2 : digit
  return doubled > 9 ? doubled - 9 : doubled
}

export const masked = (text: string): string => maskPersonal(text).text
