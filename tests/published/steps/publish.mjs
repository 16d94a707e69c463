import { packPackages, readPacked } from '../../../scripts/pack-packages.mjs'
import { equal, npm } from '../workbench.mjs'

/** Publishes the tarballs, as they are: those of a directory, or packed here. Answers name → version. */
export async function publishAll({ scratch, registry }, tarballs) {
  const packed = tarballs === undefined ? packPackages(scratch) : readPacked(tarballs)
  for (const { tarball } of packed)
    await npm(['publish', tarball, '--access', 'public'], { cwd: scratch, env: registry.env })
  const versions = {}
  for (const { manifest } of packed) {
    const { stdout } = await npm(['view', manifest.name, 'version'], { cwd: scratch, env: registry.env })
    equal(`the published ${manifest.name}`, stdout.trim(), manifest.version)
    versions[manifest.name] = manifest.version
  }
  return versions
}
