import { BEST, blankProject, equal, npxUnder } from '../workbench.mjs'

/** `npx taskclf@<version>` in a blank project, under every supported Node. */
export async function runByNpx({ scratch, registry, nodes }, pinned) {
  for (const [version, node] of nodes) {
    const project = blankProject(scratch, `npx-${version}`)
    const taskclf = async (args, expect) => {
      const options = { cwd: project, env: registry.env, expect }
      return (await npxUnder(node, ['-y', `taskclf@${pinned}`, ...args], options)).stdout
    }
    equal(`npx taskclf@${pinned} --version`, (await taskclf(['--version'])).trim(), pinned)
    const schema = ['--feature-schema', 'feature-schema.json']
    const selected = JSON.parse(await taskclf(['model', 'select', ...schema, '--activate', '--json']))
    equal(`the best model, by npx on Node ${version}`, selected.report.best, BEST)
    equal(
      'its exit code for a no',
      typeof (await taskclf(['model', 'inspect', 'no-such-model'], 1)),
      'string',
    )
    const path = (await taskclf(['infer', 'resolve'])).trim()
    equal('what infer resolve ends in', path.split('/').at(-1), BEST)
    process.stdout.write(`   Node ${version}: ${pinned} runs\n`)
  }
}
