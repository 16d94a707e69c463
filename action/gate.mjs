// The step of action.yml: asks `taskclf train promote --dry-run --json`, and tells the runner what came of it: annotations,
// a summary, outputs, the exit code. Reads GATE_* and the runner's variables; needs nothing but Node.
import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { annotationsOf, summaryOf } from './words.mjs'

const { env } = process
const candidate = env.GATE_CANDIDATE
if (!candidate) {
  process.stdout.write('::error title=taskclf::the input "candidate" is missing\n')
  process.exit(2)
}

const { answer, exitCode } = ask()
const shown = relative(resolve(env.GITHUB_WORKSPACE ?? '.'), resolve(candidate)) || '.'
const passed = exitCode === 0 && answer.error === undefined && answer.rejection === undefined
for (const line of annotationsOf(answer, shown)) process.stdout.write(`${line}\n`)
if (env.GITHUB_STEP_SUMMARY) appendFileSync(env.GITHUB_STEP_SUMMARY, summaryOf(answer, shown))
setOutputs({
  passed: String(passed),
  outcome: answer.outcome ?? 'error',
  code: answer.error?.code ?? answer.rejection?.code ?? '',
  candidate: answer.candidate?.model_id ?? '',
  champion: answer.champion_model_id ?? '',
  report: keep(answer),
})
process.exitCode = passed ? 0 : exitCode || 1

function ask() {
  const [program, ...words] = command()
  const flags = [
    ['--models-dir', env.GATE_MODELS_DIR],
    ['--policy', env.GATE_POLICY],
    ['--feature-schema', env.GATE_FEATURE_SCHEMA],
    ['--schema-hash', env.GATE_SCHEMA_HASH],
  ].filter(([, value]) => value)
  // A directory that begins with a dash is still a directory.
  const args = [...words, 'train', 'promote', '--dry-run', '--json', ...flags.flat(), '--', candidate]
  const { status, signal, error, stdout } = spawnSync(program, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 << 20,
  })
  if (error) return { exitCode: 3, answer: failure(`${program} cannot be run: ${error.message}`) }
  const ended = signal ?? `exit code ${status}`
  return { exitCode: status ?? 70, answer: parsed(stdout) ?? failure(`${program} gave no answer (${ended})`) }
}

function command() {
  const given = env.GATE_COMMAND?.trim()
  if (given) return given.split(/\s+/)
  return ['npx', '--yes', `taskclf@${env.GATE_VERSION || ownVersion()}`]
}

/** Whoever pins the action pins the command line with it. */
function ownVersion() {
  return JSON.parse(readFileSync(new URL('../packages/cli/package.json', import.meta.url), 'utf8')).version
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function failure(message) {
  return { version: 1, error: { code: 'not_run', message } }
}

function keep(answer) {
  const path = join(mkdtempSync(join(env.RUNNER_TEMP ?? tmpdir(), 'taskclf-gate-')), 'promotion.json')
  writeFileSync(path, `${JSON.stringify(answer, null, 2)}\n`)
  return path
}

/** The delimiter cannot be guessed, so that no name from disk ends its own value and begins another. */
function setOutputs(outputs) {
  if (!env.GITHUB_OUTPUT) return
  for (const [name, value] of Object.entries(outputs)) {
    const end = `end-${randomUUID()}`
    appendFileSync(env.GITHUB_OUTPUT, `${name}<<${end}\n${value}\n${end}\n`)
  }
}
