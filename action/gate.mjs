// The step of action.yml: asks `taskclf train promote --dry-run --json`, and tells the runner what came of it: annotations,
// a summary, outputs, the exit code. Reads GATE_* and the runner's variables; needs nothing but Node.
import { spawnSync } from 'node:child_process'
import { appendFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { annotation, printFenced, setOutputs } from './runner.mjs'
import { annotationsOf, championLacking, summaryOf } from './words.mjs'

const { env } = process

try {
  process.exitCode = gate()
} catch (error) {
  process.exitCode = notRun(`the gate did not run: ${error.message}`, 3)
}

/** Nothing was asked, and whoever reads the outputs is told so. The words of an error may hold a path. */
function notRun(message, exitCode) {
  const answer = failure(message)
  say([annotation('error', { title: 'taskclf', message })])
  if (env.GITHUB_STEP_SUMMARY) appendFileSync(env.GITHUB_STEP_SUMMARY, summaryOf(answer, ''))
  const outputs = { passed: 'false', outcome: 'error', code: answer.error.code, candidate: '', champion: '' }
  if (env.GITHUB_OUTPUT) setOutputs(env.GITHUB_OUTPUT, { ...outputs, report: keep(answer) })
  return exitCode
}

function gate() {
  const candidate = env.GATE_CANDIDATE
  if (!candidate) {
    return notRun('the input "candidate" is missing', 2)
  }
  const required = env.GATE_REQUIRE_CHAMPION || 'false'
  if (!['true', 'false'].includes(required)) {
    return notRun(`the input "require-champion" is true or false, not ${JSON.stringify(required)}`, 2)
  }
  if (env.GATE_WORKING_DIRECTORY) process.chdir(env.GATE_WORKING_DIRECTORY)
  const asked = ask(candidate)
  printFenced(asked.said)
  const shown = shownPath(candidate)
  const { answer, annotations, summary } = told(withRequired(asked, required === 'true'), shown)
  const passed = wouldPromote(answer, asked.exitCode)
  say(annotations)
  if (env.GITHUB_STEP_SUMMARY) appendFileSync(env.GITHUB_STEP_SUMMARY, summary)
  const outputs = {
    passed: String(passed),
    outcome: answer.outcome ?? 'error',
    code: answer.error?.code ?? answer.rejection?.code ?? '',
    candidate: answer.candidate?.model_id ?? '',
    champion: answer.champion_model_id ?? '',
    report: keep(answer),
  }
  if (env.GITHUB_OUTPUT) setOutputs(env.GITHUB_OUTPUT, outputs)
  return passed ? 0 : asked.exitCode || 1
}

/** A path as the repository has it. */
function shownPath(path) {
  return relative(resolve(env.GITHUB_WORKSPACE ?? '.'), resolve(path)) || '.'
}

function say(lines) {
  for (const line of lines) process.stdout.write(`${line}\n`)
}

/** The exit code, the answer, and what the program said besides: nothing of it reaches the runner as it is. */
function ask(candidate) {
  const [program, ...words] = command()
  const flags = [
    ['--models-dir', env.GATE_MODELS_DIR],
    ['--policy', env.GATE_POLICY],
    ['--feature-schema', env.GATE_FEATURE_SCHEMA],
    ['--schema-hash', env.GATE_SCHEMA_HASH],
  ].filter(([, value]) => value)
  // A directory that begins with a dash is still a directory.
  const args = [...words, 'train', 'promote', '--dry-run', '--json', ...flags.flat(), '--', candidate]
  const { status, signal, error, stdout, stderr } = spawnSync(program, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 64 << 20,
  })
  const said = stderr ?? ''
  if (error) return { exitCode: 3, answer: failure(`${program} cannot be run: ${error.message}`), said }
  const answer = parsed(stdout)
  if (answer !== undefined) return { exitCode: status ?? 70, answer, said }
  const ended = signal ?? `exit code ${status}`
  return {
    exitCode: status || 70,
    answer: failure(`${program} gave no answer (${ended})`),
    said: said + stdout,
  }
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
    const value = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

/** The one answer that lets a candidate pass: what a dry run says when it would be promoted. */
function wouldPromote({ version, outcome, dry_run, error, rejection }, exitCode) {
  const isClear = error === undefined && rejection === undefined
  return exitCode === 0 && version === 1 && outcome === 'dry_run' && dry_run === true && isClear
}

/** The answer; a yes without the champion that is required becomes a no. */
function withRequired(asked, isRequired) {
  const { answer, exitCode } = asked
  if (!isRequired || !wouldPromote(answer, exitCode)) return asked
  const rejection = championLacking(answer)
  if (rejection === undefined) return asked
  return { ...asked, exitCode: 1, answer: { ...answer, outcome: 'rejected', rejection } }
}

/** Whether it is a yes, a no with its reasons, or an error; nothing else is an answer to what was asked. */
function isKnown({ exitCode, answer }) {
  const { version, outcome, error, rejection } = answer
  if (version !== 1) return false
  if (error !== undefined) return typeof error?.code === 'string' && typeof error.message === 'string'
  if (rejection !== undefined) return outcome === 'rejected' && Array.isArray(rejection?.reasons)
  return wouldPromote(answer, exitCode)
}

/** The words for an answer; one of a form that no taskclf gives is an error itself. */
function told(asked, shown) {
  const words = (answer) => ({
    answer,
    annotations: annotationsOf(answer, shown),
    summary: summaryOf(answer, shown, shownPath(answer.models_dir ?? 'models')),
  })
  try {
    if (isKnown(asked)) return words(asked.answer)
  } catch {
    // Neither can it be put into words.
  }
  const why = `the answer (exit code ${asked.exitCode}) has a form that is not known`
  return words(failure(`${why}; give the action the version that it came with`))
}

function failure(message) {
  return { version: 1, error: { code: 'not_run', message } }
}

function keep(answer) {
  const path = join(mkdtempSync(join(env.RUNNER_TEMP ?? tmpdir(), 'taskclf-gate-')), 'promotion.json')
  writeFileSync(path, `${JSON.stringify(answer, null, 2)}\n`)
  return path
}
