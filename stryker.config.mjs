// Mutation testing: npm run mutation -- --package NAME, one of those that decide. See docs/testing.md.
const name = process.env.TASKCLF_MUTATE ?? 'selection-policy'

/** @type {import('@stryker-mutator/api/core').PartialStrykerOptions} */
export default {
  packageManager: 'pnpm',
  testRunner: 'vitest',
  plugins: ['@stryker-mutator/vitest-runner', './scripts/stryker-ignore-sentences.mjs'],
  vitest: { configFile: 'vitest.mutation.config.ts', related: false },
  mutate: [`packages/${name}/src/**/*.ts`, `!packages/${name}/src/index.ts`],
  ignorers: ['sentences'],
  ignoreStatic: true,
  thresholds: { high: 95, low: 90, break: 90 },
  reporters: ['clear-text', 'html', 'json'],
  clearTextReporter: { allowColor: false, allowEmojis: false, reportTests: false, skipFull: true },
  htmlReporter: { fileName: `reports/mutation/${name}.html` },
  jsonReporter: { fileName: `reports/mutation/${name}.json` },
  ignorePatterns: ['/bench', '/coverage', '/reports', '**/dist', '/.turbo', '/tests/published'],
  concurrency: Number(process.env.TASKCLF_MUTATION_CONCURRENCY ?? 2),
  timeoutMS: 10_000,
  tempDirName: '.stryker-tmp',
}
