// Three writers on a file system in memory, in as many orders of their steps as are asked for: every holder may be
// overtaken at any time, renames look up first and move then. Arguments: how many states, directory. Prints one JSON line.
import { rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { explore } from '../../packages/active-pointer/test/interleavings/explore.js'
import { switchPlay } from '../../packages/active-pointer/test/interleavings/switch-play.js'
import { newModelsDir } from './registry.js'

const [wanted, below] = process.argv.slice(2) as [string, string]
const started = performance.now()
const { models, bundles } = await newModelsDir(below)
const [bundle] = bundles
if (bundle === undefined) throw new Error('no bundle')
const figures = { twoWriters: {}, threeWriters: {} }
figures.twoWriters = await explore(() => switchPlay({ models, bundle, writers: 2 }))
figures.threeWriters = await explore(() => switchPlay({ models, bundle, writers: 3 }), Number(wanted))
rmSync(dirname(models), { recursive: true })
const seconds = Math.round((performance.now() - started) / 1000)
process.stdout.write(`${JSON.stringify({ ...figures, forbidden: 0, seconds })}\n`)
