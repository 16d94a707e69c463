import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runCli, scratchDir, writeBundle } from '@taskclf/test-kit'
import { expect, it } from 'vitest'

/** One split on x at 0.5: what is missing goes right, as the missing type NaN says, and 0 goes left. */
const MODEL = [
  'tree',
  'version=v4',
  'num_class=1',
  'num_tree_per_iteration=1',
  'label_index=0',
  'max_feature_idx=0',
  'objective=binary sigmoid:1',
  'feature_names=x',
  'feature_infos=[0:1]',
  '',
  'Tree=0',
  'num_leaves=2',
  'num_cat=0',
  'split_feature=0',
  'threshold=0.5',
  'decision_type=8',
  'left_child=-1',
  'right_child=-2',
  'leaf_value=-2 2',
  'shrinkage=1',
  '',
  '',
  'end of trees',
  '',
].join('\n')

async function labels(metadata: Record<string, unknown>, config?: object): Promise<string[]> {
  const dir = scratchDir()
  writeBundle(join(dir, 'models'), 'run-1', { model: MODEL, metadata })
  if (config !== undefined) writeFileSync(join(dir, 'taskclf.config.json'), JSON.stringify(config))
  writeFileSync(join(dir, 'rows.csv'), 'x,y\n,1\n0,1\n1,1\n')
  const { code, stderr } = await runCli(['infer', 'batch', '--input', 'rows.csv', '--output', 'out.csv'], {
    cwd: dir,
  })
  expect(code, stderr).toBe(0)
  const [, ...rows] = readFileSync(join(dir, 'out.csv'), 'utf8').trimEnd().split('\n')
  return rows.map((row) => row.split(',')[1] as string)
}

it('reads an empty cell as the trees treat what is missing, unless the bundle says zero', async () => {
  expect(await labels({})).toEqual(['Build', 'BreakIdle', 'Build'])
  expect(await labels({ preprocessing: {} })).toEqual(['Build', 'BreakIdle', 'Build'])
  expect(await labels({ preprocessing: { missing_numeric: 'nan' } })).toEqual(['Build', 'BreakIdle', 'Build'])
  expect(await labels({ preprocessing: { missing_numeric: 'zero' } })).toEqual([
    'BreakIdle',
    'BreakIdle',
    'Build',
  ])
})
