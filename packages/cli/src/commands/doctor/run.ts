import { worstFirst } from '@taskclf/registry'
import type { GlobalOptions, Outcome } from '../../command.js'
import type { Context } from '../../context.js'
import type { Doctor } from '../../documents/others.js'
import { CliError } from '../../errors.js'
import { EXIT } from '../../exit-codes.js'
import { registryOf } from '../shared/open-registry.js'
import { ask } from './ask.js'
import { checkEnvironment } from './check-environment.js'
import { checkPredicting } from './check-predicting.js'

export { text } from './text.js'

type Options = GlobalOptions & { fix: boolean; yes: boolean }

/** Has the registry examined, repaired first where that is asked for, and adds what only the command line can tell. */
export async function run({ fix, yes }: Options, context: Context): Promise<Outcome<Doctor>> {
  if (yes && !fix) throw new CliError('usage', '--yes answers the questions of --fix, which was not given')
  const { settings, env } = context
  const { modelsDir, findings, loaded, steps } = await look(context, fix, yes)
  const said = worstFirst([
    ...findings,
    ...checkEnvironment(env),
    // Only what was loaded can be asked; that not all were is said above.
    ...(await checkPredicting(loaded, settings)),
  ])
  const ok = said.every(({ level }) => level !== 'error')
  return {
    data: { models_dir: modelsDir.root, ok, findings: said, ...(steps && { repairs: [...steps] }) },
    exitCode: ok ? EXIT.done : EXIT.no,
    notes: [],
  }
}

async function look(context: Context, fix: boolean, yes: boolean) {
  const { settings, progress } = context
  const registry = await registryOf(context)
  const how = {
    runsDir: settings.runsDir,
    pythonInterop: settings.pythonInterop,
    onProgress: (modelId: string, at: number, of: number) =>
      progress.update(`loading ${at} of ${of}: ${modelId}`),
  }
  if (!fix) return { ...(await registry.examine(how)), steps: undefined }
  return registry.repair({ ...how, confirm: (question) => yes || ask(question, context) })
}
