import { createCrashDisk, type Fault, instrument, seededRandom } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { appendLine, type FileSystem, writeFileAtomic } from '../src/index.js'

const OLD = 'one\ntwo\n'
const FAULTS: Fault[] = ['kill', 'short', ...['ENOSPC', 'EIO', 'EACCES', 'EROFS'].map((errno) => ({ errno }))]
const nameOf = (fault: Fault): string => (typeof fault === 'string' ? fault : fault.errno)

type Disk = ReturnType<typeof createCrashDisk>
type Act = (fileSystem: FileSystem) => Promise<void>

const replace: Act = (fileSystem) => writeFileAtomic('/d/file', Buffer.from('new\n'), { fileSystem })
const append: Act = (fileSystem) => appendLine('/d/file', ['three', 'four'], { fileSystem })

const textOf = (disk: Disk): string | undefined => disk.bytesOf('/d/file')?.toString()
const diskWith = (text?: string): Disk =>
  createCrashDisk({ dirs: ['/d'], files: text === undefined ? {} : { '/d/file': text } })

async function stepsOf(act: Act, text?: string): Promise<string[]> {
  const counted = instrument(diskWith(text).fileSystem)
  await act(counted.fileSystem)
  return counted.steps
}

/** Every step × every fault, then the power goes; `check` sees what survived and what had been answered. */
async function attack(
  act: Act,
  text: string | undefined,
  check: (survivor: Disk, said: string, live: Disk) => Promise<void> | void,
): Promise<string> {
  const random = seededRandom(4)
  const rows: string[] = []
  for (const [step, name] of (await stepsOf(act, text)).entries()) {
    const cells: string[] = []
    for (const fault of FAULTS) {
      const disk = diskWith(text)
      const faulty = instrument(disk.fileSystem, new Map([[step, fault]]))
      const said = await act(faulty.fileSystem).then(
        () => 'done',
        (error: { code: string }) => (faulty.killed ? 'killed' : error.code),
      )
      cells.push(`${nameOf(fault)}: ${said}`)
      for (let i = 0; i < 60; i++) {
        await check(disk.crash(random, i % 2 === 0 ? 'any' : 'journal'), said, disk)
      }
    }
    rows.push(`${step} ${name}`.padEnd(20) + cells.map((cell) => cell.padEnd(27)).join(''))
  }
  return rows.join('\n')
}

describe('an atomic write, at every step, under every fault, and the power gone after it', () => {
  it.each([OLD, undefined])('leaves old or new over %j, whole, and keeps what was done', async (text) => {
    const table = await attack(replace, text, async (survivor, said, live) => {
      expect(['new\n', text]).toContain(textOf(survivor))
      expect(['new\n', text]).toContain(textOf(live))
      if (said === 'done') expect(textOf(survivor)).toBe('new\n')
      if (said === 'write_failed') expect([textOf(live), textOf(survivor)]).toEqual([text, text])
      if (said === 'durability_unknown') expect(textOf(live)).toBe('new\n')
      await replace(survivor.fileSystem)
      expect(textOf(survivor)).toBe('new\n')
    })
    process.stdout.write(`\natomic write over ${JSON.stringify(text)}\n${table}\n`)
  })
})

describe('an appended line, at every step, under every fault, and the power gone after it', () => {
  it.each([OLD, 'one\ntwo\n{"torn', undefined])(
    'keeps what was there and has what was answered: to %j',
    async (text) => {
      const table = await attack(append, text, async (survivor, said) => {
        const survived = textOf(survivor)
        if (text !== undefined) expect(survived?.startsWith(text)).toBe(true)
        if (said === 'done') expect(survived?.endsWith('three\nfour\n')).toBe(true)
        // Whatever tail is left, the next line stands on its own.
        await appendLine('/d/file', ['next'], { fileSystem: survivor.fileSystem })
        const lines = textOf(survivor)?.split('\n') ?? []
        expect(lines.slice(-2)).toEqual(['next', ''])
        for (const line of text?.split('\n').slice(0, -1) ?? []) expect(lines).toContain(line)
      })
      process.stdout.write(`\nappend to ${JSON.stringify(text)}\n${table}\n`)
    },
  )
})
