/** Fetching a file that a person sent: Telegram is asked where it lies, and it is fetched from there. */
import type { TelegramSetting } from '../../bot/config.ts'
import { FetchError, type Fetched } from '../../bot/delivery/relay.ts'
import { fetchFile } from '../platform/fetch-file.ts'
import type { Outside } from '../platform/outside.ts'
import { type Ask, TelegramError } from './api.ts'
import { readDownload } from './read.ts'

export interface FileParts {
  readonly ask: Ask
  readonly setting: TelegramSetting
  readonly outside: Outside
  readonly maxBytes: number
  readonly timeoutMs: number
}

/** @param download as `readUpdate` wrote it. Throws {@link FetchError}. */
export async function fetchTelegramFile(parts: FileParts, download: string): Promise<Fetched> {
  const wanted = readDownload(download)
  if (!wanted) throw new FetchError('unreachable', 'never')
  const { apiRoot, token } = parts.setting
  const path = await pathOf(parts, wanted.file_id)
  const rules = { hosts: [new URL(apiRoot).host], maxBytes: parts.maxBytes, timeoutMs: parts.timeoutMs }
  const { bytes, declared } = await fetchFile(parts.outside, `${apiRoot}/file/bot${token}/${path}`, rules)
  // The file server calls everything by one name; the person's own program knew better.
  return { bytes, declared: wanted.mime || declared }
}

/** @returns where the file lies below the root, spelled so that it cannot lead anywhere else. */
async function pathOf({ ask, maxBytes }: FileParts, fileId: string): Promise<string> {
  try {
    const { file_path: path, file_size: size = 0 } = await ask((api) => api.getFile(fileId))
    if (size > maxBytes) throw new FetchError('too_large', 'never')
    if (typeof path !== 'string' || !PATH.test(path)) throw new FetchError('unreachable', 'never')
    return path
  } catch (error) {
    throw error instanceof FetchError ? error : fetchError(error)
  }
}

/** As "photos/file_12.jpg"; no step up, nothing that ends the path. */
const PATH = /^(?:[\w-]+(?:\.[\w-]+)*\/)*[\w-]+(?:\.[\w-]+)*$/

function fetchError(error: unknown): FetchError {
  if (!(error instanceof TelegramError)) return new FetchError('unreachable', 'later')
  switch (error.code) {
    case 'file_too_large':
      return new FetchError('too_large', 'never')
    case 'in_doubt':
    case 'not_sent':
    case 'token_refused':
    case 'conflict':
    case 'too_many':
    case 'file_unavailable':
      return new FetchError('unreachable', 'later')
    case 'blocked':
    case 'no_chat':
    case 'moved':
    case 'entities_refused':
    case 'too_long':
    case 'refused':
      return new FetchError('unreachable', 'never')
  }
}
