import type { Built } from './load-built.mjs'

export declare function pageProblems(
  page: string,
  text: string,
  built: Built,
  used?: Set<string>,
): { line: number; what: string }[]
