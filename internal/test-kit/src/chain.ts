/** What is needed of a pointer to follow it through the history. */
interface PointerLike {
  model_id: string
  selected_at: string
  write_id?: string
  revision?: number
}

interface LineLike {
  old: PointerLike | null
  new: PointerLike
  write_id?: string
  revision?: number
}

/** The lines that lead to a pointer, oldest first, or why they do not. */
export type CheckedChain = { ok: true; chain: LineLike[] } | { ok: false; why: string }

/**
 * Checks on the bytes alone (no production code) what must hold of a models dir at any instant: the pointer is whole,
 * its line is there, and going backwards every `old` has its own line, down to the first; revisions grow along the way.
 * `foreignTip`: the pointer may be another program's that nobody has adopted yet.
 */
export function checkChain(
  pointerBytes: Uint8Array | undefined,
  historyBytes: Uint8Array | undefined,
  foreignTip = false,
): CheckedChain {
  if (pointerBytes === undefined) return { ok: true, chain: [] }
  const pointer = parse<PointerLike>(Buffer.from(pointerBytes).toString('latin1'))
  if (pointer === undefined) return { ok: false, why: 'the pointer is not whole' }
  const lines = linesOf(historyBytes ?? new Uint8Array())
  const chain: LineLike[] = []
  let wanted: PointerLike | null = pointer
  let at = lines.length
  while (wanted !== null) {
    const found = lastOf(lines, at, wanted)
    if (found === -1) {
      if (foreignTip && chain.length === 0 && wanted.write_id === undefined) break
      return { ok: false, why: `no line before ${at} for revision ${wanted.revision} (${wanted.model_id})` }
    }
    const line = lines[found] as LineLike
    const before = chain[0]?.revision ?? Number.POSITIVE_INFINITY
    if (!((line.revision ?? 0) < before))
      return { ok: false, why: `revision ${line.revision} before ${before}` }
    chain.unshift(line)
    wanted = line.old
    at = found
  }
  return { ok: true, chain }
}

function linesOf(bytes: Uint8Array): LineLike[] {
  return Buffer.from(bytes)
    .toString('latin1')
    .split('\n')
    .map((line) => parse<LineLike>(line))
    .filter((line) => typeof line === 'object' && line !== null && typeof line.new === 'object')
    .filter((line) => line !== undefined)
}

function lastOf(lines: readonly LineLike[], before: number, pointer: PointerLike): number {
  for (let i = before - 1; i >= 0; i--) {
    const line = lines[i] as LineLike
    const same =
      pointer.write_id === undefined
        ? line.new.model_id === pointer.model_id && line.new.selected_at === pointer.selected_at
        : line.write_id === pointer.write_id && JSON.stringify(line.new) === JSON.stringify(pointer)
    if (same) return i
  }
  return -1
}

function parse<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T
  } catch {
    return undefined
  }
}
