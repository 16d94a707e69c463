import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readActive, writeActiveAtomic } from '@taskclf/active-pointer'
import { type LocalValidBundle, readBundle } from '@taskclf/registry-core'
import { checkChain, lackingStrace, scratchDir, writeBundle } from '@taskclf/test-kit'
import { build } from 'esbuild'
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest'

const noStrace = lackingStrace()
const root = fileURLToPath(new URL('../..', import.meta.url))

/** Whether a thing of the machine can be had; where it cannot, the test says so and does not pass silently. */
function attempt(what: string, run: () => void): string | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    const stderr = (error as { stderr?: Buffer }).stderr?.toString().trim()
    const why = `${what} cannot be had here: ${stderr || (error as Error).message}`
    process.stdout.write(`${why}\n`)
    return why
  }
}

async function usable(path: string): Promise<LocalValidBundle> {
  const bundle = await readBundle(path)
  if (bundle.status !== 'valid') throw new Error('the bundle should be valid')
  return bundle
}

function expectWhole(models: string): void {
  const read = (name: string) =>
    existsSync(join(models, name)) ? readFileSync(join(models, name)) : undefined
  expect(checkChain(read('active.json'), read('active_history.jsonl'))).toMatchObject({ ok: true })
}

describe('a file system that is truly full', () => {
  it('keeps the old pointer, whole; a clear error with ENOSPC as its cause; once there is room, the next switch succeeds', async ({
    skip,
  }) => {
    const mount = join(scratchDir(), 'small')
    mkdirSync(mount)
    const why = attempt('a small tmpfs', () =>
      execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'taskclf-full', mount], { stdio: 'pipe' }),
    )
    if (why) skip(why)
    onTestFinished(() => void execFileSync('umount', [mount]))
    const models = join(mount, 'models')
    writeBundle(models, 'run-a')
    const bundle = await usable(join(models, 'run-a'))
    const { version } = await writeActiveAtomic(models, bundle, { source: 'manual' })
    // Filled to the last page, then one page is freed at a time: the switch fails at a later step each time. A failed one may leave its line,
    // which must fill less than a page.
    const ballast = (i: number) => join(mount, `ballast-${i}`)
    const pages = fill(mount, ballast)
    const codes: string[] = []
    let failed = 0
    for (let freed = 0; freed < pages; freed++) {
      const outcome = await writeActiveAtomic(models, bundle, {
        source: 'manual',
        decision: 'x'.repeat(2000),
      }).then(
        () => 'done',
        (error: { code: string; details?: { errno?: string } }) =>
          `${error.code} ${error.details?.errno ?? ''}`.trim(),
      )
      codes.push(outcome)
      expectWhole(models)
      if (outcome === 'done') break
      failed++
      expect(await readActive(models)).toMatchObject({ status: 'valid', version })
      rmSync(ballast(freed))
    }
    expect(failed).toBeGreaterThan(0)
    expect(codes.at(-1)).toBe('done')
    expect(new Set(codes.slice(0, -1)).size).toBeGreaterThan(0)
    for (const code of codes.slice(0, -1)) expect(code).toMatch(/^(io|lock_failed)( ENOSPC)?$/)
  })
})

function fill(mount: string, ballast: (i: number) => string): number {
  for (let i = 0; ; i++) {
    try {
      writeFileSync(ballast(i), Buffer.alloc(4096))
    } catch {
      rmSync(ballast(i), { force: true })
      expect(statfsSync(mount).bfree).toBeLessThan(2)
      return i
    }
  }
}

describe('system calls that fail in a real process', () => {
  let program = ''
  beforeAll(async () => {
    const built = await build({
      stdin: {
        contents: `
          import { writeActiveAtomic } from '@taskclf/active-pointer'
          import { readBundle } from '@taskclf/registry-core'
          const [models, id] = process.argv.slice(2)
          try {
            await writeActiveAtomic(models, await readBundle(models + '/' + id), { source: 'manual' })
            console.log('done')
          } catch (error) {
            console.log(error.code, error.details?.errno ?? error.cause?.cause?.code ?? error.message)
          }`,
        resolveDir: root,
      },
      alias: Object.fromEntries([
        ['@taskclf/registry-core/format', join(root, 'packages/registry-core/src/format.ts')],
        ...['active-pointer', 'registry-core', 'durable-fs', 'errors'].map((name) => [
          `@taskclf/${name}`,
          join(root, `packages/${name}/src/index.ts`),
        ]),
      ]),
      bundle: true,
      platform: 'node',
      target: 'node20',
      format: 'esm',
      write: false,
    })
    program = built.outputFiles[0]?.text ?? ''
  })

  it.for([
    // The first sync is the history's, the second the staged pointer's, the third the directory's.
    ['fsync:error=EIO:when=1', 'io EIO', false],
    ['fsync:error=EIO:when=2', 'io EIO', false],
    ['fsync:error=EIO:when=3', 'durability_unknown EIO', true],
    ['rename:error=EIO:when=2', 'io EIO', false],
    ['rename:error=EROFS:when=2', 'io EROFS', false],
    ['fsync:signal=KILL:when=1', '', false],
    ['fsync:signal=KILL:when=2', '', false],
    ['rename:signal=KILL:when=2', '', 'either'],
    ['fsync:signal=KILL:when=3', '', true],
  ] as const)('survives strace -e inject=%s', async ([inject, said, switched], { skip }) => {
    if (noStrace) skip(noStrace)
    const dir = scratchDir()
    const models = join(dir, 'models')
    for (const id of ['run-a', 'run-b']) writeBundle(models, id)
    const { version } = await writeActiveAtomic(models, await usable(join(models, 'run-a')), {
      source: 'manual',
    })
    const file = join(dir, 'switch.mjs')
    writeFileSync(file, program)
    const result = spawnSync(
      'strace',
      [
        '-f',
        '-qq',
        '-o',
        join(dir, 'trace'),
        '-e',
        `inject=${inject}`,
        process.execPath,
        file,
        models,
        'run-b',
      ],
      {
        encoding: 'utf8',
        // strace counts calls for each thread: with one, the nth sync is the nth sync.
        env: { ...process.env, UV_THREADPOOL_SIZE: '1' },
        timeout: 50_000,
      },
    )
    expect(result.stdout.trim()).toBe(said)
    expect(readFileSync(join(dir, 'trace'), 'utf8')).toMatch(/INJECTED|SIGKILL/)
    const after = await readActive(models)
    if (switched !== 'either') expect(after.version !== version).toBe(switched)
    expect(after).toMatchObject({ status: 'valid', modelId: after.version === version ? 'run-a' : 'run-b' })
    expectWhole(models)
    const lock = { staleAfterMs: 3_600_000, timeoutMs: 20_000 }
    await writeActiveAtomic(models, await usable(join(models, 'run-a')), { source: 'manual', lock })
    expectWhole(models)
  })
})
