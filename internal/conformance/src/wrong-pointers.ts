import type { ActiveState, PointerSnapshot, PointerStore } from '@taskclf/active-pointer'
import type { Overlay } from './wrap-store.js'

type OfPointer = NonNullable<Overlay['pointer']>

/** Writes what was decided on a snapshot that nobody kept from getting old. */
export function lostUpdate(real: PointerStore): Partial<PointerStore> {
  return {
    update: async (decide, options) => {
      let seen: PointerSnapshot | undefined
      const looked = await real.update(async (now) => {
        seen = now
        return undefined
      }, options)
      await new Promise((resolve) => setTimeout(resolve, 5))
      const change = await decide(seen as PointerSnapshot)
      await real.update(async () => change, options)
      return looked
    },
  }
}

/** Every fifth look finds half a pointer. */
export function tornRead(): OfPointer {
  let looks = 0
  return (real) => ({
    read: async () => {
      const found = await real.read()
      return found.status === 'valid' && ++looks % 5 === 0 ? torn(found) : found
    },
  })
}

function torn({ pointer }: ActiveState & { status: 'valid' }): ActiveState {
  const bytes = Buffer.from(JSON.stringify(pointer)).subarray(0, 40)
  return {
    status: 'corrupt',
    version: 'torn',
    problems: [{ code: 'malformed_json', message: 'half' }],
    bytes,
  }
}

/** The newest line first. */
export const reordered: OfPointer = (real) => ({
  history: async (enough) => {
    const found = await real.history(enough)
    return { ...found, lines: [...found.lines.slice(-1), ...found.lines.slice(0, -1)] }
  },
})

/** No more than the newest eight lines. */
export const forgetful: OfPointer = (real) => ({
  history: async (enough) => {
    const found = await real.history(enough)
    return { ...found, lines: found.lines.slice(-8) }
  },
})

/** The pointer is visible for a while before its line is. */
export const pointerFirst: OfPointer = (real) => ({
  update: async (decide, options) => {
    let lines: readonly string[] | undefined
    const receipt = await real.update(async (now) => {
      const change = await decide(now)
      lines = change?.lines
      return change && { ...change, lines: [] }
    }, options)
    await new Promise((resolve) => setTimeout(resolve, 5))
    if (lines === undefined) return receipt
    const late = lines
    await real.update(async ({ active }) => {
      if (active.status !== 'valid') return undefined
      const pointer = Buffer.from(`${JSON.stringify(active.pointer, null, 2)}\n`)
      return { lines: late, pointer, writeId: '0'.repeat(32), isEntrySafe: false }
    }, options)
    return receipt
  },
})

/** Lines are written twice, as by a retry that does not look. */
export const twice: OfPointer = (real) => ({
  update: (decide, options) =>
    real.update(async (now) => {
      const change = await decide(now)
      return change && { ...change, lines: [...change.lines, ...change.lines] }
    }, options),
})

/** Says that it has written, and has not. */
export const swallowed: OfPointer = (real) => ({
  update: (decide, options) =>
    real.update(async (now) => {
      await decide(now)
      return undefined
    }, options),
})
