import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { runInNewContext } from 'node:vm'
import { build } from 'esbuild'
import { BEST, equal, programs } from '../workbench.mjs'

/** Bundles the pure entry for a browser, and runs it where there is nothing of Node: no process, no require, no Buffer. */
export async function bundleForABrowser(_, project) {
  cpSync(join(programs, 'browser.mjs'), join(project, 'browser.mjs'))
  const { outputFiles, metafile } = await build({
    entryPoints: [join(project, 'browser.mjs')],
    absWorkingDir: project,
    bundle: true,
    platform: 'browser',
    format: 'iife',
    minify: true,
    metafile: true,
    write: false,
    logLevel: 'silent',
  })
  const inputs = Object.keys(metafile.inputs)
  const imported = Object.values(metafile.inputs).flatMap(({ imports }) => imports)
  equal(
    'imports of Node',
    imported.flatMap(({ path, external }) => (external || path.startsWith('node:') ? [path] : [])),
    [],
  )
  const PURE = /@taskclf\/(selection-policy|errors)\/|node_modules\/(zod|fastest-levenshtein)\//
  equal(
    'inputs that the decisions do not need',
    inputs.filter((input) => input !== 'browser.mjs' && !PURE.test(input)),
    [],
  )
  const [{ text }] = outputFiles
  const { listBundles } = await import(
    pathToFileURL(join(project, 'node_modules/@taskclf/registry-core/dist/index.js')).href
  )
  const page = {}
  runInNewContext(
    `${text}\nglobalThis.page = globalThis.select(bundles)`,
    Object.assign(page, {
      bundles: await listBundles(join(project, 'models')),
    }),
  )
  equal('the best model in a browser', JSON.parse(page.page).best, BEST)
  process.stdout.write(
    `   ${(text.length / 1024).toFixed(0)} KiB minified, ${inputs.length} files, none of Node\n`,
  )
}
