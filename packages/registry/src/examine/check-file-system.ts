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
export const checkFileSystem: Check = ({ layout: { root } }) => {
  const findings: Finding[] = []
  try {
    fs.accessSync(root, fs.constants.W_OK)
  } catch (error) {
    const message = `the models dir cannot be written (${errnoOf(error) ?? 'refused'})`
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

function syncRefusal(root: string): string | undefined {
  const fd = fs.openSync(root, fs.constants.O_RDONLY)
  try {
    fs.fsyncSync(fd)
    return undefined
  } catch (error) {
    return errnoOf(error) ?? 'refused'
  } finally {
    fs.closeSync(fd)
  }
}
