import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { runNode, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const PROGRAM = fileURLToPath(new URL('./programs/copy-rows.mjs', import.meta.url))

it('reads and writes 1,000,000 rows in less than 200 MB', async () => {
  const dir = scratchDir()
  const input = join(dir, 'in.csv')
  const file = createWriteStream(input)
  file.write('id,app,dwell,note\n')
  for (let i = 0; i < 1_000_000; i += 1000) {
    const rows = Array.from({ length: 1000 }, (_, j) => `${i + j},com.example.app,${(i + j) / 7},"a, b"\n`)
    if (!file.write(rows.join(''))) await once(file, 'drain')
  }
  file.end()
  await once(file, 'finish')
  const result = await runNode(PROGRAM, [input, join(dir, 'out.jsonl')])
  expect(result).toMatchObject({ code: 0, stderr: '' })
  const { rows, last, maxRssMb } = JSON.parse(result.stdout) as {
    rows: number
    last: number
    maxRssMb: number
  }
  expect({ rows, last }).toEqual({ rows: 1_000_000, last: 1_000_001 })
  expect(maxRssMb).toBeLessThan(200)
}, 120_000)
