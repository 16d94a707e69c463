export const room = {
  change: 'a loader',
  edits: {
    'packages/predictor/src/find-loader.ts': [
      [
        `import { loadLightgbm } from './load-lightgbm.js'`,
        `import { loadConstant } from './load-constant.js'
import { loadLightgbm } from './load-lightgbm.js'`,
      ],
      [`{ 'model.txt': loadLightgbm }`, `{ 'model.txt': loadLightgbm, '*.constant': loadConstant }`],
    ],
    'packages/predictor/src/index.ts': [
      [
        `export { loadLightgbm } from './load-lightgbm.js'`,
        `export { loadConstant } from './load-constant.js'
export { loadLightgbm } from './load-lightgbm.js'`,
      ],
    ],
    'packages/predictor/test/load.test.ts': [
      [`loaders: ['model.txt', 'model.onnx', `, `loaders: ['model.txt', '*.constant', 'model.onnx', `],
    ],
  },
  adds: {
    'packages/predictor/src/load-constant.ts': `import type { Artifact, Runtime } from './runtime.js'

/**
 * Loads a model that answers the same whatever it is asked: a JSON list of probabilities. For baselines.
 *
 * @throws SyntaxError when the file is not JSON.
 * @example
 * \`\`\`ts
 * const predictor = await loadPredictor(bundle, { loaders: { 'baseline.json': loadConstant } })
 * \`\`\`
 */
export function loadConstant({ bytes }: Artifact): Runtime {
  const answer: number[] = JSON.parse(Buffer.from(bytes).toString('utf8'))
  return {
    featureNames: [],
    numOutputs: answer.length,
    predictRows: (_rows, count) => Array.from({ length: count }, () => answer).flat(),
  }
}
`,
    'packages/predictor/test/room-loader.test.ts': `import { loadPredictor } from '@taskclf/predictor'
import { expect, it } from 'vitest'
import { makeBundle } from './support.js'

it('loads a model that answers the same', async () => {
  const files = { 'model.txt': null, 'model.constant': '[0.25, 0.75]' }
  expect((await loadPredictor(await makeBundle({ files }))).artifact).toBe('model.constant')
})
`,
  },
  builds: ['predictor'],
  generates: ['api'],
  writes: ['packages/predictor/api/index.api.md'],
  tests: ['packages/predictor/test/room-loader.test.ts', 'packages/predictor/test/load.test.ts'],
  half: {
    without: 'packages/predictor/src/find-loader.ts',
    check: 'packages/predictor/test/room-loader.test.ts',
    says: 'no_loader',
  },
}
