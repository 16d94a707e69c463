import type { errorDocument } from '@taskclf/documents'
import { runCli } from '@taskclf/test-kit'
import { expect } from 'vitest'
import type { z } from 'zod'
import { runTaskclf } from '../../src/cli.js'
import type { Io } from '../../src/io.js'
import { JSON_SCHEMAS } from '../../src/json-schemas.js'

const DOCUMENTS: Readonly<Record<string, string>> = {
  'model set-active': 'model-switch.v1.json',
  'model rollback': 'model-switch.v1.json',
  'model readmit': 'model-withdraw.v1.json',
}

/** The document that a command prints, checked against its published schema; a failure is checked as an error. */
export function checkedJson(args: readonly string[], stdout: string): Record<string, unknown> {
  const document: unknown = JSON.parse(stdout)
  expect(document).toMatchObject({ version: 1 })
  const failed = Object.hasOwn(document as object, 'error')
  const path = args.slice(
    0,
    ['doctor', 'completion', 'import', 'report', 'status'].includes(args[0] ?? '') ? 1 : 2,
  )
  const file = failed ? 'error.v1.json' : (DOCUMENTS[path.join(' ')] ?? `${path.join('-')}.v1.json`)
  const schema = JSON_SCHEMAS[file] as z.ZodType
  expect(schema, file).toBeDefined()
  expect(schema.safeParse(document).error?.issues ?? [], file).toEqual([])
  return document as Record<string, unknown>
}

/** What a failure prints with `--json`. */
export type Failure = z.infer<typeof errorDocument>

export interface Said<D> {
  code: number | null
  stdout: string
  stderr: string
  /** The document of `--json`, already checked against its schema. */
  json: D
}

interface Where {
  cwd: string
  env?: Record<string, string | undefined>
}

/** The built binary, as a user runs it. */
export async function binary<D = Failure>(args: string[], where: Where): Promise<Said<D>> {
  const { code, stdout, stderr } = await runCli(args, where)
  return { code, stdout, stderr, json: look<D>(args, stdout) }
}

/** The same program in this process, with streams, clock and terminal passed in. */
export async function taskclf<D = Failure>(
  args: string[],
  where: Where & { columns?: number; now?: () => Date },
): Promise<Said<D>> {
  const out: string[] = []
  const err: string[] = []
  const tty = where.columns === undefined ? {} : { isTTY: true, columns: where.columns }
  const io: Io = {
    stdout: { write: (text) => out.push(text), ...tty },
    stderr: { write: (text) => err.push(text), ...tty },
    env: where.env ?? {},
    cwd: where.cwd,
    now: where.now ?? (() => new Date('2026-04-01T12:00:00Z')),
    user: () => 'tester',
  }
  const code = await runTaskclf(args, io)
  const stdout = out.join('')
  return { code, stdout, stderr: err.join(''), json: look<D>(args, stdout) }
}

function look<D>(args: readonly string[], stdout: string): D {
  // Checked against its schema, from which the tests' types are inferred.
  return (args.includes('--json') ? checkedJson(args, stdout) : undefined) as D
}
