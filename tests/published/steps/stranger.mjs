import { cpSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BEST, blankProject, equal, npm, programs, run } from '../workbench.mjs'

const PACKAGES = ['selection-policy', 'active-pointer', 'infer-resolver', 'predictor', 'dataset']

/** The README's path, as it stands there: a folder with models, one install, one program, timed. */
export async function walkTheStrangersPath({ scratch, registry }) {
  const project = blankProject(scratch, 'stranger')
  const started = Date.now()
  await npm(['install', ...PACKAGES.map((name) => `@taskclf/${name}`)], { cwd: project, env: registry.env })
  const installed = Date.now()
  cpSync(join(programs, 'first-model.mjs'), join(project, 'first-model.mjs'))
  const { stdout } = await run(process.execPath, ['first-model.mjs'], { cwd: project, env: registry.env })
  equal('what it serves', /^serving (\S+), revision 1$/m.exec(stdout)?.[1], BEST)
  equal('the pointer', JSON.parse(readFileSync(join(project, 'models/active.json'), 'utf8')).model_id, BEST)
  const rows = readFileSync(join(project, 'windows.csv'), 'utf8').trim().split('\n').length - 1
  equal('the rows predicted', Number(/^(\d+) rows, the first is \w+/m.exec(stdout)?.[1]), rows)
  const seconds = (from, to) => ((to - from) / 1000).toFixed(1)
  process.stdout.write(
    `   install ${seconds(started, installed)} s, from models to predictions ${seconds(installed, Date.now())} s\n`,
  )
}
