// Models dirs for measuring: copies of the twelve bundles that the Python project wrote, under new names.
import { linkSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const FIXTURES = fileURLToPath(
  new URL('../../internal/test-kit/fixtures/registry/models', import.meta.url),
)
const FILES = [
  'metadata.json',
  'metrics.json',
  'categorical_encoders.json',
  'confusion_matrix.csv',
  'model.txt',
]
/** The artifact is looked at and not read: a short one does. */
const MODEL_BYTES = 4000

/** Writes `count` bundles. With `linked` their files are hard links to twelve sets: for counts that would take minutes. */
export function makeModels(dir, count, { linked = false } = {}) {
  mkdirSync(dir, { recursive: true })
  const sources = readdirSync(FIXTURES)
    .filter((name) => name.startsWith('2'))
    .map((name) => FILES.map((file) => [file, content(join(FIXTURES, name, file), file)]))
  const firsts = []
  for (let i = 0; i < count; i++) {
    const bundle = join(dir, `run-${String(i).padStart(6, '0')}`)
    mkdirSync(bundle)
    const files = sources[i % sources.length]
    for (const [file, bytes] of files) {
      const path = join(bundle, file)
      const first = firsts[i % sources.length]
      if (linked && first !== undefined) linkSync(join(first, file), path)
      else writeFileSync(path, bytes)
    }
    firsts[i % sources.length] ??= bundle
  }
  return dir
}

function content(path, file) {
  const bytes = readFileSync(path)
  return file === 'model.txt' ? bytes.subarray(0, MODEL_BYTES) : bytes
}
