import { basename, dirname, join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { DurableFsError, errnoOf, messageOf } from './errors.js'
import type { FileSystem } from './file-system.js'
import { type LockOwner, nameOfOwner, newLockOwner, ownerOfName } from './lock-owner.js'
import { nodeFileSystem } from './node-file-system.js'
import { currentProcess, isProcessAlive, type ProcessIdentity } from './process-identity.js'
import { removeTree } from './remove-tree.js'

/** How long to wait, whom to believe, and on what file system. */
export interface LockOptions {
  fileSystem?: FileSystem
  /** Longest wait in milliseconds before giving up. Default 30,000. */
  timeoutMs?: number
  /** A living owner seen holding for this long, in milliseconds, is taken for stopped and overtaken. Default 10,000. */
  staleAfterMs?: number
  /** Milliseconds that never go back. */
  monotonicNow?: () => number
  sleep?: (ms: number) => Promise<unknown>
  isAlive?: (owner: ProcessIdentity) => 'alive' | 'dead' | 'unknown'
}

/** A lock that is held. */
export interface Lock {
  /**
   * A directory of this holder alone. Temporary files lie here: whoever breaks the lock moves the directory away, so
   * a holder that was only stopped finds its later renames failing instead of overwriting.
   */
  readonly privateDir: string
  /** Owners, as `host pid N`, whose lock was broken on the way. */
  readonly broken: readonly string[]
  /** Whether no other has taken the lock over. */
  isHeld(): Promise<boolean>
  /** Gives the lock up; answers false when another had already taken it over. */
  release(): Promise<boolean>
}

const OCCUPIED = new Set(['ENOTEMPTY', 'EEXIST'])

/**
 * Takes a lock shared by all processes that see the directory. The lock is the directory `lockDir`, whose one entry
 * is the owner's private directory, named for host, boot, process, start time and a token never used twice. It is
 * taken by one rename and broken by one rename, so there is no moment without a known owner and no two breakers can
 * both hold it.
 *
 * An owner that is dead is overtaken at once, one that is stopped after `staleAfterMs`, one on another host or in
 * another PID namespace never.
 *
 * @throws DurableFsError `lock_timeout` after `timeoutMs`; `lock_foreign_owner` likewise when the owner is elsewhere;
 * `lock_failed` when the file system refuses.
 * @example
 * ```ts
 * const lock = await acquireLock('models/.taskclf/active.lock')
 * try { … } finally { await lock.release() }
 * ```
 */
export async function acquireLock(lockDir: string, options: LockOptions = {}): Promise<Lock> {
  const attempt = new Acquisition(lockDir, options)
  try {
    return await attempt.run()
  } catch (error) {
    await attempt.withdraw()
    if (error instanceof DurableFsError) throw error
    throw new DurableFsError(
      'lock_failed',
      lockDir,
      `${lockDir} cannot be locked: ${messageOf(error)}`,
      error,
    )
  }
}

class Acquisition {
  readonly #fs: FileSystem
  readonly #options: Required<Omit<LockOptions, 'fileSystem'>>
  readonly #name = nameOfOwner(newLockOwner(currentProcess()))
  readonly #staged: string
  readonly #broken: string[] = []
  readonly #seenSince = new Map<string, number>()

  constructor(
    readonly lockDir: string,
    options: LockOptions,
  ) {
    this.#fs = options.fileSystem ?? nodeFileSystem
    this.#options = {
      timeoutMs: options.timeoutMs ?? 30_000,
      staleAfterMs: options.staleAfterMs ?? 10_000,
      monotonicNow: options.monotonicNow ?? (() => performance.now()),
      sleep: options.sleep ?? delay,
      isAlive: options.isAlive ?? isProcessAlive,
    }
    this.#staged = `${lockDir}.new-${this.#name}`
  }

  async run(): Promise<Lock> {
    await this.#stage()
    const deadline = this.#options.monotonicNow() + this.#options.timeoutMs
    for (let round = 0; ; round++) {
      if (await this.#take()) break
      const blocking = await this.#breakOrName()
      if (this.#options.monotonicNow() >= deadline) throw this.#timedOut(blocking)
      if (blocking === undefined) continue
      // Grows to some milliseconds, with jitter so that waiters do not step in time.
      await this.#options.sleep(Math.min(1 + round / 4, 8) * (0.5 + Math.random()))
    }
    await this.#sweep()
    const privateDir = join(this.lockDir, this.#name)
    return {
      privateDir,
      broken: this.#broken,
      isHeld: async () => (await this.#owners()).includes(this.#name),
      release: () => this.#release(privateDir),
    }
  }

  async withdraw(): Promise<void> {
    await removeTree(this.#fs, this.#staged).catch(() => {})
  }

  async #stage(): Promise<void> {
    await this.#fs.mkdir(this.#staged).catch(async (error) => {
      if (errnoOf(error) !== 'ENOENT') throw error
      await this.#makeParent()
      await this.#fs.mkdir(this.#staged)
    })
    await this.#fs.mkdir(join(this.#staged, this.#name))
  }

  async #makeParent(): Promise<void> {
    await this.#fs.mkdir(dirname(this.lockDir)).catch((error) => {
      if (errnoOf(error) !== 'EEXIST') throw error
    })
  }

  async #take(): Promise<boolean> {
    try {
      await this.#fs.rename(this.#staged, this.lockDir)
      return true
    } catch (error) {
      if (OCCUPIED.has(errnoOf(error) ?? '')) return false
      throw error
    }
  }

  async #owners(): Promise<string[]> {
    try {
      return await this.#fs.readdir(this.lockDir)
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return []
      throw error
    }
  }

  /** Breaks what may be broken and answers undefined, or answers the name of the owner to wait for. */
  async #breakOrName(): Promise<string | undefined> {
    const name = (await this.#owners())[0]
    if (name === undefined) return undefined
    const owner = ownerOfName(name)
    const state = owner === undefined ? 'alive' : this.#options.isAlive(owner)
    const now = this.#options.monotonicNow()
    const since = this.#seenSince.get(name) ?? now
    this.#seenSince.set(name, since)
    const stopped = state === 'alive' && now - since >= this.#options.staleAfterMs
    if (state !== 'dead' && !stopped) return name
    await this.#break(name)
    return undefined
  }

  async #break(name: string): Promise<void> {
    const gone = `${this.lockDir}.gone-${name}`
    try {
      await this.#fs.rename(join(this.lockDir, name), gone)
    } catch (error) {
      // Another breaker was first, or the owner released it.
      if (errnoOf(error) === 'ENOENT') return
      throw error
    }
    this.#broken.push(describe(ownerOfName(name), name))
    await removeTree(this.#fs, gone).catch(() => {})
  }

  /** Removes what killed acquirers and breakers left behind. */
  async #sweep(): Promise<void> {
    const parent = dirname(this.lockDir)
    const staged = `${basename(this.lockDir)}.new-`
    const gone = `${basename(this.lockDir)}.gone-`
    for (const entry of await this.#fs.readdir(parent).catch((): string[] => [])) {
      const owner = entry.startsWith(staged) ? ownerOfName(entry.slice(staged.length)) : undefined
      const abandoned = owner !== undefined && this.#options.isAlive(owner) === 'dead'
      if (abandoned || entry.startsWith(gone)) await removeTree(this.#fs, join(parent, entry)).catch(() => {})
    }
  }

  async #release(privateDir: string): Promise<boolean> {
    try {
      await this.#fs.rmdir(privateDir).catch((error) => {
        if (!OCCUPIED.has(errnoOf(error) ?? '')) throw error
        return removeTree(this.#fs, privateDir)
      })
      return true
    } catch (error) {
      if (errnoOf(error) === 'ENOENT') return false
      throw new DurableFsError(
        'lock_failed',
        privateDir,
        `the lock was not released: ${messageOf(error)}`,
        error,
      )
    }
  }

  #timedOut(name = 'an owner that keeps changing'): DurableFsError {
    const owner = ownerOfName(name)
    const who = describe(owner, name)
    if (owner !== undefined && this.#options.isAlive(owner) === 'unknown') {
      return new DurableFsError(
        'lock_foreign_owner',
        this.lockDir,
        `${this.lockDir} is held by ${who}, which cannot be judged from here. If it is gone for good, remove ${join(this.lockDir, name)}`,
      )
    }
    return new DurableFsError(
      'lock_timeout',
      this.lockDir,
      `${this.lockDir} is still held by ${who} after ${this.#options.timeoutMs} ms; try again`,
    )
  }
}

function describe(owner: LockOwner | undefined, name: string): string {
  return owner === undefined ? JSON.stringify(name) : `${owner.host} pid ${owner.pid}`
}
