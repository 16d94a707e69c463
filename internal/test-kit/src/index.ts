export { bundleFile } from './bundle-file.js'
export { type BundleSpec, metadataOf, metricsOf, SPLIT_MODEL, TINY_MODEL, writeBundle } from './bundles.js'
export { type CheckedChain, checkChain } from './chain.js'
export { changedDocument } from './changed-document.js'
export {
  type CrashDisk,
  type CrashDiskOptions,
  type CrashFile,
  type CrashFileSystem,
  createCrashDisk,
} from './crash-disk.js'
export type { SurvivalOrder } from './crash-disk-nodes.js'
export { EXHAUSTIVE, sampled } from './exhaustive.js'
export { type Fault, type Instrumented, instrument, Killed } from './faults.js'
export { copyDemoModels, copyRegistryModels, demoDir, fixturePath } from './fixtures.js'
export { lacking, lackingChromium, lackingStrace } from './lacking.js'
export { type RunResult, runCli, runNode, spawnProgram } from './processes.js'
export { seededRandom } from './random.js'
export { runReadmeExample } from './readme.js'
export { scratchDir } from './scratch.js'
