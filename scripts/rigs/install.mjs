// The two ways to install what a lock file lists, each by hash, into a directory that is renamed afterwards.
// No library: pip and apt install; neither renames a whole directory into place.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/**
 * A virtual environment with the packages of a requirements file. Renaming it leaves bin/python3 whole; the scripts
 * beside it keep the old path, so that modules are started with `python3 -m`.
 */
export function installVenv(lock, dir) {
  run('python3', ['-m', 'venv', dir])
  const pinned = ['--require-hashes', '--only-binary=:all:', '-r', lock]
  run(join(dir, 'bin/python3'), ['-m', 'pip', 'install', '--quiet', '--no-input', ...pinned])
}

/**
 * Debian packages, unpacked beside the system and not into it; bin/ has a script for each program, which finds the
 * unpacked libraries. The lock file: a line of sources.list, then `name=version sha256:…` for each package.
 */
export const debsWith =
  (...programs) =>
  (lock, dir) => {
    const [source, ...lines] = readFileSync(lock, 'utf8').split('\n').filter(isEntry)
    const packages = lines.map((line) => line.split(' sha256:'))
    const debs = download(join(dir, 'apt'), source, packages)
    for (const deb of debs) run('dpkg-deb', ['-x', deb, dir])
    rmSync(join(dir, 'apt'), { recursive: true })
    mkdirSync(join(dir, 'bin'))
    for (const program of programs) {
      const file = join(dir, 'bin', basename(program))
      writeFileSync(file, START.replace('PROGRAM', program))
      chmodSync(file, 0o755)
    }
  }

/**
 * Debian packages of the machine's own release, into the system: what needs a hundred libraries finds them nowhere else. The file lists
 * their names, without versions, of which a release keeps the newest only.
 */
export function aptInstall(lock) {
  const names = readFileSync(lock, 'utf8').split('\n').filter(isEntry)
  run('apt-get', ['-qq', 'update'])
  run('apt-get', ['-qq', '--yes', '--no-install-recommends', 'install', ...names])
}

const START = `#!/bin/sh
here=$(dirname "$0")/..
LD_LIBRARY_PATH=$here/usr/lib/x86_64-linux-gnu exec "$here/PROGRAM" "$@"
`

const isEntry = (line) => line !== '' && !line.startsWith('#')

/** By apt with lists and a source of its own, whatever release the machine is; answers the files. */
function download(dir, source, packages) {
  for (const part of ['lists/partial', 'archives/partial']) mkdirSync(join(dir, part), { recursive: true })
  writeFileSync(join(dir, 'sources.list'), `${source}\n`)
  const options = [
    `Dir::Etc::SourceList=${join(dir, 'sources.list')}`,
    'Dir::Etc::SourceParts=-',
    `Dir::State::Lists=${join(dir, 'lists')}`,
    `Dir::Cache=${dir}`,
    'APT::Sandbox::User=root',
  ].flatMap((option) => ['-o', option])
  run('apt-get', [...options, '-qq', 'update'])
  run('apt-get', [...options, '-qq', 'download', ...packages.map(([name]) => name)], { cwd: dir })
  const debs = readdirSync(dir).filter((name) => name.endsWith('.deb'))
  const hashes = debs.map((deb) =>
    createHash('sha256')
      .update(readFileSync(join(dir, deb)))
      .digest('hex'),
  )
  const missing = packages.filter(([, hash]) => !hashes.includes(hash)).map(([name]) => name)
  if (missing.length > 0) throw new Error(`not what the lock file says: ${missing.join(', ')}`)
  return debs.map((deb) => join(dir, deb))
}

function run(command, args, options = {}) {
  execFileSync(command, args, { stdio: ['ignore', 'ignore', 'pipe'], timeout: 300_000, ...options })
}
