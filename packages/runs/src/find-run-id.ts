import { readdir } from 'node:fs/promises'
import { errnoOf } from '@taskclf/durable-fs'
import { messageOf } from '@taskclf/errors'
import { idsBeginning, isId } from '@taskclf/registry-core'
import { RunsError } from './errors.js'

/**
 * The id of the run that a text means: itself where a run has that id, else the one id that begins with it. Where none does, the
 * text is returned as it is: what it is given to says what is wrong.
 *
 * @throws RunsError `ambiguous_run` where several ids begin with it, `store_failed` where the directory cannot be read.
 * @example
 * ```ts
 * await findRunId('runs', '20260401T09') // '20260401T090000Z-4f1c2a7b'
 * ```
 */
export async function findRunId(runsDir: string, text: string): Promise<string> {
  if (!isId(text)) return text
  const ids = await runIds(runsDir)
  if (ids.includes(text)) return text
  const { found, named } = idsBeginning(text, ids)
  const [only, ...others] = found
  if (only === undefined) return text
  if (others.length === 0) return only
  throw new RunsError('ambiguous_run', `${text} begins ${found.length} ids: ${named}`)
}

/** The ids of the runs there are; no runs dir, no runs. */
export async function runIds(runsDir: string): Promise<string[]> {
  try {
    const entries = await readdir(runsDir, { withFileTypes: true })
    return entries.filter((entry) => entry.isDirectory() && isId(entry.name)).map((entry) => entry.name)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return []
    throw new RunsError('store_failed', `${runsDir} cannot be read: ${messageOf(error)}`, { cause: error })
  }
}
