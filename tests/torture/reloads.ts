// A service that follows switches of another process, with loads that hang, requests, holds and closes at random moments.
// Arguments: how many switches, seed, the serving program (of infer-resolver's tests, on the built libraries), directory. Prints
// one JSON line.
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { writeBundle } from '../../internal/test-kit/src/bundles.js'

const [switches, seed, service, below] = process.argv.slice(2) as [string, string, string, string]
const GOOD = ['run-a', 'run-b', 'run-c', 'run-d', 'run-e']
const begun = performance.now()
const dir = mkdtempSync(join(below, 'taskclf-reloads-'))

interface Said {
  counts: Record<'requests' | 'holds' | 'closes' | (typeof FORBIDDEN)[number], number>
  swaps: number
  loads: number
  disposed: number
  live: number
  failures: Record<string, number>
  heap: [number, number]
  files: [number, number]
  settled: boolean
  stale: number
}
const FORBIDDEN = ['failed', 'wrongModel', 'disposedInUse', 'badServed', 'stuck'] as const

async function makeModels(): Promise<string> {
  const models = join(dir, 'models')
  for (const id of GOOD) writeBundle(models, id, { model: `weights of ${id}\nend of model\n` })
  writeBundle(models, 'bad-missing', { files: { 'model.txt': null } })
  writeBundle(models, 'bad-truncated', { model: 'weights' })
  writeBundle(models, 'bad-self-test', { model: 'sick\nend of model\n' })
  for (const id of ['bad-hangs', 'bad-late', 'bad-test-hangs'])
    writeBundle(models, id, { model: 'end of model\n' })
  const first = (await readBundle(join(models, 'run-a'))) as LocalValidBundle
  await writeActiveAtomic(models, first, { source: 'manual' })
  return models
}

function serve(models: string): Promise<{ code: number | null; stdout: string }> {
  const child = spawn(process.execPath, ['--expose-gc', service, models, switches, seed], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let stdout = ''
  child.stdout.on('data', (chunk) => {
    stdout += chunk
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, stdout }))
  })
}

function wrongs({ counts, loads, disposed, live, heap, files, settled, stale }: Said): string[] {
  const [before, after] = heap
  return [
    ...FORBIDDEN.filter((name) => counts[name] > 0),
    ...(live === 0 && disposed === loads ? [] : ['a model was not let go once']),
    ...(settled && stale === 0 ? [] : ['another model than the newest served at last']),
    ...(Math.abs(after - before) < before / 10 ? [] : ['the heap is not flat']),
    ...(files[1] - files[0] < 10 ? [] : ['files stay open']),
  ]
}

try {
  const { code, stdout } = await serve(await makeModels())
  if (code !== 0) process.exit(1)
  const said = JSON.parse(stdout) as Said
  const wrong = wrongs(said)
  if (wrong.length > 0) process.stderr.write(`${wrong.join('; ')}\n${stdout}\n`)
  const { requests, holds, closes } = said.counts
  const { swaps, failures } = said
  const seconds = Math.round((performance.now() - begun) / 1000)
  process.stdout.write(
    `${JSON.stringify({ forbidden: wrong.length, switches: Number(switches), swaps, requests, holds, closes, failures, seconds })}\n`,
  )
} finally {
  rmSync(dir, { recursive: true, force: true })
}
