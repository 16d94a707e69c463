// npm run rooms [-- --only NAME]      Makes each change of tests/rooms in a copy of the sources: whole, where everything must be green;
// half, where a check that is named must fail; and not at all, where nothing may be left of it.
// No library: the changes are ours.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { applyRoom, filesOf, loadRooms, placeOf, snapshot } from './rooms/room.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const { values } = parseArgs({ options: { only: { type: 'string', default: '' } } })
const rooms = (await loadRooms(root)).filter(({ name }) => name.includes(values.only))
const LEFT_OUT = /^(\.git|node_modules|coverage|reports|\.turbo|\.stryker-tmp)$|(^|\/)\.turbo(\/|$)/
const copy = join(mkdtempSync(join(tmpdir(), 'taskclf-rooms-')), 'copy')
cpSync(root, copy, {
  recursive: true,
  verbatimSymlinks: true,
  filter: (from) => !LEFT_OUT.test(relative(root, from)),
})
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))

let failed = 0
try {
  for (const room of rooms) {
    const wrong = tryRoom(room)
    if (wrong.length > 0) failed++
    process.stdout.write(`${wrong.length === 0 ? 'ok    ' : 'FAILED'} ${room.change}\n`)
    for (const line of wrong) process.stdout.write(`       ${line}\n`)
  }
} finally {
  rmSync(join(copy, '..'), { recursive: true, force: true })
}
process.exit(failed === 0 && rooms.length > 0 ? 0 : 1)

/** What is not as it must be. */
function tryRoom(room) {
  const before = snapshot(copy)
  const revert = applyRoom(copy, room)
  const wrong = []
  for (const name of room.builds ?? []) expectDone(wrong, 'build', () => build(name))
  for (const script of room.generates) expectDone(wrong, script, () => npm(script))
  const changed = diff(before, snapshot(copy))
  const strangers = changed.filter((file) => !filesOf(copy, room).includes(file))
  if (strangers.length > 0) wrong.push(`touches more than its room: ${strangers.join(', ')}`)
  expectDone(wrong, 'typecheck', () => npm('typecheck'))
  for (const test of room.tests) expectDone(wrong, test, () => check(test))
  if (wrong.length === 0) wrong.push(...tryHalf(room))
  revert(changed.map((file) => [file, before.get(file)]))
  for (const name of room.builds ?? []) expectDone(wrong, 'build of what was before', () => build(name))
  const left = diff(before, snapshot(copy))
  if (left.length > 0) wrong.push(`left behind: ${left.join(', ')}`)
  return wrong
}

/** Done but for one file, the change must be caught, and for its reason. */
function tryHalf({ half }) {
  const file = placeOf(copy, half.without)
  cpSync(join(root, file), join(copy, file))
  const { status, said } = check(half.check)
  if (status === 0) return [`half done, without ${file}, ${half.check} passes`]
  return said.includes(half.says) ? [] : [`half done, ${half.check} fails without a word of ${half.says}`]
}

function expectDone(wrong, what, act) {
  const { status, said } = act()
  if (status !== 0) wrong.push(`${what} fails: ${said.trim().split('\n').slice(-12).join('\n         ')}`)
}

/** A test file, or a script of the root. */
function check(name) {
  return name.endsWith('.ts')
    ? run('npx', ['vitest', 'run', name, '--maxWorkers=1', '--reporter=verbose'])
    : npm(name)
}

function npm(script) {
  return run('npm', ['run', '-s', script])
}

function build(name) {
  const cwd = join(copy, 'packages', name)
  return name === 'cli'
    ? run('node', ['build/build.mjs'], cwd)
    : run(join(root, 'node_modules/.bin/tsup'), [], cwd)
}

function run(command, args, cwd = copy) {
  const env = { ...process.env, TASKCLF_BUILD: 'as-is' }
  const { status, stdout, stderr } = spawnSync(command, args, {
    cwd,
    env,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  return { status, said: stdout + stderr }
}

/** The files that are other than before, gone or new. */
function diff(before, after) {
  const names = new Set([...before.keys(), ...after.keys()])
  return [...names].filter((name) => {
    const [was, is] = [before.get(name), after.get(name)]
    return was === undefined || is === undefined || !was.equals(is)
  })
}
