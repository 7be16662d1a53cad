/** How the pages of warnings look: one column, readable on a telephone held in the sun. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--paper:#f6f4ee;--sheet:#fff;--ink:#1c2a28;--soft:#4a5a57;--brand:#0c544e;--line:#d8d3c6;--mark:#fdf1dc}
@media (prefers-color-scheme:dark){:root{--paper:#0f1716;--sheet:#172221;--ink:#e8efed;--soft:#b3c2bf;--brand:#7fd0c4;--line:#33423f;--mark:#3a2f1a}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:1.0625rem/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",Arial,sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:44rem;margin:0 auto;padding:.8rem 1rem}
header p{margin:.2rem 0;font-weight:700;color:var(--brand)}
nav{display:flex;flex-wrap:wrap;gap:.5rem}
nav a{display:inline-block;min-height:2.75rem;padding:.55rem .9rem;border:1px solid var(--brand);border-radius:.6rem;color:var(--brand);font-weight:600;text-decoration:none}
nav a.strong{background:var(--brand);color:var(--paper)}
a{color:var(--brand)}
a:focus-visible{outline:3px solid #b4571f;outline-offset:2px}
h1{font-size:1.45rem;line-height:1.3;margin:.6rem 0}
h2{font-size:1.1rem;margin:1.1rem 0 .3rem}
.lead,.when,footer{color:var(--soft)}
.when{margin:.2rem 0;font-size:.95rem}
.list{margin:1rem 0;padding:0;list-style:none;display:grid;gap:.8rem}
.list li,article{background:var(--sheet);border:1px solid var(--line);border-radius:.8rem;padding:.7rem 1rem}
.list h2{margin:.2rem 0}
.list h2 a{display:inline-block;padding:.35rem 0}
.list p{margin:.2rem 0}
.figures{background:var(--mark);border-radius:.6rem;padding:.6rem .8rem}
ul,ol{margin:.3rem 0;padding-left:1.3rem}
li{margin:.3rem 0}
.empty{padding:1rem;background:var(--sheet);border-radius:.8rem}
@media print{nav{display:none}body{background:none;color:#000}.list li,article{border:0;padding:0}}
`
