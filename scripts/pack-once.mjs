// Packs every package that is published, once: npm run test:published -- --tarballs DIR tries these tarballs, and
// scripts/publish-packed.mjs DIR publishes them. Packages must be built.
//   node scripts/pack-once.mjs DIR
// No library: pnpm packs; this keeps the tarballs.
import { packOnce } from './pack-packages.mjs'

const [dir] = process.argv.slice(2)
if (dir === undefined) {
  process.stderr.write('say where the tarballs go\n')
  process.exit(2)
}
for (const { file, sha256 } of packOnce(dir)) process.stdout.write(`${sha256}  ${file}\n`)
