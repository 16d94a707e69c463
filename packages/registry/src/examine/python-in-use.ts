import { existsSync } from 'node:fs'
import type { Examination } from './examination.js'

/** Whether the Python project shares this models dir: its pointer, a line or the policy of its own inference is there, or the configuration says so. */
export function isPythonInUse(
  { active, history, layout }: Pick<Examination, 'active' | 'history' | 'layout'>,
  pythonInterop: boolean,
): boolean {
  const itsPointer = active.status === 'valid' && active.pointer.write_id === undefined
  const itsLine = history.entries.some(({ source }) => source === undefined || source === 'external')
  return pythonInterop || itsPointer || itsLine || existsSync(layout.inferencePolicy)
}
