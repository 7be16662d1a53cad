/** How the pages of quizzes look: one column, large targets, the colours of the chat, light and dark. */
export const QUIZ_STYLE = `
:root{color-scheme:light dark;--paper:#f6f4ee;--card:#fff;--ink:#1c2a28;--soft:#4d5b58;--brand:#0c544e;--on-brand:#fff;--line:#cfcabb;--good:#0b6b3a;--good-soft:#e8f4ec;--bad:#a63a12;--bad-soft:#fdf0e9}
@media (prefers-color-scheme:dark){:root{--paper:#0f1716;--card:#182221;--ink:#e8eeeb;--soft:#b3c0bc;--brand:#86d3c6;--on-brand:#06231f;--line:#3a4745;--good:#7fd6a2;--good-soft:#12281c;--bad:#f2a98c;--bad-soft:#2c1a15}}
*{box-sizing:border-box}
html{font:106.25%/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Helvetica Neue",Arial,sans-serif;-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);overflow-wrap:anywhere}
header,main,footer{max-width:44rem;margin:0 auto;padding:1rem}
header{padding-bottom:0}
main{display:grid;gap:1rem}
footer{color:var(--soft);font-size:.93rem}
h1{margin:0;font-size:1.4rem;line-height:1.3}
h2{margin:0;font-size:1.12rem;line-height:1.35}
p,ul,ol,dl,dd,fieldset,legend{margin:0;padding:0}
ul,ol{display:grid;gap:.6rem;list-style:none}
a{color:var(--brand);font-weight:600;text-underline-offset:.18em}
:focus-visible{outline:3px solid #0b6fb8;outline-offset:2px}
.soft{color:var(--soft)}
.card{display:grid;gap:.4rem;padding:1rem;border:1px solid var(--line);border-radius:1rem;background:var(--card)}
.steps{display:grid;gap:.3rem;color:var(--soft)}
progress{width:100%;height:.6rem;accent-color:var(--brand)}
form{display:grid;gap:1rem}
fieldset{display:grid;gap:.6rem;border:0;min-width:0}
legend{margin-bottom:.6rem;font-size:1.15rem;font-weight:650;line-height:1.45}
.choice{display:flex;gap:.7rem;align-items:flex-start;padding:.8rem .9rem;border:1px solid var(--line);border-radius:.8rem;background:var(--card);cursor:pointer}
.choice:has(:checked){border-color:var(--brand);box-shadow:inset 0 0 0 1px var(--brand)}
.choice input{flex:none;width:1.25rem;height:1.25rem;margin:.18rem 0 0;accent-color:var(--brand)}
label{font-weight:600}
.choice{font-weight:400}
select{width:100%;min-height:2.9rem;padding:.4rem .6rem;border:1px solid var(--line);border-radius:.6rem;background:var(--card);color:var(--ink);font:inherit}
.field{display:grid;gap:.3rem}
.button{display:inline-block;justify-self:start;min-height:2.9rem;padding:.6rem 1.3rem;border:1px solid var(--brand);border-radius:.8rem;background:var(--brand);color:var(--on-brand);font:inherit;font-weight:650;text-decoration:none;cursor:pointer}
.button.quiet{background:none;color:var(--brand)}
.buttons{display:flex;flex-wrap:wrap;gap:.7rem}
.mark{padding:.8rem 1rem;border-left:.35rem solid;border-radius:.6rem;font-weight:650}
.good{border-color:var(--good);background:var(--good-soft);color:var(--good)}
.bad{border-color:var(--bad);background:var(--bad-soft);color:var(--bad)}
dl{display:grid;gap:.8rem}
dt{font-weight:650}
.law{display:grid;gap:.3rem}
.law p{white-space:pre-line}
summary{min-height:2.2rem;padding:.25rem 0;color:var(--brand);font-weight:600;cursor:pointer}
.score{font-size:1.25rem;font-weight:650}
`
