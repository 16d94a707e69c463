import type { SmallFile } from './read-small-file.js'

/** An open file. `write` may take fewer bytes than given, as the system's own does. */
export interface OpenFile {
  /** Writes at the end; answers how many bytes were taken. */
  write(bytes: Uint8Array): Promise<number>
  /** Bytes in the file now. */
  size(): Promise<number>
  /** Up to `length` bytes from `position`; fewer only at the end. */
  read(position: number, length: number): Promise<Uint8Array>
  /** Who may do what with the file: the nine bits of `mode`. */
  chmod(mode: number): Promise<void>
  /** Whose the file is; -1 leaves the owner or the group as it is. */
  chown(uid: number, gid: number): Promise<void>
  /** Returns once the file's bytes would survive a power loss. */
  sync(): Promise<void>
  close(): Promise<void>
}

/** What a name in a directory is; a link is not followed. */
export interface FileAttributes {
  kind: 'file' | 'directory' | 'link' | 'other'
  /** The nine bits of who may do what. */
  mode: number
  uid: number
  gid: number
  mtimeMs: number
}

/**
 * The few file operations that every durable write here is made of: the seam where faults are injected and where
 * another store could replace the disk. Failures are the system's errors with their `code` (`ENOENT`, `EEXIST`, `ENOTEMPTY`, …).
 *
 * What is new follows a directory, `like`, by default its own: it is readable by group and others as far as that is,
 * whatever the umask, and belongs to whom that belongs to, as far as the system lets this process say so.
 */
export interface FileSystem {
  /** Creates a file that must not exist yet. */
  createExclusive(path: string, like?: string): Promise<OpenFile>
  /** Opens for appending, creating the file when it is missing. */
  openAppend(path: string): Promise<OpenFile>
  /** Opens a regular file for reading; anything else is refused without waiting. */
  openRead(path: string): Promise<OpenFile>
  /** Reads a small file in one piece, the quick way; where there is none, `openRead` is used. A link is not followed. */
  readSmall?(path: string, options: { maxBytes: number; noFollow: true }): SmallFile | Promise<SmallFile>
  /** What is there of that name. */
  lstat(path: string): Promise<FileAttributes>
  /** Creates one directory; its parent exists. */
  mkdir(path: string, like?: string): Promise<void>
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
