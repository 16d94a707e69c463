import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ModelInspect } from '@taskclf/documents'
import { copyDemoModels, demoDir, scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { binary, type Failure } from './support/taskclf.js'

const BEST = '2026-03-02_031009_run-8935'

function demo(): string {
  const dir = scratchDir()
  copyDemoModels(dir)
  return dir
}

it('shows how much each column was used, the greatest gain first, when it is asked for', async () => {
  const cwd = demo()
  const args = ['model', 'inspect', BEST, '--importance']
  const { code, json } = await binary<ModelInspect>([...args, '--json'], { cwd })
  expect(code).toBe(0)
  // Below its trees the file lists the splits of each column.
  const listed = /^feature_importances:\n((?:.+=\d+\n)+)/m.exec(
    readFileSync(join(demoDir, 'models', BEST, 'model.txt'), 'utf8'),
  )?.[1]
  const splits = json.importance
    ?.filter(({ split }) => split > 0)
    .map((each) => `${each.column}=${each.split}`)
  expect(splits?.sort()).toEqual(listed?.trimEnd().split('\n').sort())
  const gains = json.importance?.map((each) => each.gain) ?? []
  expect(gains).toEqual([...gains].sort((a, b) => b - a))
  const { stdout } = await binary(args, { cwd })
  expect(stdout).toMatch(new RegExp(`${json.importance?.[0]?.column} .* %.*█{24}`))
  // Enough digits to compare, and all of them in the document.
  expect(stdout).not.toMatch(/\d\.\d{6}.*█/)
  expect((await binary<ModelInspect>([...args.slice(0, 3), '--json'], { cwd })).json.importance).toBeNull()
})

it('refuses importances of a model file that does not say them', async () => {
  const cwd = demo()
  const file = join(cwd, 'models', BEST, 'model.txt')
  writeFileSync(file, readFileSync(file, 'utf8').replace(/^(split_gain|tree_sizes)=.*\n/gm, ''))
  const { code, json } = await binary<Failure>(['model', 'inspect', BEST, '--importance', '--json'], { cwd })
  expect([code, json.error.code]).toEqual([1, 'not_explainable'])
})
