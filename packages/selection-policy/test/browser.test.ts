import { fileURLToPath } from 'node:url'
import { createContext, runInContext } from 'node:vm'
import { build } from 'esbuild'
import { expect, it } from 'vitest'
import { makeBundle, makeInvalid } from './make-bundle.js'

const ENTRY = fileURLToPath(new URL('../src/index.ts', import.meta.url))
const SCAN = fileURLToPath(new URL('../../registry-core/src/index.ts', import.meta.url))

const bundleForBrowsers = (entry: string, external: string[] = []) =>
  build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'policy',
    target: 'es2022',
    logLevel: 'silent',
    external,
  })

it('bundles for a browser without node and without the scan', async () => {
  const { metafile } = await bundleForBrowsers(ENTRY)
  const inputs = Object.keys(metafile.inputs)
  const allowed = /(^|\/)(selection-policy\/src|errors\/dist|node_modules\/(zod|fastest-levenshtein))\//
  expect(inputs.filter((input) => !allowed.test(input))).toEqual([])
  const imported = Object.values(metafile.inputs).flatMap(({ imports }) => imports)
  expect(imported.filter(({ path, external }) => external === true || path.startsWith('node:'))).toEqual([])
})

it('notices node where there is any: the package with the scan pulls it in', async () => {
  const { metafile } = await bundleForBrowsers(SCAN, ['node:*', '@taskclf/*'])
  const imported = Object.values(metafile.inputs).flatMap(({ imports }) => imports)
  expect(imported.some(({ external }) => external === true)).toBe(true)
})

it('decides the same in a world without process, require, clock and randomness', async () => {
  const { outputFiles } = await bundleForBrowsers(ENTRY)
  const bundles = [makeBundle('b', { macro_f1: 0.8 }), makeBundle('a'), makeInvalid('c')]
  const context = createContext({ bundles })
  runInContext('delete globalThis.Date; Math.random = undefined', context)
  runInContext(outputFiles[0]?.text ?? '', context)
  const answer = runInContext(
    `(() => {
      const parsed = policy.parsePolicy({ extends: 'default', gates: [{ metric: 'macro_f1', min: 0.85 }] })
      const report = policy.selectBest(bundles, parsed.policy, {})
      const decision = policy.shouldSwitchActive(report, bundles[0], parsed.policy)
      return JSON.stringify([typeof process, typeof require, policy.toReportJson(report), decision.code])
    })()`,
    context,
  ) as string
  expect(JSON.parse(answer)).toMatchObject([
    'undefined',
    'undefined',
    {
      best: 'a',
      excluded: [
        { model_id: 'b', stage: 'gate', code: 'below_min', reasons: [{ shortfall: '0.05' }] },
        { model_id: 'c', stage: 'invalid' },
      ],
    },
    'incumbent_ineligible',
  ])
})
