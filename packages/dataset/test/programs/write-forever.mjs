import { createRowWriter } from '../../dist/index.js'

const writer = createRowWriter(process.argv[2], { columns: ['a'] })
const rows = Array.from({ length: 1000 }, (_, i) => ({ a: `row ${i} of a file that is never finished` }))
for (let i = 0; ; i += 1) {
  await writer.write(rows)
  if (i === 100) process.stdout.write('ready')
}
