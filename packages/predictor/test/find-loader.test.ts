import { expect, it } from 'vitest'
import { loadableArtifact } from '../src/index.js'

const load = () => {
  throw new Error('not loaded here')
}

it('names the first artifact with a loader', () => {
  expect(loadableArtifact(['notes.txt', 'model.txt'])).toBe('model.txt')
  expect(loadableArtifact(['forest.onnx'])).toBeUndefined()
  for (const key of ['forest.onnx', '.onnx', '*.onnx'])
    expect(loadableArtifact(['weights.bin', 'forest.onnx', 'model.txt'], { [key]: load })).toBe('forest.onnx')
})

it('finds no loader in a property that all objects have', () => {
  expect(loadableArtifact(['toString', 'constructor'])).toBeUndefined()
})
