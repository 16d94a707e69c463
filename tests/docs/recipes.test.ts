// The services of docs/guides/recipes.md, each as a process: requests, a switch below them, and an end that loses no request.
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { symlinkSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { spawnProgram } from '@taskclf/test-kit'
import { expect, it, onTestFinished } from 'vitest'
import { blocksOf, ROOT } from './code-blocks.js'
import { readersFolder } from './readers-folder.js'
import { typeLines } from './type-console.js'

const FILES = blocksOf('docs/guides/recipes.md').filter(({ file }) => file !== undefined)
const INSTALLED = ['fastify', 'express', '@nestjs', 'reflect-metadata', 'rxjs', '@types']
const ROW = [2, 61.8, null, null, 3, 'monthly', false]

async function folder(): Promise<string> {
  const cwd = readersFolder('examples/churn')
  for (const { file, text } of FILES) writeFileSync(join(cwd, file as string), text)
  for (const name of INSTALLED) symlinkSync(join(ROOT, 'node_modules', name), join(cwd, 'node_modules', name))
  const switched = await typeLines('taskclf model set-active churn-2026-03', cwd)
  expect(switched.code, switched.both).toBe(0)
  return cwd
}

/** As the command line of Nest does: types checked, decorators compiled. */
function compile(cwd: string): void {
  writeFileSync(join(cwd, 'package.json'), '{ "type": "module" }')
  const flags =
    '--experimentalDecorators --emitDecoratorMetadata --strict --skipLibCheck --module nodenext --target es2022'
  const args = [
    join(ROOT, 'node_modules/typescript/bin/tsc'),
    'nest.ts',
    ...flags.split(' '),
    '--types',
    'node',
  ]
  const { status, stdout } = spawnSync(process.execPath, args, { cwd, encoding: 'utf8' })
  expect([status, stdout]).toEqual([0, ''])
}

it.each([
  ['serves, switches and ends with Fastify', 'fastify.mjs', [0, null]],
  ['serves, switches and ends with Express', 'express.mjs', [0, null]],
  ['serves, switches and ends with Nest', 'nest.js', [null, 'SIGTERM']],
])('%s', async (_, file, end) => {
  const cwd = await folder()
  if (file === 'nest.js') compile(cwd)
  const port = await freePort()
  const service = spawnProgram(join(cwd, file), [], { cwd, env: { PORT: String(port) } })
  onTestFinished(() => void service.kill('SIGKILL'))
  const ended = once(service, 'exit')
  const url = `http://127.0.0.1:${port}`
  const post = async (body: unknown) => {
    const headers = { 'content-type': 'application/json' }
    const answer = await fetch(`${url}/predict`, { method: 'POST', headers, body: JSON.stringify(body) })
    return { status: answer.status, body: (await answer.json()) as { modelId: string; answers: object[] } }
  }
  await until(() =>
    fetch(`${url}/ready`).then(
      ({ ok }) => ok,
      () => false,
    ),
  )
  expect(await post([ROW])).toMatchObject({
    status: 200,
    body: { modelId: 'churn-2026-03', answers: [{ label: 'leaves' }] },
  })
  expect((await post([{ tenure_months: 'two' }])).status).toBe(400)

  expect((await typeLines('taskclf model set-active churn-2026-02', cwd)).code).toBe(0)
  await until(async () => (await post([ROW])).body.modelId === 'churn-2026-02')

  const text = JSON.stringify([ROW])
  const headers = { 'content-type': 'application/json', 'content-length': text.length }
  const slow = request(`${url}/predict`, { method: 'POST', headers, agent: false })
  slow.write(text.slice(0, 10))
  await sleep(300)
  service.kill('SIGTERM')
  await sleep(300)
  slow.end(text.slice(10))
  const [answer] = await once(slow, 'response')
  expect(answer.statusCode).toBe(200)
  answer.resume()
  expect(await ended).toEqual(end)
})

async function freePort(): Promise<number> {
  const probe = createServer().listen(0)
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await sleep(50)
}
