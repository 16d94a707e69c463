import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { equal, repository, run } from '../workbench.mjs'

/** The README's path, word for word: what it says to put into an empty folder, to type and to expect. Timed. */
export async function walkTheStrangersPath({ scratch, registry }) {
  const { install, file, program, command, expected } = readPath()
  const folder = join(scratch, 'stranger')
  mkdirSync(folder)
  cpSync(join(repository, 'examples/churn'), folder, { recursive: true })
  // A cache of its own: a stranger has installed nothing yet.
  const env = { ...registry.env, npm_config_cache: join(scratch, 'strangers-cache') }
  const type = async (line) => (await run('sh', ['-c', line], { cwd: folder, env })).stdout

  const started = Date.now()
  await type(install)
  const installed = Date.now()
  writeFileSync(join(folder, file), program)
  const said = await type(command)
  const ended = Date.now()
  equal('what the program says', said, expected)
  const active = JSON.parse(readFileSync(join(folder, 'models/active.json'), 'utf8')).model_id
  equal('the active pointer', said.includes(`\nserving ${active}, revision 1\n`), true)
  const seconds = (from, to) => ((to - from) / 1000).toFixed(1)
  process.stdout.write(
    `   from an empty folder to predictions in ${seconds(started, ended)} s: install ${seconds(started, installed)} s, program ${seconds(installed, ended)} s\n`,
  )
}

/** The README's section: the line that installs, the program and its name, the line that runs it and what that says. */
function readPath() {
  const text = readFileSync(join(repository, 'README.md'), 'utf8')
  const section = text.split(/^## /m).find((part) => part.startsWith('Sixty seconds')) ?? ''
  const found =
    /^```sh\n(?<install>npm i .+)\n```\n\n```js \[(?<file>[\w.-]+)\]\n(?<program>[\s\S]+?)^```\n\n```console\n\$ (?<command>.+)\n(?<expected>[\s\S]+?)^```$/m.exec(
      section,
    )
  if (found === null) throw new Error('README.md: no such path')
  return found.groups
}
