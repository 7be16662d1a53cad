/**
 * `npm run -s channels -- status | set-webhook | delete-webhook | test [telegram|zalo-bot|zalo-oa]`: how the messaging platforms are connected, in plain sentences.
 * Exit code 1 where something must be done.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { readSecretKey } from '../../adapters/operations/secret-key.ts'
import type { Report } from '../../adapters/platform/adapter.ts'
import { openStore } from '../../adapters/storage/database.ts'
import { readHeld } from '../../adapters/storage/outbox-store.ts'
import { readUsage, type Usage } from '../../adapters/storage/usage-store.ts'
import { type Config, ConfigError, readConfig } from '../config.ts'
import { CHANNELS_SAY, heldSaid, usageSaid } from '../wording/operations.ts'
import { openPlatforms, type Plan, type Platform } from './platforms.ts'

const USAGE = 'Cách dùng: npm run -s channels -- status | set-webhook | delete-webhook | test [telegram | zalo-bot | zalo-oa]'
type Act = (platform: Platform, config: Config) => Promise<Report>

const ACTS: Readonly<Record<string, Act>> = {
  status,
  'set-webhook': ({ adapter, name }, { publicUrl }) => (publicUrl === undefined ? needsAddress(name) : adapter.admin.setWebhook(publicUrl)),
  'delete-webhook': ({ adapter }) => adapter.admin.deleteWebhook(),
  test: ({ adapter }) => adapter.admin.test(),
}

async function needsAddress(name: string): Promise<Report> {
  return { ok: false, sentences: [CHANNELS_SAY.needsAddress(name)] }
}

/** What the platform says, what its plan still allows, and what waits because nobody could be reached. */
async function status({ name, adapter, plan }: Platform, config: Config): Promise<Report> {
  const ours = await counted(name, plan, config)
  const theirs = await adapter.admin.status()
  return {
    ok: theirs.ok && ours.ok,
    sentences: [CHANNELS_SAY.way(config.publicUrl, adapter.poll !== undefined), ...theirs.sentences, ...ours.sentences],
  }
}

async function counted(name: string, plan: Plan, config: Config): Promise<Report> {
  if (!existsSync(join(config.dataFolder, 'an-tam.sqlite'))) return { ok: true, sentences: [] }
  const store = await openStore(config.dataFolder)
  try {
    const usage = await readUsage(store, name, Date.now())
    const held = await readHeld(store, name)
    return { ok: within(usage, plan), sentences: [usageSaid(usage, plan), ...heldSaid(held)] }
  } finally {
    await store.close()
  }
}

function within({ received, sent, people }: Usage, { mostMessages, mostUsers }: Plan): boolean {
  return (mostMessages === 0 || received + sent < mostMessages) && (mostUsers === 0 || people < mostUsers)
}

async function run(command: string, only: string | undefined): Promise<void> {
  const act = ACTS[command]
  if (!act) throw new ConfigError(USAGE)
  const config = readConfig(process.env)
  const platforms = openPlatforms({
    config,
    key: readSecretKey(config.dataFolder),
    clock: Date.now,
    told: (channel, code) => console.error(`${channel}: ${code}`),
    charged: () => undefined,
  })
  try {
    const chosen = platforms.list.filter(({ name }) => only === undefined || name === only)
    if (chosen.length === 0) throw new ConfigError(only === undefined ? CHANNELS_SAY.none : CHANNELS_SAY.notOn(only))
    for (const platform of chosen) print(platform.name, await act(platform, config))
  } finally {
    await platforms.close()
  }
}

function print(name: string, { ok, sentences }: Report): void {
  for (const sentence of sentences) console.log(`${ok ? 'tốt ' : 'XEM '}  ${name}: ${sentence}`)
  if (!ok) process.exitCode = 1
}

const [command = '', only] = process.argv.slice(2)
try {
  await run(command, only)
} catch (error) {
  console.error(error instanceof Error && (error instanceof ConfigError || error.name === 'StorageError') ? error.message : error)
  process.exitCode = 1
}
