import { fstatSync, type Stats, writeSync } from 'node:fs'
import { beforeEach, expect, it, vi } from 'vitest'
import { directStream } from '../src/direct-stream.js'

vi.mock('node:fs', async (original) => ({
  ...(await original<typeof import('node:fs')>()),
  fstatSync: vi.fn(),
  writeSync: vi.fn(),
}))

const failure = (code: string) => Object.assign(new Error(code), { code })
const broken = (error: NodeJS.ErrnoException): never => {
  throw error
}
const pipe = { isFIFO: () => true } as Stats
let written = ''
const queued = vi.spyOn(process.stdout, 'write')

beforeEach(() => {
  written = ''
  vi.mocked(fstatSync).mockReturnValue(pipe)
  queued.mockReset().mockImplementation((bytes) => {
    written += Buffer.from(bytes as string).toString()
    return true
  })
})

/** A pipe that takes so many bytes at a time, and after so many times is full. */
function takes(bytes: number, times: number): void {
  let left = times
  vi.mocked(writeSync).mockImplementation(((_: number, chunk: Uint8Array, from: number) => {
    if (left-- <= 0) throw failure('EAGAIN')
    const taken = Buffer.from(chunk).subarray(from, from + bytes)
    written += taken.toString()
    return taken.length
  }) as typeof writeSync)
}

it('writes all of it where the pipe takes a part at a time', () => {
  takes(3, 100)
  directStream(1, broken).write('one and two')
  expect(written).toBe('one and two')
  expect(queued).not.toHaveBeenCalled()
})

it('leaves to the stream what a full pipe does not take, and all that follows', () => {
  takes(4, 2)
  const stream = directStream(1, broken)
  stream.write('first of all ')
  // The pipe would take it by now; what the stream holds must come first.
  takes(100, 100)
  stream.write('second ')
  stream.write('third')
  expect(written).toBe('first of all second third')
  expect(queued).toHaveBeenCalledTimes(3)
  expect(process.stdout.listeners('error').filter((each) => each === broken).length).toBe(1)
})

it('reports a reader that is gone', () => {
  vi.mocked(writeSync).mockImplementation(() => {
    throw failure('EPIPE')
  })
  expect(() => directStream(1, broken).write('x')).toThrow('EPIPE')
})

it('drops what a reader that is gone would have got, when told to go on', () => {
  vi.mocked(writeSync).mockImplementation(() => {
    throw failure('EPIPE')
  })
  expect(directStream(2, () => {}).write('x')).toBe(true)
  expect(queued).not.toHaveBeenCalled()
})

it('is the stream itself for anything else, such as a terminal', () => {
  vi.mocked(fstatSync).mockReturnValue({
    isFIFO: () => false,
    isSocket: () => false,
    isFile: () => false,
  } as Stats)
  expect(directStream(1, broken)).toBe(process.stdout)
})
