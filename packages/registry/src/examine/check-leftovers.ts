import { join } from 'node:path'
import { errnoOf, isProcessAlive, type LockHolder, lookAtLock, ownerOfName } from '@taskclf/durable-fs'
import { listStrangers } from '@taskclf/registry-core'
import { type Check, count, type Finding, finding } from './examination.js'
import { LOCKS, namesIn } from './locks.js'

const STAGING = 'staging'

/** Who holds a lock, and what killed programs left. */
export const checkLeftovers: Check = ({ layout: { root, work, rejected } }) => [
  ...Object.entries(LOCKS).flatMap(([lock, doing]) => {
    const dir = join(work, lock)
    return looked(dir, () => lookAtLock(dir).holders.map((holder) => lockFinding(holder, lock, doing)))
  }),
  ...[join(work, STAGING), join(rejected, '.staging')].flatMap((dir) =>
    looked(dir, () => stagingFindings(dir)),
  ),
  ...looked(work, () => leftoverFindings(work)),
  ...looked(root, () => hiddenFindings(root)),
]

function leftoverFindings(work: string): Finding[] {
  const left = namesIn(work).filter((name) => !Object.hasOwn(LOCKS, name) && name !== STAGING)
  if (left.length === 0) return []
  const message = `${count(left.length, 'leftover')} in .taskclf: ${left.join(', ')}`
  const advice = 'the next switch clears what its dead owners left; taskclf doctor --fix does so now'
  return [finding('note', 'leftovers', message, advice)]
}

function hiddenFindings(root: string): Finding[] {
  const hidden = namesIn(root).filter((name) => name.startsWith('.') && name !== '.taskclf')
  if (hidden.length === 0) return []
  const message = `hidden entries in the models dir: ${hidden.join(', ')}`
  return [
    finding('note', 'hidden_entries', message, 'they are never taken for models; remove what nobody needs'),
  ]
}

/** Directories that no scan takes for bundles: one note, so that a model that lost its documents is not lost from sight. */
export const checkStrangers: Check = ({ layout: { root } }) => {
  const names = listStrangers(root)
  if (names.length === 0) return []
  const message = `${count(names.length, 'directory', 'directories')} of the models dir have nothing of a bundle: ${names.join(', ')}`
  return [finding('note', 'not_a_bundle', message, 'they are passed over; a bundle needs its documents')]
}

/** The entry of a lock is named for its owner. */
function lockFinding(
  { name, owner, standing }: LockHolder,
  lock: string,
  doing: 'switch' | 'publish',
): Finding {
  const who = owner === undefined ? name : `${owner.host} pid ${owner.pid}`
  if (owner !== undefined && isProcessAlive(owner) === 'alive')
    return finding('note', 'lock_held', `${who} is about to ${doing}`, 'wait for it')
  if (standing === 'dead') {
    const message = `${who} was killed while it was about to ${doing}`
    return finding(
      'note',
      'lock_abandoned',
      message,
      `the next ${doing} takes over; taskclf doctor --fix breaks it now`,
    )
  }
  if (standing === 'here') {
    const why = owner === undefined ? 'names no owner' : 'runs in another container, if it still runs'
    const message = `${lock} holds ${who}, which ${why}`
    return finding(
      'note',
      'lock_held',
      message,
      `the next ${doing} takes over when it has waited long enough`,
    )
  }
  const message = `${who} holds ${lock}, and cannot be judged from here`
  const advice = `if it is gone for good, remove ${name} in .taskclf/${lock}; until then nothing can ${doing}`
  return finding('warning', 'lock_foreign_owner', message, advice)
}

/** A candidate is staged in a directory named for who stages it. */
function stagingFindings(staging: string): Finding[] {
  const left = namesIn(staging).filter((name) => {
    const owner = ownerOfName(name)
    return owner === undefined || isProcessAlive(owner) !== 'alive'
  })
  if (left.length === 0) return []
  const clears = left.some((name) => {
    const owner = ownerOfName(name)
    return owner === undefined || isProcessAlive(owner) === 'unknown'
  })
  const advice = clears
    ? 'the next promotion clears what is of this host; remove the rest once its owner is gone for good'
    : 'the next promotion clears it; taskclf doctor --fix does so now'
  const message = `${count(left.length, 'staged candidate')} of killed promotions in ${staging}: ${left.join(', ')}`
  return [finding('note', 'staging_left', message, advice)]
}

/** What keeps a directory from being read is a finding. */
function looked(dir: string, look: () => Finding[]): Finding[] {
  try {
    return look()
  } catch (error) {
    const errno = errnoOf(error) ?? 'refused'
    const advice = 'check its permissions; what it holds is unknown, and may keep others from switching'
    return [finding('warning', 'unreadable', `${dir} cannot be read (${errno})`, advice)]
  }
}
