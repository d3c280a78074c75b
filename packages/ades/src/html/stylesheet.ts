/** The stylesheet of all pages: the fonts and the colour scheme of the reader's own system. */
export const STYLESHEET = `:root{color-scheme:light dark;--ink:#1c2024;--soft:#60646c;--line:#dfe2e6;--paper:#fff;--tint:#f6f7f9;--link:#0b5cad}
@media(prefers-color-scheme:dark){:root{--ink:#e6e8eb;--soft:#9ba1a8;--line:#33383e;--paper:#15181b;--tint:#1d2125;--link:#75b7f7}}
*{box-sizing:border-box}
body{margin:0;font:16px/1.55 system-ui,sans-serif;color:var(--ink);background:var(--paper)}
header,main,footer{max-width:84rem;margin:0 auto;padding:0 1.5rem}
header{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.25rem 1.5rem;padding-top:1rem;padding-bottom:.9rem;border-bottom:1px solid var(--line);font-size:.9rem}
header nav:last-child a{margin-left:1rem}
header span{color:var(--soft)}
.home{font-weight:600}
footer{margin-top:3rem;padding-top:1rem;padding-bottom:2rem;border-top:1px solid var(--line);font-size:.85rem;color:var(--soft)}
a{color:var(--link);text-decoration:none}
a:hover{text-decoration:underline}
h1{font-size:1.6rem;line-height:1.25;margin:2rem 0 1rem;overflow-wrap:anywhere}
h2{font-size:1.1rem;margin:2.2rem 0 .6rem}
.lead{font-size:1.05rem;color:var(--soft);margin-top:-.4rem;white-space:pre-line}
.wide{overflow-x:auto;margin:0}
table{border-collapse:collapse;width:100%;font-size:.88rem}
th{text-align:left;font-weight:600;color:var(--soft);white-space:nowrap}
th,td{padding:.45rem .9rem .45rem 0;border-bottom:1px solid var(--line);vertical-align:top}
td{overflow-wrap:anywhere;min-width:4rem}
td.c-jobID,td time,td.c-id,td.c-processID{white-space:nowrap}
td.c-message,td.c-description{min-width:12rem}
td table{font-size:1em}
dl{display:grid;grid-template-columns:minmax(8rem,max-content) 1fr;gap:.35rem 1.5rem;margin:0;font-size:.95rem}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere;min-width:0}
dd ul{margin:0;padding-left:1.1rem}
pre,code{font:.85rem/1.5 ui-monospace,monospace}
pre{margin:0;padding:.7rem .9rem;background:var(--tint);border-radius:6px;overflow-x:auto;white-space:pre-wrap}
code.json{color:var(--soft)}
h2:first-letter{text-transform:uppercase}
.none{color:var(--soft);font-style:italic}
.label,.status{display:inline-block;padding:0 .55rem;border-radius:1rem;font-size:.85rem;background:var(--tint);border:1px solid var(--line);white-space:nowrap}
.status{font-weight:600;color:var(--soft)}
.running,.waiting{color:#8a5a00;background:#fff4d6;border-color:#f0d48a}
.successful,.succeeded,.ready{color:#14642f;background:#e2f6e7;border-color:#a9dcb8}
.failed,.silent{color:#a01620;background:#fde8e8;border-color:#f2b6b9}
form{display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:end;margin:0 0 1.4rem;padding:.9rem 1rem;background:var(--tint);border-radius:8px;font-size:.85rem;color:var(--soft)}
label{display:grid;gap:.15rem}
input,select,button{font:inherit;font-size:.9rem;padding:.3rem .55rem;border:1px solid var(--line);border-radius:6px;background:var(--paper);color:var(--ink)}
button{font-weight:600;cursor:pointer}
figure{margin:0 0 1.5rem}
figure img{max-width:100%;background:#fff;border:1px solid var(--line);border-radius:8px}
.pages{margin-top:1.2rem;display:flex;gap:1.2rem}
.links{margin-top:2rem}
.links ul{list-style:none;padding:0;margin:0;display:flex;flex-wrap:wrap;gap:.4rem 1.6rem}
`;
