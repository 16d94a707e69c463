import type { GlobalOptions, Outcome } from '../../../command.js'
import type { Context } from '../../../context.js'
import type { IndexRefresh } from '../../../documents/registry-index.js'
import { EXIT } from '../../../exit-codes.js'
import { restrictionNotes } from '../../shared/notes.js'
import { registryOf } from '../../shared/open-registry.js'

export { text } from './text.js'

/** Reads every bundle and writes the index anew. */
export async function run(_options: GlobalOptions, context: Context): Promise<Outcome<IndexRefresh>> {
  const registry = await registryOf(context)
  const { modelsDir, report } = await registry.refreshIndex()
  const { best, ranked, excluded, requirement } = report
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
