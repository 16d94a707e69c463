import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { errnoOf, isProcessAlive, ownerOfName, standingOfOwner } from '@taskclf/durable-fs'
import { listStrangers } from '@taskclf/registry-core'
import { type Check, count, type Finding, finding } from './examination.js'

/** What has its place in the private directory: the locks, and where candidates are staged. */
const LOCKS = { 'active.lock': 'switch', 'publish.lock': 'publish' } as const
const STAGING = 'staging'

/** Who holds a lock, and what killed programs left. */
export const checkLeftovers: Check = ({ layout: { root, work, rejected } }) => {
  const findings: Finding[] = []
  for (const [lock, doing] of Object.entries(LOCKS)) {
    findings.push(...namesIn(join(work, lock), findings).map((name) => lockFinding(name, lock, doing)))
  }
  findings.push(...stagingFindings(join(work, STAGING)), ...stagingFindings(join(rejected, '.staging')))
  const leftovers = namesIn(work, findings).filter((name) => !Object.hasOwn(LOCKS, name) && name !== STAGING)
  if (leftovers.length > 0) {
    const message = `${count(leftovers.length, 'leftover')} in .taskclf: ${leftovers.join(', ')}`
    findings.push(finding('note', 'leftovers', message, 'the next switch clears what its dead owners left'))
  }
  const hidden = namesIn(root, findings).filter((name) => name.startsWith('.') && name !== '.taskclf')
  if (hidden.length > 0) {
    const message = `hidden entries in the models dir: ${hidden.join(', ')}`
    findings.push(
      finding('note', 'hidden_entries', message, 'they are never taken for models; remove what nobody needs'),
    )
  }
  return findings
}

/** Directories that no scan takes for bundles: one note, so that a model that lost its documents is not lost from sight. */
export const checkStrangers: Check = ({ layout: { root } }) => {
  const names = listStrangers(root)
  if (names.length === 0) return []
  const message = `${count(names.length, 'directory', 'directories')} of the models dir have nothing of a bundle: ${names.join(', ')}`
  return [finding('note', 'not_a_bundle', message, 'they are passed over; a bundle needs its documents')]
}

/** The entry of a lock is named for its owner. */
function lockFinding(name: string, lock: string, doing: 'switch' | 'publish'): Finding {
  const owner = ownerOfName(name)
  const who = owner === undefined ? name : `${owner.host} pid ${owner.pid}`
  if (owner !== undefined && isProcessAlive(owner) === 'alive')
    return finding('note', 'lock_held', `${who} is about to ${doing}`, 'wait for it')
  const standing = standingOfOwner(owner)
  if (standing === 'dead') {
    const message = `${who} was killed while it was about to ${doing}`
    return finding('note', 'lock_abandoned', message, `the next ${doing} takes over`)
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
  const findings: Finding[] = []
  const left = namesIn(staging, findings).filter((name) => {
    const owner = ownerOfName(name)
    return owner === undefined || isProcessAlive(owner) !== 'alive'
  })
  if (left.length === 0) return findings
  const clears = left.some((name) => {
    const owner = ownerOfName(name)
    return owner === undefined || isProcessAlive(owner) === 'unknown'
  })
  const advice = clears
    ? 'the next promotion clears what is of this host; remove the rest once its owner is gone for good'
    : 'the next promotion clears it'
  const message = `${count(left.length, 'staged candidate')} of killed promotions in ${staging}: ${left.join(', ')}`
  return [...findings, finding('note', 'staging_left', message, advice)]
}

/** The names in a directory that need not be there; what keeps it from being read is a finding. */
function namesIn(dir: string, findings: Finding[]): string[] {
  try {
    return readdirSync(dir).sort()
  } catch (error) {
    const errno = errnoOf(error)
    if (errno === 'ENOENT') return []
    const advice = 'check its permissions; what it holds is unknown, and may keep others from switching'
    findings.push(finding('warning', 'unreadable', `${dir} cannot be read (${errno ?? 'refused'})`, advice))
    return []
  }
}
