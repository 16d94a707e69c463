import type { PolicyShow } from '@taskclf/documents'
import type { GlobalOptions } from '@taskclf/flags'
import { loadPolicy } from '@taskclf/settings'
import { escapeJson } from '@taskclf/terminal'
import type { Context, Outcome } from '../../../command.js'
import { CliError } from '../../../errors.js'
import { EXIT } from '../../../exit-codes.js'

/** The policy named by the word, else the one that the settings name. */
export async function run(
  { words, policy: flag }: GlobalOptions,
  { settings, cwd }: Context,
): Promise<Outcome<PolicyShow>> {
  const [named] = words
  if (named !== undefined && flag !== undefined) {
    throw new CliError('usage', 'a policy is named twice', { hint: 'name it as a word or by --policy' })
  }
  const { policy, source, digest } = await (named === undefined
    ? settings.policy()
    : loadPolicy({ text: named, base: cwd }, () => settings.modelsDir))
  return { data: { source, digest, policy }, exitCode: EXIT.done, notes: [] }
}

/** The policy as a file would hold it: what is printed can be saved and used. */
export function text({ policy }: PolicyShow): string {
  return `${escapeJson(JSON.stringify(policy, null, 2))}\n`
}
