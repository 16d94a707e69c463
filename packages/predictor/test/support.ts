import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type FeatureRow,
  loadPredictor,
  PredictorError,
  type Runtime,
  type RuntimeLoader,
} from '@taskclf/predictor'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { demoDir, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect } from 'vitest'

export const BEST = '2026-03-02_031009_run-8935'

export async function validBundle(dir: string): Promise<LocalValidBundle> {
  const bundle = await readBundle(dir)
  if (bundle.status !== 'valid') throw new Error(JSON.stringify(bundle.problems))
  return bundle
}

/** A bundle in a directory of its own, by the test-kit's literal bytes. */
export function makeBundle(
  spec: Parameters<typeof writeBundle>[2] = {},
  id = 'run-1',
): Promise<LocalValidBundle> {
  return validBundle(writeBundle(join(scratchDir(), 'models'), id, spec))
}

/** windows.csv as a reader of CSV gives it: texts, null where a cell is empty. None of its cells is quoted. */
export function demoRows(): Record<string, string | null>[] {
  const [header = '', ...lines] = readFileSync(join(demoDir, 'windows.csv'), 'utf8').trimEnd().split(/\r?\n/)
  const names = header.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(names.map((name, i) => [name, cells[i] === '' ? null : (cells[i] as string)]))
  })
}

/** A runtime that answers what `of` makes of the numbers it is shown. */
export function toy(
  featureNames: readonly string[],
  numOutputs: number,
  of: (row: Float64Array) => ArrayLike<number>,
): Runtime {
  return {
    featureNames,
    numOutputs,
    predictRows: (rows, count, out = new Float64Array(count * numOutputs)) => {
      const width = featureNames.length
      for (let r = 0; r < count; r++) out.set(of(rows.subarray(r * width, (r + 1) * width)), r * numOutputs)
      return out
    },
  }
}

/** A bundle whose only artifact is model.toy. */
export const toyBundle = (
  spec: { metadata?: Record<string, unknown>; files?: Record<string, string> } = {},
) => makeBundle({ ...spec, files: { 'model.txt': null, 'model.toy': 'toy', ...spec.files } })

export const asLoader =
  (runtime: Runtime): RuntimeLoader =>
  () =>
    runtime

/** What the encoder of a toy bundle with these columns makes of the rows. */
export async function encoded(
  columns: readonly string[],
  rows: readonly FeatureRow[],
  spec: { metadata?: Record<string, unknown>; encoders?: Record<string, string[]> } = {},
): Promise<number[]> {
  const bundle = await toyBundle({
    ...(spec.metadata && { metadata: spec.metadata }),
    ...(spec.encoders && { files: { 'categorical_encoders.json': JSON.stringify(spec.encoders) } }),
  })
  const runtime = toy(columns, 2, () => [0.5, 0.5])
  const predictor = await loadPredictor(bundle, { loaders: { 'model.toy': asLoader(runtime) } })
  return Array.from(predictor.encode(rows))
}

/** The PredictorError that a promise rejects with. */
export async function failure(promise: Promise<unknown>): Promise<PredictorError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  expect(error).toBeInstanceOf(PredictorError)
  return error as PredictorError
}
