import { isDeepStrictEqual } from 'node:util'
import type { FeatureSchema } from '@taskclf/registry-core'
import { isModelId, parseTimestamp } from '@taskclf/registry-core'
import { RegistryUseError } from '../errors.js'
import type { ImportedFacts } from './model-reader.js'

/** What is given for a candidate. */
export interface GivenForImport {
  metrics?: Readonly<Record<string, unknown>>
  createdAt?: string
  /** In the order of the model's outputs. */
  labels?: readonly string[]
  schema?: FeatureSchema
  task?: 'classification' | 'regression' | 'scores'
  id?: string
}

/** The documents of a candidate, and what had to be assumed. */
export interface CandidateDraft {
  metadata: Record<string, unknown> & { created_at: string }
  metrics: Record<string, unknown>
  notes: readonly { code: string; message: string }[]
}

type Documents = { metadata: Record<string, unknown>; metrics: Record<string, unknown> }

/** What the files say besides the documents. */
export interface ImportEvidence {
  modifiedMs: number
  nowMs: number
  /** Where the model comes from. */
  source: Record<string, string>
}

/**
 * The documents before the model is looked at: what the directory has, and what is given.
 *
 * @throws RegistryUseError `import_contradicts` with everything that is said twice, `import_incomplete` with everything that is lacking.
 */
export function draftDocuments(
  own: Documents,
  given: GivenForImport,
  evidence: ImportEvidence,
): CandidateDraft {
  const { createdAt, labels, schema, task, id } = given
  const stated = {
    ...(createdAt !== undefined && { created_at: createdAt }),
    ...(labels !== undefined && { label_set: [...labels] }),
    ...(schema !== undefined && { schema_hash: schema.hash }),
    ...(schema?.version !== undefined && { schema_version: schema.version }),
    ...(task !== undefined && { task }),
  }
  refuse('import_contradicts', [
    ...differences(own.metadata, stated, 'metadata.json'),
    ...differences(own.metrics, given.metrics ?? {}, 'metrics.json'),
    ...badId(id),
    ...badTime(createdAt),
  ])
  const metrics = { ...own.metrics, ...given.metrics }
  // The id of what was imported may be taken: another is what the flag is for.
  const metadata = { ...own.metadata, ...stated, ...(id !== undefined && { model_id: id }) }
  const written = writtenAt(metadata.created_at, evidence)
  refuse('import_incomplete', [
    ...(Object.keys(metrics).length === 0
      ? ['--metrics: what the model measured, as NAME=NUMBER or a JSON file; nothing is guessed']
      : []),
    ...(written === undefined ? ['--created-at: when the model was trained; its file is dated ahead'] : []),
  ])
  const notes =
    metadata.created_at === undefined
      ? [
          {
            code: 'created_at_assumed',
            message: `nothing says when the model was trained; created_at is when its file was written last, ${written}; --created-at states it`,
          },
        ]
      : []
  return {
    metadata: { source: evidence.source, ...metadata, created_at: written as string },
    metrics,
    notes,
  }
}

/** A file that is dated ahead says nothing. */
function writtenAt(stated: unknown, { modifiedMs, nowMs }: ImportEvidence): string | undefined {
  if (stated !== undefined) return stated as string
  return modifiedMs > nowMs + 1000 ? undefined : new Date(modifiedMs).toISOString()
}

/**
 * The documents once the model has been looked at.
 *
 * @throws RegistryUseError `import_contradicts` with everything in which the model is another than is said.
 */
export function completeDraft(
  draft: CandidateDraft,
  facts: ImportedFacts,
  schema: FeatureSchema | undefined,
): CandidateDraft {
  const { metadata } = draft
  const task = metadata.task ?? facts.task
  const labels = metadata.label_set as readonly string[] | undefined
  const names = schema?.columns.map(([name]) => name)
  refuse('import_contradicts', [...wrongLabels(labels, facts.outputs, task), ...wrongColumns(names, facts)])
  const takesNames = names !== undefined && facts.unnamed.length === facts.features.length
  return {
    ...draft,
    metadata: {
      ...metadata,
      ...(task !== undefined && { task }),
      ...(takesNames && metadata.feature_names === undefined && { feature_names: names }),
    },
    notes: [...draft.notes, ...assumptions(facts, task, labels, takesNames)],
  }
}

function wrongLabels(labels: readonly string[] | undefined, outputs: number, task: unknown): string[] {
  if (!Array.isArray(labels) || (task !== undefined && task !== 'classification')) return []
  if (outputs === labels.length || (outputs === 1 && labels.length === 2)) return []
  return [`the model has ${outputs} outputs, and ${labels.length} labels are given: ${labels.join(', ')}`]
}

function wrongColumns(names: readonly string[] | undefined, { features, unnamed }: ImportedFacts): string[] {
  if (names === undefined) return []
  if (unnamed.length === features.length) {
    if (names.length === features.length) return []
    return [`the model has ${features.length} columns, and the feature schema ${names.length}`]
  }
  const lacking = features.filter((name, place) => !unnamed.includes(place) && !names.includes(name))
  // LightGBM's own names for columns that nobody named.
  if (lacking.length === 0 || features.every((name) => /^Column_\d+$/.test(name))) return []
  return [`the model needs ${lacking.join(', ')}, which the feature schema does not have`]
}

function assumptions(
  { task: told, likelyTask, features, unnamed, outputs }: ImportedFacts,
  task: unknown,
  labels: readonly string[] | undefined,
  named: boolean,
): { code: string; message: string }[] {
  const likely = task ?? (labels === undefined ? (likelyTask ?? told) : 'classification')
  const found = (code: string, message: string) => [{ code, message }]
  return [
    ...(task === undefined && labels === undefined && likely !== undefined
      ? found(
          'task_assumed',
          `the model file does not say what it answers: probably ${likely}; --task states it`,
        )
      : []),
    ...(likely === 'classification' && labels === undefined
      ? found(
          'labels_assumed',
          `its ${Math.max(2, outputs)} classes are called by their numbers; --label-set names them`,
        )
      : []),
    ...(unnamed.length > 0 && !named
      ? found(
          'columns_by_place',
          `${unnamed.length} of ${features.length} columns have no name in the model file; --schema names them`,
        )
      : []),
  ]
}

function differences(
  own: Readonly<Record<string, unknown>>,
  given: Readonly<Record<string, unknown>>,
  file: string,
): string[] {
  return Object.entries(given)
    .filter(([key, value]) => Object.hasOwn(own, key) && !isDeepStrictEqual(own[key], value))
    .map(
      ([key, value]) =>
        `${key} is ${JSON.stringify(own[key])} in ${file}, and ${JSON.stringify(value)} is given`,
    )
}

const badId = (id: string | undefined) =>
  id === undefined || isModelId(id)
    ? []
    : [`${JSON.stringify(id)} cannot be an id: letters, digits, ".", "_" and "-", 128 at most`]

function badTime(text: string | undefined): string[] {
  const read = text === undefined ? undefined : parseTimestamp(text)
  return read === undefined || read.ok ? [] : [`--created-at: ${read.reason}`]
}

function refuse(code: 'import_contradicts' | 'import_incomplete', reasons: readonly string[]): void {
  if (reasons.length === 0) return
  const what =
    code === 'import_incomplete' ? 'more is needed for a candidate' : 'this does not make a candidate'
  throw new RegistryUseError(code, `${what}:\n${reasons.map((each) => `  ${each}`).join('\n')}`, {
    reasons: [...reasons],
  })
}
