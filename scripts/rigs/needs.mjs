// What a rig can need of the machine: a name for people, and a probe.
// No library: probes of this machine.
import { spawnSync } from 'node:child_process'
import { mkdirSync, statfsSync } from 'node:fs'

const runs = (command, ...args) => spawnSync(command, args, { stdio: 'ignore', timeout: 20_000 }).status === 0
const answers = (url) =>
  runs(
    process.execPath,
    '-e',
    `fetch('${url}', { method: 'HEAD' }).then(({ ok }) => process.exit(ok ? 0 : 1))`,
  )

/** Every lock file is of Linux on this processor. */
export const linux = {
  name: 'Linux on x64',
  have: () => `${process.platform}-${process.arch}` === 'linux-x64',
}
/** The cache is root's. */
export const root = { name: 'root', have: () => process.getuid?.() === 0 }
export const apt = { name: 'apt', have: () => runs('apt-get', '--version') && runs('dpkg-deb', '--version') }
export const pypi = { name: 'PyPI', have: () => answers('https://pypi.org/simple/pip/') }
export const python = {
  name: 'python3 >= 3.11 with venv',
  have: () => runs('python3', '-c', 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'),
}

/** Room for what is unpacked, where it is unpacked. */
export function disk(dir) {
  const have = () => {
    mkdirSync(dir, { recursive: true })
    const { bavail, bsize } = statfsSync(dir)
    return bavail * bsize >= 3e9
  }
  return { name: '3 GB of disk', have }
}
