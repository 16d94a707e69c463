// What teams bring, written by hand as a trainer would write it: a candidate's directory, and rows; and what they read.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { equal, repository } from '../workbench.mjs'

export const fixtures = join(repository, 'internal/test-kit/fixtures')
export const readJson = (...path) => JSON.parse(readFileSync(join(...path), 'utf8'))

/** A candidate's directory: the model and two documents. */
export function writeCandidate(dir, model, metadata, metrics) {
  mkdirSync(dir, { recursive: true })
  cpSync(model, join(dir, metadata.artifacts?.[0] ?? 'model.txt'))
  const created_at = '2026-03-01T00:00:00Z'
  writeFileSync(join(dir, 'metadata.json'), JSON.stringify({ created_at, ...metadata }))
  writeFileSync(join(dir, 'metrics.json'), JSON.stringify(metrics))
}

/** Rows as a file of JSON lines, by name; a missing value is null. */
export function writeRows(path, names, rows) {
  const named = rows.map((row) => Object.fromEntries(names.map((name, i) => [name, row[i]])))
  writeFileSync(path, named.map((row) => `${JSON.stringify(row)}\n`).join(''))
}

export function readRows(path) {
  return readFileSync(path, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
}

/** One of the LightGBM models: where it is, its rows, and what LightGBM answers. */
export function lightgbmModel(name) {
  const from = join(fixtures, 'lightgbm', name)
  const { feature_names, prediction } = readJson(from, 'expected.json')
  return {
    model: join(from, 'model.txt'),
    names: feature_names,
    rows: readJson(from, 'rows.json'),
    prediction,
  }
}

/** Equal but for `within`, the difference of two libraries' e to a power, or of float32. */
export function near(what, found, expected, within) {
  equal(`how many: ${what}`, found.length, expected.length)
  const furthest = Math.max(...found.map((value, i) => Math.abs(value - expected[i])))
  if (furthest <= within) return
  throw new Error(`${what}: ${furthest} away, at most ${within}`)
}
