/** Dossiers for authorities, joined from what is stored, the directory of bodies and who runs this. */
import type { WholeCase } from '../../adapters/storage/complaint-store.ts'
import { loadDirectory } from '../../knowledge/agencies.ts'
import { dayInVietnam } from '../../knowledge/validity.ts'
import { authorityDossier } from '../complaint/authority.ts'
import type { Paper } from '../complaint/paper.ts'
import type { Association } from '../config.ts'
import { channelName } from '../wording/report.ts'

export type WriteDossier = (found: WholeCase, full: boolean, now: number) => Paper | 'no_consent' | undefined

/** @returns what writes the dossier of a case, as `PaperParts` asks for it. Throws `DirectoryError` when the directory cannot be read. */
export function openDossiers(association: Association): WriteDossier {
  const directory = loadDirectory()
  const named = directory.records.find(({ id }) => id === 'hoi')?.name ?? ''
  const sources = { directory, association: { name: association.name || named } }
  return ({ record, channel, chosen, purposes, files, events }, full, now) =>
    record &&
    authorityDossier(
      sources,
      { record, channel: channelName(channel), chosen: chosen?.id, purposes, files, events },
      { day: dayInVietnam(new Date(now)), full },
    )
}
