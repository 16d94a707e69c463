// A registry of one model of one iteration: what a command does before and beside its work on models.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Copies the bundle into a new models dir, with the first tree of each class only. */
export function makeSmallRegistry(models, bundle, modelId) {
  mkdirSync(models, { recursive: true })
  cpSync(bundle, join(models, modelId), { recursive: true })
  const path = join(models, modelId, 'model.txt')
  const text = readFileSync(path, 'utf8')
  const classes = Number(/^num_class=(\d+)$/m.exec(text)[1])
  const trees = text.slice(0, text.indexOf(`Tree=${classes}\n`))
  const sizes = (_, all) => `tree_sizes=${all.split(' ').slice(0, classes).join(' ')}`
  writeFileSync(path, `${trees.replace(/^tree_sizes=(.*)$/m, sizes)}end of trees\n`)
  return models
}
