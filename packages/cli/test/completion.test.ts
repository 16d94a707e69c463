import { spawnSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { copyDemoModels, scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { taskclf } from './support/taskclf.js'

const BIN = fileURLToPath(new URL('../dist/bin.cjs', import.meta.url))
const has = (shell: string) => spawnSync(shell, ['--version']).status === 0

function demo(): string {
  const dir = scratchDir()
  copyDemoModels(dir)
  return dir
}

async function scriptFor(shell: string, dir: string): Promise<string> {
  const { code, stdout } = await taskclf(['completion', shell], { cwd: dir })
  expect(code).toBe(0)
  return stdout
}

/** What the shell says, line by line; SHELL is the other one, as when one is started from the other. */
function run(shell: string, dir: string, script: string, other: string): string[] {
  const { stdout, stderr } = spawnSync(shell, ['-c', script], {
    cwd: dir,
    env: { ...process.env, SHELL: other },
  })
  expect(stderr.toString()).toBe('')
  return stdout.toString().trim().split('\n')
}

const PROGRAM = `taskclf() { '${process.execPath}' '${BIN}' "$@"; }`

describe('completion', () => {
  it('completes in bash', async () => {
    const dir = demo()
    const ask = (...words: string[]) =>
      `COMP_WORDS=(taskclf ${words.join(' ')}); COMP_CWORD=${words.length}; _taskclf; echo "\${COMPREPLY[@]}"`
    const script = [
      await scriptFor('bash', dir),
      PROGRAM,
      ask('mod'),
      ask('train', 'list', '--sort', 'w'),
      ask('model', 'inspect', '--models-dir', 'models', '2026-03-02'),
      ask('policy', 'show', "''"),
      ask('policy', 'check', "''"),
    ].join('\n')
    expect(run('bash', dir, script, '/bin/zsh')).toEqual([
      'model',
      'weighted_f1',
      '2026-03-02_031009_run-8935',
      'classification default latest ungated',
    ])
  })

  const zsh = has('zsh')
  it(zsh ? 'in zsh' : 'in zsh: THERE IS NO ZSH HERE, so the script is only looked at', async () => {
    const dir = demo()
    const written = await scriptFor('zsh', dir)
    expect(written).toMatch(/^#compdef taskclf\n/)
    expect(written).toContain(`SHELL=zsh taskclf __complete "\${(@)words[2,CURRENT]}"`)
    if (!zsh) {
      process.stderr.write('WARNING: no zsh on this machine; its completion script was not run\n')
      return
    }
    writeFileSync(join(dir, '_taskclf'), written)
    // What the completion system would do with the candidates: print them.
    const system = [
      'compdef() { : }',
      `_describe() { print -r -- \${(j:,:)\${(P)2}} }`,
      '_files() { print FILES }',
      'source ./_taskclf',
      PROGRAM,
    ]
    const ask = (...words: string[]) =>
      `words=(taskclf ${words.join(' ')}); CURRENT=${words.length + 1}; _taskclf`
    const asked = [
      ask('model', 'rollb'),
      ask('train', 'list', '--sort', 'w'),
      ask('model', 'inspect', '2026-03-02'),
      ask('policy', 'show', "''"),
      ask('policy', 'check', "''"),
    ]
    expect(run('zsh', dir, [...system, ...asked].join('\n'), '/bin/bash')).toEqual([
      expect.stringMatching(/^rollback:.+/),
      'weighted_f1',
      '2026-03-02_031009_run-8935',
      'default,ungated',
      'FILES',
    ])
  })

  it('is for the shell of the user where none is named', async () => {
    for (const [SHELL, word] of [
      ['/bin/zsh', '#compdef'],
      ['/bin/bash', 'complete -o default'],
      [undefined, 'complete -o default'],
    ] as const) {
      expect((await taskclf(['completion'], { cwd: scratchDir(), env: { SHELL } })).stdout).toContain(word)
    }
  })
})
