import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCli, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

/** `chosen` is active, `best` is what the policy would take. */
async function scene() {
  const dir = scratchDir()
  const models = join(dir, 'models')
  writeBundle(models, 'chosen', { metrics: { macro_f1: 0.8 } })
  writeBundle(models, 'best')
  await runCli(['model', 'set-active', '--model-id', 'chosen'], { cwd: dir })
  return { dir, models }
}

const DAMAGE: [string, (models: string) => void, readonly string[]][] = [
  ['a pointer that cannot be read', (models) => writeFileSync(join(models, 'active.json'), '{'), []],
  ['an empty pointer', (models) => writeFileSync(join(models, 'active.json'), ''), []],
  ['no pointer', (models) => rmSync(join(models, 'active.json')), []],
  ['a model that is gone', (models) => rmSync(join(models, 'chosen'), { recursive: true }), []],
  ['a damaged model', (models) => writeFileSync(join(models, 'chosen', 'metadata.json'), '{'), []],
  ['other labels than required', () => {}, ['--label-set', 'a,b']],
  ['another schema than required', () => {}, ['--schema-hash', 'aaaaaaaaaaaa']],
]

it.each(DAMAGE)('says in why what infer resolve does: %s', async (_, damage, flags) => {
  const { dir, models } = await scene()
  damage(models)
  const resolved = await runCli(['infer', 'resolve', '--json', ...flags], { cwd: dir })
  const answer = JSON.parse(resolved.stdout)
  const { explanation } = JSON.parse(
    (await runCli(['model', 'why', '--json', ...flags], { cwd: dir })).stdout,
  )
  const said = explanation.at(-1) as string
  if (resolved.code === 0) expect(said).toContain(answer.model_id)
  else expect(said).toContain(`[${answer.error.code}]`)
  expect(said.includes('best by policy')).toBe(resolved.code === 0 && answer.degraded === null)
})

it('serves a model that fails a gate all the same, and why does not say otherwise', async () => {
  const { dir, models } = await scene()
  writeBundle(models, 'chosen', { metrics: { macro_f1: 0.8, acceptance_pass: false } })
  expect((await runCli(['infer', 'resolve'], { cwd: dir })).code).toBe(0)
  const { explanation } = JSON.parse((await runCli(['model', 'why', '--json'], { cwd: dir })).stdout)
  expect(explanation.at(-1)).toContain('It serves all the same')
})
