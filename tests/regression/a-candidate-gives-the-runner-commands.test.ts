import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { copyDemoModels, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const BEST = '2026-03-02_031009_run-8935'

/** Commands at the start of a line, in their old form anywhere, behind encoded newlines; ends of properties and of fences. */
const HOSTILE = [
  'x ###[error]a ##[add-path]/tmp %0A::error::b',
  '::error::c\r::set-output name=passed::true',
  '::stop-commands::word',
  '::word::\u001b[1A,line=1::z\u2028::error::y',
].join('\n')

type Files = Record<string, (text: string) => unknown>

const metadata = (change: (text: string) => object): Files => ({ 'metadata.json': change })
const PLACES: Record<string, { files?: Files; dir?: boolean; input?: string }> = {
  model_id: { files: metadata((text) => ({ model_id: text })) },
  schema_hash: { files: metadata((text) => ({ schema_hash: text })) },
  created_at: { files: metadata((text) => ({ created_at: text })) },
  label_set: { files: metadata((text) => ({ label_set: [text, text] })) },
  'a metric': { files: { 'metrics.json': (text) => ({ [text]: Number.MAX_VALUE, macro_f1: text }) } },
  'a JSON text that is broken': { files: { 'metrics.json': (text) => text } },
  'the path of the candidate': { dir: true },
  'the path of the models dir': { input: 'GATE_MODELS_DIR' },
  'a policy': { input: 'GATE_POLICY' },
  'a schema hash that is asked for': { input: 'GATE_SCHEMA_HASH' },
  'a command': { input: 'GATE_COMMAND' },
  'a working directory': { input: 'GATE_WORKING_DIRECTORY' },
}

it.each(Object.entries(PLACES))('obeys nothing of %s', (_, how) => {
  const { stdout, stderr, output } = gate(HOSTILE, how)
  expect(stderr, 'standard error reaches the runner as it is').toBe('')
  for (const line of outsideFences(stdout)) {
    expect(line).toMatch(/^::(error|warning) (file=[^:,]*,)?title=[^:,]*::/)
    expect(line).not.toContain('##[')
  }
  const known = ['passed', 'outcome', 'code', 'candidate', 'champion', 'report']
  for (const name of Object.keys(outputsOf(output))) expect(known).toContain(name)
})

function gate(text: string, { files = {}, dir, input }: (typeof PLACES)[string]) {
  const cwd = scratchDir()
  copyDemoModels(cwd)
  const candidate = dir ? text : 'candidate'
  mkdirSync(join(cwd, candidate), { recursive: true })
  cpSync(join(cwd, 'models', BEST), join(cwd, candidate), { recursive: true })
  const changes: Files = { 'metadata.json': () => ({}), ...files }
  for (const [name, change] of Object.entries(changes)) {
    const path = join(cwd, candidate, name)
    const told = change(text)
    if (typeof told === 'string') writeFileSync(path, told)
    else {
      const before = JSON.parse(readFileSync(path, 'utf8'))
      writeFileSync(path, JSON.stringify({ ...before, model_id: 'run-candidate', ...(told as object) }))
    }
  }
  const output = join(cwd, 'output')
  writeFileSync(output, '')
  const { stdout, stderr } = spawnSync(process.execPath, [join(ROOT, 'action/gate.mjs')], {
    cwd,
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      GATE_CANDIDATE: candidate,
      GATE_MODELS_DIR: 'models',
      GATE_COMMAND: `${process.execPath} ${join(ROOT, 'packages/cli/dist/bin.cjs')}`,
      GITHUB_WORKSPACE: cwd,
      GITHUB_OUTPUT: output,
      RUNNER_TEMP: cwd,
      ...(input && { [input]: text }),
    },
  })
  return { stdout, stderr, output: readFileSync(output, 'utf8') }
}

/** The lines that a runner reads as commands: it ends a line at either mark, and stops at a fence until its word comes. */
function outsideFences(stdout: string): string[] {
  const outside: string[] = []
  let word: string | undefined
  for (const line of stdout.split(/\r\n|\r|\n/)) {
    if (word !== undefined) {
      if (line === `::${word}::`) word = undefined
    } else {
      word = /^::stop-commands::([\w-]{30,})$/.exec(line)?.[1]
      if (word === undefined && line !== '') outside.push(line)
    }
  }
  expect(word, 'a fence that was not closed').toBeUndefined()
  return outside
}

/** As the runner reads its file. */
function outputsOf(text: string): Record<string, string> {
  const found: Record<string, string> = {}
  const lines = text.split('\n')
  for (let i = 0; i < lines.length - 1; i++) {
    const [, name, end] = /^(.+?)<<(.+)$/.exec(lines[i] ?? '') ?? []
    expect(name, `a line of its own: ${lines[i]}`).toBeDefined()
    const from = i + 1
    while (lines[++i] !== end) expect(i).toBeLessThan(lines.length)
    found[name as string] = lines.slice(from, i).join('\n')
  }
  return found
}
