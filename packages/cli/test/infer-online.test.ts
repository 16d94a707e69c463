import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type InferAnswer, inferAnswerSchema } from '@taskclf/documents'
import { copyDemoModels, demoDir, runCli, scratchDir, spawnProgram, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it, onTestFinished } from 'vitest'
import type { z } from 'zod'
import { taskclf } from './support/taskclf.js'

const BIN = fileURLToPath(new URL('../dist/bin.cjs', import.meta.url))
const BEST = '2026-03-02_031009_run-8935'
const SECOND = '2026-02-16_031012_run-2286'

type ErrorAnswer = Extract<z.infer<typeof inferAnswerSchema>, { error: object }>

function demo(): string {
  const dir = scratchDir()
  copyDemoModels(dir)
  return dir
}

function tiny(): string {
  const dir = scratchDir()
  writeBundle(join(dir, 'models'), 'run-1')
  return dir
}

const parse = (line: string): InferAnswer => inferAnswerSchema.parse(JSON.parse(line))
const answers = (text: string) => text.trimEnd().split('\n').map(parse)

/** windows.csv as JSON lines of numbers, booleans and texts. */
function windows(): string[] {
  const [header = '', ...lines] = readFileSync(join(demoDir, 'windows.csv'), 'utf8').trimEnd().split('\n')
  const names = header.split(',')
  return lines.map((line) =>
    JSON.stringify(
      Object.fromEntries(
        line.split(',').map((cell, i) => [names[i], /^[\d.]+$/.test(cell) ? Number(cell) : cell]),
      ),
    ),
  )
}

/** A running `infer online` that can be asked line by line. */
function online(dir: string, flags: string[] = []) {
  const child = spawnProgram(BIN, ['infer', 'online', '--poll-ms', '50', ...flags], { cwd: dir })
  onTestFinished(() => void child.kill('SIGKILL'))
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })[Symbol.asyncIterator]()
  let said = ''
  child.stderr?.on('data', (chunk) => {
    said += chunk
  })
  return {
    child,
    stderr: () => said,
    ask: async (line: string) => {
      child.stdin?.write(`${line}\n`)
      return parse((await lines.next()).value)
    },
    end: async () => {
      child.stdin?.end()
      return exitOf(child)
    },
  }
}

describe('answers', () => {
  it('returns the answers of LightGBM, in order, with model and revision', async () => {
    const dir = demo()
    await taskclf(['model', 'set-active', '--model-id', BEST], { cwd: dir })
    const { code, stdout, stderr } = await runCli(['infer', 'online'], {
      cwd: dir,
      input: windows().join('\n'),
    })
    expect(code).toBe(0)
    const expected = JSON.parse(readFileSync(join(demoDir, 'expected-predictions.json'), 'utf8'))
    const found = answers(stdout)
    expect(found.map(({ line }) => line)).toEqual(Array.from({ length: 500 }, (_, i) => i + 1))
    for (const [i, each] of found.entries()) {
      if (!('label' in each)) throw new Error(`line ${each.line} has no label`)
      expect(each).toMatchObject({ model_id: BEST, revision: 1 })
      expect(Object.keys(each.probabilities)).toEqual(expected.labels)
      const wanted: number[] = expected.probabilities[i]
      const worst = Math.max(
        ...Object.values(each.probabilities).map((p, l) => Math.abs(p - (wanted[l] ?? 2))),
      )
      expect(worst).toBeLessThan(1e-12)
      expect(each.confidence).toBe(Math.max(...Object.values(each.probabilities)))
      expect(each.rejected).toBe(each.confidence < 0.55)
    }
    expect(stderr).toMatch(new RegExp(`^serving ${BEST} \\(revision 1\\), active\nanswered 500 lines, 0 `))
  })

  it('returns errors in the place of bad lines, and the loop goes on', async () => {
    const lines = [
      '{"x":1}',
      '{"x":',
      '[]',
      '"text"',
      '{"y":1}',
      '{"x":"abc"}',
      '',
      `{"x":"${'1'.repeat(2e6)}"}`,
      '[2]',
    ]
    const { code, stdout } = await runCli(['infer', 'online'], { cwd: tiny(), input: lines.join('\n') })
    expect(code).toBe(0)
    const found = answers(stdout)
    const codes = found.map((each) => [
      each.line,
      'error' in each ? each.error.code : 'label' in each ? each.label : 'no label',
    ])
    expect(codes).toEqual([
      [1, 'Build'],
      [2, 'malformed_json'],
      [3, 'bad_row'],
      [4, 'bad_row'],
      [5, 'missing_columns'],
      [6, 'bad_value'],
      [8, 'row_too_long'],
      [9, 'Build'],
    ])
    expect(found.every((each) => each.model_id === 'run-1' && each.revision === null)).toBe(true)
    expect((found[4] as ErrorAnswer).error.message).toContain('x')
  })

  it('obeys the reject threshold', async () => {
    const args = ['infer', 'online', '--reject-threshold', '0.9']
    const { stdout } = await runCli(args, { cwd: tiny(), input: '{"x":1}\n' })
    expect(answers(stdout)[0]).toMatchObject({ label: 'Mixed/Unknown', rejected: true })
  })
})

describe('a switch', () => {
  it('follows a switch between two lines; reports a broken target and does not follow it', async () => {
    const dir = demo()
    const set = (id: string) => taskclf(['model', 'set-active', '--model-id', id], { cwd: dir })
    await set(SECOND)
    const [row = ''] = windows()
    const service = online(dir, ['--log-format', 'json'])
    const events = () =>
      service
        .stderr()
        .trimEnd()
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line))
    expect(await service.ask(row)).toMatchObject({ model_id: SECOND, revision: 1 })
    await set(BEST)
    await until(() => events().some(({ event }) => event === 'swap'))
    expect(await service.ask(row)).toMatchObject({ model_id: BEST, revision: 2 })

    writeFileSync(join(dir, 'models', 'active.json'), '{"torn')
    await until(() => events().some(({ event }) => event === 'error'))
    expect(await service.ask(row)).toMatchObject({ model_id: BEST, revision: 2 })
    expect(await service.end()).toBe(0)
    expect(
      events()
        .map(({ event }) => event)
        .slice(0, 2),
    ).toEqual(['start', 'swap'])
    const [start, swap, error] = events()
    expect(start).toMatchObject({ model_id: SECOND, revision: 1, source: 'active' })
    expect(swap).toMatchObject({
      model_id: BEST,
      revision: 2,
      from: { model_id: SECOND, revision: 1 },
      loaded: true,
    })
    expect(error).toMatchObject({ code: 'pointer_corrupt', attempts: 1 })
    expect(Number.isNaN(Date.parse(error.at))).toBe(false)
  })

  it('reports a switch as text unless asked otherwise', async () => {
    const dir = demo()
    await taskclf(['model', 'set-active', '--model-id', SECOND], { cwd: dir })
    const service = online(dir)
    await until(() => service.stderr().includes('serving'))
    await taskclf(['model', 'set-active', '--model-id', BEST], { cwd: dir })
    await until(() =>
      service.stderr().includes(`now serving ${BEST} (revision 2), before ${SECOND} (revision 1)`),
    )
    writeFileSync(join(dir, 'models', 'active.json'), '')
    await until(() => /^error: .* \[pointer_corrupt\]; attempt 1/m.test(service.stderr()))
    expect(await service.end()).toBe(0)
    expect(service.stderr()).toContain('1 models swapped in')
  })

  it('does not concern an override', async () => {
    const dir = demo()
    const service = online(dir, ['--model-dir', join('models', SECOND)])
    const [row = ''] = windows()
    expect(await service.ask(row)).toMatchObject({ model_id: SECOND, revision: null })
    expect(await service.end()).toBe(0)
    expect(service.stderr()).toContain(`serving ${SECOND}, override`)
  })
})

describe('asked to end', () => {
  it.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('answers on %s what it has accepted, then ends', async (signal, exit) => {
    const service = online(tiny())
    for (let i = 0; i < 3; i++) expect(await service.ask('{"x":1}')).toMatchObject({ line: i + 1 })
    // Half a line was never asked: no answer, no error.
    service.child.stdin?.write('{"x"')
    await sleep(100)
    service.child.kill(signal)
    expect(await exitOf(service.child)).toBe(exit)
    expect(service.stderr()).toContain('answered 3 lines, 0 of them')
  })

  it('answers in the middle of a flood an unbroken beginning of it', async () => {
    const child = spawnProgram(BIN, ['infer', 'online'], { cwd: tiny() })
    onTestFinished(() => void child.kill('SIGKILL'))
    child.stdin?.on('error', () => {})
    child.stdin?.write('{"x":1}\n'.repeat(300_000))
    let out = ''
    child.stdout?.on('data', (chunk) => {
      if (out === '') child.kill('SIGTERM')
      out += chunk
    })
    expect(await exitOf(child)).toBe(143)
    const found = answers(out)
    expect(out.endsWith('\n')).toBe(true)
    expect(found.length).toBeGreaterThan(0)
    expect(found.length).toBeLessThan(300_000)
    expect(found.every((each, i) => each.line === i + 1 && !('error' in each))).toBe(true)
  })
})

it('waits for a slow reader, and does not grow', async () => {
  const child = spawnProgram(BIN, ['infer', 'online'], { cwd: tiny() })
  onTestFinished(() => void child.kill('SIGKILL'))
  child.stdin?.on('error', () => {})
  let taken = 0
  const feed = () => {
    while (taken < 1_000_000) {
      taken++
      if (child.stdin?.write('{"x":1}\n') === false) return
    }
  }
  child.stdin?.on('drain', feed)
  feed()
  // Nobody reads its answers: it stops reading long before the million.
  await sleep(2_000)
  const before = taken
  await sleep(500)
  expect(taken).toBe(before)
  expect(taken).toBeLessThan(200_000)
})

it('ends quietly when a reader goes away', async () => {
  const dir = tiny()
  const script = `yes '{"x":1}' | "$0" "$1" infer online 2>err | head -n 2`
  const child = spawn('sh', ['-c', script, process.execPath, BIN], { cwd: dir })
  let out = ''
  child.stdout.on('data', (chunk) => {
    out += chunk
  })
  expect(await exitOf(child)).toBe(0)
  expect(answers(out)).toHaveLength(2)
  await until(() => readFileSync(join(dir, 'err'), 'utf8') !== '')
  expect(readFileSync(join(dir, 'err'), 'utf8')).not.toMatch(/internal|EPIPE/)
})

it('has no --json: its answers are JSON anyway', async () => {
  const { code, json } = await taskclf(['infer', 'online', '--json'], { cwd: tiny() })
  expect([code, json.error.code]).toEqual([2, 'usage'])
})

it('says why not when there is no model that may serve', async () => {
  const dir = scratchDir()
  writeBundle(join(dir, 'models'), 'run-1', { model: 'not a model' })
  const { code, stdout, stderr } = await runCli(['infer', 'online'], { cwd: dir, input: '{"x":1}\n' })
  expect([code, stdout]).toEqual([1, ''])
  expect(stderr).toContain('[load_failed]')
})

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await sleep(10)
}

function exitOf(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('close', resolve))
}
