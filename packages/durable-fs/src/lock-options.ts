import type { FileSystem } from './file-system.js'
import type { ProcessIdentity } from './process-identity.js'

/** How long to wait, whom to believe, and on what file system. */
export interface LockOptions {
  fileSystem?: FileSystem
  /** Longest wait in milliseconds before giving up. Default 30,000. */
  timeoutMs?: number
  /**
   * An owner on this kernel seen holding for this long without a break, in milliseconds, is taken for stopped and
   * overtaken. The holder itself may write for half of it. Default 10,000; 0 overtakes at once and sets no limit.
   */
  staleAfterMs?: number
  /** Milliseconds that never go back. */
  monotonicNow?: () => number
  sleep?: (ms: number) => Promise<unknown>
  isAlive?: (owner: ProcessIdentity) => 'alive' | 'dead' | 'unknown'
}

/** A lock that is held. */
export interface Lock {
  /**
   * A directory of this holder alone. Temporary files are here: the breaker of the lock moves the directory away, so
   * a holder that was only stopped finds its later renames failing instead of overwriting.
   */
  readonly privateDir: string
  /** Owners, as `host pid N`, whose lock was broken on the way. */
  readonly broken: readonly string[]
  /** Whether no other has taken the lock over. */
  isHeld(): Promise<boolean>
  /**
   * Whether the lock is held and was taken less than half of `staleAfterMs` ago, so that nobody is about to take it
   * over: to be asked just before a write that cannot be taken back.
   */
  mayWrite(): Promise<boolean>
  /** Gives the lock up; answers false when another had already taken it over. */
  release(): Promise<boolean>
}
