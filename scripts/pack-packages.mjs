// Packs packages as they are published: `pnpm pack` puts versions where the workspace has `workspace:^` and `catalog:`,
// and the repository's LICENSE into each tarball.
// No library: pnpm packs; it writes no LICENSE of the repository into a tarball.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))

/** Every package that is published: directory and manifest. */
export function publishedPackages(repository = root) {
  return readdirSync(join(repository, 'packages'))
    .map((name) => join(repository, 'packages', name))
    .filter((dir) => existsSync(join(dir, 'package.json')))
    .map((dir) => ({ dir, manifest: JSON.parse(readFileSync(join(dir, 'package.json'), 'utf8')) }))
    .filter(({ manifest }) => manifest.private !== true)
}

/** Packs each into `destination`; answers `{ dir, manifest, tarball }` of each. Packages must be built. */
export function packPackages(destination, repository = root) {
  return publishedPackages(repository).map(({ dir, manifest }) => {
    if (!existsSync(join(dir, 'dist'))) throw new Error(`${dir} is not built; npm run build`)
    const pnpm = join(root, 'node_modules/.bin/pnpm')
    const said = execFileSync(pnpm, ['pack', '--json', '--pack-destination', destination], {
      cwd: dir,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const { filename } = JSON.parse(said)
    return { dir, manifest, tarball: filename.startsWith('/') ? filename : join(destination, filename) }
  })
}

const LIST = 'packed.json'

/** Packs each, and writes down beside the tarballs what they are: what is tested and published is then never built again. */
export function packOnce(destination) {
  mkdirSync(destination, { recursive: true })
  const packed = packPackages(resolve(destination)).map(({ manifest: { name, version }, tarball }) => ({
    name,
    version,
    file: basename(tarball),
    sha256: digestOf(tarball),
  }))
  writeFileSync(join(destination, LIST), `${JSON.stringify(packed, null, 2)}\n`)
  return packed
}

/** What `packOnce` packed, when it is still that. */
export function readPacked(dir) {
  return JSON.parse(readFileSync(join(dir, LIST), 'utf8')).map(({ name, version, file, sha256 }) => {
    const tarball = resolve(dir, basename(file))
    if (digestOf(tarball) !== sha256) throw new Error(`${tarball} is not what was packed`)
    return { manifest: { name, version }, tarball }
  })
}

function digestOf(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex')
}
