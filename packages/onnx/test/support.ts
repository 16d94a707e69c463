import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { scratchDir, writeBundle } from '@taskclf/test-kit'

const at = (name: string) => fileURLToPath(new URL(`models/${name}`, import.meta.url))

interface Answers {
  columns: string[]
  rows: number[][]
  /** By model: what the library that trained it answers for each row. */
  answers: Record<string, number[][]>
}

export const { columns, rows, answers }: Answers = JSON.parse(readFileSync(at('answers.json'), 'utf8'))

export const modelBytes = (name: string) => new Uint8Array(readFileSync(at(name)))

/** The rows as objects by column. */
export const namedRows = rows.map((row) => Object.fromEntries(columns.map((name, i) => [name, row[i]])))

/** Where a bundle is made, and what of it is not as {@link writeOnnx} makes it. */
export interface OnnxBundle {
  labels?: readonly string[]
  files?: Record<string, string | Uint8Array>
  metadata?: Record<string, unknown>
}

/** Writes a bundle of one of the models, and returns its path. */
export function writeOnnx(modelsDir: string, id: string, model: string, spec: OnnxBundle = {}): string {
  return writeBundle(modelsDir, id, {
    metadata: { label_set: spec.labels ?? ['no', 'yes'], feature_names: columns, ...spec.metadata },
    files: { 'model.txt': null, 'model.onnx': modelBytes(`${model}.onnx`), ...spec.files },
  })
}

/** A bundle of one of the models, as it is read. */
export async function onnxBundle(model: string, spec: OnnxBundle = {}): Promise<LocalValidBundle> {
  const bundle = await readBundle(writeOnnx(scratchDir(), 'run-onnx', model, spec))
  if (bundle.status !== 'valid') throw new Error(JSON.stringify(bundle))
  return bundle
}
