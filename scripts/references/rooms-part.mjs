// The table of changes in ARCHITECTURE.md: which files each touches, as tests/rooms makes it.
// No library: the table of changes is ours.
import { fileURLToPath } from 'node:url'
import { filesOf, loadRooms } from '../rooms/room.mjs'
import { table } from './markdown.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const PART = /(<!-- rooms:[^\n]*-->\n)[\s\S]*?(<!-- \/rooms -->)/

/** The page with its table anew. */
export async function withRooms(page) {
  if (!PART.test(page)) throw new Error('ARCHITECTURE.md has lost the marks of its table of changes')
  const rows = (await loadRooms(root)).map((room) => [
    room.change,
    short(filesOf(root, room).filter((file) => !isTest(file) && !room.writes.includes(file))),
    short(room.writes) || 'nothing',
    `\`${room.half.check.split('/').at(-1)}\` without \`${room.half.without.split('/').at(-1)}\``,
  ])
  return page.replace(
    PART,
    (_, begin, end) =>
      `${begin}\n${table(['to add', 'write', 'generated', 'half done, caught by'], rows)}\n\n${end}`,
  )
}

const isTest = (file) => /\/test\/|^tests\//.test(file)

const short = (files) => files.map((file) => `\`${file.replace('packages/', '')}\``).join(', ')
