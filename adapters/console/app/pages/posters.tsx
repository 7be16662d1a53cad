/** Codes that open the chat, one a channel, and the sheets to hang up. */
import type { PostersView, PosterView } from '../../papers-contract.ts'
import { fileAddress, queryOf } from '../api.ts'
import { Page, When } from '../parts/page.tsx'
import { useLoaded } from '../use.ts'
import { POSTERS } from '../words-papers.ts'

const sheetAt = (channel?: string) => fileAddress(`/posters/print${queryOf({ channel })}`)
const pictureOf = (svg: string) => `data:image/svg+xml,${encodeURIComponent(svg)}`

export function PostersPage() {
  const loaded = useLoaded<PostersView>('/posters')
  return (
    <Page title={POSTERS.title} lead={POSTERS.lead}>
      <When loaded={loaded}>{({ posters }) => <Posters list={posters} />}</When>
    </Page>
  )
}

function Posters({ list }: { readonly list: readonly PosterView[] }) {
  return (
    <>
      {list.some(({ address }) => address !== null) && (
        <p>
          <a class="button strong" href={sheetAt()} target="_blank" rel="noopener">
            {POSTERS.printAll}
          </a>
        </p>
      )}
      <ul class="cards">
        {list.map((poster) => (
          <li key={poster.channel} class="card">
            <h2>{poster.name}</h2>
            <Code poster={poster} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Code({ poster: { channel, name, address, qr, note } }: { readonly poster: PosterView }) {
  if (address === null || qr === null) return <p class="warn">{note}</p>
  return (
    <>
      <img class="qr" src={pictureOf(qr)} alt={POSTERS.qr(name)} width="220" height="220" />
      <p>
        {POSTERS.address}: <b>{address}</b>
      </p>
      <a class="button" href={sheetAt(channel)} target="_blank" rel="noopener" aria-label={POSTERS.printOf(name)}>
        {POSTERS.print}
      </a>
    </>
  )
}
