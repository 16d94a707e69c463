import { createHash } from 'node:crypto'
import { basename, join } from 'node:path'
import type { FileSystem } from '@taskclf/durable-fs'
import type { LocalValidBundle } from '@taskclf/registry-core'
import { checkChain } from '../../../../internal/test-kit/src/chain.js'
import { localStore, type SwitchOptions, writeActiveAtomic } from '../../src/index.js'
import type { Play } from './explore.js'
import { type Step, SteppingDisk } from './stepping-disk.js'

/** Who plays, where, and what is changed of the file system on purpose. */
export interface SwitchSetting {
  models: string
  bundle: LocalValidBundle
  writers: number
  /** A defect of the protocol, as another file system: given that of a process, answers what it has instead. */
  defect?: (fileSystem: FileSystem, lockDir: string) => FileSystem
}

interface Process {
  /** Where it waits, and in which phase of it. */
  at?: { step: Step; phase: number }
  /** What it has seen so far, which is all that it can be different by. */
  seen: string[]
  answer?: string
  /** Wakes whoever waits for it to wait again. */
  arrived: () => void
}

/** Several writers that switch at once, each overtaking whoever holds the lock: as if every holder were stopped for long. */
export function switchPlay({ models, bundle, writers, defect }: SwitchSetting): Play {
  const lockDir = join(models, '.taskclf', 'active.lock')
  const processes: Process[] = Array.from({ length: writers }, () => ({ seen: [], arrived: () => {} }))
  const names = new Map<string, string>()
  const held = new Set<string>()
  const read = new Map<number, string>()
  const of = (i: number): Process => processes[i] as Process
  const disk = new SteppingDisk([join(models, '.taskclf')], lockDir, (i, step) => {
    of(i).at = { step, phase: 0 }
    of(i).arrived()
  })
  disk.onReplace = (i, path, there) => {
    if (basename(path) !== 'active.json') return
    if ((there ?? '') !== (read.get(i) ?? ''))
      throw new Error(`lost update: ${i} replaces ${there}, and read ${read.get(i)}`)
  }
  disk.onRead = (i, path, what) => {
    of(i).seen.push(`${basename(path)}=${what}`)
    if (basename(path) === 'active.json') read.set(i, what ?? '')
  }
  const canonical = (text: string): string => {
    for (const [token, name] of names) if (text.includes(token)) return text.replaceAll(token, name)
    return text.replace(/^active-[0-9a-f]+\.json$/, 'staged')
  }

  async function settled(i: number, act: () => void): Promise<void> {
    const arrived = new Promise<void>((resolve) => {
      of(i).arrived = resolve
    })
    act()
    await arrived
  }

  /** The names of an owner become those of its process; a name that comes back is an end of everything. */
  function learn(i: number, fileSystem: FileSystem): FileSystem {
    return {
      ...fileSystem,
      mkdir: async (path) => {
        const token = basename(path).split('~').at(-1) as string
        if (basename(path).includes('~')) names.set(token, `P${i}`)
        await fileSystem.mkdir(path)
      },
      rename: async (from, to) => {
        await fileSystem.rename(from, to)
        if (to !== lockDir) return
        const name = from.slice(lockDir.length + '.new-'.length)
        if (held.has(name)) throw new Error(`the name ${canonical(name)} came back`)
        held.add(name)
      },
    }
  }

  function writer(i: number): void {
    const real = disk.of(i)
    const sleep = () =>
      new Promise<void>((resolve) => {
        const settle = () => resolve()
        of(i).at = { step: { name: 'sleep', phases: [() => undefined], settle }, phase: 0 }
        of(i).arrived()
      })
    const lock = {
      staleAfterMs: 0,
      monotonicNow: () => 0,
      sleep,
      isAlive: () => 'alive',
    } as SwitchOptions['lock']
    const fileSystem = learn(i, defect ? defect(real, lockDir) : real)
    writeActiveAtomic(localStore(models, { fileSystem }), bundle, {
      source: 'promotion',
      lock: lock as NonNullable<typeof lock>,
    }).then(
      ({ revision }) => finish(i, `done ${revision}`),
      (error) => finish(i, `${(error as { code?: string }).code}: ${(error as Error).message}`),
    )
  }

  function finish(i: number, answer: string): void {
    of(i).answer = answer
    of(i).at = undefined as never
    of(i).arrived()
  }

  function take(i: number): void {
    const { at, seen } = of(i)
    if (at === undefined) throw new Error(`${i} has nothing to do`)
    const { step } = at
    try {
      const value = step.phases[at.phase]?.()
      seen.push(`${step.name}:${noted(step.name, value)}`)
      if (++at.phase < step.phases.length) {
        of(i).arrived()
        return
      }
      step.settle({ value })
    } catch (error) {
      if ((error as { code?: string }).code === undefined) throw error
      seen.push(`${step.name}:${(error as { code: string }).code}`)
      step.settle({ error })
    }
  }

  function noted(name: string, value: unknown): string {
    if (Array.isArray(value)) return value.map((entry) => canonical(String(entry))).join()
    return typeof value === 'object' && value !== null ? name : String(value)
  }

  return {
    start: async () => {
      for (let i = 0; i < writers; i++) await settled(i, () => writer(i))
    },
    waiting: () => processes.flatMap(({ at }, i) => (at === undefined ? [] : [i])),
    step: (i) => settled(i, () => take(i)),
    state: () => {
      const locals = processes.map(({ at, seen, answer }) =>
        [at?.step.name, at?.phase, ...seen, answer].join(' '),
      )
      const text = [disk.describe(canonical), ...locals].join('\n')
      return createHash('sha1').update(text).digest('base64')
    },
    end: async () => {
      const left = disk.namesIn(lockDir)
      if (left.length > 0) throw new Error(`left in the lock: ${left.map(canonical).join()}`)
      const answers = processes.map(({ answer }) => answer ?? '')
      const odd = answers.find((answer) => !/^(done|overtaken)/.test(answer))
      if (odd !== undefined) throw new Error(`answered ${odd}`)
      const [pointer, history] = ['active.json', 'active_history.jsonl'].map((name) =>
        disk.bytesOf(join(models, name)),
      )
      const checked = checkChain(pointer, history)
      if (!checked.ok) throw new Error(checked.why)
      const done = answers.filter((answer) => answer.startsWith('done'))
      const chain = checked.chain.map(({ revision }) => `done ${revision}`)
      if (done.sort().join() !== chain.sort().join())
        throw new Error(`answered ${done}, and the chain is ${chain}`)
    },
  }
}
