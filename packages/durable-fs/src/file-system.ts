/** An open file. `write` may take fewer bytes than given, as the system's own does. */
export interface OpenFile {
  /** Writes at the end; answers how many bytes were taken. */
  write(bytes: Uint8Array): Promise<number>
  /** Bytes in the file now. */
  size(): Promise<number>
  /** Up to `length` bytes from `position`; fewer only at the end. */
  read(position: number, length: number): Promise<Uint8Array>
  /** Returns once the file's bytes would survive a power loss. */
  sync(): Promise<void>
  close(): Promise<void>
}

/**
 * The few file operations that every durable write here is made of: the seam where faults are injected and where
 * another store could stand. Failures are the system's errors with their `code` (`ENOENT`, `EEXIST`, `ENOTEMPTY`, …).
 */
export interface FileSystem {
  /** Creates a file that must not exist yet. */
  createExclusive(path: string): Promise<OpenFile>
  /** Opens for appending, creating the file when it is missing. */
  openAppend(path: string): Promise<OpenFile>
  /** Opens a regular file for reading; anything else is refused without waiting. */
  openRead(path: string): Promise<OpenFile>
  /** Creates one directory; its parent exists. */
  mkdir(path: string): Promise<void>
  /** Names of a directory's entries, in no promised order. */
  readdir(path: string): Promise<string[]>
  /** Replaces a file, or an absent or empty directory, in one step. */
  rename(from: string, to: string): Promise<void>
  unlink(path: string): Promise<void>
  /** Removes an empty directory. */
  rmdir(path: string): Promise<void>
  /** Returns once the directory's entries would survive a power loss. */
  syncDirectory(path: string): Promise<void>
}
