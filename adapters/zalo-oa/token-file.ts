/** The tokens in one file of the data folder, sealed with a key made from the installation's own: who reads the file alone cannot write in the OA's name. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { mkdir, open, readFile, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { StoredTokens, TokenStore } from './tokens.ts'

const FILE = 'zalo-oa.tokens'
/** In front of every file, and sealed with it: what begins otherwise is not ours. */
const MARK = Buffer.from('antam-zalo-oa-1\n')
const IV_BYTES = 12
const TAG_BYTES = 16

const storedTokens = z.object({
  ...{ accessToken: z.string(), expiresAt: z.number(), refreshToken: z.string().min(1) },
  ...{ pendingSince: z.number().nullable(), seed: z.string() },
})

/**
 * @param folder the data folder; made when it is not there
 * @param key the installation's secret key, 32 bytes
 * @param told of a file that is damaged, or sealed with another key: it counts as absent, and is replaced by the next save
 */
export function openTokenFile(folder: string, key: Buffer, told: (code: 'token_file_unreadable') => void = () => undefined): TokenStore {
  const sealing = Buffer.from(hkdfSync('sha256', key, '', 'an-tam zalo-oa tokens', 32))
  const file = join(folder, FILE)
  return {
    read: async () => {
      const sealed = await readIfThere(file)
      const state = sealed && unsealed(sealed, sealing)
      if (sealed && !state) told('token_file_unreadable')
      return state
    },
    save: (state) => replace(folder, file, seal(state, sealing)),
  }
}

async function readIfThere(file: string): Promise<Buffer | undefined> {
  try {
    return await readFile(file)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

function seal(state: StoredTokens, key: Buffer): Buffer {
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(MARK)
  const words = Buffer.concat([cipher.update(JSON.stringify(state), 'utf8'), cipher.final()])
  return Buffer.concat([MARK, iv, cipher.getAuthTag(), words])
}

function unsealed(sealed: Buffer, key: Buffer): StoredTokens | undefined {
  const ivAt = MARK.length
  const tagAt = ivAt + IV_BYTES
  const wordsAt = tagAt + TAG_BYTES
  if (sealed.length < wordsAt || !sealed.subarray(0, ivAt).equals(MARK)) return undefined
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(ivAt, tagAt)).setAAD(MARK).setAuthTag(sealed.subarray(tagAt, wordsAt))
    const words = Buffer.concat([decipher.update(sealed.subarray(wordsAt)), decipher.final()])
    return storedTokens.parse(JSON.parse(words.toString('utf8')))
  } catch {
    return undefined
  }
}

/** Written whole under another name first: a crash leaves the old file or the new one. */
async function replace(folder: string, file: string, bytes: Buffer): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 })
  const draft = `${file}.${process.pid}.draft`
  await written(draft, bytes)
  await rename(draft, file)
  await synced(folder)
}

async function written(file: string, bytes: Buffer): Promise<void> {
  const handle = await open(file, 'w', 0o600)
  try {
    await handle.chmod(0o600)
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function synced(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
