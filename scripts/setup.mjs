// Installs and builds what a fresh clone lacks; with everything in place it costs a second.
// No library: a package manager cannot install itself and then build, only what is stale, in one command.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = new URL('..', import.meta.url)
const at = (path) => new URL(path, root)
const PNPM = 'pnpm@12.21.0'

function run(command, args) {
  const PATH = `${fileURLToPath(at('node_modules/.bin'))}${delimiter}${process.env.PATH}`
  const env = { ...process.env, PATH, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' }
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  if (error) throw error
  if (status !== 0) process.exit(status ?? 1)
}

const lock = createHash('sha256')
  .update(readFileSync(at('pnpm-lock.yaml')))
  .digest('hex')
const stamp = at('node_modules/.taskclf-installed')
const installed = existsSync(stamp) && readFileSync(stamp, 'utf8') === lock
if (!installed) {
  run('npx', ['-y', PNPM, 'install', '--frozen-lockfile'])
  writeFileSync(stamp, lock)
}
run(process.execPath, [
  new URL('node_modules/turbo/bin/turbo', root).pathname,
  'run',
  'build',
  '--output-logs=errors-only',
])
