import type { Doctor } from '@taskclf/documents'
import type { GlobalOptions } from '@taskclf/flags'
import { worstFirst } from '@taskclf/registry'
import { checkEnvironment } from '@taskclf/settings'
import { escapeText, painter, type Terminal } from '@taskclf/terminal'
import type { Context, Outcome } from '../../command.js'
import { CliError } from '../../errors.js'
import { EXIT } from '../../exit-codes.js'
import { registryOf } from '../shared/open-registry.js'
import { ask } from './ask.js'
import { checkInfer, checkPredicting } from './check-predicting.js'

type Options = GlobalOptions & { fix: boolean; yes: boolean }

/** Has the registry examined, repaired first where that is asked for, and adds what only the command line can tell. */
export async function run({ fix, yes }: Options, context: Context): Promise<Outcome<Doctor>> {
  if (yes && !fix) throw new CliError('usage', '--yes answers the questions of --fix, which was not given')
  const { settings, env } = context
  const { modelsDir, findings, bundles, loaded, steps } = await look(context, fix, yes)
  const said = worstFirst([
    ...findings,
    ...checkEnvironment(env),
    ...(await checkInfer(bundles, settings)),
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
  const registry = await registryOf(context, { readOnly: !fix })
  const how = {
    runsDir: settings.runsDir,
    pythonInterop: settings.pythonInterop,
    onProgress: (modelId: string, at: number, of: number) =>
      progress.update(`loading ${at} of ${of}: ${modelId}`),
  }
  if (!fix) return { ...(await registry.examine(how)), steps: undefined }
  return registry.repair({ ...how, confirm: (question) => yes || ask(question, context) })
}

const MOST_MODELS = 5

const WORDS = { repaired: 'repaired', declined: 'not repaired', failed: 'failed' }

/** What was done, before what is left. */
function repaired(repairs: NonNullable<Doctor['repairs']>, paint: ReturnType<typeof painter>): string {
  if (repairs.length === 0) return 'nothing was repaired\n'
  const colours = { repaired: paint.green, declined: paint.yellow, failed: paint.red }
  const hint = '  it was not agreed to: answer y on a terminal, or give --yes\n'
  return repairs
    .map(({ outcome, code, message }) => {
      const line = `${colours[outcome](`${WORDS[outcome]}:`)} ${escapeText(message)} [${code}]\n`
      return outcome === 'declined' ? line + hint : line
    })
    .join('')
}

/** The findings, worst first, each with what to do. */
export function text({ models_dir, findings, repairs }: Doctor, terminal: Terminal): string {
  const paint = painter(terminal)
  const colours = { error: paint.red, warning: paint.yellow, note: paint.dim }
  const blocks = findings.map(({ level, code, message, advice, models = [] }) => {
    const rest = models.length > MOST_MODELS ? ` and ${models.length - MOST_MODELS} more` : ''
    const about =
      models.length < 2 ? '' : `  models: ${models.slice(0, MOST_MODELS).map(escapeText).join(', ')}${rest}\n`
    return `${colours[level](`${level}:`)} ${escapeText(message)} [${code}]\n${about}  ${escapeText(advice)}\n`
  })
  const counts = (['error', 'warning', 'note'] as const).map((level) => {
    const n = findings.filter((finding) => finding.level === level).length
    return `${n} ${level}${n === 1 ? '' : 's'}`
  })
  return `${repairs === undefined ? '' : repaired(repairs, paint)}${blocks.join('')}${escapeText(models_dir)}: ${counts.join(', ')}\n`
}
