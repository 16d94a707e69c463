// That each change of tests/rooms can still be made; `npm run rooms` makes them.
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { editedFiles, filesOf, loadRooms, placeOf } from '../../scripts/rooms/room.mjs'

const root = fileURLToPath(new URL('../..', import.meta.url))
const rooms = await loadRooms(root)

describe.each(rooms.map((room) => ({ name: room.change, room })))('$name', ({ room }) => {
  it('finds the text that it replaces', () => {
    expect(editedFiles(root, room).length).toBeGreaterThan(0)
  })

  it('leaves out one of its own files where it is half done', () => {
    expect(filesOf(root, room)).toContain(placeOf(root, room.half.without))
  })
})
