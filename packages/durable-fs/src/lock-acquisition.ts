import { dirname, join } from 'node:path'
import { DurableFsError, errnoOf } from './errors.js'
import type { FileSystem } from './file-system.js'
import { isAside, moveAside, OCCUPIED, ownersIn, removeAside } from './lock-directory.js'
import type { LockOptions } from './lock-options.js'
import { nameOfOwner, newLockOwner, ownerOfName, standingOfOwner } from './lock-owner.js'
import { Sightings } from './lock-sightings.js'
import { sweepBeside } from './lock-sweep.js'
import { currentProcess } from './process-identity.js'
import { removeTree } from './remove-tree.js'

/** One attempt to take a lock, from staging the private directory to holding it. */
export class LockAcquisition {
  /** Of this acquisition alone: never used again. */
  readonly name: string
  readonly #lockDir: string
  readonly #fs: FileSystem
  readonly #options: Required<LockOptions>
  readonly #staged: string
  readonly #token: string
  readonly #broken: string[] = []
  readonly #sightings: Sightings
  #breaks = 0

  constructor(lockDir: string, options: Required<LockOptions>) {
    const owner = newLockOwner(currentProcess())
    this.name = nameOfOwner(owner)
    this.#token = owner.token
    this.#lockDir = lockDir
    this.#fs = options.fileSystem
    this.#options = options
    this.#staged = `${lockDir}.new-${this.name}`
    this.#sightings = new Sightings(options.staleAfterMs)
  }

  /** Takes the lock: at what time, and over whom. */
  async run(): Promise<{ takenAt: number; broken: readonly string[] }> {
    await this.#stage()
    const deadline = this.#options.monotonicNow() + this.#options.timeoutMs
    for (let round = 0; ; round++) {
      const takenAt = await this.#take()
      if (takenAt !== undefined) {
        await sweepBeside(this.#fs, this.#lockDir, this.#options.isAlive)
        return { takenAt, broken: this.#broken }
      }
      const inTheWay = await this.#clear()
      if (this.#options.monotonicNow() >= deadline) throw this.#timedOut(inTheWay)
      // Grows to some milliseconds, with jitter so that waiters do not step in time.
      if (inTheWay.length > 0) await this.#options.sleep(Math.min(1 + round / 4, 8) * (0.5 + Math.random()))
    }
  }

  /** Leaves nothing behind of an attempt that failed. */
  async withdraw(): Promise<void> {
    await removeTree(this.#fs, this.#staged).catch(() => {})
  }

  async #stage(): Promise<void> {
    await this.#fs.mkdir(this.#staged).catch(async (error) => {
      if (errnoOf(error) !== 'ENOENT') throw error
      await this.#makeParent()
      await this.#fs.mkdir(this.#staged)
    })
    await this.#fs.mkdir(join(this.#staged, this.name))
  }

  async #makeParent(): Promise<void> {
    await this.#fs.mkdir(dirname(this.#lockDir)).catch((error) => {
      if (errnoOf(error) !== 'EEXIST') throw error
    })
  }

  /** The time is that before the rename: a process that is stopped in between must not think that it has more left. */
  async #take(): Promise<number | undefined> {
    const at = this.#options.monotonicNow()
    try {
      await this.#fs.rename(this.#staged, this.#lockDir)
      return at
    } catch (error) {
      if (OCCUPIED.has(errnoOf(error))) return undefined
      if (errnoOf(error) !== 'ENOENT') throw error
      // What waits for very long may be swept as abandoned.
      await this.#stage()
      return undefined
    }
  }

  /** Breaks what may be broken, removes what was; answers the names that are still in the way. */
  async #clear(): Promise<string[]> {
    const names = await ownersIn(this.#fs, this.#lockDir)
    const tooLong = this.#sightings.look(names, this.#options.monotonicNow())
    const inTheWay: string[] = []
    for (const name of names) {
      const removed = isAside(name)
        ? await removeAside(this.#fs, this.#lockDir, name)
        : this.#mayBreak(name, tooLong) && (await this.#break(name))
      if (!removed) inTheWay.push(name)
    }
    return inTheWay
  }

  #mayBreak(name: string, tooLong: ReadonlySet<string>): boolean {
    const standing = standingOfOwner(ownerOfName(name), this.#options.isAlive)
    return standing === 'dead' || (standing === 'here' && tooLong.has(name))
  }

  async #break(name: string): Promise<boolean> {
    const aside = await moveAside(this.#fs, this.#lockDir, name, `${this.#token}-${this.#breaks++}`)
    if (aside === undefined) return false
    this.#broken.push(describe(name))
    return removeAside(this.#fs, this.#lockDir, aside)
  }

  #timedOut(names: readonly string[]): DurableFsError {
    const { isAlive, timeoutMs } = this.#options
    const foreign = names.find((name) => standingOfOwner(ownerOfName(name), isAlive) === 'elsewhere')
    if (foreign !== undefined) {
      return new DurableFsError(
        'lock_foreign_owner',
        this.#lockDir,
        `${this.#lockDir} is held by ${describe(foreign)}, which cannot be judged from here. If it is gone for good, remove ${join(this.#lockDir, foreign)}`,
      )
    }
    const [name] = names
    const who = name === undefined ? 'an owner that keeps changing' : describe(name)
    return new DurableFsError(
      'lock_timeout',
      this.#lockDir,
      `${this.#lockDir} is still held by ${who} after ${timeoutMs} ms; try again`,
    )
  }
}

function describe(name: string): string {
  const owner = ownerOfName(name)
  return owner === undefined ? JSON.stringify(name) : `${owner.host} pid ${owner.pid}`
}
