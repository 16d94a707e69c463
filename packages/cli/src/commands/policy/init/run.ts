import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { PolicyInit } from '@taskclf/documents'
import { errnoOf, writeFileAtomic } from '@taskclf/durable-fs'
import { escapeText } from '@taskclf/terminal'
import type { Context, OptionsFor, Outcome } from '../../../command.js'
import { CliError } from '../../../errors.js'
import { EXIT } from '../../../exit-codes.js'
import type { policyInit } from './command.js'

/** Writes the file whole or not at all; an existing one only with `--force`. */
export async function run(
  { words, force }: OptionsFor<typeof policyInit>,
  { settings, cwd }: Context,
): Promise<Outcome<PolicyInit>> {
  const file = resolve(cwd, words[0] ?? 'policy.json')
  const { policy } = await settings.policy()
  const bytes = Buffer.from(`${JSON.stringify(policy, null, 2)}\n`)
  if (force) await writeFileAtomic(file, bytes)
  else create(file, bytes)
  return { data: { file, policy }, exitCode: EXIT.done, notes: [] }
}

function create(file: string, bytes: Uint8Array): void {
  try {
    writeFileSync(file, bytes, { flag: 'wx' })
  } catch (error) {
    if (errnoOf(error) !== 'EEXIST') throw error
    throw new CliError('file_exists', `${file} is there already`, { hint: 'give another name, or --force' })
  }
}

/** Where it was written. */
export function text({ file }: PolicyInit): string {
  return `${escapeText(file)}\n`
}
