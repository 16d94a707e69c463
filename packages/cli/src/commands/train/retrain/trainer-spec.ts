import { dirname, resolve } from 'node:path'
import type { OptionsOf } from '@taskclf/flags'
import { type RunSpec, resolveProfile, splitCommand } from '@taskclf/runs'
import type { Context } from '../../../command.js'
import { CliError } from '../../../errors.js'
import type { trainRetrain } from './command.js'

/** The trainer that flags and configuration name. */
export function trainerSpec(
  options: OptionsOf<typeof trainRetrain.flags>,
  { cwd, settings }: Context,
): RunSpec {
  const { trainer, profile, seed, 'time-limit': seconds } = options
  const overrides = {
    ...(seed !== undefined && { seed }),
    ...(seconds !== undefined && { timeLimitMs: seconds * 1000 }),
  }
  if ((trainer === undefined) === (profile === undefined)) throw oneTrainer(trainer)
  if (trainer !== undefined) {
    const [command, ...args] = splitCommand(trainer)
    return { command, args, cwd, ...overrides }
  }
  const spec = resolveProfile(settings.profiles, profile ?? '', overrides)
  // Paths in a configuration start from where it is.
  const base = settings.configFile === undefined ? cwd : dirname(settings.configFile)
  return { ...spec, cwd: resolve(base, spec.cwd ?? '.') }
}

function oneTrainer(trainer: string | undefined): CliError {
  const message =
    trainer === undefined
      ? 'no trainer: give --trainer or --profile'
      : '--trainer and --profile exclude each other'
  return new CliError('usage', message, { hint: 'taskclf train retrain --help shows both' })
}
