import * as fs from 'node:fs'
import { errnoOf } from '@taskclf/durable-fs'
import { type Check, type Finding, finding } from './examination.js'

/** Numbers by which Linux names file systems whose promises differ. */
const FILE_SYSTEMS: ReadonlyMap<number, 'network' | 'volatile'> = new Map([
  [0x6969, 'network'],
  [0xff534d42, 'network'],
  [0xfe534d42, 'network'],
  [0x517b, 'network'],
  [0x01021994, 'volatile'],
  [0x858458f6, 'volatile'],
])

/** Whether a switch could be written here, and would survive. */
export const checkFileSystem: Check = ({ layout: { root, work, history } }) => {
  const findings: Finding[] = []
  // What another user made in a models dir of a group may be theirs alone.
  const readOnly = [root, work, history].find((path) => writeRefusal(path) !== undefined)
  if (readOnly !== undefined) {
    const what = readOnly === root ? 'the models dir' : readOnly
    const message = `${what} cannot be written (${writeRefusal(readOnly)})`
    findings.push(
      finding('warning', 'not_writable', message, 'fine for serving; switching needs the permission'),
    )
  }
  const refused = syncRefusal(root)
  if (refused !== undefined) {
    const message = `the file system does not sync directories (${refused})`
    findings.push(
      finding('warning', 'no_sync', message, 'a switch may be lost with the power; use another file system'),
    )
  }
  const kind = FILE_SYSTEMS.get(fs.statfsSync(root).type)
  if (kind === 'network') {
    const advice = 'switch from one host only: the lock cannot judge whether an owner elsewhere is alive'
    findings.push(
      finding('warning', 'network_file_system', 'the models dir is on a network file system', advice),
    )
  } else if (kind === 'volatile') {
    const advice = 'fine for trying out; a restart takes models and history away'
    findings.push(finding('note', 'volatile_file_system', 'the models dir is in memory', advice))
  }
  return findings
}

/** Why this process may not write what is there; undefined where it may, or nothing is there. */
function writeRefusal(path: string): string | undefined {
  try {
    fs.accessSync(path, fs.constants.W_OK)
    return undefined
  } catch (error) {
    const errno = errnoOf(error) ?? 'refused'
    return errno === 'ENOENT' ? undefined : errno
  }
}

function syncRefusal(root: string): string | undefined {
  let fd: number | undefined
  try {
    fd = fs.openSync(root, fs.constants.O_RDONLY)
    fs.fsyncSync(fd)
    return undefined
  } catch (error) {
    return errnoOf(error) ?? 'refused'
  } finally {
    if (fd !== undefined) fs.closeSync(fd)
  }
}
