// A pointer switch, against its writes and syncs alone.
import * as fs from 'node:fs'
import { closeSync, openSync, renameSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { localStore, writeActiveAtomic } from '../../packages/active-pointer/dist/index.js'
import { nodeFileSystem } from '../../packages/durable-fs/dist/index.js'
import { readBundle } from '../../packages/registry-core/dist/index.js'
import { interleave, row } from '../lib/measure.mjs'
import { makeModels } from '../lib/models.mjs'

export async function measureSwitch({ dir, quick }) {
  const models = makeModels(join(dir, 'switched'), 2)
  const bundles = await Promise.all([0, 1].map((i) => readBundle(join(models, `run-00000${i}`))))
  await writeActiveAtomic(models, bundles[0], { source: 'manual' })
  const syncs = await countSyncs(models, bundles[1])
  const { version: _, pointer, line } = await writeActiveAtomic(models, bundles[0], { source: 'manual' })
  const bytes = {
    pointer: Buffer.from(JSON.stringify(pointer, null, 2)),
    line: Buffer.from(`${JSON.stringify(line)}\n`),
  }
  const scratch = join(dir, 'alone')
  fs.mkdirSync(scratch)
  const times = await interleave(
    {
      alone: () => alone(scratch, bytes, syncs),
      switched: (round) => switched(models, bundles[Math.abs(round) % 2]),
    },
    quick ? 41 : 201,
  )
  return [
    row('switch', `pointer switch, against ${syncs} syncs with open, write and rename alone`, {
      ours: times.switched,
      floor: times.alone,
    }),
  ]
}

async function switched(models, bundle) {
  await writeActiveAtomic(models, bundle, { source: 'manual' })
}

/** How often a switch syncs, counted at the file system that it is given. */
async function countSyncs(models, bundle) {
  let syncs = 0
  const counted = (file) => ({
    ...file,
    sync: () => {
      syncs++
      return file.sync()
    },
  })
  const opening = (name) => async (path) => counted(await nodeFileSystem[name](path))
  const fileSystem = {
    ...nodeFileSystem,
    createExclusive: opening('createExclusive'),
    openAppend: opening('openAppend'),
    syncDirectory: (path) => {
      syncs++
      return nodeFileSystem.syncDirectory(path)
    },
  }
  await writeActiveAtomic(localStore(models, { fileSystem }), bundle, { source: 'manual' })
  return syncs
}

const sync = promisify(fs.fsync)

/** The line, the temporary file, the rename, the directory; more directory syncs if the switch makes more. */
async function alone(dir, bytes, syncs) {
  await write(join(dir, 'history.jsonl'), 'a', bytes.line)
  await write(join(dir, 'active.json.tmp'), 'wx', bytes.pointer)
  renameSync(join(dir, 'active.json.tmp'), join(dir, 'active.json'))
  for (let i = 2; i < syncs; i++) {
    const fd = openSync(dir, 'r')
    await sync(fd)
    closeSync(fd)
  }
}

async function write(path, flags, bytes) {
  const fd = openSync(path, flags)
  writeSync(fd, bytes)
  await sync(fd)
  closeSync(fd)
}
