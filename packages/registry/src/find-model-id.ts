import { readHistory, type StoreLook } from '@taskclf/active-pointer'
import { collectBundles, idsBeginning, whyUnusableName } from '@taskclf/registry-core'
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
  const { found, named } = idsBeginning(
    text,
    all.map(({ modelId }) => modelId),
  )
  // Of a model that was removed the id is whole, however many others begin with it.
  if (found.length === 0 || (await isInHistory(look, text))) return text
  const [only, ...others] = found
  if (others.length === 0 && only !== undefined) return only
  const message = `${JSON.stringify(text)} begins ${found.length} ids: ${named}`
  throw new RegistryUseError('ambiguous_model', message, { text, candidates: [...found] })
}

async function isInHistory(look: StoreLook, modelId: string): Promise<boolean> {
  const { entries } = await readHistory(look)
  return entries.some(
    ({ old, new: made }) =>
      made.model_id === modelId || old?.model_id === modelId || made.withdrawn?.includes(modelId),
  )
}
