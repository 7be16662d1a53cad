/** What the office has written, as whoever opens the library finds it: the database is the truth, the file beside the library its copy. */
import type { Store } from '../../adapters/storage/database.ts'
import { liveEdits } from '../../adapters/storage/edit-store.ts'
import { readEdits, writeEdits } from '../../knowledge/edits.ts'

/** Writes what is live into the data folder, where it does not stand there yet. */
export async function syncEdits(store: Store, dataFolder: string): Promise<void> {
  const live = await liveEdits(store)
  if (JSON.stringify(live) !== JSON.stringify(readEdits(dataFolder))) writeEdits(dataFolder, live)
}
