// npm run rig -- NAME…      What some tests want of a machine beside Node: probed, installed by lock file, kept.
// A rig that cannot be had is one line, and its tests are skipped; with TASKCLF_RIGS=require it is a failure.
// No library: containers would bring what a machine lacks, and need what many machines lack.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { aptInstall, debsWith, installVenv } from './rigs/install.mjs'
import { apt, disk, linux, pypi, python, root } from './rigs/needs.mjs'

const CACHE = '/var/cache/taskclf-rigs'
const TRIES = 3
const lockFile = (name) => fileURLToPath(new URL(`../tests/rigs/${name}`, import.meta.url))

/**
 * One row a rig: `works` is the command that proves it, with its bin/ before the PATH. Where `ofTheMachine`, any
 * version will do, and a machine that has one is left alone.
 */
export const RIGS = {
  strace: {
    ofTheMachine: true,
    needs: [linux, root, apt],
    lock: lockFile('strace.lock'),
    install: debsWith('usr/bin/strace'),
    works: ['strace', '-f', '-o', '/dev/null', 'true'],
  },
  chromium: {
    ofTheMachine: true,
    needs: [linux, root, apt, disk(CACHE)],
    lock: lockFile('chromium.txt'),
    install: aptInstall,
    works: ['/usr/bin/chromium', '--version'],
  },
  converters: {
    needs: [linux, root, python, disk(CACHE), pypi],
    lock: lockFile('converters.txt'),
    install: installVenv,
    works: ['python3', '-c', 'import onnxmltools, skl2onnx, sklearn, xgboost'],
  },
  lightgbm: {
    needs: [linux, root, python, disk(CACHE), pypi],
    lock: lockFile('lightgbm.txt'),
    install: installVenv,
    works: ['python3', '-c', 'import lightgbm, numpy'],
  },
}

/** `{ dir }` of what is installed, `{}` where the machine has its own, `{ why }` there is none. */
export function openRig(rig, { install = false, cache = CACHE } = {}) {
  if (rig.ofTheMachine && works(rig)) return {}
  const digest = createHash('sha256').update(`${process.arch}\n`).update(readFileSync(rig.lock)).digest('hex')
  const dir = join(cache, digest)
  if (isReady(rig, dir)) return { dir }
  const absent = rig.needs.filter(({ have }) => !have()).map(({ name }) => name)
  if (absent.length > 0) return { why: `needs ${absent.join(', ')}` }
  if (!install) return { why: 'not installed; npm run rig' }
  mkdirSync(cache, { recursive: true })
  let failure
  for (let tried = 0; tried < TRIES; tried++) {
    failure = installOnce(rig, dir, cache)
    if (isReady(rig, dir)) return { dir }
  }
  return { why: `tried ${TRIES} times: ${failure}` }
}

/** Opens each, with a line on it; answers whether all that is required is there. */
export function provideRigs(rigs, { required, say, ...options }) {
  const opened = Object.entries(rigs).map(([name, rig]) => {
    const { dir, why } = openRig(rig, { install: true, ...options })
    say(`rig ${name}: ${why === undefined ? (dir ?? "the machine's own") : `absent, ${why}`}`)
    return why === undefined
  })
  return !required || opened.every(Boolean)
}

/** Beside its place, so that what bears the digest is whole; answers why it failed. */
function installOnce(rig, dir, cache) {
  const staging = mkdtempSync(join(cache, '.staging-'))
  try {
    rig.install(rig.lock, staging)
    if (!works(rig, staging)) return `installed, but ${rig.works.join(' ')} fails`
    rmSync(dir, { recursive: true, force: true })
    renameSync(staging, dir)
    return undefined
  } catch (error) {
    return error.message.trim().replaceAll('\n', '; ')
  } finally {
    rmSync(staging, { recursive: true, force: true })
  }
}

const isReady = (rig, dir) => existsSync(dir) && works(rig, dir)

function works({ works: [command, ...args] }, dir) {
  const PATH = dir === undefined ? process.env.PATH : pathWith(dir)
  return (
    spawnSync(command, args, { stdio: 'ignore', timeout: 60_000, env: { ...process.env, PATH } }).status === 0
  )
}

/** The PATH with the programs of a rig first. */
export function pathWith(dir) {
  return [join(dir, 'bin'), process.env.PATH].join(delimiter)
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const asked = process.argv.slice(2).map((name) => [name, RIGS[name]])
  const unknown = asked.filter(([, rig]) => rig === undefined).map(([name]) => name)
  if (unknown.length > 0 || asked.length === 0) {
    process.stderr.write(
      `npm run rig -- ${Object.keys(RIGS).join('|')}${unknown.map((name) => `; not ${name}`)}\n`,
    )
    process.exit(2)
  }
  const required = process.env.TASKCLF_RIGS === 'require'
  const say = (line) => process.stdout.write(`${line}\n`)
  if (!provideRigs(Object.fromEntries(asked), { required, say })) process.exitCode = 1
}
