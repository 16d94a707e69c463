// The check of names on pages: what is planted is found, each in its place, and what is there passes.
import { beforeAll, describe, expect, it } from 'vitest'
import { type Built, loadBuilt } from '../../scripts/docs/load-built.mjs'
import { pageProblems } from '../../scripts/docs/page-problems.mjs'

let built: Built
beforeAll(async () => {
  built = await loadBuilt()
})

const PAGE = 'docs/guides/planted.md'
const problems = (text: string, page = PAGE) => pageProblems(page, text, built)
const fenced = (language: string, text: string) => `\`\`\`${language}\n${text}\n\`\`\`\n`

describe('what is not there', () => {
  it.each([
    ['a command in a sentence', 'Run `taskclf model activate ID` then.', '"activate"'],
    ['a command without the program', 'Run `model select --activates` then.', '--activates'],
    ['a group', 'Run `npx taskclf deploy now`.', '"deploy"'],
    ['a command in a shell block', fenced('sh', 'set -e\nnpx taskclf model choose --json'), '"choose"'],
    ['a command in a console block', fenced('console', '$ taskclf doctor --repair\nfine'), '--repair'],
    ['a command in a workflow', fenced('yaml', 'steps:\n  - run: npx taskclf infer serve'), '"serve"'],
    ['a command in a text', fenced('text', 'taskclf train undo RUN   takes it back'), '"undo"'],
    ['a command after a variable', fenced('sh', 'TASKCLF_MODEL=a npx taskclf model revert'), '"revert"'],
    ['a command within another', fenced('sh', 'taskclf model verify "$(taskclf model latest)"'), '"latest"'],
    ['a flag of another command', 'Give `taskclf model rollback --metric auc`.', '--metric'],
    ['a flag alone', 'With `--activate-now` it does.', '--activate-now'],
    ['a flag on a line that goes on', fenced('sh', 'npx taskclf model select \\\n  --activte'), '--activte'],
    [
      'an export that is imported',
      fenced('ts', "import { openRegistri } from '@taskclf/registry'"),
      'openRegistri',
    ],
    [
      'an export of another package',
      fenced('js', "import { openRegistry } from '@taskclf/predictor'"),
      'openRegistry',
    ],
    ['an entry', fenced('js', "import { x } from '@taskclf/registry/disk'"), '@taskclf/registry/disk'],
    ['a function', 'Call `activateBestModel(dir)`.', 'activateBestModel'],
    ['a type', 'It is a `RegistryOption`.', 'RegistryOption'],
    ['a member', 'Read `report.bestModelId`.', 'bestModelId'],
    ['a package', 'It is in `@taskclf/registy`.', '@taskclf/registy'],
    ['a code', 'That is `pointer_currupt`, exit 1.', 'pointer_currupt'],
    ['a path of the repository', 'See `packages/registry/src/open-registri.ts`.', 'open-registri.ts'],
    ['a file of a bundle', 'It reads `selftest.json`.', 'selftest.json'],
    ['a schema', 'As in `taskclf/schemas/model-choose.v1.json`.', 'model-choose'],
    ['a key of a policy', fenced('json', '{ "extends": "default", "min_gain": 1 }'), 'min_gain'],
    [
      'a key of the configuration',
      fenced('json [taskclf.config.json]', '{ "model_dir": "models" }'),
      'model_dir',
    ],
    ['a key in a sentence', 'Write `"missing_number": "nan"`.', 'missing_number'],
    ['a variable', 'Set `TASKCLF_MODELDIR`.', 'TASKCLF_MODELDIR'],
    ['a script', 'Run `npm run docs:everything`.', '"docs:everything"'],
    ['a script in a block', fenced('sh', 'npm run setup && npm run everything'), '"everything"'],
  ])('is found: %s', (_, text, named) => {
    const found = problems(`# A page\n\n${text}\n`)
    expect(found).toHaveLength(1)
    expect(found[0]?.what).toContain(named)
    expect(found[0]?.line).toBeGreaterThanOrEqual(3)
  })

  it('is found in each line on its own', () => {
    const found = problems('`pointer_currupt`\n\n`model_gone` and `--nothing`\n')
    expect(found.map(({ line }) => line)).toEqual([1, 3, 3])
  })

  it('is found inside the project, where names of sources are free', () => {
    expect(problems('`writeLineAtOnce` and `lookAtActive`', 'docs/decisions/0001-planted.md')).toHaveLength(1)
  })
})

describe('what is there', () => {
  it.each([
    '`taskclf model set-active ID --force`, `npx taskclf@0.1.0 doctor --fix`, `model select --activate`, `taskclf train …`',
    fenced('sh', "npx taskclf policy init p.json --metric auc --gate 'auc >= 0.7' > out.txt 2>&1 || exit 1"),
    fenced('sh', 'npm i taskclf @taskclf/registry\n# taskclf will be there'),
    fenced(
      'ts',
      "import { memoryStore } from '@taskclf/registry/memory'\nimport { type Registry, openRegistry } from '@taskclf/registry'",
    ),
    '`openRegistry(dir, { checks })`, `store.put`, `Registry`',
    '`pointer_corrupt`, `metric_absent`, `config_above`, `index_stale`, `EACCES`, `SIGKILL`',
    '`models/<model_id>/manifest.json`, `active.json`, `docs/guides/serving.md`, `examples/demo`, `@taskclf/runs/schemas/`',
    '`"checks": "if_possible"`, `{ "extends": "default", "gates": [] }`, `min_improvement`, `churn-2026-03`, `auc`',
    '`TASKCLF_MODELS_DIR`, `npm run demo`, `npm test`, `0.95`, `"text"`, `true`, `36h`',
    '| before | now |\n|---|---|\n| `readActiveIn(root)` | `readActive(look)` |',
    '<!-- `nothing_at_all` -->',
    `A program of the page writes \`answers.csv\`.\n\n${fenced('js', "writeFileSync('answers.csv', text)")}`,
  ])('passes: %s', (text) => {
    expect(problems(`# A page\n\n${text}\n`)).toEqual([])
  })
})
