// Writes every package's schemas/*.json from the zod schemas it exports. With --check it writes nothing and fails on drift.
// No library: zod makes the schemas; which of them are files of a package is ours.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** Package → file in schemas/ → the export (or the schema itself) that says what such a document is. */
const SCHEMAS = {
  'registry-core': {
    'metadata.v1.json': 'bundleMetadataSchema',
    'metrics.v1.json': 'bundleMetricsSchema',
    'manifest.v1.json': 'bundleManifestSchema',
    'categorical-encoders.v1.json': 'categoricalEncodersSchema',
    'self-test.v1.json': 'selfTestSchema',
    'feature-schema.v1.json': 'featureSchemaSchema',
  },
  'selection-policy': {
    'policy.v1.json': 'policyFileSchema',
    'selection-report.v1.json': 'selectionReportSchema',
  },
  'active-pointer': {
    'active.v1.json': 'activePointerSchema',
    'active-history.v1.json': 'historyLineSchema',
  },
  runs: {
    'trainer-event.v1.json': 'trainerEventSchema',
    'run-event.v1.json': 'runEventSchema',
    'run-spec.v1.json': 'runSpecFileSchema',
    'run-manifest.v1.json': 'runManifestSchema',
  },
  promotion: { 'promotion-result.v1.json': 'promotionResultSchema' },
  // The command line lists its own documents.
  cli: (await import('../packages/cli/dist/json-schemas.js')).JSON_SCHEMAS,
}

const root = fileURLToPath(new URL('..', import.meta.url))
const checkOnly = process.argv.includes('--check')
const only = process.argv.slice(2).filter((argument) => !argument.startsWith('--'))

// zod is the packages' dependency, not the root's: find it where they do, and as the module they import.
const zodDir = dirname(
  createRequire(join(root, 'packages/registry-core/package.json')).resolve('zod/package.json'),
)
const { z } = await import(pathToFileURL(join(zodDir, 'index.js')).href)

const drifted = []
for (const [name, files] of Object.entries(SCHEMAS)) {
  if (only.length > 0 && !only.includes(name)) continue
  const dir = join(root, 'packages', name)
  const exported = name === 'cli' ? {} : await import(pathToFileURL(join(dir, 'dist/index.js')).href)
  for (const [file, named] of Object.entries(files)) {
    const schema = typeof named === 'string' ? exported[named] : named
    if (schema === undefined)
      throw new Error(`@taskclf/${name} does not export ${named}; build it, or correct SCHEMAS`)
    sync(join(dir, 'schemas', file), render(name, file, schema))
  }
  for (const file of existing(join(dir, 'schemas'))) {
    if (!Object.hasOwn(files, file))
      drifted.push(`packages/${name}/schemas/${file} is not generated from anything`)
  }
}

if (drifted.length > 0) {
  process.stderr.write(`${drifted.join('\n')}\nRun: npm run build && npm run schemas\n`)
  process.exit(1)
}

function render(name, file, schema) {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  const $id = `urn:taskclf:${name}:${file.replace(/\.json$/, '')}`
  return `${JSON.stringify({ $schema, $id, ...rest }, null, 2)}\n`
}

function sync(path, text) {
  const shown = path.slice(root.length)
  if (read(path) === text) return
  if (checkOnly) {
    drifted.push(`${shown} is not what the code says`)
    return
  }
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
  process.stdout.write(`wrote ${shown}\n`)
}

function read(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    if (error.code === 'ENOENT') return undefined
    throw error
  }
}

function existing(dir) {
  try {
    return readdirSync(dir)
  } catch (error) {
    if (error.code === 'ENOENT') return []
    throw error
  }
}
