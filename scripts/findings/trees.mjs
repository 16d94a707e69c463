// The trees that the findings' tests run on: this one, or one of another commit, installed and built in a temporary directory.
// No library: part of findings.mjs: `git worktree`, installed and built.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

export function treeHere() {
  must(process.execPath, ['scripts/setup.mjs'], root)
  return { dir: root, remove: () => {} }
}

export function treeAt(commit) {
  const dir = join(mkdtempSync(join(tmpdir(), 'taskclf-findings-')), 'tree')
  const remove = () => {
    spawnSync('git', ['worktree', 'remove', '--force', dir], { cwd: root, stdio: 'ignore' })
    rmSync(join(dir, '..'), { recursive: true, force: true })
  }
  try {
    must('git', ['worktree', 'add', '--quiet', '--detach', dir, commit], root)
    install(dir)
    must(process.execPath, ['scripts/setup.mjs'], dir)
    return { dir, remove }
  } catch (error) {
    remove()
    throw error
  }
}

/** From what this machine has; what it lacks comes from the registry. */
function install(dir) {
  const pnpm = join(root, 'node_modules/.bin/pnpm')
  const args = ['install', '--frozen-lockfile', '--reporter=append-only']
  if (spawnSync(pnpm, [...args, '--offline'], { cwd: dir, stdio: 'ignore' }).status !== 0)
    must(pnpm, args, dir)
  const lock = createHash('sha256').update(readFileSync(join(dir, 'pnpm-lock.yaml')))
  // As that tree's setup notes it, so that it does not install again.
  writeFileSync(join(dir, 'node_modules/.taskclf-installed'), lock.digest('hex'))
}

function must(command, args, cwd) {
  const { status, error, stdout, stderr } = spawnSync(command, args, { cwd, encoding: 'utf8' })
  if (error) throw error
  if (status !== 0) throw new Error(`${[command, ...args].join(' ')}\n${stdout}\n${stderr}`)
}
