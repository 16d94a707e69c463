import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type FileSystem, nodeFileSystem } from '@taskclf/durable-fs'
import { scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { enoughFor } from '../src/format/enough-lines.js'
import type { ActivePointer } from '../src/index.js'
import { readHistoryTail } from '../src/local/history-tail.js'
import { readDocument, readLines } from '../src/local/read-bytes.js'

const pointer = (revision: number): ActivePointer => ({
  model_dir: 'models/run-a',
  model_id: 'run-a',
  selected_at: `2026-03-01T00:00:00.${String(revision).padStart(6, '0')}+00:00`,
  policy_version: 1,
  withdrawn: [],
  revision,
  write_id: `w-${revision}`,
})

/** Lines 1 … n, each of about so many bytes. */
function historyOf(count: number, bytes: number): string {
  const path = join(scratchDir(), 'active_history.jsonl')
  const lines = Array.from({ length: count }, (_, i) => {
    const made = pointer(i + 1)
    const line = { at: made.selected_at, old: null, new: made, revision: i + 1, write_id: made.write_id }
    return `${JSON.stringify({ ...line, decision: 'x'.repeat(bytes) })}\n`
  })
  writeFileSync(path, lines.join(''))
  return path
}

type Opened = Awaited<ReturnType<FileSystem['openRead']>>

/** The file system, with a record of what was read and of what stays open. */
function observed() {
  const reads: [number, number][] = []
  let open = 0
  const { readSmall: _, ...slow } = nodeFileSystem
  const fileSystem: FileSystem = {
    ...slow,
    openRead: async (path) => {
      const file = await nodeFileSystem.openRead(path)
      open++
      return {
        size: () => file.size(),
        write: (bytes) => file.write(bytes),
        sync: () => file.sync(),
        chmod: (mode) => file.chmod(mode),
        chown: (uid, gid) => file.chown(uid, gid),
        read: (position, length) => {
          reads.push([position, length])
          return file.read(position, length)
        },
        close: () => {
          open--
          return file.close()
        },
      }
    },
  }
  return { fileSystem, reads, stillOpen: () => open }
}

const revisions = (lines: { line: { revision?: number } }[]) => lines.map(({ line }) => line.revision)
const KIB = 1024

describe('the end of a history', () => {
  it('returns all of a short history, in one read', async () => {
    const path = historyOf(3, 10)
    const { fileSystem, reads, stillOpen } = observed()
    const { lines, whole } = await readHistoryTail(fileSystem, path, enoughFor(undefined))
    expect([revisions(lines), whole]).toEqual([[1, 2, 3], true])
    expect(reads).toEqual([[0, readFileSync(path).length]])
    expect(stillOpen()).toBe(0)
  })

  it('reads a history that just fills a block as a whole', async () => {
    const path = historyOf(1, 10)
    const missing = 16 * KIB - readFileSync(path).length
    writeFileSync(path, `${' '.repeat(missing - 1)}\n${readFileSync(path, 'utf8')}`)
    const { fileSystem, reads } = observed()
    expect((await readHistoryTail(fileSystem, path, enoughFor(undefined))).whole).toBe(true)
    expect(reads).toEqual([[0, 16 * KIB]])
  })

  it('returns the last whole lines of a long history, and reads nothing before', async () => {
    const path = historyOf(200, 700)
    const size = readFileSync(path).length
    const { fileSystem, reads } = observed()
    const { lines, whole } = await readHistoryTail(fileSystem, path, enoughFor(pointer(200)))
    expect(reads).toEqual([[size - 16 * KIB, 16 * KIB]])
    expect(whole).toBe(false)
    const first = lines[0]?.line.revision as number
    expect(first).toBeGreaterThan(180)
    expect(revisions(lines)).toEqual(Array.from({ length: 201 - first }, (_, i) => first + i))
  })

  it('goes further back for eight lines', async () => {
    const path = historyOf(200, 4 * KIB)
    const size = readFileSync(path).length
    const { fileSystem, reads } = observed()
    const { lines } = await readHistoryTail(fileSystem, path, enoughFor(pointer(200)))
    expect(reads.map(([, length]) => length)).toEqual([16 * KIB, 64 * KIB])
    expect(reads.map(([position, length]) => position + length)).toEqual([size, size])
    expect(lines.length).toBeGreaterThanOrEqual(8)
    expect(lines.at(-1)?.line.revision).toBe(200)
  })

  it('is enough with eight lines', async () => {
    // A block holds the end of a ninth line before them.
    const path = historyOf(100, 1_700)
    const { fileSystem, reads } = observed()
    const { lines } = await readHistoryTail(fileSystem, path, enoughFor(undefined))
    expect([lines.length, reads.length]).toEqual([8, 1])
  })

  it.each([1, 100])('goes further back for the line of a pointer: revision %d', async (revision) => {
    const path = historyOf(200, 700)
    const { fileSystem, reads, stillOpen } = observed()
    const { lines } = await readHistoryTail(fileSystem, path, enoughFor(pointer(revision)))
    expect(revisions(lines)).toContain(revision)
    expect(reads.length).toBeGreaterThan(1)
    expect(stillOpen()).toBe(0)
  })

  it("goes further back for a line of ours, past any number of another program's", async () => {
    const path = historyOf(3, 10)
    const { revision, write_id, withdrawn, ...theirs } = pointer(9)
    const line = `${JSON.stringify({ at: theirs.selected_at, old: null, new: theirs })}\n`
    writeFileSync(path, line.repeat(1_000), { flag: 'a' })
    const { lines, whole } = await readHistoryTail(nodeFileSystem, path, enoughFor(theirs))
    expect([revisions(lines).slice(0, 4), whole]).toEqual([[1, 2, 3, undefined], true])
  })

  it('is enough with one line of ours among others, which says what is withdrawn', async () => {
    const path = historyOf(200, 700)
    const { revision, write_id, withdrawn, ...theirs } = pointer(9)
    const line = (more: object) => JSON.stringify({ at: 'x', old: null, new: theirs, ...more })
    writeFileSync(path, `${line({})}\n`, { flag: 'a' })
    const mixed = observed()
    await readHistoryTail(mixed.fileSystem, path, enoughFor(theirs))
    expect(mixed.reads.length).toBe(1)
    for (const half of [{ revision: 300 }, { new: { ...theirs, withdrawn: [] } }]) {
      writeFileSync(path, `${line(half)}\n`.repeat(200), { flag: 'a' })
      const { fileSystem, reads } = observed()
      await readHistoryTail(fileSystem, path, enoughFor(undefined))
      expect(reads.length).toBeGreaterThan(1)
    }
  })

  it('returns nothing for no file, and an error for what cannot be read', async () => {
    const { fileSystem, stillOpen } = observed()
    const none = await readHistoryTail(fileSystem, join(scratchDir(), 'none'), enoughFor(undefined))
    expect(none).toEqual({ lines: [], problems: [], whole: true })
    await expect(readHistoryTail(fileSystem, scratchDir(), enoughFor(undefined))).rejects.toMatchObject({
      code: expect.stringMatching(/^E/),
    })
    expect(stillOpen()).toBe(0)
  })

  it('reads a history that the first writer makes at that very moment; a link to nowhere stays an error', async () => {
    const path = join(scratchDir(), 'history.jsonl')
    const late: FileSystem = {
      ...nodeFileSystem,
      openRead: async (name): Promise<Opened> => {
        const gone = await nodeFileSystem.openRead(name).catch((error: Error) => error)
        if (!(gone instanceof Error)) return gone
        writeFileSync(path, '')
        throw gone
      },
    }
    expect(await readHistoryTail(late, path, enoughFor(undefined))).toEqual({
      lines: [],
      problems: [],
      whole: true,
    })
    rmSync(path)
    expect(await readLines(path, late)).toMatchObject({ lines: [] })
    rmSync(path)
    symlinkSync('nowhere', path)
    for (const read of [
      readHistoryTail(nodeFileSystem, path, enoughFor(undefined)),
      readLines(path, nodeFileSystem),
    ])
      await expect(read).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

describe('a document', () => {
  it('is read through the given file system, which it leaves closed', async () => {
    const path = historyOf(1, 10)
    const { fileSystem, reads, stillOpen } = observed()
    const bytes = new Uint8Array(readFileSync(path))
    expect(await readDocument(path, fileSystem)).toEqual({ status: 'present', bytes: Buffer.from(bytes) })
    expect(reads).toEqual([[0, bytes.length]])
    expect(await readDocument(`${path}.none`, fileSystem)).toEqual({ status: 'absent' })
    expect(await readLines(`${path}.none`, fileSystem)).toEqual({ lines: [], problems: [] })
    expect(stillOpen()).toBe(0)
  })

  it('is read the same the quick way', async () => {
    const path = historyOf(1, 10)
    expect(await readDocument(path, nodeFileSystem)).toEqual({ status: 'present', bytes: readFileSync(path) })
    expect(await readDocument(`${path}.none`, nodeFileSystem)).toEqual({ status: 'absent' })
    expect(await readDocument(scratchDir(), nodeFileSystem)).toMatchObject({
      status: 'refused',
      problem: { code: 'not_a_file', message: expect.stringContaining('not') },
    })
  })
})
