import { lstatSync, readlinkSync, statSync } from 'node:fs'
import { join, sep } from 'node:path'
import { errnoOf } from '@taskclf/durable-fs'
import { isDigested } from '../format/bundle-digest.js'
import { BUNDLE_FILES } from '../format/bundle-files.js'
import type { BundleFingerprint } from '../format/index-format.js'
import { walkTree } from './walk-tree.js'

/**
 * A change that comes later than this after the last one has another ctime, whatever the grain of the file system's clock;
 * one that comes sooner may be invisible.
 */
const GRAIN_NS = 2_000_000_000n

/**
 * What a bundle's files are now; undefined where that could not prove a later change: something is there that is not a
 * plain file or directory, cannot be looked at, or changed within the clock's grain before `now`.
 */
export function takeFingerprint(dir: string, now: Date): BundleFingerprint | undefined {
  const latest = BigInt(now.getTime()) * 1_000_000n - GRAIN_NS
  try {
    const entries: [string, string][] = []
    for (const { name, isDirectory } of placesIn(dir)) {
      const stat = lstatSync(pathOf(dir, name), { bigint: true })
      if (!(isDirectory ? stat.isDirectory() : stat.isFile())) return undefined
      if (stat.mtimeNs > latest || stat.ctimeNs > latest) return undefined
      entries.push([name, show(stat)])
    }
    return Object.fromEntries(entries)
  } catch {
    return undefined
  }
}

function placesIn(dir: string): { name: string; isDirectory: boolean }[] {
  const found = [{ name: '', isDirectory: true }]
  for (const { name, entry } of walkTree(dir, rethrow)) found.push({ name, isDirectory: entry.isDirectory() })
  return found
}

function rethrow(_inner: string, error: unknown): never {
  throw error
}

/** Whether every file is what it was. A file that came or went has changed its directory. */
export function isUnchanged(dir: string, fingerprint: BundleFingerprint): boolean {
  for (const name of Object.keys(fingerprint)) {
    const stat = lstatSync(pathOf(dir, name), { bigint: true, throwIfNoEntry: false })
    if (stat === undefined || show(stat) !== fingerprint[name]) return false
  }
  return true
}

/**
 * What the file system says of the files that a bundle is made of, those in its subdirectories included, without reading them:
 * name, inode, size, both times in nanoseconds, of what links lead to; of what cannot be followed or listed, why not. While it
 * stays the same, so does the bundle; when it changes, the content must be looked at.
 *
 * @example
 * ```ts
 * const before = fingerprintBundle('models/run-1')
 * // … later
 * if (fingerprintBundle('models/run-1') !== before) console.log('look at its digest')
 * ```
 */
export function fingerprintBundle(dir: string): string {
  const lines: string[] = []
  const unlisted = (inner: string, error: unknown) => lines.push(`${inner}/:${reasonOf(error)}`)
  for (const { name, parent, entry } of walkTree(dir, unlisted)) {
    if (entry.isDirectory() || !(isDigested(name) || name === BUNDLE_FILES.manifest)) continue
    lines.push(`${name}:${stateOf(join(parent, entry.name))}`)
  }
  return lines.sort().join('\n')
}

/** One file that cannot be looked at must not hide the others. */
function stateOf(path: string): string {
  try {
    return show(statSync(path, { bigint: true }))
  } catch (error) {
    return `${reasonOf(error)} ${linkState(path)}`
  }
}

function linkState(path: string): string {
  try {
    const stat = lstatSync(path, { bigint: true })
    return stat.isSymbolicLink() ? `${show(stat)} ${readlinkSync(path)}` : show(stat)
  } catch (error) {
    return reasonOf(error)
  }
}

const reasonOf = (error: unknown): string => errnoOf(error) ?? String(error)

const pathOf = (dir: string, name: string): string => (name === '' ? dir : dir + sep + name)

function show(stat: { size: bigint; mtimeNs: bigint; ctimeNs: bigint; ino: bigint }): string {
  return `${stat.size} ${stat.mtimeNs} ${stat.ctimeNs} ${stat.ino}`
}
