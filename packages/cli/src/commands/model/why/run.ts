import { type ModelWhy, toWhyJson } from '@taskclf/documents'
import type { GlobalOptions } from '@taskclf/flags'
import type { Explanation, Registry } from '@taskclf/registry'
import { escapeText, painter, type Terminal } from '@taskclf/terminal'
import type { Context, Note, Outcome } from '../../../command.js'
import { EXIT } from '../../../exit-codes.js'
import { bundleWarningNotes } from '../../shared/bundle-warnings.js'
import { findModel } from '../../shared/find-model.js'
import { historyNotes } from '../../shared/notes.js'
import { registryOf } from '../../shared/open-registry.js'

/** Explains the active model, any model, or a switch of the past. */
export async function run({ words }: GlobalOptions, context: Context): Promise<Outcome<ModelWhy>> {
  const registry = await registryOf(context, { readOnly: true })
  const { subject, notes } = await subjectOf(registry, words[0])
  const why = await registry.why(subject)
  const isAnswered = why.verdict !== 'no_pointer' && why.verdict !== 'pointer_corrupt'
  return {
    data: toWhyJson(why),
    exitCode: isAnswered ? EXIT.done : EXIT.no,
    notes: [...notes, ...(why.subject === 'revision' ? historyNotes(why.history) : []), ...oddNotes(why)],
  }
}

/** A model by the beginning of its id, unless the word is a revision that there is. */
async function subjectOf(registry: Registry, word: string | undefined) {
  if (word === undefined) return { subject: word, notes: [] }
  const revision = /^[1-9]\d{0,15}$/.test(word) ? Number(word) : undefined
  if (revision !== undefined && (await registry.at({ revision })) !== undefined)
    return { subject: word, notes: [] }
  const { modelId, notes } = await findModel(registry, word)
  return { subject: modelId, notes }
}

/** The model's figures are part of every explanation: whether they agree with each other, too. */
function oddNotes({ bundle }: Explanation): Note[] {
  return bundle?.status === 'valid' ? bundleWarningNotes(bundle) : []
}

/** The explanation, a sentence a line. */
export function text({ explanation }: ModelWhy, terminal: Terminal): string {
  const [first = '', ...rest] = explanation
  const lines = [painter(terminal).bold(escapeText(first)), ...rest.map((line) => `  ${escapeText(line)}`)]
  return lines.map((line) => `${line}\n`).join('')
}
