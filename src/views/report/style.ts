import { html } from './html.js';

/**
 * The report's style: no outside font or picture, and no inline style elsewhere, so that one hash stands for it. Paper is always light. Where a
 * colour tells something, a sign or a word says it too; each text has a contrast of 4.5 to 1 or more (the tests measure it).
 */
export const reportStyle = html`
:root{color-scheme:light;--back:#f4f5f7;--card:#fff;--well:#f6f7f9;--text:#1b2027;--dim:#59636e;--line:#d9dee4;--link:#0a56c2;--client:#0b6e75;--server:#7440b4;
--bad:#b3211c;--bad-back:#fcebe9;--warn:#855000;--warn-back:#fdf2dc;--good:#17692f;--good-back:#e6f4e9;--mark:#ffe08a;--mono:ui-monospace,SFMono-Regular,"Cascadia Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;--back:#0e1217;--card:#161b22;--well:#11161c;--text:#e3e8ee;--dim:#98a4b1;--line:#2b333d;--link:#84b5fa;--client:#5bc4cb;--server:#c3a2f5;
--bad:#ff988e;--bad-back:#3a1b1b;--warn:#ecb964;--warn-back:#33280f;--good:#79d696;--good-back:#14301e;--mark:#665200}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
body{margin:0;font:15px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;color:var(--text);background:var(--back)}
body>*{max-width:78rem;margin-inline:auto;padding-inline:1.5rem}
a{color:var(--link);text-underline-offset:.15em}
:focus-visible{outline:2px solid var(--link);outline-offset:2px;border-radius:3px}
h1,h2,h3,h4,h5{line-height:1.25;margin:0;font-weight:650;overflow-wrap:anywhere}
h1{font-size:1.6rem;letter-spacing:-.01em}
h2{font-size:1.2rem}
h3{font-size:1.05rem;margin:2rem 0 .7rem;padding-top:1.1rem;border-top:1px solid var(--line)}
h4{font-size:.95rem;margin:1rem 0 .35rem}
h5{font-size:.85rem;margin:.8rem 0 .3rem;color:var(--dim)}
p,ul,ol,dl{margin:.5rem 0}
code,pre,.mono,.heads td,.facts td,.payload,.url{font-family:var(--mono);font-size:.84rem}
code code,pre code,td code,.url code{font-size:inherit}
pre{margin:.35rem 0;padding:.55rem .75rem;background:var(--well);border:1px solid var(--line);border-radius:6px;white-space:pre-wrap;overflow-wrap:anywhere;overflow:hidden;line-height:1.45;max-width:100%}
.dim,.none{color:var(--dim)}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:1rem;top:-4rem;padding:.5rem 1rem;background:var(--card);border:1px solid var(--line);border-radius:6px;z-index:2}
.skip:focus{top:.5rem}
[hidden]{display:none!important}

.masthead{padding-block:2rem 1rem}
.eyebrow{margin:0 0 .2rem;font-size:.8rem;font-weight:600;letter-spacing:.04em;color:var(--dim)}
.about{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:.15rem 1.25rem;margin:1rem 0 0;font-size:.92rem}
.about dt{color:var(--dim)}
.about dd{margin:0;overflow-wrap:anywhere}

.card{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:1.25rem 1.5rem;margin:0 0 1.25rem}
.card>h2{margin-bottom:.6rem}
.badge{display:inline-block;padding:.05rem .55rem;border-radius:1rem;font-size:.82rem;font-weight:650;white-space:nowrap;color:var(--dim);background:var(--well);box-shadow:inset 0 0 0 1px var(--line)}
.badge.error,.badge.bad{color:var(--bad);background:var(--bad-back);box-shadow:none}
.badge.warning,.badge.warn{color:var(--warn);background:var(--warn-back);box-shadow:none}
.badge.good{color:var(--good);background:var(--good-back);box-shadow:none}

table{border-collapse:collapse;width:100%;font-size:.92rem}
th,td{text-align:left;vertical-align:top;padding:.3rem .6rem .3rem 0}
thead th{font-size:.8rem;font-weight:600;color:var(--dim);border-bottom:1px solid var(--line)}
caption{text-align:left;font-weight:650;padding:.9rem 0 .2rem}
caption .dim{font-weight:400;font-size:.88rem;margin-left:.4rem}
.time,.n{font-variant-numeric:tabular-nums;white-space:nowrap;text-align:right;color:var(--dim)}
.overview tbody tr,.messages tbody tr,.grouped tbody tr{border-bottom:1px solid var(--line)}
.overview tbody tr:hover,.messages tbody tr:hover{background:var(--well)}
.overview .url{overflow-wrap:anywhere;min-width:12rem}
.overview .code,.grouped .code{font-family:var(--mono);font-size:.84rem;overflow-wrap:anywhere}
.links a{margin-right:.5rem}

.exchange:has(>details:not([open])){padding-block:.7rem;margin-bottom:.5rem}
.exchange>details>summary,.more summary,.messages summary{cursor:pointer}
.exchange>details>summary{list-style-position:outside;margin-left:.6rem}
.exchange>details>summary h2{display:inline-block;width:calc(100% - 1rem);vertical-align:top}
.title{display:flex;flex-wrap:wrap;align-items:baseline;gap:.3rem .8rem}
.title .url{font-size:1.02rem;font-weight:600;min-width:0;overflow-wrap:anywhere}
.meta{margin:.4rem 0 0;color:var(--dim);font-size:.9rem}
.meta span:not(:last-child)::after{content:"  ·  ";white-space:pre}
.lead{display:block;margin:.15rem 0 0 .1rem;color:var(--dim)}
details[open]>summary>.lead{display:none}
.path{display:grid;grid-template-columns:auto minmax(8rem,1fr) auto minmax(8rem,1fr) auto;align-items:center;list-style:none;padding:0;margin:1.1rem 0 .3rem;font-size:.86rem}
.node{border:1px solid var(--line);background:var(--well);border-radius:8px;padding:.45rem .8rem;text-align:center;overflow-wrap:anywhere}
.node code{display:block;color:var(--dim)}
.wire{display:grid;grid-template-rows:1fr auto 1fr;padding:0 .6rem;text-align:center;color:var(--dim);min-width:0;overflow-wrap:anywhere}
.wire::after{content:"";grid-row:2;border-top:2px solid;margin:.2rem -.6rem}
.wire.cut::after{border-top-style:dashed}
.wire .over{align-self:end}.wire .under{grid-row:3}
.wire.client::after,.wire.client b{color:var(--client)}
.wire.server::after,.wire.server b{color:var(--server)}
.toc{display:flex;flex-wrap:wrap;gap:.15rem 1.1rem;margin:.9rem 0 -.4rem;font-size:.9rem}
.note{color:var(--warn)}

.findings,.faults,.fixes{list-style:none;padding:0}
.finding{padding:1rem 0 .4rem}
.finding+.finding{border-top:1px solid var(--line)}
.finding h4{font-size:1.02rem;margin:0 0 .4rem;max-width:56rem}
p.facts{display:flex;flex-wrap:wrap;gap:.2rem .9rem;align-items:baseline;margin:0 0 .6rem;font-size:.88rem;color:var(--dim);overflow-wrap:anywhere}
p.facts code,p.facts b{color:var(--text)}
.proofs{display:grid;gap:.5rem 1rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));margin:.4rem 0}
.proof{display:flex;flex-direction:column;min-width:0}
.proofs dt{font-size:.82rem;color:var(--dim)}
.proofs dd{margin:0;display:flex;flex:1}
.proofs pre{flex:1;margin-bottom:0;min-width:0}
.fixes li{margin:.5rem 0}
.fixes b{margin-right:.3rem}
.more summary{color:var(--link);font-size:.92rem}
.config{overflow-x:auto;white-space:pre;overflow-wrap:normal}
.odd{color:var(--bad);padding-left:1.2rem;overflow-wrap:anywhere}

.heads{table-layout:fixed;margin-bottom:1rem}
.heads th.client,.facts th.client,.from.client,.leg.client{color:var(--client)}
.heads th.server,.facts th.server,.from.server,.leg.server{color:var(--server)}
.heads td{padding:.08rem .5rem;overflow-wrap:anywhere;white-space:pre-wrap;overflow:hidden;line-height:1.5}
.heads th{padding-left:.5rem}
.heads .sign{width:2.2rem;text-align:center;font-weight:700;padding-inline:0;color:var(--dim);position:relative}
.heads tr:first-child td{padding-top:.35rem}
.heads b{font-weight:400;color:var(--dim)}
.heads .same td:last-child,.heads .same td:last-child b,.heads .turned td:first-child{color:var(--dim)}
.heads .turned td:last-child,.heads .turned td:last-child:not(b){color:var(--text)}
.heads i{font-style:normal;color:var(--dim);font-family:system-ui,sans-serif}
.heads .gap td{font-family:system-ui,sans-serif;color:var(--dim)}
.changed td{background:var(--warn-back)}
.heads .changed .sign{color:var(--warn)}
.out td{background:var(--bad-back)}
.heads .out .sign{color:var(--bad)}
.in td{background:var(--good-back)}
.heads .in .sign{color:var(--good)}
.changed b,.out b,.in b,.heads .changed b{color:inherit}
mark{background:var(--mark);color:inherit;border-radius:2px}

table.facts th[scope=row]{width:11rem;font-weight:400;color:var(--dim)}
table.facts{table-layout:fixed}
table.facts td,table.facts thead td{overflow-wrap:anywhere}
table.facts thead td{width:11rem}
.group th{padding-top:1rem;font-size:.85rem;border-bottom:1px solid var(--line)}

.waterfall .chart{width:52%;padding-right:1rem}
.waterfall th[scope=row]{font-weight:400;white-space:nowrap}
.waterfall svg{display:block;overflow:visible}
.waterfall .leg{font-size:.82rem;margin-left:.3rem}
.chart line{stroke:var(--line)}
.waterfall td,.waterfall th{padding-block:0;vertical-align:middle}
.waterfall thead th{padding-block:.3rem;vertical-align:bottom}
.axis text{fill:var(--dim);font-size:11px;text-anchor:middle;font-weight:400}
.axis text:first-of-type{text-anchor:start}
rect.client{fill:var(--client)}
rect.server{fill:var(--server)}
rect.endless{fill-opacity:.35;stroke-dasharray:4 3}
rect.client.endless{stroke:var(--client)}
rect.server.endless{stroke:var(--server)}

.search{display:flex;flex-wrap:wrap;gap:.5rem .8rem;align-items:center;margin:.2rem 0 .8rem;font-size:.9rem}
.search input,.search select,.search button{font:inherit;color:var(--text);background:var(--card);border:1px solid var(--dim);border-radius:6px;padding:.3rem .6rem;min-height:2.1rem}
.search input{flex:1 1 14rem;min-width:0}
.search label{display:flex;gap:.4rem;align-items:center}
.search label.wide{flex:1 1 18rem}
.search button{cursor:pointer}
.search output{color:var(--dim);font-variant-numeric:tabular-nums}
.messages{table-layout:fixed}
.messages .n{width:3.6rem}.messages .time{width:5.4rem}.messages thead th:nth-child(3),.from{width:5.6rem}.messages thead th:nth-child(4),.kind{width:8.6rem}
.messages td.n,.messages td.time,.messages .kind,.messages .from{font-size:.86rem}
.messages .from{white-space:nowrap}
.payload{overflow-wrap:anywhere;overflow:hidden}
.payload>div{display:flex;justify-content:space-between;gap:0 1rem}
.payload>div>:first-child{min-width:0;flex:0 1 auto}
.payload>div>details{flex:1 1 auto!important}
.payload summary{list-style-position:outside;margin-left:1rem}
.payload summary code{display:inline-block;max-width:100%;vertical-align:top;white-space:nowrap;overflow:hidden;text-overflow:ellipsis}
.marks{flex:none;max-width:60%;text-align:right}
.payload code{white-space:pre-wrap}
.payload pre{max-height:34rem;overflow:auto}
.mark{display:inline-block;font-family:system-ui,sans-serif;font-size:.78rem;color:var(--dim);margin-left:.8rem}
.mark.error{color:var(--bad)}.mark.warning{color:var(--warn)}
.left-out td{padding:.8rem 0;color:var(--dim);text-align:center;background:var(--well)}
::highlight(hit){background-color:var(--mark);color:var(--text)}
.foot{padding-block:.5rem 3rem;color:var(--dim);font-size:.85rem}

@media screen and (max-width:60rem){.overview .wide,.overview thead .wide{display:none}}
@media screen and (max-width:44rem){
body>*{padding-inline:.75rem}
.card{padding:1rem .9rem;border-radius:8px}
.heads,.heads tbody,.heads tr,table.facts,table.facts tbody,.heads caption{display:block}
.heads thead,table.facts thead td{display:none}
table.facts thead{display:block}
table.facts thead tr>th{grid-column:auto}
.heads tr{display:grid;grid-template-columns:1.4rem minmax(0,1fr)}
.heads .sign{grid-column:1;grid-row:1/span 2;width:auto}
.heads td:not(.sign){grid-column:2;padding-inline:.2rem}
.heads .same td:last-child{display:none}
.heads .changed td:first-child::before,.heads .alone td:first-child:not(:empty)::before,.out td:first-child:not(:empty)::before,.in td:first-child:not(:empty)::before,.gap td:first-child::before{content:"client leg  "}
.heads .changed td:last-child::before,.heads .alone td:last-child:not(:empty)::before,.out td:last-child:not(:empty)::before,.in td:last-child:not(:empty)::before,.gap td:last-child::before{content:"server leg  "}
.heads td::before{font:600 .75rem system-ui,sans-serif;color:var(--dim)}
table.facts tr{display:grid;grid-template-columns:1fr 1fr;gap:0 .8rem;padding:.25rem 0}
table.facts tbody tr>th{grid-column:1/-1;width:auto!important;padding:0;font-size:.82rem}
table.facts td{padding:0}
.group th{padding-top:.7rem!important}
.path{grid-template-columns:1fr}
.wire{grid-template-rows:auto;padding:.4rem 0 .4rem 1rem;margin-left:1.2rem;text-align:left;border-left:2px solid var(--line)}
.wire::after{display:none}
.wire .over,.wire .under{grid-row:auto;align-self:auto}
.wire.client{border-color:var(--client)}.wire.server{border-color:var(--server)}.wire.cut{border-left-style:dashed}
.node{text-align:left}
.node code{display:inline;margin-left:.5rem}
.heads .turned td:first-child{color:var(--text)}
.waterfall,.waterfall thead,.waterfall tbody,.messages,.messages tbody{display:block}
.waterfall tr{display:grid;grid-template-columns:minmax(0,1fr) auto auto;padding:.15rem 0}
.waterfall .chart{grid-column:1/-1;grid-row:2;width:auto;padding:0}
.waterfall td.time{min-width:4.2rem}
.messages thead{display:none}
.messages tbody tr{display:grid;grid-template-columns:auto auto minmax(0,1fr);gap:0 .9rem;padding:.35rem 0}
.messages tbody td{width:auto!important;padding:0}
.messages .n{display:none}
.messages .payload,.messages .left-out td{grid-column:1/-1}
.payload>div{flex-wrap:wrap}
.payload>div>details{flex-basis:100%!important}
.marks{max-width:none;text-align:left}
.marks .mark{margin:0 .8rem 0 0}
.overview,.overview tbody,.grouped,.grouped tbody{display:block}
.overview thead,.grouped thead{display:none}
.overview tbody tr,.grouped tbody tr{display:flex;flex-wrap:wrap;gap:.15rem .8rem;padding:.45rem 0}
.overview td,.grouped td{padding:0}
.overview .url,.grouped td:nth-child(3){flex:1 1 100%;min-width:0}
.grouped .n::before{content:"\\00d7"}
.about{grid-template-columns:1fr;gap:0}
.about dd{margin-bottom:.4rem}
}
@media print{
html{font-size:12px}
body{font-size:9.5pt;background:#fff}
h3{margin-top:1.2rem}
body>*{max-width:none;padding-inline:0}
.card{border:0;border-radius:0;padding:0;margin:0 0 1rem}
.exchange{break-before:page}
.exchange:first-of-type{break-before:auto}
.search,.skip,.toc{display:none}
summary,.payload summary{list-style:none;margin-left:0}
.overview .wide.time:nth-child(2){display:none}
details::details-content{content-visibility:visible;block-size:auto;display:block}
.heads tr,.facts tr,.overview tr,.grouped tr,.waterfall,.path,.proof{break-inside:avoid}
h2,h3,h4,caption,thead{break-after:avoid}
.payload pre,.config{max-height:none;overflow:visible;white-space:pre-wrap;overflow-wrap:anywhere}
.badge,.changed td,.out td,.in td,rect,mark{print-color-adjust:exact;-webkit-print-color-adjust:exact}
a{color:inherit;text-decoration:none}
}
`;
