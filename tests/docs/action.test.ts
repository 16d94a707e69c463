// The composite action, run as the runner runs it: the step's command by bash, inputs as variables, the runner's files
// as plain files.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { copyDemoModels, demoDir, runCli, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const BEST = '2026-03-02_031009_run-8935'
const REJECTED = '2026-01-05_031007_run-1824'

/** What action.yml says, as far as this test runs it: `key: value` lines, at their depth. */
const ACTION = readFileSync(join(ROOT, 'action.yml'), 'utf8')

interface Asked {
  candidate: string
  inputs?: Record<string, string>
}

/** Runs the action's one step; inputs become its `env` as action.yml maps them. */
async function runAction(cwd: string, { candidate, inputs = {} }: Asked) {
  const step = /^ {6}run: (.+)$/m.exec(ACTION)?.[1] ?? ''
  const mapped = [...ACTION.matchAll(/^ {8}(GATE_\w+): \$\{\{ inputs\.([\w-]+) \}\}$/gm)]
  expect(mapped.length).toBeGreaterThan(5)
  const given: Record<string, string> = { candidate, 'models-dir': 'models', command: taskclf(), ...inputs }
  const files = { GITHUB_STEP_SUMMARY: join(cwd, 'summary.md'), GITHUB_OUTPUT: join(cwd, 'output') }
  for (const file of Object.values(files)) writeFileSync(file, '')
  const { status, stdout } = spawnSync('bash', ['-eo', 'pipefail', '-c', step], {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      GITHUB_ACTION_PATH: ROOT,
      GITHUB_WORKSPACE: cwd,
      RUNNER_TEMP: cwd,
      ...files,
      ...Object.fromEntries(mapped.map(([, name, input]) => [name, given[input ?? ''] ?? ''])),
    },
  })
  return {
    status,
    annotations: stdout
      .replace(/^::stop-commands::(.+)\n[\s\S]*?^::\1::\n/m, '')
      .split('\n')
      .filter((line) => line.startsWith('::')),
    summary: readFileSync(files.GITHUB_STEP_SUMMARY, 'utf8'),
    outputs: outputsOf(readFileSync(files.GITHUB_OUTPUT, 'utf8')),
  }
}

function taskclf(): string {
  const { bin } = JSON.parse(readFileSync(join(ROOT, 'packages/cli/package.json'), 'utf8'))
  return `node ${join(ROOT, 'packages/cli', bin.taskclf)}`
}

function outputsOf(text: string): Record<string, string> {
  const found = text.matchAll(/^([\w-]+)<<(\S+)\n([\s\S]*?)\n\2$/gm)
  return Object.fromEntries([...found].map(([, name, , value]) => [name, value ?? '']))
}

/** A repository with the demo's models, a champion, and one bundle as a candidate under another name. */
async function pullRequest(of: string, changes: Record<string, object> = {}): Promise<string> {
  const cwd = scratchDir()
  copyDemoModels(cwd)
  cpSync(join(demoDir, 'feature-schema.json'), join(cwd, 'feature-schema.json'))
  await runCli(['model', 'set-active', '--model-id', BEST], { cwd })
  cpSync(join(cwd, 'models', of), join(cwd, 'candidate'), { recursive: true })
  for (const [name, change] of Object.entries({
    'metadata.json': { model_id: 'run-candidate' },
    ...changes,
  })) {
    const path = join(cwd, 'candidate', name)
    writeFileSync(path, JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), ...change }))
  }
  return cwd
}

it('lets a candidate pass, with the champion beside it', async () => {
  const cwd = await pullRequest(BEST)
  const inputs = { 'feature-schema': 'feature-schema.json' }
  const { status, annotations, summary, outputs } = await runAction(cwd, { candidate: 'candidate', inputs })
  expect([status, annotations]).toEqual([0, []])
  expect(outputs).toMatchObject({ passed: 'true', outcome: 'dry_run', code: '', champion: BEST })
  expect(outputs.candidate).toBe('run-candidate')
  expect(JSON.parse(readFileSync(outputs.report ?? '', 'utf8')).dry_run).toBe(true)
  expect(summary.match(/^\| ✅ /gm)).toHaveLength(4)
  expect(summary).not.toContain('❌')
})

it('says whether a candidate that may be published would become active, too', async () => {
  const headline = async (answer: object) => {
    const cwd = await pullRequest(BEST)
    const program = join(cwd, 'answer.mjs')
    writeFileSync(program, `console.log(${JSON.stringify(JSON.stringify(answer))})`)
    return (
      await runAction(cwd, { candidate: 'candidate', inputs: { command: `node ${program}` } })
    ).summary.split('\n')[0]
  }
  const clear = { version: 1, outcome: 'dry_run', dry_run: true, candidate: { model_id: 'new' } }
  const selection = { code: 'better', message: 'new gains 0.1', candidate: { model_id: 'new' } }
  expect(await headline({ ...clear, selection })).toBe('## ✅ The candidate would be promoted')
  for (const other of [{ code: 'gain_too_small' }, { candidate: { model_id: 'older' } }])
    expect(await headline({ ...clear, selection: { ...selection, ...other } })).toMatch(
      /^## ✅ The candidate would be published, but not become active: new gains 0.1$/,
    )
})

it('annotates every failed gate on the file that says it, and fails', async () => {
  const cwd = await pullRequest(REJECTED)
  const { status, annotations, summary, outputs } = await runAction(cwd, { candidate: 'candidate' })
  expect(status).toBe(1)
  expect(annotations).toHaveLength(3)
  for (const metric of ['acceptance_pass', 'breakidle_precision', 'min_class_precision']) {
    const start = `::error file=candidate/metrics.json,title=${metric}%3A `
    expect(annotations.filter((line) => line.startsWith(start))).toHaveLength(1)
  }
  expect(outputs).toMatchObject({ passed: 'false', outcome: 'rejected', code: 'not_equal', champion: BEST })
  expect(summary.match(/^\| ❌ \| gate /gm)).toHaveLength(3)
})

it('says in the right place that the feature schema is another', async () => {
  const cwd = await pullRequest(BEST)
  const { status, annotations } = await runAction(cwd, {
    candidate: 'candidate',
    inputs: { 'schema-hash': 'ffffffffffff' },
  })
  expect(status).toBe(1)
  expect(annotations[0]).toMatch(/^::error file=candidate\/metadata\.json,title=schema_hash_mismatch::/)
})

it('annotates what makes a candidate no bundle', async () => {
  const cwd = await pullRequest(BEST)
  writeFileSync(join(cwd, 'candidate/metrics.json'), '{')
  const { status, annotations, outputs, summary } = await runAction(cwd, { candidate: 'candidate' })
  expect(status).toBe(1)
  expect(annotations).toEqual([
    expect.stringMatching(/^::error file=candidate\/metrics\.json,title=malformed_json::/),
  ])
  expect(outputs).toMatchObject({ passed: 'false', outcome: 'error', code: 'candidate_invalid' })
  expect(summary).toContain('❌')
})

it('cannot be made to say something else by a name in a file', async () => {
  const evil = 'x\n::set-output name=passed::true\n<img src=x>|'
  const cwd = await pullRequest(BEST, { 'metadata.json': { model_id: 'run-candidate', schema_hash: evil } })
  const inputs = { 'schema-hash': 'ffffffffffff' }
  const { status, annotations, outputs, summary } = await runAction(cwd, { candidate: 'candidate', inputs })
  expect(status).toBe(1)
  expect(annotations.every((line) => line.startsWith('::error '))).toBe(true)
  expect(outputs.passed).toBe('false')
  expect(summary).not.toContain('<img')
})

it('says which champion it compared with, and where it came from', async () => {
  const cwd = await pullRequest(BEST)
  const { summary } = await runAction(cwd, { candidate: 'candidate' })
  const champion = `champion **${BEST.replaceAll('_', '&#95;')}**`
  expect(summary).toContain(`${champion} (the active model of models).`)
  rmSync(join(cwd, 'models/active.json'))
  rmSync(join(cwd, 'models/active_history.jsonl'))
  const without = await runAction(cwd, { candidate: 'candidate' })
  expect(without.summary).toContain(`${champion} (nothing being active the best of models).`)
})

it('fails without a champion where one is required, and passes otherwise', async () => {
  const cwd = await pullRequest(BEST)
  rmSync(join(cwd, 'models'), { recursive: true })
  mkdirSync(join(cwd, 'models'))
  const asked = (required: string) =>
    runAction(cwd, { candidate: 'candidate', inputs: { 'require-champion': required } })
  const free = await asked('false')
  expect([free.status, free.outputs.passed, free.outputs.champion]).toEqual([0, 'true', ''])
  const { status, outputs, annotations, summary } = await asked('true')
  expect([status, outputs.passed, outputs.code]).toEqual([1, 'false', 'no_champion'])
  expect(annotations.filter((line) => line.startsWith('::error '))).toEqual([
    expect.stringMatching(/a champion is required: nothing is active/),
  ])
  expect(summary).toMatch(/^## ❌ The candidate is rejected/)
  expect((await asked('yes')).status).toBe(2)
})

it('passes with a champion where one is required, unless it is of another schema', async () => {
  const inputs = { 'require-champion': 'true' }
  const cwd = await pullRequest(BEST)
  expect((await runAction(cwd, { candidate: 'candidate', inputs })).status).toBe(0)
  const other = await pullRequest(BEST, {
    'metadata.json': { model_id: 'run-candidate', schema_hash: 'ffffffffffff' },
  })
  const { status, outputs } = await runAction(other, { candidate: 'candidate', inputs })
  expect([status, outputs.code]).toEqual([1, 'champion_other_schema'])
})

it('fails, and says so, when there is no taskclf and when there is no candidate', async () => {
  const cwd = await pullRequest(BEST)
  const inputs = { command: 'no-such-program-here' }
  const missing = await runAction(cwd, { candidate: 'candidate', inputs })
  expect([missing.status, missing.outputs.code]).toEqual([3, 'not_run'])
  expect(missing.annotations).toHaveLength(1)
  const unnamed = await runAction(cwd, { candidate: '' })
  expect([unnamed.status, unnamed.annotations.length]).toEqual([2, 1])
})
