import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { runTaskclf } from '../../packages/cli/src/cli.js'

const EVIL = '\u001b[2J\u001b]0;owned\u0007\u202e\u009b31m\r\n"\'`$(id)'
// What a terminal obeys: every control character but the newline, and what turns the reading direction.
const OBEYED = /[^\P{Cc}\n]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u

async function said(
  cwd: string,
  argv: string[],
  tty: boolean,
): Promise<{ code: number; text: string; stdout: string }> {
  let [stdout, stderr] = ['', '']
  const stream = (add: (text: string) => void) => ({ write: add, ...(tty && { isTTY: true, columns: 60 }) })
  const code = await runTaskclf(argv, {
    stdout: stream((text) => (stdout += text)),
    stderr: stream((text) => (stderr += text)),
    env: tty ? { NO_COLOR: '1' } : {},
    cwd,
    now: () => new Date('2026-05-01T00:00:00Z'),
  })
  // Progress returns to the line's beginning and clears it: the one thing a terminal is told, on a terminal only.
  const notes = tty ? stderr.replaceAll('\r\u001b[K', '') : stderr
  return { code, text: stdout + notes, stdout }
}

/** A models dir in which everything that has a name or a text has an evil one. */
function evilRegistry(): string {
  const cwd = scratchDir()
  const models = join(cwd, 'models')
  writeBundle(models, 'run-good', {
    metadata: { git_commit: EVIL, dataset_hash: EVIL, label_set: [EVIL, 'Build'] },
  })
  writeBundle(models, `run-${EVIL}`)
  writeBundle(models, 'run-\u001b[31mred', { metadata: { model_id: EVIL, created_at: EVIL } })
  writeBundle(models, 'run-bad', { files: { 'metrics.json': `{"macro_f1": ${EVIL}` } })
  writeBundle(models, 'run-key', {
    files: { 'metrics.json': JSON.stringify({ [EVIL]: 1, macro_f1: EVIL, eval_dataset_id: EVIL }) },
  })
  mkdirSync(join(models, `empty ${EVIL.replace('\n', '')}`))
  symlinkSync(`/tmp/${EVIL}`, join(models, `link ${EVIL}`))
  const pointer = (id: string) => ({
    model_dir: `models/${id}`,
    model_id: id,
    selected_at: EVIL,
    policy_version: 1,
    reason: { metric: EVIL, note: EVIL },
    revision: 1,
    write_id: EVIL,
    source: 'manual',
    withdrawn: [EVIL],
  })
  writeFileSync(join(models, 'active.json'), JSON.stringify(pointer('run-good')))
  const line = {
    at: EVIL,
    old: null,
    new: pointer('run-good'),
    revision: 1,
    write_id: EVIL,
    source: 'manual',
    actor: EVIL,
    decision: { why: EVIL, [EVIL]: EVIL },
  }
  writeFileSync(join(models, 'active_history.jsonl'), `${JSON.stringify(line)}\n${EVIL}\n`)
  return cwd
}

const COMMANDS: string[][] = [
  ['train', 'list'],
  ['train', 'list', '--all'],
  ['model', 'inspect', 'run-good'],
  ['model', 'inspect', `run-${EVIL}`],
  ['model', 'inspect', EVIL],
  ['model', 'history'],
  ['model', 'history', '--verbose'],
  ['model', 'why'],
  ['model', 'select'],
  ['model', 'verify'],
  ['infer', 'resolve'],
  ['doctor'],
  ['model', 'set-active', '--model-id', EVIL],
  ['model', 'rollback'],
  ['train', 'list', '--models-dir', EVIL],
  ['train', 'list', '--sort', EVIL],
  ['train', 'list', '--policy', EVIL],
  ['train', 'list', '--schema-hash', EVIL],
  [EVIL],
  [`--${EVIL}`],
]

describe('nothing read from disk or from the command line commands the terminal', () => {
  it.each(COMMANDS.map((argv) => [argv.join(' ').replaceAll(EVIL, 'EVIL'), argv] as const))(
    'escapes taskclf %s',
    async (_, argv) => {
      const cwd = evilRegistry()
      for (const tty of [true, false]) {
        const { code, text } = await said(cwd, argv, tty)
        expect(code).not.toBe(70)
        expect(text).not.toMatch(OBEYED)
        expect(text).not.toBe('')
      }
      const json = await said(cwd, [...argv, '--json'], false)
      expect(JSON.parse(json.stdout)).toMatchObject({ version: 1 })
      expect(json.stdout).not.toMatch(OBEYED)
    },
  )
})
