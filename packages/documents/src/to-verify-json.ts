import type { ModelVerification } from '@taskclf/registry'
import type { ModelVerify } from './model.js'

/** What became of one model's verification. */
export function toVerifyJson({
  modelId,
  path,
  ok,
  verified,
  files,
  problems,
  warnings,
  checks = { status: 'skipped' },
}: ModelVerification): ModelVerify['bundles'][number] {
  return {
    model_id: modelId,
    path,
    ok,
    verified,
    files: files.map(({ name, size, sha256, expected, outcome }) => ({
      name,
      size: size ?? null,
      sha256: sha256 ?? null,
      expected_sha256: expected?.sha256 ?? null,
      outcome,
    })),
    problems: problems.map((problem) => ({ ...problem })),
    warnings: warnings.map((warning) => ({ ...warning })),
    checks: { ...checks },
  }
}
