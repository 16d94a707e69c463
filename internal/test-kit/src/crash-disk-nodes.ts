/** Whose a file is, and who may do what with it. */
export interface Access {
  mode: number
  uid: number
  gid: number
}
/** A file: its bytes, and how many of them are safe. */
export interface FileNode {
  kind: 'file'
  bytes: Buffer
  /** How many of the bytes a power loss cannot take. */
  synced: number
  access: Access
  /** What a power loss cannot take of it. */
  syncedAccess: Access
}
/** A directory: its names as seen, and as they would survive. */
export interface DirNode {
  kind: 'dir'
  /** What programs see. */
  entries: Map<string, Node>
  /** What a power loss cannot take. */
  durable: Map<string, Node>
}
/** A file or a directory. */
export type Node = FileNode | DirNode
/** One name in one directory made to mean something else (`undefined`: nothing). */
export interface EntryChange {
  dir: DirNode
  name: string
  node: Node | undefined
}
/** Names changed by one operation, not all of them durable yet. A rename changes two. */
export type PendingOperation = EntryChange[]

/** Which of the names not yet synced survive: any of them, or those of the first operations (a journal). */
export type SurvivalOrder = 'any' | 'journal'

/** What a file is made with. */
export const NEW_FILE_ACCESS: Access = { mode: 0o644, uid: 0, gid: 0 }

/** A file, all of whose bytes are durable. */
export const settledFile = (bytes: Buffer): FileNode => ({
  kind: 'file',
  bytes,
  synced: bytes.length,
  access: NEW_FILE_ACCESS,
  syncedAccess: NEW_FILE_ACCESS,
})

/** An empty directory. */
export const newDir = (): DirNode => ({ kind: 'dir', entries: new Map(), durable: new Map() })

/** A failure as the system has it. */
export const errno = (code: string, path: string): Error =>
  Object.assign(new Error(`${code}: ${path}`), { code, path })

/** A directory below another, there and durable. */
export function settleDir(parent: DirNode, name: string): DirNode {
  const there = parent.entries.get(name)
  if (there?.kind === 'dir') return there
  const dir = newDir()
  parent.entries.set(name, dir)
  parent.durable.set(name, dir)
  return dir
}

/** What a path leads to. */
export function find(root: DirNode, path: string): Node | undefined {
  let node: Node | undefined = root
  for (const name of path.split('/')) {
    if (name === '') continue
    if (node?.kind !== 'dir') return undefined
    node = node.entries.get(name)
  }
  return node
}

/** Makes a name mean a node, or nothing. */
export function set(entries: Map<string, Node>, name: string, node: Node | undefined): void {
  if (node === undefined) entries.delete(name)
  else entries.set(name, node)
}

/** Refuses what a rename may not replace. */
export function mayReplace(node: Node, there: Node | undefined, path: string): void {
  if (there === undefined || there === node) return
  if (node.kind === 'file') {
    if (there.kind === 'dir') throw errno('EISDIR', path)
    return
  }
  if (there.kind === 'file') throw errno('ENOTDIR', path)
  if (there.entries.size > 0) throw errno('ENOTEMPTY', path)
}

/** Every path below a directory. */
export function listing(dir: DirNode, at = '', all = new Map<string, Buffer | undefined>()) {
  for (const [name, node] of dir.entries) {
    const path = `${at}/${name}`
    all.set(path, node.kind === 'file' ? node.bytes : undefined)
    if (node.kind === 'dir') listing(node, path, all)
  }
  return all
}

/** A copy of the tree as it is found after the power came back. */
export function survivorOf(
  root: DirNode,
  pending: readonly PendingOperation[],
  random: () => number,
  order: SurvivalOrder,
): DirNode {
  const kept = order === 'journal' ? Math.floor(random() * (pending.length + 1)) : pending.length
  const odds = random()
  const surviving = pending.slice(0, kept).filter(() => order === 'journal' || random() < odds)
  const copies = new Map<Node, Node>()
  const copy = (node: Node): Node => {
    const known = copies.get(node)
    if (known) return known
    const made: Node = node.kind === 'file' ? survivingFile(node, random) : newDir()
    copies.set(node, made)
    if (node.kind === 'dir' && made.kind === 'dir') {
      const entries = new Map(node.durable)
      for (const operation of surviving)
        for (const { dir, name, node: to } of operation) if (dir === node) set(entries, name, to)
      for (const [name, child] of entries) made.entries.set(name, copy(child))
      made.durable = new Map(made.entries)
    }
    return made
  }
  return copy(root) as DirNode
}

/** The synced bytes, some of the rest, and perhaps a tail that was allocated but never written, or written as noise. */
function survivingFile(file: FileNode, random: () => number): FileNode {
  const unsynced = file.bytes.length - file.synced
  // The worse case: what was not synced is lost.
  const access = file.syncedAccess
  if (unsynced === 0) return { ...settledFile(file.bytes), access, syncedAccess: access }
  const chance = random()
  const written = chance < 0.2 ? 0 : chance < 0.4 ? unsynced : Math.floor(random() * (unsynced + 1))
  const bytes = Buffer.from(file.bytes.subarray(0, file.synced + written))
  const tail = random() < 0.5 ? 0 : Math.floor(random() * (unsynced - written + 1))
  const noise =
    random() < 0.5 ? Buffer.alloc(tail) : Buffer.from(Array.from({ length: tail }, () => random() * 256))
  return { ...settledFile(Buffer.concat([bytes, noise])), access, syncedAccess: access }
}
