// What the workflows may do, and what they run: read as text, since nothing here knows YAML.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { ROOT } from '../docs/code-blocks.js'

const DIR = join(ROOT, '.github/workflows')
const workflows = readdirSync(DIR).map((name) => ({ name, text: readFileSync(join(DIR, name), 'utf8') }))
const RELEASE = workflows.find(({ name }) => name === 'release.yml')?.text ?? ''

/** name → text of each job. */
function jobsOf(text: string): Record<string, string> {
  const [, all = ''] = text.split(/^jobs:\n/m)
  const parts = all.split(/^ {2}([\w-]+):\n/m).slice(1)
  return Object.fromEntries(parts.flatMap((part, i) => (i % 2 === 0 ? [[part, parts[i + 1] ?? '']] : [])))
}

it.each(workflows)('uses actions by their commit, each with the version it is: $name', ({ text }) => {
  const used = text.split('\n').filter((line) => /\buses:/.test(line))
  expect(used.length).toBeGreaterThan(0)
  for (const line of used) expect(line).toMatch(/uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/)
})

it('creates tokens in a job that installs and builds nothing, and may write nothing', () => {
  const minting = Object.entries(jobsOf(RELEASE)).filter(([, job]) => /^ +id-token: write/m.test(job))
  expect(minting.map(([name]) => name)).toEqual(['publish'])
  const [[, job] = ['', '']] = minting
  expect(job).toMatch(/^ +contents: read$/m)
  expect(job).not.toMatch(/npm (run|ci|install)|npx|changesets\//)
  expect(job).toContain('node scripts/publish-packed.mjs tarballs')
})

it('publishes the tarballs that were tested', () => {
  const { pack = '' } = jobsOf(RELEASE)
  const order = ['pack-once.mjs tarballs', 'test:published -- --tarballs tarballs', 'upload-artifact@']
  const places = order.map((step) => pack.indexOf(step))
  expect(places.every((at) => at > 0)).toBe(true)
  expect(places).toEqual([...places].sort((a, b) => a - b))
  expect(RELEASE.match(/pack-once|changeset publish|pnpm .*publish/g)).toEqual(['pack-once'])
})

it('publishes nothing of a tarball that is another than was packed', () => {
  const dir = join(scratchDir(), 'tarballs')
  mkdirSync(dir)
  writeFileSync(join(dir, 'a.tgz'), 'another')
  const packed = [{ name: 'a', version: '1.0.0', file: 'a.tgz', sha256: '0'.repeat(64) }]
  writeFileSync(join(dir, 'packed.json'), JSON.stringify(packed))
  const program = join(ROOT, 'scripts/publish-packed.mjs')
  const { status, stderr } = spawnSync(process.execPath, [program, dir, '--dry-run'], { encoding: 'utf8' })
  expect(stderr).toContain('is not what was packed')
  expect(status).toBe(1)
})
