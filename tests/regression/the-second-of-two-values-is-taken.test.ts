import { Readable } from 'node:stream'
import { readJsonLines, readRowBatches } from '@taskclf/dataset'
import { expect, it } from 'vitest'

const TWICE = '{"tenure_months": 1, "plan": "a:b", "tenure\\u005fmonths": 70}'

async function linesOf(text: string) {
  const found = []
  for await (const line of readJsonLines(Readable.from([Buffer.from(`${text}\n`)]))) found.push(line)
  return found
}

it('refuses a key that occurs twice in a row, online and in a batch', async () => {
  expect(await linesOf(TWICE)).toMatchObject([{ ok: false, line: 1, error: { code: 'duplicate_column' } }])
  const batch = async () => {
    for await (const _ of readRowBatches(Readable.from([Buffer.from(`{"x": 1}\n${TWICE}\n`)]), {
      format: 'jsonl',
    }));
  }
  await expect(batch()).rejects.toMatchObject({ code: 'duplicate_column', line: 2 })
})

it.each([
  '{"x": 1, "y": "12:30:00, \\"x\\": 2"}',
  '{"x": {"x": 1}, "y": [{"x": 1}, {"x": 2}]}',
  '["x:", ":", "x:"]',
  '{"x": ":::"}',
])('accepts a key that occurs once: %s', async (text) => {
  expect(await linesOf(text)).toMatchObject([{ ok: true }])
})
