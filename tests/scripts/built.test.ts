import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { isStale } from '../../scripts/built.mjs'

it('finds the built program stale when a source of any package is newer', () => {
  const tree = scratchDir()
  const write = (file: string, seconds: number) => {
    mkdirSync(join(tree, file, '..'), { recursive: true })
    writeFileSync(join(tree, file), '')
    utimesSync(join(tree, file), seconds, seconds)
  }
  write('packages/cli/src/commands/all.ts', 100)
  write('packages/lib/src/index.ts', 100)
  expect(isStale(tree)).toBe(true)
  write('packages/cli/dist/bin.cjs', 200)
  expect(isStale(tree)).toBe(false)
  write('packages/lib/src/deep/verb.ts', 300)
  expect(isStale(tree)).toBe(true)
})

it('asks in every run of vitest', () => {
  expect(readFileSync(new URL('../../vitest.config.ts', import.meta.url), 'utf8')).toContain(
    "globalSetup: [at('scripts/built.mjs')]",
  )
})
