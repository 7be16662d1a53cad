/** What the person sent as evidence. A picture that shows papers or a card is never opened here. */
import type { CaseFileView } from '../../contract.ts'
import { fileAddress } from '../api.ts'
import { sizeOf } from '../format.ts'
import { useHouse, useMay } from '../house.ts'
import type { CaseProps } from '../pages/case.tsx'
import { Empty, Trouble } from '../parts/page.tsx'
import { useDeed } from '../use.ts'
import { CASE } from '../words.ts'

export function Files({ view: { number, files }, onChanged }: CaseProps) {
  return (
    <section class="card">
      <h2>{CASE.files}</h2>
      {files.length === 0 && <Empty>{CASE.noFiles}</Empty>}
      <ul class="files">
        {files.map((file) => (
          <li key={file.id}>
            <OneFile number={number} file={file} onChanged={onChanged} />
          </li>
        ))}
      </ul>
    </section>
  )
}

interface FileProps {
  readonly number: string
  readonly file: CaseFileView
  readonly onChanged: () => Promise<void>
}

const pathOf = (number: string, { id }: CaseFileView) => `/cases/${encodeURIComponent(number)}/files/${encodeURIComponent(id)}`

function OneFile({ number, file, onChanged }: FileProps) {
  const address = fileAddress(pathOf(number, file))
  const picture = file.kind.startsWith('image/')
  return (
    <>
      <p>
        {file.caption || file.kind} <span class="hint">{sizeOf(file.size)}</span>
      </p>
      {file.clear === true && picture && (
        <a href={address} target="_blank" rel="noopener">
          <img class="evidence" src={address} alt={file.caption || CASE.files} loading="lazy" />
        </a>
      )}
      {file.clear === true && !picture && (
        <a href={address} target="_blank" rel="noopener">
          {CASE.fileOpen}
        </a>
      )}
      {file.clear === false && <p class="hint">{CASE.fileHidden}</p>}
      {file.clear === null && <Judge number={number} file={file} onChanged={onChanged} />}
    </>
  )
}

function Judge({ number, file, onChanged }: FileProps) {
  const { api, say } = useHouse()
  const deed = useDeed()
  const mark = (clear: boolean) =>
    deed.run(async () => {
      await api.ask('POST', pathOf(number, file), { clear })
      say(CASE.fileMarked)
      await onChanged()
    })
  const mayAct = useMay('case.act')
  return (
    <>
      <p class="hint">{CASE.fileQuestion}</p>
      <Trouble text={deed.trouble} />
      {mayAct && (
        <div class="buttons">
          <button type="button" class="button" disabled={deed.busy} onClick={() => mark(true)}>
            {CASE.fileClear}
          </button>
          <button type="button" class="button" disabled={deed.busy} onClick={() => mark(false)}>
            {CASE.fileUnclear}
          </button>
        </div>
      )}
    </>
  )
}
