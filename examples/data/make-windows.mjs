// Makes a CSV of labelled activity windows, in the columns and labels of ../demo. The same options give the same bytes.
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { ACTIVITIES, COLUMNS, LABELS, MEASURES } from './activities.mjs'
import { createRandom } from './random.mjs'

const USAGE =
  'usage: node make-windows.mjs --out FILE [--rows 3000] [--seed 1] [--noise 0]\n' +
  '  --noise  share of the windows that carry the label of the activity most easily taken for theirs, 0 to 1\n'
const START = Date.parse('2026-04-01T07:00:00Z')
const MINUTES_A_DAY = 14 * 60 // from 7 to 21 o'clock
const MISSING = 0.02

function makeWindows({ rows, seed, noise }) {
  const random = createRandom(seed)
  const lines = Array.from({ length: rows }, (_, i) => makeWindow(i, noise, random))
  return `${[COLUMNS, ...lines].map((cells) => cells.join(',')).join('\n')}\n`
}

function makeWindow(index, noise, random) {
  const day = Math.floor(index / MINUTES_A_DAY)
  const start = new Date(START + (day * 24 * 60 + (index % MINUTES_A_DAY)) * 60_000)
  const truth = random.pick(LABELS.map((label) => [label, ACTIVITIES[label].share]))
  const activity = ACTIVITIES[truth]
  const app = random.pick(activity.apps)
  const domain = app === 'com.google.Chrome' ? random.pick(activity.domains) : 'non_browser'
  const measured = MEASURES.map(({ digits, most }, i) => {
    const value = activity.means[i] + activity.spreads[i] * random.normal()
    return Math.min(most, Math.max(0, value)).toFixed(digits)
  })
  const isEditor = app === 'com.microsoft.VSCode' || app === 'com.microsoft.Word'
  const gaps = [isEditor, app === 'com.apple.Terminal', ...measured, start.getUTCHours()]
  const cells = gaps.map((cell) => (random.next() < MISSING ? '' : String(cell)))
  const label = random.next() < noise ? activity.takenFor : truth
  return [start.toISOString().replace('.000Z', 'Z'), app, domain, ...cells, label]
}

function readOptions() {
  const text = { type: 'string' }
  const { values } = parseArgs({ options: { rows: text, seed: text, noise: text, out: text } })
  const options = {
    rows: Number(values.rows ?? 3000),
    seed: Number(values.seed ?? 1),
    noise: Number(values.noise ?? 0),
  }
  if (values.out === undefined) throw new Error('--out must name the file to write')
  if (!Number.isSafeInteger(options.rows) || options.rows < 1)
    throw new Error('--rows must be a whole number above 0')
  if (!Number.isSafeInteger(options.seed) || options.seed < 0)
    throw new Error('--seed must be a whole number from 0')
  if (!(options.noise >= 0 && options.noise <= 1)) throw new Error('--noise must be from 0 to 1')
  return { ...options, out: values.out }
}

try {
  const { out, ...options } = readOptions()
  writeFileSync(out, makeWindows(options))
} catch (error) {
  process.stderr.write(`make-windows: ${error.message}\n${USAGE}`)
  process.exitCode = 2
}
