/** What is wrong with one file of the repository, by the rules for its kind. */
export function violationsOf(file: string, read: () => string): { line: number; what: string }[]
