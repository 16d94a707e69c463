import type { PolicyCheck } from '@taskclf/documents'
import type { GlobalOptions } from '@taskclf/flags'
import { checkPolicy } from '@taskclf/registry'
import { canonicalDigest } from '@taskclf/registry-core'
import type { ParsedPolicy } from '@taskclf/selection-policy'
import { readNamedPolicy, SettingsError, violationLines, violationsCode } from '@taskclf/settings'
import { type Column, escapeLines, escapeText, renderTable, type Terminal } from '@taskclf/terminal'
import type { Context, Note, Outcome } from '../../../command.js'
import { CliError } from '../../../errors.js'
import { EXIT } from '../../../exit-codes.js'
import { warningNotes } from '../../shared/notes.js'
import { modelsDirIfAny } from '../models-dir-if-any.js'

type Violations = PolicyCheck['violations']

/** A malformed policy is an answer here, not a failure; so is one by which none of the bundles could be selected. */
export async function run(options: GlobalOptions, context: Context): Promise<Outcome<PolicyCheck>> {
  const { file, parsed } = await readPolicy(options, context)
  if (!parsed.ok) {
    const violations = parsed.violations.map((violation) => ({ ...violation }))
    const nothing = { digest: null, policy: null, models_dir: null, metrics: null }
    const notes = [wrongNote(file, violations, violationsCode(violations))]
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
    policy,
    models_dir: modelsDir?.root ?? null,
    metrics: found.metrics?.map((metric) => ({ ...metric, nearest: metric.nearest ?? null })) ?? null,
  }
  const notes = [
    ...warningNotes(found.warnings),
    ...(valid ? [] : [wrongNote(file, violations, 'metric_absent')]),
  ]
  return { data, exitCode: valid ? EXIT.done : EXIT.no, notes }
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
    return readNamedPolicy(named, cwd, () => settings.modelsDir)
  }
  try {
    const { policy, source } = await settings.policy()
    return { file: source, parsed: { ok: true, policy } }
  } catch (error) {
    const { file, violations } = (error instanceof SettingsError ? error.details : {}) as Partial<PolicyCheck>
    if (file === undefined || violations === undefined) throw error
    return { file, parsed: { ok: false, violations } as ParsedPolicy }
  }
}

function wrongNote(file: string, violations: Violations, code: string): Note {
  const things = violations.length === 1 ? '1 thing is' : `${violations.length} things are`
  return { level: 'error', code, message: `${things} wrong with ${file}` }
}

type Row = NonNullable<PolicyCheck['metrics']>[number]

const COLUMNS: readonly Column<Row>[] = [
  { name: 'metric', cell: (row) => row.metric, cut: { min: 16, where: 'middle' } },
  { name: 'asked_by', cell: (row) => (row.optional ? `${row.asked} (optional)` : row.asked) },
  { name: 'bundles', cell: (row) => `${row.have} of ${row.of}`, align: 'right' },
  { name: 'nearest', cell: (row) => row.nearest, cut: { min: 12, where: 'middle' } },
]

/** Everything that is wrong, a line each; then how many bundles have each metric. */
export function text({ file, valid, violations, digest, metrics }: PolicyCheck, terminal: Terminal): string {
  const verdict = valid
    ? `${escapeText(file)} is a valid policy (${digest?.slice(0, 12)})\n`
    : `${escapeLines(violationLines(violations))}\n`
  if (metrics === null || metrics.length === 0) return verdict
  return `${verdict}\n${renderTable(metrics, COLUMNS, terminal)}`
}
