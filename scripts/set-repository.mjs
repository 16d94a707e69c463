// Writes where the repository lives into every manifest that is published: npm compares it with the provenance. It is said by
// whoever releases, so that a fork releases under its own address.
//   node scripts/set-repository.mjs https://host/owner/name
// No library: `npm pkg set`, for every manifest at once.
import { writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { publishedPackages } from './pack-packages.mjs'

const [url] = process.argv.slice(2)
if (url === undefined || !/^https:\/\/[\w.-]+\/[\w./-]+$/.test(url)) {
  process.stderr.write('give the https address of the repository\n')
  process.exit(2)
}
for (const { dir, manifest } of publishedPackages()) {
  const repository = { type: 'git', url: `git+${url}.git`, directory: `packages/${basename(dir)}` }
  writeFileSync(join(dir, 'package.json'), `${JSON.stringify({ ...manifest, repository }, null, 2)}\n`)
}
