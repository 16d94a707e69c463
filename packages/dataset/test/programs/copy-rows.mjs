import { createRowWriter, readRowBatches } from '../../dist/index.js'

const [input, output] = process.argv.slice(2)
const writer = createRowWriter(output, { columns: ['id', 'app', 'dwell', 'note'] })
let rows = 0
let last = 0
for await (const batch of readRowBatches(input)) {
  rows += batch.length
  last = batch.at(-1).line
  await writer.write(batch.map((row) => row.values))
}
await writer.finish()
console.log(JSON.stringify({ rows, last, maxRssMb: process.resourceUsage().maxRSS / 1024 }))
