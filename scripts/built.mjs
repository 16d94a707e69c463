// Vitest's global setup: the built program that tests start is never older than its sources.
// TASKCLF_BUILD=as-is leaves it alone, for copies of the tree that build for themselves.
// No library: turbo knows what is stale among packages, and costs two seconds before each run of tests.
import { spawnSync } from 'node:child_process'
import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

export function setup() {
  if (process.env.TASKCLF_BUILD === 'as-is' || !isStale(root)) return
  // The libraries are inside it, from their sources: they need not be built for this.
  const build = join(root, 'packages/cli/build/build.mjs')
  const { status, stderr, error } = spawnSync(process.execPath, [build], { encoding: 'utf8' })
  if (status !== 0)
    throw new Error(`the command line does not build, so no test ran: ${error?.message ?? stderr}`)
}

/** Whether a source of a package is newer than the command line that is built of it. */
export function isStale(tree) {
  const built = timeOf(join(tree, 'packages/cli/dist/bin.cjs'))
  return readdirSync(join(tree, 'packages')).some((name) => {
    const files = readdirSync(join(tree, 'packages', name, 'src'), { recursive: true, withFileTypes: true })
    return files.some((file) => file.isFile() && timeOf(join(file.parentPath, file.name)) > built)
  })
}

function timeOf(path) {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0
}
