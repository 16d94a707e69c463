import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { writeActiveAtomic } from '@taskclf/active-pointer'
import { loadPredictor, type Prediction } from '@taskclf/predictor'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { copyDemoModels, scratchDir, spawnProgram } from '@taskclf/test-kit'
import { expect, it, onTestFinished } from 'vitest'

const SERVER = fileURLToPath(new URL('../../examples/prediction-service/server.mjs', import.meta.url))
const IDS = ['2026-03-02_031009_run-8935', '2026-02-16_031012_run-2286', '2026-01-19_031044_run-0409']
const ROW = {
  app_id: 'us.zoom.xos',
  domain_category: 'non_browser',
  is_editor: false,
  is_terminal: false,
  app_switch_count_5m: 3,
  app_dwell_seconds: 35.75,
  app_entropy_15m: 0.17,
  keys_per_min: null,
  backspace_ratio: 0.05,
  shortcut_rate: 0,
  clicks_per_min: 8.8,
  scroll_events_per_min: 5.2,
  mouse_distance: 293.5,
  active_seconds_any: 7.5,
  max_idle_run_seconds: 34,
  hour_of_day: 9,
}

interface Answer {
  modelId: string
  rows: Prediction[]
}

it('is fifteen lines of code', () => {
  const lines = readFileSync(SERVER, 'utf8').split('\n')
  expect(lines.filter((line) => !/^\s*(\/\/.*)?$/.test(line)).length).toBeLessThanOrEqual(15)
})

it('answers every request during switches, each by the model it names, and at last by the newest', async () => {
  const dir = scratchDir()
  const models = copyDemoModels(dir)
  const bundles = await Promise.all(
    IDS.map(async (id) => (await readBundle(join(models, id))) as LocalValidBundle),
  )
  const expected = new Map<string, Prediction[]>()
  for (const bundle of bundles) {
    expected.set(bundle.modelId, await (await loadPredictor(bundle)).predict([ROW]))
  }
  const use = (i: number) =>
    writeActiveAtomic(models, bundles[i % 3] as LocalValidBundle, { source: 'manual' })
  await use(1)

  const port = await freePort()
  const server = spawnProgram(SERVER, [], { cwd: dir, env: { PORT: String(port) } })
  onTestFinished(() => void server.kill('SIGKILL'))
  let said = ''
  server.stderr?.on('data', (chunk) => {
    said += chunk
  })
  const post = (body: string) => fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body })
  await until(() =>
    post(JSON.stringify([ROW])).then(
      ({ ok }) => ok,
      () => false,
    ),
  )

  const bad = await post('{"not": "a list"}')
  expect([bad.status, await bad.json()]).toEqual([400, { message: expect.any(String) }])
  expect((await post('[{}]')).status).toBe(400)
  expect((await post('[{"torn')).status).toBe(400)

  const seen = new Map<string, number>()
  let stop = false
  const loops = Array.from({ length: 4 }, async () => {
    while (!stop) {
      const response = await post(JSON.stringify([ROW]))
      expect(response.status).toBe(200)
      const { modelId, rows } = (await response.json()) as Answer
      expect(rows).toEqual(expected.get(modelId))
      seen.set(modelId, (seen.get(modelId) ?? 0) + 1)
    }
  })
  for (let i = 0; i < 30; i++) {
    await use(i)
    await sleep(20)
  }
  const last = (await use(30)).pointer.model_id
  const ask = async () => ((await (await post(JSON.stringify([ROW]))).json()) as Answer).modelId
  await until(async () => (await ask()) === last)
  stop = true
  await Promise.all(loops)
  expect([...seen.keys()].sort()).toEqual([...IDS].sort())
  expect(said).toBe('')
})

it('does not read a body that is too large, or of which nobody says how large it is', async () => {
  const dir = scratchDir()
  copyDemoModels(dir)
  const port = await freePort()
  const server = spawnProgram(SERVER, [], { cwd: dir, env: { PORT: String(port) } })
  onTestFinished(() => void server.kill('SIGKILL'))
  const url = `http://127.0.0.1:${port}/`
  const status = (init: RequestInit) => fetch(url, { method: 'POST', ...init }).then((said) => said.status)
  await until(() => status({ body: '[]' }).then(Boolean, () => false))
  expect(await status({ body: `[${' '.repeat(2_000_000)}]` })).toBe(413)
  const unstated = { body: new Blob(['[]']).stream(), duplex: 'half' } as RequestInit
  expect(await status(unstated)).toBe(413)
  expect(await status({ body: JSON.stringify([ROW]) })).toBe(200)
})

async function freePort(): Promise<number> {
  const probe = createServer().listen(0)
  await new Promise((resolve) => probe.once('listening', resolve))
  const { port } = probe.address() as AddressInfo
  await new Promise((resolve) => probe.close(resolve))
  return port
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(20)
}
