import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** examples/demo: seven real models with the whole contract, windows.csv, feature-schema.json. */
export const demoDir = at('../../../examples/demo')

/** A file or directory below internal/test-kit/fixtures. */
export function fixturePath(...parts: string[]): string {
  return join(at('../fixtures'), ...parts)
}

/** Copies the demo registry to `<into>/models` and returns that path. */
export function copyDemoModels(into: string): string {
  const models = join(into, 'models')
  cpSync(join(demoDir, 'models'), models, { recursive: true })
  return models
}

/** Copies the Python project's registry (12 bundles, pointer, history, index) to `<into>/models` and returns that path. */
export function copyRegistryModels(into: string): string {
  const models = join(into, 'models')
  cpSync(fixturePath('registry', 'models'), models, { recursive: true })
  return models
}
