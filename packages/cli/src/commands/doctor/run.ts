import { worstFirst } from '@taskclf/registry'
import type { GlobalOptions, Outcome } from '../../command.js'
import type { Context } from '../../context.js'
import type { Doctor } from '../../documents/others.js'
import { EXIT } from '../../exit-codes.js'
import { registryOf } from '../shared/open-registry.js'
import { checkEnvironment } from './check-environment.js'
import { checkPredicting } from './check-predicting.js'

export { text } from './text.js'

/** Has the registry examined, and adds what only the command line can tell. */
export async function run(_options: GlobalOptions, context: Context): Promise<Outcome<Doctor>> {
  const { settings, env, progress } = context
  const registry = await registryOf(context)
  const { modelsDir, findings, loaded } = await registry.examine({
    runsDir: settings.runsDir,
    pythonInterop: settings.pythonInterop,
    onProgress: (modelId, at, of) => progress.update(`loading ${at} of ${of}: ${modelId}`),
  })
  const said = worstFirst([
    ...findings,
    ...checkEnvironment(env),
    // Only what was loaded can be asked; that not all were is said above.
    ...(await checkPredicting(loaded, settings)),
  ])
  const ok = said.every(({ level }) => level !== 'error')
  return {
    data: { models_dir: modelsDir.root, ok, findings: said },
    exitCode: ok ? EXIT.done : EXIT.no,
    notes: [],
  }
}
