import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { PolicyInit } from '@taskclf/documents'
import { errnoOf, writeFileAtomic } from '@taskclf/durable-fs'
import { draftPolicy } from '@taskclf/registry'
import type { Policy } from '@taskclf/selection-policy'
import { acceptedPolicy } from '@taskclf/settings'
import { escapeText } from '@taskclf/terminal'
import type { Context, Note, OptionsFor, Outcome } from '../../../command.js'
import { CliError } from '../../../errors.js'
import { EXIT } from '../../../exit-codes.js'
import { modelsDirIfAny } from '../models-dir-if-any.js'
import type { policyInit } from './command.js'

type Options = OptionsFor<typeof policyInit>

/** Writes the file whole or not at all; an existing one only with `--force`. */
export async function run(options: Options, context: Context): Promise<Outcome<PolicyInit>> {
  const { words, force } = options
  const file = resolve(context.cwd, words[0] ?? 'policy.json')
  const { policy, notes } = await drafted(options, context)
  const bytes = Buffer.from(`${JSON.stringify(policy, null, 2)}\n`)
  if (force) await writeFileAtomic(file, bytes)
  else create(file, bytes)
  return { data: { file, policy }, exitCode: EXIT.done, notes }
}

async function drafted(options: Options, { settings }: Context): Promise<{ policy: Policy; notes: Note[] }> {
  const { gate: gates, policy: preset } = options
  const metric = metricOf(options)
  if (preset === undefined) {
    const requirement = await settings.requirement()
    const asked = { gates, requirement, ...(metric && { metric }) }
    const { parsed, notes } = await draftPolicy(modelsDirIfAny(settings), asked)
    return { policy: acceptedPolicy(parsed, 'what was asked for'), notes }
  }
  if (metric !== undefined || gates.length > 0)
    throw new CliError('usage', '--policy says all of it: --metric and --gate do not go with it')
  return { policy: (await settings.policy()).policy, notes: [] }
}

function metricOf({ metric, higher, lower }: Options) {
  if (metric === undefined && !higher && !lower) return undefined
  if (metric !== undefined && higher !== lower) return { metric, order: higher ? 'desc' : 'asc' } as const
  throw new CliError('usage', 'a metric goes with one of --higher and --lower', {
    hint: '--metric auc --higher where the largest value is the best, --metric rmse --lower where the least is',
  })
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
