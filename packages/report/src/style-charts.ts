import { css } from './languages.js'

/** How plots and bars look. */
export const CHART_STYLE = css`
.legend{display:flex;flex-wrap:wrap;gap:.25rem 1.25rem;color:var(--soft);font-size:.8125rem}.legend li{display:flex;align-items:center;gap:.375rem}.legend svg{width:14px;height:14px}
figure{margin-top:1.25rem;padding-top:1rem;border-top:1px solid var(--rule)}figcaption{display:flex;flex-wrap:wrap;gap:0 .75rem;align-items:baseline}figcaption .quiet{font-size:.8125rem}
.plots{display:grid;gap:1rem 2rem;grid-template-columns:repeat(auto-fit,minmax(min(100%,24rem),1fr));margin-top:.375rem;align-items:center}
.plot{display:block;width:100%;height:auto;max-width:38rem;font:400 11px system-ui,sans-serif}
.plot text{fill:var(--soft)}.plot .axis-title{font-weight:600}
.grid{stroke:var(--rule);fill:none}.axis{stroke:var(--dot);fill:none}
path.gate{stroke:var(--odd);stroke-dasharray:5 4;fill:none}
path.switch{stroke:var(--accent);stroke-opacity:.7;stroke-dasharray:2 3;fill:none}
.step{fill:none;stroke:var(--accent);stroke-width:1.75;stroke-linejoin:round}
.out circle{fill:var(--card);stroke:var(--out);stroke-width:1.25}.eligible circle{fill:var(--dot)}
.served circle,circle.then{fill:var(--card);stroke:var(--accent);stroke-width:2}
.active circle,circle.now{fill:var(--accent);stroke:var(--card);stroke-width:1.5}
.plot circle:hover{stroke:var(--text);stroke-width:2}
@media (max-width:30rem){.plot{font-size:14px}}
.classes{max-width:52rem}.classes th[scope=row]{min-width:7rem}.bar{min-width:8rem}
.bar svg{display:inline-block;width:calc(100% - 4rem);max-width:10rem;height:.5rem;margin-right:.5rem}
.track{fill:var(--rule)}.fill{fill:var(--dot)}.low .fill{fill:var(--odd)}.low .num{color:var(--odd);font-weight:600}
@media print{.plots{grid-template-columns:1fr 1fr}.plot{max-width:none}.bar{min-width:0}.bar svg{width:4rem}}
`
