/** A guide so small that a test sees through it: what is read is written "fact=value". The real one has tests of its own. */

import { FACT_NAMES, type FactName, type Facts } from '../../../bot/complaint/facts.ts'
import type { Command, IntakeGuide } from '../../../bot/complaint/guide.ts'

const COMMANDS: Readonly<Record<string, Command>> = {
  'để sau': 'later',
  'bỏ qua': 'skip',
  'quay lại': 'back',
  hủy: 'cancel',
  'tiếp tục hồ sơ': 'resume',
}

function factsIn(text: string, message: string): Facts {
  const found = [...text.matchAll(/(\w+)=(\S+)/g)].filter(([, name]) => FACT_NAMES.includes(name as FactName))
  return Object.fromEntries(
    found.map(([words, name, value]) => [name, { value: name === 'amount' ? Number(value) : value, from: { words, message } }]),
  ) as Facts
}

export const plainGuide: IntakeGuide = {
  readFacts: (text, { messageId, known }) => {
    const told = Object.entries(factsIn(text, messageId)) as [FactName, Facts[FactName]][]
    return Object.fromEntries(told.filter(([name, fact]) => fact?.value !== known[name]?.value))
  },
  correctionIn: (text) => {
    const [, fact, rest] = text.match(/^sửa (\w+) (.+)$/) ?? []
    return fact && FACT_NAMES.includes(fact as FactName) ? { fact: fact as FactName, text: rest as string } : undefined
  },
  commandIn: (text) => COMMANDS[text.trim().toLowerCase()],
  contestIn: (text, { messageId }) => {
    const told = [...text.matchAll(/amount=(\d+)/g)].map(([words]) => factsIn(words, messageId))
    return told.length > 1 ? { fact: 'amount', told } : undefined
  },
  isQuestion: (text) => text.endsWith('?'),
  issueOf: () => ({
    id: 'khong-giong',
    title: 'Hàng không giống quảng cáo',
    ours: true,
    required: ['respondent', 'goods', 'amount'],
    evidence: ['ảnh tin rao'],
  }),
  competence: () => [{ agency: 'Sở Công Thương', basis: 'Điều 1', confidence: 0.8, why: 'nhận việc này' }],
  spoken: (number) => number.split('').join(' '),
}
