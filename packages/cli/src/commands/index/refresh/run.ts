import { readWithdrawn } from '@taskclf/active-pointer'
import { refreshIndex } from '@taskclf/promotion'
import { lookAtModelsDir } from '@taskclf/registry-core'
import type { GlobalOptions, Outcome } from '../../../command.js'
import type { Context } from '../../../context.js'
import type { IndexRefresh } from '../../../documents/registry-index.js'
import { EXIT } from '../../../exit-codes.js'
import { restrictionNotes } from '../../shared/notes.js'

export { text } from './text.js'

/** Reads every bundle and writes the index anew. */
export async function run(
  _options: GlobalOptions,
  { settings, now }: Context,
): Promise<Outcome<IndexRefresh>> {
  const [{ policy }, requirement] = [await settings.policy(), await settings.requirement()]
  const modelsDir = lookAtModelsDir(settings.modelsDir)
  const withdrawn = await readWithdrawn(modelsDir)
  const { best, ranked, excluded } = await refreshIndex(modelsDir, policy, requirement, { withdrawn, now })
  return {
    data: {
      models_dir: modelsDir.root,
      file: modelsDir.index,
      bundles: ranked.length + excluded.length,
      eligible: ranked.length,
      excluded: excluded.length,
      best: best?.bundle.modelId ?? null,
    },
    exitCode: EXIT.done,
    notes: restrictionNotes(requirement),
  }
}
