import { existsSync } from 'node:fs'
import { readSmallFile } from '@taskclf/durable-fs'
import { modelsDirLayout, parseStrictJson, type ValidBundle } from '@taskclf/registry-core'
import type { ResolveWarning } from './resolution.js'

/** A bundle's own warnings, as warnings of the resolution. */
export function bundleWarnings(bundle: ValidBundle): ResolveWarning[] {
  return bundle.warnings.map(({ file, message }) => ({
    code: 'bundle_warning',
    message: `${bundle.modelId}/${file}: ${message}`,
  }))
}

/** The Python project's `inference_policy.json` outranks the pointer in its own inference: say so when they differ. */
export function inferencePolicyWarnings(root: string, modelId: string): ResolveWarning[] {
  const path = modelsDirLayout(root).inferencePolicy
  // Mostly it is not there, and an error made for that costs more than following the pointer.
  if (!existsSync(path)) return []
  const file = readSmallFile(path, { maxBytes: 1 << 20 })
  if (!file.ok) return []
  const json = parseStrictJson(file.bytes, 'inference_policy.json')
  const named = json.ok ? modelNamedBy(json.value) : undefined
  if (named === undefined || named === modelId) return []
  const message = `inference_policy.json names ${JSON.stringify(named)}: the Python project serves that model, not ${JSON.stringify(modelId)}`
  return [{ code: 'inference_policy_differs', message }]
}

function modelNamedBy(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { model_id, model_dir } = value as Record<string, unknown>
  if (typeof model_id === 'string') return model_id
  return typeof model_dir === 'string'
    ? model_dir
        .replace(/[/\\]+$/, '')
        .split(/[/\\]/)
        .at(-1)
    : undefined
}
