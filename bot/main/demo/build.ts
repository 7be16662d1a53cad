/** Makes the folder of a demonstration: refused where anything lies already, filled, and left closed for a service to be started on it. */
import { existsSync, readdirSync } from 'node:fs'
import { lockService } from '../../../adapters/storage/service-lock.ts'
import type { BuildProgress } from '../../../retrieval/open.ts'
import { type Config, readConfig } from '../../config.ts'
import { Refused } from '../office.ts'
import { type Filling, fill } from './fill.ts'
import { demoOfficers, type Invitation, inviteOfficers, SERVING } from './officers.ts'
import { fillQuizzes } from './quizzing.ts'
import { DAY } from './times.ts'
import { fillWarnings } from './warning.ts'
import { World } from './world.ts'

/**
 * @param folder where it is to lie
 * @returns settings that reach nothing real: of the environment only HOST and PORT are read, so that no platform, intake or mailbox of anybody is switched on.
 */
export function demoConfig(folder: string, { HOST, PORT }: NodeJS.ProcessEnv): Config {
  return readConfig({
    ...{ HOST, PORT, ANTAM_DATA: folder, ASSOCIATION_NAME: 'Hội BVNTD tỉnh Gia Lai (bản trình diễn)' },
    ASSOCIATION_HOURS: '7 giờ 30 đến 11 giờ 30 và 13 giờ 30 đến 17 giờ, thứ Hai đến thứ Sáu (bản trình diễn)',
  })
}

export interface Built {
  /** How many deeds were played. */
  readonly deeds: number
  /** For whoever looks around: nobody has a password yet. */
  readonly invitations: readonly Invitation[]
}

/** Fills the folder of `config`. Throws {@link Refused} where it holds anything. */
export async function buildDemo(config: Config, filling: Filling, progress: BuildProgress, onStep?: (at: number) => void): Promise<Built> {
  refuseData(config.dataFolder)
  const unlock = lockService(config.dataFolder)
  try {
    const world = await World.open(config, filling.until - filling.days * DAY, progress)
    try {
      return await opened(world, filling, onStep)
    } finally {
      await world.close()
    }
  } finally {
    unlock()
  }
}

async function opened(world: World, filling: Filling, onStep?: (at: number) => void): Promise<Built> {
  const { store, config, quizLaws } = world.parts
  const officers = await demoOfficers(store, world.now)
  const deeds = await fill(world, officers.slice(0, SERVING), filling, onStep)
  const { seed, days, until } = filling
  await fillQuizzes(store, officers.slice(0, SERVING), await quizLaws(until), { seed, days, until, mark: config.quiz.passPercent })
  await fillWarnings(world.parts, officers, { until, days })
  return { deeds, invitations: await inviteOfficers(store, officers, filling.until) }
}

/** An index is made of the library alone: it is nobody's data, and saves making it again. */
const NO_DATA = 'index'

function refuseData(folder: string): void {
  const found = existsSync(folder) ? readdirSync(folder).filter((name) => name !== NO_DATA) : []
  if (found.length > 0)
    throw new Refused(
      `Thư mục ${folder} đã có dữ liệu nên không dựng bản trình diễn vào đó. Xóa thư mục ấy nếu là bản trình diễn cũ, hoặc thêm --folder THƯ-MỤC.`,
    )
}
