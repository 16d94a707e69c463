import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { metadataOf, metricsOf, scratchDir, writeBundle } from '@taskclf/test-kit'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { buildManifest } from '../src/build-manifest.js'
import { readBundleAt } from '../src/read-bundle-at.js'
import { readValidBundle } from '../src/read-valid-bundle.js'

/** Something done to a bundle in order. */
type Damage = (dir: string) => void

const write =
  (name: string, text: string | Buffer): Damage =>
  (dir) => {
    rmSync(join(dir, name), { force: true, recursive: true })
    writeFileSync(join(dir, name), text)
  }

const DAMAGE: Record<string, Damage> = {
  'no metadata': (dir) => rmSync(join(dir, 'metadata.json'), { force: true }),
  'metrics cut short': write('metrics.json', '{"macro_f1": 0.9'),
  'not UTF-8': write('metadata.json', Buffer.from([0x7b, 0xff, 0x7d])),
  'a key twice': write('metrics.json', '{"macro_f1": 0.9, "weighted_f1": 0.9, "macro_f1": 0.1}'),
  'a figure out of range': write('metrics.json', JSON.stringify(metricsOf({ macro_f1: 1.5 }))),
  'another id': write('metadata.json', JSON.stringify(metadataOf({ model_id: 'another' }))),
  'its own id': write('metadata.json', JSON.stringify(metadataOf({ model_id: 'run-1' }))),
  'no such time': write('metadata.json', JSON.stringify(metadataOf({ created_at: '2026-02-30' }))),
  'artifacts named': write(
    'metadata.json',
    JSON.stringify(metadataOf({ artifacts: ['model.onnx', 'model.txt'] })),
  ),
  'unknown and strange keys': write(
    'metrics.json',
    '{"macro_f1": 0.9, "weighted_f1": 0.9, "__proto__": {"x": -0}, "far": 1e999}',
  ),
  'figures that contradict the matrix': write(
    'metrics.json',
    '{"macro_f1": 0.1, "weighted_f1": 0.9, "label_names": ["a", "b"], "confusion_matrix": [[3, 1], [0, 4]]}',
  ),
  'a model of no bytes': write('model.txt', ''),
  'another model': write('model.onnx', 'x'),
  'no model': (dir) => rmSync(join(dir, 'model.txt'), { force: true }),
  encoders: write('categorical_encoders.json', '{"app": ["__unknown__", "größer"]}'),
  'bad encoders': write('categorical_encoders.json', '{"app": ["a", "a"]}'),
  'a self-test': write(
    'self_test.json',
    '{"version": 1, "rows": [{"x": 1}], "expected": [[0.5]], "tolerance": 1e-6}',
  ),
  'a document as a link': (dir) => {
    rmSync(join(dir, 'metrics.json'), { force: true })
    writeFileSync(join(dir, 'elsewhere.json'), JSON.stringify(metricsOf({})))
    symlinkSync('elsewhere.json', join(dir, 'metrics.json'))
  },
  'a document as a directory': (dir) => {
    rmSync(join(dir, 'self_test.json'), { force: true, recursive: true })
    mkdirSync(join(dir, 'self_test.json'))
  },
  'a document of 100 KiB': write(
    'metrics.json',
    JSON.stringify({ ...metricsOf({}), note: 'x'.repeat(102_400) }),
  ),
  'a document of exactly the buffer': write('metrics.json', JSON.stringify(metricsOf({})).padEnd(65_536)),
  'something unlisted': write('notes.txt', 'x'),
}

const damages = fc.uniqueArray(fc.constantFrom(...Object.keys(DAMAGE)), { maxLength: 4 })

it('the quick way answers what the way that explains answers, or nothing', async () => {
  const root = scratchDir()
  let quick = 0
  await fc.assert(
    fc.asyncProperty(
      damages,
      fc.constantFrom('none', 'before', 'after'),
      fc.boolean(),
      async (names, manifest, promoted) => {
        rmSync(join(root, 'run-1'), { recursive: true, force: true })
        const dir = writeBundle(root, 'run-1')
        const publish = async () => {
          const built = await buildManifest(dir).catch(() => undefined)
          if (built !== undefined) writeFileSync(join(dir, 'manifest.json'), JSON.stringify(built))
        }
        if (manifest === 'before') await publish()
        for (const name of names) DAMAGE[name]?.(dir)
        if (manifest === 'after') await publish()
        const place = { root, dir, modelId: 'run-1', promoted }
        const found = readValidBundle(place)
        const explained = readBundleAt(place)
        if (found !== undefined) expect(found).toStrictEqual(explained)
        if (found !== undefined) quick++
        // A large document and a linked one are in order, and yet not for the quick way.
        const isPlain = !names.some((name) => /link|100 KiB|buffer/.test(name))
        if (isPlain && explained.status === 'valid') expect(found).toBeDefined()
      },
    ),
    { numRuns: 600 },
  )
  expect(quick).toBeGreaterThan(50)
})
