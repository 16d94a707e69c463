import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { readSmallFile } from '@taskclf/durable-fs'
import { MAX_DOCUMENT_BYTES, parseStrictJson } from '@taskclf/registry-core'
import { RegistryUseError } from '../errors.js'

const FIGURE = /^([^=]+)=(.*)$/s

/**
 * Metrics as people give them: `auc=0.87`, several with commas between, or the name of a JSON file. Nothing is derived or guessed.
 *
 * @param texts - What was given, each a figure, several, or a file.
 * @param base - Absolute path that relative ones start from.
 * @throws RegistryUseError `invalid_metric`, `file_unreadable`, `import_contradicts` for a metric with two values.
 * @example
 * ```ts
 * readMetricsGiven(['auc=0.87,log_loss=0.36'], process.cwd()) // { auc: 0.87, log_loss: 0.36 }
 * ```
 */
export function readMetricsGiven(texts: readonly string[], base: string): Record<string, unknown> {
  const metrics: Record<string, unknown> = {}
  for (const text of texts) {
    const isFile = !text.includes('=') || existsSync(resolve(base, text))
    const found = isFile ? objectIn(resolve(base, text)) : figuresIn(text)
    for (const [name, value] of Object.entries(found)) {
      if (Object.hasOwn(metrics, name) && metrics[name] !== value)
        throw new RegistryUseError('import_contradicts', `${name} is given twice, with different values`)
      metrics[name] = value
    }
  }
  return metrics
}

function figuresIn(text: string): Record<string, number> {
  return Object.fromEntries(
    text.split(',').map((part) => {
      const [, name = '', figure = ''] = FIGURE.exec(part) ?? []
      const value = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?\s*$/i.test(figure)
        ? Number(figure)
        : Number.NaN
      if (name.trim() !== '' && Number.isFinite(value)) return [name.trim(), value]
      const message = `${JSON.stringify(part)} is not a metric: it takes a name, = and a number`
      throw new RegistryUseError('invalid_metric', message, { text: part })
    }),
  )
}

/**
 * Labels as people give them: a file (a JSON list, or one a line), or the labels with commas between.
 *
 * @throws RegistryUseError `file_unreadable`.
 * @example
 * ```ts
 * readLabelsGiven('stays,leaves', process.cwd()) // ['stays', 'leaves']
 * ```
 */
export function readLabelsGiven(text: string, base: string): string[] {
  const path = resolve(base, text)
  if (!existsSync(path) && text.includes(',')) return text.split(',').map((label) => label.trim())
  const bytes = bytesOf(path)
  const written = new TextDecoder().decode(bytes).trim()
  if (!written.startsWith('[')) return written.split(/\r?\n/).filter((line) => line !== '')
  const parsed = parseStrictJson(bytes, path)
  if (parsed.ok && Array.isArray(parsed.value) && parsed.value.every((each) => typeof each === 'string'))
    return parsed.value
  throw new RegistryUseError('file_unreadable', `${path} is not a list of labels`, { path })
}

/** The object that a JSON file holds. */
export function objectIn(path: string): Record<string, unknown> {
  const parsed = parseStrictJson(bytesOf(path), path)
  const [twice] = parsed.ok ? parsed.duplicateKeys : []
  if (parsed.ok && twice === undefined && isObject(parsed.value)) return parsed.value
  const why = parsed.ok
    ? twice === undefined
      ? 'is not a JSON object'
      : `has ${twice} twice`
    : parsed.problem.message
  throw new RegistryUseError('file_unreadable', `${path}: ${why}`, { path })
}

function bytesOf(path: string): Uint8Array {
  const file = readSmallFile(path, { maxBytes: MAX_DOCUMENT_BYTES })
  if (file.ok) return file.bytes
  throw new RegistryUseError('file_unreadable', file.message, { path })
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
