import { headLine, INDEX_RULES } from '../format/index-format.js'

/** The second line of an index that this process writes, and would believe. */
export function ownHeadLine(root: string): string {
  const reader = `${process.geteuid?.() ?? ''}:${process.getegid?.() ?? ''}`
  return headLine({ version: 1, rules: INDEX_RULES, root, reader })
}
