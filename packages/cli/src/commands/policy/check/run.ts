import { resolve } from 'node:path'
import { canonicalDigest } from '@taskclf/registry-core'
import { type ParsedPolicy, type Policy, plainName } from '@taskclf/selection-policy'
import type { GlobalOptions, Note, Outcome } from '../../../command.js'
import type { Context } from '../../../context.js'
import type { PolicyCheck } from '../../../documents/policy.js'
import { CliError } from '../../../errors.js'
import { EXIT } from '../../../exit-codes.js'
import { readPolicyFile } from '../../../read-policy.js'
import { policyJson } from '../../shared/policy-json.js'
import { expectedOrder } from '../shared/expected-order.js'
import { metricCoverage, modelsDirIfAny } from './metric-coverage.js'

export { text } from './text.js'

type Violations = PolicyCheck['violations']
type Coverage = NonNullable<PolicyCheck['metrics']>

/** A malformed policy is an answer here, not a failure; so is one by which none of the bundles could be selected. */
export async function run(options: GlobalOptions, context: Context): Promise<Outcome<PolicyCheck>> {
  const { file, parsed } = await readPolicy(options, context)
  if (!parsed.ok) {
    const violations = parsed.violations.map((violation) => ({ ...violation }))
    const data = {
      file,
      valid: false,
      violations,
      digest: null,
      policy: null,
      models_dir: null,
      metrics: null,
    }
    return { data, exitCode: EXIT.no, notes: [wrongNote(file, violations, 'policy_invalid')] }
  }
  const { policy } = parsed
  const modelsDir = modelsDirIfAny(context.settings)
  const metrics = modelsDir === undefined ? null : await metricCoverage(modelsDir, policy)
  const violations = nowhere(policy, metrics ?? [])
  const data = {
    file,
    valid: violations.length === 0,
    violations,
    digest: canonicalDigest(policy),
    policy: policyJson(policy),
    models_dir: modelsDir?.root ?? null,
    metrics,
  }
  const notes = [
    ...orderNotes(policy),
    ...gateNotes(metrics ?? []),
    ...(violations.length === 0 ? [] : [wrongNote(file, violations, 'metric_absent')]),
  ]
  return { data, exitCode: violations.length === 0 ? EXIT.done : EXIT.no, notes }
}

/** The file that is named, else the policy that would apply here. */
async function readPolicy(
  { words, policy: flag }: GlobalOptions,
  { settings, cwd }: Context,
): Promise<{ file: string; parsed: ParsedPolicy }> {
  const [named] = words
  if (named !== undefined) {
    if (flag !== undefined) {
      throw new CliError('usage', 'a policy is named twice', { hint: 'name it as a word or by --policy' })
    }
    const file = resolve(cwd, named)
    return { file, parsed: readPolicyFile(file) }
  }
  try {
    const { policy, source } = await settings.policy()
    return { file: source, parsed: { ok: true, policy } }
  } catch (error) {
    if (!(error instanceof CliError) || error.code !== 'policy_invalid') throw error
    const { file, violations } = error.details as { file: string; violations: Violations }
    return { file, parsed: { ok: false, violations } as ParsedPolicy }
  }
}

function wrongNote(file: string, violations: Violations, code: string): Note {
  const things = violations.length === 1 ? '1 thing is' : `${violations.length} things are`
  return { level: 'error', code, message: `${things} wrong with ${file}` }
}

/** A metric of the ranking that no bundle has selects nobody. */
function nowhere({ rank_by }: Policy, metrics: Coverage): Violations {
  return metrics.flatMap(({ metric, asked, optional, have, of, nearest }) => {
    if (asked !== 'rank' || optional || have > 0 || of === 0) return []
    const place = rank_by.findIndex((key) => 'metric' in key && key.metric === metric)
    const instead =
      nearest === null
        ? 'taskclf policy init writes a policy to start from'
        : `did you mean ${plainName(nearest)}?`
    const message = `none of the ${of} bundles has ${plainName(metric)}, so none can be selected; ${instead}`
    return [{ at: `rank_by[${place}].metric`, message, ...(nearest !== null && { nearest }) }]
  })
}

function gateNotes(metrics: Coverage): Note[] {
  return metrics.flatMap(({ metric, asked, have, of, nearest }) => {
    if (asked !== 'gate' || have > 0 || of === 0) return []
    const meant = nearest === null ? '' : `; did you mean ${plainName(nearest)}?`
    const message = `none of the ${of} bundles has ${plainName(metric)}, so none passes its gate${meant}`
    return [{ level: 'warning', code: 'metric_absent', message }]
  })
}

function orderNotes({ rank_by }: Policy): Note[] {
  return rank_by.flatMap((key) => {
    const expected = 'metric' in key ? expectedOrder(key.metric) : undefined
    if (!('metric' in key) || expected === undefined || expected === key.order) return []
    const [first, better] = key.order === 'desc' ? ['largest', 'least'] : ['least', 'largest']
    const message = `ranks the ${first} ${plainName(key.metric)} first, where by its name the ${better} is the best; "order": "${expected}" turns it round`
    return [{ level: 'warning', code: 'order_contradicts_name', message }]
  })
}
