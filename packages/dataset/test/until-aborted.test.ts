import { PassThrough, Readable } from 'node:stream'
import { untilAborted, wholeLines } from '@taskclf/dataset'
import { expect, it } from 'vitest'

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const item of items) found.push(item)
  return found
}

it('gives everything where nobody aborts', async () => {
  const { signal } = new AbortController()
  expect(await all(untilAborted(Readable.from(['a', 'b']), signal))).toEqual(['a', 'b'])
})

it('ends when it is aborted, though nothing more comes', async () => {
  const source = new PassThrough({ objectMode: true })
  const controller = new AbortController()
  source.write('a')
  const found: unknown[] = []
  for await (const item of untilAborted(source, controller.signal)) {
    found.push(item)
    setTimeout(() => controller.abort())
  }
  expect(found).toEqual(['a'])
  source.destroy()
})

it('gives whole lines, and the last one without its end', async () => {
  const { signal } = new AbortController()
  const chunks = ['on', 'e\ntw', 'o\nthree'].map((text) => Buffer.from(text))
  const lines = await all(wholeLines(Readable.from(chunks, { objectMode: false }), signal))
  expect(Buffer.concat(lines).toString()).toBe('one\ntwo\nthree')
})

it('does not give a line that has not ended when it is aborted', async () => {
  const source = new PassThrough()
  const controller = new AbortController()
  source.write('one\ntw')
  let text = ''
  for await (const lines of wholeLines(source, controller.signal)) {
    text += lines.toString()
    setTimeout(() => controller.abort())
  }
  expect(text).toBe('one\n')
  source.destroy()
})
