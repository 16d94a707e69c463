// The changes of tests/rooms: what they touch, and how they are made.
// No library: `git apply` refuses a change when a line near it has moved; these look for the text itself.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Every change, in the order of ARCHITECTURE's table. */
export async function loadRooms(root) {
  const dir = join(root, 'tests/rooms')
  const files = readdirSync(dir).filter((file) => file.endsWith('.mjs'))
  const rooms = await Promise.all(
    files.map(async (file) => ({
      name: basename(file, '.mjs'),
      ...(await import(pathToFileURL(join(dir, file)).href)).room,
    })),
  )
  return rooms.sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** The path as it is, or, where the file was moved within its package, as it is now. */
export function placeOf(root, file) {
  if (existsSync(join(root, file))) return file
  const [, source] = /^(packages\/[\w-]+\/src)\//.exec(file) ?? []
  const found =
    source === undefined
      ? []
      : filesBelow(join(root, source)).filter((path) => basename(path) === basename(file))
  if (found.length !== 1) throw new Error(`${file} is not there`)
  return relative(root, found[0])
}

/** Every file that the change touches. */
export function filesOf(root, { edits, adds = {}, writes }) {
  return [...Object.keys(edits).map((file) => placeOf(root, file)), ...Object.keys(adds), ...writes]
}

/** The edits as texts, without writing them. */
export function editedFiles(root, { change, edits }) {
  return Object.entries(edits).map(([file, pairs]) => {
    const place = placeOf(root, file)
    const text = pairs.reduce(
      (text, [find, put]) => {
        if (text.split(find).length !== 2) throw new Error(`${change}: ${place} must have once: ${find}`)
        return text.replace(find, () => put)
      },
      readFileSync(join(root, place), 'utf8'),
    )
    return [place, text]
  })
}

/** Makes the change; what is returned takes it back, with the files that were written besides. */
export function applyRoom(root, room) {
  const edited = editedFiles(root, room)
  for (const [file, text] of [...edited, ...Object.entries(room.adds ?? {})]) write(join(root, file), text)
  return (before) => {
    for (const [file, bytes] of before) {
      if (bytes === undefined) rmSync(join(root, file))
      else write(join(root, file), bytes)
    }
  }
}

/** Every file that somebody wrote, or that is kept, with its bytes. */
export function snapshot(root) {
  const kept = ['packages', 'docs', 'tests', 'scripts', 'internal'].flatMap((dir) =>
    filesBelow(join(root, dir)),
  )
  return new Map(kept.map((path) => [relative(root, path), readFileSync(path)]))
}

const PASSED_OVER = new Set(['node_modules', 'dist', 'coverage', 'cache', 'fixtures', 'venv'])

function filesBelow(dir) {
  return readdirSync(dir, { withFileTypes: true }).flatMap((entry) => {
    const path = join(dir, entry.name)
    if (entry.isDirectory()) return PASSED_OVER.has(entry.name) ? [] : filesBelow(path)
    return entry.isFile() ? [path] : []
  })
}

function write(path, bytes) {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
}
