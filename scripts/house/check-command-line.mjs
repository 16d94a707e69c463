// What the command line may ask of the libraries, and how long it may be.
// No library: dependency-cruiser sees which files import each other, not which names they take.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'

/** Words, flags, tables and exit codes take no more. */
const MOST_LINES = 5500

/**
 * The values that it may take of the packages that decide, and that read and write pointers and bundles: use cases, words, tables of
 * codes. Whatever else it wants to know is a use case that is missing, in `registry` first of all. Types may be taken freely.
 */
const MAY_TAKE = {
  'active-pointer': ['ACTIVE_POINTER_ERRORS'],
  'selection-policy': ['POLICY_PRESETS', 'absentAdvice', 'blameText'],
  'registry-core': [
    'BUNDLE_FILES',
    'REGISTRY_ERRORS',
    'RegistryError',
    'canonicalDigest',
    'instantOf',
    'lookAtModelsDir',
    'shortInstant',
  ],
  'infer-resolver': [
    'RELOAD_ERRORS',
    'RESOLVE_ERRORS',
    'ReloadError',
    'ResolveError',
    'createModelReloader',
    'resolveModelDir',
    'startModel',
  ],
  promotion: ['PROMOTION_ERRORS', 'PromotionError', 'toPromotionJson'],
}

const IMPORT = /^(?:import|export) \{([^}]*)\} from '@taskclf\/([a-z-]+)'/gm

/** Everything in which the command line of this tree does more than it may. */
export function checkCommandLine(root) {
  const dir = join(root, 'packages/cli/src')
  if (!existsSync(dir)) return []
  const files = readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  const texts = files.map((file) => ({ file: relative(root, file), text: readFileSync(file, 'utf8') }))
  const lines = texts.reduce((sum, { text }) => sum + text.split('\n').length - 1, 0)
  const found = texts.flatMap(({ file, text }) =>
    [...text.matchAll(IMPORT)].flatMap(([, names, name]) =>
      valuesIn(names)
        .filter((value) => !(MAY_TAKE[name]?.includes(value) ?? true))
        .map((value) => `${file}: takes ${value} of ${name}; ask a use case of registry, or add one`),
    ),
  )
  if (lines > MOST_LINES)
    found.push(
      `packages/cli/src: ${lines} lines; at most ${MOST_LINES}, what decides or reads is a library's`,
    )
  return found
}

function valuesIn(names) {
  return names
    .split(',')
    .map((name) => name.trim().replace(/ as .*/, ''))
    .filter((name) => name !== '' && !name.startsWith('type '))
}
