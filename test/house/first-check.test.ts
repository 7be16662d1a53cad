import { describe, expect, it } from 'vitest'
// @ts-expect-error plain JavaScript: it must run before anything is built
import { missing } from '../../bot/main/first-check.mjs'

const all = { version: '20.19.0', hasModules: true, has: () => true }

describe('first check', () => {
  it('is silent when all is there', () => expect(missing(all)).toBeUndefined())
  it.each(['18.20.0', '20.18.3', '20.9.0'])('names an old Node %s and the remedy', (version) =>
    expect(missing({ ...all, version })).toMatch(/Cần Node\.js 20\.19.*nodejs\.org/),
  )
  it.each(['20.19.1', '22.0.0', '24.1.0'])('accepts Node %s', (version) => expect(missing({ ...all, version })).toBeUndefined())
  it('names missing packages', () => expect(missing({ ...all, hasModules: false })).toMatch(/npm ci/))
  it.each(['python3', 'make', 'g++'])('names a missing %s and how to install it', (tool) =>
    expect(missing({ ...all, has: (name: string) => name !== tool })).toMatch(new RegExp(`Thiếu ${tool.replaceAll('+', '\\+')} .*apt-get install`)),
  )
})
