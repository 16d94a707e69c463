import { readFileSync } from 'node:fs'
import { ActivePointerError } from '@taskclf/active-pointer'
import { DurableFsError } from '@taskclf/durable-fs'
import { TaskclfError } from '@taskclf/errors'
import { ResolveError } from '@taskclf/infer-resolver'
import { RegistryUseError } from '@taskclf/registry'
import { REGISTRY_ERRORS, RegistryError } from '@taskclf/registry-core'
import { scratchDir } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { runTaskclf } from '../src/cli.js'
import { type AnyCommand, declare, withWork } from '../src/command.js'
import { CliError } from '../src/errors.js'
import { EXIT } from '../src/exit-codes.js'
import { describeError, errorDocument, errorText, stackText } from '../src/render/error.js'
import { ERROR_EXITS } from '../src/render/error-exits.js'

const missing = (() => {
  try {
    return readFileSync('/does/not/exist')
  } catch (error) {
    return error
  }
})()

describe('errors', () => {
  it.each<[string, unknown, number]>([
    ['usage', new CliError('usage', 'x'), 2],
    ['gate_failed', new RegistryUseError('gate_failed', 'x'), 1],
    ['models_dir_missing', new RegistryError('models_dir_missing', '/m', 'x'), 3],
    ['unusable_name', new RegistryError('unusable_name', '..', 'x'), 2],
    ['conflict', new ActivePointerError('conflict', 'x'), 4],
    ['overtaken', new ActivePointerError('overtaken', 'x'), 4],
    ['lock_foreign_owner', new ActivePointerError('lock_foreign_owner', 'x'), 4],
    ['durability_unknown', new ActivePointerError('durability_unknown', 'x'), 3],
    ['nothing_to_roll_back_to', new ActivePointerError('nothing_to_roll_back_to', 'x'), 1],
    ['lock_timeout', new DurableFsError('lock_timeout', '/l', 'x'), 4],
    ['write_failed', new DurableFsError('write_failed', '/l', 'x'), 3],
    ['no_eligible_model', new ResolveError('no_eligible_model', 'x'), 1],
    ['system', missing, 3],
    ['internal', new TypeError('x is not a function'), 70],
    ['internal', 'thrown text', 70],
  ])('ends %s with its exit code', (code, error, exitCode) => {
    expect(describeError(error)).toMatchObject({ code, exitCode })
  })

  it('shows message, code and hint, escaped, and no stack', () => {
    const text = errorText(describeError(new CliError('usage', 'bad\u001b\nline', { hint: 'do\u0007 this' })))
    expect(text.split('\n')).toEqual([
      'taskclf: bad\\x1b',
      'line [usage]',
      '  do\\x07 this',
      expect.stringContaining('#usage'),
      '',
    ])
  })

  it('shows the hint of the error: that of its table, or a more exact one of the place that throws', () => {
    const plain = describeError(new RegistryError('models_dir_missing', '/m', 'x'))
    expect(plain.hint).toBe(REGISTRY_ERRORS.models_dir_missing.hint)
    const exact = describeError(new RegistryError('models_dir_missing', '/m', 'x', { hint: 'mount /m' }))
    expect(exact.hint).toBe('mount /m')
    expect(errorText(exact)).toContain('\n  mount /m\n')
  })

  it('calls an error whose code it has no exit code for a defect', () => {
    class OtherError extends TaskclfError {}
    const other = new OtherError({ crlf: { what: 'x', hint: 'x' } }, 'crlf', 'x')
    expect(describeError(other)).toMatchObject({ code: 'internal', exitCode: 70 })
  })

  it.each(['..', '../../..'])('names the heading that explains them, seen from %s', (top) => {
    for (const code of Object.keys(ERROR_EXITS)) {
      const described = { exitCode: EXIT.no, code, message: 'x' }
      const named = /^ {2}see (\S+?)#(\S+)/m.exec(errorText(described)) ?? []
      expect(errorDocument(described)).toMatchObject({ error: { see: `${named[1]}#${named[2]}` } })
      const page = readFileSync(new URL(`${top}/${named[1]}`, import.meta.url), 'utf8')
      expect(page.split('\n'), code).toContain(`## ${named[2]}`)
    }
  })

  it('follows causes for --debug', () => {
    const stack = stackText(new Error('outer', { cause: new Error('inner', { cause: 'text' }) }))
    expect(stack).toMatch(/outer[\s\S]*caused by Error: inner[\s\S]*caused by text/)
    expect(stackText('no error')).toBe('')
  })
})

describe('our own defect', () => {
  const broken: AnyCommand = withWork(
    declare({ path: ['broken'], summary: 'Fails', flags: {}, examples: [] }),
    async () => ({
      run: async () => {
        throw new TypeError('defect')
      },
      text: () => '',
    }),
  )

  async function run(...argv: string[]) {
    const [out, err]: [string[], string[]] = [[], []]
    const io = {
      stdout: { write: (text: string) => out.push(text) },
      stderr: { write: (text: string) => err.push(text) },
      env: {},
      cwd: scratchDir(),
      now: () => new Date(0),
    }
    const code = await runTaskclf(['broken', ...argv], io, [broken])
    return { code, stdout: out.join(''), stderr: err.join('') }
  }

  it('ends with 70 and shows its stack with --debug only', async () => {
    const quiet = await run('--json')
    expect(quiet.code).toBe(70)
    expect(JSON.parse(quiet.stdout)).toMatchObject({
      version: 1,
      error: { code: 'internal', message: 'defect' },
    })
    expect(quiet.stderr).not.toContain('    at ')
    expect((await run('--debug')).stderr).toContain('    at ')
  })
})
