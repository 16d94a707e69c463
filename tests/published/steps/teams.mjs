import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { serveChurn } from '../teams/churn.mjs'
import { serveThreeFamilies } from '../teams/families.mjs'
import { serveOnnx } from '../teams/onnx.mjs'
import { serveThePythonProject } from '../teams/python.mjs'
import { serveRegressor } from '../teams/regressor.mjs'
import { equal, run } from '../workbench.mjs'

const MOST_COMMANDS = 8
/** The words of the project that the default policy comes from: nobody else meets them. */
const THEIR_WORDS = /BreakIdle|breakidle|macro_f1/

/** Teams with models of their own: each from a blank folder, with the packages as they are published, to the answers that its trainer's library gives. */
export async function serveTheirModels({ scratch, registry }) {
  const teams = [serveChurn, serveRegressor, serveOnnx, serveThreeFamilies, serveThePythonProject]
  for (const serve of teams) {
    const dir = join(scratch, `team-${serve.name}`)
    mkdirSync(dir)
    let commands = 0
    const type = async (line) => {
      commands++
      const { stdout, stderr } = await run('sh', ['-c', line], { cwd: dir, env: registry.env })
      if (serve !== serveThePythonProject) {
        const [found] = THEIR_WORDS.exec(stdout + stderr) ?? []
        equal(`what "${line}" says of another project`, found, undefined)
      }
      return stdout
    }
    await serve({ dir, type })
    equal(
      `${serve.name} needs at most ${MOST_COMMANDS} commands, not ${commands}`,
      commands <= MOST_COMMANDS,
      true,
    )
    process.stdout.write(`   ${serve.name}: ${commands} commands\n`)
  }
}
