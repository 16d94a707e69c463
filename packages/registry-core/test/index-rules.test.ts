import { createHash } from 'node:crypto'
import { join } from 'node:path'
import {
  copyDemoModels,
  copyRegistryModels,
  metadataOf,
  metricsOf,
  scratchDir,
  writeBundle,
} from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { INDEX_RULES } from '../src/format/index-format.js'
import { listBundles } from '../src/local/list-bundles.js'

// An index holds what reading answered. When reading comes to answer anything else for the same files, an index written before
// must no longer be believed: raise INDEX_RULES, and put the new pair here.
const ANSWERS = { rules: 7, digest: '276fafda732f3d49' }

it('reads the same answers under the same rules', async () => {
  const root = scratchDir()
  const odd = join(root, 'odd')
  writeBundle(odd, 'figures', {
    metrics: metricsOf({
      macro_f1: 2,
      label_names: ['a', 'a'],
      confusion_matrix: [[1, 2], [3]],
      per_class: { a: {} },
    }),
  })
  writeBundle(odd, 'names', {
    metadata: metadataOf({ model_id: 'other', created_at: 'soon', artifacts: ['../x'] }),
  })
  writeBundle(odd, 'nothing', { files: { 'metadata.json': null, 'metrics.json': null } })
  writeBundle(odd, 'contradiction', {
    metrics: metricsOf({
      label_names: ['a', 'b'],
      confusion_matrix: [
        [3, 1],
        [0, 4],
      ],
      acceptance_checks: { x: false },
    }),
  })
  writeBundle(odd, 'twice', { files: { 'metrics.json': '{"macro_f1": 1, "macro_f1": 0, "weighted_f1": 1}' } })
  const lists = await Promise.all(
    [odd, copyDemoModels(root), copyRegistryModels(join(root, 'registry'))].map((dir) => listBundles(dir)),
  )
  const text = JSON.stringify(lists, (key, value: unknown) => {
    // Where a bundle lies stands in no index.
    if (key === 'location') return undefined
    return typeof value === 'bigint' ? String(value) : value
  })
  const digest = createHash('sha256').update(text.replaceAll(root, '')).digest('hex').slice(0, 16)
  expect({ rules: INDEX_RULES, digest }).toEqual(ANSWERS)
})
