/** How the papers look on a screen and on A4. */

/** Around a paper. Dark text on light: what is seen is what is printed. */
export const SHELL_STYLE = `
:root{color-scheme:light}
*{box-sizing:border-box}
body{margin:0;background:#ebe8df;color:#1c2a28;font:1.0625rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif;overflow-wrap:anywhere}
.notes,.cover{max-width:46rem;margin:1rem auto;padding:1rem;background:#fff;border-left:.3rem solid #0c544e}
.notes p,.cover p{margin:.3rem 0}
.notes ul{margin:.3rem 0;padding-left:1.3rem}
h1{font-size:1.3rem;margin:.3rem 0}
h2{font-size:1.05rem;margin:.8rem 0 .2rem}
body nav ul{display:flex;flex-wrap:wrap;gap:.6rem;margin:.5rem 0;padding:0;list-style:none}
nav a{display:inline-block;min-height:2.75rem;padding:.5rem .9rem;border:1px solid #0c544e;border-radius:.5rem;color:#0c544e;font-weight:600}
nav a:focus-visible{outline:3px solid #b4571f;outline-offset:2px}
`

/** 20 · 20 · 30 · 20 mm as in the Word file; a heading is never the last line of a page, and who signs finds room on one. */
export const PAPER_STYLE = `
.paper{max-width:210mm;margin:1rem auto;padding:1.2rem;background:#fff;color:#000;font:1.1rem/1.45 "Times New Roman",Tinos,"Liberation Serif",serif}
.paper h1{font-size:1.25em;text-align:center;margin:1.2em 0 .2em}
.paper h2{font-size:1em;margin:.9em 0 .2em}
.paper p{margin:.25em 0}
.paper blockquote{margin:.2em 0 .2em 1.2em}
.paper ol{margin:.2em 0;padding-left:1.6em}
.state,.office,.to,.about,.foot{text-align:center}
.state span{display:block;font-weight:700}
.state span:last-child{width:fit-content;margin:0 auto;border-bottom:1px solid}
.office{font-weight:700;text-transform:uppercase}
.beside{display:flex;flex-wrap:wrap;gap:.5em 1.2em;font-size:.8em}
.beside .office{flex:2 1 14em}
.beside .state{flex:3 1 22em}
.place,.about,.hint{font-style:italic}
.place{text-align:right;padding:.6em 0}
.to{font-weight:700;padding:.6em 0}
.open{display:flex;flex-wrap:wrap;gap:0 .35em}
.blank{flex:1 1 6em;min-height:1.4em;border-bottom:2px dotted #444;transform:translateY(-.3em)}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.hand{width:60%;margin:1em 0 .5em auto;text-align:center}
.hand .name{padding-top:5em;font-weight:700}
.foot{font-size:.8em;color:#444;padding-top:1em}
@media (min-width:60rem){.paper{padding:20mm 20mm 20mm 30mm;font-size:13pt}}
@media print{
body{background:none}
.notes{display:none}
.paper{max-width:none;margin:0;padding:0;font-size:13pt;line-height:1.3}
.paper p{margin:.15em 0}
.foot{display:none}
h1,h2,.to{break-after:avoid}
.signed,.field,li{break-inside:avoid}
p{orphans:2;widows:2}
}
@page{size:A4;margin:20mm 20mm 20mm 30mm;font-family:"Times New Roman",Tinos,"Liberation Serif",serif;@top-center{content:counter(page)}}
@page:first{@top-center{content:none}}
`
