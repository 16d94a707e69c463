import { createHash } from 'node:crypto'

/** What is needed of a pointer to follow it through the history. */
interface PointerLike {
  model_id: string
  selected_at: string
  write_id?: string
  revision?: number
  line?: string
}

interface LineLike {
  old: PointerLike | null
  new: PointerLike
  write_id?: string
  revision?: number
  prev?: string | null
}

/** A line, and the digest of its bytes. */
type Hashed = LineLike & { digest: string }

/** The lines that lead to a pointer, oldest first, or why they do not. */
export type CheckedChain = { ok: true; chain: LineLike[] } | { ok: false; why: string }

/**
 * Checks on the bytes alone (no production code) what must hold of a models dir at any instant: the pointer is whole,
 * its line is there, and going backwards every `old` has its own line, down to the first; revisions grow along the way, and who names
 * the line before by its digest names that one.
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
  const { line: tip, ...rest } = pointer
  let wanted: PointerLike | null = rest
  let digest: string | null | undefined = tip
  let at = lines.length
  while (wanted !== null) {
    const found = lastOf(lines, at, wanted)
    if (found === -1) {
      if (foreignTip && chain.length === 0 && wanted.write_id === undefined) break
      return { ok: false, why: `no line before ${at} for revision ${wanted.revision} (${wanted.model_id})` }
    }
    const line = lines[found] as Hashed
    if (digest !== undefined && digest !== line.digest)
      return { ok: false, why: `revision ${line.revision} is named ${digest}, and is ${line.digest}` }
    const before = chain[0]?.revision ?? Number.POSITIVE_INFINITY
    if (!((line.revision ?? 0) < before))
      return { ok: false, why: `revision ${line.revision} before ${before}` }
    chain.unshift(line)
    wanted = line.old
    digest = line.prev
    at = found
  }
  if (typeof digest === 'string') return { ok: false, why: `${digest} is named where nothing was` }
  return { ok: true, chain }
}

function linesOf(bytes: Uint8Array): Hashed[] {
  return Buffer.from(bytes)
    .toString('latin1')
    .split('\n')
    .flatMap((text) => {
      const line = parse<LineLike | null>(text)
      if (typeof line !== 'object' || line === null || typeof line.new !== 'object') return []
      const digest = createHash('sha256').update(text, 'latin1').digest('hex')
      return [{ ...line, digest: `sha256:${digest}` }]
    })
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
