// Another process that moves the pointer: one JSON command a line on stdin, one answer a line on stdout.
import { renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { readBundle } from '@taskclf/registry-core'

const [modelsDir] = process.argv.slice(2)
const active = join(modelsDir, 'active.json')
const cache = new Map()

async function bundleOf(id) {
  if (!cache.has(id)) cache.set(id, await readBundle(join(modelsDir, id)))
  return cache.get(id)
}

const commands = {
  switch: async ({ id }) =>
    (await writeActiveAtomic(modelsDir, await bundleOf(id), { source: 'manual' })).revision,
  remove: async () => rmSync(active, { force: true }),
  tear: async () => writeFileSync(active, '{"model_dir": "models/ru'),
  // As the Python project does: a file renamed into place, whatever it names.
  foreign: async ({ id }) => {
    const pointer = {
      model_dir: `models/${id}`,
      model_id: id,
      policy_version: 1,
      selected_at: new Date().toISOString(),
    }
    writeFileSync(`${active}.foreign`, JSON.stringify(pointer))
    renameSync(`${active}.foreign`, active)
  },
}

for await (const line of createInterface({ input: process.stdin })) {
  const command = JSON.parse(line)
  process.stdout.write(`${JSON.stringify((await commands[command.do](command)) ?? null)}\n`)
}
