/** The page's style: no outside font or picture, and legible in both colour schemes. The signs carry the verdict where colour does not. */
export const pageStyle = `
:root{color-scheme:light dark;--text:#1b1f24;--dim:#57606a;--back:#fff;--card:#f6f8fa;--line:#d0d7de;--good:#116329;--bad:#b0101d;--link:#0550ae}
@media (prefers-color-scheme:dark){:root{--text:#e6edf3;--dim:#9aa4af;--back:#0d1117;--card:#161b22;--line:#30363d;--good:#56d364;--bad:#ff7b72;--link:#79b8ff}}
*{box-sizing:border-box}
body{font:16px/1.5 system-ui,sans-serif;max-width:52rem;margin:0 auto;padding:2rem 1rem 4rem;color:var(--text);background:var(--back)}
h1{font-size:1.7rem;margin:0 0 .5rem}
h2{font-size:1.15rem;margin:2.2rem 0 .6rem}
p{margin:.5rem 0}
a{color:var(--link)}
code,pre{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.86em}
p>code{white-space:nowrap}
pre{margin:.5rem 0;padding:.7rem .9rem;overflow-x:auto;background:var(--card);border:1px solid var(--line);border-radius:.4rem}
.address{font-size:1.05rem;font-weight:600}
.dim{color:var(--dim)}
.checks{list-style:none;margin:0;padding:.3rem 1rem;background:var(--card);border:1px solid var(--line);border-radius:.4rem}
.checks li{display:flex;gap:.7rem;padding:.45rem 0}
.checks li+li{border-top:1px solid var(--line)}
.checks .sign{flex:none;width:1.2em;text-align:center;font-weight:700;color:var(--dim)}
.checks .sign::before{content:"\\2013"}
.checks [data-verdict=running] .sign::before{content:"\\2026"}
.checks [data-verdict=good] .sign::before{content:"\\2713"}
.checks [data-verdict=bad] .sign::before{content:"\\2717"}
.checks [data-verdict=good] .sign,.checks [data-verdict=good] .says{color:var(--good)}
.checks [data-verdict=bad] .sign,.checks [data-verdict=bad] .says{color:var(--bad)}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem;margin:.6rem 0}
dt{color:var(--dim)}
dd{margin:0;overflow-wrap:anywhere}
details{border:1px solid var(--line);border-radius:.4rem;margin:.4rem 0;padding:.4rem .9rem}
details[open]{padding-bottom:.7rem}
summary{cursor:pointer;font-weight:600}
`;
