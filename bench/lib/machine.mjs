import { readFileSync, statfsSync } from 'node:fs'
import { cpus, loadavg, release, tmpdir, totalmem } from 'node:os'

/** What the figures were measured on. */
export function describeMachine() {
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memory_gb: Math.round(totalmem() / 2 ** 30),
    kernel: `${process.platform} ${release()}`,
    file_system: fileSystemOf(tmpdir()),
    node: process.version,
    load: loadavg().map((each) => Math.round(each * 10) / 10),
  }
}

function fileSystemOf(path) {
  try {
    const mounts = readFileSync('/proc/mounts', 'utf8')
      .split('\n')
      .map((line) => line.split(' '))
    const inside = mounts.filter(([, at]) => at === '/' || path === at || path.startsWith(`${at}/`))
    return inside.sort((a, b) => b[1].length - a[1].length)[0]?.[2] ?? 'unknown'
  } catch {
    return `type ${statfsSync(path).type}`
  }
}
