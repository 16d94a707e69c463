// Prediction with @taskclf/lightgbm: one row and 1,000 rows, for models of 60, 128, 280 and 480 trees.
//   node bench/lightgbm.mjs [--quick] [--json]
// The peer is LightGBM's Python package on one thread in the same run, when a Python that has it is found
// (python3, or the one named by TASKCLF_BENCH_PYTHON); else its last recorded figures, and the table says so.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { cpus, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { parseModel } from '../packages/lightgbm/dist/index.js'

const at = (path) => fileURLToPath(new URL(path, import.meta.url))
const FIXTURES = at('../internal/test-kit/fixtures/lightgbm')
const MODELS = [
  { trees: 60, fixture: 'breast-cancer-binary-gbdt' },
  { trees: 128, fixture: 'task8-softmax-cat-nan' },
  { trees: 280, fixture: 'digits-softmax-gbdt' },
  { trees: 480, fixture: 'digits-softmax-gbdt' },
]
const ROWS = 1000
/** Rows explained a round: contributions take a hundred times as long as predictions. */
const EXPLAINED = 50
/** Sets of rows that take turns, so that no processor learns a model's answers by heart. */
const SETS = 10
/** LightGBM 4.7.0 from Python 3.11, num_threads=1, 2026-11-21, 2 virtual x86-64 cores: ns per call. */
const RECORDED = {
  60: { oneRow: 18_580, rows: 2_180_000 },
  128: { oneRow: 21_840, rows: 3_860_000 },
  280: { oneRow: 27_290, rows: 7_100_000 },
  480: { oneRow: 32_340, rows: 8_690_000 },
}

/** Measures everything and returns one plain document. */
export async function benchLightgbm({ quick = false } = {}) {
  const dir = mkdtempSync(join(tmpdir(), 'taskclf-bench-'))
  try {
    const peer = await startPeer(dir)
    const cases = []
    for (const spec of MODELS) cases.push(await benchModel(spec, dir, peer, quick ? 7 : 31))
    await peer?.close()
    return {
      version: 1,
      bench: 'lightgbm',
      date: new Date().toISOString(),
      machine: { cpu: cpus()[0]?.model, cores: cpus().length, node: process.version },
      quick,
      peer: peer === undefined ? 'recorded' : `lightgbm ${peer.version}, one thread, this run`,
      cases,
    }
  } finally {
    rmSync(dir, { recursive: true, force: true })
  }
}

async function benchModel({ trees, fixture }, dir, peer, rounds) {
  const text = withTrees(readFileSync(join(FIXTURES, fixture, 'model.txt'), 'utf8'), trees)
  const model = parseModel(text)
  const rows = makeRows(fixture, model.numFeatures)
  const width = ROWS * model.numFeatures
  const sets = Array.from({ length: SETS }, (_, i) => rows.subarray(i * width, (i + 1) * width))
  const singles = sets.map((set) =>
    Array.from({ length: ROWS }, (_, i) => set.subarray(i * model.numFeatures, (i + 1) * model.numFeatures)),
  )
  const out = new Float64Array(ROWS * model.outputsPerRow)
  const one = new Float64Array(model.outputsPerRow)
  const ours = { oneRow: [], rows: [], explained: [], parse: [] }
  const theirs = { oneRow: [], rows: [], explained: [] }
  const work = {
    rows: (round) => model.rawScoreRows(sets[round % SETS], ROWS, out),
    oneRow: (round) => {
      for (const row of singles[round % SETS]) model.rawScoreRow(row, one)
    },
    explained: (round) =>
      model.contributionsRows(sets[round % SETS].subarray(0, EXPLAINED * model.numFeatures), EXPLAINED),
    parse: () => parseModel(text),
  }
  await peer?.load(text, rows, model.numFeatures)
  for (let round = -5; round < rounds; round++) {
    for (const name of Object.keys(work)) {
      const ns = elapsed(() => work[name](round + 5))
      if (round >= 0) ours[name].push(name === 'oneRow' ? ns / ROWS : ns)
    }
    if (peer === undefined) continue
    const answer = await peer.measure((round + 5) % SETS)
    if (round >= 0) for (const name of Object.keys(theirs)) theirs[name].push(answer[name])
  }
  const same =
    peer === undefined
      ? undefined
      : sameBits(await peer.scores(0, dir), model.rawScoreRows(sets[0], ROWS, out))
  const peerNs =
    peer === undefined
      ? RECORDED[trees]
      : { oneRow: median(theirs.oneRow), rows: median(theirs.rows), explained: median(theirs.explained) }
  return summary(
    trees,
    fixture,
    {
      oneRow: median(ours.oneRow),
      rows: median(ours.rows),
      explained: median(ours.explained),
      parse: median(ours.parse),
    },
    peerNs,
    same,
  )
}

function summary(trees, fixture, ours, theirs, bitIdentical) {
  const visit = (ns, rows) => ns / rows / trees
  return {
    trees,
    fixture,
    ...(bitIdentical === undefined ? {} : { bit_identical: bitIdentical }),
    parse_ms: ours.parse / 1e6,
    one_row: {
      ns: ours.oneRow,
      rows_per_s: 1e9 / ours.oneRow,
      ns_per_tree_visit: visit(ours.oneRow, 1),
      peer_ns: theirs.oneRow,
      times_faster: theirs.oneRow / ours.oneRow,
    },
    rows_1000: {
      ns: ours.rows,
      rows_per_s: (ROWS * 1e9) / ours.rows,
      ns_per_tree_visit: visit(ours.rows, ROWS),
      peer_ns: theirs.rows,
      times_faster: theirs.rows / ours.rows,
    },
    // Contributions were not recorded: without a peer in this run there is nothing to compare with.
    explained_row: {
      ns: ours.explained / EXPLAINED,
      rows_per_s: (EXPLAINED * 1e9) / ours.explained,
      ns_per_tree_visit: visit(ours.explained, EXPLAINED),
      peer_ns: theirs.explained === undefined ? null : theirs.explained / EXPLAINED,
      times_faster: theirs.explained === undefined ? null : theirs.explained / ours.explained,
    },
  }
}

/** The model with its trees repeated from the first on until there are `count`, renumbered and with byte counts that are right. */
function withTrees(text, count) {
  const first = text.indexOf('Tree=0\n')
  const end = text.indexOf('end of trees')
  const blocks = text
    .slice(first, end)
    .split(/^Tree=\d+\n/m)
    .slice(1)
  const chosen = Array.from({ length: count }, (_, i) => `Tree=${i}\n${blocks[i % blocks.length]}`)
  const sizes = chosen.map((block) => Buffer.byteLength(block)).join(' ')
  const header = text.slice(0, first).replace(/^tree_sizes=.*$/m, `tree_sizes=${sizes}`)
  return header + chosen.join('') + text.slice(end)
}

/** Rows mixed from pairs of the fixture's rows: all different, all of the kind the model knows. */
function makeRows(fixture, numFeatures) {
  const source = JSON.parse(readFileSync(join(FIXTURES, fixture, 'rows.json'), 'utf8'))
  let state = 20261121
  const random = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 4294967296
  }
  const rows = new Float64Array(SETS * ROWS * numFeatures)
  for (let i = 0; i < SETS * ROWS; i++) {
    const pair = [0, 1].map(() => source[Math.floor(random() * source.length)])
    for (let f = 0; f < numFeatures; f++) {
      const value = pair[random() < 0.7 ? 0 : 1][f]
      rows[i * numFeatures + f] = value === null ? Number.NaN : Number(value)
    }
  }
  return rows
}

/** Starts LightGBM beside this process, or gives undefined when there is none. */
async function startPeer(dir) {
  const child = spawn(process.env.TASKCLF_BENCH_PYTHON ?? 'python3', [at('./lightgbm-peer.py')], {
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  child.on('error', () => {})
  child.stdin.on('error', () => {})
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const receive = async () => {
    const { value, done } = await lines.next()
    return done ? undefined : JSON.parse(value)
  }
  const ask = async (request) => {
    child.stdin.write(`${JSON.stringify(request)}\n`)
    const answer = await receive()
    if (answer === undefined) throw new Error('the Python peer ended in the middle of the run')
    return answer
  }
  const hello = await receive()
  if (hello === undefined) return undefined
  const files = {
    model: join(dir, 'model.txt'),
    rows: join(dir, 'rows.bin'),
    scores: join(dir, 'scores.bin'),
  }
  return {
    version: hello.version,
    load(text, rows, numFeatures) {
      writeFileSync(files.model, text)
      writeFileSync(files.rows, rows)
      return ask({ do: 'load', ...files, features: numFeatures, sets: SETS })
    },
    measure: (set) => ask({ do: 'measure', set }),
    async scores(set) {
      await ask({ do: 'scores', set })
      const bytes = readFileSync(files.scores)
      return new Float64Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
    },
    async close() {
      child.stdin.end()
      await once(child, 'exit')
    },
  }
}

function sameBits(a, b) {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]))
}

function elapsed(work) {
  const start = process.hrtime.bigint()
  work()
  return Number(process.hrtime.bigint() - start)
}

function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]
}

function table(result) {
  const head = ['trees', 'what', 'time', 'rows/s', 'ns/tree visit', 'LightGBM', 'times faster', 'same bits']
  const body = result.cases.flatMap((one) =>
    [
      ['1 row', one.one_row],
      ['1,000 rows', one.rows_1000],
      ['1 row explained', one.explained_row],
    ].map(([what, figures]) => [
      String(one.trees),
      what,
      duration(figures.ns),
      Math.round(figures.rows_per_s).toLocaleString('en'),
      figures.ns_per_tree_visit.toFixed(1),
      figures.peer_ns === null ? '-' : duration(figures.peer_ns),
      figures.times_faster === null ? '-' : `${figures.times_faster.toFixed(1)}x`,
      one.bit_identical === undefined ? '-' : one.bit_identical ? 'yes' : 'NO',
    ]),
  )
  const widths = head.map((_, i) => Math.max(...[head, ...body].map((row) => row[i].length)))
  return [head, ...body].map((row) => row.map((cell, i) => cell.padStart(widths[i])).join('  ')).join('\n')
}

function duration(ns) {
  return ns < 1e6 ? `${(ns / 1e3).toFixed(2)} us` : `${(ns / 1e6).toFixed(2)} ms`
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const result = await benchLightgbm({ quick: process.argv.includes('--quick') })
  if (process.argv.includes('--json')) console.log(JSON.stringify(result, null, 2))
  else
    console.log(
      `${table(result)}\n\nLightGBM: ${result.peer}. ${result.machine.cpu}, Node ${result.machine.node}.`,
    )
}
