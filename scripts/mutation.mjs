// npm run mutation -- --package selection-policy [--file src/gates.ts --file src/rank.ts] [--concurrency 2]
// No library: Stryker, package by package.
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { parseArgs } from 'node:util'

// Those that decide.
const PACKAGES = [
  'selection-policy',
  'active-pointer',
  'registry-core',
  'infer-resolver',
  'promotion',
  'registry',
]
const { values } = parseArgs({
  options: {
    package: { type: 'string' },
    file: { type: 'string', multiple: true, default: [] },
    concurrency: { type: 'string', default: '2' },
  },
})
let failed = false
for (const name of values.package ? [values.package] : PACKAGES) {
  const args = ['stryker', 'run', 'stryker.config.mjs']
  const files = values.file.map((file) => `packages/${name}/${file}`)
  if (files.length > 0) args.push('--mutate', files.join(','))
  // Where there is memory to write to, mutants do not wait for the disk.
  const TMPDIR = existsSync('/dev/shm') ? '/dev/shm' : tmpdir()
  const env = {
    TMPDIR,
    ...process.env,
    TASKCLF_MUTATE: name,
    TASKCLF_MUTATION_CONCURRENCY: values.concurrency,
  }
  failed = spawnSync('npx', args, { stdio: 'inherit', env }).status !== 0 || failed
}
process.exit(failed ? 1 : 0)
