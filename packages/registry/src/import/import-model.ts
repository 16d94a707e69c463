import { basename, dirname, join, resolve } from 'node:path'
import { writeCandidate } from '@taskclf/promotion'
import {
  BUNDLE_FILES,
  type BundleChecks,
  type LocalValidBundle,
  readBundle,
  requireChecked,
  verifyBundle,
} from '@taskclf/registry-core'
import { RegistryUseError } from '../errors.js'
import { isModelsDir, isThere, requireUnpublished } from '../require-unpublished.js'
import { type CandidateDraft, completeDraft, draftDocuments, type GivenForImport } from './draft-candidate.js'
import { type FoundModel, findModelFile } from './find-model-file.js'
import type { ImportedFacts, ImportReader } from './model-reader.js'
import { objectIn } from './read-given.js'
import { readWhole } from './read-whole.js'

/** What {@link importModel} makes a candidate of. */
export interface ImportOptions extends GivenForImport {
  /** The directory that is made; nothing may be there. */
  out: string
  /** Whose bundles are published: the candidate must not be among them. */
  modelsDir: string
  reader: ImportReader
  /** How the candidate is tried before it is there. */
  checks?: BundleChecks
  now?: () => Date
}

/** A candidate that was made of a model file. */
export interface ImportedModel extends CandidateDraft {
  /** The candidate's directory. */
  path: string
  /** The model file that was given. */
  from: string
  /** What it is called in the candidate. */
  artifact: string
  facts: ImportedFacts
  bundle: LocalValidBundle
  /** Files beside the model that are part of the candidate. */
  taken: readonly string[]
  /** Files beside it that are not. */
  leftOut: readonly string[]
}

/**
 * Makes a candidate of a model file, or of a directory with one: of what is given, of the documents beside it, and of what the file
 * itself says. What is lacking is reported at once; a metric is never guessed. The candidate is there whole or not at all.
 *
 * @throws RegistryUseError `import_incomplete`, `import_contradicts`, `no_model_file`, `file_unreadable`, `file_exists`,
 * `published_bundle`, `invalid_bundle`. Whatever the reader throws for a damaged model. RegistryError with the code of a check.
 * @example
 * ```ts
 * const { path } = await importModel('model.txt', {
 *   out: 'candidate', modelsDir: 'models', reader: modelReader(), metrics: { auc: 0.87 },
 * })
 * ```
 */
export async function importModel(given: string, options: ImportOptions): Promise<ImportedModel> {
  const { out, modelsDir, reader, schema, checks, now = () => new Date() } = options
  requireUnpublished(out, modelsDir, 'a candidate is made elsewhere, and promoted from there')
  if (isThere(resolve(out))) throw occupied(out)
  const model = await findModelFile(given, reader)
  await requireWhole(model)
  const draft = draftDocuments(documentsOf(model), options, {
    modifiedMs: model.modifiedMs,
    nowMs: now().getTime(),
    source: sourceOf(given, model),
  })
  const { facts, data } = await look(model, draft, options)
  const { metadata, metrics, notes } = completeDraft(draft, facts, schema)
  const artifacts = [model.name, ...data.keys()]
  const whole = { ...metadata, ...artifactsKey(metadata, artifacts) }
  const taken = beside(model, artifacts)
  const leftOut = model.beside.filter((name) => name !== basename(model.path) && !taken.includes(name))
  const made = await writeCandidate(
    out,
    {
      copies: await copiesOf(model, taken, data),
      documents: { [BUNDLE_FILES.metrics]: textOf(metrics), [BUNDLE_FILES.metadata]: textOf(whole) },
    },
    (dir) => tryCandidate(dir, checks),
  )
  if (made === undefined) throw occupied(out)
  const { path, tried: bundle } = made
  const from = model.path
  return { path, from, artifact: model.name, metadata: whole, metrics, notes, facts, bundle, taken, leftOut }
}

/** A bundle that was published says what its files were: one that was changed since is not imported unnoticed. */
async function requireWhole({ dir, beside: names }: FoundModel): Promise<void> {
  if (dir === undefined || !names.includes(BUNDLE_FILES.manifest)) return
  const { ok, problems } = await verifyBundle(dir, { promoted: false, modelsDir: dir })
  if (ok) return
  const why = problems.map(({ message }) => message).join('; ')
  const message = `${dir} is not what its ${BUNDLE_FILES.manifest} says: ${why}. Take the original again, or remove ${BUNDLE_FILES.manifest} where this was changed on purpose`
  throw new RegistryUseError('invalid_bundle', message, { problems })
}

/** What the directory says already; its manifest is of another bundle. */
function documentsOf({ dir, beside }: FoundModel) {
  const read = (name: string) => (dir !== undefined && beside.includes(name) ? objectIn(join(dir, name)) : {})
  return { metadata: read(BUNDLE_FILES.metadata), metrics: read(BUNDLE_FILES.metrics) }
}

function sourceOf(given: string, { dir, path }: FoundModel): Record<string, string> {
  const place = resolve(given)
  if (dir !== undefined && isModelsDir(dirname(dir)))
    return { registry: dirname(dir), model_id: basename(dir), path: place }
  return { path: dir ?? path }
}

/** Asks the loader, which also shows what other files the model is made of. */
async function look(model: FoundModel, draft: CandidateDraft, { reader, schema }: ImportOptions) {
  const data = new Map<string, string>()
  const read = async (name: string) => {
    const path = join(dirname(model.path), name)
    if (name === '' || basename(name) !== name || name.startsWith('.')) {
      const message = `the model has data in ${JSON.stringify(name)}, which is not the name of a file beside it`
      throw new RegistryUseError('no_model_file', message, { path: model.path })
    }
    const { bytes, sha256 } = await readWhole(path)
    data.set(name, sha256)
    return bytes
  }
  const { name, path, bytes } = model
  const names = schema?.columns.map(([column]) => column)
  const given = names !== undefined && draft.metadata.feature_names === undefined
  try {
    const metadata = draft.metadata
    return { facts: await reader.look({ name, path, bytes, metadata, read }), data }
  } catch (error) {
    // A model whose columns nobody counts needs the names to be loaded at all.
    if (!given) throw error
    const metadata = { ...draft.metadata, feature_names: names }
    return { facts: await reader.look({ name, path, bytes, metadata, read }), data }
  }
}

/** `artifacts` where the names alone do not say it. */
function artifactsKey(metadata: Record<string, unknown>, names: readonly string[]) {
  const isPlain = names.length === 1 && names[0]?.startsWith('model.')
  return metadata.artifacts !== undefined || isPlain ? {} : { artifacts: [...names] }
}

/** Of a directory what a bundle reads besides its two documents. */
function beside({ beside: names, path }: FoundModel, artifacts: readonly string[]): string[] {
  const parts: string[] = [
    BUNDLE_FILES.encoders,
    BUNDLE_FILES.selfTest,
    BUNDLE_FILES.confusionMatrix,
    ...artifacts,
  ]
  const documents: string[] = [BUNDLE_FILES.metadata, BUNDLE_FILES.metrics]
  return names.filter((name) => name !== basename(path) && (parts.includes(name) || documents.includes(name)))
}

async function copiesOf(model: FoundModel, taken: readonly string[], data: ReadonlyMap<string, string>) {
  const copies: Record<string, { from: string; sha256: string }> = {
    [model.name]: { from: model.path, sha256: model.sha256 },
  }
  for (const [name, sha256] of data) copies[name] = { from: join(dirname(model.path), name), sha256 }
  for (const name of taken) {
    if (copies[name] !== undefined || name === BUNDLE_FILES.metadata || name === BUNDLE_FILES.metrics)
      continue
    const from = join(dirname(model.path), name)
    copies[name] = { from, sha256: (await readWhole(from)).sha256 }
  }
  return copies
}

async function tryCandidate(dir: string, checks: BundleChecks | undefined): Promise<LocalValidBundle> {
  const bundle = await readBundle(dir, { promoted: false, modelsDir: dir })
  if (bundle.status === 'invalid') {
    const all = bundle.problems.map(({ message }) => message).join('; ')
    throw new RegistryUseError('invalid_bundle', `this does not make a candidate: ${all}`, {
      problems: bundle.problems,
    })
  }
  await requireChecked(bundle, checks)
  return bundle
}

function occupied(out: string): RegistryUseError {
  return new RegistryUseError('file_exists', `${out} is there already`, { path: out })
}

const textOf = (document: object) => `${JSON.stringify(document, null, 2)}\n`
