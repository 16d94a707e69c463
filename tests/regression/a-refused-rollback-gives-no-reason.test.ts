import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCli, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

it('says of each earlier model why it is passed over', async () => {
  const dir = scratchDir()
  const models = join(dir, 'models')
  for (const id of ['a', 'b']) {
    writeBundle(models, id)
    await runCli(['model', 'set-active', '--model-id', id], { cwd: dir })
  }
  appendFileSync(join(models, 'a', 'model.txt'), '\n')
  const { code, stderr } = await runCli(['model', 'rollback'], { cwd: dir })
  expect(code).toBe(1)
  expect(stderr).toContain('[nothing_to_roll_back_to]')
  expect(stderr).toMatch(/a \(revision 1\): .*no longer what was active then/)
})
