// Every example of every --help, typed into a shell as it stands there, in a folder that has everything it names.
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runCli } from '@taskclf/test-kit'
import { beforeAll, describe, expect, it } from 'vitest'
import { COMMANDS } from '../../packages/cli/src/commands/all.js'
import { copyOf, endlessRun, fillExampleFolder, typeLine } from './example-folder.js'

/** What comes before, where an example makes no sense without. */
const BEFORE: Readonly<Record<string, string>> = {
  'taskclf import model.txt --metrics auc=0.87 --out imported': 'cp candidate/model.txt .',
  'taskclf model rollback --to 3': 'taskclf model set-active --model-id 2026-02-16_031012_run-2286',
  'taskclf policy check policy.json': 'taskclf policy init',
  // A run that ended just now counts: nothing would be due.
  'taskclf train check-retrain': 'rm -r runs',
  'taskclf train check-retrain --cadence 7d && make train': 'rm -r runs',
  'taskclf train check-retrain --cadence 7d --retry-after 1d': 'rm -r runs',
}

let folder = ''
beforeAll(async () => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'taskclf-examples-')))
  await fillExampleFolder(folder)
  return () => rmSync(folder, { recursive: true })
})

describe.each(COMMANDS.map(({ path, examples }) => [path.join(' '), path, examples] as const))(
  '%s',
  (_, path, examples) => {
    it('shows its examples with --help', async () => {
      const { stdout } = await runCli([...path, '--help'], { cwd: folder })
      expect(examples.length).toBeGreaterThan(0)
      // Whole, on one line: else nobody could copy it.
      const lines = stdout.split('\n').map((line) => line.trim())
      for (const [line] of examples) expect(lines).toContain(line)
    })

    it.each(examples)('runs %s', async (line) => {
      const dir = copyOf(folder)
      if (BEFORE[line] !== undefined) await typeLine(BEFORE[line], dir)
      const run = line.includes(' runs cancel ') ? await endlessRun(dir) : undefined
      await typeLine(line, dir)
      if (run !== undefined) expect((await run.done).state).toBe('cancelled')
      const [, written] = /(?:--output|>>?) ([\w.~/]+)/.exec(line) ?? []
      if (written === undefined) return
      const file = join(dir, written.replace('~/', ''))
      expect(existsSync(file) && !line.includes('2>') ? readFileSync(file, 'utf8') : file).not.toBe('')
    })
  },
)
