import { lstatSync, realpathSync } from 'node:fs'
import { errnoOf, type FileSystem } from '@taskclf/durable-fs'
import { bundlePath, lookAtModelsDir, type ModelsDirLook } from '@taskclf/registry-core'
import { digestOf } from '../digest-of.js'
import { ABSENT, type ActiveState, corruptState, stateOf } from '../format/active-state.js'
import type { PointerProblem } from '../format/pointer.js'
import { unreadable } from './document-bytes.js'
import { readDocument } from './read-bytes.js'
import { isInside } from './read-linked.js'

/** Reads `active.json` of a models dir. A pointer whose target is a link out of it is corrupt. */
export async function readActiveFile(dir: ModelsDirLook, fileSystem: FileSystem): Promise<ActiveState> {
  const found = await readDocument(dir.active, fileSystem)
  if (found.status === 'absent') {
    // Of a models dir that is gone nobody can say what is active.
    lookAtModelsDir(dir.root)
    return ABSENT
  }
  if (found.status === 'refused')
    return { status: 'corrupt', version: 'unreadable', problems: [found.problem], bytes: new Uint8Array() }
  const state = stateOf(found.bytes, digestOf)
  const left = state.status === 'valid' ? escapes(dir.root, state.modelId) : undefined
  const answer = left === undefined ? state : corruptState(found.bytes, [left], digestOf)
  if (found.isLink) answer.isLink = true
  return answer
}

function escapes(root: string, modelId: string): PointerProblem | undefined {
  const path = bundlePath(root, modelId)
  try {
    if (!lstatSync(path).isSymbolicLink()) return undefined
    if (isInside(root, realpathSync(path))) return undefined
  } catch (error) {
    const errno = errnoOf(error)
    // Not there, or a link to nowhere: the pointer is whole, its target is not; that is for the resolver to say.
    if (errno === 'ENOENT' || errno === 'ENOTDIR' || errno === 'ELOOP') return undefined
    throw unreadable(path, error)
  }
  return {
    code: 'target_escapes',
    message: `${path} is a link that leaves the models dir; it is not followed`,
  }
}
