import { dirname, join } from 'node:path'
import type { FileSystem } from '@taskclf/durable-fs'
import { describe, expect, it } from 'vitest'
import { explore } from './interleavings/explore.js'
import { type SwitchSetting, switchPlay } from './interleavings/switch-play.js'
import { bundleOf, modelsWith } from './support.js'

async function setting(writers: number, defect?: SwitchSetting['defect']): Promise<SwitchSetting> {
  const models = modelsWith('run-a')
  return { models, bundle: await bundleOf(models, 'run-a'), writers, ...(defect && { defect }) }
}

/** Changes the paths that some operations are given. */
const redirecting = (fileSystem: FileSystem, other: (path: string) => string): FileSystem => ({
  ...fileSystem,
  createExclusive: (path, like) => fileSystem.createExclusive(other(path), like),
  rename: (from, to) => fileSystem.rename(other(from), other(to)),
  unlink: (path) => fileSystem.unlink(other(path)),
})

const DEFECTS: [string, NonNullable<SwitchSetting['defect']>][] = [
  [
    'a broken lock is free though the directory of its owner is not removed',
    (fileSystem, lockDir) => ({
      ...fileSystem,
      rename: (from, to) =>
        fileSystem.rename(from, to.startsWith(`${lockDir}/.gone-`) ? to.replace('/.gone-', '-moved-') : to),
    }),
  ],
  [
    'the pointer is staged outside of the private directory',
    (fileSystem, lockDir) =>
      redirecting(fileSystem, (path) =>
        path.replace(/^.*\/(active-[0-9a-f]+\.json)$/, join(dirname(lockDir), '$1')),
      ),
  ],
  [
    'the lock is taken though another holds it',
    (fileSystem, lockDir) => ({
      ...fileSystem,
      rename: async (from, to) => {
        const name = from.slice(`${lockDir}.new-`.length)
        const take = () => fileSystem.rename(join(from, name), join(lockDir, name))
        await fileSystem.rename(from, to).catch((error) => (to === lockDir ? take() : Promise.reject(error)))
      },
    }),
  ],
]

describe('writers that take their steps in every order', () => {
  it('loses no update, breaks no chain and never waits endlessly: two writers, with everything that can be looked up first', async () => {
    const given = await setting(2)
    const { states, endings } = await explore(() => switchPlay(given))
    process.stdout.write(`\ntwo writers: ${states} states, ${endings} endings\n`)
    expect(states).toBeGreaterThan(500)
  })

  it.each(DEFECTS)('finds a lost update, or worse, when %s', async (_, defect) => {
    const given = await setting(2, defect)
    await expect(explore(() => switchPlay(given))).rejects.toThrow(/in the order/)
  })
})
