import type { Report } from '@taskclf/documents'
import { type Html, html, name } from '../html.js'
import type { Limits } from '../limits.js'
import { clip, counted, lastNames } from '../words.js'

/** A bound in signs: `≥ 0.95`, `= true`. */
export function boundWords(bound: Readonly<Record<string, unknown>>): string {
  const signs = [
    ['=', bound.equals],
    ['≥', bound.min],
    ['≤', bound.max],
  ] as const
  return signs
    .flatMap(([sign, value]) => (value === undefined ? [] : [`${sign} ${clip(String(value), 40)}`]))
    .join(', ')
}

/** By what the policy ranks and compares, and which one it is. */
export function policyWords(report: Report, limits: Limits): Html {
  const { policy, policy_source, policy_digest, serving } = report
  const keys = policy.rank_by.slice(0, 2 * limits.metrics).map((key) => {
    if ('field' in key) return html`<li>${FIELDS[key.field]?.[key.order] ?? key.field}</li>`
    const optional = key.optional === true ? ', where a model has it' : ''
    return html`<li>${name(clip(key.metric, 80))} <span class="quiet">${key.order === 'desc' ? 'higher' : 'lower'} is better${optional}</span></li>`
  })
  const then = serving.switch?.decision?.policy_digest ?? null
  const changed = then !== null && then !== policy_digest
  return html`<div class="split">
<div><p class="label">Ranks by</p><ol class="keys">${keys}</ol></div>
<div><p class="label">Compares</p><ul class="keys">
<li>${policy.gates.length === 0 ? 'No gates' : counted(policy.gates.length, 'gate')}</li>
${policy.min_improvement !== undefined && html`<li>A challenger takes over with a gain of at least ${policy.min_improvement}</li>`}
${policy.regression_tolerance !== undefined && html`<li>A candidate may be worse by ${policy.regression_tolerance}</li>`}
${policy.same_eval_dataset && html`<li>Only models measured on one evaluation set</li>`}
</ul></div></div>
<p class="quiet">This is the policy ${name(clip(lastNames(policy_source, 1), 120))}, digest <span class="id">${shortDigest(policy_digest)}</span>.
${changed && html` The active model was chosen under another: <span class="id">${shortDigest(then)}</span>.`}</p>`
}

const FIELDS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  created_at: { desc: 'the newest', asc: 'the oldest' },
  model_id: { asc: 'id, from A', desc: 'id, from Z' },
}

/** Enough to tell policies apart. */
function shortDigest(digest: string): string {
  return clip(digest.replace(/^sha256:/, '').slice(0, 12), 12)
}
