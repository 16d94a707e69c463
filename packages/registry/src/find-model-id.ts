import { readHistory, type StoreLook } from '@taskclf/active-pointer'
import { collectBundles, whyUnusableName } from '@taskclf/registry-core'
import { RegistryUseError } from './errors.js'

/**
 * The id that a text means: itself where something has that name, or had it in the history, else the one id that begins with it. Where
 * none does, the text is returned as it is: the verb that it is given to says what is wrong.
 *
 * @throws RegistryUseError `ambiguous_model` where several ids begin with it, with those in `details.candidates`.
 */
export async function findModelId(look: StoreLook, text: string): Promise<string> {
  if (whyUnusableName(text) !== undefined || (await look.bundles.has(text))) return text
  const all = await collectBundles(look.bundles, { useIndex: true })
  const candidates = all.map(({ modelId }) => modelId).filter((modelId) => modelId.startsWith(text))
  // Of a model that was removed the id is whole, however many others begin with it.
  if (candidates.length === 0 || (await isInHistory(look, text))) return text
  const [only, ...others] = candidates
  if (others.length === 0 && only !== undefined) return only
  throw ambiguous(text, candidates)
}

async function isInHistory(look: StoreLook, modelId: string): Promise<boolean> {
  const { entries } = await readHistory(look)
  return entries.some(
    ({ old, new: made }) =>
      made.model_id === modelId || old?.model_id === modelId || made.withdrawn?.includes(modelId),
  )
}

const MOST_NAMED = 10

function ambiguous(text: string, candidates: readonly string[]): RegistryUseError {
  const rest = candidates.length - MOST_NAMED
  const named = candidates.slice(0, MOST_NAMED).join(', ') + (rest > 0 ? ` and ${rest} more` : '')
  const message = `${JSON.stringify(text)} begins ${candidates.length} ids: ${named}`
  return new RegistryUseError('ambiguous_model', message, { text, candidates: [...candidates] })
}
