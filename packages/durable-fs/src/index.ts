export { type AppendLineOptions, appendLine } from './append-line.js'
export { copyFile, createFile, type NewFileOptions } from './copy-file.js'
export { DURABLE_FS_ERRORS } from './error-table.js'
export { DURABLE_FS_ERROR_CODES, DurableFsError, type DurableFsErrorCode, errnoOf } from './errors.js'
export type { FileAttributes, FileSystem, OpenFile } from './file-system.js'
export { hashFile } from './hash-file.js'
export { acquireLock } from './lock.js'
export type { Lock, LockOptions } from './lock-options.js'
export {
  type LockOwner,
  nameOfOwner,
  newLockOwner,
  type OwnerStanding,
  ownerOfName,
  standingOfOwner,
} from './lock-owner.js'
export { type LockHolder, type LockLook, lookAtLock } from './look-at-lock.js'
export { nodeFileSystem } from './node-file-system.js'
export { processStartTime } from './proc-stat.js'
export {
  currentProcess,
  isOnThisKernel,
  isProcessAlive,
  type ProcessIdentity,
} from './process-identity.js'
export { type FileStat, readSmallFile, type SmallFile, type SmallFileProblem } from './read-small-file.js'
export { removeTree } from './remove-tree.js'
export { replaceFile, type WriteFileAtomicOptions, writeFileAtomic } from './write-file-atomic.js'
