import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { BEST, blankProject, equal, npm, repository, run } from '../workbench.mjs'

const COPIED = [
  'packages',
  'internal',
  '.changeset',
  'package.json',
  'pnpm-workspace.yaml',
  'pnpm-lock.yaml',
  'LICENSE',
]

/** Two releases in a row by changesets, in a copy of the repository: what depends on what changed is released with it. */
export async function releaseTwice(bench, versions) {
  const clone = await cloneRepository(bench)
  const first = await release(bench, clone, versions, '@taskclf/registry-core', 'minor')
  equal('after a minor change of registry-core', bumped(versions, first, '@taskclf/registry-core'), [0, 1, 0])
  for (const dependent of ['@taskclf/selection-policy', '@taskclf/promotion', 'taskclf']) {
    equal(`the dependent ${dependent}`, bumped(versions, first, dependent), [0, 0, 1])
  }
  equal('what does not depend on it', first['@taskclf/lightgbm'], versions['@taskclf/lightgbm'])

  const second = await release(bench, clone, first, '@taskclf/selection-policy', 'patch')
  equal('after a fix of selection-policy', bumped(first, second, '@taskclf/selection-policy'), [0, 0, 1])
  equal('the command line, which carries it', bumped(first, second, 'taskclf'), [0, 0, 1])
  for (const other of ['@taskclf/registry-core', '@taskclf/infer-resolver']) {
    equal(`${other}, whose range takes the fix`, second[other], first[other])
  }
  await installNewest(bench, second)
  return second
}

async function cloneRepository({ scratch, registry }) {
  const clone = join(scratch, 'repository')
  mkdirSync(clone)
  for (const name of COPIED) {
    cpSync(join(repository, name), join(clone, name), { recursive: true, verbatimSymlinks: true })
  }
  for (const name of ['packages', 'internal', 'examples', 'tests'])
    mkdirSync(join(clone, name), { recursive: true })
  symlinkSync(join(repository, 'node_modules'), join(clone, 'node_modules'))
  // Changes that wait for the real release are none of this one.
  for (const file of changesets(clone)) rmSync(file)
  writeFileSync(join(clone, '.gitignore'), 'node_modules\n')
  await git(['init', '--quiet', '--initial-branch', 'main'], clone, registry)
  await commit('as it is', clone, registry)
  return clone
}

function changesets(clone) {
  const dir = join(clone, '.changeset')
  const files = readdirSync(dir).filter((file) => file.endsWith('.md') && file !== 'README.md')
  return files.map((file) => join(dir, file))
}

async function release({ registry }, clone, before, name, kind) {
  writeFileSync(
    join(clone, '.changeset/a-change.md'),
    `---\n'${name}': ${kind}\n---\n\nSomething that users notice.\n`,
  )
  await commit('a change', clone, registry)
  const env = {
    ...registry.env,
    // changesets asks this registry what is published already; it does not read npm's files.
    npm_config_registry: registry.url,
    PATH: `${join(clone, 'node_modules/.bin')}${delimiter}${registry.env.PATH}`,
  }
  const changeset = (args) => run(join(clone, 'node_modules/.bin/changeset'), args, { cwd: clone, env })
  await run(process.execPath, [join(repository, 'scripts/version-packages.mjs'), clone], { cwd: clone, env })
  await commit('versions', clone, registry)
  await changeset(['publish', '--no-git-tag'])
  const after = {}
  for (const published of Object.keys(before)) {
    const { stdout } = await npm(['view', published, 'version', '--prefer-online'], { cwd: clone, env })
    after[published] = stdout.trim()
  }
  const log = readFileSync(join(clone, 'packages', name.replace(/^@taskclf\//, ''), 'CHANGELOG.md'), 'utf8')
  equal(
    'the changelog',
    log.includes(`## ${after[name]}`) && log.includes('Something that users notice.'),
    true,
  )
  process.stdout.write(
    `   ${name} ${before[name]} → ${after[name]}, taskclf ${before.taskclf} → ${after.taskclf}\n`,
  )
  return after
}

/** The newest versions fit together in one install, each dependency once. */
async function installNewest({ scratch, registry }, versions) {
  const project = blankProject(scratch, 'after-the-releases')
  await npm(['install', '@taskclf/promotion', 'taskclf', '--prefer-online'], {
    cwd: project,
    env: registry.env,
  })
  const { stdout } = await npm(['ls', '--all', '--json'], { cwd: project, env: registry.env })
  for (const [name, found] of installedOnce(JSON.parse(stdout))) {
    equal(`the installed versions of ${name}`, [...found], [versions[name]])
  }
  const select = ['taskclf', 'model', 'select', '--json', '--feature-schema', 'feature-schema.json']
  const chosen = await run('npx', ['--no', ...select], { cwd: project, env: registry.env })
  equal('the best model after the releases', JSON.parse(chosen.stdout).report.best, BEST)
}

function installedOnce(tree, found = new Map()) {
  for (const [name, node] of Object.entries(tree.dependencies ?? {})) {
    if (/^(@taskclf\/|taskclf$)/.test(name)) {
      if (!found.has(name)) found.set(name, new Set())
      if (node.version !== undefined) found.get(name).add(node.version)
    }
    installedOnce(node, found)
  }
  return found
}

function bumped(before, after, name) {
  const [was, is] = [before[name], after[name]].map((version) => version.split('.').map(Number))
  const level = is.findIndex((part, i) => part !== was[i])
  return [0, 1, 2].map((i) => (i === level ? is[i] - was[i] : 0))
}

async function commit(message, clone, registry) {
  await git(['add', '--all'], clone, registry)
  await git(['commit', '--quiet', '--message', message], clone, registry)
}

function git(args, cwd, { env }) {
  const nobody = ['-c', 'user.name=test', '-c', 'user.email=test@localhost', '-c', 'commit.gpgsign=false']
  return run('git', [...nobody, '-c', 'core.hooksPath=/dev/null', ...args], { cwd, env })
}
