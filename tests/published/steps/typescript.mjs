import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { installTools, programs, run } from '../workbench.mjs'

/** The oldest that zod's types are made for, the one before the native compiler, and the native one. */
const TYPESCRIPTS = ['5.5.4', '6.0.3', '7.0.2']
const SETTINGS = {
  nodenext: ['--module', 'nodenext', '--moduleResolution', 'nodenext', '--skipLibCheck', 'false'],
  // The declarations themselves are checked once, above.
  bundler: ['--module', 'esnext', '--moduleResolution', 'bundler', '--skipLibCheck'],
}

const STRICT = [
  '--strict',
  '--exactOptionalPropertyTypes',
  '--noUncheckedIndexedAccess',
  '--target',
  'es2022',
]

/** Compiles a program against the installed types, declarations of libraries included. */
export async function compile({ scratch, registry }, project) {
  const types = await installTools(scratch, 'types', ['@types/node@20'])
  cpSync(join(types, 'node_modules'), join(project, 'node_modules'), { recursive: true, force: false })
  cpSync(join(programs, 'use.ts'), join(project, 'use.mts'))
  await Promise.all(TYPESCRIPTS.map((version) => compileWith(version, scratch, project, registry.env)))
}

async function compileWith(version, scratch, project, env) {
  const compiler = await installTools(scratch, `typescript-${version}`, [`typescript@${version}`])
  for (const [name, resolution] of Object.entries(SETTINGS)) {
    const args = [...resolution, ...STRICT, '--types', 'node', '--noEmit', 'use.mts']
    await run(join(compiler, 'node_modules/.bin/tsc'), args, { cwd: project, env })
    process.stdout.write(`   TypeScript ${version}, ${name}: compiles\n`)
  }
}
