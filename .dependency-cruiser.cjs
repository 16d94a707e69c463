/**
 * The direction of imports, from left to right; nobody imports further left or beside.
 * cli → registry → promotion → {infer-resolver, runs} → {selection-policy, active-pointer} → registry-core → durable-fs
 * cli → predictor → {registry-core, lightgbm};  cli → dataset → durable-fs;  all → errors
 */
const MAY_USE = {
  errors: [],
  'durable-fs': ['errors'],
  lightgbm: ['errors'],
  'registry-core': ['durable-fs', 'errors'],
  dataset: ['durable-fs', 'errors'],
  'selection-policy': ['registry-core', 'durable-fs', 'errors'],
  'active-pointer': ['registry-core', 'durable-fs', 'errors'],
  'infer-resolver': ['selection-policy', 'active-pointer', 'registry-core', 'durable-fs', 'errors'],
  runs: ['registry-core', 'durable-fs', 'errors'],
  predictor: ['registry-core', 'lightgbm', 'durable-fs', 'errors'],
  promotion: [
    'infer-resolver',
    'runs',
    'selection-policy',
    'active-pointer',
    'registry-core',
    'durable-fs',
    'errors',
  ],
  registry: [
    'promotion',
    'infer-resolver',
    'runs',
    'selection-policy',
    'active-pointer',
    'registry-core',
    'durable-fs',
    'errors',
  ],
}

const direction = Object.entries(MAY_USE).map(([name, allowed]) => ({
  name: `direction-${name}`,
  severity: 'error',
  comment: `${name} may use only: ${allowed.join(', ') || 'nothing of ours'}`,
  from: { path: `^packages/${name}/src` },
  to: {
    path: '(^packages/|^internal/|@taskclf/)',
    pathNot: [`^packages/${name}/src`, ...allowed.map((other) => `(^packages/|@taskclf/)${other}(/|$)`)],
  },
}))

module.exports = {
  forbidden: [
    ...direction,
    { name: 'no-circular', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-foreign-src',
      severity: 'error',
      comment: "Import another package by its name, never by its files' path. The bundle is made of them.",
      from: { path: '^packages/([^/]+)/', pathNot: '^packages/cli/build/' },
      to: {
        path: '^packages/[^/]+/src',
        pathNot: ['^packages/$1/', '^packages/[^/]+/src/(index|worker)\\.ts$'],
      },
    },
    {
      name: 'no-own-index',
      severity: 'error',
      comment: 'index.ts is a table of contents for others; inside, import the file that holds the thing.',
      from: { path: '^packages/([^/]+)/src' },
      to: { path: '^packages/$1/src/index\\.ts$' },
    },
    {
      name: 'pure-selection',
      severity: 'error',
      comment: 'Decisions are free of I/O.',
      from: { path: '^packages/selection-policy/src' },
      to: { dependencyTypes: ['core'] },
    },
    {
      // The entry ./worker alone needs threads; the main one bundles for a browser.
      name: 'pure-lightgbm',
      severity: 'error',
      from: {
        path: '^packages/lightgbm/src',
        pathNot: '^packages/lightgbm/src/(worker|parse-worker|parse-model-in-worker)\\.ts$',
      },
      to: { dependencyTypes: ['core', 'npm'] },
    },
    {
      name: 'test-kit-stands-alone',
      severity: 'error',
      from: { path: '^internal/test-kit/src' },
      to: { path: '(^packages/|@taskclf/)' },
    },
    {
      name: 'conformance-imports-types',
      severity: 'error',
      comment: 'One suite for every store: what it runs is passed in.',
      from: { path: '^internal/conformance/src' },
      to: { path: '(^packages/|@taskclf/)', dependencyTypesNot: ['type-only'] },
    },
    { name: 'not-to-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(dist|coverage|fixtures|/test/programs)' },
    includeOnly: undefined,
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node'] },
  },
}
