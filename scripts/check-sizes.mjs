// What is published of each package: the tarball's size against its limit, and the dependencies it brings along.
// No library: size-limit measures bundles; this measures tarballs and what they bring along.
import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Kilobytes of the packed tarball, and the dependencies that are not ours. */
const LIMITS = {
  errors: { tarball: 5, dependencies: ['fastest-levenshtein'] },
  'durable-fs': { tarball: 16, dependencies: [] },
  'registry-core': { tarball: 52, dependencies: ['zod'] },
  'selection-policy': { tarball: 30, dependencies: ['zod'] },
  'active-pointer': { tarball: 34, dependencies: ['zod'] },
  'infer-resolver': { tarball: 27, dependencies: [] },
  trees: { tarball: 14, dependencies: [] },
  lightgbm: { tarball: 36, dependencies: [] },
  predictor: { tarball: 38, dependencies: ['zod'] },
  onnx: { tarball: 14, dependencies: [] },
  dataset: { tarball: 25, dependencies: ['csv-parse'] },
  runs: { tarball: 35, dependencies: ['zod'] },
  promotion: { tarball: 35, dependencies: ['zod'] },
  registry: { tarball: 72, dependencies: [] },
  cli: { tarball: 400, dependencies: [] },
}

let exceeded = 0
for (const [name, limit] of Object.entries(LIMITS)) {
  const dir = join(root, 'packages', name)
  const { dependencies = {} } = JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8'))
  const foreign = Object.keys(dependencies).filter((each) => !each.startsWith('@taskclf/'))
  const extra = foreign.filter((each) => !limit.dependencies.includes(each))
  const [packed] = JSON.parse(
    execFileSync('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
      cwd: dir,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  )
  const kilobytes = packed.size / 1000
  const isTooLarge = kilobytes > limit.tarball
  if (isTooLarge || extra.length > 0) exceeded++
  const verdict = isTooLarge ? 'TOO LARGE' : extra.length > 0 ? `UNEXPECTED ${extra.join(', ')}` : 'ok'
  const figures = `${kilobytes.toFixed(1).padStart(7)} kB of ${String(limit.tarball).padStart(3)}`
  process.stdout.write(
    `${name.padEnd(17)}${figures}  ${(foreign.join(', ') || 'none').padEnd(12)} ${verdict}\n`,
  )
}
process.exitCode = exceeded > 0 ? 1 : 0
