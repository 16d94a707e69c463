// Switches when told to, and stops itself (SIGSTOP) just before the nth file operation after it took the lock; somebody
// lets it go on. Told each round by one JSON line on stdin; answers with one on stdout.
import { writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { ActivePointerError, localStore, writeActiveAtomic } from '@taskclf/active-pointer'
import { type FileSystem, nodeFileSystem } from '@taskclf/durable-fs'
import { bundlesOf } from './registry.js'

interface Told {
  models: string
  ids: string[]
  /** From 1; 0 never stops. */
  stopAt: number
  staleAfterMs?: number
}

/** The file system, with a stop before one of the operations that come after the lock was taken. */
function stopping(stopAt: number) {
  const steps: string[] = []
  let taken = false
  const wrap = <T extends object>(real: T, prefix: string): T =>
    new Proxy(real, {
      get(target, key) {
        const member: unknown = Reflect.get(target, key)
        if (typeof member !== 'function' || typeof key !== 'string') return member
        return async (...args: unknown[]): Promise<unknown> => {
          if (taken && steps.push(prefix + key) === stopAt) await stop(prefix + key)
          const result: unknown = await Reflect.apply(member, target, args)
          if (key === 'rename' && String(args[1]).endsWith('.lock')) taken = true
          return typeof result === 'object' && result !== null && 'sync' in result
            ? wrap(result, 'file.')
            : result
        }
      },
    })
  return { fileSystem: wrap<FileSystem>(nodeFileSystem, ''), steps }
}

async function stop(step: string): Promise<void> {
  writeSync(1, `${JSON.stringify({ stopped: step })}\n`)
  process.kill(process.pid, 'SIGSTOP')
  // The signal may come an instant after the call.
  await new Promise((resolve) => setTimeout(resolve, 5))
}

async function playRound({ models, ids, stopAt, staleAfterMs }: Told): Promise<object> {
  const { fileSystem, steps } = stopping(stopAt)
  const lock = { timeoutMs: 120_000, ...(staleAfterMs !== undefined && { staleAfterMs }) }
  try {
    const [bundle] = await bundlesOf(models, ids)
    if (bundle === undefined) throw new Error('no bundle')
    const { revision } = await writeActiveAtomic(localStore(models, { fileSystem }), bundle, {
      source: 'promotion',
      lock,
    })
    return { outcome: 'switched', revision, steps }
  } catch (error) {
    if (!(error instanceof ActivePointerError)) throw error
    return { outcome: error.code, message: error.message, steps }
  }
}

writeSync(1, '{"ready":true}\n')
for await (const line of createInterface({ input: process.stdin })) {
  writeSync(1, `${JSON.stringify(await playRound(JSON.parse(line) as Told))}\n`)
}
