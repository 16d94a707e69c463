import { existsSync } from 'node:fs'
import { readSmallFile } from '@taskclf/durable-fs'
import { lookAtModelsDir, type ModelsDirLike, parseStrictJson } from '@taskclf/registry-core'

/** What `inference_policy.json` says; `problem` when nobody can tell which model it names. */
export type InferencePolicy = { modelId: string } | { problem: string }

/**
 * Reads the Python project's `inference_policy.json`, which outranks the pointer in its own inference. Undefined where it
 * is not there, or names no model.
 *
 * @example
 * ```ts
 * const policy = readInferencePolicy('models')
 * if (policy && 'modelId' in policy) console.log(`the Python project serves ${policy.modelId}`)
 * ```
 */
export function readInferencePolicy(modelsDir: ModelsDirLike): InferencePolicy | undefined {
  const path = lookAtModelsDir(modelsDir).inferencePolicy
  // Mostly it is not there, and an error made for that costs more than following the pointer.
  if (!existsSync(path)) return undefined
  const file = readSmallFile(path, { maxBytes: 1 << 20 })
  if (!file.ok) return { problem: 'inference_policy.json cannot be read' }
  const json = parseStrictJson(file.bytes, 'inference_policy.json')
  if (!json.ok) return { problem: json.problem.message }
  const modelId = modelNamedBy(json.value)
  return modelId === undefined ? undefined : { modelId }
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
