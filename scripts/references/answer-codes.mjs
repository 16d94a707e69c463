// Codes that are declared as types alone, from the API reports: answers, which nobody throws.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const packages = fileURLToPath(new URL('../../packages', import.meta.url))

/** The codes that a type spells out; those that it takes from other types are theirs. */
export function codesOf(type, directory) {
  const report = readFileSync(join(packages, directory, 'api/index.api.md'), 'utf8')
  const union = new RegExp(`^export type ${type} = (.+);$`, 'm').exec(report)?.[1]
  if (union === undefined) throw new Error(`${directory} exports no type ${type}; npm run api`)
  return [...union.matchAll(/'(\w+)'/g)].map(([, code]) => code)
}
