import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchDir, writeBundle } from '@taskclf/test-kit'
import { describe, expect, it } from 'vitest'
import { buildManifest } from '../src/local/build-manifest.js'
import { readBundle } from '../src/local/read-bundle.js'
import { verifyBundle } from '../src/local/verify-bundle.js'

const SIGNATURES = ['model.sig', 'model.txt.sig', 'model.sigstore.json', 'signature.json']

describe.each(SIGNATURES)('%s', (name) => {
  it('is not a model', async () => {
    const dir = writeBundle(scratchDir(), 'run-1', { files: { [name]: 'MEUCIQD', 'model.txt': null } })
    expect(await readBundle(dir)).toMatchObject({ problems: [{ code: 'missing_artifact', file: '' }] })
    const signed = writeBundle(scratchDir(), 'run-1', { files: { [name]: 'MEUCIQD' } })
    expect(await readBundle(signed)).toMatchObject({ status: 'valid', artifacts: ['model.txt'] })
  })

  it('is not a model either where the metadata name it as one', async () => {
    const metadata = { artifacts: ['model.txt', name] }
    const dir = writeBundle(scratchDir(), 'run-1', { metadata, files: { [name]: 's' } })
    expect(await readBundle(dir)).toMatchObject({ status: 'valid', artifacts: ['model.txt'] })
    const alone = writeBundle(scratchDir(), 'run-1', {
      metadata: { artifacts: [name] },
      files: { [name]: 's' },
    })
    expect(await readBundle(alone)).toMatchObject({ problems: [{ code: 'missing_artifact' }] })
  })

  it('adds to a published bundle without making it another', async () => {
    const dir = writeBundle(scratchDir(), 'run-1')
    writeFileSync(join(dir, 'manifest.json'), JSON.stringify(await buildManifest(dir)))
    writeFileSync(join(dir, name), 'MEUCIQD')
    expect(await readBundle(dir)).toMatchObject({ status: 'valid', warnings: [] })
    const { ok, files } = await verifyBundle(dir)
    expect(ok).toBe(true)
    expect(files.find((file) => file.name === name)?.outcome).toBe('signature')
  })
})
