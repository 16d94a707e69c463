import { lstatSync, readdirSync } from 'node:fs'
import {
  type Bundle,
  bundlePath,
  type ModelsDirLook,
  RegistryError,
  readPromotedBundle,
  type ValidBundle,
} from '@taskclf/registry-core'
import { CliError } from '../../errors.js'
import { didYouMean } from '../../nearest.js'

/**
 * The bundle of this id in an opened models dir, valid or not.
 *
 * @throws CliError `invalid_model_id` for what could lead elsewhere, `unknown_model` with the nearest id.
 */
export async function promotedBundle(modelsDir: ModelsDirLook, id: string): Promise<Bundle> {
  const path = pathOf(modelsDir, id)
  if (lstatSync(path, { throwIfNoEntry: false }) === undefined) {
    const known = readdirSync(modelsDir.root).filter((name) => !name.startsWith('.'))
    const message = `there is no model ${JSON.stringify(id)} in ${modelsDir.root}${didYouMean(id, known)}`
    throw new CliError('unknown_model', message, { hint: 'taskclf train list --all shows what there is' })
  }
  return readPromotedBundle(modelsDir, id)
}

/**
 * As {@link promotedBundle}, but only a valid one.
 *
 * @throws CliError `invalid_bundle` with every problem.
 */
export async function validBundle(modelsDir: ModelsDirLook, id: string): Promise<ValidBundle> {
  const bundle = await promotedBundle(modelsDir, id)
  if (bundle.status === 'valid') return bundle
  const lines = bundle.problems.map(({ code, message }) => `  ${code}: ${message}`)
  throw new CliError('invalid_bundle', `${id} is not a valid bundle:\n${lines.join('\n')}`, {
    hint: `taskclf model inspect ${id} shows what could be read; no flag goes past validity`,
    details: { model_id: id, problems: bundle.problems },
  })
}

function pathOf(modelsDir: ModelsDirLook, id: string): string {
  try {
    return bundlePath(modelsDir.root, id)
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error
    throw new CliError('invalid_model_id', error.message, {
      hint: 'give the name as in taskclf train list',
      cause: error,
    })
  }
}
