/** A change, as a file of tests/rooms has it. */
export interface Room {
  name: string
  /** What is added, for ARCHITECTURE's table. */
  change: string
  /** File → texts that stand there once, each with what is put in its place. */
  edits: Readonly<Record<string, readonly (readonly [find: string, put: string])[]>>
  adds?: Readonly<Record<string, string>>
  /** Packages to build before anything is generated. */
  builds?: readonly string[]
  /** Scripts of the root that write files. */
  generates: readonly string[]
  /** The files that these write. */
  writes: readonly string[]
  tests: readonly string[]
  /** Without this file the check fails, and says this. */
  half: { without: string; check: string; says: string }
}
export function loadRooms(root: string): Promise<Room[]>
export function placeOf(root: string, file: string): string
export function filesOf(root: string, room: Room): string[]
export function editedFiles(root: string, room: Room): [file: string, text: string][]
