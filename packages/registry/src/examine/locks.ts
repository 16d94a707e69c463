import { readdirSync } from 'node:fs'
import { errnoOf } from '@taskclf/durable-fs'

/** The locks in the private directory, and what their owners are about to do. */
export const LOCKS = { 'active.lock': 'switch', 'publish.lock': 'publish' } as const

/** The names in a directory that need not be there. */
export function namesIn(dir: string): string[] {
  try {
    return readdirSync(dir).sort()
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return []
    throw error
  }
}
