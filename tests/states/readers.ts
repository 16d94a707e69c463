import { existsSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ask, askedOf, type Case, ended, launch, type Told } from './launch.js'
import { BY_POLICY, CHOSEN, chosenBy, pointedAt } from './make-state.js'
import type { ReaderId } from './table.mjs'

const MEET = fileURLToPath(new URL('meet.mjs', import.meta.url))

/** What those who look for the model that serves make of a state, in the words of the table. */
export const READERS: Readonly<Record<ReaderId, (given: Case) => Promise<string>>> = {
  resolve: (given) => resolve(given, []),
  repair: (given) => resolve(given, ['--repair']),
  batch,
  online,
  library: (given) => meet(given, 'library'),
  start: (given) => meet(given, 'start'),
  running,
  doctor,
  fix,
}

/** What a command that found a model says of it. */
interface Found {
  model_id: string
  source: string
  degraded: { code: string } | null
}

async function resolve(given: Case, more: string[]): Promise<string> {
  const { code, said, changed } = await ask(given, ['infer', 'resolve', ...more])
  if (code === 0 && said.repaired) {
    const named = pointedAt(given.models).modelId
    return changed && named === BY_POLICY && said.model_id === named ? 'written' : `written: ${named}`
  }
  return withChange(code === 0 ? word(given, said) : exit(code, said.error), changed)
}

async function batch(given: Case): Promise<string> {
  const rows = join(given.dir, 'rows.csv')
  writeFileSync(rows, 'x\n1\n')
  const output = join(given.dir, 'out.csv')
  const { code, said, changed } = await ask(given, ['infer', 'batch', '--input', rows, '--output', output])
  if (existsSync(output) !== (code === 0)) return `exit ${code}, and predictions`
  return withChange(code === 0 ? word(given, said) : exit(code, said.error), changed)
}

async function online(given: Case): Promise<string> {
  const words = ['infer', 'online', '--log-format', 'json']
  const { result, changed } = await askedOf(given, words, '{"x":1}\n')
  const { code, stdout, stderr } = result
  if (code !== 0) {
    const refused = exit(code, { code: stderr.match(/ \[(\w+)\]$/m)?.[1] ?? stderr })
    return withChange(stdout === '' ? refused : `${refused}, and answers`, changed)
  }
  const events = stderr.split('\n').filter((line) => line.startsWith('{'))
  const start: Found = events.map((line) => JSON.parse(line)).find(({ event }) => event === 'start')
  const { model_id } = JSON.parse(stdout)
  return withChange(word(given, { ...start, model_id }), changed)
}

async function doctor(given: Case): Promise<string> {
  return examined(given, ['doctor'])
}

async function fix(given: Case): Promise<string> {
  const restored: Told['said']['repairs'] = []
  const word = await examined(given, ['doctor', '--fix', '--yes'], restored)
  if (restored.length === 0) return word
  const { modelId } = pointedAt(given.models)
  return modelId === chosenBy(given.made) && word === 'exit 0, written' ? 'restored' : `${word}: ${modelId}`
}

/** What doctor found; the repair of the pointer is added to `restored`. */
async function examined(
  given: Case,
  words: string[],
  restored: Told['said']['repairs'] = [],
): Promise<string> {
  const { code, said, changed } = await ask(given, words)
  if (said.error) return withChange(exit(code, said.error), changed)
  restored.push(...(said.repairs ?? []).filter((repair) => repair.code === 'pointer_restored'))
  const about = ({ level, code }: { level: string; code: string }) =>
    level === 'error' || code === 'no_pointer'
  const found = said.findings.find(about)
  return withChange(found === undefined ? `exit ${code}` : exit(code, found), changed)
}

async function meet(given: Case, how: 'library' | 'start'): Promise<string> {
  await given.made.damage?.(given.models)
  return (await ended(given, launch(given, [MEET, how, given.models]))).stdout.trim()
}

async function running(given: Case): Promise<string> {
  // The main thread opens the pointer twice before the model serves, and a document of the bundle once: what it opens later fails.
  const nth = given.made.inject?.path === 'active.json' ? 3 : 2
  const child = launch(given, [MEET, 'running', given.models], { nth })
  const end = ended(given, child)
  await new Promise((resolve) => {
    child.stdout?.once('data', resolve)
    child.once('close', resolve)
  })
  await given.made.damage?.(given.models)
  // A bundle is read again when a file of it has changed.
  if (given.made.inject) utimesSync(join(given.models, CHOSEN, 'model.txt'), new Date(), new Date())
  return (await end).stdout.trim().split('\n').at(-1) ?? ''
}

/** Which model it is must be what is said of it. */
function word(given: Case, { model_id, source, degraded }: Found): string {
  const said = degraded !== null ? `another: ${degraded.code}` : source === 'active' ? 'serves' : 'by policy'
  const wanted = said === 'serves' ? chosenBy(given.made) : BY_POLICY
  return model_id === wanted ? said : `${said}, but it is ${model_id}`
}

const exit = (code: number | null, error: { code: string }) => `exit ${code}: ${error.code}`
const withChange = (said: string, changed: boolean) => (changed ? `${said}, written` : said)
