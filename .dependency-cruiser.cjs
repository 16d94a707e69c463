/**
 * The direction of imports, from left to right; nobody imports further left or beside.
 * cli → documents → registry → promotion → {infer-resolver, runs} → {selection-policy, active-pointer} → registry-core → durable-fs
 * cli → report → documents (types);  cli → flags → terminal;  cli → predictor → {registry-core, lightgbm → trees};  onnx → predictor;  cli → dataset → durable-fs;  all → errors
 */
const MAY_USE = {
  errors: [],
  terminal: ['runs'],
  flags: ['terminal', 'errors'],
  'durable-fs': ['errors'],
  trees: [],
  lightgbm: ['trees', 'errors'],
  'registry-core': ['durable-fs', 'errors'],
  dataset: ['durable-fs', 'errors'],
  'selection-policy': ['registry-core', 'durable-fs', 'errors'],
  'active-pointer': ['registry-core', 'durable-fs', 'errors'],
  'infer-resolver': ['selection-policy', 'active-pointer', 'registry-core', 'durable-fs', 'errors'],
  runs: ['registry-core', 'durable-fs', 'errors'],
  predictor: ['registry-core', 'lightgbm', 'durable-fs', 'errors'],
  onnx: ['predictor', 'registry-core', 'errors'],
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
  settings: ['registry', 'selection-policy', 'registry-core', 'durable-fs', 'errors'],
  documents: [
    'registry',
    'promotion',
    'infer-resolver',
    'runs',
    'predictor',
    'selection-policy',
    'active-pointer',
    'registry-core',
    'errors',
  ],
  report: ['documents', 'terminal'],
}

/** The half of a package that is free of files, clocks and processes. */
const FORMAT = '^packages/([^/]+)/src/format/'

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
        pathNot: ['^packages/$1/', '^packages/[^/]+/src/(index|format|worker)\\.ts$'],
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
      name: 'format-without-node',
      severity: 'error',
      comment: 'A format is bytes and rules: it runs in a browser, and over any store.',
      from: { path: FORMAT },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'format-without-npm',
      severity: 'error',
      comment: 'Schemas are written with zod, which runs anywhere; nothing else comes in.',
      from: { path: FORMAT },
      to: { dependencyTypes: ['npm', 'npm-dev', 'npm-no-pkg', 'npm-unknown'], pathNot: '(^|/)zod(@|/)' },
    },
    {
      name: 'format-without-files',
      severity: 'error',
      comment:
        'A format knows its own half of the package and the formats of others, and nothing that opens a file.',
      from: { path: FORMAT },
      to: {
        path: '^(packages|internal)/',
        pathNot: [
          '^packages/$1/src/(format/|(errors|error-table)\\.ts$)',
          '^packages/[^/]+/src/format\\.ts$',
          '^packages/(errors|registry-core)/src/index\\.ts$',
        ],
      },
    },
    {
      name: 'format-without-their-files',
      severity: 'error',
      comment:
        'Of a package with both halves a format takes values from the entry ./format; types leave no trace.',
      from: { path: FORMAT },
      to: { path: '^packages/registry-core/src/index\\.ts$', dependencyTypesNot: ['type-only'] },
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
      name: 'pure-trees',
      severity: 'error',
      comment: 'Arithmetic on arrays: it runs in a browser, and no file format is known to it.',
      from: { path: '^packages/trees/src' },
      to: { dependencyTypes: ['core', 'npm'] },
    },
    {
      name: 'pure-report',
      severity: 'error',
      comment: 'A page is made of data alone: it runs in a browser.',
      from: { path: '^packages/report/src' },
      to: { dependencyTypes: ['core', 'npm'] },
    },
    {
      name: 'report-takes-documents-as-types',
      severity: 'error',
      comment: 'The page shows what programs get; schemas are for those who check it.',
      from: { path: '^packages/report/src' },
      to: { path: '(^packages/|@taskclf/)documents', dependencyTypesNot: ['type-only'] },
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
