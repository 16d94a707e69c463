import fc from 'fast-check'

type Members = Record<string, unknown>

/** The document with one or two members, anywhere inside, that are missing, are one of the odd values, or are new. */
export function changedDocument(document: unknown, odd: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const once = changed(document, odd)
  return fc.oneof(
    once,
    once.chain((other) => changed(other, odd)),
  )
}

function changed(document: unknown, odd: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  if (typeof document !== 'object' || document === null) return odd
  const members = document as Members
  const entries = Object.entries(members)
  if (entries.length === 0) return odd
  const any = fc.constantFrom(...entries).chain(([name, value]) =>
    fc.oneof(
      {
        weight: 4,
        arbitrary: changed(value, odd).map((other): Members => ({ ...members, [name]: other })),
      },
      { weight: 1, arbitrary: odd.map((other): Members => ({ ...members, more: other })) },
      { weight: 1, arbitrary: fc.constant(Object.fromEntries(entries.filter(([key]) => key !== name))) },
    ),
  )
  return Array.isArray(document) ? any.map((list) => Object.values(list)) : fc.oneof(any, odd)
}
