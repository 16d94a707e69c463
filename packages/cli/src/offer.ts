import { complete, type Declaration, NO_OPTIONS, placeFlags } from '@taskclf/flags'
import { POLICY_PRESETS } from '@taskclf/selection-policy'
import { loadSettings } from '@taskclf/settings'
import { EXIT, type ExitCode } from './exit-codes.js'
import type { Io } from './io.js'

/** Prints what the completion scripts ask for: a candidate a line. */
export async function offer(
  words: readonly string[],
  io: Io,
  commands: readonly Declaration[],
): Promise<ExitCode> {
  const settings = await loadSettings({ ...NO_OPTIONS, ...placeFlags(words) }, io)
  const places = {
    modelsDir: () => settings.modelsDir,
    families: settings.familyNames,
    policies: Object.keys(POLICY_PRESETS),
  }
  const described = io.env.SHELL?.endsWith('zsh') ?? false
  for (const word of complete(words, commands, places, described)) io.stdout.write(`${word}\n`)
  return EXIT.done
}
