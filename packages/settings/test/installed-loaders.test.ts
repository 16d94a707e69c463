import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { scratchDir } from '@taskclf/test-kit'
import { expect, it } from 'vitest'
import { installedLoaders } from '../src/installed-loaders.js'

function project(): string {
  const dir = scratchDir()
  const own = join(dir, 'node_modules/@taskclf/onnx')
  mkdirSync(own, { recursive: true })
  const exports = { '.': { default: './index.js' } }
  writeFileSync(join(own, 'package.json'), JSON.stringify({ name: '@taskclf/onnx', type: 'module', exports }))
  writeFileSync(join(own, 'index.js'), "export const loadOnnx = (artifact) => 'loaded ' + artifact")
  return dir
}

it('finds the package that is installed beside a configuration, and loads it when a model is', async () => {
  const found = installedLoaders([scratchDir(), project()], {})
  expect(Object.keys(found)).toEqual(['*.onnx'])
  const load = found['*.onnx'] as (artifact: string) => unknown
  expect(await load('model.onnx')).toBe('loaded model.onnx')
})

it('finds nothing where nothing is installed, or a loader is given', () => {
  expect(installedLoaders([scratchDir()], {})).toEqual({})
  for (const key of ['.onnx', '*.onnx']) expect(installedLoaders([project()], { [key]: () => 1 })).toEqual({})
})
