import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  appendFileSync,
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { findBestModel } from '@taskclf/infer-resolver'
import { type Bundle, listBundles, listStrangers, readBundle } from '@taskclf/registry-core'
import { metricsOf, scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it, onTestFinished } from 'vitest'

const codesOf = (bundle: Bundle | undefined): string =>
  bundle?.status === 'invalid'
    ? bundle.problems.map(({ code, file }) => `${code} ${file}`.trim()).join()
    : `${bundle?.status}`

/** A models dir with one good bundle and one made hostile. */
function beside(make: (dir: string, models: string) => void): string {
  const models = join(scratchDir(), 'models')
  writeBundle(models, 'good')
  make(writeBundle(models, 'hostile'), models)
  return models
}

const deep = (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
const document = (file: string, text: string | Uint8Array) => (dir: string) =>
  writeFileSync(join(dir, file), text)
const metrics = (over: string) => document('metrics.json', JSON.stringify(metricsOf()).replace('0.91', over))

describe('what a document may hold: its code, and the bundle beside it is found all the same', () => {
  it.each<[string, (dir: string) => void, string]>([
    ['nothing', document('metadata.json', ''), 'malformed_json metadata.json'],
    ['half of itself', document('metadata.json', '{"created_at": "2026-'), 'malformed_json metadata.json'],
    ['a byte order mark', document('metadata.json', '\ufeff{}'), 'malformed_json metadata.json'],
    [
      'a byte that is not UTF-8',
      document('metrics.json', Buffer.from([0x7b, 0xff, 0x7d])),
      'not_utf8 metrics.json',
    ],
    [
      'a lone surrogate, encoded',
      document('metrics.json', Buffer.from([0x22, 0xed, 0xa0, 0x80, 0x22])),
      'not_utf8 metrics.json',
    ],
    ['nesting of 100,000 levels', document('metrics.json', deep(100_000)), 'too_deep metrics.json'],
    ['nesting of 300 levels', document('metrics.json', deep(300)), 'too_deep metrics.json'],
    ['a number of 5,000 digits', metrics('9'.repeat(5000)), 'schema_violation metrics.json'],
    ['1e999', metrics('1e999'), 'schema_violation metrics.json'],
    ['NaN', metrics('NaN'), 'malformed_json metrics.json'],
    ['a key twice', metrics('0.91,"macro_f1":0.99'), 'duplicate_key metrics.json'],
    ['a key twice, one of them escaped', metrics('0.91,"macro\\u005ff1":0.99'), 'duplicate_key metrics.json'],
    ['a list', document('metrics.json', '[]'), 'schema_violation metrics.json'],
  ])('reports %s', async (_, make, expected) => {
    const bundles = await listBundles(beside(make))
    expect(bundles.map(codesOf)).toEqual(['valid', expected])
  })

  it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
    'accepts a key named %s like any other',
    async (key) => {
      const models = beside((dir) => {
        writeFileSync(
          join(dir, 'metrics.json'),
          `{"macro_f1":0.9,"weighted_f1":0.9,"${key}":{"acceptance_pass":true,"polluted":1}}`,
        )
        writeFileSync(join(dir, 'categorical_encoders.json'), `{"${key}":["a"]}`)
      })
      const bundles = await listBundles(models)
      expect(bundles.map(codesOf)).toEqual(['valid', 'valid'])
      expect(({} as Record<string, unknown>).polluted).toBeUndefined()
      // What hangs below it opens no gate.
      const report = await findBestModel(models)
      expect(report.excluded.map(({ modelId, code }) => [modelId, code])).toEqual([
        ['hostile', 'metric_absent'],
      ])
    },
  )

  it('keeps escaped lone surrogates in the text, and makes no name of them', async () => {
    const models = beside(
      document(
        'metadata.json',
        '{"created_at":"2026-01-01","schema_hash":"x","model_id":"\\ud800","note":"\\udfff"}',
      ),
    )
    expect((await listBundles(models)).map(codesOf)).toEqual([
      'valid',
      'schema_violation metadata.json,model_id_mismatch metadata.json',
    ])
  })
})

describe('what stands where a file should be', () => {
  it.each<[string, (path: string) => void]>([
    ['a FIFO', (path) => execFileSync('mkfifo', [path])],
    ['a directory', (path) => mkdirSync(path)],
    ['a device', (path) => symlinkSync('/dev/zero', path)],
  ])('never opens %s, for any of the documents', async (what, make) => {
    for (const file of [
      'metadata.json',
      'metrics.json',
      'model.txt',
      'manifest.json',
      'categorical_encoders.json',
      'self_test.json',
    ]) {
      const models = beside((dir) => {
        rmSync(join(dir, file), { force: true })
        make(join(dir, file))
      })
      const [good, hostile] = await listBundles(models)
      expect(good?.status).toBe('valid')
      expect([file, codesOf(hostile)]).toEqual([
        file,
        `${what === 'a device' ? 'symlink_escape' : 'not_a_file'} ${file}`,
      ])
    }
  })

  it('does not open a device made for it either', async ({ skip }) => {
    const models = join(scratchDir(), 'models')
    const dir = writeBundle(models, 'hostile', { files: { 'metrics.json': null } })
    try {
      execFileSync('mknod', [join(dir, 'metrics.json'), 'c', '1', '5'], { stdio: 'ignore' })
    } catch {
      skip('mknod needs root: the device behind a link above stands in for it')
    }
    expect((await listBundles(models)).map(codesOf)).toEqual(['not_a_file metrics.json'])
  })

  it('refuses a file of one gigabyte unread, and lists a model of one gigabyte at no cost', async () => {
    const sparse = (path: string) => {
      const fd = openSync(path, 'w')
      ftruncateSync(fd, 1024 ** 3)
      closeSync(fd)
    }
    const models = beside((dir, root) => {
      sparse(join(dir, 'metrics.json'))
      sparse(join(writeBundle(root, 'large-model'), 'model.txt'))
    })
    const before = process.memoryUsage().rss
    expect((await listBundles(models)).map(codesOf)).toEqual(['valid', 'too_large metrics.json', 'valid'])
    expect(process.memoryUsage().rss - before).toBeLessThan(500e6)
  })
})

describe('names', () => {
  it('reads names that differ by case only as two models, and a pointer means one of them', async () => {
    const models = join(scratchDir(), 'models')
    writeBundle(models, 'Run-A', { metadata: { model_id: 'Run-A' } })
    writeBundle(models, 'run-a', { metadata: { model_id: 'Run-A' } })
    const bundles = await listBundles(models)
    expect(bundles.map((bundle) => [bundle.modelId, codesOf(bundle)])).toEqual([
      ['Run-A', 'valid'],
      ['run-a', 'model_id_mismatch metadata.json'],
    ])
  })

  it('accepts names as long as the system allows, also nested', async () => {
    const long = 'n'.repeat(255)
    const models = join(scratchDir(), 'models')
    const dir = writeBundle(models, long)
    mkdirSync(join(dir, long, long), { recursive: true })
    expect((await listBundles(models)).map(codesOf)).toEqual(['valid'])
  })
})

describe('many', () => {
  it('accounts for every directory of 100,000 entries, finds the good ones, passes over plain files', async () => {
    const models = join(scratchDir(), 'models')
    writeBundle(models, 'a-good')
    writeBundle(models, 'z-good')
    for (let i = 0; i < 50_000; i++) mkdirSync(join(models, `m${String(i).padStart(5, '0')}`))
    for (let i = 0; i < 50_000; i++) closeSync(openSync(join(models, `f${i}`), 'w'))
    const bundles = await listBundles(models)
    expect(bundles.map(({ modelId, status }) => [modelId, status])).toEqual([
      ['a-good', 'valid'],
      ['z-good', 'valid'],
    ])
    // No bundle, and no problem: they are listed for who asks.
    expect(await listStrangers(models)).toHaveLength(50_000)
  }, 240_000)

  it('reads a bundle with 20,000 files that nobody needs', async () => {
    const models = beside((dir) => {
      for (let i = 0; i < 20_000; i++) closeSync(openSync(join(dir, `extra-${i}`), 'w'))
    })
    expect((await listBundles(models)).map(codesOf)).toEqual(['valid', 'valid'])
  }, 120_000)
})

describe('what changes while it is read', () => {
  it('reads a document that grows endlessly to its limit at most', async () => {
    const models = beside((dir) => writeFileSync(join(dir, 'metrics.json'), '{"a":"'))
    const path = join(models, 'hostile', 'metrics.json')
    const grower = spawn('sh', ['-c', `while :; do printf '%65536s' x >> '${path}'; done`], {
      stdio: 'ignore',
    })
    onTestFinished(() => void grower.kill('SIGKILL'))
    const seen = new Set<string>()
    const until = performance.now() + 60_000
    while (!seen.has('too_large metrics.json') && performance.now() < until) {
      const [good, hostile] = await listBundles(models)
      expect(good?.status).toBe('valid')
      seen.add(codesOf(hostile))
    }
    grower.kill('SIGKILL')
    await once(grower, 'close')
    expect(
      [...seen].filter((code) => !/^(malformed_json|too_large|not_utf8) metrics\.json$/.test(code)),
    ).toEqual([])
    expect(seen).toContain('too_large metrics.json')
  }, 90_000)

  it('reads a bundle that comes and goes as whole, vanished, or missing something: never half', async () => {
    const models = beside(() => {})
    const program = `const fs = require('fs'); const [a, b] = process.argv.slice(1)
      for (;;) { try { fs.renameSync(a, b); fs.renameSync(b, a) } catch {} }`
    const [dir, away] = [join(models, 'hostile'), join(models, '.away')]
    const mover = spawn(process.execPath, ['-e', program, dir, away], { stdio: 'ignore' })
    onTestFinished(() => void mover.kill('SIGKILL'))
    const seen = new Map<string, number>()
    for (let i = 0; i < 3_000; i++) {
      const code = codesOf(await readBundle(dir))
      seen.set(code, (seen.get(code) ?? 0) + 1)
    }
    mover.kill('SIGKILL')
    await once(mover, 'close')
    for (const code of seen.keys())
      expect(code).toMatch(/^(valid|vanished|(vanished|missing_\w+) [\w.]+(,.*)?)$/)
    renameIfThere(away, dir)
    expect((await listBundles(models)).map(codesOf)).toEqual(['valid', 'valid'])
  }, 60_000)

  it('reads a document replaced while it is read as the old one or the new one', async () => {
    const models = beside(() => {})
    const path = join(models, 'hostile', 'metrics.json')
    const text = (score: number) =>
      `${JSON.stringify(metricsOf({ macro_f1: score, padding: 'x'.repeat(200_000) }))}`
    writeFileSync(path, text(0.8))
    let i = 0
    const timer = setInterval(() => {
      writeFileSync(`${path}.new`, text(++i % 2 === 0 ? 0.8 : 0.85))
      renameSync(`${path}.new`, path)
    }, 1)
    onTestFinished(() => clearInterval(timer))
    for (let n = 0; n < 200; n++) {
      const [, hostile] = await listBundles(models)
      expect(hostile?.status === 'valid' && [0.8, 0.85].includes(hostile.metrics.macro_f1 ?? 0)).toBe(true)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(i).toBeGreaterThan(10)
  })

  it('reports a file cut off under the reader as bad content, and does not crash', async () => {
    const models = beside(() => {})
    const path = join(models, 'hostile', 'metrics.json')
    for (let n = 0; n < 50; n++) {
      const fd = openSync(path, 'w')
      writeSync(fd, JSON.stringify(metricsOf()).slice(0, n * 3))
      closeSync(fd)
      const [good, hostile] = await listBundles(models)
      expect([good?.status, codesOf(hostile)]).toEqual([
        'valid',
        n * 3 >= JSON.stringify(metricsOf()).length ? 'valid' : 'malformed_json metrics.json',
      ])
    }
    appendFileSync(path, '')
  })
})

function renameIfThere(from: string, to: string): void {
  try {
    renameSync(from, to)
  } catch {
    // It was not away when its mover was ended.
  }
}
