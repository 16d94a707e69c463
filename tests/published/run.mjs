// The packages as their users meet them: packed, published to a registry on loopback, installed into blank projects
// outside the workspace. Needs built packages, and the npm registry for what is not ours.
// With --tarballs the packed ones there are tried, those that a release publishes.
//   node tests/published/run.mjs [--keep] [--tarballs DIR]
import { appendFileSync, mkdtempSync, realpathSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startRegistry } from './loopback-registry.mjs'
import { bundleForABrowser } from './steps/browser.mjs'
import { runByNpx } from './steps/command-line.mjs'
import { reachNothingElse, useFromEsmAndCommonJs } from './steps/libraries.mjs'
import { publishAll } from './steps/publish.mjs'
import { releaseTwice } from './steps/release.mjs'
import { walkTheStrangersPath } from './steps/stranger.mjs'
import { serveTheirModels } from './steps/teams.mjs'
import { compile } from './steps/typescript.mjs'
import { equal, installTools, run } from './workbench.mjs'

const { values } = parseArgs({ options: { keep: { type: 'boolean' }, tarballs: { type: 'string' } } })
const NODES = ['20.19.0', '20.20.2', '22.23.3', '24.21.0', '26.10.0']

const started = Date.now()
let passed = 0
const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'taskclf-published-')))
let registry
try {
  registry = await startRegistry(scratch)
  const nodes = await step('the Node versions that are supported', installNodes)
  const bench = { scratch, registry, nodes }
  const versions = await step('pack and publish every package', () => publishAll(bench, values.tarballs))
  const project = await step('npm i @taskclf/selection-policy: import and require, on each Node', () =>
    useFromEsmAndCommonJs(bench),
  )
  await step('nothing but the entries can be imported', () => reachNothingElse(bench, project))
  await step('TypeScript', () => compile(bench, project))
  await step('bundled for a browser', () => bundleForABrowser(bench, project))
  await step("a stranger's path", () => walkTheStrangersPath(bench))
  await step('teams with models of their own', () => serveTheirModels(bench))
  await step('npx taskclf, pinned', () => runByNpx(bench, versions.taskclf))
  await step('two releases by changesets', () => releaseTwice(bench, versions))
  await step('the pin still holds', () =>
    runByNpx({ ...bench, nodes: new Map([...nodes].slice(-1)) }, versions.taskclf),
  )
  process.stdout.write(`\nAs published: everything works, in ${seconds(started)} s\n`)
} catch (error) {
  process.stderr.write(`\n${error.message}\n${registry?.log() ?? ''}`)
  process.exitCode = 1
} finally {
  // For the table of scripts/suites.mjs.
  if (process.env.TASKCLF_RESULTS)
    appendFileSync(process.env.TASKCLF_RESULTS, `${JSON.stringify({ passed, skipped: [] })}\n`)
  await registry?.stop()
  if (values.keep) process.stdout.write(`kept: ${scratch}\n`)
  else rmSync(scratch, { recursive: true, force: true })
}

async function step(name, work) {
  const at = Date.now()
  process.stdout.write(`\n== ${name}\n`)
  const answer = await work()
  passed++
  process.stdout.write(`== ok in ${seconds(at)} s\n`)
  return answer
}

/** version → the program, each from npm's own builds of Node. */
async function installNodes() {
  const name = `node-${process.platform}-${process.arch}`
  const installed = NODES.map(async (version) => {
    const dir = await installTools(scratch, `node-${version}`, [`${name}@${version}`])
    const node = join(dir, 'node_modules', name, 'bin/node')
    equal('its version', (await run(node, ['--version'])).stdout.trim(), `v${version}`)
    return [version, node]
  })
  return new Map(await Promise.all(installed))
}

function seconds(since) {
  return ((Date.now() - since) / 1000).toFixed(1)
}
