import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { type Report, toRegistryReportJson } from '@taskclf/documents'
import { writeFileAtomic } from '@taskclf/durable-fs'
import { renderReport } from '@taskclf/report'
import { escapeText } from '@taskclf/terminal'
import type { Context, Note, OptionsFor, Outcome } from '../../command.js'
import { CliError } from '../../errors.js'
import { EXIT } from '../../exit-codes.js'
import { ownVersion } from '../../own-version.js'
import { registryOf } from '../shared/open-registry.js'
import type { report } from './command.js'

const sha256 = (text: string) => createHash('sha256').update(text).digest('base64')

/** Looks at the registry, and writes the page whole or not at all. */
export async function run(
  { out, json }: OptionsFor<typeof report>,
  context: Context,
): Promise<Outcome<Report>> {
  if (json && out === '-')
    throw new CliError('usage', '--json and --out - both write to standard output', {
      hint: 'give --out a file',
    })
  const { settings, now, cwd, pipes } = context
  const { source, digest } = await settings.policy()
  const name = out ?? (json ? undefined : 'registry.html')
  const file = name === undefined || name === '-' ? null : resolve(cwd, name)
  const registry = await registryOf(context)
  const data = toRegistryReportJson(await registry.report(), {
    taskclf: ownVersion(),
    generated_at: now().toISOString(),
    file,
    policy_source: source,
    policy_digest: digest,
  })
  const page = name === undefined ? '' : renderReport(data, { sha256 })
  if (file !== null) await writeFileAtomic(file, Buffer.from(page))
  else pipes.stdout.write(page)
  return { data, exitCode: EXIT.done, notes: notesOf(data) }
}

/** The page says it at its top; a script that has it made should hear it, too. */
function notesOf({ serving: { state, problem, serves } }: Report): Note[] {
  if (problem === null) return []
  const instead = serves === null ? 'nothing serves' : `${serves} serves in its place`
  if (state !== 'absent') return [{ level: 'warning', ...problem, message: `${problem.message}; ${instead}` }]
  return [
    {
      level: 'note',
      ...problem,
      message: `${problem.message}; ${serves === null ? instead : `the best by policy serves: ${serves}`}`,
    },
  ]
}

/** Where it was written. */
export function text({ file }: Report): string {
  return file === null ? '' : `${escapeText(file)}\n`
}
