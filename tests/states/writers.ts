import { join } from 'node:path'
import { ask, type Case, type Told } from './launch.js'
import { BY_POLICY, CANDIDATE, lastBefore, type Pointed, pointedAt } from './make-state.js'
import type { WriterId } from './table.mjs'

/** What those who switch make of a state, in the words of the table. */
export const WRITERS: Readonly<Record<WriterId, (given: Case) => Promise<string>>> = {
  promote: (given) =>
    switched(given, ['train', 'promote', join(given.dir, CANDIDATE)], CANDIDATE, ({ selection }) =>
      replacedModel(selection.incumbent?.model_id),
    ),
  select: (given) =>
    switched(given, ['model', 'select', '--activate'], BY_POLICY, ({ decision }) =>
      replacedModel(decision.incumbent),
    ),
  setActive: (given) =>
    switched(given, ['model', 'set-active', '--model-id', BY_POLICY], BY_POLICY, previousOf),
  rollback: (given) => switched(given, ['model', 'rollback'], lastBefore(given.made), previousOf),
}

/**
 * Written is said only where the pointer names what it should, and where the command named what it put that in the place of.
 */
async function switched(
  given: Case,
  words: string[],
  wanted: string,
  replaced: (said: Told['said']) => Partial<Pointed>,
): Promise<string> {
  let before: Pointed | undefined
  const made = {
    ...given.made,
    damage: async (models: string) => {
      await given.made.damage?.(models)
      before = pointedAt(models)
    },
  }
  const { code, said, changed } = await ask({ ...given, made }, words)
  if (code !== 0) return `exit ${code}: ${said.error?.code}${changed ? ', written' : ''}`
  const { status, modelId } = pointedAt(given.models)
  if (!changed) return 'nothing written'
  if (status !== 'valid' || modelId !== wanted) return `written: ${modelId}`
  const named = replaced(said)
  const isSaid = Object.entries(named).every(([key, value]) => before?.[key as keyof Pointed] === value)
  return isSaid ? 'written' : `written, as if in place of ${JSON.stringify(named)}`
}

function previousOf({ previous }: Told['said']): Pointed {
  return { status: previous.status, modelId: previous.model_id }
}

/** Who decides by policy knows of a model alone. */
function replacedModel(modelId: string | null | undefined): Partial<Pointed> {
  return { modelId: modelId ?? null }
}
