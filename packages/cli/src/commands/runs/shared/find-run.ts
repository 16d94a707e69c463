import { findRunId } from '@taskclf/runs'
import type { Context, Note } from '../../../command.js'
import { runsDirOf } from './runs-dir.js'

/** The run that a word on the command line means, and a note where its id was completed. */
export async function findRun(
  options: { 'runs-dir': string | undefined; words: readonly string[] },
  context: Context,
): Promise<{ runsDir: string; id: string; notes: Note[] }> {
  const runsDir = runsDirOf(options, context)
  const [word = ''] = options.words
  const id = await findRunId(runsDir, word)
  if (id === word) return { runsDir, id, notes: [] }
  const message = `${word} is the beginning of ${id} alone`
  return { runsDir, id, notes: [{ level: 'note', code: 'id_completed', message }] }
}
