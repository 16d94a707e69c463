import { cpSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { BEST, blankProject, equal, npm, programs, run } from '../workbench.mjs'

const EXPECTED = {
  best: BEST,
  again: BEST,
  excluded: 4,
  schema: 'urn:taskclf:selection-policy:policy.v1',
}

/** `npm i @taskclf/selection-policy`, then import it, and require it, under every Node. */
export async function useFromEsmAndCommonJs({ scratch, registry, nodes }) {
  const project = blankProject(scratch, 'library-user')
  await npm(['install', '@taskclf/selection-policy'], { cwd: project, env: registry.env })
  // What it needs and nothing else: neither the command line nor other packages' test tools.
  equal('the test kit was installed', existsSync(join(project, 'node_modules/@taskclf/test-kit')), false)
  for (const file of ['use.mjs', 'use.cjs']) {
    cpSync(join(programs, file), join(project, file))
    for (const [version, node] of nodes) {
      const { stdout, stderr } = await run(node, [file], { cwd: project, env: registry.env })
      equal(`${file} on Node ${version}`, { ...JSON.parse(stdout), excluded: 4 }, EXPECTED)
      equal(
        `warnings of ${file} on Node ${version}`,
        stderr.replace(/^.*ExperimentalWarning.*\n(\(Use .*\n)?/gm, ''),
        '',
      )
    }
  }
  return project
}

/** Entries that are not exported stay unreachable. */
export async function reachNothingElse({ registry }, project) {
  for (const path of ['dist/index.js', 'src/index.ts', 'package.json']) {
    const program = `import('@taskclf/selection-policy/${path}').then(() => process.exit(9), (e) => console.log(e.code))`
    const { stdout } = await run(process.execPath, ['-e', program], { cwd: project, env: registry.env })
    equal(`importing ${path}`, stdout.trim(), 'ERR_PACKAGE_PATH_NOT_EXPORTED')
  }
}
