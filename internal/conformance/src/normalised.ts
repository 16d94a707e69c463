/** What is drawn by chance, or depends on it: write ids, digests, ids made of the time. */
const DRAWN = /sha256:[0-9a-f]{64}|\b[0-9a-f]{32}\b|\d{4}-\d\d-\d\d_\d{6}_run-\d{4}/g

/** A value as JSON has it, with what is drawn replaced by names in the order of appearance, and where the store lies by another. */
export function normalised(value: unknown, location: string): unknown {
  const text = JSON.stringify(value === undefined ? null : value, (_, each) =>
    typeof each === 'bigint' ? `${each}n` : each,
  )
  const names = new Map<string, string>()
  const named = text.replaceAll(location, '<store>').replaceAll(DRAWN, (drawn) => {
    if (!names.has(drawn)) names.set(drawn, `<drawn ${names.size + 1}>`)
    return names.get(drawn) as string
  })
  return JSON.parse(named)
}
