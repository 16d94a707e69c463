import { lstatSync, readdirSync } from 'node:fs'
import { sep } from 'node:path'

/** A bundle's files as they were: name → size, mtime and ctime in nanoseconds, inode. `''` is the directory itself. */
export type BundleFingerprint = Record<string, string>

/**
 * A change that comes later than this after the last one has another ctime, whatever the grain of the file system's clock;
 * one that comes sooner may be invisible.
 */
const GRAIN_NS = 2_000_000_000n

/**
 * What a bundle's files are now; undefined where that could not prove a later change: something is there that is no
 * plain file, cannot be looked at, or changed within the clock's grain before `now`.
 */
export function takeFingerprint(dir: string, now: Date): BundleFingerprint | undefined {
  const latest = BigInt(now.getTime()) * 1_000_000n - GRAIN_NS
  try {
    const entries: [string, string][] = []
    for (const name of ['', ...readdirSync(dir)]) {
      const stat = lstatSync(pathOf(dir, name), { bigint: true })
      if (!(name === '' ? stat.isDirectory() : stat.isFile())) return undefined
      if (stat.mtimeNs > latest || stat.ctimeNs > latest) return undefined
      entries.push([name, show(stat)])
    }
    return Object.fromEntries(entries)
  } catch {
    return undefined
  }
}

/** Whether every file is what it was. A file that came or went has changed the directory. */
export function isUnchanged(dir: string, fingerprint: BundleFingerprint): boolean {
  for (const name of Object.keys(fingerprint)) {
    const stat = lstatSync(pathOf(dir, name), { bigint: true, throwIfNoEntry: false })
    if (stat === undefined || show(stat) !== fingerprint[name]) return false
  }
  return true
}

const pathOf = (dir: string, name: string): string => (name === '' ? dir : dir + sep + name)

function show(stat: { size: bigint; mtimeNs: bigint; ctimeNs: bigint; ino: bigint }): string {
  return `${stat.size} ${stat.mtimeNs} ${stat.ctimeNs} ${stat.ino}`
}
