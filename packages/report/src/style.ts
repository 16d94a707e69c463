import { css } from './languages.js'
import { CHART_STYLE } from './style-charts.js'

const COLOURS = css`
:root{color-scheme:light dark;
--page:#f6f6f4;--card:#fff;--text:#1d1c1a;--soft:#5c5a55;--line:#e2e0da;--rule:#eeece7;--wash:#f6f5f2;
--accent:#1257a8;--wash-accent:#e9f0f9;--good:#1a6b3c;--odd:#7d4e00;--wash-odd:#fdf3df;--bad:#a8261c;--wash-bad:#fcebe9;--dot:#7f8b99;--out:#a9a69f}
@media (prefers-color-scheme:dark){:root{
--page:#121315;--card:#1a1c1f;--text:#e7e5e0;--soft:#a5a39c;--line:#34373c;--rule:#272a2e;--wash:#202327;
--accent:#82b5f5;--wash-accent:#1b2a3d;--good:#74c996;--odd:#ecbb66;--wash-odd:#2e2615;--bad:#ff9a90;--wash-bad:#371d1a;--dot:#8794a5;--out:#6d6b66}}
`

const LAYOUT = css`
*{box-sizing:border-box}
html{scroll-behavior:smooth;scroll-padding-top:1rem;-webkit-text-size-adjust:100%}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0 auto;max-width:76rem;padding:clamp(1rem,3vw,2.5rem) clamp(.75rem,3vw,2.5rem);background:var(--page);color:var(--text);
font:400 .9375rem/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Noto Sans",sans-serif;overflow-wrap:anywhere}
h1,h2,h3,p,ul,ol,dl,figure{margin:0}ul,ol{padding:0;list-style:none}
h1{font-size:clamp(1.5rem,1.2rem + 1.4vw,2.125rem);line-height:1.2;font-weight:650;letter-spacing:-.015em}
h2{font-size:1.1875rem;line-height:1.3;font-weight:650;letter-spacing:-.005em;margin-bottom:.75rem}
h3{font-size:.9375rem;font-weight:600}
a{color:var(--accent)}code,.id{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,"Liberation Mono",monospace;font-size:.92em}
code{color:var(--soft)}b{font-weight:600}
.num,.time,time{font-variant-numeric:tabular-nums}
.eyebrow,.label{font-size:.75rem;font-weight:600;letter-spacing:.06em;text-transform:uppercase;color:var(--soft)}
.quiet,.left-out,.meta{color:var(--soft)}.left-out{margin-top:.75rem;font-size:.875rem}
.sr{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;z-index:2;padding:.5rem .75rem;background:var(--card);border-radius:6px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
.top{margin-bottom:1.5rem}.meta{display:flex;flex-wrap:wrap;gap:.125rem 1.25rem;margin-top:.375rem}
nav ul{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;margin-top:.875rem;padding-top:.75rem;border-top:1px solid var(--line)}
nav a{display:inline-block;padding:.125rem 0;text-decoration:none;font-weight:500}nav a:hover{text-decoration:underline}
.card,.notice{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:clamp(1rem,2.2vw,1.625rem);margin-bottom:1.25rem}
.notice{border-left:4px solid var(--accent);background:var(--wash-accent)}.notice h2{margin-bottom:.25rem}
.notice.odd{border-left-color:var(--odd);background:var(--wash-odd)}.notice.odd h2{color:var(--odd)}
.notice.bad{border-left-color:var(--bad);background:var(--wash-bad)}.notice.bad h2{color:var(--bad)}
.notice code{color:inherit}
#serving h2{margin:0;font-size:.75rem;letter-spacing:.06em;text-transform:uppercase;color:var(--soft)}
#serving>h3{margin:1.25rem 0 .375rem;padding-top:1rem;border-top:1px solid var(--rule)}
.big{font-size:clamp(1.0625rem,.9rem + 1vw,1.5rem);line-height:1.3;font-weight:600;margin:.125rem 0 .25rem}.big.none{color:var(--bad)}
.lead{max-width:44rem;color:var(--soft)}
.split{display:grid;gap:1rem 2.5rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));margin-top:.75rem}
dl{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1rem}dt{color:var(--soft)}dd{margin:0}
@media (max-width:26rem){dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:.5rem}}
.gates{margin-top:.375rem}.gates li{display:grid;grid-template-columns:1.25rem 1fr auto;gap:.5rem;padding:.25rem 0;border-top:1px solid var(--rule)}
.ok .mark,td.ok{color:var(--good)}.fail .mark,.fail .num{color:var(--bad);font-weight:600}
.why li{max-width:60rem;padding-left:1rem;position:relative}.why li::before{content:"";position:absolute;left:.125rem;top:.65em;width:.3rem;height:.3rem;border-radius:50%;background:var(--line)}
.keys{padding-left:1.25rem;list-style:disc}ol.keys{list-style:decimal}.keys li::marker{color:var(--soft)}
#serving .split + .quiet{margin-top:.75rem;font-size:.875rem}
.badge{display:inline-block;padding:0 .4375rem;border-radius:999px;background:var(--accent);color:var(--card);font:600 .75rem/1.5 system-ui,sans-serif;white-space:nowrap}
.badge.odd{background:var(--wash-odd);color:var(--odd)}
`

const TABLES = css`
.scroll{position:relative;overflow-x:auto;margin:0 calc(-1*clamp(1rem,2.2vw,1.625rem));padding:0 clamp(1rem,2.2vw,1.625rem)}
table{border-collapse:collapse;width:100%;font-size:.875rem;line-height:1.4}
th,td{text-align:start;vertical-align:top;padding:.4375rem .75rem .4375rem 0;border-top:1px solid var(--rule);font-weight:400}
th:last-child,td:last-child{padding-right:0}
thead th{border-top:0;color:var(--soft);font-weight:600;vertical-align:bottom;overflow-wrap:normal}
tbody th{min-width:13.5rem}td.why{min-width:14rem;color:var(--soft)}td.num,th.num{text-align:end}td.num{white-space:nowrap}.time{white-space:nowrap}
th button{all:unset;cursor:pointer}th button:hover{color:var(--text)}th button:focus-visible{outline:2px solid var(--accent);outline-offset:2px;border-radius:3px}
[aria-sort] button{color:var(--text)}[aria-sort=ascending] button::after{content:" ▴"}[aria-sort=descending] button::after{content:" ▾"}
tr.active>*{background:var(--wash-accent)}tr.active th .id{font-weight:600}
tbody tr:hover>*{background:var(--wash)}tbody tr.active:hover>*{background:var(--wash-accent)}
.arrow{color:var(--accent)}
.history>li{display:grid;grid-template-columns:8.5rem 1fr;gap:.25rem 1.25rem;padding:.75rem 0;border-top:1px solid var(--rule)}
.history>li:first-child{border-top:0;padding-top:0}.history .when{color:var(--soft)}
@media (max-width:40rem){.history>li{grid-template-columns:1fr}}
.history .note{margin:.25rem 0;padding-left:.75rem;border-left:3px solid var(--line)}
details{margin-top:.25rem}summary{cursor:pointer;color:var(--accent);width:max-content;max-width:100%}details ul{margin-top:.25rem;padding-left:1rem}
details li{margin-bottom:.25rem;color:var(--soft)}
footer{margin-top:1.5rem;color:var(--soft);font-size:.8125rem;max-width:60rem}
@media (max-width:40rem){.models thead{display:none}.models,.models tbody{display:block}.scroll:has(.models){overflow:visible}
.models tr{display:grid;grid-template-columns:1fr;padding:.625rem 0;border-top:1px solid var(--rule)}.models tr.active{margin:0 -.75rem;padding:.625rem .75rem;background:var(--wash-accent)}
.models tr>*{border:0;padding:.0625rem 0;min-width:0;text-align:start}.models th{order:-1;font-size:.9375rem}
.models td{display:grid;grid-template-columns:minmax(0,11rem) 1fr;gap:.5rem}.models td::before{color:var(--soft);font-weight:400}
.models td.why{display:block}.models td.why::before{display:block}.models td:empty{display:none}}
@media print{:root{--page:#fff;--wash-accent:#f1f1f1}body{max-width:none;padding:0;font-size:9pt}nav,.skip{display:none}
.card,.notice{border-color:#bbb;border-radius:0;padding:.5rem 0;border-width:1px 0 0}.scroll{overflow:visible;margin:0;padding:0}tr,figure,.history>li{break-inside:avoid}
h2,h3{break-after:avoid}table{font-size:7.5pt}th,td{padding-right:.375rem}thead th,.time{white-space:normal}tbody th,td.why{min-width:0}}
`

/** How the page looks. */
export const STYLE = COLOURS + LAYOUT + TABLES + CHART_STYLE
