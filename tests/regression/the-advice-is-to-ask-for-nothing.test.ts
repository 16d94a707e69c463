import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { copyDemoModels, copyRegistryModels, runCli, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

// Bundles that lack what the gates ask for: whoever follows the advice must not end up with no gates at all.
it.each([[['model', 'select']], [['doctor']]])(
  'does not advise to switch the gates off in %j',
  async (command) => {
    const dir = scratchDir()
    rmSync(join(copyRegistryModels(dir), 'active.json'))
    const { stdout, stderr } = await runCli(command, { cwd: dir })
    const said = `${stdout}${stderr}`
    expect(said).toContain('no model is eligible')
    expect(said).not.toMatch(/ungated|without gates/)
    expect(said).toContain('policy init')
  },
)

it('names the Python project in doctor only to those who have it', async () => {
  const dir = scratchDir()
  copyDemoModels(dir)
  const { stdout } = await runCli(['doctor'], { cwd: dir })
  expect(stdout).not.toContain('Python')
})
