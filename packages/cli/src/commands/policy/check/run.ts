import { resolve } from 'node:path'
import { checkPolicy } from '@taskclf/registry'
import { canonicalDigest, lookAtModelsDir, type ModelsDirLook, RegistryError } from '@taskclf/registry-core'
import type { ParsedPolicy } from '@taskclf/selection-policy'
import type { GlobalOptions, Note, Outcome } from '../../../command.js'
import type { Context } from '../../../context.js'
import type { PolicyCheck } from '../../../documents/policy.js'
import { CliError } from '../../../errors.js'
import { EXIT } from '../../../exit-codes.js'
import { readPolicyFile } from '../../../read-policy.js'
import type { Settings } from '../../../settings.js'
import { warningNotes } from '../../shared/notes.js'
import { policyJson } from '../../shared/policy-json.js'

export { text } from './text.js'

type Violations = PolicyCheck['violations']

/** A malformed policy is an answer here, not a failure; so is one by which none of the bundles could be selected. */
export async function run(options: GlobalOptions, context: Context): Promise<Outcome<PolicyCheck>> {
  const { file, parsed } = await readPolicy(options, context)
  if (!parsed.ok) {
    const violations = parsed.violations.map((violation) => ({ ...violation }))
    const nothing = { digest: null, policy: null, models_dir: null, metrics: null }
    const notes = [wrongNote(file, violations, 'policy_invalid')]
    return { data: { file, valid: false, violations, ...nothing }, exitCode: EXIT.no, notes }
  }
  const { policy } = parsed
  const modelsDir = modelsDirIfAny(context.settings)
  const found = await checkPolicy(policy, modelsDir)
  const valid = found.violations.length === 0
  const violations = found.violations.map((violation) => ({ ...violation }))
  const data = {
    file,
    valid,
    violations,
    digest: canonicalDigest(policy),
    policy: policyJson(policy),
    models_dir: modelsDir?.root ?? null,
    metrics: found.metrics?.map((metric) => ({ ...metric, nearest: metric.nearest ?? null })) ?? null,
  }
  const notes = [
    ...warningNotes(found.warnings),
    ...(valid ? [] : [wrongNote(file, violations, 'metric_absent')]),
  ]
  return { data, exitCode: valid ? EXIT.done : EXIT.no, notes }
}

/** The models dir, where there is one; one that was named must be there. */
function modelsDirIfAny({ modelsDir, modelsDirSource }: Settings): ModelsDirLook | undefined {
  try {
    return lookAtModelsDir(modelsDir)
  } catch (error) {
    const isNone = error instanceof RegistryError && error.code === 'models_dir_missing'
    if (isNone && modelsDirSource === 'default') return undefined
    throw error
  }
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
