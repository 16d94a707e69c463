/** What is wrong, the file (see placeOf), the code as it is or a function of it, the code with the defect, the tests to ask. */
export type Defect = readonly [
  name: string,
  file: string,
  from: string | ((sound: string) => string),
  to: string | undefined,
  tests: readonly string[],
]
export const DEFECTS: readonly Defect[]
export function placeOf(file: string): string
export function plant(defect: Defect, sound: string): string
