/** The poster as a page: one A4 sheet a channel, readable from two steps away, and the code large enough to be read from there. */
import type { Association } from '../../bot/config.ts'
import { POSTER } from '../../bot/wording/posters.ts'
import { escaped, shell } from '../letter/page.ts'

/** One sheet; `qr` is SVG as the library writes it. */
export interface Sheet {
  readonly name: string
  readonly address: string
  readonly qr: string
}

const STYLE = `
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#ebe8df;color:#10201e;font:1.25rem/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif;overflow-wrap:anywhere}
.sheet{max-width:210mm;margin:1rem auto;padding:2rem;background:#fff;text-align:center}
.office{margin:0;font-weight:700;text-transform:uppercase;color:#0c544e}
h1{margin:.4rem 0;font-size:2.3rem;line-height:1.2}
h2{margin:.8rem 0 .2rem;font-size:1.25rem}
p{margin:.4rem 0}
.qr svg{display:block;width:min(95mm,80vw);height:auto;margin:.6rem auto}
.address{font-weight:700;font-size:1.15em}
ol{display:inline-block;margin:0;padding-left:1.5rem;text-align:left}
.machine{margin:.8rem 0;padding:.6rem;border:2px solid #0c544e;border-radius:.6rem}
.urgent{font-weight:700}
@media print{
body{background:none;font-size:14pt}
.sheet{max-width:none;margin:0;padding:0;break-after:page;break-inside:avoid}
.sheet:last-child{break-after:auto}
}
@page{size:A4;margin:15mm}
`

/** @returns the page with a sheet for each channel. @param nonce allows exactly its style */
export function posterPage(sheets: readonly Sheet[], association: Association, nonce: string): string {
  return shell(POSTER.page, STYLE, nonce, `<main>${sheets.map((sheet) => sheetOf(sheet, association)).join('\n')}</main>`)
}

function sheetOf({ name, address, qr }: Sheet, association: Association): string {
  const steps = POSTER.steps.map((step) => `<li>${escaped(step)}</li>`)
  return `<section class="sheet" aria-label="${escaped(name)}">
<p class="office">${escaped(association.name)}</p>
<h1>${escaped(POSTER.title)}</h1>
${line(POSTER.lead)}
<div class="qr" role="img" aria-label="${escaped(POSTER.qr(name))}">${qr}</div>
<p>${escaped(POSTER.or(name))}: <span class="address">${escaped(address)}</span></p>
<h2>${escaped(POSTER.how)}</h2>
<ol>${steps.join('')}</ol>
${line(POSTER.machine, 'machine')}
${line(POSTER.care)}
${contacts(association)}
${line(POSTER.urgent, 'urgent')}
</section>`
}

/** What the association has not given is left out. */
function contacts({ hours, phone, address }: Association): string {
  const reach = [phone, address].filter((one) => one !== '').join(', ')
  return `${hours === '' ? '' : line(POSTER.hours(hours))}${reach === '' ? '' : line(POSTER.contact(reach))}`
}

const line = (text: string, kind?: string): string => `<p${kind === undefined ? '' : ` class="${kind}"`}>${escaped(text)}</p>`
