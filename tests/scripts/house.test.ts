// The house's own check fails where something is planted that it must not let pass.
import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { ROOT } from '../docs/code-blocks.js'

const MANIFEST = JSON.stringify({ type: 'module', sideEffects: false, engines: { node: '>=20.19' } })

/** What the check says of a tree of these files. */
function checked(files: Record<string, string>): { code: number | null; said: string } {
  const tree = scratchDir()
  const all = {
    'packages/cli/package.json': MANIFEST,
    'packages/cli/src/cli.ts': '',
    'packages/registry/package.json': MANIFEST,
    'packages/registry/src/index.ts': '',
    'scripts/one.mjs': '// What it does.\n// No library: none does.\n',
    ...files,
  }
  for (const [path, text] of Object.entries(all)) {
    mkdirSync(dirname(join(tree, path)), { recursive: true })
    writeFileSync(join(tree, path), text)
  }
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/check-house.mjs'), tree])
  return { code: status, said: stderr.toString() }
}

it('is content with what keeps the rules', () => {
  const words = "import { type ActiveState, ACTIVE_POINTER_ERRORS } from '@taskclf/active-pointer'\n"
  const typed = "import type { readActive } from '@taskclf/active-pointer'\n"
  expect(checked({ 'packages/cli/src/one.ts': words, 'packages/cli/src/two.ts': typed })).toEqual({
    code: 0,
    said: '',
  })
})

it.each([
  [
    'a command that reads the pointer',
    'packages/cli/src/one.ts',
    "import { readActive } from '@taskclf/active-pointer'\n",
    'takes readActive of active-pointer',
  ],
  [
    'a command that ranks',
    'packages/cli/src/one.ts',
    "import {\n  type Policy,\n  selectBest as best,\n} from '@taskclf/selection-policy'\n",
    'takes selectBest of selection-policy',
  ],
  [
    'a command that scans',
    'packages/cli/src/one.ts',
    "export { scanBundles } from '@taskclf/registry-core'\n",
    'takes scanBundles of registry-core',
  ],
  ['a command line that grows', 'packages/cli/src/one.ts', '//\n'.repeat(5501), 'at most 5500'],
  ['a file that grows', 'packages/cli/src/one.ts', '//\n'.repeat(221), 'at most 220'],
  [
    'a library that exits',
    'packages/registry/src/one.ts',
    'if (bad) process.exit(3)\n',
    'knows an exit code',
  ],
  ['a library that prints', 'packages/registry/src/one.ts', "console.log('x')\n", 'a library prints'],
  ['an open door', 'packages/registry/src/one.ts', "export * from './two.js'\n", 'name what is exported'],
  ['a script without a reason', 'scripts/two.mjs', '// What it does.\n', 'say at its top why no library'],
])('refuses %s', (_, path, text, says) => {
  const { code, said } = checked({ [path]: text })
  expect([code, said]).toEqual([1, expect.stringContaining(says)])
})
