// docs/guides/permissions.md, typed by users that exist for the kernel only: sudo, chown and stat know them by their numbers.
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { lacking } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { blocksOf, isRunnable } from './code-blocks.js'
import { readersFolder } from './readers-folder.js'
import { runBlock } from './run-block.js'

const PAGE = 'docs/guides/permissions.md'
const GROUP = 64_010
const USERS = { trainer: 64_001, service: 64_002, operator: 64_003 }
const AS_ROOT = process.getuid?.() === 0 ? [] : ['sudo', '-n']

it('runs as written by two users and a group', async ({ skip }) => {
  const [command = 'setpriv', ...args] = [...AS_ROOT, 'setpriv', '--reuid=64001', '--clear-groups', 'true']
  const reason = lacking(command, args)
  if (reason) skip(reason)
  const cwd = readersFolder('examples/churn')
  chmodSync(cwd, 0o755)
  for (const [name, text] of Object.entries(stubs())) {
    writeFileSync(join(cwd, 'bin', name), `#!/bin/sh\n${text}\n`)
    chmodSync(join(cwd, 'bin', name), 0o755)
  }
  const blocks = blocksOf(PAGE).filter(({ notRun }) => notRun === undefined)
  expect(blocks.filter(isRunnable).length).toBeGreaterThan(5)
  for (const block of blocks) {
    if (block.file !== undefined) writeFileSync(join(cwd, block.file), block.text)
    else if (isRunnable(block)) await runBlock(block, cwd)
  }
  expect(readFileSync(join(cwd, 'registry/active_history.jsonl'), 'utf8')).not.toBe('')
})

/** Programs that look names up, with our names in them. */
function stubs(): Record<string, string> {
  const root = AS_ROOT.join(' ')
  const uids = Object.entries(USERS)
    .map(([name, uid]) => `${name}) uid=${uid};;`)
    .join(' ')
  const numbers = Object.entries({ ...USERS, models: GROUP })
    .map(([name, id]) => `s/\\b${name}\\b/${id}/`)
    .join('; ')
  const names = Object.entries({ ...USERS, models: GROUP })
    .map(([name, id]) => `s/\\b${id}\\b/${name}/`)
    .join('; ')
  return {
    sudo: `shift; case $1 in ${uids} esac; shift
exec ${root} setpriv --reuid=$uid --regid=$uid --groups=$uid,${GROUP} env PATH="$PATH" "$@"`,
    chown: `to=$(echo "$1" | sed '${numbers}'); shift; exec ${root} /bin/chown "$to" "$@"`,
    chmod: `exec ${root} /bin/chmod "$@"`,
    stat: `/usr/bin/stat -c "$(echo "$2" | sed 's/%U/%u/; s/%G/%g/')" $(shift 2; echo "$@") | sed '${names}'`,
  }
}
