import type { Registry } from '@taskclf/registry'
import type { Note } from '../../command.js'

/** The id that a word on the command line means, and a note where it was completed: of what is written nobody should have to guess. */
export async function findModel(
  registry: Registry,
  word: string,
): Promise<{ modelId: string; notes: Note[] }> {
  const modelId = await registry.find(word)
  if (modelId === word) return { modelId, notes: [] }
  const message = `${word} is the beginning of ${modelId} alone`
  return { modelId, notes: [{ level: 'note', code: 'id_completed', message }] }
}
