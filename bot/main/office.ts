/**
 * What the office's commands share: the store opened and closed around the work, refusals as one sentence, and who is at the keyboard.
 * They load nothing of the assistant: a kill switch must work on a machine where model or index are broken.
 */
import { existsSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { type ParseArgsConfig, parseArgs } from 'node:util'
import { openStore, StorageError, type Store } from '../../adapters/storage/database.ts'
import { type Config, ConfigError, readConfig } from '../config.ts'

/** The command cannot do what was asked; the message is the sentence for the operator. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

export interface Office {
  readonly store: Store
  readonly config: Config
}

/** Runs one command of the office. What an operator can mend is one sentence on standard error, not a stack; the exit code is then 1. */
export async function runOffice(work: (office: Office) => Promise<void>, options: { readonly mayCreate: boolean }): Promise<void> {
  try {
    await withStore(readConfig(process.env), work, options.mayCreate)
  } catch (error) {
    console.error(sentenceOf(error) ?? error)
    process.exitCode = 1
  }
}

async function withStore(config: Config, work: (office: Office) => Promise<void>, mayCreate: boolean): Promise<void> {
  // A mistyped folder must not become an empty database in which nothing is ever found.
  if (!mayCreate && !existsSync(join(config.dataFolder, 'an-tam.sqlite'))) throw new Refused(`Chưa có dữ liệu nào trong ${config.dataFolder}.`)
  const store = await openStore(config.dataFolder)
  try {
    await work({ store, config })
  } finally {
    await store.close()
  }
}

function sentenceOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if ([Refused, ConfigError, StorageError, RangeError].some((kind) => error instanceof kind)) return error.message
  const code = 'code' in error ? String(error.code) : ''
  if (code.startsWith('SQLITE_BUSY')) return 'Cơ sở dữ liệu đang bận; chạy lại sau ít phút.'
  return code === 'SQLITE_CORRUPT' ? 'Cơ sở dữ liệu bị hỏng; dừng dịch vụ và khôi phục bản sao lưu.' : undefined
}

/** Reads the arguments after the subcommand. Throws {@link Refused} with `usage` when they cannot be understood. */
export function readArguments<T extends NonNullable<ParseArgsConfig['options']>>(options: T, usage: string) {
  try {
    return parseArgs({ args: process.argv.slice(2), options, allowPositionals: true })
  } catch {
    throw new Refused(usage)
  }
}

/** @returns who is audited: the name given with `--by`, else the user of this machine. */
export function operator(by: string | undefined): string {
  const name = by?.trim()
  if (name) return name
  try {
    return userInfo().username
  } catch {
    // No account stands behind the process, as in some containers.
    throw new Refused('Không biết ai đang thao tác: thêm --by "tên cán bộ".')
  }
}
