import type { IndexRefresh } from '@taskclf/documents'
import type { GlobalOptions } from '@taskclf/flags'
import { renderFields, type Terminal } from '@taskclf/terminal'
import type { Context, Outcome } from '../../../command.js'
import { EXIT } from '../../../exit-codes.js'
import { restrictionNotes } from '../../shared/notes.js'
import { registryOf } from '../../shared/open-registry.js'

/** Reads every bundle and writes the index again. */
export async function run(_options: GlobalOptions, context: Context): Promise<Outcome<IndexRefresh>> {
  const registry = await registryOf(context)
  const { location, file, report } = await registry.refreshIndex()
  const { best, ranked, excluded, requirement } = report
  return {
    data: {
      models_dir: location,
      file,
      bundles: ranked.length + excluded.length,
      eligible: ranked.length,
      excluded: excluded.length,
      best: best?.bundle.modelId ?? null,
    },
    exitCode: EXIT.done,
    notes: restrictionNotes(requirement),
  }
}

/** What the index holds now. */
export function text({ file, bundles, eligible, excluded, best }: IndexRefresh, _terminal: Terminal): string {
  return renderFields([
    ['written', file],
    ['bundles', bundles],
    ['eligible', eligible],
    ['excluded', excluded],
    ['best', best],
  ])
}
